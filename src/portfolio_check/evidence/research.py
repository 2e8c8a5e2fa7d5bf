"""What a research-leaning project shows: reproduction, ablation, engineering notes."""

from __future__ import annotations

import re

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Ablation, Effort, Reproduction, Slot
from portfolio_check.evidence.paths import doc_rank, is_test
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import QUOTE, code_slot, stage_slot
from portfolio_check.facts import Command, Link, Output, Stage, Table
from portfolio_check.language.mood import Mood
from portfolio_check.language.tokens import tokens

_PAPER = re.compile(
    r"arxiv\.org|doi\.org|aclanthology|openreview|papers\.nips|proceedings|semanticscholar|ieeexplore|springer"
    r"|sciencedirect",
    re.I,
)
_SAYS_PAPER = re.compile(r"\bpaper|arxiv|\bet al|published|\bauthors\b|artículo|artigo|论文|논문|статья", re.I)
_TITLED = re.compile(
    r"[\"“«„][^\"”»“]{15,}[\"”»“]|\((19|20)\d\d\)|\b(NeurIPS|NIPS|ICML|ICLR|CVPR|ECCV|ICCV|ACL|EMNLP|AAAI|KDD)\b"
)
_THEIRS = re.compile(
    r"\b(paper|reported|original|published|reference|authors?|artículo|artigo|literature|et al)\b|论文|논문", re.I
)
_OURS = re.compile(
    r"\b(ours?|own|this (repo\w*|project|work|run|implementation)|reproduc\w*|reimplement\w*|my|mine|nuestr\w+"
    r"|noss\w+|us)\b|本项目|우리",
    re.I,
)
_SWEEPS = re.compile(
    r"=[\w.]+,[\w.]+|--[\w-]+[ =]\$\{?\w+|--multirun|\bsweep\b|\bfor \w+ in\b[^\n]*\n?[^#]*\$\{?\w+", re.I
)
_RUN_LINE = re.compile(
    r"^\W*\w*\W*\d+([.,]\d+)?\b.{0,40}\b(acc\w*|f1|auc|rmse|mae|loss|error|score|ece|map|r2)\b\W{1,4}\d", re.I
)
_FIGURE = re.compile(r"(?<![\w.])\d+[.,]\d+|\d+\s?%")
_TIME = re.compile(
    r"\b\d+([.,]\d+)?\s?(h|hours?|min|minutes?|sec|seconds?|gb|gib|days?|epochs?|horas?|stunden?|heures?|минут\w*"
    r"|час\w*)\b|\d\s?(小时|分钟|天|시간|분)",
    re.I,
)


def _order(phrase: Phrase) -> tuple[object, ...]:
    return (doc_rank(phrase.place), phrase.place)


def reproductions(corpus: Corpus) -> list[Reproduction]:
    """Reproduced papers and benchmarks, those with both figures first."""
    named = [
        Slot(link.target[:60], link.place, (link.text or link.target)[:QUOTE])
        for link in corpus.facts.of(Link)
        if _PAPER.search(link.target)
    ]
    named += [
        p.slot()
        for p in corpus.told
        if _SAYS_PAPER.search(p.sentence.text)
        and (p.has("reproduce word") or _TITLED.search(p.sentence.text))
        and p.mood is not Mood.PLAN
    ]
    both: list[Slot] = []
    for table in corpus.facts.of(Table):
        heads = " | ".join((*table.header, *(row[0] for row in table.rows if row)))
        if (
            _THEIRS.search(heads)
            and _OURS.search(heads)
            and any(_FIGURE.search(cell) for row in table.rows for cell in row[1:])
        ):
            both.append(Slot("table", table.place, " | ".join(table.header)[:QUOTE]))
    both += [
        p.slot()
        for p in corpus.prose
        if _THEIRS.search(p.sentence.text)
        and p.any("metric name", "result word", "reproduce word")
        and len(_FIGURE.findall(p.sentence.text)) >= 2
    ]
    if both:
        return [Reproduction(named=named[0] if named else slot, run=slot, original=slot, own=slot) for slot in both[:2]]
    return [Reproduction(named=slot) for slot in named[:3]]


def ablations(corpus: Corpus) -> list[Ablation]:
    """Components and settings that were varied, those with an effect first."""
    phrases = sorted((p for p in corpus.told if p.has("ablation word") and p.mood is not Mood.PLAN), key=_order)
    effect = [
        p
        for p in phrases
        if not p.sentence.code
        and _FIGURE.search(p.sentence.text)
        and (p.any("metric name", "result word", "contrast") or p.sentence.role in ("row", "item"))
    ]
    tables = []
    for table in corpus.facts.of(Table):
        hits = corpus.terms.hits(
            tokens(" ".join((*table.headings[-1:], *table.header, *(row[0] for row in table.rows[:20] if row))))
        )
        if (
            "ablation word" in hits
            and len(table.rows) >= 2
            and any(_FIGURE.search(cell) for row in table.rows for cell in row[1:])
        ):
            tables.append(Slot("table", table.place, " | ".join(table.header)[:QUOTE]))
    for output in corpus.facts.of(Output):
        lines = [line for line in output.text.split("\n")[:60] if output.kind == "text" and _RUN_LINE.search(line)]
        if 3 <= len(lines) <= 30:
            tables.append(Slot("output", output.place, lines[0][:QUOTE]))
    shown = [*tables, *(p.slot() for p in effect)]
    searches = [code_slot(call) for call in corpus.calls["search"] if not is_test(call.place.path)]
    settings = [stage_slot(stage) for stage in corpus.facts.of(Stage) if _SWEEPS.search(stage.command)]
    varied = [*(p.slot() for p in phrases), *settings, *searches]
    return [
        *(Ablation(varied=slot, effect=slot) for slot in shown[:3]),
        *(Ablation(varied=slot) for slot in varied[:3]),
    ]


def efforts(corpus: Corpus) -> list[Effort]:
    """What it took, then how to run it."""
    told = sorted(
        (
            p
            for p in corpus.told
            if p.has("effort word")
            and p.mood not in (Mood.PLAN, Mood.INSTRUCTION)
            and (_TIME.search(p.sentence.text) or p.any("because", "contrast"))
            and not p.sentence.code
        ),
        key=_order,
    )
    how = [
        Slot(command.text[:120], command.place, command.text[:120])
        for command in corpus.facts.of(Command)
        if re.search(r"python|make|bash|sh ", command.text)
    ]
    how += [stage_slot(stage) for stage in corpus.facts.of(Stage) if stage.tool != "pre-commit"]
    return [*(Effort(told=phrase.slot()) for phrase in told[:3]), *(Effort(how_to=slot) for slot in how[:3])]
