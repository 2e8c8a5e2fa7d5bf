"""The small repositories in fixtures/ get the review that was written for them before any tool ran."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from portfolio_check import check

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = sorted(file.stem for file in FIXTURES.glob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_a_fixture_gets_its_review(tmp_path: Path, name: str) -> None:
    wanted = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
    # On its own, without the git repository that it lies in here.
    shutil.copytree(FIXTURES / name, tmp_path / name)
    review = check(tmp_path / name)
    assert {slug: criterion.level for slug, criterion in review.criteria.items()} == wanted["criteria"]
    assert (review.kind, review.tutorial_clone.value) == (wanted["kind"], wanted["tutorial_clone"])
