from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from portfolio_check.repository import Limits, TreeError, open_tree
from tests.repository.making import commit, git, repository, write
from tests.repository.test_directory import paths, unread


def test_tracked_and_new_files_are_listed_but_not_ignored_or_deleted_ones(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "churn",
        {".gitignore": "*.log\n", "a.py": "1", "gone.py": "", "sub/.gitignore": "secret/\n", "sub/b.py": ""},
    )
    write(root, {"new.py": "", "x.log": "", "sub/secret/key.txt": "", "forced.log": ""})
    git(root, "add", "-f", "forced.log")
    (root / "gone.py").unlink()
    with open_tree(root) as tree:
        assert paths(tree) == [".gitignore", "a.py", "forced.log", "new.py", "sub/.gitignore", "sub/b.py"]
        assert tree.commit == git(root, "rev-parse", "HEAD")
        assert tree.read("a.py") == b"1"


def test_a_repository_without_commits_is_fine(tmp_path: Path) -> None:
    git(write(tmp_path, {"a.py": ""}), "init", "-q")
    with open_tree(tmp_path) as tree:
        assert paths(tree) == ["a.py"]
        assert tree.commit is None


def test_a_conflicted_file_is_listed_once(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "base\n"})
    git(root, "checkout", "-q", "-b", "other")
    commit(write(root, {"a.py": "theirs\n"}))
    git(root, "checkout", "-q", "main")
    commit(write(root, {"a.py": "ours\n"}))
    with pytest.raises(Exception, match="merge"):
        git(root, "merge", "other")
    with open_tree(root) as tree:
        assert paths(tree) == ["a.py"]


def test_a_folder_of_a_repository_is_the_project_and_the_root_gives_its_documents(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "work",
        {
            "README.md": "# All",
            "LICENSE": "",
            "setup.py": "",
            ".github/workflows/ci.yml": "on: push",
            ".gitlab-ci.yml": "",
            "projects/churn/README.md": "# Churn",
            "projects/churn/train.py": "",
            "projects/other/train.py": "",
        },
    )
    with open_tree(root / "projects" / "churn") as tree:
        assert (tree.name, tree.path) == ("churn", "projects/churn")
        assert paths(tree) == ["README.md", "train.py"]
        assert [file.path for file in tree.root_files()] == [
            "../../.github/workflows/ci.yml",
            "../../.gitlab-ci.yml",
            "../../LICENSE",
            "../../README.md",
        ]
        assert all(file.outer for file in tree.root_files())
        assert tree.read("README.md") == b"# Churn"
        assert tree.read("../../README.md") == b"# All"
        with pytest.raises(TreeError):
            tree.read("../../setup.py")
    with open_tree(root / "projects" / "churn", rev="main") as at_revision:
        assert [file.path for file in at_revision.root_files()] == [file.path for file in tree.root_files()]
        assert at_revision.files() == tree.files()


def test_a_folder_that_only_lies_in_a_repository_is_no_part_of_it(tmp_path: Path) -> None:
    root = repository(tmp_path, {"README.md": "", ".gitignore": "candidates/\n"})
    write(root, {"candidates/churn/train.py": "", "unpacked/train.py": ""})
    for folder in (root / "candidates" / "churn", root / "unpacked"):
        with open_tree(folder) as tree:
            assert paths(tree) == ["train.py"]
            assert (tree.commit, tree.git, tree.root_files()) == (None, None, [])


def test_the_name_and_web_address_are_those_of_the_origin(tmp_path: Path) -> None:
    root = repository(tmp_path / "folder", {"a.py": ""})
    git(root, "remote", "add", "origin", "https://ada:token@example.org/ada/churn.git")
    with open_tree(root) as tree:
        assert (tree.name, tree.remote_url) == ("churn", "https://example.org/ada/churn")


def test_a_tracked_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside", {"train.py": "secret"})
    root = repository(tmp_path / "project", {"src/train.py": ""})
    shutil.rmtree(root / "src")
    (root / "src").symlink_to(secret)
    with open_tree(root) as tree:
        assert unread(tree) == {"src": "symbolic link", "src/train.py": "symbolic link"}
        with pytest.raises(TreeError, match="symbolic link"):
            tree.read("src/train.py")


