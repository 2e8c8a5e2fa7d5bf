"""The JSON Schema of a rule file, published beside this module so that editors can check a rule while it is written.

python -m portfolio_check.rules.schema    writes it anew after a change of the evidence or of the rule's keys
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portfolio_check.rules.loading import KINDS
from portfolio_check.rules.model import Level

SCHEMA = Path(__file__).with_name("rule.schema.json")
_TEXT = {"type": "string", "minLength": 1}
_TEXTS = {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True}
_DEMAND = {
    "description": "true: filled; false: empty; a text, with * for anything; or a list of texts of which it is one",
    "anyOf": [{"type": "boolean"}, {"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}


def build_schema() -> dict[str, Any]:
    """The schema, draft 2020-12: the keys of a rule, and the slots that a condition may name of each kind."""
    conditions = {kind: _demands(kind) for kind in KINDS}
    alternatives = {"type": "array", "items": {"$ref": "#/$defs/alternative"}}
    said = {
        "description": "Texts by empty slot, by `with` and a filled slot, or by an attribute's value.",
        "type": "object",
        "required": ["missing"],
        "additionalProperties": _TEXT,
    }
    example = {
        "type": "object",
        "required": ["level", "files"],
        "additionalProperties": False,
        "properties": {
            "level": {"enum": [level.value for level in Level]},
            "why": _TEXT,
            "files": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "portfolio-check rule",
        "type": "object",
        "required": ["code", "title", "asks", "why", "sources", "met", "partial", "gap", "fix", "examples"],
        "additionalProperties": False,
        "properties": {
            "code": {"type": "string", "pattern": "^[A-Z]{2,8}[0-9]{3}$"},
            "title": _TEXT,
            "asks": _TEXT,
            "why": _TEXT,
            "weight": {"type": "integer", "minimum": 0, "maximum": 5},
            "sources": _TEXTS,
            "kinds": _TEXTS,
            "not_applicable": _TEXT,
            "met": alternatives,
            "partial": alternatives,
            "gap": said,
            "fix": said,
            "examples": {"type": "array", "items": example},
        },
        "$defs": {
            "conditions": {"type": "object", "additionalProperties": False, "properties": conditions},
            "alternative": {
                "description": "Demands that must all hold; `not` holds those of which none may.",
                "type": "object",
                "additionalProperties": False,
                "minProperties": 1,
                "properties": {**conditions, "not": {"$ref": "#/$defs/conditions"}},
            },
        },
    }


def _demands(kind: str) -> dict[str, Any]:
    slots = list(KINDS[kind].__struct_fields__)
    return {
        "anyOf": [
            {"type": "array", "items": {"enum": slots}, "uniqueItems": True},
            {"type": "object", "additionalProperties": False, "properties": dict.fromkeys(slots, _DEMAND)},
            {"type": "null"},
        ]
    }


def main() -> None:
    """Write the schema beside this module."""
    SCHEMA.write_text(json.dumps(build_schema(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
