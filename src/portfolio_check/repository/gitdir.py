"""Where a folder's git directory is, and what HEAD and the refs say.

Read here and not by git, which would obey the repository's configuration.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from portfolio_check.repository.confined import read_small
from portfolio_check.repository.remote import Config, parse_config

_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REF = re.compile(r"refs/[^\x00-\x20~^:?*\[\\\x7f]+")
_REFS_BYTES = 20_000_000
_MOST_REFS = 50_000


class BrokenGitError(Exception):
    """There is a git directory, but it cannot be used; the message is the reason."""


class GitDir(Struct, frozen=True):
    """A git directory as it lies on the disk."""

    own: Path
    """HEAD and the index."""
    common: Path
    """Objects and refs; another than `own` for a worktree that `git worktree add` made."""
    root: Path | None
    """Top of the working tree, None for a bare one."""
    head: str
    """Content of HEAD: an object id, or `ref: refs/heads/main`."""
    config: Config

    def commit(self) -> str | None:
        """The id HEAD stands for, None before the first commit."""
        target = self.head
        for _ in range(5):
            if not target.startswith("ref:"):
                return target if _ID.fullmatch(target) else None
            target = self._ref(target[4:].strip())
        return None

    def _ref(self, name: str) -> str:
        if not is_ref(name):
            return ""
        loose = read_small(self.common / name, 4096)
        if loose is not None:
            return loose.decode("ascii", "replace").strip()
        packed = b"\n" + (read_small(self.common / "packed-refs", _REFS_BYTES) or b"")
        end = packed.find(b" " + name.encode("utf-8", "surrogateescape") + b"\n")
        return packed[packed.rfind(b"\n", 0, end) + 1 : end].decode("ascii", "replace") if end > 0 else ""

    def refs(self) -> dict[str, str]:
        """All refs that name an object, symbolic ones left out, at most 50,000."""
        found: dict[str, str] = {}
        packed = (read_small(self.common / "packed-refs", _REFS_BYTES) or b"").decode("utf-8", "surrogateescape")
        for line in packed.split("\n"):
            oid, _, name = line.partition(" ")
            if _ID.fullmatch(oid) and is_ref(name) and len(found) < _MOST_REFS:
                found[name] = oid
        for name in _loose(self.common):
            oid = (read_small(self.common / name, 4096) or b"").decode("ascii", "replace").strip()
            if _ID.fullmatch(oid) and len(found) < _MOST_REFS:
                found[name] = oid
        return found

    @property
    def shallow(self) -> bytes:
        """The commits at which a shallow clone was cut off, b"" for a whole one."""
        return read_small(self.common / "shallow", _REFS_BYTES) or b""


def is_ref(name: str) -> bool:
    """Whether a text is a full ref name that git would accept and that stays below `refs/`."""
    return bool(_REF.fullmatch(name)) and not any(
        part in ("", ".", "..") or part.startswith(".") or part.endswith((".lock", ".")) or ".." in part or "@{" in part
        for part in name.split("/")
    )


def _loose(common: Path) -> Iterator[str]:
    pending = ["refs"]
    seen = 0
    while pending:
        folder = pending.pop()
        try:
            entries = list(os.scandir(common / folder))
        except OSError:
            continue
        for entry in entries:
            name = f"{folder}/{entry.name}"
            seen += 1
            if seen > _MOST_REFS:
                return
            if entry.is_dir(follow_symlinks=False):
                pending.append(name)
            elif entry.is_file(follow_symlinks=False) and is_ref(name):
                yield name


def locate(folder: Path) -> GitDir | None:
    """The git directory of a folder: its own, the one it is itself, or that of a folder around it.

    Raises:
        BrokenGitError: the folder has one of its own that cannot be used.

    """
    if os.path.lexists(folder / ".git"):
        return _of_worktree(folder)
    if _exists(folder / "HEAD", stat.S_ISREG) and _exists(folder / "objects", stat.S_ISDIR):
        return _checked(folder, folder, None, trusted=True)
    for parent in folder.parents:
        if os.path.lexists(parent / ".git"):
            try:
                return _of_worktree(parent)
            except BrokenGitError:
                # git passes over such a folder too when it looks for the repository around.
                continue
    return None


def _of_worktree(root: Path) -> GitDir:
    dot = root / ".git"
    if _exists(dot, stat.S_ISDIR):
        return _checked(dot, dot, root, trusted=True)
    text = read_small(dot, 4096)
    if text is None or not text.startswith(b"gitdir:"):
        raise BrokenGitError(".git is neither a directory nor a file that names one")
    own = _below(root, text[len(b"gitdir:") :])
    common_text = read_small(own / "commondir", 4096)
    common = own if common_text is None else _below(own, common_text)
    return _checked(own, common, root, trusted=_belongs(own, dot))


def _below(base: Path, raw: bytes) -> Path:
    name = os.fsdecode(raw.strip(b" \t\r\n"))
    if not name or "\0" in name:
        raise BrokenGitError(".git names no directory")
    return Path(os.path.normpath(base / name))


def _belongs(own: Path, dot: Path) -> bool:
    """Whether a git directory elsewhere is this worktree's or submodule's, by whom it names or where it lies."""
    back = read_small(own / "gitdir", 4096)
    if back is not None:
        try:
            return _below(own, back).samefile(dot)
        except (OSError, BrokenGitError):
            return False
    return any(own.is_relative_to(parent / ".git" / "modules") for parent in dot.parent.parents)


def _checked(own: Path, common: Path, root: Path | None, *, trusted: bool) -> GitDir:
    raw = read_small(own / "HEAD", 4096)
    if raw is None:
        raise BrokenGitError("its git directory has no HEAD")
    head = raw.decode("utf-8", "surrogateescape").strip()
    if not _ID.fullmatch(head) and not (head.startswith("ref:") and is_ref(head[4:].strip())):
        raise BrokenGitError("HEAD of its git directory names no commit and no branch")
    if not _exists(common / "objects", stat.S_ISDIR):
        raise BrokenGitError("its git directory has no objects")
    if not _exists(common / "refs", stat.S_ISDIR) and not _exists(common / "packed-refs", stat.S_ISREG):
        raise BrokenGitError("its git directory has no refs")
    if _exists(common / "reftable", stat.S_ISDIR):
        raise BrokenGitError("its refs are kept in a reftable, which is not read")
    _check_objects(common / "objects")
    # A directory that a mere file points to may be somebody else's: nothing is taken from its configuration.
    config = parse_config(read_small(common / "config") or b"") if trusted else Config()
    return GitDir(own, common, root, head, config)


def _check_objects(objects: Path) -> None:
    """Refuse what would make git wait (a FIFO) or read another repository's objects (alternates, links)."""
    for name in ("info", "pack"):
        if not os.path.lexists(objects / name):
            continue
        if not _exists(objects / name, stat.S_ISDIR):
            raise BrokenGitError("its objects lie elsewhere")
        for entry in os.scandir(objects / name):
            if entry.name in ("alternates", "http-alternates"):
                raise BrokenGitError("its objects lie elsewhere (a shared or reference clone)")
            if not entry.is_file(follow_symlinks=False) and not entry.is_dir(follow_symlinks=False):
                raise BrokenGitError("its objects are no regular files")


def _exists(path: Path, kind: object) -> bool:
    try:
        return bool(kind(os.lstat(path).st_mode))  # type: ignore[operator]
    except OSError:
        return False
