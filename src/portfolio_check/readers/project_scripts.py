"""Scripts and tasks of pyproject.toml and pixi.toml, and the environments of tox."""

from __future__ import annotations

from portfolio_check.facts import Fact, Stage
from portfolio_check.readers.ini_lines import Option, ini_options
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import TEXT, Lines, file_name
from portfolio_check.readers.toml_leaves import toml_leaves

_STAGES = 200


def read_project_scripts(source: Source) -> list[Fact]:
    """Console scripts, and the tasks of Poetry, PDM, Hatch, taskipy, Poe and Pixi, each with what it runs."""
    lines = Lines(source)
    prefix = ("tool", "pixi") if file_name(source.path).lower() == "pixi.toml" else ()
    found: dict[str, tuple[int, list[str]]] = {}
    for leaf in toml_leaves(source):
        name = _script((*prefix, *leaf.path))
        if name and leaf.value:
            found.setdefault(name, (leaf.line, []))[1].append(leaf.value)
    return [
        Stage(lines.place(line), lines.quote(line), "poetry", name, "\n".join(values)[:TEXT])
        for name, (line, values) in list(found.items())[:_STAGES]
    ]


def _script(path: tuple[str, ...]) -> str:
    """The name of the script that a leaf is the command of, else ""."""
    match path:
        case ("project", "scripts", name) | ("tool", "poetry", "scripts", name):
            return name
        case ("tool", "pdm", "scripts", name, *rest) if rest in ([], ["cmd"], ["shell"], ["call"], ["composite"]):
            return name
        case ("tool", "hatch", "envs", _, "scripts", name):
            return name
        case ("tool", "taskipy" | "poe" | "pixi", "tasks", name, *rest) if rest in (
            [],
            ["cmd"],
            ["shell"],
            ["script"],
            ["sequence"],
        ):
            return name
    return ""


def read_tox(source: Source) -> list[Fact]:
    """tox.ini: the environments with commands; those of the base environment are `testenv`."""
    lines = Lines(source)
    facts: list[Fact] = []
    for option in ini_options(lines):
        if option.key == "commands" and option.section.startswith("testenv") and option.values:
            name = option.section.partition(":")[2] or "testenv"
            facts.append(Stage(lines.place(option.line), _quote(lines, option), "tox", name, option.value[:TEXT]))
    return facts[:_STAGES]


def _quote(lines: Lines, option: Option) -> str:
    return lines.quote(option.line) if len(option.values) < 2 else option.values[0][1][:200]
