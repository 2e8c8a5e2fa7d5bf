"""Markdown, read as a reviewer reads it: what is said under which heading, and on which line."""

from __future__ import annotations

import pytest

from portfolio_check.facts import Command, Fact, Link, Picture, Sentence, Setting, Table
from portfolio_check.readers.markdown import markdown_facts, read_markdown
from portfolio_check.readers.rmarkdown import read_rmarkdown
from portfolio_check.readers.source import Source


def read(text: str) -> list[Fact]:
    return read_markdown(Source("README.md", text.encode()))


def sentences(text: str) -> list[Sentence]:
    return [fact for fact in read(text) if isinstance(fact, Sentence)]


def commands(text: str) -> list[tuple[int, str, str]]:
    return [(fact.place.line, fact.text, fact.language) for fact in read(text) if isinstance(fact, Command)]


def test_a_sentence_stands_on_the_line_where_it_starts() -> None:
    found = sentences("# Churn\n\nWe predict\nchurn. The label\nis `churned`. It is\n**monthly**.\n")
    assert [(s.place.line, s.text) for s in found[1:]] == [
        (3, "We predict churn."),
        (4, "The label is churned."),
        (5, "It is monthly."),
    ]


def test_a_line_end_inside_code_does_not_shift_the_lines_after_it() -> None:
    found = sentences("Run `make\ntrain` first. Then\nevaluate. Last\nserve.\n")
    assert [(s.place.line, s.text) for s in found] == [
        (1, "Run make train first."),
        (2, "Then evaluate."),
        (3, "Last serve."),
    ]


def test_headings_nest_by_level_and_lose_their_ornaments() -> None:
    found = sentences("# 🚀 Churn :rocket:\n## 1. Data\ntext\n### Labels\ntext\n## *Model*\ntext\n")
    assert [s.headings for s in found if s.role == "paragraph"] == [
        ("Churn", "1. Data"),
        ("Churn", "1. Data", "Labels"),
        ("Churn", "Model"),
    ]
    assert [s.text for s in found if s.role == "heading"] == ["Churn", "1. Data", "Labels", "Model"]


def test_a_bold_paragraph_heads_what_follows_until_the_next_heading() -> None:
    found = sentences("## Model\n\n**Results**\n\nGood.\n\n**Limits:**\n\nFew.\n\n## Next\n\nMore.\n")
    assert [s.headings for s in found if s.role == "paragraph"] == [
        ("Model", "Results"),
        ("Model", "Limits"),
        ("Next",),
    ]


def test_a_bold_sentence_is_no_heading() -> None:
    assert [s.role for s in sentences("**We never tested it.**\n\n**Note** that it is old.\n")] == [
        "paragraph",
        "paragraph",
    ]


def test_items_know_what_leads_in_to_them() -> None:
    found = sentences("We retrain when:\n\n- drift is high\n  - PSI over 0.2\n- a month has passed. Always.\n")
    assert [(s.text, s.lead, s.role) for s in found[1:]] == [
        ("drift is high", "We retrain when:", "item"),
        ("PSI over 0.2", "drift is high", "item"),
        ("a month has passed.", "We retrain when:", "item"),
        ("Always.", "We retrain when:", "item"),
    ]
    assert len({s.block for s in found[1:]}) == 1
    assert found[0].block != found[1].block


def test_a_heading_between_parts_a_list_from_the_paragraph_above() -> None:
    assert sentences("We do:\n\n## Plan\n\n- more\n")[-1].lead == ""


def test_check_boxes_are_tasks() -> None:
    found = sentences("- [x] train\n- [ ] monitor\n- serve\n")
    assert [(s.text, s.task) for s in found] == [("train", True), ("monitor", False), ("serve", None)]


