"""Pipelines of GitLab, Travis, CircleCI and Bitbucket."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio_check.facts import Fact
from portfolio_check.readers.pipeline_facts import run_step, use_step, with_steps, workflow
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines
from portfolio_check.readers.yaml_nodes import Node, Pair, get, items, pair, pairs, root, scalar, scalars

_GITLAB_WORDS = frozenset(
    ["default", "include", "stages", "variables", "workflow", "image", "services", "cache", "pages-deploy", "spec"]
)
_SCRIPTS = ("before_script", "script", "after_script")
_TRAVIS = ("before_install", "install", "before_script", "script", "after_success", "after_script", "before_deploy")
_NESTED = 6


def read_gitlab(source: Source) -> list[Fact]:
    """.gitlab-ci.yml: every key with a script is a job; hidden ones (`.name`) are templates."""
    lines = Lines(source)
    node = root(source)
    triggers = {"push"}
    steps: list[Fact] = []
    for key in ("before_script", "after_script"):
        steps += run_step(lines, "default", get(node, key) or get(node, "default", key))
    for job in pairs(node):
        if job.key.startswith(".") or job.key in _GITLAB_WORDS or job.value.id != "mapping":
            continue
        only = get(job.value, "only")
        triggers |= set(scalars(only) or scalars(get(only, "refs"))) & {"schedules", "merge_requests", "tags", "web"}
        for key in _SCRIPTS:
            steps += run_step(lines, job.key, get(job.value, key))
    return with_steps(workflow(lines, "gitlab", "gitlab-ci", None, tuple(sorted(triggers))), steps)


def read_travis(source: Source) -> list[Fact]:
    """.travis.yml: the phases, and those of the jobs of its matrix."""
    lines = Lines(source)
    node = root(source)
    steps = [step for phase in _TRAVIS for step in run_step(lines, phase, get(node, phase))]
    for one in items(get(node, "jobs", "include")) + items(get(node, "matrix", "include")):
        name = scalar(get(one, "name")) or scalar(get(one, "stage"))
        steps += [step for phase in _TRAVIS for step in run_step(lines, name or phase, get(one, phase))]
    return with_steps(workflow(lines, "travis", "travis", pair(node, "language"), ("push", "pull_request")), steps)


def read_circleci(source: Source) -> list[Fact]:
    """.circleci/config.yml: jobs with their steps, and the cron triggers of its workflows."""
    lines = Lines(source)
    node = root(source)
    schedules = tuple(
        cron
        for one in pairs(get(node, "workflows"))
        for trigger in items(get(one.value, "triggers"))
        if (cron := pair(get(trigger, "schedule"), "cron")) is not None and scalar(cron.value)
    )
    steps = [
        step
        for job in pairs(get(node, "jobs"))
        for one in items(get(job.value, "steps"))
        for step in _circle_step(lines, job.key, one)
    ]
    triggers = ("push", "schedule") if schedules else ("push",)
    return with_steps(workflow(lines, "circleci", "circleci", pair(node, "workflows"), triggers, schedules), steps)


def _circle_step(lines: Lines, job: str, node: Node) -> list[Fact]:
    if node.id == "scalar":
        return use_step(lines, job, node.start_mark.line + 1, scalar(node))
    run = get(node, "run")
    if run is not None:
        return run_step(lines, job, run if run.id == "scalar" else get(run, "command"))
    return [step for one in pairs(node) for step in use_step(lines, job, one.line, one.key)][:1]


def read_bitbucket(source: Source) -> list[Fact]:
    """bitbucket-pipelines.yml: the steps under each pipeline, in parallel or in stages."""
    lines = Lines(source)
    pipelines = pair(root(source), "pipelines")
    if pipelines is None:
        return []
    names = {"default": "push", "branches": "push", "pull-requests": "pull_request", "custom": "manual", "tags": "tag"}
    triggers = [names[one.key] for one in pairs(pipelines.value) if one.key in names]
    steps = [
        step
        for one in _bitbucket_steps(pipelines.value, _NESTED)
        for step in run_step(lines, scalar(get(one.value, "name")), get(one.value, "script"))
    ]
    return with_steps(workflow(lines, "bitbucket", "bitbucket", pipelines, tuple(dict.fromkeys(triggers))), steps)


def _bitbucket_steps(node: Node, depth: int) -> Iterator[Pair]:
    if depth == 0:
        return
    for one in pairs(node):
        if one.key == "step":
            yield one
        else:
            yield from _bitbucket_steps(one.value, depth - 1)
    for item in items(node):
        yield from _bitbucket_steps(item, depth - 1)
