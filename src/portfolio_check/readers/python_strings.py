"""Prose inside code: the sentences of docstrings and strings, and how lines of text become sentences at their lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

from portfolio_check.facts import Role, Sentence
from portfolio_check.language.sentences import split_sentences
from portfolio_check.readers.python_lines import CodeLines

STRINGS = 400
"""Strings of one file that are taken as prose."""
_STRING = 600
_DOCSTRING = 8_000
_MARKDOWN = 20_000
_WRAPPED = 50

_WORD = re.compile(r"(?<!\S)[\"'(\[*_`]{0,3}[^\W\d_][^\W_]*(?:['’/-][^\W\d_]+)*[\"')\]*_`]{0,3}[.,:;!?]{0,3}(?!\S)")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_SQL = re.compile(
    r"\s*(?:(?:SELECT|INSERT|CREATE|UPDATE|DELETE|ALTER|DROP|WITH|MERGE)\s|select\s+(?:\*|[\w.\"`]+\s*,)|(?:create|drop|alter)\s+table\b|insert\s+into\b)"
)
_MACHINE = re.compile(r"\s*(?:[{\[]\s*[\"'{\[]|<(?:style|script|svg)\b|#!|https?://\S+\s*$)")
_REGEX = re.compile(r"\\[dwsbDWSB]|\(\?[:=!P<]|\[\^")
_TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,300}>")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}\)")
_START = re.compile(r"(?:[-*+•]\s|\d{1,2}[.)]\s|#{1,6}\s|:\w|[@|]|\*{0,2}\w[\w.]*(?:\s*\([^()]{0,60}\))?\s*:\s)")
_BULLET = re.compile(r"(?:[-*+•]\s+|#{1,6}\s+|\|\s*)")
_SECTIONS = frozenset(
    name + end
    for name in (
        "Args",
        "Arguments",
        "Parameters",
        "Returns",
        "Return",
        "Raises",
        "Yields",
        "Attributes",
        "Examples",
        "Example",
        "Usage",
    )
    for end in ("", ":")
)
_INNER_END = re.compile(r"[.!?\u2026\u0964][\"'»”’)\]*_]*+\s|[。！？｡](?!$)")


def is_prose(text: str) -> bool:
    """Whether a string is something people read: four words or more, and no query, pattern, markup or data."""
    if _SQL.match(text) or _MACHINE.match(text) or _REGEX.search(text):
        return False
    if next(islice(_WORD.finditer(text[:2_000]), 3, None), None):
        return not (text.count("{") > 2 and text.count(";") > 2)
    return not text.isascii() and len(_IDEOGRAPHS.findall(text[:200])) >= 8


def string_sentences(
    text: str, lines: CodeLines, line: int, last: int, role: str, block: int, markdown: bool
) -> list[Sentence]:
    """The sentences of a string or docstring that stands on `line` to `last`; none where it is not prose."""
    kind: Role = "docstring" if role == "docstring" else "comment" if role == "comment" else "string"
    if kind == "string":
        text = text[: _MARKDOWN if markdown else _STRING]
        if not is_prose(text):
            return []
        if "<" in text:
            text = _TAG.sub(" ", text)
    else:
        text = text[:_DOCSTRING]
    rows = text.split("\n")
    # Escaped line ends stand on one line of the source; then all that is known is where the string begins.
    exact = line + len(rows) - 1 <= last or len(text) >= _STRING
    numbered = ((min(line + index, last) if exact else line, row.strip()) for index, row in enumerate(rows))
    return list(sentences(numbered, lines, kind, block))


def sentences(rows: Iterable[tuple[int, str]], lines: CodeLines, role: Role, block: int) -> Iterator[Sentence]:
    """Sentences of stripped lines with their numbers: wrapped lines are joined, entries and headings stand alone."""
    for paragraph in _paragraphs(rows):
        if len(paragraph) == 1:
            number, text = paragraph[0]
            text = _plain(text)
            if not _INNER_END.search(text):
                if len(text) > 1:
                    yield Sentence(lines.mark(number)[0], text[:_STRING], role, (), "", block, None, True)
                continue
            starts = [0]
        else:
            starts = []
            pieces = []
            length = 0
            for _, piece in paragraph:
                piece = _plain(piece)
                starts.append(length)
                pieces.append(piece)
                length += len(piece) + 1
            text = " ".join(pieces)
        for sentence, offset in split_sentences(text):
            if len(sentence) > 1:
                number = paragraph[bisect_right(starts, offset) - 1][0]
                yield Sentence(lines.mark(number)[0], sentence[:_STRING], role, (), "", block, None, True)


def _paragraphs(rows: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    paragraph: list[tuple[int, str]] = []
    previous = ""
    for number, row in rows:
        if not row or row in _SECTIONS or row.startswith((">>> ", "... ", "```")) or not row.strip("-=*#~_+|: "):
            if paragraph:
                yield paragraph
                paragraph = []
            continue
        if paragraph and _begins(row, previous):
            yield paragraph
            paragraph = []
        paragraph.append((number, row))
        previous = row
    if paragraph:
        yield paragraph


def _begins(row: str, previous: str) -> bool:
    """Whether a line begins something new rather than carrying on the line above."""
    if previous[-1] == ":" or _START.match(row):
        return True
    return len(previous) < _WRAPPED and not row[0].islower() and previous[-1] not in ",;("


def _plain(text: str) -> str:
    """Without the markup that people use in comments and docstrings."""
    bullet = _BULLET.match(text)
    if bullet:
        text = text[bullet.end() :]
    if "`" in text:
        text = text.replace("`", "")
    if "**" in text:
        text = text.replace("**", "")
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    return text.strip()
