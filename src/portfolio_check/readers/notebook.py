"""Jupyter notebooks: cells, what is written in them, what their code does, and what stands under them."""

from __future__ import annotations

import re
from collections.abc import Callable

from portfolio_check.facts import Cell, Fact, Output, Place
from portfolio_check.readers.html_pieces import visible_text
from portfolio_check.readers.inline_text import Inline
from portfolio_check.readers.markdown import markdown_facts
from portfolio_check.readers.notebook_format import Notebook, Printed, decode_notebook, joined
from portfolio_check.readers.printed_output import LONGEST_TEXT, add_output, printed_text
from portfolio_check.readers.prose_walk import Heading, ProseWalk
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.tables import html_tables

ReadCode = Callable[[list[tuple[int, str]], str], list[Fact]]
"""Reads all code cells at once: (number, source) of each and the path; its facts carry the cell in their place."""

_MOST_HTML = 200_000
_MOST_OUTPUTS = 100
_PICTURED_TEXT = re.compile(r"<(?:Figure|IPython\.core\.display|matplotlib|folium|altair)")
_PYTHON = ("python", "ipython", "sage", "xpython", "pyspark", "conda")


def read_notebook(source: Source, read_code: ReadCode) -> list[Fact]:
    """The facts of a notebook, cell by cell: the cell, then what is written or done in it, then its outputs.

    Code in another language than Python gives no facts. Raises UnreadableError where the file is no notebook.
    """
    notebook = decode_notebook(source)
    code = _code_by_cell(notebook, source.path, read_code)
    facts: list[Fact] = []
    headings: tuple[Heading, ...] = ()
    block = 0
    for number, cell in enumerate(notebook.cells, 1):
        text = cell.written()
        place = Place(source.path, 1, number)
        kind = cell.cell_type
        outputs = cell.outputs or []
        if kind == "code":
            facts.append(Cell(place, "code", cell.count(), len(outputs), not text.strip()))
            facts += code.get(number, ())
            facts += _output_facts(outputs, source.path, number)
        elif kind in ("markdown", "heading"):
            facts.append(Cell(place, "markdown", empty=not text.strip()))
            if kind == "heading":
                text = f"{'#' * (cell.level if cell.level in range(1, 7) else 1)} {text}"
            read = markdown_facts(text, source.path, cell=number, headings=headings, block=block)
            facts += read.facts
            headings, block = read.headings, read.block
        else:
            facts.append(Cell(place, "raw", empty=not text.strip()))
            walk = ProseWalk(source.path, number, headings, block)
            if text.strip():
                walk.add_paragraph(Inline(text), 1)
            facts += walk.facts
            block = walk.block
    return facts


def _code_by_cell(notebook: Notebook, path: str, read_code: ReadCode) -> dict[int, list[Fact]]:
    by_cell: dict[int, list[Fact]] = {}
    if not notebook.language.startswith(_PYTHON):
        return by_cell
    cells = [(number, cell.written()) for number, cell in enumerate(notebook.cells, 1) if cell.cell_type == "code"]
    try:
        facts = read_code(cells, path)
    except UnreadableError:
        # Too much code to read; what is written and shown beside it still counts.
        return by_cell
    for fact in facts:
        by_cell.setdefault(fact.place.cell or 0, []).append(fact)
    return by_cell


def _output_facts(outputs: list[Printed], path: str, number: int) -> list[Fact]:
    """The outputs of a cell; a line is counted over the texts of all of them, one below the other."""
    facts: list[Fact] = []
    line = 1
    at = 0
    outputs = outputs[:_MOST_OUTPUTS]
    while at < len(outputs):
        output = outputs[at]
        at += 1
        place = Place(path, line, number, True)
        if output.output_type == "stream":
            text = joined(output.text)
            # Several writes to one stream are one text to whoever looks at it.
            while at < len(outputs) and outputs[at].output_type == "stream" and outputs[at].name == output.name:
                text += joined(outputs[at].text)
                at += 1
            line += add_output(facts, printed_text(text), place)
        elif output.output_type in ("error", "pyerr"):
            text = printed_text(f"{_word(output.ename)}: {_word(output.evalue)}".strip(": "))
            facts.append(Output(place, "error", text))
            line += text.count("\n") + 1
        else:
            line += _add_shown(facts, output, place)
    return facts


def _word(value: object) -> str:
    return value[:2000] if isinstance(value, str) else ""


def _add_shown(facts: list[Fact], output: Printed, place: Place) -> int:
    shown = output.shown()
    plain = printed_text(joined(shown.plain) or joined(shown.markdown))
    html = joined(shown.html)
    if shown.pictured():
        facts.append(Output(place, "image", "" if _PICTURED_TEXT.match(plain) else plain[:LONGEST_TEXT]))
        return plain.count("\n") + 1
    if not html:
        return add_output(facts, plain, place)
    # A model's drawing is made of tables, too; it shows settings, not results.
    if "<table" in html and "sk-container" not in html and "sk-estimator" not in html:
        text = plain if plain and not _PICTURED_TEXT.match(plain) else ""
        begin = html.find("<table")
        tables = html_tables(html[begin : begin + _MOST_HTML], place)
        text = text or "\n".join(" | ".join(row) for table in tables for row in (table.header, *table.rows))
        facts.append(Output(place, "table", text[:LONGEST_TEXT]))
        facts += tables
        return text.count("\n") + 1
    if _PICTURED_TEXT.match(plain) or not plain:
        plain = " ".join(visible_text(html[:_MOST_HTML]).split())
    facts.append(Output(place, "html", plain[:LONGEST_TEXT]))
    return plain.count("\n") + 1
