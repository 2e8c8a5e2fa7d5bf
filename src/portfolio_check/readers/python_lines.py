"""The lines of a piece of Python: places, quotes and bounded slices of source for the nodes of its syntax tree."""

from __future__ import annotations

import ast

from portfolio_check.facts import Place

QUOTE = 240
"""Characters of a source line that a fact quotes."""
ARGUMENT = 80
"""Characters kept of an argument, a receiver or one side of a comparison."""
VALUE = 160
"""Characters kept of the right-hand side of an assignment."""


class CodeLines:
    """A file, or one cell of a notebook."""

    __slots__ = ("_encoded", "_encoded_line", "_marks", "all", "ascii", "cell", "path")

    def __init__(self, path: str, text: str, cell: int | None = None) -> None:
        self.path = path
        self.cell = cell
        self.all = text.split("\n")
        self.ascii = text.isascii()
        self._marks: dict[int, tuple[Place, str]] = {}
        self._encoded_line = 0
        self._encoded = b""

    def mark(self, line: int) -> tuple[Place, str]:
        """The place of a line, and the line stripped and cut at 240 characters; facts of one line share both."""
        found = self._marks.get(line)
        if found is None:
            text = self.all[line - 1].strip()[:QUOTE] if 0 < line <= len(self.all) else ""
            found = self._marks[line] = Place(self.path, line, self.cell), text
        return found

    def cut(self, node: ast.expr, limit: int) -> str:
        """The source of a node on one line, cut at `limit` characters."""
        line = node.lineno
        start = node.col_offset
        if line != node.end_lineno:
            return self._joined(node, limit)
        end: int = node.end_col_offset  # type: ignore[assignment]  # the parser always sets it
        text = self.all[line - 1]
        if self.ascii or text.isascii():
            return text[start : end if end - start < limit else start + limit]
        return self._between(line, start, end, limit)

    def _between(self, line: int, start: int, end: int | None, limit: int) -> str:
        """Columns of a line as the parser counts them: in bytes of UTF-8."""
        text = self.all[line - 1]
        if text.isascii():
            return text[start:end][:limit]
        if line != self._encoded_line:
            self._encoded_line = line
            self._encoded = text.encode("utf-8", "replace")
        stop = start + limit * 4
        if end is not None:
            stop = min(stop, end)
        return self._encoded[start:stop].decode("utf-8", "ignore")[:limit]

    def _joined(self, node: ast.expr, limit: int) -> str:
        """Source over several lines, joined with single spaces, without the comments between them."""
        first, last = node.lineno, node.end_lineno or node.lineno
        text = _without_comment(self._between(first, node.col_offset, None, limit).strip())
        for line in range(first + 1, last + 1):
            if len(text) >= limit:
                break
            end = node.end_col_offset if line == last else None
            piece = _without_comment(self._between(line, 0, end, limit * 2).strip())
            if not piece:
                continue
            if text and text[-1] not in "([{" and piece[0] not in ")]}.":
                text += " "
            text += piece
        return text[:limit]


def _without_comment(piece: str) -> str:
    before, mark, _ = piece.partition("#")
    return before.rstrip() if mark and not before.count('"') % 2 and not before.count("'") % 2 else piece


def rendered(node: ast.expr, depth: int = 3) -> str:
    """A short source of a node whose position is unreliable (in an f-string before Python 3.12); `…` where deep."""
    if depth < 0:
        return "…"
    match node:
        case ast.Name():
            text = node.id
        case ast.Constant():
            text = repr(node.value[:ARGUMENT] if isinstance(node.value, str | bytes) else node.value)
        case ast.Attribute():
            text = f"{rendered(node.value, depth - 1)}.{node.attr}"
        case ast.Subscript():
            text = f"{rendered(node.value, depth - 1)}[{rendered(node.slice, depth - 1)}]"
        case ast.Tuple():
            text = ", ".join(rendered(part, depth - 1) for part in node.elts[:8])
        case ast.List():
            text = "[" + ", ".join(rendered(part, depth - 1) for part in node.elts[:8]) + "]"
        case ast.Call():
            text = f"{rendered(node.func, depth - 1)}({', '.join(rendered(part, depth - 1) for part in node.args[:8])})"
        case _:
            text = "…"
    return text[:ARGUMENT]
