"""How much of a tree is read at most, so that no input can exhaust the machine."""

from __future__ import annotations

from msgspec import Struct


class Limits(Struct, frozen=True, kw_only=True):
    """Bounds of one review; what lies past them is passed over with a reason, never an error."""

    file_bytes: int = 20_000_000
    """Bytes of a notebook; a larger one is not read."""
    text_bytes: int = 2_000_000
    """Bytes of any other file; a larger one is not read."""
    files: int = 20_000
    """Files that are read, those nearest to the top first."""
    total_bytes: int = 400_000_000
    """Bytes that are read in all, files nearest to the top first."""
    commits: int = 5_000
    """Commits of the history; a longer one is unknown."""
    listed: int = 200_000
    """Paths that are listed; the list of a larger tree is cut."""
    git_seconds: float = 60.0
    """Seconds that one git process may take before it is ended."""
