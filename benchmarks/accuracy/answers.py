"""What a reader answers on one repository: the tool, or whatever it is compared with, in the same few fields."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from benchmarks.accuracy.labels import Spot
from benchmarks.accuracy.repositories import has_git
from portfolio_check import Review, check
from portfolio_check.review.model import Evidence

CITED = 3
"""Places of an answer that count."""


class Verdict(Struct, frozen=True):
    """The answer on one criterion."""

    level: str
    """met, partial, missing, unsure or n/a."""
    spots: tuple[Spot, ...] = ()
    """At most `CITED`, the best first."""


class Answer(Struct, frozen=True):
    """The answer on one repository."""

    kind: str
    tutorial_clone: bool
    score: int
    top_gaps: tuple[str, ...]
    criteria: dict[str, Verdict]


Ask = Callable[[Path, str | None], Answer]
"""Reads a repository (its path, and the commit where it has git)."""


def commit_to_read(path: Path, commit: str) -> str | None:
    """The label's commit, or None for files that lie there without git, which can only be read as they are."""
    return commit if has_git(path) else None


def tool(path: Path, commit: str | None) -> Answer:
    """The review of `portfolio_check.check`, in this process."""
    return of_review(check(path, rev=commit))


def of_review(review: Review) -> Answer:
    """A review, reduced to what is compared."""
    return Answer(
        kind=review.kind,
        tutorial_clone=review.tutorial_clone.value,
        score=review.score,
        top_gaps=review.top_gaps,
        criteria={
            slug: Verdict(criterion.level, tuple(map(_spot, criterion.evidence[:CITED])))
            for slug, criterion in review.criteria.items()
        },
    )


def _spot(evidence: Evidence) -> Spot:
    if evidence.cell is not None:
        return Spot(evidence.path, cell=evidence.cell)
    return Spot(evidence.path, line=evidence.line)
