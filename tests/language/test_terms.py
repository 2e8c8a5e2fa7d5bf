"""Phrases of term lists, found in the words of a sentence whatever the language, and never slowly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_check.language import terms
from portfolio_check.language.terms import TermLists, index_terms, phrase_words
from portfolio_check.language.tokens import numbers, tokens


def hits(phrase: str, text: str) -> int | None:
    """Where the phrase was found first, as the index of a word."""
    return TermLists(index_terms({"list": [phrase]})).hits(tokens(text)).get("list")


def test_a_word_is_found_in_any_case_and_nowhere_inside_another() -> None:
    assert hits("Drift", "We watch DRIFT every week.") == 2
    assert hits("drift", "A driftwood table.") is None


def test_a_phrase_is_found_only_where_its_words_stand_together() -> None:
    assert hits("confusion matrix", "The confusion matrix shows it.") == 1
    assert hits("confusion matrix", "A matrix, and confusion about it.") is None
    assert hits("confusion matrix", "The confusion of the matrix.") is None


@pytest.mark.parametrize("text", ["hold-out", "hold out", "hold_out", "Hold-Out."])
def test_hyphens_and_underscores_part_words(text: str) -> None:
    assert hits("hold-out", text) == 0


def test_a_prefix_stands_for_all_words_that_begin_so() -> None:
    for word in ("retrain", "retrained", "Retraining"):
        assert hits("retrain*", f"It is {word}") == 2
    assert hits("retrain*", "It is trained") is None


def test_a_prefix_may_stand_inside_a_phrase() -> None:
    assert hits("roll* back", "The model was rolled back") == 3
    assert hits("roll* back", "The model was held back") is None


@pytest.mark.parametrize(("between", "found"), [("", True), ("a ", True), ("a b c ", True), ("a b c d ", False)])
def test_a_gap_allows_up_to_three_words(between: str, found: bool) -> None:
    assert (hits("alert ~ when", f"alert {between}when") is not None) is found


def test_a_gap_holds_for_the_next_word_only() -> None:
    assert hits("if ~ drops retrain", "if recall drops retrain") == 0
    assert hits("if ~ drops retrain", "if recall drops we retrain") is None


def test_a_phrase_that_would_run_past_the_end_is_not_found() -> None:
    assert hits("alert ~ when", "we alert") is None
    assert hits("confusion matrix", "confusion") is None


def test_the_first_hit_of_a_list_counts() -> None:
    lists = TermLists(index_terms({"model": ["forest", "linear regression"]}))
    assert lists.hits(tokens("A linear regression, then a forest.")) == {"model": 1}


def test_lists_are_found_side_by_side() -> None:
    lists = TermLists(index_terms({"model": ["random forest"], "noun": ["forest"], "verb": ["walk"]}))
    assert dict(lists.hits(tokens("A random forest."))) == {"model": 1, "noun": 2}


def test_lists_of_two_languages_are_searched_together() -> None:
    english = index_terms({"drift word": ["drift", "shift*"], "plan": ["will"]})
    german = index_terms({"drift word": ["Verschiebung*"], "plan": ["will"]})
    lists = TermLists(english, german)
    assert dict(lists.hits(tokens("Eine Verschiebung, ein Drift"))) == {"drift word": 1}
    assert dict(TermLists(english).hits(tokens("Eine Verschiebung"))) == {}


@pytest.mark.parametrize(
    ("phrase", "text", "at"),
    [
        ("基线", "我们的基线模型是均值。", 3),
        ("漂移 ~ 告警", "漂移超过阈值告警", None),
        ("漂移 ~ 告警", "漂移过高就告警", 0),
        ("基準", "基準モデルと比べた", 0),
        ("드리프트*", "매주 드리프트를 확인한다", 1),
        ("дрейф*", "Следим за дрейфом данных", 2),
        ("línea base", "La línea base es la media.", 1),
        ("größe", "Die Größe zählt.", 1),
    ],
)
def test_terms_of_other_languages_are_found(phrase: str, text: str, at: int | None) -> None:
    assert hits(phrase, text) == at


def test_ideographs_are_words_of_their_own_beside_latin_ones() -> None:
    assert tokens("用XGBoost模型") == ("用", "xgboost", "模", "型")


def test_a_number_keeps_its_decimals_and_percent() -> None:
    assert tokens("F1 of 0.91, or 12%") == ("f1", "of", "0.91", "or", "12%")
    assert numbers("F1 of 0.91, or 12 %, against -3") == ("0.91", "12 %", "-3")


def test_a_phrase_is_matched_as_words_and_marks() -> None:
    assert phrase_words("Roll* ~ Hold-Out") == ("roll*", "~", "hold", "out")


def test_a_phrase_without_words_matches_nothing() -> None:
    assert phrase_words("…") == ()
    assert TermLists(index_terms({"list": ["…", ""]})).hits(tokens("… and so on")) == {}


class Counted(str):
    """A word that counts how often it is compared."""

    compared = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    def startswith(self, *args: object) -> bool:  # type: ignore[override]
        Counted.compared += 1
        return str.startswith(self, *args)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "phrase",
    ["a ~ a ~ a ~ a ~ a ~ a ~ a ~ b", "a* ~ a* ~ a* ~ a* ~ a* ~ a* ~ b", "a a a a a a a a a a b", "a ~ ~ ~ ~ b"],
)
def test_a_hostile_list_costs_no_more_than_the_text_is_long(phrase: str) -> None:
    lists = TermLists(index_terms({"list": [phrase]}))

    def comparisons(length: int) -> int:
        Counted.compared = 0
        assert lists.hits((Counted("a"),) * length) == {}
        return Counted.compared

    assert comparisons(2000) <= 2.2 * comparisons(1000)
    assert comparisons(1000) <= 1000 * 4 * len(phrase.split())


def test_words_that_never_come_again_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_CACHED_WORDS", 10)
    lists = TermLists(index_terms({"list": ["x*"]}))
    assert dict(lists.hits(tuple(f"w{number}" for number in range(1000)))) == {}
    assert len(lists._seen) == 10
    assert dict(lists.hits(("w1", "x9"))) == {"list": 1}


WORD = st.text("abc", min_size=1, max_size=3)


@given(st.lists(WORD, max_size=12), st.lists(WORD, min_size=1, max_size=4))
def test_a_plain_phrase_is_found_exactly_where_a_search_finds_it(text: list[str], phrase: list[str]) -> None:
    found = TermLists(index_terms({"list": [" ".join(phrase)]})).hits(tuple(text)).get("list")
    starts = [at for at in range(len(text)) if text[at : at + len(phrase)] == phrase]
    assert found == (starts[0] if starts else None)


@given(st.text(max_size=200), st.text(max_size=40))
def test_no_text_and_no_phrase_fails(text: str, phrase: str) -> None:
    TermLists(index_terms({"list": [phrase]})).hits(tokens(text))
