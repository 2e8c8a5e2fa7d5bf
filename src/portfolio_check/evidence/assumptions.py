"""What is assumed or known about the data, and why it was treated as it was."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Assumption, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.slots import code_slot

_SHOWN = 4


def assumptions(corpus: Corpus) -> list[Assumption]:
    """Assumptions, reasoned ones first, then stated facts, then what is only done."""
    graded = corpus.graded["data-assumptions"]
    told = [
        one
        for one in graded
        if not one.phrase.sentence.code or (one.phrase.sentence.role == "docstring" and one.grade == 2)
    ]
    full = [one.phrase for one in told if one.grade == 2]
    part = [one.phrase for one in told if one.grade == 1]
    return [
        *(Assumption(stated=phrase.slot(), because=phrase.slot()) for phrase in full[:_SHOWN]),
        *(Assumption(stated=phrase.slot()) for phrase in part[:_SHOWN]),
        *(Assumption(done=slot) for slot in _done(corpus)),
    ]


def _done(corpus: Corpus) -> Iterator[Slot]:
    comments = [one.phrase for one in corpus.graded["data-assumptions"] if one.phrase.sentence.code]
    for phrase in comments[:2]:
        yield phrase.slot()
    calls = [call for call in corpus.calls["clean data"] if not is_test(call.place.path)]
    for call in calls[:_SHOWN]:
        yield code_slot(call)
