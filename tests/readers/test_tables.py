"""Tables that programs print, as text and as HTML."""

from __future__ import annotations

import pytest

from portfolio_check.facts import Place, Table
from portfolio_check.readers.tables import html_tables, printed_tables

PLACE = Place("n.ipynb", 3, 7, True)


def printed(text: str) -> Table:
    (table,) = printed_tables(text, PLACE)
    return table


def test_a_classification_report_is_a_table() -> None:
    table = printed(
        "Report:\n"
        "              precision    recall  f1-score   support\n"
        "\n"
        "     stayed       0.91      0.89      0.90      4961\n"
        "    churned       0.89      0.91      0.90      5039\n"
        "\n"
        "   accuracy                           0.90     10000\n"
        "  macro avg       0.90      0.90      0.90     10000\n"
    )
    assert table.header == ("", "precision", "recall", "f1-score", "support")
    assert [row[0] for row in table.rows] == ["stayed", "churned", "accuracy", "macro avg"]
    assert table.rows[2] == ("accuracy", "0.90", "10000")
    assert table.lines == (6, 7, 9, 10)
    assert (table.place, table.origin) == (Place("n.ipynb", 4, 7, True), "printed")


def test_a_printed_frame_is_a_table() -> None:
    table = printed(
        "                 Model  Accuracy  F1 score\n"
        "0  Logistic Regression      0.80      0.71\n1              XGBoost      0.84      0.75\n"
    )
    assert table.header == ("", "Model", "Accuracy", "F1 score")
    assert table.rows == (("0", "Logistic Regression", "0.80", "0.71"), ("1", "XGBoost", "0.84", "0.75"))


def test_columns_of_negative_numbers_are_told_apart() -> None:
    assert printed("     a         b\nx    0.10 -0.25\ny    0.30 -0.40\n").rows[0] == ("x", "0.10", "-0.25")


def test_a_printed_series_is_a_table() -> None:
    table = printed("yes    120\nno     880\nName: churn, dtype: int64\n")
    assert (table.header, table.rows) == (("", "churn"), (("yes", "120"), ("no", "880")))


@pytest.mark.parametrize(
    "text",
    [
        "+-------+------+\n| Model |   F1 |\n+=======+======+\n| tree  | 0.80 |\n| dummy | 0.10 |\n+-------+------+\n",
        "| Model |   F1 |\n|-------|-----:|\n| tree  | 0.80 |\n| dummy | 0.10 |\n",
        "┌───────┬──────┐\n│ Model │   F1 │\n├───────┼──────┤\n│ tree  │ 0.80 │\n│ dummy │ 0.10 │\n└───────┴──────┘\n",
        "Model | F1\ntree | 0.80\ndummy | 0.10\n",
    ],
)
def test_drawn_tables_are_read(text: str) -> None:
    table = printed(text)
    assert (table.header, table.rows) == (("Model", "F1"), (("tree", "0.80"), ("dummy", "0.10")))


def test_a_head_with_a_bar_in_a_name_is_still_a_head() -> None:
    table = printed(
        "                coef    std err          t      P>|t|\n-----------\n"
        "const        11.3553      0.179     63.385      0.000\n"
    )
    assert table.header == ("", "coef", "std err", "t", "P>|t|")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Epoch 1 | loss 0.2 | acc 0.9\nEpoch 2 | loss 0.1 | acc 0.95\n",
        "Accuracy: 0.91\nF1: 0.80\n",
        "some words  other words\nmore words  and others\n",
        "==========  Logistic Regression  ==========\nAccuracy:  0.94\n",
        "INFO  starting run\nINFO  loading data\nINFO  done\n",
    ],
)
def test_other_text_is_no_table(text: str) -> None:
    assert printed_tables(text, PLACE) == []


@pytest.mark.parametrize(
    "unit", ["a  b\n", "a  b\n1  2\n", "|", "|a\n", "| a | b |\n", "  x\n", "x   1\n", "- ", "a  1  b\n\n"]
)
def test_no_text_gives_tables_without_bounds(unit: str) -> None:
    tables = printed_tables(unit * 20_000, PLACE)
    assert len(tables) <= 20
    assert all(len(table.rows) <= 60 and len(table.header) <= 31 for table in tables)


FRAME = """
<div><style scoped>.dataframe { color: red }</style>
<table border="1" class="dataframe">
  <thead><tr style="text-align: right;"><th></th><th>F1 &amp; co</th></tr><tr><th>model</th><th></th></tr></thead>
  <tbody><tr><th>tree</th><td>0.80</td></tr><tr><th>dummy</th><td>0.10</td></tr></tbody>
</table></div>"""


def test_a_data_frame_is_a_table() -> None:
    (table,) = html_tables(FRAME, PLACE)
    assert (table.header, table.rows) == (("model", "F1 & co"), (("tree", "0.80"), ("dummy", "0.10")))
    assert (table.lines, table.origin) == ((5, 6), "html")


def test_markup_in_cells_is_read_through() -> None:
    html = (
        '<table><tr><th colspan="2">Scores</th></tr><tr><td><a href="#"><b>tree</b></a></td><td>0.8</td></tr></table>'
    )
    (table,) = html_tables(html, PLACE)
    assert (table.header, table.rows) == (("Scores", ""), (("tree", "0.8"),))


def test_two_tables_stay_apart() -> None:
    assert [table.rows[0][0] for table in html_tables(FRAME + FRAME.replace("tree", "net"), PLACE)] == ["tree", "net"]


@pytest.mark.parametrize(
    "unit",
    ["<table>", "<tr><td>", "<td>1</td>", "<a <b ", "<!--", "<table><tr><td>1</td></tr></table>", '<td colspan="999">'],
)
def test_hostile_html_is_bounded(unit: str) -> None:
    tables = html_tables("<table><tr>" + unit * 20_000, PLACE)
    assert len(tables) <= 20
    assert all(len(row) <= 30 for table in tables for row in table.rows)
