"""What a research-leaning project shows: reproduction, ablation, engineering notes."""

from __future__ import annotations

import re

from portfolio_check.evidence.corpus import Corpus, Phrase, doc_rank, is_test
from portfolio_check.evidence.model import Ablation, Effort, Reproduction, Slot
from portfolio_check.facts import Command, Link, Stage, Table
from portfolio_check.language.mood import Mood
from portfolio_check.language.tokens import tokens

_PAPER = re.compile(r"arxiv\.org|doi\.org|aclanthology|openreview|papers\.nips|proceedings|semanticscholar|ieeexplore|springer|sciencedirect", re.I)
_TIME = re.compile(r"\b\d+([.,]\d+)?\s?(h|hours?|min|minutes?|sec|seconds?|gb|gib|days?|epochs?)\b", re.I)


def _order(phrase: Phrase) -> tuple[object, ...]:
    return (doc_rank(phrase.place), phrase.place)


def reproductions(corpus: Corpus) -> list[Reproduction]:
    """Reproduced papers and benchmarks, those with both figures first."""
    named = [Slot(link.target, link.place, (link.text or link.target)[:120]) for link in corpus.facts.of(Link) if _PAPER.search(link.target)]
    named += [p.slot() for p in corpus.prose if p.has("paper word", "reproduce word") or (p.has("paper word") and "reproduce word" in p.headings)]
    both: list[Slot] = []
    for table in corpus.facts.of(Table):
        hits = corpus.vocabulary.terms.hits(tokens(" ".join((*table.header, *(row[0] for row in table.rows if row)))))
        if "paper word" in hits and "reproduce word" in hits or ({"reproduce word", "metric name"} <= hits.keys() and "paper" in " ".join(table.header).casefold()):
            both.append(Slot("table", table.place, " | ".join(table.header)[:120]))
    both += [p.slot() for p in corpus.prose if p.has("paper word", "reproduce word", "metric name") and len(p.numbers) >= 2]
    if both:
        return [Reproduction(named=named[0] if named else slot, run=slot, original=slot, own=slot) for slot in both[:2]]
    return [Reproduction(named=slot) for slot in named[:3]]


def ablations(corpus: Corpus) -> list[Ablation]:
    """Components and settings that were varied, those with an effect first."""
    phrases = sorted((p for p in corpus.told if p.has("ablation word") and p.mood is not Mood.PLAN and not is_test(p.place.path)), key=_order)
    effect = [p for p in phrases if p.any("metric name", "result word") and (p.numbers or p.sentence.role == "row") and not p.sentence.code]
    tables = []
    for table in corpus.facts.of(Table):
        hits = corpus.vocabulary.terms.hits(tokens(" ".join(table.header)))
        if "ablation word" in hits and len(table.rows) >= 2:
            tables.append(Slot("table", table.place, " | ".join(table.header)[:120]))
    shown = [*tables, *(p.slot() for p in effect)]
    searches = [Slot(call.text, call.place, call.text[:120]) for call in corpus.calls["search"]]
    return [*(Ablation(varied=slot, effect=slot) for slot in shown[:3]), *(Ablation(varied=slot) for slot in [*(p.slot() for p in phrases), *searches][:3])]


def efforts(corpus: Corpus) -> list[Effort]:
    """What it took, then how to run it."""
    told = sorted((p for p in corpus.told if p.has("effort word") and p.mood not in (Mood.PLAN, Mood.INSTRUCTION) and (_TIME.search(p.sentence.text) or p.any("because", "contrast")) and not p.sentence.code), key=_order)
    how = [Slot(command.text[:120], command.place, command.text[:120]) for command in corpus.facts.of(Command) if re.search(r"python|make|bash|sh ", command.text)]
    how += [Slot(stage.name, stage.place, stage.text[:120]) for stage in corpus.facts.of(Stage)]
    return [*(Effort(told=phrase.slot()) for phrase in told[:3]), *(Effort(how_to=slot) for slot in how[:3])]
