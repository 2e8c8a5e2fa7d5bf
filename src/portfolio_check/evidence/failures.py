"""Where the model fails and when it should not be trusted: what is shown, and what somebody wrote about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Failure, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import code_slot
from portfolio_check.facts import Assignment, Call, Definition, Table
from portfolio_check.language.mood import Mood
from portfolio_check.language.tokens import tokens

_PASSING = ("comment", "string")
_SLICES = re.compile(
    r"^(slice|segment|group|subgroup|class|category|region|cohort|bucket|bin|decile|clase|classe|segmento|gruppe|klasse|grupo)s?$",
    re.I,
)
_SHOWN = 4
_TRUE_OF_ALL = re.compile(
    r"no model is perfect|may be wrong|can make mistakes|educational purposes|own risk"
    r"|(financial|medical|legal|investment) advice",
    re.I,
)
_NAMED = 5
"""Words from which an entry names more than a topic."""
_DISPLAYS = re.compile(r"residual|confusion|misclass|error_analysis|calibration_(plot|curve)|reliability", re.I)
_RESIDUAL = re.compile(
    r"^(residuals?|resid|residu\w*|misclassified\w*|wrong_\w+|false_(pos|neg)\w*)$|residual|misclass", re.I
)


def failures(corpus: Corpus) -> list[Failure]:
    """Failures, written ones first, then shown ones; limits in slots of their own."""
    shown = list(_shown(corpus))
    looked = corpus.graded["error-analysis"]
    said = [
        one.phrase
        for one in looked
        if one.grade == 2 and one.phrase.sentence.role not in _PASSING and _speaks_of_errors(one.phrase)
    ]
    parts = [one.phrase for one in looked if one.grade == 1 and not one.phrase.sentence.code]
    limits = corpus.graded["failure-modes"]
    conditions = [
        one
        for one in limits
        if one.grade == 2 and _of_the_system(one.phrase) and not _TRUE_OF_ALL.search(one.phrase.sentence.text)
    ]
    generic = [one.phrase for one in limits if one.grade == 1 and not one.phrase.sentence.code]
    if not generic:
        generic = [phrase for phrase in corpus.prose if _to_be_done(phrase)]
    return [
        *(Failure(said=phrase.slot(), shown=shown[0] if shown else None) for phrase in said[:_SHOWN]),
        *(Failure(shown=slot) for slot in shown[:_SHOWN]),
        *(Failure(shown=phrase.slot()) for phrase in parts[:_SHOWN]),
        *(Failure(condition=one.phrase.slot()) for one in conditions[:_SHOWN]),
        *(Failure(condition=phrase.slot()) for phrase in list(_under_limits(corpus))[:_SHOWN]),
        *(Failure(generic=phrase.slot()) for phrase in generic[:_SHOWN]),
    ]


def _of_the_system(phrase: Phrase) -> bool:
    """Whether a sentence is said in prose or shown to a user; docstrings and comments are about code."""
    return not phrase.sentence.code or phrase.sentence.role == "string"


def _to_be_done(phrase: Phrase) -> bool:
    """An entry of a list of improvements."""
    return phrase.sentence.role == "item" and (phrase.sentence.task is False or "plan heading" in phrase.headings)


def _speaks_of_errors(phrase: Phrase) -> bool:
    displays = phrase.has("error display") or "error display" in phrase.headings
    return phrase.any("error talk", "segment") or bool(displays and phrase.numbers)


def _under_limits(corpus: Corpus) -> Iterator[Phrase]:
    """Entries under a heading such as "Known limitations": short as they are, each names a condition."""
    for phrase in corpus.prose:
        if (
            "limit heading" in phrase.headings
            and not phrase.any("deploy word", "tracker", "orchestrator")
            and phrase.mood in (Mood.FACT, Mood.DENIAL)
            and len(phrase.words) >= _NAMED
            and not _TRUE_OF_ALL.search(phrase.sentence.text)
        ):
            yield phrase


def _shown(corpus: Corpus) -> Iterator[Slot]:
    calls = [call for call in corpus.calls["error display"] if not is_test(call.place.path)]
    calls.sort(key=lambda call: (_kind(call), call.place))
    for call in calls[:5]:
        yield code_slot(call)
    for definition in corpus.facts.of(Definition):
        if _DISPLAYS.search(definition.name) and not definition.empty and not is_test(definition.place.path):
            yield code_slot(definition)
            break
    for table in corpus.facts.of(Table):
        if (
            table.header
            and _SLICES.match(table.header[0].strip())
            and any("metric name" in corpus.terms.hits(tokens(cell[:60])) for cell in table.header[1:])
        ):
            yield Slot("table of slices", table.place, " | ".join(table.header)[:120])
            break
    for assignment in corpus.facts.of(Assignment):
        if not is_test(assignment.place.path) and any(_RESIDUAL.search(target) for target in assignment.targets):
            yield code_slot(assignment)
            break


def _kind(call: Call) -> int:
    return 0 if "confusion" in call.name.casefold() else 1
