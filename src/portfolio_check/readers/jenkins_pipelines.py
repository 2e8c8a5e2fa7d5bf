"""Jenkinsfiles, by a scan of their lines: Groovy is not parsed."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact, Step, Workflow
from portfolio_check.readers.pipeline_facts import with_steps
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import TEXT, Lines

_LINES = 3_000
_STAGE = re.compile(r"""\bstage\s*\(\s*["']([^"'\n]{1,200})["']""")
_CRON = re.compile(r"""\bcron\s*\(\s*["']([^"'\n]{1,200})["']""")
_SHELL = re.compile(r"""\b(?:sh|bat|powershell)\s*\(?\s*(?:script\s*:\s*)?("{3}|'{3}|"|')(.*)""")
_TRIGGERS = (("pollSCM", "push"), ("githubPush", "push"), ("upstream(", "upstream"))


def read_jenkins(source: Source) -> list[Fact]:
    """The shell steps with the stage they stand in, and the cron expressions of the triggers."""
    lines = Lines(source)
    steps: list[Fact] = []
    schedules: dict[str, int] = {}
    triggers: dict[str, None] = {}
    stage, end = "", ""
    begin = 0
    block: list[str] = []
    for number, raw in enumerate(lines.all[:_LINES], 1):
        line = raw.strip()
        if end:
            before, closed, _ = line.partition(end)
            if before.strip():
                begin = begin or number
                block.append(before.strip())
            if closed:
                steps += _step(lines, begin or number, stage, "\n".join(block))
                end = ""
            continue
        if line.startswith(("//", "*", "/*")):
            continue
        if match := _STAGE.search(line):
            stage = match.group(1)
        if match := _CRON.search(line):
            schedules.setdefault(match.group(1), number)
        triggers.update({name: None for word, name in _TRIGGERS if word in line})
        match = _SHELL.search(line)
        if match is None:
            continue
        quote, rest = match.groups()
        text, closed, _ = rest.partition(quote) if len(quote) == 3 else (rest.rpartition(quote)[0], quote, "")
        if closed:
            steps += _step(lines, number, stage, text.strip())
        else:
            end, begin, block = quote, number if text.strip() else 0, [text.strip()] if text.strip() else []
    place = next(iter(schedules.values()), 1)
    head = Workflow(
        place=lines.place(place),
        text=lines.quote(place),
        system="jenkins",
        name="Jenkinsfile",
        triggers=(*triggers, "schedule") if schedules else tuple(triggers),
        schedules=tuple(schedules),
    )
    return with_steps(head, steps)


def _step(lines: Lines, number: int, stage: str, text: str) -> list[Fact]:
    return [Step(lines.place(number), lines.quote(number), lines.path, stage, text[:TEXT])] if text else []
