"""What is predicted: the target named in prose, with its values or unit; or only in code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus, Phrase, code_slot, is_test
from portfolio_check.evidence.model import Slot, Target
from portfolio_check.facts import Assignment, Call

# How values of a target are written: codes with meanings, yes and no, a list of classes, a unit, a scale.
_CODES = re.compile(
    r"(?<![\w.])[012]\s*(=|:|–|—|→|->|\bfor\b|\bif\b|\bmeans\b|\bdenotes\b|\bindicates\b|\()|(=|→|->|\bas\b|\()\s*[\"'`]?[01][\"'`]?\s*(\)|,|;|\.|$|and|or|if|for|=)"
    r"|\b0\s*(/|or|and|o|e|y|ou|oder)\s*1\b|\b1\s*(/|or|and)\s*0\b|\{0,\s*1\}",
    re.I,
)
_PAIR = re.compile(
    r"\b(yes|true|sí|si|ja|oui|sim)\b\W{1,12}(\w+\W+){0,4}?(no|false|nein|non|não)\b|\bpositive\W+(\w+\W+){0,2}negative\b|\bspam\W+(\w+\W+){0,2}ham\b|\bham\W+(\w+\W+){0,2}spam\b"
    r"|\bvs\.?\s|\bgood\W+(\w+\W+){0,2}bad\b|\breal\W+(\w+\W+){0,2}fake\b|\bfake\W+(\w+\W+){0,2}real\b|\bbenign\W+(\w+\W+){0,2}malignant\b|\bmalignant\W+(\w+\W+){0,2}benign\b|\bwhether\b.{3,80}\bor\b(?! not)",
    re.I,
)
_UNIT = re.compile(
    r"\bin (us dollars?|usd|dollars?|euros?|€|\$|thousands|millions|minutes|seconds|hours|days|months|years|kg|mwh?|kwh?|km|meters?|metres?|degrees|%|percent|units|cents|nzd|aud|gbp|inr|pounds|rupees|brl)\b"
    r"|\((us\$|usd|\$|€|mwh?|kwh?|minutes|seconds|hours|days|kg|%|°c|nzd|aud|eur|gbp|inr|pkr|in [\w ]{2,20})\)|\b(from|scale of|between|range of)\s+-?\d+\s*(to|-|–|and)\s*-?\d+|\b\d\s*[-–]\s*(5|10|100)\b (scale|stars?|rating)"
    r"|\bper (hour|day|month|week|year|square|sqm|m2|capita|customer|trip|unit)\b",
    re.I,
)
_CLASSES = re.compile(
    r"\b(classes|categories|labels|grades|emotions|species|sentiments?|types|kinds|clases|categorías|classes de|klassen|类)\b\W{0,6}(are|is|:|include|such as|\(|=|como|son|sind|of)?[^.]{0,40}?(\w[\w/ -]*,\s*){1,}(and |or |y |und |et )?\w+|\b(\w[\w-]*,\s*){2,}(and|or|&)\s+\w+",
    re.I,
)
_COUNTED_CLASSES = re.compile(
    r"\b(binary|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})[\s-]*(way|class(es)?|categor(y|ies)|labels?|species|types|kinds|emotions?|grades?|breeds?)\b|\bbinary\b|\bmulti-?class\b",
    re.I,
)
_TARGET_NAME = re.compile(r"^(self\.)?(y|y_\w+|target\w*|labels?|TARGET\w*|LABEL\w*|target_col\w*|label_col\w*)$")


def targets(corpus: Corpus) -> list[Target]:
    """Targets, the fullest first."""
    graded = [one for one in corpus.graded["label-definition"] if not one.phrase.sentence.code]
    best = [_target(corpus, one.phrase, one.grade) for one in graded[:8]]
    best.sort(key=lambda target: target.values is None)
    code = [Target(code=slot) for slot in _in_code(corpus)]
    return [*best[:5], *code[:3]]


def _target(corpus: Corpus, phrase: Phrase, grade: int) -> Target:
    values = (
        phrase
        if grade == 2 or _has_values(phrase)
        else next(
            (
                near
                for near in corpus.block_of(phrase)
                if near is not phrase and _has_values(near) and _close(near, phrase)
            ),
            None,
        )
    )
    return Target(name=phrase.slot(), values=values.slot() if values else None)


def _close(one: Phrase, other: Phrase) -> bool:
    return abs(one.place.line - other.place.line) <= 3


def _has_values(phrase: Phrase) -> bool:
    text = phrase.sentence.text
    return bool(
        _CODES.search(text)
        or _PAIR.search(text)
        or _UNIT.search(text)
        or _CLASSES.search(text)
        or _COUNTED_CLASSES.search(text)
    )


def _in_code(corpus: Corpus) -> Iterator[Slot]:
    slots = []
    for assignment in corpus.facts.of(Assignment):
        if is_test(assignment.place.path) or not any(_TARGET_NAME.match(target) for target in assignment.targets):
            continue
        named = bool(re.search(r"\[\s*['\"]|\.pop\(|^['\"]", assignment.value))
        strict = any("target" in target.casefold() or "label" in target.casefold() for target in assignment.targets)
        if named:
            slots.append((0 if strict else 1, code_slot(assignment)))
    for call in corpus.facts.of(Call):
        if (
            call.name == ".drop"
            and call.results
            and call.results[0] in ("X", "x", "features")
            and not is_test(call.place.path)
        ):
            slots.append((2, code_slot(call)))
        elif call.name == ".fit" and len(call.arguments) >= 2:
            slots.append((3, code_slot(call)))
    slots.sort(key=lambda pair: (pair[0], pair[1].place))
    return iter([slot for _, slot in slots])
