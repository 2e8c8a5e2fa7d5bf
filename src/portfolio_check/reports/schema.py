"""The JSON Schema of a review, draft 2020-12: made from the types, closed, and shipped as `review.schema.json`.

After a change of `review/model.py`: `python -m portfolio_check.reports.schema`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from portfolio_check.reports.json import ORDER
from portfolio_check.review.model import Review

SHIPPED = Path(__file__).with_name("review.schema.json")
"""The published schema."""

# What the types cannot say: definition, property, and keywords to add.
_BOUNDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        "Review",
        "score",
        {
            "minimum": 0,
            "maximum": 100,
            "description": "Weighted by the profile. It judges a repository, never a person; no hiring decision.",
        },
    ),
    ("Review", "criteria", {"propertyNames": {"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}}),
    ("Review", "top_gaps", {"maxItems": 3, "uniqueItems": True}),
    ("Repository", "files", {"minimum": 0}),
    ("Repository", "read", {"minimum": 0}),
    ("Criterion", "weight", {"minimum": 0}),
    ("Criterion", "evidence", {"maxItems": 3}),
    ("Evidence", "line", {"minimum": 1}),
    ("Evidence", "quote", {"maxLength": 120}),
    ("Finding", "line", {"minimum": 1}),
)


def build_schema() -> dict[str, Any]:
    """The schema of what `to_json` writes: every property is there, and no other."""
    schema = msgspec.json.schema(Review)
    definitions = schema["$defs"]
    for definition in definitions.values():
        properties = definition["properties"]
        for keywords in properties.values():
            keywords.pop("default", None)
        definition["required"] = list(properties)
        definition["additionalProperties"] = False
    for name, key, keywords in _BOUNDS:
        definitions[name]["properties"][key].update(keywords)
    review = definitions["Review"]
    review["properties"]["schema_version"] = {"const": 1}
    review["properties"] = {key: review["properties"][key] for key in ORDER}
    review["required"] = list(ORDER)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Review by portfolio-check, schema version 1",
        **schema,
    }


def schema_text() -> bytes:
    """The schema as it is shipped: UTF-8, indented by two spaces, ended by a newline."""
    return msgspec.json.format(msgspec.json.encode(build_schema()), indent=2) + b"\n"


if __name__ == "__main__":
    SHIPPED.write_bytes(schema_text())
