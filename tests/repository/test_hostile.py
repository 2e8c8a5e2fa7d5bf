"""Nothing of a repository's own configuration may act, and nothing of the caller's environment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from portfolio_check.repository import Limits, TreeError, open_tree
from portfolio_check.repository.history import read_history
from tests.repository.making import commit, git, repository, write
from tests.repository.test_directory import paths


def use(root: Path, rev: str | None = None) -> list[str]:
    with open_tree(root, rev=rev, limits=Limits(git_seconds=10)) as tree:
        for file in tree.files():
            tree.read(file.path)
        read_history(tree, Limits())
        return paths(tree)


@pytest.fixture
def armed(tmp_path: Path) -> tuple[Path, Path]:
    """A repository that touches a marker by every way its configuration has, and the marker."""
    marker = tmp_path / "marker"
    root = repository(tmp_path / "project", {"a.py": "1\n", ".gitattributes": "*.py filter=bad diff=bad\n"})
    commit(write(root, {"a.py": "2\n"}))
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\ntouch '{marker}'\ncat\n")
    script.chmod(0o755)
    hooks = write(tmp_path / "hooks", {})
    for name in ("post-index-change", "pre-commit", "reference-transaction", "fsmonitor-watchman", "post-checkout"):
        (hooks / name).symlink_to(script)
    (root / ".git" / "config").write_text(
        f"""\
[core]
	repositoryformatversion = 0
	fsmonitor = {script}
	hooksPath = {hooks}
	pager = {script}
	sshCommand = {script}
	alternateRefsCommand = {script}
[filter "bad"]
	clean = {script}
	smudge = {script}
	process = {script}
	required = true
[diff]
	external = {script}
[diff "bad"]
	textconv = {script}
	command = {script}
[alias]
	ls-files = !{script}
	log = !{script}
[log]
	showSignature = true
[gpg]
	program = {script}
[uploadpack]
	packObjectsHook = {script}
"""
    )
    return root, marker


def test_configured_programs_never_run(armed: tuple[Path, Path]) -> None:
    root, marker = armed
    assert use(root) == use(root, "HEAD") == [".gitattributes", "a.py"]
    assert not marker.exists()


def test_the_marker_would_appear_if_git_obeyed(armed: tuple[Path, Path]) -> None:
    root, marker = armed
    with contextlib.suppress(subprocess.CalledProcessError):
        git(root, "status")
    assert marker.exists()


def test_an_include_of_a_fifo_stops_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path / "project", {"a.py": ""})
    os.mkfifo(tmp_path / "pipe")
    with (root / ".git" / "config").open("a") as config:
        config.write(f"[include]\n\tpath = {tmp_path / 'pipe'}\n")
    assert use(root) == ["a.py"]


@pytest.mark.parametrize(
    "name", ["config", "HEAD", "index", "packed-refs", "shallow", "refs/heads/main", "info/exclude"]
)
def test_a_fifo_in_the_git_directory_stops_nothing(tmp_path: Path, name: str) -> None:
    root = repository(tmp_path, {"a.py": ""})
    path = root / ".git" / name
    path.unlink(missing_ok=True)
    os.mkfifo(path)
    assert use(root) == ["a.py"]


def test_a_fifo_among_the_packs_stops_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": ""})
    os.mkfifo(root / ".git" / "objects" / "pack" / "pack-0.idx")
    assert use(root) == ["a.py"]


def test_a_configuration_of_garbage_stops_nothing(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": ""})
    (root / ".git" / "config").write_bytes(b'[remote "origin"\n\xff\0url = = [\n[[[]\n' + b"x" * 100_000)
    assert use(root) == ["a.py"]


def test_a_head_that_leads_out_of_the_refs_is_not_followed(tmp_path: Path) -> None:
    root = repository(tmp_path / "project", {"a.py": ""})
    (tmp_path / "secret").write_text("0" * 40)
    (root / ".git" / "HEAD").write_text("ref: refs/../../../secret\n")
    with open_tree(root) as tree:
        assert tree.commit is None
        assert paths(tree) == ["a.py"]


def test_refs_that_go_in_circles_end(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": ""})
    write(root / ".git" / "refs" / "heads", {"main": "ref: refs/heads/other\n", "other": "ref: refs/heads/main\n"})
    with open_tree(root) as tree:
        assert tree.commit is None


def test_replacements_and_grafts_do_not_act(tmp_path: Path) -> None:
    root = repository(tmp_path, {"a.py": "true"})
    shown = git(root, "rev-parse", "HEAD:a.py")
    other = git(root, "hash-object", "-w", "--stdin", given=b"false")
    git(root, "replace", shown, other)
    with open_tree(root, rev="HEAD") as tree:
        assert tree.read("a.py") == b"true"


def test_variables_of_a_hook_or_shell_do_not_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "project", {"a.py": "1"})
    other = repository(tmp_path / "other", {"b.py": "2"})
    marker = tmp_path / "marker"
    for name, value in {
        "GIT_DIR": str(other / ".git"),
        "GIT_WORK_TREE": str(other),
        "GIT_INDEX_FILE": str(other / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other / ".git" / "objects"),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": f"touch {marker}",
        "GIT_EXTERNAL_DIFF": f"touch {marker}",
        "GIT_TRACE": str(marker),
        "GIT_LITERAL_PATHSPECS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    assert use(root) == use(root, "HEAD") == ["a.py"]
    with open_tree(root) as tree:
        assert read_history(tree, Limits()).commits == 1
    assert not marker.exists()


def test_nothing_is_left_behind_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "project", {"a.py": "1"})
    scratch = write(tmp_path / "scratch", {})
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    use(root)
    use(root, "main")
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before
    assert list(scratch.iterdir()) == []


def test_everything_is_closed_after_an_error_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(tmp_path / "project", {"a.py": "1"})
    scratch = write(tmp_path / "scratch", {})
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    with pytest.raises(TreeError), open_tree(root, rev="HEAD") as tree:
        tree.read(paths(tree)[0] + "x")
    assert list(scratch.iterdir()) == []
