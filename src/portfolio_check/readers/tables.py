"""Tables that programs print: aligned text (pandas, scikit-learn, tabulate), bars, and the HTML of data frames."""

from __future__ import annotations

import re

from portfolio_check.facts import Place, Table
from portfolio_check.readers.html_pieces import MOST_COLUMNS, MOST_ROWS, Row, html_pieces

MOST_TABLES = 20
_LONGEST_LINE = 1000

_GAP = re.compile(r"\s{2,}|\t")
_NUMBER = re.compile(
    r"[-+(]?[$€£]?\d[\d,_]*(?:\.\d*)?(?:e[-+]?\d+)?\s?[%)]?(?:\s?(?:±|\+/-|\(\+/-).{0,20})?$|[-+]?\.\d+$|nan$|-?inf$",
    re.I,
)
_RULE = re.compile(r"[\s\-=_+|:.╌─━═┄]*$")
_BOXES = str.maketrans({**dict.fromkeys("│┃║", "|"), **dict.fromkeys("─━═┄╌", "-"), **dict.fromkeys("┼╪╫╬┬┴├┤┌┐└┘╞╡╒╕╘╛╔╗╚╝╠╣╦╩┏┓┗┛┡┩╇┳┻╋╇┠┨", "+")})  # fmt: skip
_SERIES_END = re.compile(r"(?:Name: (.{1,60}), )?(?:Length: \d+, )?dtype: \w+")

_Cells = tuple[str, ...]


def printed_tables(text: str, place: Place) -> list[Table]:
    """The tables in a text that was printed, at most 20 of 60 rows and 30 columns; `place` is that of the text's first line.

    A table has a head line of at least two words apart and, under it, rows that end in numbers; or it is drawn with bars and rules;
    or it is a series of pandas. Linear in the length of the text.
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
        found, after = _barred(lines, at) if "|" in line or line.lstrip().startswith("+-") else _aligned(lines, at)
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


def _barred(lines: list[str], start: int) -> tuple[list[tuple[int, _Cells]], int]:
    """A table whose cells are parted by bars: its head and rows, none where it has neither a rule nor an even head."""
    rows: list[tuple[int, _Cells]] = []
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


def _ends_in_numbers(rows: list[tuple[int, _Cells]]) -> bool:
    return all(_NUMBER.match(cells[-1]) for _, cells in rows)


def _cells(line: str) -> _Cells:
    return tuple(cell for cell in _GAP.split(line[:_LONGEST_LINE].rstrip(" \\").strip(), MOST_COLUMNS) if cell)[
        :MOST_COLUMNS
    ]


def _aligned(lines: list[str], start: int) -> tuple[list[tuple[int, _Cells]], int]:
    """A table of aligned columns that begins at a line: its head and rows, none where there is none; and where to go on."""
    header = _cells(lines[start])
    if len(header) == 2 and _NUMBER.match(header[1]):
        return _series(lines, start)
    if len(header) < 2 and not (lines[start].startswith("  ") and header):
        return [], start + 1
    if any(_NUMBER.match(cell) and not cell.isdigit() for cell in header) or all(cell.isdigit() for cell in header):
        return [], start + 1
    rows: list[tuple[int, _Cells]] = []
    at, empty = start + 1, 0
    while at < len(lines):
        line = lines[at]
        if not line or line.isspace():
            # scikit-learn's report has an empty line under its head and above its sums.
            empty += 1
            if empty > 1:
                break
        elif not _RULE.match(line[:_LONGEST_LINE]):
            cells = _cells(line)
            if not 2 <= len(cells) <= len(header) + 1 or not _is_value(cells[-1]):
                break
            if len(cells) <= len(header) - 1 and not any(_NUMBER.match(cell) for cell in cells[1:]):
                break
            if len(rows) < MOST_ROWS:
                rows.append((at, cells))
            empty = 0
        at += 1
    numeric = sum(any(_NUMBER.match(cell) for cell in cells[1:]) for _, cells in rows)
    if not rows or numeric * 2 < len(rows) or (len(header) == 1 and len(rows) < 2):
        return [], start + 1
    if sum(len(cells) == len(header) + 1 for _, cells in rows) * 2 > len(rows):
        header = ("", *header)
    return [(start, header), *rows], at


def _is_value(cell: str) -> bool:
    return bool(_NUMBER.match(cell)) or len(cell) <= 40


def _series(lines: list[str], start: int) -> tuple[list[tuple[int, _Cells]], int]:
    """A series as pandas prints it: names and numbers, closed by its type."""
    rows: list[tuple[int, _Cells]] = []
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
    """The tables of a piece of HTML, at most 20 of 60 rows and 30 columns; a row's line is its number in what pandas prints as text."""
    tables: list[Table] = []
    for piece in html_pieces(html):
        if piece.kind != "table":
            continue
        heads = 0
        while heads < len(piece.rows) and piece.rows[heads].head:
            heads += 1
        header = _header(piece.rows[:heads])
        body = piece.rows[heads:]
        lines = tuple(place.line + max(heads, 1) + number for number in range(len(body)))
        tables.append(Table(place, header, tuple(row.cells for row in body), lines, origin="html"))
        if len(tables) == MOST_TABLES:
            break
    return tables


def _header(rows: tuple[Row, ...]) -> _Cells:
    """One head out of several lines of it: pandas writes the name of the index, and upper levels of columns, on lines of their own."""
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(
        " ".join(row.cells[column] for row in rows if column < len(row.cells) and row.cells[column])
        for column in range(width)
    )
