"""Lines of a source as a fact quotes them."""

from __future__ import annotations

from portfolio_check.facts import Place
from portfolio_check.readers.source import Source

_QUOTE = 240
TEXT = 20_000
"""Characters of shell text that one fact keeps."""


class Lines:
    """The lines of one source: quotes and places for its facts."""

    def __init__(self, source: Source) -> None:
        self.path = source.path
        self.all = source.text.split("\n")

    def quote(self, number: int) -> str:
        """Line `number` (from 1), stripped and cut at 240 characters; "" past the end."""
        return self.all[number - 1].strip()[:_QUOTE] if 0 < number <= len(self.all) else ""

    def place(self, number: int) -> Place:
        """The place of line `number`."""
        return Place(self.path, number)


def file_name(path: str) -> str:
    """The last part of a path."""
    return path.rpartition("/")[2]


def stem(path: str) -> str:
    """The last part of a path without its suffix."""
    return file_name(path).partition(".")[0]
