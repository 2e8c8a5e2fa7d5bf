"""Who uses which prediction for which action."""

from __future__ import annotations

from portfolio_check.evidence.corpus import Corpus, Phrase, doc_rank
from portfolio_check.evidence.model import Decision
from portfolio_check.language.mood import Mood


def decisions(corpus: Corpus) -> list[Decision]:
    """Decisions, the fullest first."""
    graded = [(grade(phrase), phrase) for phrase in corpus.prose]
    full = sorted((p for g, p in graded if g == 2), key=lambda p: (doc_rank(p.place), p.place))
    part = sorted((p for g, p in graded if g == 1), key=lambda p: (doc_rank(p.place), p.place))
    return [
        *(Decision(who=phrase.slot(), action=phrase.slot()) for phrase in full[:4]),
        *(Decision(problem=phrase.slot()) for phrase in part[:4]),
    ]


def grade(phrase: Phrase) -> int:
    """2: somebody does something with the prediction; 1: a problem, or a user without an action; 0: neither."""
    if phrase.mood in (Mood.QUESTION, Mood.INSTRUCTION) or len(phrase.words) < 6 or phrase.sentence.code:
        return 0
    if phrase.mood is Mood.PLAN and "plan heading" in phrase.headings:
        return 0
    if phrase.any("tracker", "orchestrator", "test word") or "deploy word" in phrase.headings:
        return 0
    if phrase.has("actor", "action", "enable"):
        return 2
    if "decision heading" in phrase.headings and (phrase.has("actor") or phrase.has("problem word", "motivation")) and phrase.any("motivation", "enable", "action", "predict verb"):
        return 1
    if phrase.has("actor", "motivation") and phrase.any("predict verb", "problem word"):
        return 1
    return 0
