"""Where something stands: the one coordinate that every fact, slot of evidence and finding carries."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True, order=True, gc=False):
    """A line of a file, of a notebook cell, or of a cell's output."""

    path: str
    """Path inside the reviewed tree, with forward slashes."""
    line: int = 1
    """Counted from 1: within the file, within the cell, or within the cell's output."""
    cell: int | None = None
    """Counted from 1 over all cells of a notebook, Markdown and code together; None outside notebooks."""
    output: bool = False
    """Whether the line is one of the cell's output."""

    def __str__(self) -> str:
        if self.cell is None:
            return f"{self.path}:{self.line}"
        return f"{self.path} cell {self.cell}"
