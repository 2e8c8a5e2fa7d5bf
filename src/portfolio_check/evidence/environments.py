"""How a stranger gets the same versions."""

from __future__ import annotations

import re

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Environment, Slot
from portfolio_check.evidence.slots import QUOTE
from portfolio_check.facts import Container, Dependency

_MOSTLY = 0.8
"""Share of exact pins from which a file counts as pinned: one loose helper does not undo the rest."""


_INSTALLS = re.compile(r"pip3? install\s+([^&|;\n]+)")


def _loose_install(corpus: Corpus) -> Slot | None:
    """A package that the image installs in whatever version there is, past the dependency files."""
    for container in corpus.facts.of(Container):
        for run in container.runs:
            for arguments in _INSTALLS.findall(run):
                words = [word for word in arguments.split() if not word.startswith("-")]
                # What follows -r, -e or an index is no package; neither are tools that only install.
                names = [
                    w
                    for w in words
                    if re.fullmatch(r"['\"]?[A-Za-z][\w.-]*(\[[\w,]+\])?['\"]?", w) and w.casefold() not in _INSTALLERS
                ]
                if names and not re.search(r"(^|\s)(-r|--requirement|-e|\.)(\s|$)", arguments):
                    return Slot(names[0], container.place, container.text[:QUOTE])
    return None


_INSTALLERS = frozenset(
    ["pip", "setuptools", "wheel", "pipenv", "poetry", "uv", "virtualenv", "pdm", "hatch", "awscli"]
)


def environments(corpus: Corpus) -> list[Environment]:
    """Dependency files, locked and pinned ones first."""
    files: dict[str, list[Dependency]] = {}
    for dependency in corpus.facts.of(Dependency):
        files.setdefault(dependency.place.path, []).append(dependency)
    found: list[tuple[float, Environment]] = []
    for _, dependencies in sorted(files.items()):
        counted = [dependency for dependency in dependencies if dependency.name != "python"]
        if not counted:
            continue
        exact = [dependency for dependency in counted if dependency.pin == "exact"]
        share = len(exact) / len(counted)
        first = exact[0] if exact else counted[0]
        slot = Slot(first.place.path, first.place, first.text[:QUOTE])
        if any(dependency.locked for dependency in counted) or (
            share >= _MOSTLY and any(d.group == "run" for d in counted)
        ):
            found.append((1 + len(counted) / 1000, Environment(pinned=slot)))
        else:
            found.append((share, Environment(listed=slot)))
    found.sort(key=lambda pair: -pair[0])
    loose = _loose_install(corpus)
    if loose and found and found[0][1].pinned:
        return [Environment(listed=found[0][1].pinned), Environment(listed=loose)]
    return [environment for _, environment in found[:4]]
