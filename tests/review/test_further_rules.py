"""Rules of others: they are used as they stand, once their own examples hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from portfolio_check import check
from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.packs import packs_folder

ROOT = Path(__file__).parents[2]


def further_rule(folder: Path, **changes: str) -> Path:
    text = (packs_folder() / "end-to-end" / "baseline.yaml").read_text(encoding="utf-8").replace("PC104", "TM001")
    for old, new in changes.items():
        text = text.replace(old, new)
    (folder / "team").mkdir(parents=True)
    (folder / "team" / "reference.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def candidate(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "fixtures" / "notebook-only", tmp_path / "candidate"))


def test_a_further_rule_is_judged_beside_the_shipped_ones(tmp_path: Path, candidate: Path) -> None:
    review = check(candidate, rules=[further_rule(tmp_path / "rules")])
    assert len(review.criteria) == 26
    assert review.criteria["reference"].code == "TM001"
    assert review.criteria["reference"].level == review.criteria["baseline"].level == "met"


def test_a_rule_whose_example_does_not_hold_is_refused(tmp_path: Path, candidate: Path) -> None:
    folder = further_rule(tmp_path / "rules", **{"level: missing": "level: met"})
    with pytest.raises(RuleError, match=r"reference: example \d+ .*must be met, is missing"):
        check(candidate, rules=[folder])
