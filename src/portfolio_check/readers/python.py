"""Python files and the code cells of notebooks: read as facts, never run."""

from __future__ import annotations

import ast
import re
import sys
import warnings

from portfolio_check.facts import Command, Fact
from portfolio_check.readers.python_cells import whole_cell, without_line, without_magics
from portfolio_check.readers.python_comments import comment_sentences
from portfolio_check.readers.python_flow import Flow
from portfolio_check.readers.python_lines import CodeLines
from portfolio_check.readers.python_statements import run_module
from portfolio_check.readers.source import Source, UnreadableError

_BYTES = 1_500_000
_LINES = 20_000
_BRACES = 5_000_000_000
"""Characters times opening braces: before Python 3.12 parsing an f-string takes that many steps."""
_RETRIES = 4
_COMMAND = 2_000
_GENERIC = re.compile(r"^([ \t]*(?:class|(?:async[ \t]+)?def)[ \t]+\w+)(\[[^\n()=]*\])(?=[ \t]*[(:])", re.MULTILINE)
_TYPE_ALIAS = re.compile(r"^([ \t]*)type[ \t]+(\w+)(?:\[[^\n=]*\])?(?=[ \t]*=[^=])", re.MULTILINE)


def read_python(source: Source) -> list[Fact]:
    """The facts of a Python file, in the order of the source.

    Raises UnreadableError where it is no Python 3, above 20,000 lines or 1.5 MB, or nested too deeply to parse.
    """
    if len(source.data) > _BYTES:
        raise UnreadableError("generated or too large")
    _refuse_large([source.text])
    with warnings.catch_warnings():
        # Parsing warns of odd escapes; they are no concern of whoever runs this.
        warnings.simplefilter("ignore")
        text, tree = _parsed_file(source.text)
        return _facts(Flow(), tree, text, CodeLines(source.path, text), documented=True)


def read_cells(cells: list[tuple[int, str]], path: str) -> list[Fact]:
    """The facts of a notebook's code cells, read as one flow: imports and names carry over from cell to cell.

    `cells` are numbers (from 1, over all cells of the notebook) and sources. A cell that is no Python gives its shell
    commands at most. Raises UnreadableError above 20,000 lines or 1.5 million characters.
    """
    _refuse_large([text for _, text in cells])
    flow = Flow()
    facts: list[Fact] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, text in cells:
            if "\r" in text:
                text = text.replace("\r\n", "\n").replace("\r", "\n")
            facts.extend(_read_cell(flow, number, text, path))
    return facts


def _refuse_large(texts: list[str]) -> None:
    length = sum(map(len, texts))
    braces = sum(text.count("{") for text in texts)
    if length > _BYTES or sum(text.count("\n") for text in texts) > _LINES or length * braces > _BRACES:
        raise UnreadableError("generated or too large")


def _parsed_file(text: str) -> tuple[str, ast.Module]:
    """A file's text, in the syntax of the running Python, and its tree."""
    try:
        return text, ast.parse(text)
    except SyntaxError as error:
        older = _without_type_parameters(text) if sys.version_info < (3, 12) else text
        if older != text:
            return _parsed_file(older)
        raise UnreadableError(f"not Python 3: line {error.lineno or 1}: {error.msg}") from None
    except ValueError:
        raise UnreadableError("not Python 3: not text") from None
    except (RecursionError, MemoryError):
        raise UnreadableError("nested too deeply") from None


def _without_type_parameters(text: str) -> str:
    """`class A[T]:`, `def f[T]()` and `type X = …` of Python 3.12 as older versions write them, line for line."""
    text = _GENERIC.sub(lambda found: found[1] + " " * len(found[2]), text)
    return _TYPE_ALIAS.sub(r"\1\2", text)


def _read_cell(flow: Flow, number: int, text: str, path: str) -> list[Fact]:
    code, tree, shell = _parsed_cell(text)
    lines = CodeLines(path, code, number)
    commands: list[Fact] = [Command(lines.mark(line)[0], command[:_COMMAND], "shell") for line, command in shell]
    if tree is None:
        return commands
    facts = _facts(flow, tree, code, lines, documented=False)
    return sorted(commands + facts, key=_line) if commands else facts


def _parsed_cell(text: str) -> tuple[str, ast.Module | None, list[tuple[int, str]]]:
    """A cell's Python with its tree (None where it is none), and the shell commands in it."""
    cell = whole_cell(text)
    if cell is not None:
        return "", None, cell.commands
    tree, _ = _tried(text)
    if tree is not None:
        return text, tree, []
    code, commands = without_magics(text)
    dropped = {0}
    for _ in range(_RETRIES + 1):
        tree, line = _tried(code)
        if tree is not None or line in dropped:
            break
        dropped.add(line)
        code = without_line(code, line)
    return code, tree, commands


def _tried(text: str) -> tuple[ast.Module | None, int]:
    """The tree, or the line that is in the way (0 where none is known)."""
    try:
        return ast.parse(text), 0
    except SyntaxError as error:
        return None, error.lineno or 0
    except (ValueError, RecursionError, MemoryError):
        return None, 0


def _facts(flow: Flow, tree: ast.Module, text: str, lines: CodeLines, *, documented: bool) -> list[Fact]:
    flow.lines = lines
    flow.facts = []
    run_module(flow, tree, documented)
    facts = [fact for fact in flow.facts if fact is not None]
    comments = comment_sentences(text, lines, flow.block + 1)
    if comments:
        flow.block = comments[-1].block
        return sorted([*facts, *comments], key=_line)
    return facts


def _line(fact: Fact) -> int:
    return fact.place.line
