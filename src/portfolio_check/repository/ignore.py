"""The `.gitignore` files of a directory without git, read with bounds: a pattern must not be able to stop a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_PATTERNS = 1_000
_LETTERS = 300
# What a pattern with n stars costs grows with the n-th power of a name's length.
_STARS = 3


class Ignore(Struct, frozen=True):
    """The rules of one `.gitignore`."""

    folder: str
    """Where it lies, "" for the top, else with a slash at the end."""
    spec: GitIgnoreSpec
    patterns: int

    def decides(self, path: str) -> bool | None:
        """Whether the path is ignored (folders end with a slash), None where the file says nothing of it."""
        return self.spec.check_file(path[len(self.folder) :]).include


def parse_ignore(folder: str, data: bytes) -> Ignore | None:
    """Read a `.gitignore`; patterns that are broken or too costly are passed over. None where none is left."""
    from pathspec import GitIgnoreSpec

    lines = [line for line in data.decode("utf-8", "replace").splitlines()[:_PATTERNS] if _is_cheap(line)]
    kept: list[Any] = []
    for line in lines:
        try:
            kept.extend(GitIgnoreSpec.from_lines([line]).patterns)
        except ValueError:
            continue
    return Ignore(folder, GitIgnoreSpec(kept), len(kept)) if kept else None


def _is_cheap(line: str) -> bool:
    if not line.strip() or line.startswith("#") or len(line) > _LETTERS:
        return False
    return line.count("**") <= _STARS and all(part.count("*") <= _STARS for part in line.split("/"))
