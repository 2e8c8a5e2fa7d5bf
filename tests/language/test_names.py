"""Lists of dotted names: exact ones, all below, all that begin so, and by the last part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_check.language.names import NameLists


@pytest.mark.parametrize(
    ("pattern", "name", "on"),
    [
        ("sklearn.dummy.DummyClassifier", "sklearn.dummy.DummyClassifier", True),
        ("sklearn.dummy.DummyClassifier", "sklearn.dummy.DummyClassifier.fit", False),
        ("sklearn.dummy.DummyClassifier", "dummy.DummyClassifier", False),
        ("print", "print", True),
        ("sklearn.dummy.*", "sklearn.dummy.DummyClassifier", True),
        ("sklearn.dummy.*", "sklearn.dummy", False),
        ("sklearn.dummy.*", "sklearn.dummyx.Thing", False),
        ("sklearn.dummy.Dummy*", "sklearn.dummy.DummyRegressor", True),
        ("sklearn.dummy.Dummy*", "sklearn.dummy.Other", False),
        ("*.fit", "sklearn.svm.SVC.fit", True),
        ("*.fit", ".fit", True),
        ("*.fit", "fit", False),
        ("*.fit", "model.fit_transform", False),
        ("mlflow.*.load_model", "mlflow.sklearn.load_model", True),
        ("mlflow.*.load_model", "mlflow.pyfunc.deep.load_model", True),
        ("mlflow.*.load_model", "mlflow.load_model", False),
        ("mlflow.*.load_model", "other.sklearn.load_model", False),
    ],
)
def test_a_pattern_takes_what_it_says(pattern: str, name: str, on: bool) -> None:
    assert NameLists({"list": [pattern]}).lists_of(name) == (frozenset({"list"}) if on else frozenset())


def test_a_name_may_be_on_several_lists() -> None:
    lists = NameLists(
        {"model": ["xgboost.*"], "fit": ["*.fit"], "exact": ["xgboost.XGBClassifier.fit"], "other": ["lightgbm.*"]}
    )
    assert lists.lists_of("xgboost.XGBClassifier.fit") == {"model", "fit", "exact"}


def test_names_are_told_apart_by_case() -> None:
    assert not NameLists({"list": ["sklearn.svm.SVC"]}).lists_of("sklearn.svm.svc")


def test_an_answer_that_was_given_once_is_given_again() -> None:
    lists = NameLists({"list": ["a.*"]})
    assert lists.lists_of("a.b") == lists.lists_of("a.b") == {"list"}


def test_lists_keep_their_names_even_where_they_are_empty() -> None:
    assert NameLists({"a": [], "b": ["x"]}).names == ("a", "b")


@given(st.text(max_size=60))
def test_no_name_fails(name: str) -> None:
    assert NameLists({"list": ["a.*", "*.fit", "a.*.load", "b"]}).lists_of(name) <= {"list"}


@pytest.mark.parametrize("pattern", ["*" * 40 + "b", "a*" * 40 + "b", "a.*.*.*.*.*.*.*.*.*.*.*b"])
def test_a_hostile_pattern_is_answered(pattern: str) -> None:
    """Patterns are globs, whose stars never backtrack into each other."""
    assert not NameLists({"list": [pattern]}).lists_of("a." + "a" * 2000)
