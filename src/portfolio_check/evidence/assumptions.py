"""What is assumed or known about the data, and why it was treated as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Assumption, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.slots import code_slot

# What is assumed of the reader's machine is no assumption about the data.
_SETUP = re.compile(r"\b(install(ed|ing)?|python \d|docker|api key|credentials|account|clone)\b", re.I)
_REASONED = ("because", "contrast", "observation", "negation", "certainty", "amount")
_KNOWN = ("data strong", "data choice", "because")
_SHOWN = 4


def assumptions(corpus: Corpus) -> list[Assumption]:
    """Assumptions, reasoned ones first, then stated facts, then what is only done."""
    graded = [one for one in corpus.graded["data-assumptions"] if not _SETUP.search(one.phrase.sentence.text)]
    told = [
        one
        for one in graded
        if not one.phrase.sentence.code or (one.phrase.sentence.role == "docstring" and one.grade == 2)
    ]
    full = [one.phrase for one in told if one.grade == 2 and one.phrase.any(*_REASONED)]
    part = [one.phrase for one in told if one.phrase not in full and one.phrase.any(*_KNOWN)]
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
