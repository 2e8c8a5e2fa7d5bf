from __future__ import annotations

from textwrap import dedent

import pytest

from portfolio_check.facts import Assignment, Call, Command, Fact, Sentence
from portfolio_check.readers.python import read_cells
from portfolio_check.readers.source import UnreadableError


def cells(*sources: str) -> list[Fact]:
    return read_cells([(number, dedent(source)) for number, source in enumerate(sources, 1)], "train.ipynb")


def calls(*sources: str) -> list[tuple[int | None, int, str]]:
    return [(fact.place.cell, fact.place.line, fact.name) for fact in cells(*sources) if isinstance(fact, Call)]


def commands(*sources: str) -> list[tuple[int, str]]:
    found = [fact for fact in cells(*sources) if isinstance(fact, Command)]
    assert all(fact.language == "shell" for fact in found)
    return [(fact.place.line, fact.text) for fact in found]


def test_imports_carry_over_from_cell_to_cell() -> None:
    assert calls("from sklearn.metrics import f1_score as f", "\nf(y, p)") == [(2, 2, "sklearn.metrics.f1_score")]


def test_magics_go_and_lines_stay() -> None:
    assert calls("%matplotlib inline\n%load_ext autoreload\nimport numpy as np\n\nnp.mean(x)") == [(1, 5, "numpy.mean")]


def test_a_timed_statement_is_still_code() -> None:
    assert calls("%%time\nmodel.fit(x)") == [(1, 2, ".fit")]
    assert calls("%time model.fit(x)", "%timeit -n 10 f(x)") == [(1, 1, ".fit"), (2, 1, "f")]
    assert calls("%%capture out\nf(x)") == [(1, 2, "f")]
    assert calls("%time model.fit(\n    x,\n)\nafter()") == [(1, 1, ".fit"), (1, 4, "after")]


def test_shell_lines_are_commands() -> None:
    source = "!pip install xgboost\nx = 1\nfiles = !ls data\n%pip install -q \\\n    mlflow\nif x:\n    !unzip a.zip\n"
    assert commands(source) == [
        (1, "pip install xgboost"),
        (3, "ls data"),
        (4, "pip install -q mlflow"),
        (7, "unzip a.zip"),
    ]
    assert [fact.targets for fact in cells(source) if isinstance(fact, Assignment)] == [("x",)]


def test_a_shell_cell_is_all_commands() -> None:
    source = "%%bash\n# fetch it\ncurl -X POST \\\n  localhost:9696\n\necho done\n"
    assert commands(source) == [(3, "curl -X POST localhost:9696"), (6, "echo done")]
    assert calls(source) == []


@pytest.mark.parametrize("first", ["%%sql", "%%html", "%%javascript", "%%markdown", "%%R", "%%writefile Dockerfile"])
def test_cells_of_other_languages_give_nothing(first: str) -> None:
    assert cells(f"{first}\nselect(1)\n") == []


def test_a_cell_that_writes_a_python_file_is_code() -> None:
    assert calls("%%writefile train.py\nfit(x)") == [(1, 2, "fit")]


def test_help_and_trailing_semicolons_do_no_harm() -> None:
    assert calls("df.head?\n?print\nplt.show();") == [(1, 3, ".show")]


def test_a_percent_sign_that_continues_an_expression_is_no_magic() -> None:
    assert calls('text = ("%d rows"\n%len(x))') == [(1, 2, "len")]


def test_a_line_that_is_no_python_costs_only_itself() -> None:
    assert calls("a()\nprint 'two'\nb()\nthis is not code\nc()") == [(1, 1, "a"), (1, 3, "b"), (1, 5, "c")]


def test_a_cell_that_is_no_python_costs_only_itself() -> None:
    prose = "\n".join("these are only words" for _ in range(30))
    assert calls(prose, "a()") == [(2, 1, "a")]


def test_comments_in_cells_have_cell_and_line() -> None:
    found = [fact for fact in cells("x = 1", "# The baseline is the median.\n!ls\n") if isinstance(fact, Sentence)]
    assert [(fact.place.cell, fact.place.line, fact.text) for fact in found] == [(2, 1, "The baseline is the median.")]


def test_top_level_await_and_return_are_read() -> None:
    assert calls("x = await f()") == [(1, 1, "f")]


def test_a_notebook_with_too_much_code_is_not_read() -> None:
    with pytest.raises(UnreadableError, match="too large"):
        read_cells([(1, "x = 1\n" * 20_001)], "a.ipynb")
