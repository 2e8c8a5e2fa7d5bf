"""YAML as nodes with lines: composed, never constructed, so that no tag can build anything and `on` stays `on`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, Protocol

from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.source_lines import TEXT

LIMIT = 200_000
"""Bytes above which a YAML file is not composed."""
_DOCUMENTS = 200
_DEPTH = 200
_MERGES = 50
_PAIRS = 2_000
"""Entries of a mapping that are looked at."""
# A block collection starts further right than the one around it: a line cannot open more levels than it has of these.
_INDENTED = re.compile(r"(?<![ \t?:-])[ \t?:-]{400}")
_BRACKET = re.compile(r"[\[\]{}]")
_OTHER_BREAKS = str.maketrans("\x85\u2028\u2029", "   ")


class Node(Protocol):
    """What is used of PyYAML's nodes, which are imported only where a file is parsed."""

    id: str
    """scalar | sequence | mapping"""
    tag: str
    value: Any
    """A scalar's text, a sequence's nodes, a mapping's pairs of nodes."""
    style: Any
    start_mark: Any


class Pair(NamedTuple):
    """One entry of a mapping."""

    key: str
    line: int
    """Of the key."""
    value: Node


@lru_cache(maxsize=1)
def documents(source: Source) -> tuple[Node, ...]:
    """The root nodes of all documents; the last file's are kept, as several readers look at one file.

    Raises UnreadableError for anything that is no YAML, is too large or nests too deeply.
    """
    if len(source.data) > LIMIT:
        raise UnreadableError("YAML file too large")
    # YAML breaks lines at these as well; lines of the file are counted without them.
    text = source.text.translate(_OTHER_BREAKS)
    if _nests_deeply(text):
        raise UnreadableError("YAML nested too deeply")
    import yaml

    loader: type[yaml.CSafeLoader] | type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        composed: Iterator[Any] = yaml.compose_all(text, Loader=loader)
        return tuple(node for node in islice(composed, _DOCUMENTS) if node is not None)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        kind = "a YAML template" if "{{" in text or "{%" in text else "not valid YAML"
        raise UnreadableError(f"{kind}, line {mark.line + 1}" if mark else kind) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise UnreadableError("not valid YAML") from None


def _nests_deeply(text: str) -> bool:
    """Whether the parser's recursion could go deep: an over-estimate that also counts brackets within strings."""
    if _INDENTED.search(text):
        return True
    if text.count("[") + text.count("{") <= _DEPTH:
        return False
    depth = 0
    for match in _BRACKET.finditer(text):
        if match.group() in "[{":
            depth += 1
            if depth > _DEPTH:
                return True
        elif depth:
            depth -= 1
    return False


def root(source: Source) -> Node | None:
    """The root of the first document, None for an empty file."""
    nodes = documents(source)
    return nodes[0] if nodes else None


def pairs(node: Node | None) -> Iterator[Pair]:
    """The entries of a mapping, then those merged into it with `<<`; nothing for any other node."""
    if node is None or node.id != "mapping":
        return
    merges = [node]
    for _ in range(_MERGES):
        if not merges:
            return
        for key, value in merges.pop(0).value[:_PAIRS]:
            if key.id != "scalar":
                continue
            if key.value == "<<":
                merges += [value] if value.id == "mapping" else [one for one in items(value) if one.id == "mapping"]
            else:
                yield Pair(key.value, key.start_mark.line + 1, value)


def items(node: Node | None) -> list[Node]:
    """The items of a sequence; nothing for any other node."""
    return node.value if node is not None and node.id == "sequence" else []


def pair(node: Node | None, *keys: str) -> Pair | None:
    """The first entry of a mapping that has one of the keys, in the order of the keys."""
    found: dict[str, Pair] = {}
    for one in pairs(node):
        if one.key in keys:
            found.setdefault(one.key, one)
    return next((found[key] for key in keys if key in found), None)


def get(node: Node | None, *path: str) -> Node | None:
    """The node under a path of keys, None where there is none."""
    for key in path:
        one = pair(node, key)
        if one is None:
            return None
        node = one.value
    return node


def scalar(node: Node | None) -> str:
    """The text of a scalar; "" for nulls and all other nodes."""
    if node is None or node.id != "scalar" or node.tag == "tag:yaml.org,2002:null":
        return ""
    return str(node.value)[:TEXT]


def scalars(node: Node | None) -> list[str]:
    """A scalar's text, or the texts of a sequence's scalars; empty ones are left out."""
    return [text for text in (scalar(one) for one in items(node) or ([node] if node is not None else [])) if text]


def joined(node: Node | None, by: str = "\n") -> str:
    """Shell text of a scalar, or of a sequence of scalars, one a line."""
    return by.join(scalars(node)).strip()[:TEXT]


def line(node: Node) -> int:
    """The line that a node's text begins on; that of a block scalar is the one after its `|`."""
    first: int = node.start_mark.line + 1
    if node.id == "scalar" and node.style in ("|", ">"):
        text: str = node.value
        return first + 1 + (len(text) - len(text.lstrip("\n")) if text.strip() else 0)
    return first


def first_line(node: Node) -> int:
    """The line of a sequence's first scalar, or of the node itself."""
    return line(items(node)[0]) if items(node) else line(node)