def test_a_table_gives_its_cells_and_a_sentence_a_row() -> None:
    facts = read("Scores:\n\n| Model | F1 |\n|---|---|\n| dummy | 0.1 |\n| **tree** | 0.8 |\n")
    (table,) = [fact for fact in facts if isinstance(fact, Table)]
    assert (table.header, table.rows, table.lines) == (("Model", "F1"), (("dummy", "0.1"), ("tree", "0.8")), (5, 6))
    rows = [fact for fact in facts if isinstance(fact, Sentence) and fact.role == "row"]
    assert [(s.place.line, s.text, s.lead) for s in rows] == [
        (5, "dummy | 0.1", "Scores:"),
        (6, "tree | 0.8", "Scores:"),
    ]


def test_a_quotation_is_one() -> None:
    assert [(s.role, s.text) for s in sentences("> Said so.\n")] == [("quote", "Said so.")]


def test_links_bare_addresses_and_pictures_are_found_on_their_lines() -> None:
    facts = read(
        "See [the data](data/x.csv)\nat https://example.org/a_b(c). Or <https://example.org/d>,\n"
        "www.example.org/e.\n\n[![build](https://example.org/b.svg)](https://example.org/ci)\n![roc](roc.png)\n"
    )
    assert [(f.place.line, f.target, f.text) for f in facts if isinstance(f, Link)] == [
        (1, "data/x.csv", "the data"),
        (2, "https://example.org/a_b(c)", "https://example.org/a_b(c)"),
        (2, "https://example.org/d", "https://example.org/d"),
        (3, "www.example.org/e", "www.example.org/e"),
        (5, "https://example.org/ci", "build"),
    ]
    assert [(f.place.line, f.target, f.alt) for f in facts if isinstance(f, Picture)] == [
        (5, "https://example.org/b.svg", "build"),
        (6, "roc.png", "roc"),
    ]


def test_an_embedded_picture_keeps_its_type_only() -> None:
    (picture,) = [f for f in read(f"![x](data:image/png;base64,{'A' * 9000})\n") if isinstance(f, Picture)]
    assert picture.target == "data:image/png;base64"


def test_shell_lines_lose_prompts_and_join_their_continuations() -> None:
    text = (
        "```bash\n# train the best model\n$ python train.py \\\n    --fast\n\nmake serve\n```\n\n"
        "    docker compose up\n"
    )
    assert commands(text) == [
        (3, "python train.py --fast", "bash"),
        (6, "make serve", "bash"),
        (9, "docker compose up", ""),
    ]
    assert [(s.place.line, s.text, s.role, s.code) for s in sentences(text)] == [
        (2, "train the best model", "comment", True)
    ]


def test_requests_and_answers_keep_their_language_and_lines() -> None:
    assert commands('```json\n{"churn": 0.8,\n\n "id": 1}\n```\n') == [
        (2, '{"churn": 0.8,', "json"),
        (4, '"id": 1}', "json"),
    ]


def test_a_drawn_tree_shows_no_commands() -> None:
    assert commands("```\nsrc/\n├── train.py\n└── app.py\n```\n") == []


def test_a_long_fence_is_cut() -> None:
    assert len(commands("```python\n" + "x = 1\n" * 500 + "```\n")) == 200


@pytest.mark.parametrize(
    ("code", "is_command"),
    [
        ("docker run -p 80:80 app", True),
        ("python src/x.py", True),
        ("./run.sh all", True),
        ("PORT=80 make serve", True),
        ("churn rate", False),
        ("make", False),
        ("data = load()", False),
    ],
)
def test_inline_code_that_is_run_is_a_command(code: str, is_command: bool) -> None:
    assert [text for _, text, _ in commands(f"Use `{code}` here.\n")] == ([code] if is_command else [])


def test_a_stop_in_inline_code_ends_no_sentence() -> None:
    assert [s.text for s in sentences("Run `pip install -e .` and `x.*` first. Done.\n")] == [
        "Run pip install -e . and x.* first.",
        "Done.",
    ]


def test_ornaments_alone_are_no_sentence() -> None:
    assert [s.text for s in sentences("It works! 🎉\n\n---\n\n👍\n")] == ["It works!"]


