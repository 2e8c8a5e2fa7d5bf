"""The vocabulary of facts: what stands where. Readers make them, evidence is made of them. Imports no other floor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from portfolio_check.facts.code import Assignment, Call, Cell, Comparison, Definition, Import, Output
from portfolio_check.facts.place import Place
from portfolio_check.facts.project import (
    Commit,
    Container,
    Dependency,
    Entry,
    History,
    Service,
    Setting,
    Stage,
    Step,
    Workflow,
)
from portfolio_check.facts.prose import Command, Link, Picture, Role, Sentence, Table

Fact = (
    Sentence
    | Table
    | Link
    | Picture
    | Command
    | Import
    | Definition
    | Call
    | Assignment
    | Comparison
    | Cell
    | Output
    | Entry
    | Dependency
    | Container
    | Service
    | Workflow
    | Step
    | Stage
    | Setting
)
F = TypeVar("F")


class Facts:
    """All facts of one tree, in the order of paths and, within a file, of the source."""

    def __init__(self, facts: Iterable[Fact] = (), history: Callable[[], History] | None = None) -> None:
        """History is asked for when it is wanted: most reviews do without."""
        self._history = history
        self._of: dict[type, list[Fact]] = {}
        for fact in facts:
            self._of.setdefault(type(fact), []).append(fact)

    @cached_property
    def history(self) -> History:
        """What git says of the work."""
        return self._history() if self._history else History(reason="not asked")

    def of(self, kind: type[F]) -> list[F]:
        """All facts of one kind; the list is the container's own and must not be changed."""
        return self._of.get(kind, [])  # type: ignore[return-value]

    def __iter__(self) -> Iterator[Fact]:
        for facts in self._of.values():
            yield from facts


__all__ = [
    "Assignment",
    "Call",
    "Cell",
    "Command",
    "Commit",
    "Comparison",
    "Container",
    "Definition",
    "Dependency",
    "Entry",
    "Fact",
    "Facts",
    "History",
    "Import",
    "Link",
    "Output",
    "Picture",
    "Place",
    "Role",
    "Sentence",
    "Service",
    "Setting",
    "Stage",
    "Step",
    "Table",
    "Workflow",
]
