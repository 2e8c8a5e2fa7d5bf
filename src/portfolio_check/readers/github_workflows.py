"""GitHub Actions."""

from __future__ import annotations

from portfolio_check.facts import Fact
from portfolio_check.readers.pipeline_facts import run_step, use_step, with_steps, workflow
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines, stem
from portfolio_check.readers.yaml_nodes import Node, Pair, get, items, pair, pairs, root, scalar, scalars

_NEVER = frozenset(("false", "${{ false }}", "${{false}}"))


def read_github(source: Source) -> list[Fact]:
    """One workflow file; jobs and steps that are switched off with `if: false` are left out."""
    lines = Lines(source)
    node = root(source)
    on = pair(node, "on")
    if on is None:
        return []
    schedules = tuple(
        cron
        for one in items(get(on.value, "schedule"))
        if (cron := pair(one, "cron")) is not None and scalar(cron.value)
    )
    name = scalar(get(node, "name")) or stem(source.path)
    head = workflow(lines, "github", name, on, tuple(_triggers(on.value)), schedules)
    return with_steps(head, [step for job in pairs(get(node, "jobs")) for step in _job(lines, job)])


def _triggers(on: Node) -> list[str]:
    names = [one.key for one in pairs(on)] or scalars(on)
    return [name for name in dict.fromkeys(names) if name != "schedule" or items(get(on, "schedule"))][:30]


def _job(lines: Lines, job: Pair) -> list[Fact]:
    if _is_off(job.value):
        return []
    uses = pair(job.value, "uses")
    if uses is not None:
        return use_step(lines, job.key, uses.line, scalar(uses.value))
    return [fact for one in items(get(job.value, "steps")) if not _is_off(one) for fact in _step(lines, job.key, one)]


def _step(lines: Lines, job: str, node: Node) -> list[Fact]:
    uses = pair(node, "uses")
    if uses is not None:
        return use_step(lines, job, uses.line, scalar(uses.value))
    return run_step(lines, job, get(node, "run"))


def _is_off(node: Node) -> bool:
    return scalar(get(node, "if")).strip().lower() in _NEVER
