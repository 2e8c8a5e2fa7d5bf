"""What a path stands for: a working tree, a folder of one, a bare git directory, a plain directory; and opening it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from portfolio_check.repository.gitdir import BrokenGitError, GitDir, locate
from portfolio_check.repository.isolation import GitError, Isolated, isolate, run_git, write_refs
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.objects import CommitTree
from portfolio_check.repository.remote import clean_name, remote_name, web_address
from portfolio_check.repository.tree import Tree
from portfolio_check.repository.worktree import DirectoryTree, list_worktree, walk


class OpenError(Exception):
    """A path that cannot be reviewed; the message is one line and names the way out."""


@contextmanager
def open_tree(
    path: Path, *, rev: str | None = None, name: str | None = None, limits: Limits | None = None
) -> Iterator[Tree]:
    """Open a project for reading.

    Args:
        path: a directory, with git or without, a folder inside a repository, or a git directory.
        rev: a branch, tag or commit to read instead of the files that lie there.
        name: the project's name, else the origin remote's or the folder's.
        limits: how much is listed and read.

    Raises:
        OpenError: there is nothing to review at this path, or not at this revision.

    """
    folder = _folder(path)
    limits = limits or Limits()
    with ExitStack() as stack:
        try:
            source, note = locate(folder), ""
        except BrokenGitError as error:
            source, note = None, str(error)
        git = None
        if source is not None:
            try:
                git = stack.enter_context(isolate(source, limits.git_seconds))
            except GitError as error:
                note = str(error)
        if git is None:
            yield _plain(folder, source, note, rev, name, limits)
            return
        tree = _open(git, folder, rev, name, limits)
        if isinstance(tree, CommitTree):
            stack.callback(tree.close)
        if tree.git is not None:
            tree.remote_url = web_address(git.source.config.origin)
        yield tree


def _folder(path: Path) -> Path:
    try:
        folder = Path(os.path.realpath(path))
        if not folder.exists():
            raise OpenError(f"{path}: no such directory; give the path of a project or of its clone")
        if not folder.is_dir():
            raise OpenError(f"{path}: this is a file; give the directory of the project")
        with os.scandir(folder):
            pass
    except (PermissionError, ValueError) as error:
        raise OpenError(f"{path}: not readable; check its permissions or copy it to a place of your own") from error
    return folder


def _plain(
    folder: Path, source: GitDir | None, note: str, rev: str | None, name: str | None, limits: Limits
) -> DirectoryTree:
    """A directory whose files are all there is."""
    if rev is not None:
        why = note or "there is no git repository here"
        raise OpenError(f"{folder}: revision {rev!r} cannot be opened: {why}; leave --rev out or give a clone")
    if source is not None and source.root is None:
        raise OpenError(f"{folder}: a bare git directory cannot be opened: {note}")
    found, notes = walk(folder, limits)
    if note:
        notes = (f"Its git history was not used: {note}.", *notes)
    return DirectoryTree(folder, found, name=_name(folder, None, name), notes=notes, limits=limits)


def _open(git: Isolated, folder: Path, rev: str | None, name: str | None, limits: Limits) -> CommitTree | DirectoryTree:
    source = git.source
    inside = "." if source.root is None else folder.relative_to(source.root).as_posix()
    called = _name(folder, source, name)
    if rev is not None:
        return _at(git, inside, _resolve(git, folder, rev), called, folder, limits)
    commit = source.commit()
    if source.root is None or (commit is not None and _never_checked_out(source.own, source.root)):
        return _at(git, inside, commit, called, folder, limits)
    try:
        found, tracked, notes = list_worktree(git, source.root, inside, limits)
    except GitError as error:
        return _plain(folder, source, str(error), None, name, limits)
    if inside != "." and not tracked:
        # Something that merely lies in somebody's repository, unpacked there or ignored by it.
        return _plain(folder, None, "", None, name, limits)
    return DirectoryTree(
        source.root, found, name=called, path=inside, commit=commit, git=git, notes=notes, limits=limits
    )


def _at(git: Isolated, inside: str, commit: str | None, name: str, folder: Path, limits: Limits) -> CommitTree:
    try:
        return CommitTree(git, name=name, path=inside, commit=commit, notes=(), limits=limits)
    except GitError as error:
        raise OpenError(f"{folder}: {error}; fetch it whole, or give another --rev") from None


def _resolve(git: Isolated, folder: Path, rev: str) -> str:
    if git.source.commit() is None and not git.source.refs():
        raise OpenError(
            f"{folder}: the repository has no commits yet, so there is no revision {rev!r}; leave --rev out"
        )
    unknown = OpenError(f"{folder}: unknown revision {rev!r}; give a branch, a tag or a commit that is in this clone")
    if not rev or rev.startswith("-") or not rev.isprintable():
        raise unknown
    write_refs(git)
    try:
        answer = run_git(git, ["rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}"])
    except GitError as error:
        raise OpenError(f"{folder}: revision {rev!r} cannot be opened: {error}") from None
    commit = answer.data.decode("ascii", "replace").strip()
    if answer.status or not commit:
        raise unknown
    return commit


def _never_checked_out(own: Path, root: Path) -> bool:
    """Whether there is nothing but `.git`: a clone made with --no-checkout, or a snapshot of the objects alone."""
    if os.path.lexists(own / "index"):
        return False
    with os.scandir(root) as entries:
        return all(entry.name == ".git" for entry in entries)


def _name(folder: Path, source: GitDir | None, given: str | None) -> str:
    if given:
        return given
    if source is not None and (remote := remote_name(source.config.origin)):
        return remote
    if folder.name == ".git":
        folder = folder.parent
    raw = os.fsencode(folder.name.removesuffix(".git")).decode("utf-8", "backslashreplace")
    return clean_name(raw) or "repository"
