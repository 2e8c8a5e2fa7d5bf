"""Plain documents: reStructuredText, AsciiDoc, Org and text files of prose, read line by line."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact, Place
from portfolio_check.readers.inline_text import Address, Inline, short_target
from portfolio_check.readers.plain_inline import plain_inline
from portfolio_check.readers.printed_output import add_output, printed_text
from portfolio_check.readers.prose_walk import ProseWalk
from portfolio_check.readers.run_logs import is_run_log
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.tables import printed_tables

MOST_CHARACTERS = 400_000
_LONGEST_LINE = 4_000

_RULE = re.compile(r"([=\-~^\"'#*+`_])\1{2,200}\s*$")
_BULLET = re.compile(r"(\s{0,40})(?:[-*+•–]|\(?\d{1,2}[.)]|#\.)\s+(?=\S)")
_KEYED = re.compile(r"\s{2,20}(\S{1,24})(?:\t+ *| {2,20}\t?)(?=\S)")
_FIELD = re.compile(r":([A-Za-z][\w ()./-]{0,40}):\s+(?=\S)")
_MARKS = {
    ".adoc": re.compile(r"(={1,6})\s+(?=\S)"),
    ".org": re.compile(r"(\*{1,6})\s+(?=\S)"),
    ".txt": re.compile(r"(#{1,6})\s+(?=\S)"),
}
_FENCE = re.compile(
    r"\s{0,20}(?:(`{3})[ \t]*([\w+-]{0,20})\s*$|(-{4,})\s*$|#\+begin_(?:src|example)[ \t]*([\w+-]{0,20}))",
    re.I,
)
_SOURCE = re.compile(r"\[source,\s*([\w+-]{1,20})")
_DIRECTIVE = re.compile(r"\s{0,40}\.\. (?:\|[^|\n]{1,60}\| )?([\w-]{1,30})::\s*(.*)")
_PICTURE = re.compile(r"image::?(\S{1,500})\[([^\]\n]{0,200})\]")
_TARGET = re.compile(r"\s{0,40}\.\. _([^:\n]{1,100}):\s+(\S{1,500})\s*$")
_CODE_DIRECTIVES = frozenset(("code-block", "code", "sourcecode", "prompt", "parsed-literal", "literalinclude"))
_BORDER = re.compile(r"\s{0,20}(?:\+[-=+]{3,}|\|.*\|)\s*$")


def read_plain(source: Source) -> list[Fact]:
    """The facts of a plain document, or of a run log or report (by its name), of which 400,000 characters are read.

    Raises UnreadableError for a text that is neither prose nor a report, such as a list of words.
    """
    text = source.text[:MOST_CHARACTERS]
    if "\0" in text:
        raise UnreadableError("binary")
    suffix = _suffix(source.path)
    if suffix in (".txt", ".log", ".out") and is_run_log(source.path):
        facts: list[Fact] = []
        add_output(facts, printed_text(text), Place(source.path))
        return facts
    if suffix == ".txt" and len(source.text) > MOST_CHARACTERS:
        raise UnreadableError("too long for prose")
    walk = ProseWalk(source.path)
    _Lines(walk, suffix).read(text.split("\n"))
    return walk.facts


def _suffix(path: str) -> str:
    name = path.rpartition("/")[2].lower()
    suffix = name[name.rfind(".") :] if "." in name else ".txt"
    return {".asciidoc": ".adoc", ".text": ".txt", ".rest": ".rst"}.get(suffix, suffix)


class _Lines:
    """The paragraph, list or block of code that the lines are in."""

    def __init__(self, walk: ProseWalk, suffix: str) -> None:
        self.walk = walk
        self.suffix = suffix
        self.marks = _MARKS.get(suffix)
        self.underlines: list[str] = []
        self.words: list[str] = []
        self.first = 1
        self.indents: list[int] = []
        self.language = ""
        self.unclosed: set[str] = set()

    def read(self, lines: list[str]) -> None:
        at = 0
        while at < len(lines):
            at = self._read(lines, at)
        self._flush()
        self._close_lists(-1)

    def _read(self, lines: list[str], at: int) -> int:
        """Reads the line at `at`, with what belongs to it; where to go on."""
        line = lines[at][:_LONGEST_LINE]
        if not line or line.isspace():
            ends_in_colons = bool(self.words) and self.words[-1].rstrip().endswith("::")
            self._flush()
            return self._read_literal(lines, at + 1, "") if ends_in_colons and self.suffix == ".rst" else at + 1
        if _RULE.match(line.strip()):
            if len(self.words) == 1 and self.first == at and not self.indents:
                self._underlined(line.strip()[0])
                return at + 1
            if self.suffix in (".rst", ".txt") and not self.words:
                return at + 1
        if fence := _FENCE.match(line):
            return self._read_fence(lines, at + 1, fence)
        if self.marks and (mark := self.marks.match(line)) and not self.words:
            self._close_lists(-1)
            self.walk.add_heading(plain_inline(line[mark.end() :]).text, len(mark[1]), at + 1)
            return at + 1
        if self.suffix == ".rst" and line.lstrip().startswith(".. "):
            return self._read_directive(lines, at, line)
        if self.suffix == ".adoc" and (named := _SOURCE.match(line)):
            self.language = named[1].lower()
            return at + 1
        if picture := _PICTURE.match(line.strip()):
            self._point(Inline("", pictures=(Address(0, short_target(picture[1]), picture[2]),)), at + 1)
            return at + 1
        if _BORDER.match(line) and not self.words:
            return self._read_table(lines, at)
        self._read_words(line, at)
        return at + 1

    def _read_words(self, line: str, at: int) -> None:
        bullet = _BULLET.match(line)
        field = None if bullet else _FIELD.match(line) or (_KEYED.match(line) if self.suffix == ".txt" else None)
        if bullet or field:
            self._flush()
            indent = len(bullet[1].expandtabs()) if bullet else 0
            self._close_lists(indent)
            if not self.indents or indent > self.indents[-1]:
                self.walk.open_list()
                self.indents.append(indent)
            self.walk.open_entry()
            line = line[bullet.end() :] if bullet else f"{field[1]}: {line[field.end() :]}" if field else line
        elif self.indents and not self.words and not line[0].isspace():
            self._close_lists(-1)
        if not self.words:
            self.first = at + 1
        self.words.append(line)

    def _close_lists(self, indent: int) -> None:
        while self.indents and (indent < 0 or self.indents[-1] > indent):
            self.indents.pop()
            self.walk.close_list()

    def _flush(self) -> None:
        if not self.words:
            return
        text = "\n".join(self.words)
        self.words = []
        inline = plain_inline(text)
        if self.walk.lists:
            self.walk.add_item(inline, self.first)
        elif inline.text.strip(" :\n"):
            self.walk.add_paragraph(inline._replace(text=inline.text.replace("::", ": ")), self.first)
        self._point(inline, self.first)

    def _point(self, inline: Inline, line: int) -> None:
        self.walk.add_pointers(inline, line)

    def _underlined(self, mark: str) -> None:
        if mark not in self.underlines:
            self.underlines.append(mark)
        title = plain_inline(self.words[0]).text
        self.words = []
        self.walk.add_heading(title, min(self.underlines.index(mark) + 1, 6), self.first)

    def _read_fence(self, lines: list[str], at: int, fence: re.Match[str]) -> int:
        self._flush()
        org = not fence[1] and not fence[3]
        close = "#+end_" if org else fence[1] or fence[3].strip()
        if close in self.unclosed:
            return at
        end = next((i for i in range(at, len(lines)) if lines[i].strip().lower().startswith(close)), -1)
        if end < 0:
            self.unclosed.add(close)
            return at
        self.walk.add_code("\n".join(lines[at:end]), (fence[2] or fence[4] or self.language or "").lower(), at + 1)
        self.language = ""
        return end + 1

    def _read_literal(self, lines: list[str], at: int, language: str) -> int:
        """An indented block, after any empty lines and options."""
        while at < len(lines) and (not lines[at].strip() or re.match(r"\s+:[\w-]{1,30}:", lines[at])):
            at += 1
        end = at
        while end < len(lines) and (not lines[end].strip() or lines[end][0].isspace()):
            end += 1
        if end > at:
            self.walk.add_code("\n".join(lines[at:end]), language, at + 1)
        return end

    def _read_directive(self, lines: list[str], at: int, line: str) -> int:
        self._flush()
        if target := _TARGET.match(line):
            self._point(Inline("", links=(Address(0, short_target(target[2]), target[1].strip("`")),)), at + 1)
            return at + 1
        found = _DIRECTIVE.match(line)
        if found is None:
            end = at + 1
            while end < len(lines) and lines[end].strip() and lines[end][0].isspace():
                end += 1
            return end
        if found[1] in ("image", "figure"):
            alt = ""
            for later in lines[at + 1 : at + 6]:
                if not later.strip():
                    break
                alt = later.strip()[5:].strip() if later.strip().startswith(":alt:") else alt
            self._point(Inline("", pictures=(Address(0, short_target(found[2].strip()), alt),)), at + 1)
            end = at + 1
            while end < len(lines) and lines[end].strip().startswith(":"):
                end += 1
            return end
        if found[1] in _CODE_DIRECTIVES:
            return self._read_literal(lines, at + 1, found[2].strip().lower()[:20])
        if found[2].strip():
            self._read_words(found[2], at)
            self._flush()
        return at + 1

    def _read_table(self, lines: list[str], at: int) -> int:
        end = at
        while end < len(lines) and _BORDER.match(lines[end][:_LONGEST_LINE]):
            end += 1
        for table in printed_tables("\n".join(lines[at:end]), Place(self.walk.path, at + 1)):
            rows = [(table.place.line, table.header), *zip(table.lines, table.rows, strict=True)]
            self.walk.add_table(rows, origin="printed")
        return end
