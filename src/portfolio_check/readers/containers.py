"""Image definitions: a Dockerfile gives the container of its last stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from portfolio_check.facts import Container, Fact
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import TEXT, Lines, file_name

_LINES = 3_000
_HEREDOC = re.compile(r"<<-?\s*[\"']?([A-Za-z_]\w*)[\"']?")
_VARIABLE = re.compile(r"\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)")
_EXEC_ITEM = re.compile(r'"((?:[^"\\]|\\.)*)"')
_IGNORED_ENDS = (".md", ".txt", ".py", ".png", ".jpg", ".dockerignore")


@dataclass
class _Stage:
    line: int
    base: str
    entrypoint: str = ""
    command: str = ""
    ports: list[str] = field(default_factory=list)


def reads_containers(path: str) -> bool:
    """Whether the file is an image definition by its name: `Dockerfile.api`, `api.dockerfile`."""
    name = file_name(path).lower()
    if name.endswith(_IGNORED_ENDS):
        return False
    return name.startswith(("dockerfile", "containerfile")) or name.endswith(
        (".dockerfile", ".containerfile", "-dockerfile")
    )


def read_containers(source: Source) -> list[Fact]:
    """One Container: base, command and ports of the last stage, copies and runs of all; nothing without FROM."""
    lines = Lines(source)
    arguments: dict[str, str] = {}
    stages: list[_Stage] = []
    named: dict[str, _Stage] = {}
    copies: dict[str, None] = {}
    runs: list[str] = []
    for number, instruction, rest in _instructions(lines.all[:_LINES]):
        if instruction == "FROM":
            stage = _stage(number, rest, arguments, named)
            stages.append(stage)
        elif instruction == "ARG" and not stages:
            name, _, value = rest.partition("=")
            arguments[name.strip()] = value.strip().strip("\"'")
        elif not stages:
            continue
        elif instruction == "RUN":
            runs.append(_without_flags(rest)[:TEXT])
        elif instruction in ("COPY", "ADD"):
            copies.update(dict.fromkeys(_sources(rest)))
        elif instruction == "CMD":
            stages[-1].command = _command(rest)
        elif instruction == "ENTRYPOINT":
            # An entry point drops the command of the image below.
            stages[-1].entrypoint, stages[-1].command = _command(rest), ""
        elif instruction == "EXPOSE":
            stages[-1].ports += rest.split()
    if not stages:
        return []
    last = stages[-1]
    return [
        Container(
            place=lines.place(last.line),
            text=lines.quote(last.line),
            base=last.base,
            copies=tuple(copies)[:200],
            runs=tuple(runs[:200]),
            command=f"{last.entrypoint} {last.command}".strip()[:TEXT],
            ports=tuple(dict.fromkeys(last.ports))[:50],
        )
    ]


def _instructions(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Line, upper-case keyword and arguments of each instruction, with continued lines and here-documents joined."""
    start = 0
    parts: list[str] = []
    ends: list[str] = []
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if ends:
            if text == ends[0]:
                ends.pop(0)
            else:
                parts.append("\n" + text)
            continued = bool(ends)
        else:
            if not text or text[0] == "#":
                continue
            start = start or number
            continued = text[-1] in "\\`" and not text.endswith("\\\\")
            parts.append(text[:-1].rstrip() if continued else text)
            if not continued and "<<" in text:
                ends = _HEREDOC.findall(text)[:5]
                continued = bool(ends)
        if not continued:
            yield _split(start, parts)
            start, parts = 0, []
    if parts:
        yield _split(start, parts)


def _split(start: int, parts: list[str]) -> tuple[int, str, str]:
    words = " ".join(parts).split(None, 1)
    return start, words[0].upper() if words else "", words[1].strip() if len(words) > 1 else ""


def _stage(number: int, rest: str, arguments: dict[str, str], named: dict[str, _Stage]) -> _Stage:
    words = _without_flags(rest).split()
    base = _expanded(words[0], arguments) if words else ""
    below = named.get(base.lower())
    if below is None:
        stage = _Stage(number, base)
    else:
        stage = _Stage(number, below.base, below.entrypoint, below.command, list(below.ports))
    if len(words) > 2 and words[1].lower() == "as":
        named[words[2].lower()] = stage
    return stage


def _expanded(text: str, arguments: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match.group(1) or match.group(3)
        return arguments.get(name) or match.group(2) or match.group()

    return _VARIABLE.sub(value, text)[:300]


def _without_flags(rest: str) -> str:
    while rest.startswith("--"):
        rest = rest.partition(" ")[2].lstrip()
    return rest


def _sources(rest: str) -> list[str]:
    """What COPY and ADD take from the build context; not from other stages and addresses."""
    if rest.startswith("--") and "--from=" in rest:
        return []
    rest = _without_flags(rest).partition("\n")[0]
    words = _EXEC_ITEM.findall(rest) if rest.startswith("[") else rest.split()
    return [word for word in words[:-1] if "://" not in word and not word.startswith(("<<", "git@"))][:100]


def _command(rest: str) -> str:
    if rest.startswith("["):
        return " ".join(_EXEC_ITEM.findall(rest))
    return rest