def test_html_is_read_and_comments_are_not() -> None:
    facts = read(
        '<h1 align="center">Churn &amp; co</h1>\n<p>Predicts <b>churn</b>.\nDaily.</p>\n<!-- hidden -->\n'
        '<img src="a.png" alt="roc"> <a href="https://example.org">here</a>\n\n'
        "<details>\n<summary>More</summary>\n\nInside.\n\n</details>\n"
    )
    assert [(f.place.line, f.text, f.role) for f in facts if isinstance(f, Sentence)] == [
        (1, "Churn & co", "heading"),
        (2, "Predicts churn.", "paragraph"),
        (3, "Daily.", "paragraph"),
        (5, "here", "paragraph"),
        (8, "More", "paragraph"),
        (10, "Inside.", "paragraph"),
    ]
    assert [(f.place.line, f.target, f.alt) for f in facts if isinstance(f, Picture)] == [(5, "a.png", "roc")]
    assert [(f.target, f.text) for f in facts if isinstance(f, Link)] == [("https://example.org", "here")]


def test_an_html_table_cut_by_empty_lines_is_one_table() -> None:
    facts = read(
        "<table>\n<tr><th>Model</th><th>F1</th></tr>\n\n    <tr><td>tree</td>\n    <td>0.8</td></tr>\n</table>\n\n"
        "After.\n"
    )
    (table,) = [fact for fact in facts if isinstance(fact, Table)]
    assert (table.header, table.rows, table.lines, table.origin) == (("Model", "F1"), (("tree", "0.8"),), (4,), "html")
    assert [(f.place.line, f.text) for f in facts if isinstance(f, Sentence)][-1] == (8, "After.")
    assert not [fact for fact in facts if isinstance(fact, Command)]


def test_front_matter_gives_settings_and_shifts_no_line() -> None:
    facts = read("---\ntitle: Churn\nsdk: gradio\nmetrics:\n  - f1\n---\n\n# Model\n")
    assert [(f.place.line, f.key, f.value) for f in facts if isinstance(f, Setting)] == [
        (2, "title", "Churn"),
        (3, "sdk", "gradio"),
        (5, "metrics", "f1"),
    ]
    assert [(f.place.line, f.text) for f in facts if isinstance(f, Sentence)] == [(8, "Model")]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [s.text for s in sentences("---\n\nText: here.\n\n---\n")] == ["Text: here."]


def test_headings_carry_over_to_the_next_text() -> None:
    first = markdown_facts("# Data\n\nA.\n", "n.ipynb", cell=1)
    second = markdown_facts("B.\n", "n.ipynb", cell=2, headings=first.headings, block=first.block)
    (sentence,) = second.facts
    assert isinstance(sentence, Sentence)
    assert (sentence.headings, sentence.place.cell) == (("Data",), 2)
    assert sentence.block > max(f.block for f in first.facts if isinstance(f, Sentence))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60000,
        "**a" * 30000,
        "<a " * 30000,
        "<!--" * 20000,
        "> " * 5000,
        "- " * 5000,
        "|a" * 3000,
        "`" * 30000,
        '<img src="' * 9000,
        "<table>" * 9000,
        "<table>\n\n" * 20000 + "</table>",
        "---\na: b\n" * 9000,
        "\x00\x1b\ufffe",
        "![](" * 20000,
        "<details>\n" * 3000,
    ],
)
def test_hostile_text_is_read(text: str) -> None:
    assert isinstance(read(text), list)


def test_r_markdown_is_prose_without_its_chunks() -> None:
    text = (
        "---\ntitle: x\n---\n# Churn\n\n```{r setup}\nlibrary(x)\n```\n\nAccuracy was `r acc` here.\n\n"
        "```bash\nmake\n```\n"
    )
    facts = read_rmarkdown(Source("a.Rmd", text.encode()))
    assert [(f.place.line, f.text) for f in facts if isinstance(f, Sentence)] == [
        (4, "Churn"),
        (10, "Accuracy was … here."),
    ]
    assert [(f.place.line, f.text) for f in facts if isinstance(f, Command)] == [(13, "make")]
