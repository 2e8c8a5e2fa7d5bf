"""Whether the words of a quote stand at the place that is cited for them, read from the file itself.

The file is read here without the tool's readers, so that a mistake of theirs shows. Words are compared, not characters:
the tool quotes what a person sees, without Markdown's marks, link targets, tags and emoji.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from portfolio_check.readers.source import Source
from portfolio_check.review.model import Evidence

THERE, ELSEWHERE, NOWHERE, UNREADABLE = "there", "elsewhere in the file", "nowhere in the file", "file not readable"
CUT = 119
"""Characters from which a quote may end within a word."""
LONGEST = 60
"""Lines below the cited one that a quote may reach into: a paragraph is one sentence over many lines."""

_IMAGE = re.compile(r"!\[([^\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)")
_LINK = re.compile(r"\[([^\[\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\]\n]*\])")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_MARKS = re.compile(r"[*~`\\]|(?<!\w)_+|_+(?!\w)")
_EMOJI = re.compile(r":[a-z][a-z_]*:")
_CONTROL = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_WORD = re.compile(r"[^\W_]+")


def standing(evidence: Evidence, read: Callable[[str], bytes], exists: Callable[[str], bool]) -> str:
    """`THERE`, or what is wrong.

    Args:
        evidence: a cited place and its quote.
        read: gives the bytes of a path; any exception means that it cannot.
        exists: whether the tree lists a path.

    """
    if evidence.quote == evidence.path:
        # That the file is there is the evidence.
        return THERE if exists(evidence.path) else NOWHERE
    try:
        data = read(evidence.path)
        parts = _parts(evidence, data)
    except Exception:
        return UNREADABLE
    quote = evidence.quote.removesuffix("…")
    cut = quote != evidence.quote or len(quote) >= CUT
    for seen in (_plain, str):
        wanted = words(seen(quote))
        if parts and any(_begins(wanted, cut, part, seen) for part in parts):
            return THERE
    text = Source(evidence.path, data).text
    whole = text if evidence.cell is None else "\n".join(_all_cells(text))
    anywhere = any(_at(words(seen(quote)), cut, words(seen(whole))) is not None for seen in (_plain, str))
    return ELSEWHERE if anywhere else NOWHERE


def words(text: str) -> list[str]:
    """Letters and digits in a row, in one case."""
    return _WORD.findall(text.casefold())


def _parts(evidence: Evidence, data: bytes) -> list[list[str]]:
    """The lines from the cited one on; for an output, from each of its lines, since readers count those differently."""
    text = Source(evidence.path, data).text
    if evidence.cell is None:
        return [text.split("\n")[evidence.line - 1 :]]
    cell = _cells(text)[evidence.cell - 1]
    if not evidence.output:
        return [_written(cell).split("\n")[evidence.line - 1 :]]
    lines = "\n".join(_printed(cell)).split("\n")
    return [lines[at:] for at in range(len(lines))]


def _cells(text: str) -> list[dict[str, Any]]:
    """The cells of a notebook, of its sheets where it has the old form."""
    notebook = json.loads(text)
    return notebook.get("cells") or [cell for sheet in notebook.get("worksheets") or () for cell in sheet["cells"]]


def _all_cells(text: str) -> Iterator[str]:
    for cell in _cells(text):
        yield _written(cell)
        yield from _printed(cell)


def _written(cell: dict[str, Any]) -> str:
    return _joined(cell.get("source", cell.get("input", "")))


def _printed(cell: dict[str, Any]) -> Iterator[str]:
    for output in cell.get("outputs") or ():
        shown = output.get("data", output)
        for form in ("text", "text/plain", "text/markdown", "text/html", "html"):
            if shown.get(form):
                yield _CONTROL.sub("", _joined(shown[form]))
        yield f"{output.get('ename', '')} {output.get('evalue', '')}"


def _joined(text: object) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _plain(text: str) -> str:
    """Text without what a page does not show."""
    text = _LINK.sub(r"\1", _IMAGE.sub(r"\1", text))
    return _MARKS.sub("", _EMOJI.sub(" ", html.unescape(_TAG.sub(" ", text))))


def _begins(wanted: list[str], cut: bool, lines: list[str], seen: Callable[[str], str]) -> bool:
    """Whether the words begin on the first of these lines."""
    if not lines:
        return False
    at = _at(wanted, cut, words(seen("\n".join(lines[:LONGEST]))))
    return at is not None and at < max(1, len(words(seen(lines[0]))))


def _at(wanted: list[str], cut: bool, found: list[str]) -> int | None:
    """Where the words stand in a row, None where they do not; the last one may be cut."""
    if not wanted:
        return None
    for at in range(len(found) - len(wanted) + 1):
        if found[at] == wanted[0] or len(wanted) == 1:
            run = found[at : at + len(wanted)]
            if run[:-1] == wanted[:-1] and (run[-1] == wanted[-1] or (cut and run[-1].startswith(wanted[-1]))):
                return at
    return None
