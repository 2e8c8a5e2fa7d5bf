"""Pipelines of Azure, Google Cloud Build and AWS CodeBuild."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.facts import Fact
from portfolio_check.readers.pipeline_facts import run_step, use_step, with_steps, workflow
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines
from portfolio_check.readers.yaml_nodes import Node, Pair, get, items, joined, pair, pairs, root, scalar

_PHASES = ("install", "pre_build", "build", "post_build")


def read_azure(source: Source) -> list[Fact]:
    """azure-pipelines.yml: steps at the top, in jobs, or in the jobs of stages."""
    lines = Lines(source)
    node = root(source)
    schedules = tuple(
        cron for one in items(get(node, "schedules")) if (cron := pair(one, "cron")) is not None and scalar(cron.value)
    )
    triggers = [
        name
        for key, name in (("trigger", "push"), ("pr", "pull_request"))
        if (value := get(node, key)) is not None and scalar(value) != "none"
    ]
    triggers += ["schedule"] if schedules else []
    steps = [step for job, one in _azure_steps(node) for step in _azure_step(lines, job, one)]
    name = scalar(get(node, "name")) or "azure-pipelines"
    return with_steps(workflow(lines, "azure", name, pair(node, "trigger"), tuple(triggers), schedules), steps)


def _azure_steps(node: Node | None) -> Iterator[tuple[str, Node]]:
    for holder in (node, *items(get(node, "stages"))):
        for job in (holder, *items(get(holder, "jobs"))):
            name = scalar(get(job, "job")) or scalar(get(job, "deployment")) or scalar(get(job, "stage"))
            for one in items(get(job, "steps")) or items(get(job, "strategy", "runOnce", "deploy", "steps")):
                yield name, one


def _azure_step(lines: Lines, job: str, node: Node) -> list[Fact]:
    run = pair(node, "script", "bash", "pwsh", "powershell")
    if run is not None:
        return run_step(lines, job, run.value)
    task = pair(node, "task", "template")
    if task is None:
        return []
    inputs = get(node, "inputs")
    script = joined(get(inputs, "script")) or joined(get(inputs, "inlineScript"))
    return use_step(lines, job, task.line, scalar(task.value), script)


def read_cloudbuild(source: Source) -> list[Fact]:
    """cloudbuild.yaml: one Step an image, with its entry point and arguments as the command."""
    lines = Lines(source)
    node = root(source)
    steps: list[Fact] = []
    for one in items(get(node, "steps")):
        name = pair(one, "name")
        if name is None:
            continue
        words = (joined(get(one, "entrypoint"), " "), joined(get(one, "args"), " "))
        run = joined(get(one, "script")) or " ".join(word for word in words if word)
        steps += use_step(lines, scalar(get(one, "id")), name.line, scalar(name.value), run)
    return with_steps(workflow(lines, "cloudbuild", "cloudbuild", pair(node, "steps")), steps)


def read_codebuild(source: Source) -> list[Fact]:
    """buildspec.yml of AWS CodeBuild: one Step a command."""
    lines = Lines(source)
    phases = pair(root(source), "phases")
    if phases is None:
        return []
    steps = [
        step for phase in _in_order(phases) for one in _commands(phase) for step in run_step(lines, phase.key, one)
    ]
    return with_steps(workflow(lines, "codebuild", "buildspec", phases), steps)


def _commands(phase: Pair) -> list[Node]:
    commands = get(phase.value, "commands")
    return items(commands) or ([commands] if commands is not None else [])


def _in_order(phases: Pair) -> list[Pair]:
    return [phase for phase in pairs(phases.value) if phase.key in _PHASES]
