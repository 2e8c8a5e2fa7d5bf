"""Stages in YAML files with a name of their own: DVC, MLproject, Taskfile, pre-commit."""

from __future__ import annotations

from portfolio_check.facts import Fact, Stage
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines
from portfolio_check.readers.yaml_nodes import Node, Pair, get, items, joined, pair, pairs, root, scalar

_STAGES = 200


def _stage(lines: Lines, line: int, tool: str, name: str, command: str = "", needs: list[str] | None = None) -> Fact:
    return Stage(lines.place(line), lines.quote(line), tool, name, command, tuple(needs or ())[:50])


def read_dvc(source: Source) -> list[Fact]:
    """dvc.yaml: the stages with a command; `foreach` and `matrix` stages once."""
    lines = Lines(source)
    facts: list[Fact] = []
    for one in list(pairs(get(root(source), "stages")))[:_STAGES]:
        body = get(one.value, "do") or one.value
        command = joined(get(body, "cmd"))
        if command:
            facts.append(_stage(lines, one.line, "dvc", one.key, command, _names(get(body, "deps"))))
    return facts


def _names(node: Node | None) -> list[str]:
    """Scalars of a sequence; an item that is a mapping counts by its first key (`- data.csv: {hash: md5}`)."""
    names = []
    for one in items(node):
        name = scalar(one) or next((entry.key for entry in pairs(one)), "")
        names += [name] if name else []
    return names


def read_mlproject(source: Source) -> list[Fact]:
    """MLproject: the entry points with a command."""
    lines = Lines(source)
    return [
        _stage(lines, one.line, "mlproject", one.key, command)
        for one in list(pairs(get(root(source), "entry_points")))[:_STAGES]
        if (command := joined(get(one.value, "command")))
    ]


def read_taskfile(source: Source) -> list[Fact]:
    """Taskfile.yml: the tasks with their commands and dependencies."""
    lines = Lines(source)
    return [
        _stage(lines, one.line, "taskfile", one.key, _task_command(one.value), _task_needs(one))
        for one in list(pairs(get(root(source), "tasks")))[:_STAGES]
    ]


def _task_command(node: Node) -> str:
    if node.id != "mapping":
        return joined(node)
    commands = [scalar(one) or scalar(get(one, "cmd")) for one in items(get(node, "cmds"))]
    return joined(get(node, "cmd")) or "\n".join(command for command in commands if command)


def _task_needs(task: Pair) -> list[str]:
    needs = [scalar(one) or scalar(get(one, "task")) for one in items(get(task.value, "deps"))]
    needs += [scalar(get(one, "task")) for one in items(get(task.value, "cmds"))]
    return [name for name in needs if name]


def read_precommit(source: Source) -> list[Fact]:
    """.pre-commit-config.yaml: one Stage a hook; the command is its entry, else the repository it comes from."""
    lines = Lines(source)
    facts: list[Fact] = []
    for repo in items(get(root(source), "repos")):
        url = scalar(get(repo, "repo"))
        for hook in items(get(repo, "hooks")):
            name = pair(hook, "id")
            if name is not None and scalar(name.value) and len(facts) < _STAGES:
                command = joined(get(hook, "entry")) or url
                facts.append(_stage(lines, name.line, "pre-commit", scalar(name.value), command))
    return facts
