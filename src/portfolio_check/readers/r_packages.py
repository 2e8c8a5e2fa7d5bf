"""Packages of an R project's DESCRIPTION; its lock is with the other locks."""

from __future__ import annotations

import re

from portfolio_check.facts import Dependency, Fact
from portfolio_check.readers.requirement import Group, normalised, pin_of
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines

_GROUPS: dict[str, Group] = {"depends": "run", "imports": "run", "suggests": "development", "linkingto": "run"}
_PACKAGE = re.compile(r"([A-Za-z][\w.]*)\s*(?:\(([^)]*)\))?")


def read_description(source: Source) -> list[Fact]:
    """A Debian control file with the fields that R knows; any other text gives nothing."""
    lines = Lines(source)
    facts: list[Fact] = []
    group: Group | None = None
    for number, line in enumerate(lines.all[:1_000], 1):
        text = line.strip()
        if line[:1] not in (" ", "\t", ""):
            field, _, text = line.partition(":")
            group = _GROUPS.get(field.lower())
        for part in text.split(",") if group is not None else ():
            match = _PACKAGE.fullmatch(part.strip())
            if match and match.group(1) != "R" and group is not None:
                version = pin_of(match.group(2) or "")
                name = normalised(match.group(1))
                facts.append(Dependency(lines.place(number), lines.quote(number), name, version, False, group))
    return facts
