"""HTML as people write it into documents and programs print it, taken apart in one pass.

Own scanning, since the parser of the standard library takes quadratic time on malformed input in Python 3.11.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from portfolio_check.language.sentences import LINE_BREAK

MOST_ROWS = 60
MOST_COLUMNS = 30

_TAG = re.compile(r"<(?:!--|(/?)([a-zA-Z][\w-]*+)((?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>)")
_UNREAD = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style")}
_ATTRIBUTES = {
    name: re.compile(rf"(?<![\w-]){name}\s{{0,4}}=\s{{0,4}}(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE)
    for name in ("src", "href", "alt", "colspan")
}
# fmt: off
_BLOCKS = frozenset((
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "br", "center",
    "blockquote", "details", "summary", "section", "article", "header", "footer", "nav", "figure",
    "figcaption", "main", "aside", "pre", "table", "form",
))
# fmt: on
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class Row(NamedTuple):
    """A row of a table."""

    line: int
    """From 0, within the HTML."""
    cells: tuple[str, ...]
    head: bool


class Piece(NamedTuple):
    """A part of a document that is one thing."""

    kind: Literal["paragraph", "item", "heading", "shown", "picture", "link", "table"]
    line: int
    """From 0, within the HTML."""
    text: str
    """With the line ends of the source; a picture's alternative text; "" for a table."""
    target: str = ""
    level: int = 0
    rows: tuple[Row, ...] = ()


def attribute(tag: str, name: Literal["src", "href", "alt", "colspan"]) -> str:
    """An attribute's value out of a tag's source, "" where it has none."""
    found = _ATTRIBUTES[name].search(tag)
    if found is None:
        return ""
    return html.unescape(found[1] or found[2] or found[3] or "").strip()


class _Gathering:
    """The text between two block tags, and the table around it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.line = 0
        self.kind: Literal["paragraph", "item", "heading", "shown"] = "paragraph"
        self.level = 0
        self.rows: list[Row] | None = None
        self.cells: list[str] = []
        self.head = True
        self.row_line = 0
        self.span = 1
        self.in_cell = False

    def add(self, text: str, line: int) -> None:
        if not text:
            return
        if not self.words:
            if text.isspace():
                return
            bare = text.lstrip()
            self.line = line + text.count("\n", 0, len(text) - len(bare))
            text = bare
        self.words.append(text)

    def taken(self) -> str:
        text = "".join(self.words)
        self.words.clear()
        return html.unescape(text) if "&" in text else text

    def end_cell(self) -> None:
        if not self.in_cell:
            return
        self.in_cell = False
        text = " ".join(self.taken().split())
        self.cells.extend([text, *[""] * (self.span - 1)] if self.span > 1 else [text])

    def end_row(self, rows: list[Row]) -> None:
        self.end_cell()
        if any(self.cells) and len(rows) < MOST_ROWS:
            rows.append(Row(self.row_line, tuple(self.cells[:MOST_COLUMNS]), self.head))
        self.cells, self.head = [], True


def html_pieces(source: str) -> Iterator[Piece]:
    """The paragraphs, list entries, headings, pictures, links and tables of HTML, in order; comments are dropped."""
    now = _Gathering()
    link: tuple[str, int, int] | None = None
    at = line = 0
    while found := _TAG.search(source, at):
        start = found.start()
        if start > at:
            text = source[at:start]
            now.add(text, line)
            line += text.count("\n")
        at = found.end()
        if found[2] is None:
            end = source.find("-->", at)
            end = len(source) if end < 0 else end + 3
            line += source.count("\n", start, end)
            at = end
            continue
        closing, name = bool(found[1]), found[2].lower()
        if name == "img":
            yield Piece("picture", line, attribute(found[3], "alt"), attribute(found[3], "src"))
        elif name == "a":
            if link:
                yield Piece("link", link[1], " ".join("".join(now.words[link[2] :]).split()), link[0])
            target = "" if closing else attribute(found[3], "href")
            link = (target, line, len(now.words)) if target else None
        elif now.rows is not None and name != "table":
            _in_table(now, now.rows, name, closing, line, found[3])
        elif name in _BLOCKS:
            yield from _end_block(now)
            now.kind = "paragraph"
            if name == "table":
                if now.rows is not None and closing:
                    now.end_row(now.rows)
                    if now.rows:
                        yield Piece("table", now.rows[0].line, "", rows=tuple(now.rows))
                    now.rows = None
                elif not closing and now.rows is None:
                    now.rows = []
            elif not closing:
                _begin_block(now, name)
        elif name in _UNREAD and not closing:
            after = _UNREAD[name].search(source, at)
            end = len(source) if after is None else after.start()
            line += source.count("\n", at, end)
            at = end
        line += found[3].count("\n")
    now.add(source[at:], line)
    if now.rows is not None:
        now.end_row(now.rows)
        if now.rows:
            yield Piece("table", now.rows[0].line, "", rows=tuple(now.rows))
        now.rows = None
    yield from _end_block(now)


def _begin_block(now: _Gathering, name: str) -> None:
    if name == "li":
        now.kind = "item"
    elif name in _HEADINGS:
        now.kind, now.level = "heading", _HEADINGS[name]
    elif name == "pre":
        now.kind = "shown"


def _end_block(now: _Gathering) -> Iterator[Piece]:
    if now.rows is None and now.words:
        text = now.taken().rstrip()
        if text:
            yield Piece(now.kind, now.line, text, level=now.level)


def _in_table(now: _Gathering, rows: list[Row], name: str, closing: bool, line: int, tag: str) -> None:
    if name in ("td", "th"):
        now.end_cell()
        now.taken()
        if not closing:
            now.in_cell = True
            now.head = now.head and name == "th"
            span = attribute(tag, "colspan") if "col" in tag else ""
            now.span = min(int(span), MOST_COLUMNS) if span.isascii() and span.isdigit() and len(span) < 5 else 1
            if not now.cells:
                now.row_line = line
    elif name == "tr":
        now.end_row(rows)
    elif name in _BLOCKS and now.words:
        now.words.append(" ")


def visible_text(source: str) -> str:
    """The words of a piece of HTML, its blocks parted by `LINE_BREAK`."""
    return LINE_BREAK.join(
        piece.text for piece in html_pieces(source) if piece.kind not in ("picture", "link", "table")
    )
