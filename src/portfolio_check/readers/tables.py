"""Tables that programs print: aligned text (pandas, scikit-learn, tabulate), bars, and the HTML of data frames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import islice

from portfolio_check.facts import Place, Table
from portfolio_check.readers.html_pieces import MOST_COLUMNS, MOST_ROWS, Row, html_pieces

MOST_TABLES = 20
_LONGEST_LINE = 1000

# Columns of negative numbers stand only one space apart.
_GAP = re.compile(r"\s{2,}|\t|(?<=\d) (?=-?\d+\.\d)")
_NUMBER = re.compile(
    r"[-+(]?[$€£]?\d[\d,_]*+(?:\.\d*+)?(?:e[-+]?\d+)?\s?[%)]?(?:\s?(?:±|\+/-|\(\+/-).{0,20})?$|[-+]?\.\d+$|nan$|-?inf$",
    re.I,
)
_RULE = re.compile(r"[\s\-=_+|:.╌─━═┄]*+$")
_LONGEST_VALUE = 40
_SURE = 8
_BARS, _DASHES, _CORNERS = "│┃║", "─━═┄╌", "┼╪╫╬┬┴├┤┌┐└┘╞╡╒╕╘╛╔╗╚╝╠╣╦╩┏┓┗┛┡┩╇┳┻╋┠┨"
_BOXES = str.maketrans(_BARS + _DASHES + _CORNERS, "|" * len(_BARS) + "-" * len(_DASHES) + "+" * len(_CORNERS))
_TABLE = re.compile(r"<table\b", re.I)
_FRAME_CELL = re.compile(r"<t([dh])(?: (?!colspan)[^<>]*)?>([^<]*)</t[dh]>")
_SERIES_END = re.compile(r"(?:Name: (.{1,60}), )?(?:Length: \d+, )?dtype: \w+")

_Cells = tuple[str, ...]
_Line = tuple[int, _Cells]


def printed_tables(text: str, place: Place) -> list[Table]:
    """The tables in a printed text, at most 20 of 60 rows and 30 columns; `place` is that of the text's first line.

    A table has a head line of names apart from each other and, under it, rows with numbers; or it is drawn with bars
    and rules; or it is a series of pandas. Linear in the length of the text.
    """
    if "  " not in text and "|" not in text and "\t" not in text and "│" not in text:
        return []
    lines = text.translate(_BOXES).split("\n") if not text.isascii() else text.split("\n")
    tables: list[Table] = []
    at = 0
    while at < len(lines) and len(tables) < MOST_TABLES:
        line = lines[at][:_LONGEST_LINE]
        if not line or line.isspace():
            at += 1
            continue
        if "|" in line or line.lstrip().startswith("+-"):
            found, after = _barred(lines, at)
            if not found and "  " in line:
                found, later = _aligned(lines, at)
                after = later if found else after
        elif "  " in line or "\t" in line:
            found, after = _aligned(lines, at)
        else:
            at += 1
            continue
        if found:
            rows = found[1:]
            tables.append(
                Table(
                    _moved(place, found[0][0]),
                    found[0][1],
                    tuple(cells for _, cells in rows),
                    tuple(place.line + number for number, _ in rows),
                    origin="printed",
                )
            )
        at = max(after, at + 1)
    return tables


def _moved(place: Place, lines: int) -> Place:
    return Place(place.path, place.line + lines, place.cell, place.output)


def _barred(lines: list[str], start: int) -> tuple[list[_Line], int]:
    """A table whose cells are parted by bars: its head and rows, none where it has neither a rule nor an even head."""
    rows: list[_Line] = []
    ruled = False
    at = start
    while at < len(lines):
        line = lines[at][:_LONGEST_LINE].strip()
        if _RULE.match(line) and line and not line.strip("|: "):
            pass
        elif line and _RULE.match(line):
            ruled = True
        elif "|" in line:
            cells = tuple(cell.strip() for cell in line.strip("|").split("|", MOST_COLUMNS)[:MOST_COLUMNS])
            if len(rows) <= MOST_ROWS:
                rows.append((at, cells))
        else:
            break
        at += 1
    if len(rows) < 2 or len(rows[0][1]) < 2:
        return [], at
    even = all(len(cells) == len(rows[0][1]) for _, cells in rows)
    headed = not any(_NUMBER.match(cell) for cell in rows[0][1])
    return (rows, at) if headed and even and (ruled or _ends_in_numbers(rows[1:])) else ([], at)


def _ends_in_numbers(rows: list[_Line]) -> bool:
    return all(_NUMBER.match(cells[-1]) for _, cells in rows)


def _cells(line: str) -> _Cells:
    line = line[:_LONGEST_LINE].rstrip(" \\").strip()
    return tuple([cell for cell in _GAP.split(line, MOST_COLUMNS) if cell][:MOST_COLUMNS])


def _is_head(line: str, header: _Cells) -> bool:
    """Names apart from each other; the one column of a narrow frame stands indented, above its values."""
    if len(header) < 2:
        return bool(header) and line.startswith("  ") and " " not in header[0]
    if any((_NUMBER.match(cell) and not cell.isdigit()) or _RULE.match(cell) for cell in header):
        return False
    return not all(cell.isdigit() for cell in header)


def _aligned(lines: list[str], start: int) -> tuple[list[_Line], int]:
    """A table of aligned columns that begins at a line: head and rows, none where there is none; and where to go on."""
    header = _cells(lines[start])
    if len(header) == 2 and _NUMBER.match(header[1]):
        return _series(lines, start)
    if not _is_head(lines[start], header):
        return [], start + 1
    rows: list[_Line] = []
    at, empty, wordy, wide = start + 1, 0, 0, 0
    while at < len(lines) and len(rows) < MOST_ROWS:
        line = lines[at]
        if not line or line.isspace():
            # scikit-learn's report has an empty line under its head and above its sums.
            empty += 1
            if empty > 1:
                break
        elif not _RULE.match(line[:_LONGEST_LINE]):
            cells = _cells(line)
            if not 2 <= len(cells) <= len(header) + 1 or len(cells[-1]) > _LONGEST_VALUE:
                break
            if not any(map(_NUMBER.match, cells[1:])):
                wordy += 1
                if len(cells) < len(header) or wordy > len(rows) // 2 + 1:
                    break
            rows.append((at, cells))
            wide += len(cells) > len(header)
            empty = 0
        at += 1
    if not rows or wordy * 2 > len(rows) or (len(header) == 1 and len(rows) < 2):
        return [], at if len(rows) > _SURE else start + 1
    if len(rows) == MOST_ROWS:
        while at < len(lines) and lines[at].strip():
            at += 1
    if wide * 2 > len(rows):
        header = ("", *header)
    return [(start, header), *rows], at


def _series(lines: list[str], start: int) -> tuple[list[_Line], int]:
    """A series as pandas prints it: names and numbers, closed by its type."""
    rows: list[_Line] = []
    at = start
    while at < len(lines):
        cells = _cells(lines[at])
        if len(cells) != 2:
            break
        if len(rows) < MOST_ROWS:
            rows.append((at, cells))
        at += 1
    end = _SERIES_END.match(lines[at]) if at < len(lines) else None
    if end is None:
        return [], at
    return [(start, ("", end[1] or "")), *rows], at + 1


def html_tables(html: str, place: Place) -> list[Table]:
    """The tables of HTML, at most 20 of 60 rows and 30 columns; a row's line is where pandas prints it as text."""
    tables: list[Table] = []
    for rows in islice(_html_rows(html), MOST_TABLES):
        heads = next((number for number, row in enumerate(rows) if not row.head), len(rows))
        body = rows[heads:]
        lines = tuple(place.line + max(heads, 1) + number for number in range(len(body)))
        cells = tuple(row.cells for row in body)
        tables.append(Table(place, _header(rows[:heads]), cells, lines, origin="html"))
    return tables


def _html_rows(html: str) -> Iterator[Sequence[Row]]:
    """The rows of each table. Most are data frames, whose cells hold no markup; they are cut apart quickly."""
    for part in _TABLE.split(html)[1 : MOST_TABLES + 1]:
        table = part.partition("</table")[0]
        rows: list[Row] = []
        for written in table.split("<tr")[1 : MOST_ROWS + 1]:
            found = _FRAME_CELL.findall(written)
            if len(found) != written.count("</td>") + written.count("</th>"):
                yield from (piece.rows for piece in html_pieces("<table" + part) if piece.kind == "table")
                break
            cells = tuple([text.strip() for _, text in found[:MOST_COLUMNS]])
            if any(cells):
                head = all(kind == "h" for kind, _ in found)
                rows.append(Row(0, tuple(map(unescape, cells)) if "&" in written else cells, head))
        else:
            if rows:
                yield rows


def _header(rows: Sequence[Row]) -> _Cells:
    """One head out of its lines: pandas writes the index's name, and upper levels of columns, on lines of their own."""
    width = max((len(row.cells) for row in rows), default=0)
    columns = ([row.cells[at] for row in rows if at < len(row.cells) and row.cells[at]] for at in range(width))
    return tuple(" ".join(names) for names in columns)
