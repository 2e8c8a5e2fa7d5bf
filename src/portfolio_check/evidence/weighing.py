"""Weighs sentences: how far one would by itself carry a criterion, by a small linear model over its features.

The weights are data of the rules folder (`weights/prose.json`), made by `benchmarks/prose/train.py`; docs/accuracy.md
says on what, and how well they hold on prose that they have not seen. A sentence without any of a criterion's anchor
lists is never weighed for it: the model weighs evidence, it does not find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from portfolio_check.evidence.features import features
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.language.mood import Mood


class Weights(Struct, frozen=True):
    """The linear model of one criterion."""

    anchors: tuple[str, ...]
    """Term lists of which the sentence, its lead-in or its headings must have one."""
    weights: dict[str, float]
    """Weight by feature; the key "" is the intercept."""
    part_from: float
    """Sum of weights from which a sentence is some evidence."""
    full_from: float
    """Sum of weights from which it would by itself carry the criterion."""


class Graded(Struct, frozen=True):
    """A sentence that was weighed."""

    phrase: Phrase
    grade: int
    """2: would by itself carry the criterion; 1: some evidence."""
    weight: float
    """Larger is better; comparable within a criterion and grade."""


_PROMISES_COUNT = frozenset({"failure-modes"})
"""Criteria for which a list of things to do is something, if little."""


_DONE = frozenset({"model-choice", "error-analysis", "metric-choice"})
"""Criteria that only what was done can show: a plan to watch may be a full one, a plan to compare is none."""


_STATED = 9
"""Words from which an entry under a heading of improvements can state a fact; shorter ones name what is to be done."""


def _is_promise(phrase: Phrase) -> bool:
    return phrase.sentence.task is False or "plan heading" in phrase.headings


def weigh(phrases: Iterable[Phrase], weights: Mapping[str, Weights]) -> dict[str, list[Graded]]:
    """Sentences that are evidence, by criterion, the weightiest first.

    Args:
        phrases: sentences in the order of their files.
        weights: the model of each criterion.
    """
    graded: dict[str, list[Graded]] = {name: [] for name in weights}
    anchors: dict[str, list[str]] = {}
    for name, model in weights.items():
        for anchor in model.anchors:
            anchors.setdefault(anchor, []).append(name)
    before: Phrase | None = None
    number = -1
    for phrase in phrases:
        number += 1
        if before is not None and before.place.path != phrase.place.path:
            before, number = None, 0
        wanted = {
            name
            for terms in (phrase.terms, phrase.headings, phrase.lead)
            for term in terms
            if term in anchors
            for name in anchors[term]
        }
        if wanted and _is_promise(phrase):
            wanted &= _PROMISES_COUNT
        if wanted and phrase.mood is Mood.PLAN:
            wanted -= _DONE
        if wanted and phrase.sentence.role != "heading" and len(phrase.words) > 2:
            seen = features(phrase, before, number)
            # Under a heading of improvements, what is said as a fact is one: "sarcasm is flagged wrongly".
            promise = _is_promise(phrase) and (
                phrase.sentence.task is False or phrase.any("plan", "instruction") or len(phrase.words) < _STATED
            )
            for name in wanted:
                model = weights[name]
                of = model.weights
                weight = of[""]
                for feature in seen:
                    weight += of.get(feature, 0.0)
                if weight >= model.full_from and not promise:
                    graded[name].append(Graded(phrase, 2, weight))
                elif weight >= model.part_from:
                    graded[name].append(Graded(phrase, 1, weight))
        before = phrase
    for found in graded.values():
        found.sort(key=lambda one: (-one.grade, one.phrase.sentence.code, -one.weight))
    return graded
