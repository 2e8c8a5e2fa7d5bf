from __future__ import annotations

from textwrap import dedent

import pytest

from portfolio_check.facts import Sentence
from portfolio_check.readers.python import read_python
from portfolio_check.readers.python_comments import is_code
from portfolio_check.readers.python_strings import is_prose
from portfolio_check.readers.source import Source


def sentences(code: str, role: str) -> list[tuple[int, str]]:
    facts = read_python(Source("a.py", dedent(code).encode()))
    assert all(fact.code for fact in facts if isinstance(fact, Sentence))
    return [(fact.place.line, fact.text) for fact in facts if isinstance(fact, Sentence) and fact.role == role]


def test_a_docstring_gives_its_sentences_at_their_lines() -> None:
    code = '''
        """Trains the churn model. Runs weekly.

        We optimise recall because a missed customer costs ten times
        what a needless call costs. See e.g. the report.

        Args:
            path (str): where the data lies
            seed: for the split
        """
        class A:
            """A model."""
            def f(self):
                "Fits it."
    '''
    assert sentences(code, "docstring") == [
        (2, "Trains the churn model."),
        (2, "Runs weekly."),
        (4, "We optimise recall because a missed customer costs ten times what a needless call costs."),
        (5, "See e.g. the report."),
        (8, "path (str): where the data lies"),
        (9, "seed: for the split"),
        (12, "A model."),
        (14, "Fits it."),
    ]


def test_comments_on_following_lines_are_one_text() -> None:
    code = """
        # The holdout is the last month, because customers of one month share
        # the same campaign. Earlier months train.
        #
        # - first point
        # - second point
        x = 1  # a guess

        # Load data
        # Train model
        y = 2
    """
    assert sentences(code, "comment") == [
        (2, "The holdout is the last month, because customers of one month share the same campaign."),
        (3, "Earlier months train."),
        (5, "first point"),
        (6, "second point"),
        (7, "a guess"),
        (9, "Load data"),
        (10, "Train model"),
    ]


def test_a_block_of_comments_and_a_docstring_have_their_own_numbers() -> None:
    code = '"""First. Second."""\n# one\n# two\nx = 1  # three\n# four\n'
    facts = [fact for fact in read_python(Source("a.py", code.encode())) if isinstance(fact, Sentence)]
    blocks = [fact.block for fact in facts]
    assert blocks[0] == blocks[1]
    assert len(set(blocks)) == 4


def test_a_hash_in_a_string_begins_no_comment() -> None:
    code = '''
        a = "# not this one"
        b = """
        # nor this one here
        """
        c = 'it\\'s # not' + f"{a} # no"  # but this one
        d = r"\\\\"  # and this
    '''
    assert [text for _, text in sentences(code, "comment")] == ["but this one", "and this"]


def test_notes_to_tools_rules_and_markers_are_no_comments() -> None:
    code = """\
        #!/usr/bin/env python
        # -*- coding: utf-8 -*-
        # %% [markdown]
        # # Error analysis
        # %%
        # -------------------
        # ==== Evaluation ====
        # In[12]:
        import a  # noqa: F401
        x = f()  # type: ignore[arg-type]
        # pylint: disable=all
        # fmt: off
    """
    assert [text for _, text in sentences(code, "comment")] == ["Error analysis", "Evaluation"]


def test_the_header_of_a_jupytext_script_is_skipped() -> None:
    code = "# ---\n# jupyter:\n#   jupytext:\n#     text_representation: light\n# ---\n\n# Where the model fails.\n"
    assert sentences(code, "comment") == [(7, "Where the model fails.")]


def test_databricks_markdown_is_read_as_comments() -> None:
    code = "# Databricks notebook source\n# MAGIC %md\n# MAGIC ## Goal of the model\n\n# COMMAND ----------\nx = 1\n"
    assert sentences(code, "comment") == [(3, "Goal of the model")]


