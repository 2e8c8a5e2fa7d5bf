"""Packages that a Python project declares in its own metadata: pyproject.toml, Pipfile, setup.cfg, setup.py."""

from __future__ import annotations

import ast
import warnings
from typing import NamedTuple

from portfolio_check.facts import Dependency, Fact
from portfolio_check.readers.ini_lines import ini_options
from portfolio_check.readers.requirement import Group, group_of, normalised, pin_of, requirement
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.toml_leaves import Leaf, toml_leaves

_SETUP_LIMIT = 100_000
_SOURCES = ("git", "path", "url", "file", "hg", "svn", "workspace")


class _Table(NamedTuple):
    """Where a table of packages ends within a leaf's path, and whom its packages are for."""

    length: int
    group: Group


def read_pyproject(source: Source) -> list[Fact]:
    """pyproject.toml after PEP 621 and PEP 735, of Poetry, uv, PDM, Flit, Hatch and Pixi; and pixi.toml."""
    lines = Lines(source)
    prefix = ("tool", "pixi") if file_name(source.path).lower() == "pixi.toml" else ()
    facts: list[Fact] = []
    named: list[tuple[_Table, Leaf]] = []
    for found in toml_leaves(source):
        leaf = found._replace(path=(*prefix, *found.path))
        group = _list_group(leaf.path)
        if group is not None:
            one = requirement(lines.place(leaf.line), lines.quote(leaf.line), leaf.value, group)
            facts += [one] if one is not None else []
        elif (table := _named_table(leaf.path)) is not None:
            named.append((table, leaf))
    return facts + _named(lines, named)


def _list_group(path: tuple[str, ...]) -> Group | None:
    """The group of a leaf that is a requirement string in an array."""
    match path:
        case ("project", "dependencies") | ("tool", "flit", "metadata", "requires"):
            return "run"
        case ("project", "optional-dependencies", name) | ("tool", "flit", "metadata", "requires-extra", name):
            return group_of(name)
        case ("dependency-groups", name):
            return group_of(name)
        case ("tool", "uv", "dev-dependencies") | ("tool", "pdm", "dev-dependencies", _):
            return "development"
        case ("tool", "hatch", "envs", _, "dependencies" | "extra-dependencies"):
            return "development"
    return None


def _named_table(path: tuple[str, ...]) -> _Table | None:
    """The table of a leaf that belongs to a package given as a key."""
    match path:
        case ("tool", "poetry", "dependencies", name, *_) if name != "python":
            return _Table(3, "run")
        case ("tool", "poetry", "dev-dependencies", _, *_):
            return _Table(3, "development")
        case ("tool", "poetry", "group", name, "dependencies", _, *_):
            return _Table(5, group_of(name))
        case ("tool", "pixi", "dependencies" | "pypi-dependencies", _, *_):
            return _Table(3, "run")
        case ("tool", "pixi", "feature", name, "dependencies" | "pypi-dependencies", _, *_):
            return _Table(5, group_of(name))
    return None


def read_pipfile(source: Source) -> list[Fact]:
    """Pipfile: `packages` are for running, every other category for development."""
    named = [
        (_Table(1, "run" if leaf.path[0] == "packages" else "development"), leaf)
        for leaf in toml_leaves(source)
        if len(leaf.path) > 1 and leaf.path[0] in ("packages", "dev-packages")
    ]
    return _named(Lines(source), named)


def _named(lines: Lines, leaves: list[tuple[_Table, Leaf]]) -> list[Fact]:
    """Packages that are keys; the value is a version, or a table with a version or a place to get the package from."""
    found: dict[tuple[str, ...], Dependency] = {}
    for table, leaf in leaves:
        path = leaf.path[: table.length + 1]
        name = leaf.path[table.length]
        attribute = leaf.path[table.length + 1] if len(leaf.path) > table.length + 1 else "version"
        known = found.get(path)
        pin = known.pin if known is not None else "none"
        if attribute == "version":
            pin = pin_of(leaf.value)
        elif attribute in ("rev", "tag", "ref"):
            pin = "exact"
        elif attribute in _SOURCES and pin == "none":
            pin = pin_of(f"@ {leaf.value}")
        if known is None or known.pin != pin:
            place = known.place if known is not None else lines.place(leaf.line)
            found[path] = Dependency(place, lines.quote(place.line), normalised(name), pin, False, table.group)
    return list(found.values())


def read_setup_cfg(source: Source) -> list[Fact]:
    """setup.cfg of setuptools."""
    lines = Lines(source)
    facts: list[Fact] = []
    for option in ini_options(lines):
        if (option.section, option.key) == ("options", "install_requires"):
            group: Group = "run"
        elif option.section == "options" and option.key in ("tests_require", "setup_requires"):
            group = "development"
        elif option.section == "options.extras_require":
            group = group_of(option.key)
        else:
            continue
        for number, text in option.values:
            for part in text.split(";")[0].split(",") if number == option.line else [text]:
                one = requirement(lines.place(number), lines.quote(number), part, group)
                facts += [one] if one is not None else []
    return facts


def read_setup_py(source: Source) -> list[Fact]:
    """setup.py: the requirements that stand in it as literals, or in a list of the module. Nothing of it is run."""
    if len(source.data) > _SETUP_LIMIT:
        raise UnreadableError("setup.py too large")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source.text)
            nodes = list(ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UnreadableError("not valid Python") from None
    lines = Lines(source)
    values: dict[str, ast.expr] = {
        target.id: statement.value
        for statement in tree.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }
    facts: list[Fact] = []
    for node in nodes:
        if not isinstance(node, ast.Call) or not _is_setup(node.func):
            continue
        for keyword in node.keywords:
            for literal, group in _literals(keyword, values):
                one = requirement(lines.place(literal.lineno), lines.quote(literal.lineno), str(literal.value), group)
                facts += [one] if one is not None else []
    return facts


def _is_setup(function: ast.expr) -> bool:
    return getattr(function, "id", None) == "setup" or getattr(function, "attr", None) == "setup"


def _literals(keyword: ast.keyword, values: dict[str, ast.expr]) -> list[tuple[ast.Constant, Group]]:
    value = _named_value(keyword.value, values)
    if keyword.arg in ("install_requires", "requires"):
        return [(one, "run") for one in _strings(value)]
    if keyword.arg in ("tests_require", "setup_requires"):
        return [(one, "development") for one in _strings(value)]
    if keyword.arg == "extras_require" and isinstance(value, ast.Dict):
        return [
            (one, group_of(str(key.value)))
            for key, extra in zip(value.keys, value.values, strict=True)
            if isinstance(key, ast.Constant)
            for one in _strings(_named_value(extra, values))
        ]
    return []


def _named_value(node: ast.expr, values: dict[str, ast.expr]) -> ast.expr:
    return values.get(node.id, node) if isinstance(node, ast.Name) else node


def _strings(node: ast.expr) -> list[ast.Constant]:
    if not isinstance(node, ast.List | ast.Tuple | ast.Set):
        return []
    return [one for one in node.elts if isinstance(one, ast.Constant) and isinstance(one.value, str)]
