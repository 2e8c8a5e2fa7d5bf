"""Which models or configurations were compared, and why one was kept."""

from __future__ import annotations

import re

from portfolio_check.evidence.corpus import Corpus, model_kind
from portfolio_check.evidence.model import Selection, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import code_slot
from portfolio_check.evidence.visible import visible_scores
from portfolio_check.facts import Call, Output, Table
from portfolio_check.language.tokens import tokens

_SETTING_SCORE = re.compile(r"^\W*[\w.+/ -]{1,40}?[\s:=,|]+0?[.,]\d{2,6}\W*$")
_FIGURE = re.compile(r"(?<![\w.])\d+[.,]\d+|\d+\s?%")
_SCORING = ("metric", "cross validation", "score method")
_BY_SCORE = re.compile(r"score|acc|auc|f1|rmse|mae|loss|metric", re.I)


def selections(corpus: Corpus) -> list[Selection]:
    """At most a handful of selections, those with a reason first."""
    candidates = _candidates(corpus)
    graded = corpus.graded["model-choice"]
    # A row of results is what a reason speaks of, not one.
    full = [
        p.phrase
        for p in graded
        if p.grade == 2 and not p.phrase.sentence.code and p.phrase.sentence.role != "row" and _of_model(p.phrase)
    ]
    part = [one.phrase for one in graded if one.grade == 1 and not one.phrase.sentence.code]
    first = candidates[0] if candidates else None
    return [
        *(Selection(because=phrase.slot(), choice=phrase.slot(), candidates=first) for phrase in full[:3]),
        *(Selection(candidates=slot) for slot in candidates[:4]),
        *(Selection(choice=phrase.slot()) for phrase in part[:3]),
    ]


def _of_model(phrase: Phrase) -> bool:
    """Whether a reason is one for a model or setting; "we use F1 and not accuracy, because" is one for a metric."""
    return phrase.any("model name", "ablation word") or not phrase.any("metric name")


def _candidates(corpus: Corpus) -> list[Slot]:
    found: list[Slot] = []
    for table in corpus.facts.of(Table):
        varied = "ablation word" in corpus.terms.hits(tokens(" ".join((*table.headings[-1:], *table.header))))
        if varied and sum(any(_FIGURE.search(cell) for cell in row[1:]) for row in table.rows) >= 2:
            found.append(Slot("table of settings", table.place, " | ".join(table.header)[:120]))
            continue
        named = [
            line
            for row, line in zip(table.rows, table.lines, strict=False)
            if row and "model name" in corpus.terms.hits(tokens(row[0][:80]))
        ]
        if len(named) >= 2 and any("metric name" in corpus.terms.hits(tokens(cell[:60])) for cell in table.header):
            place = type(table.place)(table.place.path, named[0], table.place.cell, table.place.output)
            found.append(Slot("table of models", place, " | ".join(table.rows[table.lines.index(named[0])])[:120]))
    calls = [call for call in corpus.calls["model"] if not is_test(call.place.path)]
    kinds: dict[str, dict[str, Call]] = {}
    for call in calls:
        kind = model_kind(corpus.resolved(call))
        if kind:
            kinds.setdefault(call.place.path, {}).setdefault(kind, call)
    found += [
        code_slot(next(iter(kinds[path].values())))
        for path in sorted(kinds, key=lambda path: -len(kinds[path]))
        if len(kinds[path]) >= 2
    ]
    if not found and len({name for names in kinds.values() for name in names}) >= 2:
        found.append(code_slot(next(iter(next(iter(kinds.values())).values()))))
    found += [code_slot(call) for call in corpus.calls["search"] if not is_test(call.place.path)]
    scoring = {(c.place.path, c.place.cell) for name in _SCORING for c in corpus.calls[name] if c.place.cell}
    for output in corpus.facts.of(Output):
        if output.kind != "text" or (output.place.path, output.place.cell) not in scoring:
            continue
        lines = [line for line in output.text.split("\n")[:40] if _SETTING_SCORE.match(line)]
        if 2 <= len(lines) <= 30:
            found.append(Slot("scores of settings", output.place, lines[0][:120]))
    found += [
        code_slot(call)
        for call in corpus.facts.of(Call)
        if call.name in ("max", "min", "sorted")
        and call.keyword("key")
        and _BY_SCORE.search(call.text)
        and not is_test(call.place.path)
    ]
    visible = [
        one
        for one in visible_scores(corpus)
        if one.origin == "prose" and "model name" in corpus.terms.hits(tokens(one.model[:300]))
    ]
    if len(visible) >= 2:
        found.append(visible[0].slot)
    return found
