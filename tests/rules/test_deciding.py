"""From evidence to a level, its places and its texts."""

from __future__ import annotations

import pytest
from msgspec import Struct

from portfolio_check.evidence.model import Check, Run, Score, Serving, Slot, Split
from portfolio_check.facts import Place, Stage
from portfolio_check.rules.deciding import Pieces, Verdict, decide
from portfolio_check.rules.model import Condition, Level, Rule

Wanted = bool | str | tuple[str, ...]


def slot(value: str, line: int = 1, path: str = "README.md", cell: int | None = None) -> Slot:
    return Slot(value, Place(path, line, cell), f"quote of {value}")


def demand(kind: str, *, negated: bool = False, **slots: Wanted) -> Condition:
    return Condition(kind, tuple(slots.items()), negated)


def rule(
    met: list[list[Condition]],
    partial: list[list[Condition]] | None = None,
    texts: dict[str, str] | None = None,
    kinds: tuple[str, ...] = (),
) -> Rule:
    said = {"missing": "Nothing.", "partial": "Something."} | (texts or {})
    return Rule(
        code="PC901",
        slug="watch",
        title="Watch",
        pack="team",
        asks="Is it watched?",
        why="It fails.",
        weight=1,
        sources=(),
        met=tuple(map(tuple, met)),
        partial=tuple(map(tuple, partial or [])),
        gap=said,
        fix={key: f"Fix: {text}" for key, text in said.items()},
        examples=(),
        kinds=kinds,
        not_applicable="It is no research.",
    )


WATCH = rule([[demand("check", watched=True, bound=True)]], [[demand("check", watched=True)]])


def on(pieces: Pieces, asked: Rule = WATCH) -> Verdict:
    return decide(asked, pieces)


def text_of(texts: dict[str, str], *pieces: Struct, kind: str = "check") -> str | None:
    return on({kind: pieces}, rule([], [[demand(kind)]], texts)).gap


# levels


def test_all_demanded_slots_of_one_piece_make_it_met() -> None:
    assert on({"check": [Check(watched=slot("drift"), bound=slot("0.2"))]}).level is Level.MET


def test_slots_of_two_pieces_do_not_add_up() -> None:
    assert on({"check": [Check(watched=slot("drift")), Check(bound=slot("0.2"))]}).level is Level.PARTIAL


def test_met_is_looked_for_in_every_piece_before_partial() -> None:
    pieces = [Check(watched=slot("latency")), Check(watched=slot("drift"), bound=slot("0.2"))]
    assert on({"check": pieces}).level is Level.MET


def test_what_is_met_has_no_gap_and_no_fix() -> None:
    verdict = on({"check": [Check(watched=slot("drift"), bound=slot("0.2"))]})
    assert (verdict.gap, verdict.fix, verdict.reason) == (None, None, None)


@pytest.mark.parametrize("pieces", [{}, {"check": []}, {"check": [Check(bound=slot("0.2"))]}])
def test_without_a_piece_that_fits_it_is_missing(pieces: Pieces) -> None:
    verdict = on(pieces)
    assert (verdict.level, verdict.cited, verdict.gap, verdict.fix) == (Level.MISSING, (), "Nothing.", "Fix: Nothing.")


def test_alternatives_stand_beside_each_other() -> None:
    asked = rule([[demand("check", bound=True)], [demand("run", what="tests")]])
    assert on({"run": [Run(what="tests")]}, asked).level is Level.MET
    assert on({"run": [Run(what="ci")]}, asked).level is Level.MISSING


def test_every_demand_of_one_alternative_must_be_fulfilled() -> None:
    asked = rule([[demand("check", watched=True), demand("run", what="retraining")]])
    assert on({"check": [Check(watched=slot("drift"))]}, asked).level is Level.MISSING
    both: Pieces = {"check": [Check(watched=slot("drift"))], "run": [Run(what="retraining")]}
    assert on(both, asked).level is Level.MET


def test_a_negated_demand_fails_where_one_piece_fits_it() -> None:
    asked = rule([[demand("split", held_out=True), demand("split", negated=True, flaw=True)]])
    clean = Split(held_out=slot("test_size=0.2"))
    assert on({"split": [clean]}, asked).level is Level.MET
    assert on({"split": [clean, Split(flaw=slot("fit_transform(X)"))]}, asked).level is Level.MISSING


def test_a_slot_may_be_asked_to_be_empty() -> None:
    asked = rule([[demand("check", watched=True, promise=False)]])
    assert on({"check": [Check(watched=slot("drift"))]}, asked).level is Level.MET
    assert on({"check": [Check(watched=slot("drift"), promise=slot("later"))]}, asked).level is Level.MISSING


@pytest.mark.parametrize(
    ("wanted", "role", "level"),
    [
        ("reference", "reference", Level.MET),
        ("reference", "simple", Level.MISSING),
        (("reference", "simple"), "simple", Level.MET),
        ("ref*", "reference", Level.MET),
        ("", "", Level.MET),
        (True, "", Level.MISSING),
    ],
)
def test_an_attribute_may_be_asked_for_by_its_text(wanted: Wanted, role: str, level: Level) -> None:
    assert on({"score": [Score(role=role)]}, rule([[demand("score", role=wanted)]])).level is level


def test_a_slot_is_compared_by_its_value() -> None:
    asked = rule([[demand("score", metric=("f1", "recall"))]])
    assert on({"score": [Score(metric=slot("recall"))]}, asked).level is Level.MET
    assert on({"score": [Score(metric=slot("accuracy"))]}, asked).level is Level.MISSING
    assert on({"score": [Score()]}, asked).level is Level.MISSING


