"""Notebooks: what is in each cell, and what stands under it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from portfolio_check.facts import Cell, Fact, Import, Output, Place, Sentence, Table
from portfolio_check.readers.notebook import read_notebook
from portfolio_check.readers.source import Source, UnreadableError

PNG = "iVBORw0KGgo" * 50


def markdown(*lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": [f"{line}\n" for line in lines]}


def code(source: str, *outputs: dict[str, Any], count: int | None = 1) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": count, "metadata": {}, "source": source, "outputs": list(outputs)}


def stream(*text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": list(text)}


def result(**data: Any) -> dict[str, Any]:
    names = {"plain": "text/plain", "html": "text/html", "png": "image/png"}
    return {"output_type": "execute_result", "metadata": {}, "data": {names[key]: value for key, value in data.items()}}


def notebook(*cells: dict[str, Any], language: str = "python") -> bytes:
    metadata = {"kernelspec": {"name": language, "language": language}}
    return json.dumps({"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}).encode()


def one_import_a_cell(cells: list[tuple[int, str]], path: str) -> list[Fact]:
    return [Import(Place(path, 1, number), source, source) for number, source in cells]


def read(data: bytes) -> list[Fact]:
    return read_notebook(Source("a.ipynb", data), one_import_a_cell)


def outputs(data: bytes) -> list[Output]:
    return [fact for fact in read(data) if isinstance(fact, Output)]


def test_facts_come_cell_by_cell_code_before_outputs() -> None:
    facts = read(notebook(markdown("# Data", "Rows."), code("x", stream("1\n")), code("y", count=None)))
    assert [(type(f).__name__, f.place.cell) for f in facts] == [
        ("Cell", 1),
        ("Sentence", 1),
        ("Sentence", 1),
        ("Cell", 2),
        ("Import", 2),
        ("Output", 2),
        ("Cell", 3),
        ("Import", 3),
    ]
    assert [(f.kind, f.count, f.outputs, f.empty) for f in facts if isinstance(f, Cell)] == [
        ("markdown", None, 0, False),
        ("code", 1, 1, False),
        ("code", None, 0, False),
    ]


def test_headings_carry_over_from_cell_to_cell() -> None:
    facts = read(
        notebook(markdown("# Data"), code("x"), markdown("Few rows."), markdown("## Labels"), markdown("Monthly."))
    )
    found = [fact for fact in facts if isinstance(fact, Sentence) and fact.role == "paragraph"]
    assert [(s.text, s.headings) for s in found] == [("Few rows.", ("Data",)), ("Monthly.", ("Data", "Labels"))]
    assert found[0].block != found[1].block


def test_writes_to_one_stream_are_one_text() -> None:
    found = outputs(
        notebook(code("x", stream("a\n", "b\n"), stream("c\n"), stream("w\n", name="stderr"), result(plain=["1"])))
    )
    assert [(o.place.line, o.text, o.place.output) for o in found] == [
        (1, "a\nb\nc", True),
        (4, "w", True),
        (5, "1", True),
    ]


def test_colours_and_overwritten_progress_are_gone() -> None:
    (found,) = outputs(notebook(code("x", stream("\x1b[1m 1%\r 50%\r100%\x1b[0m\nacc 0.9\r\n1/2\x08\x08\x082/2\n"))))
    assert found.text == "100%\nacc 0.9\n2/2"


def test_a_data_frame_gives_a_table_and_its_text() -> None:
    html = (
        "<table><thead><tr><th></th><th>F1</th></tr></thead><tbody><tr><th>tree</th><td>0.8</td></tr></tbody></table>"
    )
    facts = read(notebook(code("df", result(html=[html], plain=["       F1\n", "tree  0.8"]))))
    assert [(f.kind, f.text) for f in facts if isinstance(f, Output)] == [("table", "       F1\ntree  0.8")]
    (table,) = [fact for fact in facts if isinstance(fact, Table)]
    assert (table.header, table.rows, table.lines, table.place.output) == (("", "F1"), (("tree", "0.8"),), (2,), True)


def test_a_printed_table_is_found_in_a_stream() -> None:
    facts = read(notebook(code("x", stream("hello\n"), stream("  Model  F1\n0  tree  0.8\n1  net  0.9\n"))))
    (table,) = [fact for fact in facts if isinstance(fact, Table)]
    assert (table.header, table.place.line, table.lines) == (("", "Model", "F1"), 2, (3, 4))


def test_pictures_and_errors_are_told_but_not_kept() -> None:
    error = {"output_type": "error", "ename": "ValueError", "evalue": "bad \x1b[31mrow", "traceback": ["secret"]}
    found = outputs(notebook(code("x", result(png=PNG, plain="<Figure size 1x1>"), error)))
    assert [(o.kind, o.text) for o in found] == [("image", ""), ("error", "ValueError: bad row")]


def test_a_drawing_of_a_model_is_no_table_of_results() -> None:
    html = '<div id="sk-container-id-1"><table><tr><td>max_depth</td><td>3</td></tr></table></div>'
    facts = read(notebook(code("m", result(html=html, plain="DecisionTreeClassifier(max_depth=3)"))))
    assert [(f.kind, f.text) for f in facts if isinstance(f, Output)] == [
        ("html", "DecisionTreeClassifier(max_depth=3)")
    ]
    assert not [fact for fact in facts if isinstance(fact, Table)]


def test_a_long_log_keeps_its_beginning_and_its_end() -> None:
    lines = [f"step {number}\n" for number in range(10_000)]
    first, last = outputs(notebook(code("x", stream(*lines))))
    assert len(first.text) == 20_000
    assert len(last.text) <= 5_000
    assert last.text.endswith("step 9999")
    assert last.text.splitlines()[0] == f"step {last.place.line - 1}"


def test_another_language_gives_prose_and_outputs_only() -> None:
    facts = read(notebook(markdown("Text."), code("library(x)", stream("1\n")), language="R"))
    assert [type(fact).__name__ for fact in facts] == ["Cell", "Sentence", "Cell", "Output"]


def test_too_much_code_costs_no_prose() -> None:
    def refuse(cells: list[tuple[int, str]], path: str) -> list[Fact]:
        raise UnreadableError("too large")

    facts = read_notebook(Source("a.ipynb", notebook(markdown("Text."), code("x"))), refuse)
    assert [type(fact).__name__ for fact in facts] == ["Cell", "Sentence", "Cell"]


def test_format_3_is_read() -> None:
    old = {
        "nbformat": 3,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": ["Data"]},
                    {
                        "cell_type": "code",
                        "input": ["x"],
                        "language": "python",
                        "prompt_number": 4,
                        "outputs": [
                            {"output_type": "stream", "stream": "stdout", "text": ["one\n"]},
                            {"output_type": "pyout", "prompt_number": 4, "text": ["two"]},
                            {"output_type": "display_data", "png": PNG},
                            {"output_type": "pyerr", "ename": "E", "evalue": "v", "traceback": []},
                        ],
                    },
                ]
            }
        ],
    }
    facts = read(json.dumps(old).encode())
    assert [(f.kind, f.text) for f in facts if isinstance(f, Output)] == [
        ("text", "one"),
        ("text", "two"),
        ("image", ""),
        ("error", "E: v"),
    ]
    assert [f.text for f in facts if isinstance(f, Sentence)] == ["Data"]
    assert [f.name for f in facts if isinstance(f, Import)] == ["x"]
    assert [f.count for f in facts if isinstance(f, Cell)] == [None, 4]


def test_numbers_that_are_none_in_json_are_read_through_nbformat() -> None:
    data = notebook(code("x", {**stream("1\n"), "metadata": {"loss": float("nan")}}))
    assert [o.text for o in outputs(data)] == ["1"]


def test_odd_values_cost_only_themselves() -> None:
    odd = {"cell_type": "code", "source": None, "outputs": None, "execution_count": "?"}
    facts = read(
        notebook(odd, {"cell_type": "markdown", "source": ["Text.", None]}, {"cell_type": "raw", "source": "Raw."})
    )
    assert [fact.text for fact in facts if isinstance(fact, Sentence)] == ["Text.", "Raw."]


def test_a_byte_order_mark_is_no_obstacle() -> None:
    assert len(outputs(b"\xef\xbb\xbf" + notebook(code("x", stream("1\n"))))) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a notebook: empty file"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            "Git LFS pointer, content not in the repository",
        ),
        (b"<html>", "not a notebook: Expecting value"),
        (b'{"cells": [', "not a notebook: Expecting value"),
        (b"[]", "not a notebook: no cells"),
        (b'{"a": 1}', "not a notebook: no cells"),
        (b'{"cells": 3}', "not a notebook"),
        (b'{"cells": [3]}', "not a notebook"),
        (b'{"cells": ' + b"[" * 100_000, "not a notebook: nested too deeply"),
        (b"\xff\xfe\x00{", "not a notebook"),
    ],
)
def test_what_is_no_notebook_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(data)
