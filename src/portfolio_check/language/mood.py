"""The mood of a sentence: a fact, a plan, an instruction, a question, a denial. A slot of evidence, never a filter."""

from __future__ import annotations

from enum import StrEnum


class Mood(StrEnum):
    """How a sentence speaks of what it says."""

    FACT = "fact"
    PLAN = "plan"
    """Announced, wished for, or on a list of things to do."""
    INSTRUCTION = "instruction"
    """Tells the reader to do it ("check for missing values")."""
    QUESTION = "question"
    DENIAL = "denial"
    """Says that it is not so ("we did not tune")."""


def mood_of(text: str, hits: dict[str, int], heading_hits: frozenset[str], task: bool | None) -> Mood:
    """The mood, from the term lists found in the sentence and in its headings.

    Uses the lists `plan`, `plan heading`, `negation`, `instruction`. An unticked box is a plan whatever it says.
    """
    if task is False or "plan heading" in heading_hits:
        return Mood.PLAN
    if text.rstrip(" *_").endswith(("?", "？")):
        return Mood.QUESTION
    if "plan" in hits:
        return Mood.PLAN
    if hits.get("instruction") == 0:
        return Mood.INSTRUCTION
    if "negation" in hits:
        return Mood.DENIAL
    return Mood.FACT
