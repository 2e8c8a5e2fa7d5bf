"""Why this metric, and why this label."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Reason

_SHOWN = 4


def reasons(corpus: Corpus) -> list[Reason]:
    """Reasons for the metric and for the label, full ones first."""
    return [*_graded(corpus, "metric", "metric-choice"), *_graded(corpus, "label", "label-meaning")]


def _graded(corpus: Corpus, about: str, criterion: str) -> Iterator[Reason]:
    graded = corpus.graded[criterion]
    for one in [one for one in graded if one.grade == 2][:_SHOWN]:
        slot = one.phrase.slot()
        yield Reason(about=about, subject=slot, because=slot)
    for one in [one for one in graded if one.grade == 1][:_SHOWN]:
        slot = one.phrase.slot()
        yield Reason(about=about, subject=slot, general=slot)
