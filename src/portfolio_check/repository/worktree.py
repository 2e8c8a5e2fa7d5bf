"""A directory as a tree: what git tracks or would track in it, or without git what `.gitignore` leaves."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from portfolio_check.repository.confined import RefusedError, read_confined
from portfolio_check.repository.ignore import Ignore, parse_ignore
from portfolio_check.repository.isolation import GitError, Isolated, Output, run_git
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.tree import LINK, SUBMODULE, Found, Listing, TreeError, TreeFile, arrange

_BYTES_A_PATH = 300
_IGNORE_BYTES = 100_000
# Patterns times paths; a project with 20,000 files and 200 patterns stays below.
_IGNORE_WORK = 5_000_000
_VERSION_CONTROL = frozenset((b".git", b".hg", b".svn", b".bzr"))


class DirectoryTree:
    """The files of a directory. Made by `open_tree`."""

    def __init__(
        self,
        root: Path,
        found: list[Found],
        *,
        name: str,
        path: str = ".",
        commit: str | None = None,
        git: Isolated | None = None,
        notes: tuple[str, ...] = (),
        limits: Limits,
    ) -> None:
        self.name = name
        self.path = path
        self.commit = commit
        self.remote_url: str | None = None
        self.git = git
        self._root = root
        self._most = max(limits.file_bytes, limits.text_bytes)
        self._listing: Listing = arrange(found, path)
        self.notes = (*notes, *self._listing.notes)

    def files(self) -> list[TreeFile]:
        """All files of the reviewed folder, sorted by path."""
        return self._listing.files

    def root_files(self) -> list[TreeFile]:
        """Workflows and documents at the root of the repository around it."""
        return self._listing.outer

    def read(self, path: str) -> bytes:
        """The bytes of a listed file, or TreeError."""
        found = self._listing.found.get(path)
        if found is None:
            raise TreeError(path, "not in this tree")
        if found.unread:
            raise TreeError(path, found.unread)
        try:
            return read_confined(self._root, found.raw.split(b"/"), self._most)
        except RefusedError as error:
            raise TreeError(path, str(error)) from None


def list_worktree(git: Isolated, root: Path, folder: str, limits: Limits) -> tuple[list[Found], bool, tuple[str, ...]]:
    """What git tracks, and what it would not ignore, in the reviewed folder and at the root.

    Returns:
        The paths, whether any in the folder is tracked, and notes.

    Raises:
        GitError: git cannot list the working tree.

    """
    notes: tuple[str, ...] = ()
    output = _ls_files(git, root, folder, git.source.own / "index", limits)
    if output.status and output.whole:
        # A damaged or split index. Without one, everything that is not ignored is listed.
        notes = ("The index of the repository cannot be read; the files that are not ignored were taken.",)
        output = _ls_files(git, root, folder, git.directory / "index", limits)
        if output.status:
            raise GitError("git cannot list its files")
    lines = output.data.split(b"\0")[:-1]
    if not output.whole or len(lines) > limits.listed:
        notes = (*notes, f"Only the first {limits.listed:,} paths are listed.")
    prefix = b"" if folder == "." else os.fsencode(folder) + b"/"
    found: list[Found] = []
    tracked = False
    look = _Look(root)
    seen: set[bytes] = set()
    for line in lines[: limits.listed]:
        tag, _, raw = line.partition(b" ")
        tracked = tracked or (tag != b"?" and raw.startswith(prefix))
        raw = raw.rstrip(b"/")
        if raw in seen:
            continue
        seen.add(raw)
        one = look.at(raw)
        if one is not None:
            found.append(one)
        elif tag == b"S":
            found.append(Found(raw, 0, "not checked out"))
    return found, tracked or bool(notes), notes


def _ls_files(git: Isolated, root: Path, folder: str, index: Path, limits: Limits) -> Output:
    places: list[str | bytes] = []
    if folder != ".":
        places = [b":(literal)" + os.fsencode(folder) + b"/", ":(glob)*", ":(literal).github/", ":(literal).circleci/"]
    try:
        regular = stat.S_ISREG(os.lstat(index).st_mode)
    except OSError:
        regular = True  # none yet
    if not regular:
        index = git.directory / "index"
    return run_git(
        git,
        ["ls-files", "-z", "-t", "-c", "-o", "--exclude-standard", "--", *places],
        folder=root,
        variables={"GIT_WORK_TREE": str(root), "GIT_INDEX_FILE": str(index)},
        most=limits.listed * _BYTES_A_PATH,
    )


class _Look:
    """What stands at a path, each folder on the way to it looked at once."""

    def __init__(self, root: Path) -> None:
        self._root = os.fsencode(root) + b"/"
        self._folders: dict[bytes, bool] = {b"": True}

    def at(self, raw: bytes) -> Found | None:
        """None where there is nothing: deleted, or never checked out."""
        if not self._is_real(raw.rpartition(b"/")[0]):
            return Found(raw, 0, LINK) if os.path.lexists(self._root + raw) else None
        try:
            found = os.lstat(self._root + raw)
        except (OSError, ValueError):
            return None
        return classify(raw, found)

    def _is_real(self, folder: bytes) -> bool:
        known = self._folders.get(folder)
        if known is None:
            try:
                known = self._is_real(folder.rpartition(b"/")[0]) and stat.S_ISDIR(
                    os.lstat(self._root + folder).st_mode
                )
            except (OSError, ValueError):
                known = False
            self._folders[folder] = known
        return known


def classify(raw: bytes, found: os.stat_result) -> Found:
    """A path by what its file status says."""
    if stat.S_ISREG(found.st_mode):
        return Found(raw, found.st_size)
    if stat.S_ISLNK(found.st_mode):
        return Found(raw, 0, LINK)
    return Found(raw, 0, SUBMODULE if stat.S_ISDIR(found.st_mode) else "not a regular file")


def walk(root: Path, limits: Limits) -> tuple[list[Found], tuple[str, ...]]:
    """All paths below a directory that its `.gitignore` files leave, folders nearest to the top first; and notes."""
    found: list[Found] = []
    work = 0
    pending: list[tuple[bytes, tuple[Ignore, ...]]] = [(b"", ())]
    for folder, rules in pending:
        entries = sorted(_scan(os.fsencode(root) + b"/" + folder), key=lambda entry: entry.name)
        if any(entry.name == b".gitignore" for entry in entries):
            rules = (*_rules(root, folder), *rules)
        patterns = sum(rule.patterns for rule in rules)
        for entry in entries:
            if entry.name in _VERSION_CONTROL:
                continue
            raw = folder + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            work += patterns
            if work < _IGNORE_WORK and _is_ignored(raw + b"/" if is_folder else raw, rules):
                continue
            if is_folder:
                pending.append((raw + b"/", rules))
            elif len(found) == limits.listed:
                return found, (f"Only the first {limits.listed:,} paths are listed.",)
            else:
                found.extend(_status(entry, raw))
    if work >= _IGNORE_WORK:
        return found, ("Its .gitignore files are too long for its number of files; not all were honoured.",)
    return found, ()


def _scan(folder: bytes) -> list[os.DirEntry[bytes]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _status(entry: os.DirEntry[bytes], raw: bytes) -> Iterator[Found]:
    try:
        yield classify(raw, entry.stat(follow_symlinks=False))
    except OSError:
        return


def _rules(root: Path, folder: bytes) -> tuple[Ignore, ...]:
    try:
        data = read_confined(root, [*folder.split(b"/")[:-1], b".gitignore"], _IGNORE_BYTES)
    except RefusedError:
        return ()
    rules = parse_ignore(folder.decode("utf-8", "replace"), data)
    return () if rules is None else (rules,)


def _is_ignored(raw: bytes, rules: tuple[Ignore, ...]) -> bool:
    path = raw.decode("utf-8", "replace")
    for rule in rules:
        decision = rule.decides(path)
        if decision is not None:
            return decision
    return False
