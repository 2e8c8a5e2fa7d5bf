"""What is assumed or known about the data, and why it was treated as it was."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus, Phrase, code_slot, doc_rank, is_test
from portfolio_check.evidence.model import Assumption, Slot
from portfolio_check.language.mood import Mood


def assumptions(corpus: Corpus) -> list[Assumption]:
    """Assumptions, reasoned ones first, then stated facts, then what is only done."""
    graded = [(grade(phrase), phrase) for phrase in corpus.told]
    full = sorted((p for g, p in graded if g == 2), key=lambda p: (p.sentence.code, doc_rank(p.place), p.place))
    part = sorted((p for g, p in graded if g == 1), key=lambda p: (p.sentence.code, doc_rank(p.place), p.place))
    return [
        *(Assumption(stated=phrase.slot(), because=phrase.slot()) for phrase in full[:4] if not phrase.sentence.code),
        *(Assumption(stated=phrase.slot()) for phrase in part[:4] if not phrase.sentence.code),
        *(Assumption(done=slot) for slot in _done(corpus, [p for p in (*full, *part) if p.sentence.code])),
    ]


def _done(corpus: Corpus, comments: list[Phrase]) -> Iterator[Slot]:
    for phrase in comments[:2]:
        yield phrase.slot()
    for call in corpus.calls["clean data"][:40]:
        if not is_test(call.place.path):
            yield code_slot(call)


def grade(phrase: Phrase) -> int:
    """2: a property or choice with its reason or consequence; 1: a bare fact or choice; 0: neither."""
    if phrase.mood in (Mood.QUESTION, Mood.PLAN) or len(phrase.words) < 4:
        return 0
    if not phrase.any("data strong"):
        if not (phrase.has("data property", "data choice") or (phrase.has("data property") and phrase.numbers and phrase.about("data source heading"))):
            return 0
        if phrase.any("metric name", "serving word", "tracker", "test word", "deploy word", "watch word"):
            return 0
        return 2 if phrase.has("because", "data choice") and phrase.mood is not Mood.INSTRUCTION else 1
    if phrase.any("tracker", "test word", "deploy word", "watch word", "orchestrator"):
        return 0
    if phrase.mood is Mood.INSTRUCTION and not phrase.any("because"):
        return 0
    if phrase.any("because") or (phrase.numbers and len(phrase.words) >= 8 and not phrase.any("metric name")):
        return 2
    return 1
