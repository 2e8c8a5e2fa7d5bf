"""Why this metric, and why this label."""

from __future__ import annotations

from portfolio_check.evidence.corpus import Corpus, Phrase, doc_rank
from portfolio_check.evidence.model import Reason
from portfolio_check.language.mood import Mood


def reasons(corpus: Corpus) -> list[Reason]:
    """Reasons for the metric and for the label, full ones first."""
    return [*_graded(corpus, "metric", metric_grade), *_graded(corpus, "label", label_grade)]


def _graded(corpus: Corpus, about: str, grade: object) -> list[Reason]:
    assert callable(grade)
    graded = [(grade(phrase), phrase) for phrase in corpus.told]
    full = sorted((p for g, p in graded if g == 2), key=lambda p: (p.sentence.code, doc_rank(p.place), p.place))
    part = sorted((p for g, p in graded if g == 1), key=lambda p: (p.sentence.code, doc_rank(p.place), p.place))
    return [
        *(Reason(about=about, subject=phrase.slot(), because=phrase.slot()) for phrase in full[:4]),
        *(Reason(about=about, subject=phrase.slot(), general=phrase.slot()) for phrase in part[:4]),
    ]


def metric_grade(phrase: Phrase) -> int:
    """2: a metric, a causal word, and imbalance, a cost of errors or a decision; 1: two of them; 0: fewer."""
    if phrase.mood in (Mood.QUESTION, Mood.INSTRUCTION) or len(phrase.words) < 6 or phrase.sentence.role == "heading":
        return 0
    if not phrase.any("metric name") and not (phrase.has("metric word") and phrase.any("imbalance", "error cost")):
        return 0
    if phrase.any("tracker", "orchestrator", "watch word"):
        return 0
    cause = phrase.any("because", "contrast")
    ground = phrase.any("imbalance", "error cost")
    if phrase.any("because") and ground and (phrase.any("choose", "metric word", "actor") or phrase.has("imbalance") or len(phrase.words) > 14):
        return 2
    if ground and (cause or phrase.any("metric word")) and len(phrase.words) > 7:
        return 1
    return 0


def label_grade(phrase: Phrase) -> int:
    """2: why this event, window or proxy; 1: the problem motivated in general; 0: neither."""
    if phrase.mood in (Mood.QUESTION, Mood.INSTRUCTION) or len(phrase.words) < 6 or phrase.sentence.code:
        return 0
    if phrase.any("tracker", "orchestrator", "test word", "deploy word", "watch word"):
        return 0
    target = phrase.any("target strict", "predict verb") or "target strict" in phrase.headings
    if target and phrase.any("proxy") and phrase.any("window", "because", "contrast", "negation"):
        return 2
    if phrase.has("target strict", "window") and phrase.any("because", "proxy"):
        return 2
    if phrase.has("motivation", "world event") and ("decision heading" in phrase.headings or target) and len(phrase.words) >= 8:
        return 1
    if phrase.has("predict verb", "window"):
        return 1
    return 0
