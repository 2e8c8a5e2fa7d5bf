"""A rule as data: what it asks, what makes each level, what is said of an empty slot, and the examples that test it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Level(StrEnum):
    """How far a criterion is shown."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"
    UNSURE = "unsure"
    NOT_APPLICABLE = "n/a"


class Example(Struct, frozen=True):
    """A tiny repository and the level that the rule must give it."""

    level: Level
    files: dict[str, str]
    """Path to text. A path that ends in .ipynb may hold light-weight cells instead of JSON: lines `# %%` start a code
    cell, `# %% [markdown]` a Markdown cell, `# >>> ` lines are the output of the cell."""
    why: str = ""
    """What this example shows, or whom it would fool."""


class Condition(Struct, frozen=True):
    """One demand on one piece of evidence or fact: the kind, what its slots must be, and whether there must be none."""

    kind: str
    slots: tuple[tuple[str, bool | str | tuple[str, ...]], ...]
    """Slot or attribute name, and what it must be: True (filled), False (empty), a text, or a tuple of texts of which
    it is one."""
    negated: bool = False


class Rule(Struct, frozen=True):
    """One criterion."""

    code: str
    slug: str
    title: str
    pack: str
    asks: str
    why: str
    """One or two sentences: what a reviewer learns from it. In our own words."""
    weight: int
    sources: tuple[str, ...]
    met: tuple[tuple[Condition, ...], ...]
    """Alternatives, each a conjunction."""
    partial: tuple[tuple[Condition, ...], ...]
    gap: dict[str, str]
    """Text per empty slot of the best evidence; `missing` where there is no evidence."""
    fix: dict[str, str]
    examples: tuple[Example, ...]
    kinds: tuple[str, ...] = ()
    """Kinds of repository it applies to; all where empty."""
    not_applicable: str = ""
    """Said where the kind is another."""
