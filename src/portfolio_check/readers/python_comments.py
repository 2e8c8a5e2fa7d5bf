"""Comments: what people wrote beside code, told from code that was commented out and from notes to tools."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from keyword import kwlist

from portfolio_check.facts import Sentence
from portfolio_check.readers.python_lines import CodeLines
from portfolio_check.readers.python_strings import sentences

# One pass that knows strings, so that a # inside one begins no comment; possessive, so that it never goes back.
_LEXEME = re.compile(
    r"#[^\n]*+"
    r'|"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    r"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"'
    r"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'",
    re.DOTALL,
)
_FOR_TOOLS = re.compile(
    r"(?:noqa|type:\s*ignore|pylint|pragma|fmt:|isort|mypy|ruff|flake8|nosec|yapf|pyright|black:|cspell|codespell|region\b|endregion\b"
    r"|%%|\s?In\s?\[[\d ]*\]|COMMAND -|Databricks notebook source|DBTITLE|@title\b|@param\b|-\*-|coding[:=]|vim?:|!)",
    re.IGNORECASE,
)
_RULE = "-=*#~_+/<>|─═━ \t"
_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]")
_KEYWORDS = frozenset(kwlist)
_STATEMENTS = frozenset({"import", "from", "return", "del", "raise", "assert", "yield", "global", "nonlocal", "await"})
_HEAD = re.compile(r"[^=(\[{\"'`:,;]*")
_BRANCH = re.compile(r"(?:else|try|finally)\s*:$|(?:elif|except)\b.*:$")
_PIECE = re.compile(
    r"\w+\s*=\s*\S+,$"  # a keyword argument
    r"|[\"']\w+[\"']\s*:.*[,(\[{]$"  # an entry of a dictionary
    r"|[\w.]+\([^()]*\),$"  # an element
    r"|(?:return |yield )?[\w.]*[(\[{]+$"  # a call or display that goes on
    r"|[\w.,\[\]\"' ]+=\s*[\w.]*[(\[{]+$"  # an assignment that goes on
)
_LONGEST_CODE = 300


def comment_sentences(text: str, lines: CodeLines, block: int) -> list[Sentence]:
    """The sentences of all comments; comments on lines that follow each other are one block, numbered from `block`."""
    found: list[Sentence] = []
    for rows in _blocks(text, lines):
        taken = list(sentences(rows, lines, "comment", block))
        if taken:
            found.extend(taken)
            block += 1
    return found


def _blocks(text: str, lines: CodeLines) -> Iterator[list[tuple[int, str]]]:
    """Comments that say something, line by line; one behind code is a block of its own."""
    rows: list[tuple[int, str]] = []
    last = -1
    for number, comment, alone in _comments(text, lines):
        if rows and not (alone and number == last + 1):
            yield _prose(rows)
            rows = []
        rows.append((number, comment))
        last = number if alone else -1
    if rows:
        yield _prose(rows)


def _comments(text: str, lines: CodeLines) -> Iterator[tuple[int, str, bool]]:
    """Line, text after the `#`, and whether nothing stands before it."""
    if "#" not in text:
        return
    line, at = 1, 0
    for lexeme in _LEXEME.finditer(text):
        start = lexeme.start()
        if text[start] == "#":
            line += text.count("\n", at, start)
            at = start
            yield line, lexeme[0], lines.all[line - 1].lstrip().startswith("#")


def _prose(rows: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A block of comments with lines that are no prose made empty."""
    prose: list[tuple[int, str]] = []
    skipping = ""
    for number, comment in rows:
        text = comment[1:].strip()
        if skipping:
            if text == skipping:
                skipping = ""
            continue
        if (number == 1 and text == "---") or text == "/// script":
            # The header of a Jupytext script, or a script's own metadata.
            skipping = "---" if text == "---" else "///"
            continue
        if text.startswith(":"):
            text = text[1:].lstrip()
        elif text.startswith("MAGIC "):
            text = text[6:].removeprefix("%md").strip()
        if _FOR_TOOLS.match(comment, 1) or _FOR_TOOLS.match(text):
            text = ""
        elif text and text[0] in _RULE:
            bullet = text[:2] in ("- ", "* ")
            text = text.strip(_RULE)
            if bullet:
                text = "- " + text
        else:
            text = (
                text.rstrip("-=*#~_─═━ \t")
                if text.endswith(("--", "==", "**", "##", "~~", "__", "──", "══", "━━"))
                else text
            )
        if not _WORD.search(text) or is_code(text.removeprefix("- ")):
            text = ""
        prose.append((number, text))
    return prose


def is_code(text: str) -> bool:
    """Whether a comment is a line of code: `accuracy = 0.9` is; "Note: see below" and "F1 (macro)" are not."""
    head = _HEAD.match(text)[0]  # type: ignore[index]  # it matches the empty string too
    words = head.split(None, 3)
    if not words:
        return len(text) < _LONGEST_CODE and _PIECE.match(text) is not None
    first = words[0]
    if first[0] in "!%@" and len(first) > 1:
        return True
    if first not in _KEYWORDS and len(words) > 1 and words[1] not in _KEYWORDS and words[1].isidentifier():
        return False  # two words side by side
    if len(head) == len(text) and first not in _STATEMENTS:
        return len(words) == 1 and first in _KEYWORDS
    if not head.isascii() or len(text) > _LONGEST_CODE:
        return False
    if _BRANCH.match(text):
        return True
    if text[-1] == ":":
        return first in _KEYWORDS and _parses(text + " pass")
    if text[-1] in ",([{":
        return _PIECE.match(text) is not None
    return _parses(text)


def _parses(text: str) -> bool:
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(_is_statement(node, text) for node in body)


def _is_statement(node: ast.stmt, text: str) -> bool:
    if isinstance(node, ast.AnnAssign):
        return node.value is not None
    if isinstance(node, ast.Expr):
        value = node.value
        if isinstance(value, ast.Call):
            end = value.func.end_col_offset or 0
            return text[end : end + 1] == "("
        if isinstance(value, ast.Subscript):
            end = value.value.end_col_offset or 0
            return text[end : end + 1] == "["
        return isinstance(value, ast.Await | ast.Yield)
    return True
