"""A rule file to start from, and ways to change it."""

from __future__ import annotations

from portfolio_check.rules.loading import parse_rule
from portfolio_check.rules.model import Rule

TEXT = """\
code: PC901
title: Watch
asks: What is watched?
why: Models fail silently.
weight: 2
sources: [wiki#portfolio-proof]
met:
  - check: [watched, bound]
  - check: {watched: true, service: false}
    not:
      run: {what: [tests, ci]}
partial:
  - check: [watched]
gap:
  missing: Nothing is watched.
  bound: You watch {watched}, without a bound.
fix:
  missing: Watch something.
  bound: Give a bound.
examples:
  - level: met
    why: Both.
    files:
      README.md: |
        # Model

        We retrain when drift passes 0.2.
"""


def rule(old: str = "", new: str = "", where: str = "team/watch.yaml") -> Rule:
    """The rule, with one text of its file replaced."""
    assert old in TEXT
    return parse_rule(TEXT.replace(old, new, 1).encode(), where, slug="watch", pack="team")
