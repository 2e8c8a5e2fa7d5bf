"""Workflow and Step facts from nodes, as all CI systems in YAML need them."""

from __future__ import annotations

from portfolio_check.facts import Fact, Step, Workflow
from portfolio_check.readers.source_lines import TEXT, Lines
from portfolio_check.readers.yaml_nodes import Node, Pair, first_line, joined

STEPS = 300
"""Steps that one workflow keeps."""


def workflow(
    lines: Lines,
    system: str,
    name: str,
    trigger: Pair | None = None,
    triggers: tuple[str, ...] = (),
    schedules: tuple[Pair, ...] = (),
) -> Workflow:
    """A Workflow at its first schedule, else at its trigger, else at the top of its file."""
    line = schedules[0].line if schedules else trigger.line if trigger is not None else _first(lines)
    return Workflow(
        place=lines.place(line),
        text=lines.quote(line),
        system=system,
        name=name[:200],
        triggers=triggers,
        schedules=tuple(str(one.value.value)[:200] for one in schedules),
    )


def run_step(lines: Lines, job: str, node: Node | None) -> list[Fact]:
    """A Step of shell text, at the first line of that text; nothing where there is none."""
    text = joined(node)
    if node is None or not text:
        return []
    line = first_line(node)
    return [Step(lines.place(line), lines.quote(line), lines.path, job, text[:TEXT])]


def use_step(lines: Lines, job: str, line: int, uses: str, run: str = "") -> list[Fact]:
    """A Step that uses an action, orb, task or image; nothing where it has no name."""
    return [Step(lines.place(line), lines.quote(line), lines.path, job, run, uses[:300])] if uses else []


def with_steps(head: Workflow, steps: list[Fact]) -> list[Fact]:
    """The workflow and its steps; a pipeline without a step does nothing and is none."""
    return [head, *steps[:STEPS]] if steps else []


def _first(lines: Lines) -> int:
    return next((number for number, line in enumerate(lines.all, 1) if line.strip() and line.lstrip()[0] != "#"), 1)
