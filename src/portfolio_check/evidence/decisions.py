"""Who uses which prediction for which action."""

from __future__ import annotations

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Decision
from portfolio_check.evidence.phrases import Phrase


def decisions(corpus: Corpus) -> list[Decision]:
    """Decisions, the fullest first; then problems that are described without a user or an action."""
    # What an application says to its users counts like a README; comments do not.
    shows = {fact.place.path for name in ("app", "route") for fact in corpus.imported[name]}
    graded = [
        one
        for one in corpus.graded["product-decision"]
        if not one.phrase.sentence.code or (one.phrase.sentence.role == "string" and one.phrase.place.path in shows)
    ]
    found = [_decision(corpus, one.phrase, one.grade) for one in graded[:12]]
    found.sort(key=lambda decision: not (decision.who and decision.action))
    return found[:8]


def _decision(corpus: Corpus, phrase: Phrase, grade: int) -> Decision:
    """Who decides what: a sentence that carries the criterion, with the action in it or in the one beside it."""
    slot = phrase.slot()
    acts = grade == 2 and any(near.any("action") for near in (phrase, *_beside(corpus, phrase)))
    return Decision(who=slot, action=slot, problem=slot) if acts else Decision(problem=slot)


def _beside(corpus: Corpus, phrase: Phrase) -> list[Phrase]:
    return [near for near in corpus.block_of(phrase) if abs(near.place.line - phrase.place.line) <= 1]
