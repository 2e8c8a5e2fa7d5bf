"""The inside of a Markdown block: its words without markup, and the links, pictures and code among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from portfolio_check.language.sentences import LINE_BREAK
from portfolio_check.readers.html_pieces import attribute

LONGEST_TARGET = 500
_STOPS = (".", "!", "?", "*")

_ADDRESS = re.compile(r"(?:https?://|www\.(?=\w))[^\s<>\"'`\[\]{}|\\^\u3000-\u303f\uff00-\uffef]{3,2000}")
# fmt: off
_BLOCK_TAGS = frozenset((
    "br", "hr", "li", "ul", "ol", "p", "div", "td", "tr", "th", "table", "details", "summary", "center", "h1",
    "h2", "h3", "h4", "h5", "h6",
))
# fmt: on
_TAG_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")


class Address(NamedTuple):
    """Something that is pointed at, on a line counted from the block's first (0)."""

    line: int
    target: str
    text: str


class Inline(NamedTuple):
    """The inside of a block."""

    text: str
    """Line ends of the source are kept, so that a sentence's line can be counted."""
    links: Sequence[Address] = ()
    pictures: Sequence[Address] = ()
    codes: Sequence[tuple[int, str]] = ()
    bold: bool = False
    """Whether all of the text is bold."""
    whole: Sequence[tuple[int, int]] = ()
    """Spans of the text in which no sentence ends: code with stops in it."""


def bare_addresses(text: str, line: int) -> Iterator[Address]:
    """Addresses written out in a text, without the punctuation after them."""
    if "://" not in text and "www." not in text:
        return
    at = 0
    for found in _ADDRESS.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        target = found[0].rstrip(".,;:!?*_~")
        if target.endswith(")") and target.count("(") < target.count(")"):
            target = target.rstrip(").,;:!?*_")
        yield Address(line, short_target(target), target[:200])


def short_target(target: str) -> str:
    """A target without what it embeds: a `data:` address keeps its type only."""
    if target.startswith("data:"):
        return target[: target.find(",")][:40] if "," in target else "data:"
    return target[:LONGEST_TARGET]


class _Open(NamedTuple):
    line: int
    target: str
    since: int
    seen: int


def read_inline(tokens: Sequence[Token]) -> Inline:
    """What markdown-it's tokens of one block say."""
    words: list[str] = []
    links: list[Address] = []
    pictures: list[Address] = []
    codes: list[tuple[int, str]] = []
    opened: list[_Open] = []
    whole: list[tuple[int, int]] = []
    line = bold = length = counted = 0
    plain = False
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            text = token.content
            words.append(text)
            if not bold and text.strip(" :.\t"):
                plain = True
            if not opened:
                links.extend(bare_addresses(text, line))
        elif kind == "softbreak":
            words.append("\n")
            line += 1
        elif kind == "hardbreak":
            words.append("\n" + LINE_BREAK)
            line += 1
        elif kind == "code_inline":
            code = token.content
            if code[-1:] in _STOPS or ". " in code:
                begin = sum(map(len, words[counted:])) + length
                length, counted = begin, len(words)
                whole.append((begin, begin + len(code)))
            words.append(code)
            codes.append((line, code))
            plain = plain or not bold
            if not opened and code.startswith(("http://", "https://")):
                links.extend(bare_addresses(code, line))
        elif kind == "strong_open":
            bold += 1
        elif kind == "strong_close":
            bold -= 1
        elif kind == "link_open":
            opened.append(_Open(line, str(token.attrGet("href") or ""), len(words), len(pictures)))
        elif kind == "link_close" and opened:
            links.append(_closed(opened.pop(), words, pictures))
        elif kind == "image":
            pictures.append(Address(line, short_target(str(token.attrGet("src") or "")), _flat(token.content)))
        elif kind == "html_inline":
            tag = token.content
            found = _TAG_NAME.match(tag)
            name = found[1].lower() if found else ""
            closing = tag.startswith("</")
            if name in ("b", "strong"):
                bold += -1 if closing else 1
            elif name == "img":
                pictures.append(Address(line, short_target(attribute(tag, "src")), attribute(tag, "alt")))
            elif name == "a" and not closing:
                if (target := attribute(tag, "href")) and not opened:
                    opened.append(_Open(line, target, len(words), len(pictures)))
            elif name == "a" and opened:
                links.append(_closed(opened.pop(), words, pictures))
            elif name in _BLOCK_TAGS:
                words.append(LINE_BREAK)
            if ends := tag.count("\n"):
                words.append("\n" * ends)
                line += ends
    text = "".join(words)
    return Inline(text, links, pictures, codes, not plain and bool(text.strip()), whole)


def _closed(link: _Open, words: list[str], pictures: list[Address]) -> Address:
    text = _flat("".join(words[link.since :])) or " ".join(picture.text for picture in pictures[link.seen :])
    return Address(link.line, short_target(link.target), text)


def _flat(text: str) -> str:
    return " ".join(text.split())
