"""Documents without Markdown, run logs, and which of them are read at all."""

from __future__ import annotations

import pytest

from portfolio_check.facts import Command, Fact, Link, Output, Picture, Sentence, Table
from portfolio_check.readers.latex import read_latex
from portfolio_check.readers.plain import read_plain
from portfolio_check.readers.registry_prose import prose_reader
from portfolio_check.readers.source import Source, UnreadableError


def read(text: str, path: str = "README.rst") -> list[Fact]:
    return read_plain(Source(path, text.encode()))


def sentences(facts: list[Fact]) -> list[tuple[int, str, str]]:
    return [(fact.place.line, fact.role, fact.text) for fact in facts if isinstance(fact, Sentence)]


def test_restructured_text_has_headings_lists_and_literal_blocks() -> None:
    facts = read(
        "Churn\n=====\n\nWe predict churn. The label\nis **monthly**::\n\n    make train\n    make serve\n\n"
        "Steps\n-----\n\nWe do:\n\n- load\n  all rows\n- fit ``python train.py``\n\nAfter.\n"
    )
    assert sentences(facts) == [
        (1, "heading", "Churn"),
        (4, "paragraph", "We predict churn."),
        (4, "paragraph", "The label is monthly:"),
        (10, "heading", "Steps"),
        (13, "paragraph", "We do:"),
        (15, "item", "load all rows"),
        (17, "item", "fit python train.py"),
        (19, "paragraph", "After."),
    ]
    assert [(f.place.line, f.text) for f in facts if isinstance(f, Command)] == [
        (7, "make train"),
        (8, "make serve"),
        (17, "python train.py"),
    ]
    items = [fact for fact in facts if isinstance(fact, Sentence) and fact.role == "item"]
    assert {(item.lead, item.headings) for item in items} == {("We do:", ("Churn", "Steps"))}


def test_restructured_text_has_pictures_links_and_code() -> None:
    facts = read(
        ".. image:: roc.png\n   :alt: ROC curve\n\nSee `the data <https://example.org/d>`_ or\nhttps://example.org/e.\n\n"
        ".. code-block:: bash\n\n   make train\n\n.. a comment\n   over lines\n\n.. note:: Old data.\n"
    )
    assert [(f.target, f.alt) for f in facts if isinstance(f, Picture)] == [("roc.png", "ROC curve")]
    assert [(f.place.line, f.target, f.text) for f in facts if isinstance(f, Link)] == [
        (4, "https://example.org/d", "the data"),
        (5, "https://example.org/e", "https://example.org/e"),
    ]
    assert [(f.text, f.language) for f in facts if isinstance(f, Command)] == [("make train", "bash")]
    assert [text for _, _, text in sentences(facts)] == ["See the data or https://example.org/e.", "Old data."]


def test_a_grid_table_is_one() -> None:
    facts = read("+-----+-----+\n| a   | b   |\n+=====+=====+\n| 1   | 2   |\n+-----+-----+\n")
    assert [(f.header, f.rows, f.lines) for f in facts if isinstance(f, Table)] == [(("a", "b"), (("1", "2"),), (4,))]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.adoc", "= Churn\n\n== Data\n\nFew rows.\n\n[source,bash]\n----\nmake train\n----\n"),
        ("README.org", "* Churn\n\n** Data\n\nFew rows.\n\n#+BEGIN_SRC bash\nmake train\n#+END_SRC\n"),
        ("README.txt", "# Churn\n\n## Data\n\nFew rows.\n\n```bash\nmake train\n```\n"),
    ],
)
def test_other_plain_documents_have_headings_and_code(path: str, text: str) -> None:
    facts = read(text, path)
    assert [(s.text, s.headings) for s in facts if isinstance(s, Sentence)] == [
        ("Churn", ()),
        ("Data", ("Churn",)),
        ("Few rows.", ("Churn", "Data")),
    ]
    assert [(f.text, f.language, f.place.line) for f in facts if isinstance(f, Command)] == [
        ("make train", "bash", text[: text.index("make")].count("\n") + 1)
    ]


def test_a_data_dictionary_gives_an_item_a_value() -> None:
    facts = read("Street: Type of road\n\n       Grvl\tGravel\n       Pave\tPaved\n", "description.txt")
    assert sentences(facts) == [
        (1, "paragraph", "Street: Type of road"),
        (3, "item", "Grvl: Gravel"),
        (4, "item", "Pave: Paved"),
    ]
    assert facts[1].lead == "Street: Type of road"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", ["models/metrics.txt", "train.log", "results/rf.txt", "classification_report.txt"])
def test_what_a_run_wrote_is_an_output_with_its_tables(path: str) -> None:
    facts = read("Test\n   precision  recall\na       0.9     0.8\n", path)
    assert [(f.kind, f.place.line, f.place.output) for f in facts if isinstance(f, Output)] == [("text", 1, False)]
    assert [(f.header, f.lines) for f in facts if isinstance(f, Table)] == [(("", "precision", "recall"), (3,))]


def test_latex_is_read_for_its_prose() -> None:
    source = (
        "\\documentclass{article}\n% hidden\n\\section{Data}\nWe use \\emph{few} rows~\\cite{x}.\n"
        "\\begin{itemize}\n\\item One thing\n\\end{itemize}\n\\includegraphics[width=1cm]{roc.png}\n"
    )
    facts = read_latex(Source("paper.tex", source.encode()))
    assert [(line, role, " ".join(text.split())) for line, role, text in sentences(facts)] == [
        (3, "heading", "Data"),
        (4, "paragraph", "We use few rows ."),
        (6, "item", "One thing"),
    ]
    assert [f.target for f in facts if isinstance(f, Picture)] == ["roc.png"]


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/a.rst",
        "README",
        "notes.txt",
        "report.qmd",
        "a/data/readme.txt",
        "data/data_description.txt",
        "logs/run.log",
        "paper.tex",
    ],
)
def test_documents_and_logs_have_a_reader(path: str) -> None:
    assert prose_reader(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "requirements.txt",
        "dev-requirements.txt",
        "data/train/0_1.txt",
        "vocab.txt",
        "LICENSE",
        "a.py",
        "robots.txt",
        "x.csv",
        "Makefile",
    ],
)
def test_data_and_lists_have_none(path: str) -> None:
    assert prose_reader(path) is None


def test_a_text_of_the_length_of_a_corpus_is_refused() -> None:
    with pytest.raises(UnreadableError, match="too long for prose"):
        read("word " * 100_000, "corpus.txt")


def test_binary_text_is_refused() -> None:
    with pytest.raises(UnreadableError, match="binary"):
        read("a\0b", "notes.txt")


@pytest.mark.parametrize("suffix", ["rst", "txt", "adoc", "org", "tex"])
@pytest.mark.parametrize(
    "unit",
    [
        "`",
        "`a <",
        "[[",
        "- \n",
        "::\n\n",
        "----\n",
        "====\n",
        "* a\n",
        "\\item{",
        "|",
        ".. a::\n",
        "```\n",
        "https://",
        "#+begin_src\n",
        "  a  b\n",
    ],
)
def test_hostile_text_is_read(suffix: str, unit: str) -> None:
    source = Source(f"a.{suffix}", (unit * (200_000 // len(unit))).encode())
    reader = prose_reader(source.path)
    assert reader is not None
    assert isinstance(reader(source), list)
