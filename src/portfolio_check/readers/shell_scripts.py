"""Shell scripts and crontabs, by a scan of their lines."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact, Stage
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import TEXT, Lines, file_name

_LINES = 2_000
_HEREDOC = re.compile(r"<<-?\s*[\"']?([A-Za-z_]\w*)[\"']?")
_ASSIGNMENT = re.compile(
    r"(?:export\s+|local\s+|readonly\s+)?[A-Za-z_]\w*=(?:\"[^\"]*\"|'[^']*'|[^\s\"'$(`]*|\$\w+)\s*"
)
_FUNCTION = re.compile(r"(?:function\s+)?[\w-]+\s*\(\)\s*\{?")
_SYNTAX = frozenset(["then", "fi", "do", "done", "else", "esac", "{", "}", ";;", "(", ")", "in"])
# Words that begin a line without calling a program of the project or of others.
_QUIET = frozenset(
    [
        "echo",
        "printf",
        "set",
        "shopt",
        "exit",
        "return",
        "read",
        "sleep",
        "trap",
        "unset",
        "shift",
        "local",
        "readonly",
        "break",
        "continue",
        "if",
        "elif",
        "while",
        "for",
        "case",
        "until",
        "true",
        "false",
        ":",
        "[",
        "[[",
    ]
)
_FIELD = re.compile(r"[\d*/,\-A-Za-z]+")
_SPECIAL = ("@hourly", "@daily", "@weekly", "@monthly", "@yearly", "@annually", "@midnight", "@reboot")


def read_shell(source: Source) -> list[Fact]:
    """One Stage for a script that calls any program, at its first call; command lines without syntax and messages."""
    lines = Lines(source)
    commands: list[str] = []
    first = 0
    end = ""
    parts: list[str] = []
    start = 0
    for number, raw in enumerate(lines.all[:_LINES], 1):
        text = raw.strip()
        if end:
            end = "" if text == end else end
            continue
        if not text or text[0] == "#":
            continue
        start = start or number
        if text.endswith("\\"):
            parts.append(text[:-1].rstrip())
            continue
        text = " ".join((*parts, text))
        if _calls(text):
            first = first or start
            commands.append(text)
        parts, start = [], 0
        heredoc = _HEREDOC.search(text) if "<<" in text and "<<<" not in text else None
        end = heredoc.group(1) if heredoc else ""
    if not commands:
        return []
    name = file_name(source.path)
    return [Stage(lines.place(first), lines.quote(first), "shell", name, "\n".join(commands)[:TEXT])]


def _calls(text: str) -> bool:
    if text in _SYNTAX or _ASSIGNMENT.fullmatch(text) or _FUNCTION.fullmatch(text):
        return False
    return text.partition(" ")[0] not in _QUIET or "$(" in text


def read_crontab(source: Source) -> list[Fact]:
    """One Stage a line of a crontab: its schedule and command; variables and comments are left out."""
    lines = Lines(source)
    facts: list[Fact] = []
    for number, line in enumerate(lines.all[:500], 1):
        words = line.split(None, 5)
        if not words or words[0].startswith("#"):
            continue
        if words[0] in _SPECIAL and len(words) > 1:
            schedule, command = words[0], line.split(None, 1)[1]
        elif len(words) == 6 and all(_FIELD.fullmatch(word) for word in words[:5]) and words[0][0] in "*0123456789":
            schedule, command = " ".join(words[:5]), words[5]
        else:
            continue
        name = command.split()[0].rpartition("/")[2]
        facts.append(
            Stage(lines.place(number), lines.quote(number), "cron", name, command.strip()[:TEXT], (), schedule)
        )
    return facts
