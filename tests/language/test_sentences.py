"""Where sentences end, and where a stop is part of something else."""

from __future__ import annotations

import pytest

from portfolio_check.language.sentences import LINE_BREAK, split_sentences


def texts(text: str) -> list[str]:
    return [sentence for sentence, _ in split_sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "We use trees, e.g. XGBoost, i.e. boosting.",
        "The model is approx. 5 points better, see Fig. 3 and Sec. 4.2.",
        "Accuracy is 0.87 on v1.2.3 of the data.",
        "Run train.py before app.py starts.",
        "J. Smith labelled them.",
        "Usamos p.ej. árboles de decisión.",
        "Das heißt z.B. Bäume bzw. Wälder.",
        "It learns slowly ... and then stops.",
        "Precision vs. recall matters, etc. as ever.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert texts(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It gave 0.87. See train.py. Then stop!", ["It gave 0.87.", "See train.py.", "Then stop!"]),
        ("It failed... Then it ran.", ["It failed...", "Then it ran."]),
        ("What is churn? A customer who left.", ["What is churn?", "A customer who left."]),
        ("the model is good. we use it", ["the model is good.", "we use it"]),
        ("We tried trees, nets, etc. The best won.", ["We tried trees, nets, etc.", "The best won."]),
        ('He said "stop." Then (see below.) We left.', ['He said "stop."', "Then (see below.)", "We left."]),
        ("我们用逻辑回归。结果很好！为什么？", ["我们用逻辑回归。", "结果很好！", "为什么？"]),
        ("모델을 학습했다. 정확도는 높다.", ["모델을 학습했다.", "정확도는 높다."]),
        ("Мы обучили модель. Точность 0,9 и т.д. выросла.", ["Мы обучили модель.", "Точность 0,9 и т.д. выросла."]),
        ("1. Load the data. 2. Fit it.", ["1. Load the data.", "2. Fit it."]),
        ("Steps:\n- load\n- fit", ["Steps:", "- load", "- fit"]),
        ("✅ fast\n✅ small", ["✅ fast", "✅ small"]),
        (f"Author: me{LINE_BREAK}Date: today", ["Author: me", "Date: today"]),
        ("one line\ngoes on\n\nanother", ["one line goes on", "another"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_the_offset_is_where_the_sentence_starts() -> None:
    text = "  First one.\n  Second one!  Third"
    assert [text[offset:].split()[0] for _, offset in split_sentences(text)] == ["First", "Second", "Third"]


def test_no_sentence_ends_inside_a_span_that_is_kept_whole() -> None:
    text = "Run pip install -e . and go. Done."
    assert split_sentences(text, [(4, 20)]) == [("Run pip install -e . and go.", 0), ("Done.", 29)]


@pytest.mark.parametrize("unit", [".", "a. ", "5. a ", '."', "\n ", "!!", "。", "ok a. "])
def test_repetition_loses_no_character(unit: str) -> None:
    text = unit * 20_000
    kept = "".join(sentence for sentence, _ in split_sentences(text))
    assert "".join(kept.split()) == "".join(text.split())
