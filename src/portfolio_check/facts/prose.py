"""What people wrote: sentences, tables, links, pictures and commands, each under its headings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from portfolio_check.facts.place import Place

Role = Literal[
    "paragraph",  # running text
    "item",  # an entry of a list
    "heading",  # a heading itself
    "row",  # one row of a table, its cells joined with " | "
    "quote",  # a block quotation
    "comment",  # a comment in code (not code that was commented out)
    "docstring",  # a docstring in code
    "string",  # a string of at least four words in code: messages, user interface texts, descriptions
]


class Sentence(Struct, frozen=True, tag=True, gc=False):
    """One sentence, list item, heading or table row of prose, wherever it stands."""

    place: Place
    text: str
    """Without markup; links are reduced to their text, inline code keeps its words."""
    role: Role = "paragraph"
    headings: tuple[str, ...] = ()
    """The headings above it, outermost first; in a notebook they carry over from cell to cell."""
    lead: str = ""
    """For an item or row: the paragraph that leads in to its list or table ("We retrain when:"); for a nested item, its
    parent."""
    block: int = 0
    """Sentences of one paragraph, list or table share this number within their file."""
    task: bool | None = None
    """For an item with a check box: whether it is ticked."""
    code: bool = False
    """Whether the sentence stands in a code file or code cell (comment, docstring, string)."""


class Table(Struct, frozen=True, tag=True, gc=False):
    """A table of a document, of HTML, or one that was printed as aligned text."""

    place: Place
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Cells as text; every row is as long as it was written."""
    lines: tuple[int, ...]
    """The line of each row, as in Place.line."""
    headings: tuple[str, ...] = ()
    lead: str = ""
    origin: Literal["markdown", "html", "printed"] = "markdown"


class Link(Struct, frozen=True, tag=True, gc=False):
    """A link of a document; bare addresses count."""

    place: Place
    target: str
    text: str = ""
    headings: tuple[str, ...] = ()


class Picture(Struct, frozen=True, tag=True, gc=False):
    """A picture that a document embeds; what it shows cannot be read."""

    place: Place
    target: str
    alt: str = ""
    headings: tuple[str, ...] = ()


class Command(Struct, frozen=True, tag=True, gc=False):
    """One line that a reader is told to run, or a request or answer shown.

    A line of a fenced or indented code block, an inline command in prose (`docker run …`), or a shell line of a
    notebook cell.
    """

    place: Place
    text: str
    """Without a leading `$` or `!`; continued lines are joined."""
    language: str = ""
    """The info string of the fence ("bash", "json", "python"); "inline" for code inside a sentence, "shell" for a
    notebook's `!` line."""
    headings: tuple[str, ...] = ()
