"""What code does: imports, definitions, calls, assignments and comparisons, with names resolved and uses kept.

Names are resolved through the file's imports: after `from sklearn import dummy as d`, `d.DummyClassifier()` is a call
of `sklearn.dummy.DummyClassifier`. Facts of one file stand in the order of the source, so that flow analyses can replay
them.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from portfolio_check.facts.place import Place


class Import(Struct, frozen=True, tag=True, gc=False):
    """One imported name."""

    place: Place
    name: str
    """Full dotted name: `import a.b` and `from a import b` are both `a.b`; relative ones keep their dots (`.model`)."""
    alias: str
    """The name it has in this file."""
    scope: str = ""


class Definition(Struct, frozen=True, tag=True, gc=False):
    """A function or class."""

    place: Place
    text: str
    """The source line."""
    name: str
    kind: Literal["function", "class"]
    scope: str = ""
    """Dotted name of the definition around it, "" at module level."""
    parameters: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    """Resolved names, for a class."""
    decorators: tuple[str, ...] = ()
    """Resolved names; a decorator that is called is also a Call with `decorates` set."""
    empty: bool = False
    """Whether the body is nothing but pass, an ellipsis or a docstring."""


class Call(Struct, frozen=True, tag=True, gc=False):
    """A call of anything."""

    place: Place
    text: str
    """The source line, stripped; the first line of a call over several."""
    name: str
    """Resolved dotted name (`sklearn.metrics.f1_score`, `print`); `.fit` for a method of what is not an import."""
    receiver: str = ""
    """For a method: what stands before the dot as source (`model`, `self.model`), "" where it is itself a call."""
    arguments: tuple[str, ...] = ()
    """Positional arguments as source, cut at 80 characters; string constants in quotes."""
    keywords: tuple[tuple[str, str], ...] = ()
    """Keyword arguments, name and source, cut at 80 characters."""
    uses: tuple[str, ...] = ()
    """Variable names read anywhere in the arguments."""
    results: tuple[str, ...] = ()
    """Names the call's value is assigned to, when it is the whole right-hand side (`a, b = f()` gives both)."""
    scope: str = ""
    """Dotted name of the function or method it stands in, "" at module level."""
    decorates: str = ""
    """The definition this call decorates, else ""."""
    within: str = ""
    """Resolved name of the call this one is an argument of, else "" (`Pipeline([("s", StandardScaler())])`)."""

    def keyword(self, name: str) -> str | None:
        """The source of a keyword argument, None where it is not given."""
        return next((value for key, value in self.keywords if key == name), None)


class Assignment(Struct, frozen=True, tag=True, gc=False):
    """An assignment of anything to names, attributes or items."""

    place: Place
    text: str
    targets: tuple[str, ...]
    """As source: `x`, `self.model`, `df["age"]`."""
    value: str
    """The right-hand side as source, cut at 160 characters."""
    uses: tuple[str, ...] = ()
    """Variable names read on the right-hand side (and inside a subscript on the left)."""
    scope: str = ""


class Comparison(Struct, frozen=True, tag=True, gc=False):
    """A comparison that something depends on (an if, while, assert or conditional expression)."""

    place: Place
    text: str
    left: str
    operator: str
    right: str
    consequence: tuple[str, ...] = ()
    """Resolved names of the calls in the branch taken when it holds, at most eight; methods as `receiver.method`."""
    scope: str = ""


class Cell(Struct, frozen=True, tag=True, gc=False):
    """One cell of a notebook."""

    place: Place
    kind: Literal["code", "markdown", "raw"]
    count: int | None = None
    """Execution count of a code cell, None where it was never run."""
    outputs: int = 0
    empty: bool = False


class Output(Struct, frozen=True, tag=True, gc=False):
    """One output under a code cell, or a run log in a text file."""

    place: Place
    kind: Literal["text", "table", "image", "error", "html"]
    text: str = ""
    """As printed, cut at 20,000 characters; a table's text; an error's name and message."""
