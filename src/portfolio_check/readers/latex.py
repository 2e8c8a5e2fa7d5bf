"""LaTeX papers and reports, as far as their prose goes."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact
from portfolio_check.readers.inline_text import Address, Inline, short_target
from portfolio_check.readers.prose_walk import ProseWalk
from portfolio_check.readers.source import Source

MOST_CHARACTERS = 400_000
_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_SECTION = re.compile(r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\{([^{}\n]{1,300})\}")
_PICTURE = re.compile(r"\\includegraphics(?:\[[^\]\n]{0,200}\])?\{([^{}\n]{1,300})\}")
_LINK = re.compile(r"\\(?:url|href)\{([^{}\s]{1,500})\}(?:\{([^{}\n]{0,300})\})?")
_COMMENT = re.compile(r"(?<!\\)%.*")
_UNREAD = re.compile(r"\\(?:begin|end|label|cite[a-z]{0,6}|ref|eqref|usepackage|documentclass|bibliography\w{0,10}|vspace|hspace)\*?(?:\[[^\]\n]{0,200}\])?\{[^{}\n]{0,300}\}")  # fmt: skip  # noqa: E501
_COMMAND = re.compile(r"\\[a-zA-Z]{1,40}\*?(?:\[[^\]\n]{0,200}\])?")
_MARKS = str.maketrans({"{": "", "}": "", "~": " ", "\\": ""})


def read_latex(source: Source) -> list[Fact]:
    """Sections, sentences, list entries, rows of tables, links and pictures of a .tex file, commands stripped."""
    walk = ProseWalk(source.path)
    words: list[str] = []
    first = 1
    entry = table = False
    rows: list[tuple[int, tuple[str, ...]]] = []

    def flush() -> None:
        nonlocal words
        text = "\n".join(words)
        words = []
        if not text.strip():
            return
        if entry and walk.lists:
            walk.add_item(Inline(text), first)
        else:
            walk.add_paragraph(Inline(text), first)

    for number, line in enumerate(source.text[:MOST_CHARACTERS].split("\n"), 1):
        line = _COMMENT.sub("", line[:4000])
        for link in _LINK.finditer(line):
            walk.add_pointers(Inline("", links=(Address(0, short_target(link[1]), link[2] or ""),)), number)
        for picture in _PICTURE.finditer(line):
            walk.add_pointers(Inline("", pictures=(Address(0, short_target(picture[1]), ""),)), number)
        line = _LINK.sub(lambda link: link[2] or "", _PICTURE.sub("", line))
        if section := _SECTION.search(line):
            flush()
            walk.add_heading(_stripped(section[2]), _LEVELS[section[1]], number)
            line = line[section.end() :]
        if "\\begin{itemize}" in line or "\\begin{enumerate}" in line:
            flush()
            walk.open_list()
        elif "\\end{itemize}" in line or "\\end{enumerate}" in line:
            flush()
            walk.close_list()
            entry = False
        elif "\\begin{tabular" in line:
            flush()
            table = True
        elif "\\end{tabular" in line:
            walk.add_table(rows)
            rows, table = [], False
        elif table:
            cells = tuple(_stripped(cell) for cell in line.split("\\\\")[0].split("&"))
            if any(cells):
                rows.append((number, cells))
            continue
        if "\\item" in line and walk.lists:
            flush()
            walk.open_entry()
            entry = True
        text = _stripped(line)
        if not line.strip():
            flush()
        elif text:
            if not words:
                first = number
            words.append(text)
        elif words:
            words.append("")
    flush()
    return walk.facts


def _stripped(text: str) -> str:
    return _COMMAND.sub(" ", _UNREAD.sub(" ", text)).translate(_MARKS).strip()
