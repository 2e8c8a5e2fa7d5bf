"""The state of one walk over Python code: the facts so far, and where in the flow the walk stands."""

from __future__ import annotations

import ast

from portfolio_check.facts import Fact, Sentence
from portfolio_check.readers.python_lines import CodeLines, rendered
from portfolio_check.readers.python_names import Names
from portfolio_check.readers.python_strings import STRINGS, string_sentences

DEPTH = 150
"""Nesting that is followed; what is deeper is left out."""
_READS = 256


class Flow:
    """One file, or the cells of one notebook one after the other."""

    __slots__ = (
        "block",
        "effects",
        "facts",
        "fixed_line",
        "lines",
        "markdown",
        "names",
        "reads",
        "scope",
        "strings",
        "within",
    )

    def __init__(self) -> None:
        self.lines = CodeLines("", "")
        self.facts: list[Fact | None] = []
        """None keeps the seat of a fact that is complete only after what it holds was walked."""
        self.names = Names()
        self.reads: list[str] = []
        """Every variable read so far; what an argument or a right-hand side uses is a slice of it."""
        self.effects: list[str] = []
        """Every call, raise and return so far; what a branch does is a slice of it."""
        self.scope = ""
        self.within = ""
        self.fixed_line = 0
        """The line of the f-string the walk is in, else 0: positions inside one are unreliable before Python 3.12."""
        self.markdown = False
        """Whether the walk is in a call that shows Markdown (`st.markdown`, `mo.md`)."""
        self.strings = 0
        self.block = 0

    def seat(self) -> int:
        """Keeps a seat for a fact, in the order of the source."""
        self.facts.append(None)
        return len(self.facts) - 1

    def source(self, node: ast.expr, limit: int) -> str:
        """The source of an expression, cut at `limit` characters."""
        return rendered(node) if self.fixed_line else self.lines.cut(node, limit)

    def uses(self, mark: int) -> tuple[str, ...]:
        """Variables read since `mark`, each once; of the first 256."""
        count = len(self.reads) - mark
        if not count:
            return ()
        if count == 1:
            return (self.reads[mark],)
        return tuple(dict.fromkeys(self.reads[mark : mark + _READS]))

    def consequence(self, begin: int, end: int) -> tuple[str, ...]:
        """What was done between two marks, each once, at most eight."""
        return tuple(dict.fromkeys(self.effects[begin : min(end, begin + 64)]))[:8]

    def prose(self, text: str, node: ast.expr, role: str) -> None:
        """Takes a string as sentences where it is prose; at most 400 strings of a file."""
        if self.strings >= STRINGS:
            return
        line = self.fixed_line or node.lineno
        last = line if self.fixed_line else node.end_lineno or line
        found: list[Sentence] = string_sentences(text, self.lines, line, last, role, self.block + 1, self.markdown)
        if found:
            self.block += 1
            if role == "string":
                self.strings += 1
            self.facts.extend(found)