def test_a_submodule_and_a_repository_inside_are_not_entered(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"model.py": ""})
    root = repository(tmp_path / "outer", {"a.py": ""})
    git(root, "submodule", "--quiet", "add", str(inner), "libs/inner")
    commit(root)
    repository(root / "nested", {"own.py": ""})
    with open_tree(root) as tree:
        assert unread(tree) == {"libs/inner": "submodule", "nested": "submodule"}
    with open_tree(root / "libs" / "inner") as tree:
        assert paths(tree) == ["model.py"]
        assert (tree.name, tree.commit) == ("inner", git(inner, "rev-parse", "HEAD"))


def test_odd_names_are_the_same_in_a_worktree_and_in_a_commit(tmp_path: Path) -> None:
    root = repository(tmp_path, {"with space.py": "1", "new\nline.py": "2", 'quo"te\\.py': "3"})
    (root / os.fsdecode(b"\xff.py")).write_bytes(b"4")
    commit(root)
    with open_tree(root) as tree, open_tree(root, rev="HEAD") as other:
        assert paths(tree) == sorted(["with space.py", "new\nline.py", 'quo"te\\.py', "\\xff.py"])
        assert tree.files() == other.files()
        assert [tree.read(path) for path in paths(tree)] == [other.read(path) for path in paths(tree)]


def test_an_added_worktree_is_the_same_as_the_clone(tmp_path: Path) -> None:
    root = repository(tmp_path / "clone", {"a.py": "1", "data/x.csv": "2"})
    git(root, "remote", "add", "origin", "git@example.org:ada/churn.git")
    git(root, "worktree", "add", "-q", "-b", "side", str(tmp_path / "elsewhere"))
    with open_tree(root) as tree, open_tree(tmp_path / "elsewhere") as other:
        assert (tree.name, tree.commit, tree.remote_url) == (other.name, other.commit, other.remote_url)
        assert tree.name == "churn"
        assert tree.files() == other.files()


def test_a_worktree_whose_repository_is_gone_is_a_plain_directory(tmp_path: Path) -> None:
    root = repository(tmp_path / "clone", {"a.py": ""})
    git(root, "worktree", "add", "-q", str(tmp_path / "elsewhere"))
    shutil.rmtree(root)
    with open_tree(tmp_path / "elsewhere") as tree:
        assert paths(tree) == ["a.py"]
        assert tree.git is None
        assert "Its git history was not used" in tree.notes[0]


def test_nothing_is_taken_from_the_configuration_of_a_directory_that_a_git_file_points_to(tmp_path: Path) -> None:
    other = repository(tmp_path / "private", {"secret.py": ""})
    git(other, "remote", "add", "origin", "https://example.org/ada/private.git")
    root = write(tmp_path / "candidate", {"a.py": "", ".git": f"gitdir: {other / '.git'}\n"})
    with open_tree(root) as tree:
        assert (tree.name, tree.remote_url) == ("candidate", None)
        assert paths(tree) == ["a.py"]


def test_a_damaged_index_loses_nothing_that_is_not_ignored(tmp_path: Path) -> None:
    root = repository(tmp_path, {".gitignore": "*.log\n", "a.py": ""})
    write(root, {"x.log": "", ".git/index": "garbage"})
    with open_tree(root) as tree:
        assert paths(tree) == [".gitignore", "a.py"]
        assert "index" in tree.notes[0]


def test_an_ignore_file_that_makes_git_wait_leaves_a_plain_directory(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": ""})
    os.mkfifo(root / ".gitignore")
    with open_tree(root, limits=Limits(git_seconds=0.5)) as tree:
        assert "a.py" in paths(tree)
        assert "longer than 0.5 seconds" in tree.notes[0]


def test_files_left_out_of_a_sparse_checkout_are_listed_as_such(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a/x.py": "", "b/y.py": ""})
    git(root, "sparse-checkout", "set", "a")
    with open_tree(root) as tree:
        assert paths(tree) == ["a/x.py", "b/y.py"]
        assert unread(tree) == {"b/y.py": "not checked out"}
