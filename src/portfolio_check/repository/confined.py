"""Opening files below a folder without ever leaving it: no link is followed, only regular files are read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_DIRECTORY = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
# Non-blocking, so that opening a FIFO nobody writes to returns and can be refused.
_FILE = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_BY_DESCRIPTOR = os.open in os.supports_dir_fd


class RefusedError(Exception):
    """A file that is not read; the message is the reason."""


def read_confined(root: Path, parts: list[bytes], most: int) -> bytes:
    """Read a regular file below a folder.

    Args:
        root: a folder that the user chose; links on the way to it are followed.
        parts: the components of the path below it.
        most: bytes; a larger file is refused.

    Raises:
        RefusedError: a component is a link, it is no regular file, is too large, or cannot be read.

    """
    if not parts or any(part in (b"", b".", b"..") or b"/" in part or b"\0" in part for part in parts):
        raise RefusedError("not in this tree")
    try:
        descriptor = _open_below(root, parts) if _BY_DESCRIPTOR else _open_checked(root, parts)
    except NotADirectoryError:
        raise RefusedError("symbolic link") from None
    except FileNotFoundError:
        raise RefusedError("no longer there") from None
    except PermissionError:
        raise RefusedError("permission denied") from None
    except OSError as error:
        # ELOOP, EMLINK or EFTYPE tell a link, depending on the system.
        raise RefusedError("symbolic link or not readable") from error
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise RefusedError("not a regular file")
        if found.st_size > most:
            raise RefusedError("too large")
        try:
            data = file.read(most + 1)
        except OSError as error:
            raise RefusedError("not readable") from error
    if len(data) > most:
        raise RefusedError("too large")
    return data


def _open_below(root: Path, parts: list[bytes]) -> int:
    folder = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        for part in parts[:-1]:
            inner = os.open(part, _DIRECTORY, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(parts[-1], _FILE, dir_fd=folder)
    finally:
        os.close(folder)


def _open_checked(root: Path, parts: list[bytes]) -> int:
    """For systems without openat (Windows): look at each component before opening."""
    path = root
    for part in parts:
        path = path / os.fsdecode(part)
        if stat.S_ISLNK(path.lstat().st_mode):
            raise NotADirectoryError(path)
    return os.open(path, _FILE)


def read_small(path: Path, most: int = 1_000_000) -> bytes | None:
    """A small regular file that is no link, None where there is none; for the few files of a git directory."""
    try:
        return read_confined(path.parent, [os.fsencode(path.name)], most)
    except RefusedError:
        return None
