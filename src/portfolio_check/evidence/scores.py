"""Scores of models: what is computed, what is visible, which one is the reference that any model must beat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus, model_kind
from portfolio_check.evidence.model import Score
from portfolio_check.evidence.paths import doc_rank, is_test
from portfolio_check.evidence.slots import code_slot
from portfolio_check.evidence.visible import Visible, visible_scores
from portfolio_check.facts import Assignment, Call, Definition
from portfolio_check.language.mood import Mood
from portfolio_check.language.tokens import tokens

_BASELINE_NAME = re.compile(r"(^|_)(baseline|naive|majority)(_|$)", re.I)
_NOT_MODEL = re.compile(
    r"^(add_|plot_|load_|save_|get_|read_|write_)|ratio|revenue|risk|params|config|baseline_(drift|data|stats|distribution|features?|profile|window|path|file|dir|ref)|naive_bayes|naive_time|tz_naive|get_dummies|naivebayes",
    re.I,
)
# A function of the project's own that measures.
_OWN_METRIC = re.compile(
    r"^(test_)?(error|error_rate|accuracy|evaluate|evaluate_model|rmse|mae|mape|smape|compute_metrics)$"
)
_WATCHES = re.compile(r"monitor|drift|dashboard|alert|(^|/)pages/", re.I)
_CONSTANT = re.compile(
    r"(np|numpy)\.(full|full_like|repeat|ones|zeros|tile)\(.*(mean|median|mode)|\[\s*y_train\.(mean|median)\(\)\s*\]|y\w*\.mean\(\)\s*\]\s*\*|\.shift\(\s*\d+\s*\).*pred",
    re.I,
)


def scores(corpus: Corpus) -> list[Score]:
    """Scores: references, simple models, then every computed and visible score, the fullest first in each group."""
    visible = visible_scores(corpus)
    references = sorted(
        _references(corpus, visible),
        key=_order,
    )
    return [*references[:6], *_simple(corpus, visible)[:4], *_finals(corpus, visible)]


def _order(score: Score) -> tuple[object, ...]:
    """Compared ones first, then visible ones, then those that a reviewer reads first."""
    slot = score.value or score.model or score.computed
    return (score.compared is None, score.value is None, *(doc_rank(slot.place) if slot else ()))


def _says_baseline(corpus: Corpus, text: str) -> bool:
    hits = corpus.terms.hits(tokens(text[:400]))
    return "baseline" in hits and "baseline other" not in hits


def _references(corpus: Corpus, visible: list[Visible]) -> Iterator[Score]:
    rest: dict[tuple[str, int | None], list[Visible]] = {}
    for one in visible:
        if not _says_baseline(corpus, one.model):
            rest.setdefault((one.slot.place.path, None), []).append(one)
    everything = [one for ones in rest.values() for one in ones]
    for one in visible:
        if not _says_baseline(corpus, one.model):
            continue
        near = [other for other in rest.get((one.slot.place.path, None), ()) if other.slot.place != one.slot.place]
        other = min(near, key=lambda o: abs(o.slot.place.line - one.slot.place.line), default=None) or next(
            iter(everything), None
        )
        both = _two_values(one)
        yield Score(
            role="reference",
            model=one.slot,
            metric=one.slot,
            value=one.slot,
            compared=other.slot if other else one.slot if both else None,
        )
    ran = corpus.ran_cells
    for call in corpus.calls["dummy model"]:
        if not is_test(call.place.path):
            shown = (call.place.path, call.place.cell) in ran if call.place.cell else False
            slot = code_slot(call)
            scored = any(other.place.path == call.place.path for other in corpus.calls["metric"])
            value = slot if shown and scored else None
            yield Score(
                role="reference",
                model=slot,
                computed=slot if scored else None,
                value=value,
                compared=everything[0].slot if value and everything else None,
            )
    code: list[Assignment | Definition] = [*corpus.facts.of(Assignment), *corpus.facts.of(Definition)]
    for fact in code:
        if is_test(fact.place.path) or _WATCHES.search(fact.place.path):
            continue
        names = fact.targets if isinstance(fact, Assignment) else (fact.name,)
        constant = isinstance(fact, Assignment) and bool(_CONSTANT.search(fact.value))
        if constant or any(_BASELINE_NAME.search(name) and not _NOT_MODEL.search(name) for name in names):
            slot = code_slot(fact)
            shown = fact.place.cell is not None and any(
                one.slot.place.path == fact.place.path and one.slot.place.cell in (fact.place.cell, fact.place.cell + 1)
                for one in visible
                if one.origin == "output"
            )
            yield Score(
                role="reference",
                model=slot,
                computed=slot,
                value=slot if shown else None,
                compared=everything[0].slot if shown and everything else None,
            )
    named = {id(one.phrase): one for one in corpus.graded["baseline"]}
    for phrase in corpus.told:
        if phrase.any("watch word", "drift word", "retrain") or _WATCHES.search(phrase.place.path):
            continue
        if not phrase.has("baseline") or "baseline other" in phrase.terms or phrase.mood is Mood.PLAN:
            continue
        if not phrase.sentence.code and re.search(
            r"\d+(?:[.,]\d+)?\s?[%€$]|\d*[.,]\d{2,}|\b(mae|rmse|mape)\D{1,12}\d", phrase.sentence.text
        ):
            others = [one for one in everything if one.slot.place != phrase.place]
            beside = next(
                (p for p in corpus.block_of(phrase) if p is not phrase and p.any("model name", "choose") and p.numbers),
                None,
            )
            if beside:
                yield Score(role="reference", model=phrase.slot(), value=phrase.slot(), compared=beside.slot())
                continue
            if others:
                yield Score(role="reference", model=phrase.slot(), value=phrase.slot(), compared=others[0].slot)
                continue
        if id(phrase) in named or phrase.any("model name", "simple model", "metric name", "compare", "predict verb"):
            yield Score(role="reference", model=phrase.slot())


def _two_values(one: Visible) -> bool:
    return (
        len(re.findall(r"(?<![\w.])\d*[.,]\d{2,}|\d+(?:[.,]\d+)?\s?%", one.slot.quote)) >= 2 and one.origin == "prose"
    )


def _simple(corpus: Corpus, visible: list[Visible]) -> list[Score]:
    kinds = {
        kind
        for call in corpus.calls["model"]
        if not is_test(call.place.path) and (kind := model_kind(corpus.resolved(call)))
    }
    rows = [
        one
        for one in visible
        if one.origin in ("table", "output", "file") and "simple model" in corpus.terms.hits(tokens(one.model[:200]))
    ]
    named = {name for one in visible for name in _models_in(corpus, one.model)}
    found = (
        [Score(role="simple", model=one.slot, value=one.slot) for one in rows[:3]]
        if len(named) >= 2 or len(kinds) >= 2
        else []
    )
    scored = {call.place.path for name in ("metric", "score method", "cross validation") for call in corpus.calls[name]}
    if len(kinds) >= 2:
        found += [
            Score(role="simple", model=code_slot(call), computed=code_slot(call))
            for call in corpus.calls["simple model"]
            if not is_test(call.place.path) and call.place.path in scored
        ]
    return found


def _models_in(corpus: Corpus, text: str) -> set[str]:
    words = tokens(text[:200])
    return {words[at] for name, at in corpus.terms.hits(words).items() if name == "model name"}


def _finals(corpus: Corpus, visible: list[Visible]) -> list[Score]:
    computed = [call for call in corpus.calls["metric"] if not is_test(call.place.path)]
    held_out = [call for call in computed if any("test" in use or "val" in use for use in call.uses)]
    others = [call for call in corpus.calls["score method"] if not is_test(call.place.path) and call.uses]
    scoring = [
        call for call in (*corpus.calls["cross validation"], *corpus.calls["search"]) if not is_test(call.place.path)
    ]
    calls: list[Call] = [*held_out, *[c for c in computed if c not in held_out], *others, *scoring]
    compiled = [
        call
        for call in corpus.facts.of(Call)
        if call.name == ".compile" and call.keyword("metrics") and not is_test(call.place.path)
    ]
    calls += compiled
    calls += [call for call in corpus.facts.of(Call) if _OWN_METRIC.match(call.name) and not is_test(call.place.path)]
    by_hand = [
        assignment
        for assignment in corpus.facts.of(Assignment)
        if not is_test(assignment.place.path)
        and any(
            re.search(r"(^|_)(acc|accuracy|rmse|mae|f1|auc|mape)(_|$)", target, re.I) for target in assignment.targets
        )
    ]
    first: Call | Assignment | None = calls[0] if calls else by_hand[0] if by_hand else None
    compute = code_slot(first) if first else None
    order = {"prose": 0, "table": 0, "output": 1, "file": 2}
    shown = sorted(visible, key=lambda one: (order[one.origin], doc_rank(one.slot.place)))
    picked = _spread(shown)
    if not picked:
        return [Score(role="final", metric=compute, computed=compute)] if compute else []
    part = "train" if _on_training_rows(corpus, calls) else ""
    found = [Score(role="final", metric=one.slot, value=one.slot, computed=compute, split=part) for one in picked]
    return [*found, *(Score(role="final", computed=code_slot(call), split=part) for call in calls[:3])]


def _on_training_rows(corpus: Corpus, calls: list[Call]) -> bool:
    """Whether nothing is held out, and what is scored is what was fitted."""
    if any(corpus.calls[name] for name in ("split", "cross validation", "suited split", "search")):
        return False
    fitted = {call.arguments[:2] for call in corpus.facts.of(Call) if call.name == ".fit" and len(call.arguments) >= 2}
    targets = {arguments[1] for arguments in fitted}
    return bool(fitted) and any(
        call.arguments[:2] in fitted if call.name == ".score" else call.arguments[:1] and call.arguments[0] in targets
        for call in calls
    )


def _spread(shown: list[Visible]) -> list[Visible]:
    """One visible value of each origin first, so that the places shown differ."""
    first = {one.origin: one for one in reversed(shown)}
    heads = [one for one in shown if first[one.origin] is one]
    return heads[:3]
