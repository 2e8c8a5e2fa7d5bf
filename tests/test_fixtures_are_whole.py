"""The fixtures keep their word: every expectation is complete, and what it quotes stands where it says."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml

FIXTURES = Path(__file__).parent.parent / "fixtures"
NAMES = sorted(path.name for path in FIXTURES.iterdir() if path.is_dir())
CRITERIA = {
    "data-source",
    "label-definition",
    "label-meaning",
    "baseline",
    "model-choice",
    "metric",
    "metric-choice",
    "validation",
    "error-analysis",
    "inference-path",
    "deployment",
    "monitoring-plan",
    "experiment-tracking",
    "environment",
    "artifacts",
    "tests",
    "ci-cd",
    "orchestration",
    "retraining-rollback",
    "product-decision",
    "data-assumptions",
    "failure-modes",
    "reproduction",
    "ablation",
    "engineering-notes",
}
RESEARCH = {"reproduction", "ablation", "engineering-notes"}
KINDS = {"service", "pipeline", "research", "notebook", "app", "not-ml"}


def expectation(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def text_at(folder: Path, place: str) -> str:
    """The line of `path:LINE`, or source and text outputs of the cell of `path#CELL`."""
    if "#" not in place:
        path, line = place.rsplit(":", 1)
        return (folder / path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    path, number = place.rsplit("#", 1)
    cell = nbformat.read(folder / path, as_version=4).cells[int(number) - 1]
    parts = [cell.source]
    for output in cell.get("outputs", []):
        parts += [output.get("text", ""), output.get("data", {}).get("text/plain", "")]
    return "\n".join(parts)


def test_every_fixture_has_an_expectation_and_every_expectation_a_fixture() -> None:
    assert NAMES
    assert sorted(path.stem for path in FIXTURES.glob("*.yaml")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_an_expectation_is_complete(name: str) -> None:
    expected = expectation(name)
    assert set(expected) == {"story", "kind", "tutorial_clone", "criteria", "at", "why"}
    assert expected["kind"] in KINDS
    assert isinstance(expected["tutorial_clone"], bool)
    assert set(expected["criteria"]) == CRITERIA
    assert set(expected["criteria"].values()) <= {"met", "partial", "missing", "n/a"}


@pytest.mark.parametrize("name", NAMES)
def test_research_criteria_apply_to_research_and_nothing_else_is_out_of_scope(name: str) -> None:
    expected = expectation(name)
    out_of_scope = {slug for slug, level in expected["criteria"].items() if level == "n/a"}
    assert out_of_scope == (set() if expected["kind"] == "research" else RESEARCH)


@pytest.mark.parametrize("name", NAMES)
def test_levels_that_claim_evidence_cite_it_and_every_partial_says_why(name: str) -> None:
    expected = expectation(name)
    levels = expected["criteria"]
    assert set(expected["at"]) == {slug for slug, level in levels.items() if level in {"met", "partial"}}
    assert {slug for slug, level in levels.items() if level == "partial"} <= set(expected["why"])
    for slug, places in expected["at"].items():
        assert 1 <= len(places) <= 3, slug


@pytest.mark.parametrize("name", NAMES)
def test_every_quote_stands_at_its_place(name: str) -> None:
    for slug, places in expectation(name)["at"].items():
        for cited in places:
            assert cited["quote"] in text_at(FIXTURES / name, cited["place"]), f"{slug}: {cited['place']}"
            assert len(cited["quote"].split()) <= 15, f"{slug}: {cited['quote']}"


@pytest.mark.parametrize("name", NAMES)
def test_notebooks_are_valid_and_were_run(name: str) -> None:
    for path in (FIXTURES / name).rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                ast.parse(cell.source)
                assert (cell.execution_count is not None) == bool(cell.source), f"{path.name}: {cell.source[:40]}"


@pytest.mark.parametrize("name", NAMES)
def test_python_files_parse_and_configuration_loads(name: str) -> None:
    for path in (FIXTURES / name).rglob("*"):
        if path.suffix == ".py":
            ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        elif path.suffix in {".yml", ".yaml"}:
            assert yaml.safe_load(path.read_text(encoding="utf-8")), path.name


@pytest.mark.parametrize("name", NAMES)
def test_no_data_beyond_a_sample_is_committed(name: str) -> None:
    for path in (FIXTURES / name).rglob("*.csv"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 30, path.name
