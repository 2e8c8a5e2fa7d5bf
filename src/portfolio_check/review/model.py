"""The review: the one object that every report is made of. Its JSON form is the published contract, version 1."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

LevelName = Literal["met", "partial", "missing", "unsure", "n/a"]
Kind = Literal["service", "pipeline", "research", "notebook", "app", "not-ml"]
Severity = Literal["error", "warning", "note"]


class Tool(Struct, frozen=True):
    """The program that made the review."""

    name: str
    version: str


class Repository(Struct, frozen=True):
    """What was reviewed."""

    name: str
    """The remote's name or `--name`, else the folder's."""
    path: str
    """The folder inside the repository that was reviewed, "." for all of it."""
    commit: str | None
    """40 hex digits, None without git."""
    files: int
    """Files of the tree."""
    read: int
    """Files that were read."""


class TutorialClone(Struct, frozen=True):
    """Whether a reviewer would take the project for a followed tutorial, and what speaks for it."""

    value: bool
    reasons: tuple[str, ...] = ()


class Evidence(Struct, frozen=True):
    """A cited place."""

    path: str
    cell: int | None
    """Counted from 1 over all cells; None outside notebooks."""
    line: int
    """Within the cell (its output where `output` is true), or within the file."""
    quote: str
    """The words that stand there, at most 120 characters."""
    output: bool = False
    slot: str = ""
    """Which slot of which evidence it fills: `check.bound`."""


class Source(Struct, frozen=True):
    """Who asks for it."""

    title: str
    section: str
    url: str
    guest: str | None = None
    at: str | None = None
    """Minute of the episode, "46:39"."""


class Criterion(Struct, frozen=True):
    """The verdict on one criterion."""

    code: str
    title: str
    pack: str
    level: LevelName
    weight: int
    """In the review's profile; 0 where it does not count."""
    evidence: tuple[Evidence, ...]
    """At most three places, the best first."""
    gap: str | None
    """What is missing, None where met or n/a."""
    fix: str | None
    """The next step, None where met or n/a."""
    sources: tuple[Source, ...]
    reason: str | None = None
    """Why it is n/a, or what could not be read where it is unsure."""


class Finding(Struct, frozen=True):
    """Something at an exact place that a reviewer would object to."""

    code: str
    slug: str
    title: str
    severity: Severity
    message: str
    path: str
    line: int
    cell: int | None = None
    sources: tuple[Source, ...] = ()


class Question(Struct, frozen=True):
    """What an interviewer would ask about this repository."""

    about: str
    ask: str


class Skipped(Struct, frozen=True):
    """A file or folder that was not read, and why."""

    path: str
    reason: str


class Review(Struct, frozen=True):
    """A review of one repository. The same input gives the same bytes."""

    tool: Tool
    repository: Repository
    language: str
    """ISO 639-1 code of the language most of the prose is in."""
    kind: Kind
    profile: str
    score: int
    """0 to 100, weighted by the profile. It judges a repository, never a person, and is no hiring decision."""
    tutorial_clone: TutorialClone
    criteria: dict[str, Criterion]
    findings: tuple[Finding, ...]
    top_gaps: tuple[str, ...]
    """Slugs of the criteria to close first, at most three."""
    questions: tuple[Question, ...]
    skipped: tuple[Skipped, ...]
    schema_version: Literal[1] = field(default=1)
