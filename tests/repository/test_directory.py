from __future__ import annotations

import os
from pathlib import Path

import pytest

from portfolio_check.repository import Limits, OpenError, Tree, TreeError, open_tree
from tests.repository.making import write


def paths(tree: Tree) -> list[str]:
    return [file.path for file in tree.files()]


def unread(tree: Tree) -> dict[str, str]:
    return {file.path: file.unread for file in tree.files() if file.unread}


def test_a_directory_without_git_is_read(tmp_path: Path) -> None:
    root = write(tmp_path / "churn", {"README.md": "# Churn", "src/train.py": "pass\n"})
    with open_tree(root) as tree:
        assert paths(tree) == ["README.md", "src/train.py"]
        assert [file.size for file in tree.files()] == [7, 5]
        assert tree.read("src/train.py") == b"pass\n"
        assert (tree.name, tree.path, tree.commit, tree.remote_url, tree.git) == ("churn", ".", None, None, None)


def test_a_name_that_is_given_wins(tmp_path: Path) -> None:
    with open_tree(write(tmp_path / "churn", {"a.py": ""}), name="other") as tree:
        assert tree.name == "other"


def test_an_empty_folder_has_no_files(tmp_path: Path) -> None:
    with open_tree(tmp_path) as tree:
        assert tree.files() == []
        assert tree.root_files() == []


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OpenError, match="no such directory"), open_tree(tmp_path / "nowhere"):
        pass


def test_a_path_with_a_null_byte_is_refused() -> None:
    with pytest.raises(OpenError), open_tree(Path("a\0b")):
        pass


def test_a_file_is_refused_as_a_project(tmp_path: Path) -> None:
    write(tmp_path, {"train.py": ""})
    with pytest.raises(OpenError, match="this is a file"), open_tree(tmp_path / "train.py"):
        pass


def test_a_revision_needs_git(tmp_path: Path) -> None:
    with pytest.raises(OpenError, match="no git repository"), open_tree(write(tmp_path, {"a.py": ""}), rev="main"):
        pass


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with pytest.raises(OpenError, match="not readable"), open_tree(closed):
        pass


def test_nested_ignore_files_are_honoured(tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            ".gitignore": "*.log\n/build/\n!keep.log\n",
            "run.log": "",
            "keep.log": "",
            "build/out.txt": "",
            "src/.gitignore": "local_*.py\n!important.log\n",
            "src/local_paths.py": "",
            "src/important.log": "",
            "src/build/kept.py": "",
            "local_root.py": "",
        },
    )
    with open_tree(root) as tree:
        assert paths(tree) == [
            ".gitignore",
            "keep.log",
            "local_root.py",
            "src/.gitignore",
            "src/build/kept.py",
            "src/important.log",
        ]


def test_an_ignore_file_with_costly_or_broken_patterns_stops_nothing(tmp_path: Path) -> None:
    pattern = "*a" * 40 + "b"
    root = write(tmp_path, {".gitignore": f"{pattern}\n!\n[\n*.log\n", "a" * 200: "", "x.log": ""})
    with open_tree(root) as tree:
        assert paths(tree) == [".gitignore", "a" * 200]


def test_a_link_out_of_the_tree_is_listed_and_never_read(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside", {"secret.txt": "secret"})
    root = write(tmp_path / "project", {"a.py": ""})
    (root / "link.txt").symlink_to(secret / "secret.txt")
    (root / "folder").symlink_to(secret)
    with open_tree(root) as tree:
        assert unread(tree) == {"folder": "symbolic link", "link.txt": "symbolic link"}
        with pytest.raises(TreeError, match="symbolic link"):
            tree.read("link.txt")
        with pytest.raises(TreeError, match="not in this tree"):
            tree.read("folder/secret.txt")


def test_a_folder_that_becomes_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside", {"train.py": "secret"})
    root = write(tmp_path / "project", {"src/train.py": "mine"})
    with open_tree(root) as tree:
        (root / "src").rename(root / "old")
        (root / "src").symlink_to(secret)
        with pytest.raises(TreeError, match="symbolic link"):
            tree.read("src/train.py")


def test_a_path_that_is_not_listed_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "secret", "project/a.py": ""})
    with open_tree(tmp_path / "project") as tree:
        for path in ("../secret.txt", str(tmp_path / "secret.txt"), "", "a.py/", "nowhere.py"):
            with pytest.raises(TreeError, match="not in this tree"):
                tree.read(path)


def test_a_fifo_is_listed_and_does_not_stop_the_reading(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.py": ""})
    os.mkfifo(root / "pipe.py")
    os.mkfifo(root / ".gitignore")
    with open_tree(root) as tree:
        assert unread(tree) == {".gitignore": "not a regular file", "pipe.py": "not a regular file"}
        with pytest.raises(TreeError, match="not a regular file"):
            tree.read("pipe.py")


def test_a_file_that_becomes_a_fifo_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.py": ""})
    with open_tree(root) as tree:
        (root / "a.py").unlink()
        os.mkfifo(root / "a.py")
        with pytest.raises(TreeError, match="not a regular file"):
            tree.read("a.py")


def test_a_file_that_goes_or_grows_is_a_tree_error(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.py": "", "b.py": ""})
    with open_tree(root, limits=Limits(file_bytes=10, text_bytes=10)) as tree:
        (root / "a.py").unlink()
        (root / "b.py").write_text("x" * 11)
        with pytest.raises(TreeError, match="no longer there"):
            tree.read("a.py")
        with pytest.raises(TreeError, match="too large"):
            tree.read("b.py")


def test_odd_names_are_listed_as_printable_text(tmp_path: Path) -> None:
    for name in (b"with space.py", b"new\nline.py", b"\xff\xfe.py", "größe.py".encode()):
        (tmp_path / os.fsdecode(name)).write_bytes(name)
    with open_tree(tmp_path) as tree:
        assert paths(tree) == sorted(["with space.py", "new\nline.py", "\\xff\\xfe.py", "größe.py"])
        assert tree.read("\\xff\\xfe.py") == b"\xff\xfe.py"
        "".join(paths(tree)).encode()


def test_a_git_directory_that_is_broken_leaves_a_plain_directory(tmp_path: Path) -> None:
    root = write(tmp_path, {"a.py": "", ".git/config": "[core]\n"})
    with open_tree(root) as tree:
        assert paths(tree) == ["a.py"]
        assert tree.notes == ("Its git history was not used: its git directory has no HEAD.",)


def test_a_list_past_its_limit_is_cut_far_from_the_top(tmp_path: Path) -> None:
    root = write(tmp_path, {"a/deep/1.py": "", "a/deep/2.py": "", "z.py": ""})
    with open_tree(root, limits=Limits(listed=2)) as tree:
        assert paths(tree) == ["a/deep/1.py", "z.py"]
        assert "Only the first 2 paths" in tree.notes[0]
