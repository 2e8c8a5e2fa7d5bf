"""Lock files: every package exact, the first few hundred of them; read by lines, as locks are large and regular."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from portfolio_check.facts import Dependency, Fact
from portfolio_check.readers.requirement import Group, normalised
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines, file_name

_FACTS = 400
_TOML_NAME = re.compile(r'name\s*=\s*"([^"]+)"')
_JSON_KEY = re.compile(r'"([^"]+)"\s*:\s*\{')
_JSON_VERSION = re.compile(r'"version"\s*:\s*"(=*[^"]+)"')
_R_PACKAGE = re.compile(r'"Package"\s*:\s*"([^"]+)"')
_PIXI = re.compile(r"-\s+(conda|pypi):\s+\S*/([^/\s]+)")

_Found = Iterator[tuple[int, str, Group]]


def reads_lock(path: str) -> bool:
    """Whether the file is a lock of packages by its name."""
    return file_name(path).lower() in _LOCKS


def read_lock(source: Source) -> list[Fact]:
    """The packages of a lock file, at most 400, all exact and locked."""
    lines = Lines(source)
    facts: list[Fact] = []
    for number, name, group in _LOCKS[file_name(source.path).lower()](lines.all):
        facts.append(Dependency(lines.place(number), lines.quote(number), normalised(name), "exact", True, group))
        if len(facts) == _FACTS:
            break
    return facts


def _toml(lines: list[str]) -> _Found:
    """poetry.lock, uv.lock, pdm.lock, pylock.toml: `[[package]]` tables, each of which begins with its name."""
    waiting = 0
    for number, line in enumerate(lines, 1):
        if line.startswith("[[package") and "." not in line:
            waiting = number
        elif waiting and (match := _TOML_NAME.match(line)):
            development = any(one.startswith('category = "dev"') for one in lines[number : number + 4])
            yield number, match.group(1), "development" if development else "run"
            waiting = 0


def _pipfile(lines: list[str]) -> _Found:
    group: Group = "run"
    package: tuple[int, str] | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if match := _JSON_KEY.match(text):
            key = match.group(1)
            if key in ("default", "develop"):
                group = "run" if key == "default" else "development"
            package = (number, key)
        elif package is not None and _JSON_VERSION.match(text):
            yield package[0], package[1], group
            package = None


def _renv(lines: list[str]) -> _Found:
    for number, line in enumerate(lines, 1):
        if match := _R_PACKAGE.match(line.strip()):
            yield number, match.group(1), "run"


def _pixi(lines: list[str]) -> _Found:
    seen = set()
    for number, line in enumerate(lines, 1):
        match = _PIXI.match(line.strip())
        if match is None:
            continue
        kind, archive = match.groups()
        name = archive.rsplit("-", 2)[0] if kind == "conda" else archive.partition("-")[0]
        if name not in seen:
            seen.add(name)
            yield number, name, "run"


_LOCKS: dict[str, Callable[[list[str]], _Found]] = {
    "poetry.lock": _toml,
    "uv.lock": _toml,
    "pdm.lock": _toml,
    "pylock.toml": _toml,
    "pipfile.lock": _pipfile,
    "renv.lock": _renv,
    "pixi.lock": _pixi,
}
