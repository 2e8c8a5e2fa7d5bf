"""The review as JSON, schema version 1: the same review gives the same bytes."""

from __future__ import annotations

from typing import Any

import msgspec

from portfolio_check.reports.printable import encodable
from portfolio_check.review.model import Review

ORDER = (
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
)
"""Keys of the review as they are written. Within a part, the order is that of its fields in `review/model.py`."""


def to_json(review: Review) -> bytes:
    """UTF-8, indented by two spaces, ended by a newline."""
    fields = msgspec.to_builtins(review)
    ordered = {key: fields[key] for key in ORDER}
    try:
        data = msgspec.json.encode(ordered)
    except UnicodeEncodeError:
        data = msgspec.json.encode(_encodable(ordered))
    return msgspec.json.format(data, indent=2) + b"\n"


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, dict):
        return {encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return value
