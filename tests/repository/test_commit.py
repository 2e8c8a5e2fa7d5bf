from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from portfolio_check.repository import Limits, OpenError, TreeError, open_tree
from portfolio_check.repository.gitdir import locate
from portfolio_check.repository.isolation import isolate, run_git
from portfolio_check.repository.objects import object_sizes
from tests.repository.making import commit, git, repository, write
from tests.repository.test_directory import paths, unread

FILES: dict[str, str | bytes] = {
    "README.md": "# Churn\n",
    "src/train.py": "pass\n",
    "empty.py": "",
    "b.ipynb": b"\x00\n\n",
}


def loose(git_directory: Path, blob: str) -> Path:
    return git_directory / "objects" / blob[:2] / blob[2:]


def test_one_commit_is_the_same_however_it_is_opened(tmp_path: Path) -> None:
    root = repository(tmp_path / "one" / "churn", FILES)
    git(tmp_path, "clone", "-q", str(root), "two/copy")
    git(tmp_path, "clone", "-q", "--bare", str(root), "three.git")
    seen = []
    for path, rev in ((root, None), (root, "HEAD"), (tmp_path / "two/copy", None), (tmp_path / "three.git", "main")):
        with open_tree(path, rev=rev) as tree:
            seen.append((tree.commit, tree.files(), [tree.read(name) for name in paths(tree)]))
    assert seen[0][1] != []
    assert all(one == seen[0] for one in seen)


def test_a_bare_directory_needs_no_config(tmp_path: Path) -> None:
    root = repository(tmp_path / "churn", FILES)
    bare = tmp_path / "snapshot.git"
    git(tmp_path, "clone", "-q", "--bare", str(root), str(bare))
    for name in ("config", "description", "hooks", "info"):
        path = bare / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with open_tree(bare) as tree:
        assert paths(tree) == sorted(FILES)
        assert tree.name == "snapshot"
        assert tree.read("src/train.py") == b"pass\n"


def test_a_folder_with_nothing_but_a_git_directory_shows_its_commit(tmp_path: Path) -> None:
    root = repository(tmp_path / "churn", FILES)
    for entry in list(root.iterdir()):
        if entry.name != ".git":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    (root / ".git" / "index").unlink()
    (root / ".git" / "config").unlink()
    for path in (root, root / ".git"):
        with open_tree(path) as tree:
            assert paths(tree) == sorted(FILES)
            assert tree.name == "churn"


def test_a_revision_is_a_tag_a_branch_a_short_or_a_full_id(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "1"})
    first = git(root, "rev-parse", "HEAD")
    git(root, "tag", "-a", "v1", "-m", "first")
    git(root, "branch", "feature/old")
    commit(write(root, {"b.py": "2"}))
    for rev in ("v1", "feature/old", first[:8], first, "HEAD~1", "refs/tags/v1"):
        with open_tree(root, rev=rev) as tree:
            assert (tree.commit, paths(tree)) == (first, ["a.py"])
    git(root, "pack-refs", "--all")
    with open_tree(root, rev="v1") as tree:
        assert tree.commit == first


@pytest.mark.parametrize("rev", ["nowhere", "-h", "--all", "", "HEAD:a.py", "a\nb", "HEAD^{tree}", "deadbeef"])
def test_an_unknown_revision_is_refused(tmp_path: Path, rev: str) -> None:
    root = repository(tmp_path, {"a.py": ""})
    with pytest.raises(OpenError, match="unknown revision"), open_tree(root, rev=rev):
        pass


def test_a_revision_of_an_empty_repository_is_refused(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    with pytest.raises(OpenError, match="no commits yet"), open_tree(tmp_path, rev="HEAD"):
        pass


def test_an_empty_bare_repository_has_no_files(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "x.git")
    with open_tree(tmp_path / "x.git") as tree:
        assert (tree.files(), tree.commit, tree.name) == ([], None, "x")


def test_a_folder_that_the_revision_does_not_have_is_empty(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": ""})
    commit(write(root, {"new/b.py": ""}))
    with open_tree(root / "new", rev="HEAD~1") as tree:
        assert tree.files() == []


def test_an_absent_blob_is_listed_as_such(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "here", "model.bin": "large"})
    loose(root / ".git", git(root, "rev-parse", "HEAD:model.bin")).unlink()
    with open_tree(root, rev="HEAD") as tree:
        assert unread(tree) == {"model.bin": "not in this copy of the repository"}
        assert tree.read("a.py") == b"here"
        with pytest.raises(TreeError, match="not in this copy"):
            tree.read("model.bin")


def test_sizes_are_also_known_where_git_cannot_list_them(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "here", "with\ttab": "large", "gone": "x"})
    here, gone = git(root, "rev-parse", "HEAD:a.py"), git(root, "rev-parse", "HEAD:gone")
    loose(root / ".git", gone).unlink()
    source = locate(root)
    assert source is not None
    with isolate(source, 10) as isolated:
        sizes = object_sizes(isolated, run_git(isolated, ["ls-tree", "-r", "-z", "HEAD"]))
    assert sizes[here] == 4
    assert len(sizes) == 2
    assert gone not in sizes


