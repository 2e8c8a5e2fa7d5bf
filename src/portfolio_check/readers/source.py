"""What a reader is given: the bytes of one file, decoded once."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from functools import cached_property

from portfolio_check.facts import Fact


class UnreadableError(Exception):
    """A file that cannot be read; the message is the reason that the report gives. It costs nothing but that file."""


class Source:
    """One file: its path in the tree and its bytes."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    @cached_property
    def text(self) -> str:
        r"""Decoded: a byte order mark decides, else UTF-8, else Latin-1; line ends are `\n`."""
        data = self.data
        if data.startswith(codecs.BOM_UTF8):
            text = data[3:].decode("utf-8", "replace")
        elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16", "replace")
        else:
            try:
                text = data.decode("utf-8")
            except UnicodeDecodeError:
                text = data.decode("latin-1")
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text


Reader = Callable[[Source], Iterable[Fact]]
