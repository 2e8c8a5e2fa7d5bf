"""Each rule's examples are its tests: tiny repositories, each with the level that the rule must give it."""

from __future__ import annotations

import pytest

from portfolio_check.review.examples import verdict_on
from portfolio_check.rules.loading import load_rules
from portfolio_check.rules.model import Example, Rule
from portfolio_check.rules.packs import packs_folder, shipped_packs

CASES = [
    pytest.param(rule, example, id=f"{rule.slug}-{number}")
    for rule in load_rules(packs_folder())
    for number, example in enumerate(rule.examples, 1)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_gets_its_level(rule: Rule, example: Example) -> None:
    verdict = verdict_on(rule, example, shipped_packs().vocabulary())
    shown = [(cited.slot, cited.quote) for cited in verdict.cited]
    assert verdict.level is example.level, f"{example.why} Shown: {shown}"
