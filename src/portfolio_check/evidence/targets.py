"""What is predicted: the target named in prose, with its values or unit; or only in code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Slot, Target
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.patterns import CLASSES, CODES, COUNTED_CLASSES, MONEY, PAIR, RANGE, UNIT
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import code_slot
from portfolio_check.facts import Assignment, Call, Place, Table

_MARKED = re.compile(r"\b(target|label|outcome|objetivo|alvo|zielvariable|cible)\b", re.I)
_VALUES = (CODES, PAIR, UNIT, CLASSES, COUNTED_CLASSES, MONEY, RANGE)
_COLUMN = re.compile(r"\[\s*['\"](\w+)['\"]\s*\]")
_TARGET_NAME = re.compile(r"^(self\.)?(y|y_\w+|target\w*|labels?|TARGET\w*|LABEL\w*|target_col\w*|label_col\w*)$")


def targets(corpus: Corpus) -> list[Target]:
    """Targets, the fullest first."""
    graded = [one for one in corpus.graded["label-definition"] if not one.phrase.sentence.code]
    best = [_target(corpus, one.phrase, one.grade) for one in graded[:8]]
    best += list(_told_columns(corpus))
    best += [Target(name=slot, values=slot) for slot in _dictionary_rows(corpus)]
    best.sort(key=lambda target: target.values is None)
    code = [Target(code=slot) for slot in _in_code(corpus)]
    return [*best[:5], *code[:3]]


def _told_columns(corpus: Corpus) -> Iterator[Target]:
    """Sentences that say what the column is which code takes for the target."""
    columns = {
        name
        for assignment in corpus.facts.of(Assignment)
        if any(_TARGET_NAME.match(target) for target in assignment.targets) and not is_test(assignment.place.path)
        for name in _COLUMN.findall(assignment.value)
    }
    for phrase in corpus.prose:
        named = next((name for name in columns if len(name) > 3 and name in phrase.sentence.text), None)
        if named and len(phrase.words) >= 6 and any(form.search(phrase.sentence.text) for form in (CODES, PAIR, UNIT)):
            yield Target(name=phrase.slot(named), values=phrase.slot())


def _dictionary_rows(corpus: Corpus) -> Iterator[Slot]:
    """Rows of a data dictionary that mark the target and say what it is."""
    for table in corpus.facts.of(Table):
        for row, line in zip(table.rows, table.lines, strict=False):
            if len(row) >= 2 and _MARKED.search(row[0]) and len(row[1].split()) >= 3 and not table.place.output:
                place = Place(table.place.path, line, table.place.cell)
                yield Slot(row[0], place, " | ".join(row)[:120])


def _target(corpus: Corpus, phrase: Phrase, grade: int) -> Target:
    told = phrase.has("values words") or any(form.search(phrase.sentence.text) for form in _VALUES)
    values = phrase if grade == 2 and told else _listed_below(corpus, phrase)
    return Target(name=phrase.slot(), values=values.slot() if values else None)


def _listed_below(corpus: Corpus, phrase: Phrase) -> Phrase | None:
    """An entry of the list that a sentence leads in to, where it says what a value means."""
    text = phrase.sentence.text
    if not text.rstrip().endswith(":"):
        return None
    return next(
        (
            p
            for p in corpus.prose
            if p.sentence.lead == text and (CODES.search(p.sentence.text) or PAIR.search(p.sentence.text))
        ),
        None,
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
