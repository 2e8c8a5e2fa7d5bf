"""Packages of Conda: environment files in YAML, and what `conda list` exports as text."""

from __future__ import annotations

import re

from portfolio_check.facts import Dependency, Fact
from portfolio_check.readers.requirement import Group, group_of, normalised, pin_of, requirement
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.yaml_nodes import Node, get, items, line, pairs, root, scalar

_PACKAGE = re.compile(r"([A-Za-z0-9_][\w.-]*)\s*(?:\[[^\]]*\])?\s*(.*)")
_EXPORTED = re.compile(r"([A-Za-z0-9_][\w.-]*)=(\d[^=\s]*)=(\S+)")
_LISTED = re.compile(r"([A-Za-z0-9_][\w.-]*)\s+(\d[\w.!+]*)\s+(\S+)(?:\s+\S+)?")
_NAMES = ("environment", "conda", "spec-file", "spec_file", "package-list", "package_list", "packages")
_LINES = 2_000


def reads_conda_list(path: str) -> bool:
    """Whether a text file may be an export of Conda; what it holds decides."""
    name = file_name(path).lower()
    return name.endswith(".txt") and any(word in name for word in _NAMES)


def read_conda_list(source: Source) -> list[Fact]:
    """`conda list --export` and `conda list`: every package exact and locked. Any other text gives nothing."""
    lines = Lines(source)
    facts: list[Fact] = []
    for number, raw in enumerate(lines.all[:_LINES], 1):
        text = raw.strip()
        match = _EXPORTED.fullmatch(text) or _LISTED.fullmatch(text)
        if match:
            name = normalised(match.group(1))
            facts.append(Dependency(lines.place(number), lines.quote(number), name, "exact", True))
    return facts


def is_conda_environment(node: Node | None, path: str) -> bool:
    """Whether a YAML document is a Conda environment: it lists packages, and has channels or the name of one."""
    if not items(get(node, "dependencies")):
        return False
    name = file_name(path).lower()
    return get(node, "channels") is not None or "env" in name or "conda" in name


def read_conda_environment(source: Source) -> list[Fact]:
    """environment.yml with its nested pip list; locked where builds are given."""
    lines = Lines(source)
    group = group_of(file_name(source.path))
    wanted = items(get(root(source), "dependencies"))[:_LINES]
    texts = [scalar(one) for one in wanted if one.id == "scalar"]
    locked = bool(texts) and 2 * sum(text.count("=") == 2 and "==" not in text for text in texts) > len(texts)
    facts: list[Fact] = []
    for node in wanted:
        if node.id == "scalar":
            facts += _package(lines, line(node), scalar(node), group, locked)
        for one in pairs(node):
            for nested in items(one.value)[:_LINES] if one.key == "pip" else []:
                number = line(nested)
                asked = requirement(lines.place(number), lines.quote(number), scalar(nested), group, locked)
                facts += [asked] if asked is not None else []
    return facts


def _package(lines: Lines, number: int, text: str, group: Group, locked: bool) -> list[Fact]:
    match = _PACKAGE.fullmatch(text.rpartition("::")[2].strip()[:500])
    if match is None or (match.group(1).lower() == "pip" and not match.group(2)):
        return []
    name, version = match.groups()
    if version[:1] == "=" and version[1:2] != "=":
        version = "=" + version[1:].partition("=")[0]
    elif version[:1].isdigit():
        version = version.partition(" ")[0]
    return [Dependency(lines.place(number), lines.quote(number), normalised(name), pin_of(version), locked, group)]
