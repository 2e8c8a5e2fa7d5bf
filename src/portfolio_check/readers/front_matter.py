"""The settings between two lines of dashes at the top of a document (model cards, Spaces, posts)."""

from __future__ import annotations

import re

from portfolio_check.facts import Place, Setting

_LONGEST = 200
_KEY = re.compile(r"(\s*)(?:-\s+)?([\w.-]{1,60}):(?:\s+(.*))?$")


def split_front_matter(text: str, path: str) -> tuple[list[Setting], str]:
    """The settings, and the text with empty lines in their stead, so that lines keep their numbers.

    Read as plain `key: value` lines, nested by indentation; entries of a list are values of the key above them.
    """
    if not text.startswith("---"):
        return [], text
    lines = text.split("\n", _LONGEST + 1)
    end = next((i for i, line in enumerate(lines[1:-1] if len(lines) > _LONGEST else lines[1:], 1) if _closes(line)), 0)
    if lines[0].strip() != "---" or not end or not _KEY.match(lines[1]):
        return [], text
    settings: list[Setting] = []
    above: list[tuple[int, str]] = []
    for number, line in enumerate(lines[1:end], 2):
        found = _KEY.match(line)
        if found is None:
            value = line.strip().removeprefix("- ").strip(" '\"")
            if above and value and not value.startswith("#"):
                settings.append(Setting(Place(path, number), line.strip(), ".".join(key for _, key in above), value))
            continue
        indent = len(found[1])
        while above and above[-1][0] >= indent:
            above.pop()
        above.append((indent, found[2]))
        value = (found[3] or "").strip(" '\"")
        if value:
            settings.append(Setting(Place(path, number), line.strip(), ".".join(key for _, key in above), value))
    return settings, "\n" * (end + 1) + "\n".join(lines[end + 1 :])


def _closes(line: str) -> bool:
    return line.rstrip() in ("---", "...")
