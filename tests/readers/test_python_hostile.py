from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio_check.facts import Call, Fact
from portfolio_check.readers.python import read_cells, read_python
from portfolio_check.readers.source import Source, UnreadableError

WORDS = [
    "%%bash",
    "!ls",
    "?x",
    "%time",
    "lambda",
    "def",
    "class",
    "if",
    "else",
    "await",
    "x",
    "f",
    "1",
    "é",
    "数据",
    ":=",
    "==",
]
SIGNS = list("#()[]{}:=,.;%!?@*|\\")
QUOTES = ["'", '"', "'''", '"""', 'f"', "f'''"]
BLANKS = [" ", "\n", "\n    ", "\t", "\r", "\x00", "\x0c", "\u2028", "\ud800", " # %% ", " for x in "]
PIECES = st.sampled_from(WORDS + SIGNS + QUOTES + BLANKS)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


def facts_of(source: Source) -> list[Fact]:
    """What is read of a source; a reader may raise nothing but UnreadableError."""
    try:
        return read_python(source)
    except UnreadableError:
        return []


@settings(max_examples=500, deadline=None)
@given(TEXTS)
def test_any_text_is_read_or_unreadable(text: str) -> None:
    source = Source("a.py", text.encode("utf-8", "surrogatepass"))
    lines = source.text.count("\n") + 1
    assert all(1 <= fact.place.line <= lines for fact in facts_of(source))


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_any_cells_are_read(texts: list[str]) -> None:
    for fact in read_cells(list(enumerate(texts, 1)), "a.ipynb"):
        assert fact.place.cell is not None


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_unreadable(data: bytes) -> None:
    source = Source("a.py", data)
    assert all(fact.place.path == "a.py" for fact in facts_of(source))


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "(" * 150 + ")" * 150,
        "x = " + "[" * 5_000,
        "x = " + "-" * 100_000 + "1",
        "x = " + "f(" * 90 + ")" * 90,
        "x = a" + ".b()" * 3_000,
        "x = a" + ".b" * 50_000,
        "x = a" + "[0]" * 3_000,
        "x = " + "lambda: " * 2_000 + "0",
        "x = " + "not " * 50_000 + "y",
        "x = 1" + " if a > 1 else 2" * 2_000,
        "\n".join(" " * depth + "if x > 1:" for depth in range(99)) + "\n" + " " * 99 + "f()",
        "\n".join(" " * depth + "class A:" for depth in range(3_000)),
        "x = '\x00'",
        "x = " + "9" * 10_000,
    ],
)
def test_deep_nesting_is_read_in_part_or_unreadable(code: str) -> None:
    assert len(facts_of(Source("a.py", code.encode()))) <= len(code)


def test_long_ladders_and_sums_are_read_to_their_end() -> None:
    ladder = "if x == 0:\n    f0()\n" + "".join(f"elif x == {n}:\n    f{n}()\n" for n in range(1, 400))
    total = "y = " + " + ".join(f"g{n}()" for n in range(400))
    found = [fact.name for fact in read_python(Source("a.py", f"{ladder}{total}\n".encode())) if isinstance(fact, Call)]
    assert found == [f"f{n}" for n in range(400)] + [f"g{n}" for n in range(400)]


@pytest.mark.parametrize("code", ["x = 1\n" * 20_001, "# " + "x" * 1_500_000, 'x = f"' + "{x}" * 100_000 + '"'])
def test_generated_files_are_not_read(code: str) -> None:
    with pytest.raises(UnreadableError, match="generated or too large"):
        read_python(Source("a.py", code.encode()))


def test_no_quote_and_no_name_grows_with_the_line() -> None:
    name = "n" * 5_000
    facts = read_python(Source("a.py", ("x = 1; " + f"é.{name}.{name}(x); " * 50).encode()))
    (call, *_) = [fact for fact in facts if isinstance(fact, Call)]
    assert len(call.text) <= 240
    assert len(call.name) <= 200
    assert len(call.receiver) <= 80


def test_odd_escapes_warn_nobody() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read_python(Source("a.py", b'x = "\\d"\n'))
        read_cells([(1, 'y = "\\d"')], "a.ipynb")
