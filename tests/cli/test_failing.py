from __future__ import annotations

import pytest

from portfolio_check.cli.failing import check_condition, failures
from tests.reports import sample


def test_a_missing_criterion_fails_on_missing_and_a_partial_one_does_not() -> None:
    assert failures(sample.review(), ("missing",)) == ["missing: error-analysis, monitoring-plan, tests"]


def test_partial_asks_for_more_than_missing() -> None:
    assert failures(sample.review(), ("partial",)) == [
        "missing: error-analysis, monitoring-plan, tests",
        "partial: baseline, ci-cd",
    ]


def test_a_score_fails_below_the_least_and_not_at_it() -> None:
    assert failures(sample.review(score=60), ("score:60",)) == []
    assert failures(sample.review(score=59), ("score:60",)) == ["score 59 is below 60"]


@pytest.mark.parametrize("level", ["met", "unsure", "n/a"])
def test_what_is_met_unsure_or_not_applicable_fails_nothing(level: str) -> None:
    assert failures(sample.review(criteria={"tests": sample.criterion(level)}), ("missing", "partial")) == []


def test_a_criterion_without_weight_in_the_profile_fails_nothing() -> None:
    weightless = sample.criterion("missing", weight=0)
    assert failures(sample.review(criteria={"tests": weightless}), ("missing",)) == []


def test_without_a_condition_nothing_fails() -> None:
    assert failures(sample.review(), ()) == []


def test_the_same_failure_is_said_once() -> None:
    assert len(failures(sample.review(), ("missing", "partial", "missing"))) == 2


@pytest.mark.parametrize("condition", ["missing", "partial", "score:0", "score:100"])
def test_a_condition_is_taken_as_given(condition: str) -> None:
    assert check_condition(condition) == condition


@pytest.mark.parametrize(
    "condition", ["", "met", "score", "score:", "score:-1", "score:101", "score:x", "score:٣", "score:1:2"]
)
def test_anything_else_is_no_condition(condition: str) -> None:
    with pytest.raises(ValueError, match="none of missing, partial, score:N"):
        check_condition(condition)
