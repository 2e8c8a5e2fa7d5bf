"""Leaves of configuration files, with dotted keys: YAML, TOML, INI and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from portfolio_check.facts import Fact, Setting
from portfolio_check.readers.ini_lines import ini_options
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.toml_leaves import toml_leaves
from portfolio_check.readers.yaml_nodes import Node, documents, line

_LIMIT = 200_000
_JSON_LIMIT = 100_000
_LEAVES = 400
_DEPTH = 50
_VISITS = 5_000
_VALUE = 500
_KEY = 300
_JSON_NAMES = [
    "config",
    "params",
    "metrics",
    "scores",
    "results",
    "metadata",
    "model",
    "report",
    "evaluation",
    "schema",
    "hyperparam",
    "settings",
    "eval_",
    "summary",
    "features",
]
_JSON_FOLDERS = frozenset(
    [
        "config",
        "configs",
        "conf",
        "reports",
        "report",
        "metrics",
        "models",
        "artifacts",
        "results",
        "evaluation",
        "params",
        "settings",
        "monitoring",
    ]
)
_JSON_NEVER = frozenset(
    [
        "package.json",
        "package-lock.json",
        "tsconfig.json",
        "app.json",
        "vercel.json",
        "devcontainer.json",
        "settings.json",
    ]
)


def reads_settings(path: str) -> bool:
    """Whether the file is configuration: YAML, TOML or INI by its suffix, JSON by its name or folder as well."""
    lower = path.lower()
    if lower.startswith(".github/"):
        return False
    return lower.endswith((".yaml", ".yml", ".toml", ".ini", ".cfg")) or _is_settled_json(lower)


def _is_settled_json(path: str) -> bool:
    name = file_name(path)
    if (
        not name.endswith(".json")
        or name in _JSON_NEVER
        or name.startswith("tsconfig.")
        or "/node_modules/" in f"/{path}"
    ):
        return False
    return any(word in name for word in _JSON_NAMES) or any(part in _JSON_FOLDERS for part in path.split("/")[:-1])


def read_settings(source: Source) -> list[Fact]:
    """The first 400 leaves of a configuration file in its order; every item of a list is a leaf under the list's key.

    Raises UnreadableError where the file is too large or not valid in its format.
    """
    suffix = source.path.lower().rpartition(".")[2]
    if len(source.data) > (_JSON_LIMIT if suffix == "json" else _LIMIT):
        raise UnreadableError("configuration file too large")
    lines = Lines(source)
    facts: list[Fact] = []
    for key, value, number in _LEAVES_OF[suffix](source, lines):
        facts.append(Setting(lines.place(number), lines.quote(number), key[:_KEY], value[:_VALUE]))
        if len(facts) == _LEAVES:
            break
    return facts


_Leaves = Iterator[tuple[str, str, int]]


def _yaml(source: Source, lines: Lines) -> _Leaves:
    visits = 0
    for root in documents(source):
        stack: list[tuple[str, Node, int]] = [("", root, 0)]
        while stack and visits < _VISITS:
            key, node, depth = stack.pop()
            visits += 1
            if node.id == "scalar":
                null = node.tag == "tag:yaml.org,2002:null"
                yield key, "" if null else node.value.strip(), line(node)
            elif depth == _DEPTH:
                continue
            elif node.id == "sequence":
                stack += [(key, one, depth + 1) for one in reversed(node.value[:_LEAVES])]
            else:
                stack += [
                    (_dotted(key, name.value if name.id == "scalar" else ""), one, depth + 1)
                    for name, one in reversed(node.value[:_LEAVES])
                ]


def _dotted(key: str, name: str) -> str:
    return f"{key}.{name}"[:_KEY] if key else name[:_KEY]


def _toml(source: Source, lines: Lines) -> _Leaves:
    for leaf in toml_leaves(source):
        yield ".".join(leaf.path), leaf.value, leaf.line


def _ini(source: Source, lines: Lines) -> _Leaves:
    for option in ini_options(lines):
        yield _dotted(option.section, option.key), option.value, option.line


def _json(source: Source, lines: Lines) -> _Leaves:
    text = source.text
    try:
        tree = json.loads(text)
    except RecursionError:
        raise UnreadableError("JSON nested too deeply") from None
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not valid JSON, line {error.lineno}") from None
    except ValueError:
        raise UnreadableError("not valid JSON") from None
    # The standard parser keeps no positions; keys stand in the file in the order of the walk.
    at, number = 0, 1
    visits = 0
    stack: list[tuple[str, str, Any, int]] = [("", "", tree, 0)]
    while stack and visits < _VISITS:
        key, name, value, depth = stack.pop()
        visits += 1
        sought = name or (value if isinstance(value, str) else "")
        found = text.find(f'"{sought}"', at) if sought else -1
        if found >= 0:
            number += text.count("\n", at, found)
            at = found + len(sought) + 2
        if isinstance(value, dict | list):
            if depth < _DEPTH:
                stack += _children(key, value, depth)
        else:
            yield key, _shown(value), number


def _children(key: str, value: Any, depth: int) -> list[tuple[str, str, Any, int]]:
    if isinstance(value, list):
        return [(key, "", one, depth + 1) for one in reversed(value[:_LEAVES])]
    return [(_dotted(key, name), name, one, depth + 1) for name, one in reversed(list(value.items())[:_LEAVES])]


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


_LEAVES_OF: dict[str, Callable[[Source, Lines], _Leaves]] = {
    "yaml": _yaml,
    "yml": _yaml,
    "toml": _toml,
    "ini": _ini,
    "cfg": _ini,
    "json": _json,
}