def test_a_rule_of_another_kind_of_project_does_not_apply_and_says_so() -> None:
    asked = rule([[demand("check")]], kinds=("research",))
    verdict = decide(asked, {"check": [Check()]}, "service")
    assert (verdict.level, verdict.reason, verdict.gap, verdict.fix) == (
        Level.NOT_APPLICABLE,
        "It is no research.",
        None,
        None,
    )
    assert decide(asked, {"check": [Check()]}, "research").level is Level.MET


# texts

BOUND = {"bound": "You watch {watched}, without a bound.", "consequence": "Nothing happens at {bound}."}


def test_the_gap_speaks_of_the_first_slot_that_is_empty() -> None:
    assert text_of(BOUND, Check(watched=slot("drift"))) == "You watch drift, without a bound."
    assert text_of(BOUND, Check(watched=slot("drift"), bound=slot("0.2"))) == "Nothing happens at 0.2."


def test_gap_and_fix_speak_of_the_same_slot() -> None:
    verdict = on({"check": [Check(watched=slot("drift"))]}, rule([], [[demand("check")]], BOUND))
    assert (verdict.gap, verdict.fix) == (
        "You watch drift, without a bound.",
        "Fix: You watch drift, without a bound.",
    )


def test_where_no_slot_of_a_text_is_empty_the_partial_text_is_said() -> None:
    full = Check(watched=slot("drift"), bound=slot("0.2"), consequence=slot("retrain"))
    assert text_of(BOUND, full) == "Something."


def test_a_text_whose_placeholder_is_empty_is_not_said() -> None:
    assert text_of(BOUND, Check()) == "Something."


def test_words_too_long_to_read_well_are_not_quoted() -> None:
    assert text_of({"bound": "{watched}."}, Check(watched=slot("x" * 60))) == "x" * 60 + "."
    assert text_of({"bound": "{watched}."}, Check(watched=slot("x" * 61))) == "Something."


def test_a_text_with_with_speaks_of_a_filled_slot() -> None:
    texts = {"with broken": 'It does not fit ("{broken}").', "documented": "It is not documented."}
    assert text_of(texts, Serving(broken=slot("app.py")), kind="serving") == 'It does not fit ("app.py").'
    assert text_of(texts, Serving(), kind="serving") == "It is not documented."


def test_a_text_may_speak_of_an_attributes_value() -> None:
    texts = {"tuned-on-test": "It was tuned on the test rows."}
    assert text_of(texts, Split(flaw_kind="tuned-on-test"), kind="split") == "It was tuned on the test rows."
    assert text_of(texts, Split(flaw_kind="time-order-ignored"), kind="split") == "Something."


def test_the_best_piece_is_the_one_the_text_is_about() -> None:
    assert text_of(BOUND, Check(watched=slot("drift")), Check(watched=slot("latency"))) == (
        "You watch drift, without a bound."
    )


def test_braces_in_what_a_repository_says_are_only_quoted() -> None:
    assert text_of({"bound": "You watch {watched}."}, Check(watched=slot("{bound} and {0.__class__}"))) == (
        "You watch {bound} and {0.__class__}."
    )


# places


def lines(verdict: Verdict) -> list[int]:
    return [cited.place.line for cited in verdict.cited]


def test_demanded_slots_are_cited_first_with_their_names_and_quotes() -> None:
    verdict = on({"check": [Check(consequence=slot("page", 3), watched=slot("drift", 1), bound=slot("0.2", 2))]})
    assert [(cited.slot, cited.quote) for cited in verdict.cited] == [
        ("check.watched", "quote of drift"),
        ("check.bound", "quote of 0.2"),
        ("check.consequence", "quote of page"),
    ]


def test_at_most_three_places_are_cited() -> None:
    pieces = [Check(watched=slot("a", n), bound=slot("b", n + 10)) for n in range(1, 9)]
    assert len(on({"check": pieces}).cited) == 3


def test_a_place_is_cited_once() -> None:
    assert lines(on({"check": [Check(watched=slot("drift", 7), bound=slot("0.2", 7))]})) == [7]


def test_a_cell_is_cited_once_whatever_the_line() -> None:
    cells = [Check(watched=slot("a", n, "a.ipynb", 4), bound=slot("b", n + 1, "a.ipynb", 4)) for n in (1, 5)]
    assert lines(on({"check": cells})) == [1]


def test_each_demand_is_cited_before_more_of_the_first() -> None:
    asked = rule([[demand("check", watched=True), demand("run", does=True)]])
    pieces: Pieces = {
        "check": [Check(watched=slot("a", 1)), Check(watched=slot("b", 2)), Check(watched=slot("c", 3))],
        "run": [Run(what="retraining", does=slot("cron", 9))],
    }
    assert lines(on(pieces, asked)) == [1, 9, 2]


def test_a_fact_is_cited_at_its_own_place() -> None:
    stage = Stage(Place("Makefile", 4), "train: data", tool="make", name="train")
    verdict = on({"stage": [stage]}, rule([[demand("stage", tool="make")]]))
    assert [(cited.slot, cited.place, cited.quote) for cited in verdict.cited] == [
        ("stage", Place("Makefile", 4), "train: data")
    ]


def test_a_negated_demand_cites_nothing() -> None:
    asked = rule([[demand("check"), demand("picture", negated=True)]])
    verdict = on({"check": [Check(watched=slot("drift", 5))], "picture": []}, asked)
    assert lines(verdict) == [5]
