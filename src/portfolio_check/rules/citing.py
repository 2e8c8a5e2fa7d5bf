"""A source, resolved: all that a report shows of it. On its own, so that a review need not load what resolves one."""

from __future__ import annotations

from msgspec import Struct


class SourceRef(Struct, frozen=True):
    """A source as a report shows it."""

    title: str
    section: str
    """Section of a page, chapter of an episode, item of a rubric, authors of a paper; "" for a page as a whole."""
    url: str
    """Deep link: with the section's anchor, or the second of the video."""
    guest: str | None = None
    at: str | None = None
    """Minute of the episode, "46:39"."""
