"""Who asks for what: the wiki page, its episodes and neighbours, the rubrics and papers that rules cite.

A reference is one of

    wiki#portfolio-proof            a section of the page that the rules are drawn from
    santiago@22:18                  a minute of one of its episodes, covered by a chapter
    page:model-monitoring#alerts    a section of a neighbouring page (without `#`: the whole page)
    rubric:ml-zoomcamp#environment  an item of a course rubric (without `#`: all of it)
    further:model-cards             a paper or a tool's documentation
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from portfolio_check.rules.citing import SourceRef
from portfolio_check.rules.errors import RuleError


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of an episode."""

    start: int
    """Seconds."""
    name: str


@dataclass(frozen=True, slots=True)
class Episode:
    """A podcast episode."""

    title: str
    guest: str
    page: str
    video: str
    chapters: tuple[Chapter, ...]
    """In the order of time."""

    def chapter(self, second: int) -> Chapter | None:
        """The chapter that covers a second; of the last one only its start, as the episode's end is not known."""
        if not self.chapters or second > self.chapters[-1].start:
            return None
        return next((chapter for chapter in reversed(self.chapters) if chapter.start <= second), None)


@dataclass(frozen=True, slots=True)
class Citation:
    """A stretch of an episode that a section of the wiki page leans on."""

    episode: str
    first: int
    """Seconds."""
    last: int
    """Seconds; the same as `first` for a single minute. It counts."""
    witness: str
    """What it is called as witness for."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page, or a rubric: anchors and names of its parts."""

    title: str
    url: str
    sections: dict[str, str]


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a rule can cite."""

    wiki: Page
    citations: dict[str, tuple[Citation, ...]]
    """By anchor of the wiki page's section."""
    episodes: dict[str, Episode]
    pages: dict[str, Page]
    rubrics: dict[str, Page]
    further: dict[str, SourceRef]

    def references(self) -> list[str]:
        """Every reference that resolves; of the episodes, the chapters' starts."""
        known = [f"wiki#{anchor}" for anchor in self.wiki.sections]
        known += [f"{key}@{minute(c.start)}" for key, episode in self.episodes.items() for c in episode.chapters]
        for kind, pages in (("page", self.pages), ("rubric", self.rubrics)):
            for slug, page in pages.items():
                known += [f"{kind}:{slug}", *(f"{kind}:{slug}#{anchor}" for anchor in page.sections)]
        return known + [f"further:{key}" for key in self.further]

    def ties(self, anchor: str, reference: str) -> bool:
        """Whether the wiki page itself ties an episode's minute (`santiago@22:18`) to one of its sections."""
        episode, _, at = reference.partition("@")
        second = seconds(at)
        return second is not None and any(
            citation.episode == episode and citation.first <= second <= citation.last
            for citation in self.citations.get(anchor, ())
        )


def seconds(at: str) -> int | None:
    """Seconds of "46:39" or "1:01:40", None for anything else."""
    parts = at.split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if any(len(part) != 2 or int(part) > 59 for part in parts[1:]) or len(parts[0]) > 3:
        return None
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total


