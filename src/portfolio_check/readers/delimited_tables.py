"""Small CSV and TSV files that hold results or a data dictionary, not data."""

from __future__ import annotations

import csv
import io

from portfolio_check.facts import Fact, Place, Table
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.source_lines import file_name

_LIMIT = 64_000
_ROWS = 60
_COLUMNS = 60
_CELL = 300
_NAMES = [
    "metric",
    "result",
    "score",
    "comparison",
    "leaderboard",
    "report",
    "dictionary",
    "summary",
    "codebook",
    "benchmark",
    "evaluation",
    "importance",
    "ablation",
    "experiments",
]


def reads_delimited_tables(path: str) -> bool:
    """Whether the file's name says results or data dictionary."""
    name = file_name(path).lower()
    return name.endswith((".csv", ".tsv")) and any(word in name for word in _NAMES)


def read_delimited_tables(source: Source) -> list[Fact]:
    """One Table of at most 60 rows; nothing for a file that is larger than 64 KB or has no second column or row."""
    if len(source.data) > _LIMIT:
        return []
    text = source.text
    first = text.partition("\n")[0]
    delimiter = max("\t;,", key=first.count)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip()[:_CELL] for cell in row[:_COLUMNS]))
                lines.append(begin)
            begin = reader.line_num + 1
            if len(rows) > _ROWS:
                break
    except csv.Error:
        raise UnreadableError(f"not valid CSV, line {begin}") from None
    if len(rows) < 2 or len(rows[0]) < 2:
        return []
    return [Table(Place(source.path, lines[0]), rows[0], tuple(rows[1:]), tuple(lines[1:]), origin="printed")]
