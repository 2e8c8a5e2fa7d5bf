"""Who uses which prediction for which action."""

from __future__ import annotations

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Decision


def decisions(corpus: Corpus) -> list[Decision]:
    """Decisions, the fullest first; then problems that are described without a user or an action."""
    # What an application says to its users counts like a README; comments do not.
    shows = {fact.place.path for name in ("app", "route") for fact in corpus.imported[name]}
    graded = [
        one
        for one in corpus.graded["product-decision"]
        if not one.phrase.sentence.code or (one.phrase.sentence.role == "string" and one.phrase.place.path in shows)
    ]
    return [
        *(Decision(who=one.phrase.slot(), action=one.phrase.slot()) for one in graded if one.grade == 2),
        *(Decision(problem=one.phrase.slot()) for one in graded if one.grade == 1),
    ][:8]
