"""When a run ends with another status than 0: `--fail-on`, and calls that cannot be carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portfolio_check.review.model import Review

GATED = 1
UNUSABLE = 2


class UnusableError(Exception):
    """The call could not be carried out; the message is the one line that says why."""


def check_condition(condition: str) -> str:
    """The condition of `--fail-on` as given: `missing`, `partial` or `score:N`; ValueError where it is none of them."""
    if condition in ("missing", "partial"):
        return condition
    name, _, least = condition.partition(":")
    if name == "score" and least.isascii() and least.isdigit() and int(least) <= 100:
        return condition
    raise ValueError(f"{condition!r} is none of missing, partial, score:N with N from 0 to 100")


def failures(review: Review, conditions: tuple[str, ...]) -> list[str]:
    """What of the conditions the review does not pass, a sentence each. What is unsure or has no weight never fails."""
    counted = [(slug, criterion.level) for slug, criterion in review.criteria.items() if criterion.weight]
    missing = [slug for slug, level in counted if level == "missing"]
    partial = [slug for slug, level in counted if level == "partial"]
    said: list[str] = []
    for condition in dict.fromkeys(conditions):
        name, _, least = condition.partition(":")
        if name == "score" and review.score < int(least):
            said.append(f"score {review.score} is below {least}")
        if name in ("missing", "partial") and missing:
            said.append(f"missing: {', '.join(missing)}")
        if name == "partial" and partial:
            said.append(f"partial: {', '.join(partial)}")
    return list(dict.fromkeys(said))