def minute(second: int) -> str:
    """A second as the episodes' pages write it: "46:39", "1:01:40"."""
    hours, rest = divmod(second, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"


def sources_folder() -> Path:
    """Where the shipped sources lie: inside the wheel, or in `rules/` beside `src/` of an editable install."""
    here = Path(__file__).resolve()
    shipped = here.parents[1] / "rulepacks" / "sources"
    return shipped if shipped.is_dir() else here.parents[3] / "rules" / "sources"


@cache
def load(folder: Path | None = None) -> Sources:
    """Reads the five source files. Raises RuleError where one is not there or not of its form."""
    folder = folder or sources_folder()
    wiki = _read(folder / "wiki.yaml")
    try:
        episodes = {key: _episode(value) for key, value in _read(folder / "episodes.yaml").items()}
        return Sources(
            wiki=_page(wiki, {anchor: section["name"] for anchor, section in wiki["sections"].items()}),
            citations={
                anchor: tuple(_citation(cite["at"], cite["for"]) for cite in section["cites"])
                for anchor, section in wiki["sections"].items()
            },
            episodes=episodes,
            pages={slug: _page(page, page["sections"]) for slug, page in _read(folder / "pages.yaml").items()},
            rubrics={
                slug: _page(rubric, {anchor: item["name"] for anchor, item in rubric["items"].items()})
                for slug, rubric in _read(folder / "rubrics.yaml").items()
            },
            further={
                key: SourceRef(title=work["title"], section=work["by"], url=work["url"])
                for key, work in _read(folder / "further.yaml").items()
            },
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RuleError(f"{folder}: not of the form of the source files ({type(error).__name__}: {error})") from error


def resolve(reference: str, sources: Sources | None = None) -> SourceRef:
    """The source that a reference names. Raises RuleError, with the nearest known one, where there is none."""
    sources = sources or load()
    head, hash_mark, anchor = reference.partition("#")
    kind, _, slug = head.partition(":")
    found: SourceRef | None = None
    if head == "wiki":
        found = _part(sources.wiki, anchor) if anchor else None
    elif "@" in head and not hash_mark:
        found = _minute_of(reference, sources)
    elif kind == "further" and not hash_mark:
        found = sources.further.get(slug)
    elif kind in ("page", "rubric"):
        page = (sources.pages if kind == "page" else sources.rubrics).get(slug)
        if page is not None and bool(anchor) == bool(hash_mark):
            found = _part(page, anchor, linked=kind == "page")
    if found is None:
        raise RuleError(f"unknown source {reference!r}{_suggestion(reference, sources)}")
    return found


def resolve_all(references: Iterable[str], sources: Sources | None = None) -> tuple[SourceRef, ...]:
    """The sources that a rule names, in its order."""
    return tuple(resolve(reference, sources) for reference in references)


def _minute_of(reference: str, sources: Sources) -> SourceRef | None:
    key, _, at = reference.partition("@")
    episode, second = sources.episodes.get(key), seconds(at)
    if episode is None or second is None:
        return None
    chapter = episode.chapter(second)
    if chapter is None:
        return None
    return SourceRef(
        title=episode.title, section=chapter.name, url=f"{episode.video}&t={second}s", guest=episode.guest, at=at
    )


def _part(page: Page, anchor: str, linked: bool = True) -> SourceRef | None:
    """A part of a page; `linked` where its anchor belongs to the address."""
    if not anchor:
        return SourceRef(title=page.title, section="", url=page.url)
    name = page.sections.get(anchor)
    if name is None:
        return None
    return SourceRef(title=page.title, section=name, url=f"{page.url}#{anchor}" if linked else page.url)


def _suggestion(reference: str, sources: Sources) -> str:
    near = get_close_matches(reference, sources.references(), n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else "; known kinds: wiki#, <episode>@, page:, rubric:, further:"


def _read(path: Path) -> dict[str, Any]:
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror or 'cannot be read'}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleError(f"{path}: not YAML ({' '.join(str(error).split())})") from error
    if not isinstance(content, dict):
        raise RuleError(f"{path}: must be a mapping")
    return content


def _page(content: dict[str, Any], sections: dict[str, str]) -> Page:
    return Page(title=content["title"], url=content["url"], sections=sections)


def _episode(content: dict[str, Any]) -> Episode:
    return Episode(
        title=content["short_title"],
        guest=content["guest"],
        page=content["page"],
        video=content["video"],
        chapters=tuple(Chapter(start=_second(c["at"]), name=c["name"]) for c in content["chapters"]),
    )


def _citation(at: str, witness: str) -> Citation:
    episode, _, stretch = at.partition("@")
    first, _, last = stretch.partition("-")
    return Citation(episode=episode, first=_second(first), last=_second(last or first), witness=witness)


def _second(at: str) -> int:
    second = seconds(at)
    if second is None:
        raise ValueError(f"no minute: {at}")
    return second


__all__ = [
    "Chapter",
    "Citation",
    "Episode",
    "Page",
    "SourceRef",
    "Sources",
    "load",
    "minute",
    "resolve",
    "resolve_all",
    "seconds",
    "sources_folder",
]
