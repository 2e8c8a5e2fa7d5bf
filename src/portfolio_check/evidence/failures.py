"""Where the model fails and when it should not be trusted: what is shown, and what somebody wrote about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus, Phrase, code_slot, doc_rank, is_test
from portfolio_check.evidence.model import Failure, Slot
from portfolio_check.facts import Assignment, Call
from portfolio_check.language.mood import Mood

_RESIDUAL = re.compile(r"^(residuals?|errors?|resid|misclassified\w*|wrong\w*|false_(pos|neg)\w*)$|residual|misclass", re.I)


def failures(corpus: Corpus) -> list[Failure]:
    """Failures, written ones first, then shown ones; limits in slots of their own."""
    said = sorted((p for p in corpus.told if error_grade(p) == 2), key=_order)
    shown = list(_shown(corpus))
    parts = sorted((p for p in corpus.told if error_grade(p) == 1 and not p.sentence.code), key=_order)
    limits = sorted((p for p in corpus.told if limit_grade(p) == 2), key=_order)
    generic = sorted((p for p in corpus.told if limit_grade(p) == 1), key=_order)
    return [
        *(Failure(said=phrase.slot(), shown=shown[0] if shown else None) for phrase in said[:4]),
        *(Failure(shown=slot) for slot in shown[:4]),
        *(Failure(shown=phrase.slot()) for phrase in parts[:3]),
        *(Failure(condition=phrase.slot()) for phrase in limits[:4]),
        *(Failure(generic=phrase.slot()) for phrase in generic[:4]),
    ]


def _order(phrase: Phrase) -> tuple[object, ...]:
    return (phrase.sentence.code, doc_rank(phrase.place), phrase.place)


def error_grade(phrase: Phrase) -> int:
    """2: what a look at the errors showed; 1: that errors are displayed; 0: neither."""
    if phrase.mood in (Mood.PLAN, Mood.QUESTION, Mood.INSTRUCTION) or len(phrase.words) < 5 or phrase.sentence.role == "heading":
        return 0
    if phrase.any("tracker", "deploy word", "test word"):
        return 0
    if phrase.has("error talk") and (phrase.any("model name", "metric name", "error display", "predict verb", "target word") or "error display" in phrase.headings):
        return 2
    if phrase.has("error display") and phrase.any("because", "contrast", "metric name") and phrase.numbers:
        return 2 if len(phrase.words) > 9 and not phrase.sentence.code else 1
    if phrase.has("error display") and not phrase.sentence.code:
        return 1
    return 0


def limit_grade(phrase: Phrase) -> int:
    """2: a named condition under which it should not be trusted; 1: a generic sentence or a to-do list; 0: neither."""
    if phrase.mood is Mood.QUESTION or len(phrase.words) < 4 or phrase.sentence.role == "heading":
        return 0
    under = "limit heading" in phrase.headings
    if phrase.any("tracker", "deploy word", "test word") and not under:
        return 0
    if under and phrase.mood is not Mood.PLAN and len(phrase.words) >= 5:
        return 2
    if phrase.sentence.code:
        return 0
    if phrase.has("limit word") and phrase.mood is not Mood.PLAN:
        model = phrase.any("model name", "predict verb", "target word", "training word", "data word", "metric name")
        if model and (phrase.any("because", "contrast", "window", "actor", "data property") and len(phrase.words) > 8):
            return 2
        return 1 if model else 0
    if "plan heading" in phrase.headings and phrase.any("model name", "training word", "data word", "metric name"):
        return 1
    return 0


def _shown(corpus: Corpus) -> Iterator[Slot]:
    calls = [call for call in corpus.calls["error display"] if not is_test(call.place.path)]
    calls.sort(key=lambda call: (_kind(call), call.place))
    for call in calls[:5]:
        yield code_slot(call)
    for assignment in corpus.facts.of(Assignment):
        if not is_test(assignment.place.path) and any(_RESIDUAL.search(target) for target in assignment.targets):
            yield code_slot(assignment)
            break


def _kind(call: Call) -> int:
    return 0 if "confusion" in call.name.casefold() else 1
