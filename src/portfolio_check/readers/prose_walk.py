"""A walk through a document from top to bottom, gathering facts: what stands under which heading, led in by what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from portfolio_check.facts import Command, Fact, Link, Picture, Place, Role, Sentence, Table
from portfolio_check.language.sentences import split_sentences
from portfolio_check.readers.inline_text import Inline
from portfolio_check.readers.shown_commands import inline_command, shown_lines

LOWEST = 7
"""The level of a heading that is only a bold paragraph."""
LONGEST_SENTENCE = 2000

_ORNAMENT = re.compile(
    "[0-9#*]\ufe0f?\u20e3|[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d\u2028]+"
    r"|:[a-z][a-z0-9_+]{1,30}:|\{#[^}\n]{0,80}\}"
)
_TASK = re.compile(r"\[([ xX])\]\s+")
_FIRST_WORD = re.compile(r"\w+")


class Heading(NamedTuple):
    """A heading that what follows stands under."""

    level: int
    text: str


class Entry:
    """The list that is being read, and the entry of it."""

    def __init__(self, lead: str) -> None:
        self.lead = lead
        self.text = ""
        self.task: bool | None = None


class ProseWalk:
    """Where the reading of a text stands. `headings` and `block` are those that it goes on from."""

    def __init__(self, path: str, cell: int | None = None, headings: Sequence[Heading] = (), block: int = 0) -> None:
        self.path = path
        self.cell = cell
        self.facts: list[Fact] = []
        self.headings = list(headings)
        self.titles = tuple(heading.text for heading in headings)
        self.block = block
        self.lead = ""
        self.lists: list[Entry] = []
        self.quotes = 0

    def place(self, line: int) -> Place:
        """The place of a line of this document."""
        return Place(self.path, line, self.cell)

    def add_heading(self, text: str, level: int, line: int) -> None:
        """A heading, without its ornaments; inside a list or quotation it heads nothing."""
        words = " ".join(_ORNAMENT.sub(" ", text).split()).strip(" :")[:LONGEST_SENTENCE]
        if not words:
            return
        inside = bool(self.lists or self.quotes)
        if not inside:
            while self.headings and self.headings[-1].level >= level:
                self.headings.pop()
            self.titles = tuple(heading.text for heading in self.headings)
        self.block += 1
        self.facts.append(Sentence(self.place(line), words, "heading", self.titles, block=self.block))
        if not inside:
            self.headings.append(Heading(level, words))
            self.titles = (*self.titles, words)
            self.lead = ""

    def add_paragraph(self, inline: Inline, line: int, source: str | None = None) -> None:
        """A paragraph, which may lead in to what follows. `source` is its markup where that may have more line ends."""
        self.block += 1
        self._add_sentences(inline, line, source, "quote" if self.quotes else "paragraph")
        self.lead = " ".join(inline.text.split())[:LONGEST_SENTENCE]

    def open_list(self) -> None:
        """A list begins, inside an entry of another one or after what leads in to it."""
        if self.lists:
            self.lists.append(Entry(self.lists[-1].text or self.lists[-1].lead))
        else:
            self.block += 1
            self.lists.append(Entry(self.lead))

    def open_entry(self) -> None:
        """An entry of the list begins."""
        if self.lists:
            self.lists[-1].text, self.lists[-1].task = "", None

    def close_list(self) -> None:
        """The list ends."""
        if self.lists:
            self.lists.pop()
        self.lead = ""

    def add_item(self, inline: Inline, line: int, source: str | None = None) -> None:
        """What the list's entry says; a second paragraph of it is led in by its first."""
        entry = self.lists[-1]
        lead = entry.text or entry.lead
        if not entry.text:
            box = _TASK.match(inline.text)
            if box:
                entry.task = box[1] != " "
                # As long as before, so that offsets into the text stay what they are.
                inline = inline._replace(text=" " * box.end() + inline.text[box.end() :])
            entry.text = " ".join(inline.text.split())[:LONGEST_SENTENCE]
        self._add_sentences(inline, line, source, "item", lead, entry.task)

    def _add_sentences(
        self, inline: Inline, line: int, source: str | None, role: Role, lead: str = "", task: bool | None = None
    ) -> None:
        text = inline.text
        ends = text.count("\n")
        swallowed = source is not None and ends != source.count("\n")
        at = 0
        for sentence, offset in split_sentences(text, inline.whole):
            word = _FIRST_WORD.search(sentence)
            if word is None:
                continue
            if swallowed and source is not None:
                # Code and link targets that run over a line end swallow it: look for the sentence in the source itself.
                found = source.find(word[0], at, at + LONGEST_SENTENCE)
                offset = max(at, found)
                line += source.count("\n", at, offset)
            elif ends:
                line += text.count("\n", at, offset)
            at = offset
            said = sentence[:LONGEST_SENTENCE]
            self.facts.append(Sentence(self.place(line), said, role, self.titles, lead, self.block, task))

    def add_table(
        self,
        rows: Sequence[tuple[int, tuple[str, ...]]],
        *,
        origin: Literal["markdown", "html", "printed"] = "markdown",
    ) -> None:
        """A table whose first row is its head: lines and cells."""
        if not rows:
            return
        (line, header), *body = rows
        self.block += 1
        cells, lines = tuple(row for _, row in body), tuple(at for at, _ in body)
        self.facts.append(Table(self.place(line), header, cells, lines, self.titles, self.lead, origin))
        for at, row in body:
            if text := " | ".join(cell for cell in row if cell):
                text = text[:LONGEST_SENTENCE]
                self.facts.append(Sentence(self.place(at), text, "row", self.titles, self.lead, self.block))
        self.lead = ""

    def add_pointers(self, inline: Inline, line: int) -> None:
        """The links, pictures and commands inside a block that begins at `line`."""
        for at, target, text in inline.links:
            self.facts.append(Link(self.place(line + at), target, text, self.titles))
        for at, target, alt in inline.pictures:
            self.facts.append(Picture(self.place(line + at), target, alt, self.titles))
        for at, code in inline.codes:
            if " " in code and (command := inline_command(code)):
                self.facts.append(Command(self.place(line + at), command, "inline", self.titles))

    def add_code(self, code: str, language: str, line: int) -> None:
        """The lines of a code block; a shell's comments of three words are sentences."""
        for at, text, comment in shown_lines(code, language):
            place = self.place(line + at)
            if not comment:
                self.facts.append(Command(place, text, language, self.titles))
            elif text.count(" ") >= 3:
                said = " ".join(text.lstrip("# ").split())
                self.facts.append(Sentence(place, said, "comment", self.titles, self.lead, self.block, code=True))
        self.lead = ""
