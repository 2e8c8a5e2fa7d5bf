"""Notebook cells as Python: what IPython adds to the language is taken out or told apart, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_SHELL_CELLS = frozenset({"bash", "sh", "shell", "script", "system", "sx", "!"})
_OTHER_CELLS = frozenset(
    {
        "sql",
        "sparksql",
        "bigquery",
        "html",
        "HTML",
        "css",
        "javascript",
        "js",
        "latex",
        "markdown",
        "md",
        "svg",
        "SVG",
        "mermaid",
    }
    | {"R", "r", "ruby", "perl", "julia", "cython", "scala", "pypy", "cpp", "writetemplate", "configure", "ai", "chat"}
)
_OTHER_LINE_CELLS = frozenset({"md", "sql", "scala", "r", "sh", "fs"})
"""Databricks gives a whole cell to another language with one percent sign."""
_CODE_MAGICS = frozenset({"time", "timeit", "prun", "memit", "mprun", "lprun"})
_SHELL_MAGICS = frozenset({"pip", "conda", "mamba", "uv", "sh", "run", "cd", "bash", "system", "sx"})
_MAGIC = re.compile(r"(\s*)%{1,2}([A-Za-z_]\w*)[ \t]*(.*)", re.DOTALL)
_SHELL = re.compile(r"(\s*)!{1,2}(.*)", re.DOTALL)
_ASSIGNED = re.compile(r"(\s*)[\w., \[\]\"']+=\s*(?:!|%(?=[A-Za-z]))(.*)", re.DOTALL)
_HELP = re.compile(r"\s*\?{1,2}[\w.]+\s*$|\s*[\w.%]+\?{1,2}\s*$")
_OPTIONS = re.compile(r"(?:-\w\s*\d*\s+)*")


class CellCode(NamedTuple):
    """A cell: Python with as many lines as the cell has, and shell commands with their lines."""

    python: str
    commands: list[tuple[int, str]]


def whole_cell(text: str) -> CellCode | None:
    """A cell that a `%%magic` on its first line gives to another program; None for all others."""
    first, line = _first_line(text)
    match = _MAGIC.match(line) if line.startswith("%") else None
    if match is None:
        return CellCode("", list(_shell_lines(text, first + 1))) if line.startswith("%%!") else None
    name, rest = match[2], match[3]
    if line.startswith("%%"):
        if name in _SHELL_CELLS and not (name == "script" and "sh" not in rest):
            return CellCode("", list(_shell_lines(text, first + 1)))
        if name in _OTHER_CELLS or name == "script":
            return CellCode("", [])
        if name in ("file", "writefile") and not rest.strip().strip("\"'").endswith(".py"):
            return CellCode("", [])
    elif name in _OTHER_LINE_CELLS and "\n" in text.strip():
        return CellCode("", list(_shell_lines(text, first + 1)) if name == "sh" else [])
    elif name in ("md", "sql", "scala"):
        return CellCode("", [])
    return None


def without_magics(text: str) -> CellCode:
    """A cell that does not parse as it stands: magics, shell lines and help become `pass`; Python in them stays."""
    lines = text.split("\n")
    commands: list[tuple[int, str]] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        bare = line.lstrip()
        if not (bare.startswith(("%", "!", "?")) or "?" in bare or "!" in bare or "%" in bare):
            number += 1
            continue
        end = number
        logical = line
        match = _MAGIC.match(line) or _SHELL.match(line) or _ASSIGNED.match(line)
        if match is None:
            if _HELP.match(line):
                lines[number] = _blank(line)
            number += 1
            continue
        while logical.endswith("\\") and end + 1 < len(lines):
            end += 1
            logical = logical[:-1].rstrip() + " " + lines[end].strip()
        code, command = _plain(logical)
        if command:
            commands.append((number + 1, command))
        if code is None:
            lines[number : end + 1] = [_blank(line)] + [""] * (end - number)
        elif end == number:
            lines[number] = code
        else:
            # Python goes on over several lines: only the magic in front of it goes.
            lines[number] = _plain(line)[0] or _blank(line)
        number = end + 1
    return CellCode("\n".join(lines), commands)


def _plain(line: str) -> tuple[str | None, str]:
    """The Python and the shell command in a line of IPython."""
    magic = _MAGIC.match(line)
    if magic:
        indent, name, rest = magic.groups()
        if name in _CODE_MAGICS and not line.lstrip().startswith("%%"):
            options = _OPTIONS.match(rest)
            code = rest[options.end() if options else 0 :].strip()
            return (indent + code if code else None), ""
        if name in _SHELL_MAGICS:
            command = rest.strip() if name in ("sh", "bash", "system", "sx") else f"{name} {rest.strip()}"
            return None, f"%{command}" if name == "run" else command
        return None, ""
    shell = _SHELL.match(line)
    if shell:
        return None, shell[2].strip()
    assigned = _ASSIGNED.match(line)
    if assigned:
        return None, assigned[2].strip() if "!" in line[: assigned.start(2)] else ""
    return None, ""


def without_line(text: str, number: int) -> str:
    """A text with one line made `pass`."""
    lines = text.split("\n")
    if 0 < number <= len(lines):
        lines[number - 1] = _blank(lines[number - 1])
    return "\n".join(lines)


def _blank(line: str) -> str:
    return line[: len(line) - len(line.lstrip())] + "pass"


def _first_line(text: str) -> tuple[int, str]:
    """Index and text of the first line that is not empty and no comment."""
    for index, line in enumerate(text.split("\n")):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            return index, bare
    return 0, ""


def _shell_lines(text: str, begin: int) -> Iterator[tuple[int, str]]:
    """Commands below a `%%bash`, continued lines joined."""
    logical, start = "", 0
    for number, line in enumerate(text.split("\n")[begin:], begin + 1):
        bare = line.strip()
        if not logical:
            if not bare or bare.startswith("#"):
                continue
            start = number
        if bare.endswith("\\"):
            logical += bare[:-1].rstrip() + " "
            continue
        yield start, (logical + bare).strip()
        logical = ""
    if logical:
        yield start, logical.strip()
