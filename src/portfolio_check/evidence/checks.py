"""What is watched once the model runs (drift, inputs, predictions, quality, latency), at which bound, and what then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Check, Slot
from portfolio_check.evidence.paths import doc_rank, is_test
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import QUOTE, code_slot
from portfolio_check.facts import Comparison, Definition, Setting
from portfolio_check.language.mood import Mood

_SHOWN = 12
_DRIFT_NAME = re.compile(r"drift|psi\b|_psi|monitor(?!_mode)|ks_stat|degrad|data_quality", re.I)
_BOUND_TEXT = re.compile(r"[<>≥≤]=?\s*\$?\d|\b\d+([.,]\d+)?\s?%|\bp\s*<|\b0[.,]\d+")
_ACTS = re.compile(
    r"requests\.post|publish|put_metric|retrain|alert|notify|slack|email|webhook|rollback|trigger|raise "
    r"|run_deployment|send_|fallback|warn",
    re.I,
)


def checks(corpus: Corpus) -> list[Check]:
    """Checks, the fullest first; announcements last."""
    found = [*_in_prose(corpus), *_in_code(corpus), *_in_settings(corpus)]
    found.sort(key=_order)
    return found[:_SHOWN]


def _fullness(check: Check) -> int:
    if not check.watched:
        return 0
    return 1 + (check.bound is not None) + (check.consequence is not None)


def _order(check: Check) -> tuple[object, ...]:
    """The fullest first, then those that a reviewer reads first."""
    slot = check.watched or check.service or check.promise
    return (-_fullness(check), *((doc_rank(slot.place), slot.place) if slot else ()))


def _bound(phrase: Phrase) -> bool:
    return bool(_BOUND_TEXT.search(phrase.sentence.text)) or phrase.any("bound")


def _in_prose(corpus: Corpus) -> Iterator[Check]:
    for phrase in corpus.prose:
        if phrase.has("schedule", "compare") and phrase.any("predict verb", "watched") and phrase.mood is Mood.FACT:
            slot = phrase.slot()
            yield Check(watched=slot, consequence=slot if phrase.any("consequence") else None)
    for phrase in corpus.prose:
        if (
            phrase.sentence.lead
            and ("retrain" in phrase.lead or "consequence" in phrase.lead)
            and _bound(phrase)
            and phrase.any("watched", "metric name", "drift word", "data property", "bound")
            and phrase.sentence.task is not False
        ):
            slot = phrase.slot()
            yield Check(
                watched=slot,
                bound=slot,
                consequence=Slot(phrase.sentence.lead[:QUOTE], phrase.place, phrase.sentence.text[:QUOTE]),
            )
    for one in [one for one in corpus.graded["monitoring-plan"] if not one.phrase.sentence.code][:_SHOWN]:
        phrase = one.phrase
        if not (phrase.any("watch word", "drift word", "retrain") or "watch word" in phrase.headings):
            continue
        slot = phrase.slot()
        close = [other for other in corpus.block_of(phrase) if abs(other.place.line - phrase.place.line) <= 3]
        bound = (
            phrase if _bound(phrase) else next((o for o in close if _bound(o) and o.any("bound", "drift word")), None)
        )
        acts = (
            phrase
            if phrase.any("consequence")
            else next((o for o in close if o.any("consequence") and o.mood is not Mood.PLAN), None)
        )
        if one.grade < 2 and phrase.mood in (Mood.PLAN, Mood.QUESTION):
            yield Check(promise=slot)
        elif phrase.any("service watch") and not phrase.any("drift word", "watched"):
            yield Check(service=slot, bound=bound.slot() if bound else None, consequence=acts.slot() if acts else None)
        else:
            yield Check(watched=slot, bound=bound.slot() if bound else None, consequence=acts.slot() if acts else None)


def _in_code(corpus: Corpus) -> Iterator[Check]:
    watched: dict[str, Slot] = {}
    for call in corpus.calls["drift"]:
        if not is_test(call.place.path) and call.place.cell is None:
            watched.setdefault(call.place.path, code_slot(call))
    for definition in corpus.facts.of(Definition):
        if (
            not is_test(definition.place.path)
            and definition.place.cell is None
            and not definition.empty
            and re.search(r"drift|(^|_)psi(_|$)", definition.name, re.I)
        ):
            watched.setdefault(definition.place.path, code_slot(definition))
    acting: dict[str, list[Comparison]] = {}
    for comparison in corpus.facts.of(Comparison):
        acting.setdefault(comparison.place.path, []).append(comparison)
    for path, slot in watched.items():
        bound = consequence = None
        for comparison in acting.get(path, ()):
            if not _DRIFT_NAME.search(f"{comparison.left} {comparison.right} {comparison.scope}"):
                continue
            at = Slot(comparison.text[:QUOTE], comparison.place, comparison.text[:QUOTE])
            bound = bound or at
            if any(_ACTS.search(name) for name in comparison.consequence):
                bound = consequence = at
                break
        yield Check(watched=slot, bound=bound, consequence=consequence)
    for call in corpus.calls["service metric"]:
        if not is_test(call.place.path):
            yield Check(service=code_slot(call))
            break


def _in_settings(corpus: Corpus) -> Iterator[Check]:
    alerts = [
        setting
        for setting in corpus.facts.of(Setting)
        if setting.key.endswith((".alert", "rules.alert")) or setting.key == "alert"
    ]
    for alert in alerts[:6]:
        expr = next(
            (
                s
                for s in corpus.facts.of(Setting)
                if s.place.path == alert.place.path
                and s.key.endswith("expr")
                and 0 <= s.place.line - alert.place.line <= 4
            ),
            None,
        )
        if expr is None:
            continue
        slot = Slot(alert.value, alert.place, alert.text[:QUOTE])
        bound = Slot(expr.value[:60], expr.place, expr.text[:QUOTE])
        if _DRIFT_NAME.search(alert.value + expr.value):
            yield Check(watched=slot, bound=bound, consequence=slot)
        else:
            yield Check(service=slot, bound=bound, consequence=slot)