def test_a_damaged_blob_costs_only_itself(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "here", "b.py": "there", "c.py": "everywhere"})
    object_file = loose(root / ".git", git(root, "rev-parse", "HEAD:b.py"))
    intact = object_file.read_bytes()
    object_file.chmod(0o644)
    with open_tree(root, rev="HEAD") as tree:
        object_file.write_bytes(intact[:-4] + b"oops")
        with pytest.raises(TreeError):
            tree.read("b.py")
        assert tree.read("c.py") == b"everywhere"


def test_a_blob_that_makes_git_wait_costs_only_itself(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "here", "b.py": "there"})
    object_file = loose(root / ".git", git(root, "rev-parse", "HEAD:b.py"))
    with open_tree(root, rev="HEAD", limits=Limits(git_seconds=0.5)) as tree:
        object_file.unlink()
        os.mkfifo(object_file)
        with pytest.raises(TreeError, match="took longer than"):
            tree.read("b.py")
        assert tree.read("a.py") == b"here"


def test_links_and_submodules_of_a_commit_are_not_read(tmp_path: Path) -> None:
    inner = repository(tmp_path / "inner", {"x.py": ""})
    root = write(tmp_path / "outer", {"a.py": ""})
    (root / "link").symlink_to("/etc/hostname")
    repository(root, {})
    git(root, "submodule", "--quiet", "add", str(inner), "inner")
    commit(root)
    with open_tree(root, rev="HEAD") as tree:
        assert unread(tree) == {"inner": "submodule", "link": "symbolic link"}
        with pytest.raises(TreeError):
            tree.read("link")


def test_a_tree_with_names_that_lead_out_is_cleaned(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "here"})
    blob = git(root, "rev-parse", "HEAD:a.py")
    entry = bytes.fromhex(blob)
    crafted = b"100644 ..\0" + entry + b"100644 a.py\0" + entry
    tree_id = git(root, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=crafted)
    crafted_commit = git(root, "commit-tree", tree_id, "-m", "x")
    with open_tree(root, rev=crafted_commit) as tree:
        assert paths(tree) == ["a.py"]
        assert "lead out of the tree" in tree.notes[0]


def test_a_tree_of_countless_files_is_cut(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "x"})
    blob = bytes.fromhex(git(root, "rev-parse", "HEAD:a.py"))
    content = b"".join(b"100644 %d\0" % number + blob for number in range(10))
    for _ in range(9):
        inner = bytes.fromhex(git(root, "hash-object", "-t", "tree", "-w", "--stdin", given=content))
        content = b"".join(b"40000 %d\0" % number + inner for number in range(10))
    top = git(root, "hash-object", "-t", "tree", "-w", "--stdin", given=content)
    bomb = git(root, "commit-tree", top, "-m", "ten thousand million files")
    with open_tree(root, rev=bomb, limits=Limits(listed=1000)) as tree:
        assert len(tree.files()) == 1000
        assert "Only the first 1,000 paths" in tree.notes[0]


def test_a_large_blob_is_refused_and_many_are_read_in_turn(tmp_path: Path) -> None:
    big = os.urandom(300_000)
    root = repository(
        tmp_path, {"big": big, "bigger": big + b"x", **{f"{number}.py": f"{number}\n" for number in range(50)}}
    )
    with open_tree(root, rev="HEAD", limits=Limits(file_bytes=300_000, text_bytes=10)) as tree:
        assert tree.read("big") == big
        with pytest.raises(TreeError, match="too large"):
            tree.read("bigger")
        assert [tree.read(f"{number}.py") for number in range(50)] == [b"%d\n" % number for number in range(50)]


def test_sha256_repositories_are_read(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--object-format=sha256")
    identity = commit(write(tmp_path, {"a.py": "1"}))
    assert len(identity) == 64
    for rev in (None, "HEAD"):
        with open_tree(tmp_path, rev=rev) as tree:
            assert (tree.commit, tree.read("a.py")) == (identity, b"1")


def test_a_shared_clone_is_not_followed_to_its_objects(tmp_path: Path) -> None:
    root = repository(tmp_path / "one", {"a.py": ""})
    git(tmp_path, "clone", "-q", "--shared", str(root), "two")
    with open_tree(tmp_path / "two") as tree:
        assert paths(tree) == ["a.py"]
        assert "objects lie elsewhere" in tree.notes[0]
    with pytest.raises(OpenError, match="objects lie elsewhere"), open_tree(tmp_path / "two", rev="HEAD"):
        pass
