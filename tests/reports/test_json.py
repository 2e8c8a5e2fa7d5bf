from __future__ import annotations

import json
from typing import Any

import jsonschema
import msgspec
import pytest

from portfolio_check.reports.json import ORDER, to_json
from portfolio_check.reports.schema import SHIPPED, build_schema, schema_text
from portfolio_check.review.model import Repository, Review
from tests.reports import sample

REVIEWS = {
    "rich": sample.review(),
    "hostile": sample.hostile(),
    "bare": sample.review(
        criteria={},
        findings=(),
        top_gaps=(),
        questions=(),
        skipped=(),
        repository=Repository(name="empty", path=".", commit=None, files=0, read=0),
    ),
}


def written(review: Review) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(to_json(review))
    return document


def test_the_keys_stand_in_the_order_of_the_contract() -> None:
    assert list(written(sample.review())) == [
        "schema_version",
        "tool",
        "repository",
        "language",
        "kind",
        "profile",
        "score",
        "tutorial_clone",
        "criteria",
        "findings",
        "top_gaps",
        "questions",
        "skipped",
    ]


def test_every_field_of_the_review_is_written() -> None:
    assert set(ORDER) == {field.name for field in msgspec.structs.fields(Review)}


def test_the_keys_of_a_criterion_and_its_place_stand_in_the_order_of_the_contract() -> None:
    baseline = written(sample.review())["criteria"]["baseline"]
    assert list(baseline)[:9] == ["code", "title", "pack", "level", "weight", "evidence", "gap", "fix", "sources"]
    assert list(baseline["evidence"][0]) == ["path", "cell", "line", "quote", "output", "slot"]
    assert list(baseline["sources"][0]) == ["title", "section", "url", "guest", "at"]


def test_criteria_keep_the_order_of_the_review() -> None:
    review = sample.review()
    assert list(written(review)["criteria"]) == list(review.criteria)


def test_json_is_indented_utf8_and_ends_with_one_newline() -> None:
    data = to_json(sample.review(questions=(sample.Question(about="baseline", ask="¿Qué métrica?"),)))
    assert data.startswith(b'{\n  "schema_version": 1,\n  "tool": {\n    "name": "portfolio-check",')
    assert data.endswith(b"]\n}\n")
    assert "¿Qué métrica?".encode() in data


def test_the_review_can_be_read_back_from_its_json() -> None:
    assert msgspec.json.decode(to_json(sample.review()), type=Review) == sample.review()


def test_a_file_name_that_is_not_utf8_is_written_with_a_substitute() -> None:
    review = sample.review(skipped=(sample.Skipped(path="caf\udce9.csv", reason="data"),))
    assert written(review)["skipped"][0]["path"] == "caf\N{REPLACEMENT CHARACTER}.csv"


@pytest.mark.parametrize("name", REVIEWS)
def test_every_review_follows_the_published_schema(name: str) -> None:
    jsonschema.Draft202012Validator(json.loads(SHIPPED.read_bytes())).validate(written(REVIEWS[name]))


def test_the_shipped_schema_is_the_one_made_from_the_types() -> None:
    assert SHIPPED.read_text("utf-8") == schema_text().decode(), "run: python -m portfolio_check.reports.schema"


def test_the_schema_is_a_valid_draft_2020_12_schema() -> None:
    assert build_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(build_schema())


@pytest.mark.parametrize(
    "change",
    [
        {"surprise": 1},
        {"schema_version": 2},
        {"score": 101},
        {"kind": "webshop"},
        {"top_gaps": ["a", "b", "c", "d"]},
        {"tool": {"name": "portfolio-check", "version": "0.1.0", "surprise": 1}},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_schema_refuses_what_is_no_review(change: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(build_schema()).validate(written(sample.review()) | change)


@pytest.mark.parametrize("key", ORDER)
def test_the_schema_asks_for_every_key(key: str) -> None:
    document = written(sample.review())
    del document[key]
    with pytest.raises(jsonschema.ValidationError, match=f"'{key}' is a required property"):
        jsonschema.Draft202012Validator(build_schema()).validate(document)
