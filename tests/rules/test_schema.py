"""The published schema of rule files says what the loader takes."""

from __future__ import annotations

import json

import pytest
import yaml
from jsonschema import Draft202012Validator

from portfolio_check.rules.loading import rule_files
from portfolio_check.rules.packs import packs_folder
from portfolio_check.rules.schema import SCHEMA, build_schema


def test_the_schema_in_the_package_is_the_one_of_the_code() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == build_schema()


@pytest.mark.parametrize("path", rule_files(packs_folder()), ids=lambda path: path.stem)
def test_every_shipped_rule_is_valid(path) -> None:  # type: ignore[no-untyped-def]
    Draft202012Validator(build_schema()).validate(yaml.safe_load(path.read_bytes()))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("met", [{"chek": ["watched"]}]),
        ("met", [{"check": ["wached"]}]),
        ("gap", {"bound": "Say at which value."}),
        ("weight", 9),
        ("severity", "high"),
    ],
)
def test_what_the_loader_refuses_is_not_valid(key: str, value: object) -> None:
    rule = yaml.safe_load(next(path for path in rule_files(packs_folder()) if path.stem == "baseline").read_bytes())
    assert not Draft202012Validator(build_schema()).is_valid({**rule, key: value})
