"""Slots filled by a fact."""

from __future__ import annotations

from portfolio_check.evidence.model import Slot
from portfolio_check.facts import Assignment, Call, Definition, Stage

QUOTE = 120
"""Characters of a line that a slot quotes."""


def code_slot(fact: Call | Assignment | Definition, value: str = "") -> Slot:
    """A slot filled by a line of code."""
    # A call over several lines is named by its first, without the bracket that is left open.
    return Slot(value or fact.text[:QUOTE].rstrip("( "), fact.place, fact.text[:QUOTE])


def stage_slot(stage: Stage) -> Slot:
    """A slot filled by a stage of a pipeline."""
    return Slot(stage.name, stage.place, stage.text[:QUOTE])
