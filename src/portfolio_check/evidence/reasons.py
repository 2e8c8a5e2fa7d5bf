"""Why this metric, and why this label."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Reason
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.language.mood import Mood

_SHOWN = 4


def reasons(corpus: Corpus) -> list[Reason]:
    """Reasons for the metric and for the label, full ones first."""
    metric = list(_graded(corpus, "metric", "metric-choice"))
    if not metric:
        metric = [
            Reason(about="metric", subject=phrase.slot(), general=phrase.slot()) for phrase in _imbalanced(corpus)
        ][:2]
    return [*metric, *_graded(corpus, "label", "label-meaning")]


def _imbalanced(corpus: Corpus) -> Iterator[Phrase]:
    """Sentences that state an imbalance next to a metric."""
    for phrase in corpus.prose:
        if phrase.has("imbalance") and phrase.mood is Mood.FACT:
            near = [p for p in corpus.block_of(phrase) if abs(p.place.line - phrase.place.line) <= 2]
            if any(p.any("metric name", "metric word") for p in near):
                yield phrase


def _graded(corpus: Corpus, about: str, criterion: str) -> Iterator[Reason]:
    graded = corpus.graded[criterion]
    for one in [one for one in graded if one.grade == 2][:_SHOWN]:
        slot = one.phrase.slot()
        yield Reason(about=about, subject=slot, because=slot)
    for one in [one for one in graded if one.grade == 1][:_SHOWN]:
        slot = one.phrase.slot()
        yield Reason(about=about, subject=slot, general=slot)
