"""How a stranger gets the same versions."""

from __future__ import annotations

from portfolio_check.evidence.corpus import QUOTE, Corpus
from portfolio_check.evidence.model import Environment, Slot
from portfolio_check.facts import Dependency

_MOSTLY = 0.8
"""Share of exact pins from which a file counts as pinned: one loose helper does not undo the rest."""


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
        if any(dependency.locked for dependency in counted) or (share >= _MOSTLY and any(d.group == "run" for d in counted)):
            found.append((1 + len(counted) / 1000, Environment(pinned=slot)))
        else:
            found.append((share, Environment(listed=slot)))
    found.sort(key=lambda pair: -pair[0])
    return [environment for _, environment in found[:4]]
