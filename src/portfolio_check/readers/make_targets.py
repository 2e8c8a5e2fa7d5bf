"""Makefile targets and just recipes, by a scan of their lines."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact, Stage
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import TEXT, Lines

_LINES = 5_000
_STAGES = 300
_VARIABLE = re.compile(r"(?:export\s+)?([\w.-]+)\s*(?::{0,3}|\?|\+|!)=\s*(.*)")
_REFERENCE = re.compile(r"\$[({]([\w.-]+)[)}]")
_RECIPE = re.compile(r"@?([A-Za-z_][\w-]*)(\s[^:]*)?:(?!=)(.*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")


def read_makefile(source: Source) -> list[Fact]:
    """One Stage a target with its prerequisites and recipe; simple variables are put in, special targets left out."""
    lines = Lines(source)
    variables: dict[str, str] = {}
    rules: list[tuple[int, list[str], tuple[str, ...], list[str]]] = []
    in_define = False
    for number, line in _logical_lines(lines.all[:_LINES]):
        text = line.strip()
        if line.startswith("\t"):
            if rules and text:
                rules[-1][3].append(text)
            continue
        if not text or text[0] == "#":
            continue
        if text.startswith(("define ", "endef")):
            in_define = text.startswith("define ")
        elif in_define:
            continue
        elif match := _VARIABLE.fullmatch(text):
            variables.setdefault(match.group(1), match.group(2).partition(" #")[0].strip())
        elif (rule := _rule(text, variables)) is not None:
            targets, needs, command = rule
            rules.append((number, targets, needs, [command] if command else []))
    facts: list[Fact] = []
    for number, targets, needs, recipe in rules:
        command = _shell(recipe, variables)
        for name in targets:
            if len(facts) < _STAGES:
                facts.append(Stage(lines.place(number), lines.quote(number), "make", name, command, needs))
    return facts


def _logical_lines(lines: list[str]) -> list[tuple[int, str]]:
    logical: list[tuple[int, str]] = []
    parts: list[str] = []
    start = 0
    for number, line in enumerate(lines, 1):
        start = start or number
        parts.append(line if not parts else line.strip())
        if line.endswith("\\"):
            parts[-1] = parts[-1][:-1].rstrip(" ")
            continue
        logical.append((start, " ".join(parts)))
        parts, start = [], 0
    if parts:
        logical.append((start, " ".join(parts)))
    return logical


def _rule(text: str, variables: dict[str, str]) -> tuple[list[str], tuple[str, ...], str] | None:
    left, colon, right = text.partition(":")
    if (
        not colon
        or right.startswith("=")
        or "=" in left
        or left.split(" ")[0] in ("ifeq", "ifneq", "include", "-include")
    ):
        return None
    right = right.lstrip(":")
    right, _, command = right.partition(";")
    right = right.partition("#")[0]
    if "=" in right:  # a variable of the target only
        return None
    names = _expanded(left, variables).split()[:20]
    targets = [name for name in names if name[0] not in ".%$&" and "%" not in name]
    needs = tuple(name for name in _expanded(right, variables).split() if name != "|")[:50]
    return (targets, needs, command.strip()) if names else None


def _shell(recipe: list[str], variables: dict[str, str]) -> str:
    commands = [line.lstrip("@-+ ").strip() for line in recipe]
    return _expanded("\n".join(line for line in commands if line and line[0] != "#"), variables)[:TEXT]


def _expanded(text: str, variables: dict[str, str]) -> str:
    """With variables put in once; those that are made of others or call functions stay as they are."""

    def value(match: re.Match[str]) -> str:
        known = variables.get(match.group(1), "")
        return known if known and "$" not in known and len(known) <= 100 else match.group()

    return _REFERENCE.sub(value, text[:TEXT])


def read_justfile(source: Source) -> list[Fact]:
    """One Stage a recipe of just."""
    lines = Lines(source)
    recipes: list[tuple[int, str, tuple[str, ...], list[str]]] = []
    for number, line in enumerate(lines.all[:_LINES], 1):
        text = line.strip()
        if not text or text[0] == "#":
            continue
        if line[0] in " \t":
            if recipes:
                recipes[-1][3].append(text.lstrip("@-"))
        elif ":=" not in text and (match := _RECIPE.fullmatch(text)) and len(recipes) < _STAGES:
            needs = tuple(_WORD.findall(match.group(3).partition("#")[0]))[:50]
            recipes.append((number, match.group(1), needs, []))
    return [
        Stage(lines.place(number), lines.quote(number), "just", name, "\n".join(recipe)[:TEXT], needs)
        for number, name, needs, recipe in recipes
    ]