@pytest.mark.parametrize(
    "line",
    [
        "print(x)",
        "model = Model(a=1)",
        "accuracy = 0.9",
        "df[0]",
        "import numpy as np",
        "from a import b",
        "for row in rows:",
        "if score > 0.5:",
        "else:",
        "except ValueError as error:",
        "return model",
        "report = build(",
        "params = {",
        "'schedule': {",
        '"f1": float(f1),',
        "n_jobs=-1,",
        "XGBClassifier(n=1),",
        "@app.route('/')",
        "!pip install x",
        "%matplotlib inline",
        "def f(x):",
    ],
)
def test_code_that_was_commented_out_is_code(line: str) -> None:
    assert is_code(line)


@pytest.mark.parametrize(
    "line",
    [
        "Load the data (from the web)",
        "F1 (macro)",
        "Note: see below",
        "shape: (100, 20)",
        "accuracy: 0.93",
        "for each fold:",
        "if drift passes 0.2, retrain (see docs)",
        "return the model",
        "import the data",
        "Baseline",
        "train / test split",
        "See [1]",
        "we don't tune here: too slow",
        "x_train.shape",
        "加载数据(训练)",
        "Steps:",
        "with the best threshold = 0.4",
    ],
)
def test_words_about_code_are_no_code(line: str) -> None:
    assert not is_code(line)


def test_commented_out_code_is_left_out_of_a_comment() -> None:
    code = "# Old way of splitting:\n# x, y = split(df)\n# for a in x:\n#     print(a)\n# It leaked the target.\n"
    assert [text for _, text in sentences(code, "comment")] == ["Old way of splitting:", "It leaked the target."]


def test_a_bare_string_is_a_comment() -> None:
    code = 'x = 1\n"""We drop rows without a label here."""\n'
    assert sentences(code, "comment") == [(2, "We drop rows without a label here.")]


def test_strings_of_four_words_are_sentences() -> None:
    code = """
        parser.add_argument("--lr", help="how fast the model learns")
        print(f"F1 of the model on the test set: {f1:.3f}")
        name = "three words only"
        raise ValueError("No model was found in " "the registry.")
    """
    assert sentences(code, "string") == [
        (2, "how fast the model learns"),
        (3, "F1 of the model on the test set: {}"),
        (5, "No model was found in the registry."),
    ]


def test_markdown_shown_by_an_app_is_split() -> None:
    code = '''
        st.markdown("""
        ## How to read this
        The risk is a **probability**. Call the customer above 0.7.
        - see the [docs](http://x.y/z)
        """)
    '''
    assert sentences(code, "string") == [
        (3, "How to read this"),
        (4, "The risk is a probability."),
        (4, "Call the customer above 0.7."),
        (5, "see the docs"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "SELECT a, b FROM t WHERE x IS NOT NULL",
        r"^\s*(\d+) of the lines are here",
        "%s %d %s %s %f",
        "{} {} {} {} {}",
        '{"a": "some text that is data here"}',
        "<style> body is a thing here </style>",
        "a.b c_d e=f g:h",
    ],
)
def test_queries_patterns_and_data_are_no_prose(text: str) -> None:
    assert not is_prose(text)


def test_a_chinese_string_needs_no_spaces() -> None:
    assert sentences('print("模型训练完成，正在保存模型")', "string") == [(1, "模型训练完成，正在保存模型")]


def test_at_most_four_hundred_strings_of_600_characters_are_taken() -> None:
    code = "\n".join(f'f("message number {i} of the many that are here {"and on " * 200}")' for i in range(500))
    found = sentences(code, "string")
    assert len(found) == 400
    assert max(len(text) for _, text in found) <= 600


def test_a_string_with_escaped_line_ends_stands_where_it_begins() -> None:
    code = 'x = 1\nprint("The model is trained now.\\nIt is saved to the disk.\\n")\n'
    assert sentences(code, "string") == [(2, "The model is trained now."), (2, "It is saved to the disk.")]
