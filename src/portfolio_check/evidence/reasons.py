"""Why this metric, and why this label."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Reason
from portfolio_check.evidence.paths import is_readme
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.language.mood import Mood

_SHOWN = 4
_SAID = 10
_OPENING = 40
"""Lines of a README in which the problem is introduced."""


def reasons(corpus: Corpus) -> list[Reason]:
    """Reasons for the metric and for the label, full ones first."""
    metric = list(_graded(corpus, "metric", "metric-choice"))
    if not metric:
        metric = [
            Reason(about="metric", subject=phrase.slot(), general=phrase.slot()) for phrase in _imbalanced(corpus)
        ][:2]
    label = list(_graded(corpus, "label", "label-meaning", needs=("because", "contrast", "proxy", "negation")))
    if not label:
        label = [Reason(about="label", subject=phrase.slot(), general=phrase.slot()) for phrase in _motivated(corpus)][
            :2
        ]
    return [*metric, *label]


def _imbalanced(corpus: Corpus) -> Iterator[Phrase]:
    """Sentences that state an imbalance next to a metric."""
    for phrase in corpus.prose:
        if phrase.has("imbalance") and phrase.mood is Mood.FACT:
            near = [p for p in corpus.block_of(phrase) if abs(p.place.line - phrase.place.line) <= 2]
            if any(p.any("metric name", "metric word") for p in near):
                yield phrase


def _motivated(corpus: Corpus) -> Iterator[Phrase]:
    """Sentences of a README that say why the problem matters to somebody."""
    for phrase in corpus.prose:
        if is_readme(phrase.place.path) and phrase.has("motivation", "world event") and phrase.mood is Mood.FACT:
            technical = phrase.any("tracker", "orchestrator", "test word", "deploy word", "interface", "build tool")
            if not technical and len(phrase.words) >= _SAID and phrase.place.line <= _OPENING:
                yield phrase


def _graded(corpus: Corpus, about: str, criterion: str, needs: tuple[str, ...] = ()) -> Iterator[Reason]:
    """Reasons of the weighed sentences; one without any of the lists it needs is only said in general."""
    full: list[Phrase] = []
    part: list[Phrase] = []
    for one in corpus.graded[criterion]:
        # A docstring may be a library's own words, copied; it is a hint at most.
        carries = one.grade == 2 and not one.phrase.sentence.code
        (full if carries and (not needs or one.phrase.any(*needs)) else part).append(one.phrase)
    for phrase in full[:_SHOWN]:
        yield Reason(about=about, subject=phrase.slot(), because=phrase.slot())
    for phrase in part[:_SHOWN]:
        yield Reason(about=about, subject=phrase.slot(), general=phrase.slot())
