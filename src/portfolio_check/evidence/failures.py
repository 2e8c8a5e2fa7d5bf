"""Where the model fails and when it should not be trusted: what is shown, and what somebody wrote about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus, code_slot, is_test
from portfolio_check.evidence.model import Failure, Slot
from portfolio_check.facts import Assignment, Call

_SHOWN = 4
_RESIDUAL = re.compile(r"^(residuals?|resid|misclassified\w*|wrong_\w+|false_(pos|neg)\w*)$|residual|misclass", re.I)


def failures(corpus: Corpus) -> list[Failure]:
    """Failures, written ones first, then shown ones; limits in slots of their own."""
    shown = list(_shown(corpus))
    looked = corpus.graded["error-analysis"]
    said = [one.phrase for one in looked if one.grade == 2 and not one.phrase.sentence.code]
    parts = [one.phrase for one in looked if one.grade == 1 and not one.phrase.sentence.code]
    limits = corpus.graded["failure-modes"]
    return [
        *(Failure(said=phrase.slot(), shown=shown[0] if shown else None) for phrase in said[:_SHOWN]),
        *(Failure(shown=slot) for slot in shown[:_SHOWN]),
        *(Failure(shown=phrase.slot()) for phrase in parts[:_SHOWN]),
        *(Failure(condition=one.phrase.slot()) for one in [one for one in limits if one.grade == 2][:_SHOWN]),
        *(Failure(generic=one.phrase.slot()) for one in [one for one in limits if one.grade == 1][:_SHOWN]),
    ]


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
