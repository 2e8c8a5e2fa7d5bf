"""INI files as values with lines, by a plain scan: no interpolation, and broken files still give what can be read."""

from __future__ import annotations

from typing import NamedTuple

from portfolio_check.readers.source_lines import Lines

_OPTIONS = 2_000
_LINES = 20_000


class Option(NamedTuple):
    """One option and its value, with the lines that continue it."""

    section: str
    key: str
    line: int
    values: tuple[tuple[int, str], ...]
    """Line and text of each non-empty line of the value."""

    @property
    def value(self) -> str:
        """All lines joined with newline."""
        return "\n".join(text for _, text in self.values)


def ini_options(lines: Lines) -> list[Option]:
    """The options in the order of the file, at most 2,000; comments are left out."""
    options: list[tuple[str, str, int, list[tuple[int, str]]]] = []
    section = ""
    for number, line in enumerate(lines.all[:_LINES], 1):
        text = line.strip()
        if not text or text[0] in "#;":
            continue
        if line[0] in " \t" and options:
            options[-1][3].append((number, text))
        elif text[0] == "[":
            section = text[1:].partition("]")[0].strip()
        elif len(options) == _OPTIONS:
            break
        else:
            split = min((at for at in (text.find("="), text.find(":")) if at > 0), default=len(text))
            value = text[split + 1 :].strip()
            options.append((section, text[:split].rstrip(), number, [(number, value)] if value else []))
    return [Option(section, key, number, tuple(values)) for section, key, number, values in options]
