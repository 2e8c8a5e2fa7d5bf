"""TOML as leaves with lines; the standard parser knows the values, a scan of the lines knows where they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from portfolio_check.readers.source import Source, UnreadableError

LIMIT = 200_000
"""Bytes above which a TOML file is not parsed."""
_LEAVES = 2_000
_DEPTH = 50
_DOTS = 50
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'""")
_CLAUSE = re.compile(r"[=,{}\[\]\n]")


class Leaf(NamedTuple):
    """A value that is no table or array; the items of an array have the array's path."""

    path: tuple[str, ...]
    value: str
    line: int


@lru_cache(maxsize=1)
def toml_leaves(source: Source) -> tuple[Leaf, ...]:
    """All leaves of a TOML file in its order, at most 2,000; kept for the next reader of the same file.

    Raises UnreadableError for anything that is no TOML, is too large or nests too deeply.
    """
    if len(source.data) > LIMIT:
        raise UnreadableError("TOML file too large")
    text = source.text
    # The standard parser takes quadratic time over the parts of a dotted key.
    if any(clause.count(".") > _DOTS for clause in _CLAUSE.split(text)):
        raise UnreadableError("TOML nested too deeply")
    try:
        tree = tomllib.loads(text)
    except RecursionError:
        raise UnreadableError("TOML nested too deeply") from None
    except ValueError as error:
        where = re.search(r"at line (\d+)", str(error))
        raise UnreadableError(f"not valid TOML, line {where.group(1)}" if where else "not valid TOML") from None
    finder = _Finder(text.split("\n"))
    leaves = []
    for path, value, item in _walk(tree):
        leaves.append(Leaf(path, value, finder.line(path, value, item)))
        if len(leaves) == _LEAVES:
            break
    return tuple(leaves)


def _walk(tree: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    stack: list[tuple[tuple[str, ...], Any, bool]] = [((), tree, False)]
    while stack:
        path, value, item = stack.pop()
        if isinstance(value, dict):
            if len(path) < _DEPTH:
                stack += [((*path, str(key)), one, False) for key, one in reversed(value.items())]
        elif isinstance(value, list):
            stack += [(path, one, True) for one in reversed(value)]
        else:
            yield path, str(value).lower() if isinstance(value, bool) else str(value), item


class _Finder:
    """Finds the lines of leaves that are asked for in the order of the file."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._keys = _keys(lines)
        self._last: tuple[tuple[str, ...], int] = ((), 0)

    def line(self, path: tuple[str, ...], value: str, item: bool) -> int:
        if item and self._last[0] == path:
            return self._item(path, value, self._last[1])
        for length in range(len(path), 0, -1):
            found = self._keys.get(path[:length])
            if found:
                # Tables of an array have the same keys again and again.
                first = found.pop(0) if len(found) > 1 else found[0]
                return self._item(path, value, first) if item else first
        return 1

    def _item(self, path: tuple[str, ...], value: str, first: int) -> int:
        line = first
        for number in range(first, min(first + 40, len(self._lines) + 1)):
            if value in self._lines[number - 1]:
                line = number
                break
        self._last = (path, line)
        return line


def _keys(lines: list[str]) -> dict[tuple[str, ...], list[int]]:
    keys: dict[tuple[str, ...], list[int]] = {}
    table: tuple[str, ...] = ()
    quoted = False
    for number, line in enumerate(lines, 1):
        if (line.count('"""') + line.count("'''")) % 2:
            quoted = not quoted
            if not quoted:
                continue
        elif quoted:
            continue
        line = line[:500]
        if line.lstrip().startswith("["):
            header = line.partition("]")[0]
            if "," not in header and "=" not in header:
                table = _parts(header)
                keys.setdefault(table, []).append(number)
        elif match := _KEY.match(line):
            keys.setdefault((*table, *_parts(match.group(1))), []).append(number)
    return keys


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(key))
