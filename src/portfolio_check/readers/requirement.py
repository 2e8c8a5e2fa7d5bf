"""One requirement: what pip, Poetry, Conda and R write after a package's name, reduced to how firmly it is pinned."""

from __future__ import annotations

import re
from typing import Literal

from portfolio_check.facts import Dependency, Place

Pin = Literal["exact", "range", "none"]
Group = Literal["run", "development"]

_NAME = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)", re.DOTALL)
_SPECIFIER = re.compile(r"[=<>~!^(@*]|v?\d+(?:\.|$)")
_SEPARATORS = re.compile(r"[-_.]+")
_COMMIT = re.compile(r"@[0-9a-f]{7,40}(?:[#&]|$)|@v?\d+(?:\.\d+)+")
_ARCHIVES = (".whl", ".tar.gz", ".zip", ".tar.bz2")
_DEVELOPMENT = frozenset(
    [
        "dev",
        "develop",
        "devel",
        "development",
        "test",
        "tests",
        "testing",
        "lint",
        "linting",
        "linters",
        "docs",
        "doc",
        "documentation",
        "ci",
        "style",
        "typing",
        "types",
        "format",
        "formatting",
        "quality",
        "notebook",
        "notebooks",
        "pre-commit",
        "precommit",
        "build",
        "dev-dependencies",
        "debug",
    ]
)
_WORDS = re.compile(r"[^a-z]+")


def normalised(name: str) -> str:
    """A package's name as PyPI compares it: `Scikit_Learn` is `scikit-learn`."""
    return _SEPARATORS.sub("-", name).lower()


def pin_of(specifier: str) -> Pin:
    """How firmly a version specifier pins, in any of the notations; a bare version is exact, as in Poetry and Conda."""
    text = specifier.strip().strip("()").strip()
    if not text or text == "*":
        return "none"
    if text[0] == "@":
        target = text[1:].strip()
        path = target.partition("#")[0]
        return "exact" if path.endswith(_ARCHIVES) or _COMMIT.search(target) else "none"
    clauses = [clause.strip() for clause in text.split(",")]
    if any(clause[:1] == "=" and "*" not in clause for clause in clauses):
        return "exact"
    if len(clauses) == 1 and "*" not in text and "|" not in text and text.lstrip("v")[:1].isdigit():
        return "range" if any(sign in text for sign in "<>~") else "exact"
    return "range"


def requirement(
    place: Place, text: str, specification: str, group: Group = "run", locked: bool = False
) -> Dependency | None:
    """The dependency of one requirement line, without its comment; None where the line asks for no named package.

    `specification` is PEP 508 (`pandas[excel]>=1.2; python_version > "3"`), pip's URLs and hashes, or a bare wheel.
    """
    wanted = specification.strip()[:1_000]
    if wanted.startswith(("-e ", "--editable ", "--editable=")):
        wanted = wanted.partition(" ")[2].strip() or wanted.partition("=")[2]
        if "://" not in wanted:
            return None
    if not wanted or wanted[0] in "-#" or (wanted[0] == "." and not wanted.endswith(_ARCHIVES)):
        return None
    if "://" in wanted.partition(" ")[0] and "@" not in wanted.partition("://")[0]:
        return _of_url(place, text, wanted, group, locked)
    hashed = "--hash" in wanted
    wanted = wanted.partition(" --")[0]
    if wanted.partition("#")[0].strip().endswith(_ARCHIVES) and "@" not in wanted:
        name = wanted.rpartition("/")[2].partition("-")[0]
        return Dependency(place, text, normalised(name), "exact", locked, group) if name else None
    match = _NAME.fullmatch(wanted)
    if match is None:
        return None
    name, rest = match.groups()
    if rest[:1] == "@":
        specifier = rest.partition(" ;")[0]
    else:
        specifier = rest.partition(";")[0].strip()
        if specifier and not _SPECIFIER.match(specifier):
            return None
    return Dependency(place, text, normalised(name), "exact" if hashed else pin_of(specifier), locked, group)


def _of_url(place: Place, text: str, wanted: str, group: Group, locked: bool) -> Dependency | None:
    url = wanted.partition(" ")[0]
    _, _, egg = url.partition("egg=")
    path = url.partition("#")[0].partition("?")[0].rstrip("/")
    last = path.rpartition("/")[2]
    name = egg.partition("&")[0].partition("[")[0] or (
        last.partition("-")[0] if last.endswith(_ARCHIVES) else last.partition("@")[0].removesuffix(".git")
    )
    if not name or _NAME.fullmatch(name) is None:
        return None
    return Dependency(place, text, normalised(name), pin_of(f"@ {url}"), locked, group)


def group_of(name: str) -> Group:
    """The group that a name of a group, extra or file stands for: `dev`, `requirements-test.txt`."""
    words = _WORDS.split(name.lower().rpartition(".")[0] or name.lower())
    return "development" if any(word in _DEVELOPMENT for word in words) else "run"
