"""Labelled repositories: what a careful reader said of each, by the guide."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any, get_args

import yaml
from msgspec import Struct

from portfolio_check.review.model import Kind

CRITERIA = (
    "data-source", "label-definition", "label-meaning", "baseline", "model-choice", "metric", "metric-choice",
    "validation", "error-analysis", "inference-path", "deployment", "monitoring-plan",
    "experiment-tracking", "environment", "artifacts", "tests", "ci-cd", "orchestration", "retraining-rollback",
    "product-decision", "data-assumptions", "failure-modes",
    "reproduction", "ablation", "engineering-notes",
)  # fmt: skip
"""In the order of the guide."""
RANK = {"missing": 0, "partial": 1, "met": 2}
LEVELS = (*RANK, "n/a")
KINDS: tuple[str, ...] = get_args(Kind)
_PLACE = re.compile(r"(?P<path>.+)(?P<kind>[#:])(?P<number>\d+)(?:\D.*)?")


class LabelError(Exception):
    """A label file that does not have the form; the message names the file and what is wrong."""


class Spot(Struct, frozen=True):
    """A cited place: a line of a file or a cell of a notebook; neither where only the file is named."""

    path: str
    line: int | None = None
    cell: int | None = None


class Wanted(Struct, frozen=True):
    """What the label says of one criterion."""

    level: str
    also: str | None = None
    """A second level that counts as right, where two readers differed."""
    spots: tuple[Spot, ...] = ()


class Label(Struct, frozen=True):
    """One labelled repository."""

    case: str
    """`case_id` of its owner/name."""
    commit: str
    """40 hex digits."""
    kind: str
    tutorial_clone: bool
    strength: int
    """0 to 10."""
    top_gaps: tuple[str, ...]
    """At most three slugs, the most urgent first."""
    criteria: dict[str, Wanted]


def case_id(repository: str) -> str:
    """The name of a label file: ten hex digits of the SHA-256 of `owner/name` in lower case."""
    return hashlib.sha256(repository.lower().encode()).hexdigest()[:10]


def read_labels(folder: Path) -> dict[str, Label]:
    """The labels of a folder by case id.

    Both forms are read: the one of the guide, with `repo`, quotes and gap sentences, and the one published here,
    `<case id>.yaml` without them.

    Raises:
        LabelError: a file does not have the form, or there is none.

    """
    labels = [read_label(file) for file in sorted(folder.glob("*.yaml"))]
    if not labels:
        raise LabelError(f"{folder}: no label files (*.yaml) here")
    return {label.case: label for label in labels}


def read_label(file: Path) -> Label:
    """One label file. Raises LabelError."""
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or not isinstance(data.get("criteria"), dict):
        raise LabelError(f"{file}: no mapping with `criteria`")
    try:
        label = Label(
            case=case_id(data["repo"]) if "repo" in data else file.stem,
            commit=str(data["commit"]),
            kind=data["kind"],
            tutorial_clone=_either(data, "tutorial_clone", "tutorial-clone"),
            strength=data["strength"],
            top_gaps=tuple(_either(data, "top_gaps", "top-gaps")),
            criteria={slug: _wanted(said) for slug, said in data["criteria"].items()},
        )
    except (KeyError, TypeError) as error:
        raise LabelError(f"{file}: missing or misplaced: {error}") from error
    for wrong in _wrong(label):
        raise LabelError(f"{file}: {wrong}")
    return label


def spot(place: str) -> Spot:
    """`path:LINE`, `path#CELL` or a bare path."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return Spot(place)
    number = int(match["number"])
    return Spot(match["path"], cell=number) if match["kind"] == "#" else Spot(match["path"], line=number)


def _either(data: dict[str, Any], short: str, long: str) -> Any:
    return data[short] if short in data else data[long]


def _wanted(said: dict[str, Any]) -> Wanted:
    places = said.get("places") or [one["at"] for one in said.get("evidence") or ()]
    return Wanted(said["level"], said.get("also"), tuple(spot(str(place)) for place in places))


def _wrong(label: Label) -> list[str]:
    """What does not have the form, in words."""
    wrong = []
    if not re.fullmatch(r"[0-9a-f]{40}", label.commit):
        wrong.append(f"commit {label.commit!r} is not 40 hex digits")
    if label.kind not in KINDS:
        wrong.append(f"kind {label.kind!r} is none of {', '.join(KINDS)}")
    if not 0 <= label.strength <= 10:
        wrong.append(f"strength {label.strength} is not within 0 to 10")
    wrong += [f"unknown criterion {slug!r}" for slug in (*label.criteria, *label.top_gaps) if slug not in CRITERIA]
    for slug, wanted in label.criteria.items():
        wrong += [f"{slug}: level {level!r}" for level in (wanted.level, wanted.also or "met") if level not in LEVELS]
    return wrong
