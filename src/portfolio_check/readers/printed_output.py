"""What programs printed: cleaned of what a terminal would not show in the end, cut, and looked through for tables."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact, Output, Place
from portfolio_check.readers.tables import printed_tables

LONGEST_TEXT = 20_000
LONGEST_TAIL = 5_000
_MOST_READ = 400_000
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]{0,20}[A-Za-z]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?|[@-Z\\-_])")


def printed_text(text: str) -> str:
    """A text as a terminal shows it in the end: without colours, and without what a progress bar wrote over."""
    text = text[:_MOST_READ]
    if "\x1b" in text:
        text = _ESCAPE.sub("", text)
    if "\r" in text or "\x08" in text:
        lines = text.replace("\r\n", "\n").replace("\x08", "\r").split("\n")
        text = "\n".join(_overwritten(line) if "\r" in line else line for line in lines)
    return text.rstrip("\n")


def _overwritten(line: str) -> str:
    return next((part for part in reversed(line.split("\r")) if part.strip()), "")


def add_output(facts: list[Fact], text: str, place: Place) -> int:
    """Adds a text and its tables to `facts`; returns how many lines it has.

    A text that is cut also gives its end, as a second output: logs say there what came out.
    """
    if not text.strip():
        return text.count("\n") + 1 if text else 0
    head = text[:LONGEST_TEXT]
    facts.append(Output(place, "text", head))
    facts += printed_tables(head, place)
    if len(text) > LONGEST_TEXT:
        begin = text.find("\n", max(LONGEST_TEXT, len(text) - LONGEST_TAIL)) + 1
        if begin:
            tail = text[begin:]
            after = Place(place.path, place.line + text.count("\n", 0, begin), place.cell, place.output)
            facts.append(Output(after, "text", tail))
            facts += printed_tables(tail, after)
    return text.count("\n") + 1
