"""Markdown documents and cells, read into sentences, tables, links, pictures and commands."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio_check.facts import Fact
from portfolio_check.readers.front_matter import split_front_matter
from portfolio_check.readers.html_pieces import Piece, html_pieces
from portfolio_check.readers.inline_text import Address, Inline, bare_addresses, read_inline, short_target
from portfolio_check.readers.prose_walk import LOWEST, Heading, ProseWalk
from portfolio_check.readers.source import Source

MOST_CHARACTERS = 1_000_000
MOST_TABLE_LINES = 400
_LONGEST_INLINE = 20_000
_MOST_OPENED = 1000
_LONGEST_BOLD_HEADING = 80

_MARKED = re.compile(r"[*_`\[<&\\]|  \n|://|www\.")
_PROSE_LINE = re.compile(r"\s*[^\W\d_a-z][\w'’-]*(?:[,:]?\s+[^\W_][\w'’-]*){4}")
_FENCE_LANGUAGE = re.compile(r"[{.\s]*([\w+#-]*)")


class MarkdownFacts(NamedTuple):
    """What was read, and where reading stopped: what the next cell of a notebook goes on from."""

    facts: list[Fact]
    headings: tuple[Heading, ...]
    block: int


def read_markdown(source: Source) -> list[Fact]:
    """The facts of a Markdown file, of which at most a million characters are read."""
    settings, text = split_front_matter(source.text[:MOST_CHARACTERS], source.path)
    return [*settings, *markdown_facts(text, source.path).facts]


def markdown_facts(
    text: str, path: str, *, cell: int | None = None, headings: Sequence[Heading] = (), block: int = 0
) -> MarkdownFacts:
    """The facts of a Markdown text; `headings` and `block` are those that it goes on from, of the cell before."""
    walk = ProseWalk(path, cell, headings, block)
    env: dict[str, Any] = {}
    text = text.replace("\0", "\ufffd")
    _read_blocks(walk, _parser().parse(text, env), text, env)
    return MarkdownFacts(walk.facts, tuple(walk.headings), walk.block)


@cache
def _parser() -> MarkdownIt:
    # Inline markup is read block by block, and only where there is some: most blocks have none.
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["block"])
    return parser


def _read_blocks(walk: ProseWalk, tokens: list[Token], text: str, env: dict[str, Any]) -> None:
    lines = text.split("\n") if "</table" in text else []
    table_ends = [number for number, written in enumerate(lines) if "</table" in written]
    before = before_tag = ""
    line = 1
    html_end = 0
    rows: list[tuple[int, tuple[str, ...]]] = []
    cells: list[str] = []
    for token in tokens:
        if html_end:
            if token.map is None or token.map[0] < html_end:
                continue
            html_end = 0
        if token.map:
            line = token.map[0] + 1
        kind = token.type
        if kind == "inline":
            inline = _inline(token.content, env)
            if before in ("td_open", "th_open"):
                cells.append(" ".join(inline.text.split()))
            elif before == "heading_open":
                walk.add_heading(inline.text, int(before_tag[1]), line)
            else:
                _read_paragraph(walk, inline, token.content, line)
            walk.add_pointers(inline, line)
        elif kind == "fence":
            found = _FENCE_LANGUAGE.match(token.info)
            walk.add_code(token.content, found[1].lower() if found else "", line + 1)
        elif kind == "code_block":
            _read_indented(walk, token.content, line)
        elif kind == "html_block":
            html_end = _read_html(walk, token, lines, table_ends)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            walk.open_list()
        elif kind == "list_item_open":
            walk.open_entry()
        elif kind in ("bullet_list_close", "ordered_list_close"):
            walk.close_list()
        elif kind == "table_open":
            rows = []
        elif kind == "tr_open":
            cells = []
        elif kind == "tr_close":
            rows.append((line, tuple(cells)))
        elif kind == "table_close":
            walk.add_table(rows)
        elif kind == "blockquote_open":
            walk.quotes += 1
        elif kind == "blockquote_close":
            walk.quotes = max(0, walk.quotes - 1)
        elif kind == "hr":
            walk.lead = ""
        before, before_tag = kind, token.tag


def _inline(content: str, env: dict[str, Any]) -> Inline:
    if not _MARKED.search(content):
        return Inline(content)
    if len(content) > _LONGEST_INLINE or content.count("[") > _MOST_OPENED or content.count("*") > 2 * _MOST_OPENED:
        # Nested openings cost markdown-it quadratic time; prose has no such blocks.
        return Inline(content, links=tuple(bare_addresses(content, 0)))
    children: list[Token] = []
    parser = _parser()
    parser.inline.parse(content, parser, env, children)
    return read_inline(children)


def _read_paragraph(walk: ProseWalk, inline: Inline, content: str, line: int) -> None:
    text = inline.text.strip()
    if not text:
        return
    if walk.lists:
        walk.add_item(inline, line, content)
    elif inline.bold and _is_title(text) and not walk.quotes:
        walk.add_heading(text, LOWEST, line)
        walk.lead = " ".join(text.split())
    else:
        walk.add_paragraph(inline, line, content)


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_BOLD_HEADING and "\n" not in text and text.rstrip(" :")[-1:] not in ".!?。！？"


def _read_indented(walk: ProseWalk, code: str, line: int) -> None:
    """Text that is indented by mistake is a paragraph; other indented lines are shown."""
    if _PROSE_LINE.match(code):
        walk.add_paragraph(Inline(code), line)
    else:
        walk.add_code(code, "", line)


def _read_html(walk: ProseWalk, token: Token, lines: list[str], table_ends: list[int]) -> int:
    """Reads an HTML block. One that an empty line cuts inside a table is read to the table's end: its line, else 0."""
    start, end = token.map or (0, 0)
    source, read_to = token.content, 0
    if token.level == 0 and table_ends:
        lowered = source.lower()
        if lowered.rfind("<table") > lowered.rfind("</table"):
            at = bisect_left(table_ends, end)
            if at < len(table_ends) and table_ends[at] - start < MOST_TABLE_LINES:
                read_to = table_ends[at] + 1
                source = "\n".join(lines[start:read_to])
    for piece in html_pieces(source):
        _add_piece(walk, piece, start + 1)
    return read_to


def _add_piece(walk: ProseWalk, piece: Piece, first: int) -> None:
    line = first + piece.line
    if piece.kind == "heading":
        walk.add_heading(piece.text, piece.level, line)
    elif piece.kind == "table":
        rows = [(first + row.line, row.cells) for row in piece.rows]
        if not piece.rows[0].head:
            rows.insert(0, (line, ()))
        walk.add_table(rows, origin="html")
    elif piece.kind == "picture":
        walk.add_pointers(Inline("", pictures=(Address(0, short_target(piece.target), piece.text),)), line)
    elif piece.kind == "link":
        walk.add_pointers(Inline("", links=(Address(0, short_target(piece.target), piece.text),)), line)
    elif piece.kind == "shown":
        walk.add_code(piece.text, "", line)
    elif piece.kind == "item" and not walk.lists:
        walk.open_list()
        walk.open_entry()
        walk.add_item(Inline(piece.text), line)
        walk.close_list()
    elif walk.lists:
        walk.add_item(Inline(piece.text), line)
    else:
        walk.add_paragraph(Inline(piece.text), line)
        walk.add_pointers(Inline("", links=tuple(bare_addresses(piece.text, 0))), line)
