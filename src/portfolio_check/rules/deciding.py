"""From evidence to a level: which alternatives of a rule hold, which places show it, and which slot is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from portfolio_check.evidence.model import Slot
from portfolio_check.facts import Place
from portfolio_check.rules.model import Condition, Level, Rule

SHOWN = 3

Pieces = Mapping[str, Sequence[Struct]]
"""Pieces of evidence and facts by the lower-case name of their type, the best of each kind first."""


class Cited(Struct, frozen=True):
    """A place that shows a level."""

    slot: str
    """`check.bound`"""
    place: Place
    quote: str


class Verdict(Struct, frozen=True):
    """What a rule says of one repository."""

    rule: Rule
    level: Level
    cited: tuple[Cited, ...] = ()
    gap: str | None = None
    fix: str | None = None
    reason: str | None = None


def decide(rule: Rule, pieces: Pieces, kind: str = "") -> Verdict:
    """The level of one rule: met if one of its `met` alternatives holds, else partial likewise, else missing."""
    if rule.kinds and kind not in rule.kinds:
        return Verdict(rule, Level.NOT_APPLICABLE, reason=rule.not_applicable)
    for level, alternatives in ((Level.MET, rule.met), (Level.PARTIAL, rule.partial)):
        for alternative in alternatives:
            matched = _match(alternative, pieces)
            if matched is None:
                continue
            cited = _cite(matched)
            if level is Level.MET:
                return Verdict(rule, level, cited)
            best = [piece for _, found in matched for piece in found[:1]]
            return Verdict(rule, level, cited, _text(rule.gap, best), _text(rule.fix, best))
    return Verdict(rule, Level.MISSING, (), _text(rule.gap, ()), _text(rule.fix, ()))


def _match(alternative: Sequence[Condition], pieces: Pieces) -> list[tuple[Condition, list[Struct]]] | None:
    """The pieces that fulfil each demand of a conjunction, or None where one is not fulfilled."""
    matched: list[tuple[Condition, list[Struct]]] = []
    for condition in alternative:
        found = [piece for piece in pieces.get(condition.kind, ()) if _fulfils(piece, condition)]
        if condition.negated:
            if found:
                return None
        elif not found:
            return None
        else:
            matched.append((condition, found))
    return matched


def _fulfils(piece: Struct, condition: Condition) -> bool:
    return all(_is(getattr(piece, name), wanted) for name, wanted in condition.slots)


def _is(value: object, wanted: bool | str | tuple[str, ...]) -> bool:
    if isinstance(wanted, bool):
        return bool(value) is wanted
    text = value.value if isinstance(value, Slot) else "" if value is None else str(value)
    if isinstance(wanted, str):
        return fnmatchcase(text, wanted)
    return any(fnmatchcase(text, one) for one in wanted)


def _cite(matched: Iterable[tuple[Condition, Sequence[Struct]]]) -> tuple[Cited, ...]:
    """Up to three places: of each demand the best piece first, its demanded slots before others, then the next best."""
    queues = [[list(_places(condition, piece)) for piece in found[:SHOWN]] for condition, found in matched]
    cited: list[Cited] = []
    seen: set[tuple[str, int | None, int]] = set()
    for turn in range(SHOWN):
        for queue in queues:
            if turn >= len(queue):
                continue
            for one in queue[turn]:
                key = (one.place.path, one.place.cell, one.place.line if one.place.cell is None else 0)
                if key not in seen and len(cited) < SHOWN:
                    seen.add(key)
                    cited.append(one)
    return tuple(cited)


def _places(condition: Condition, piece: Struct) -> Iterator[Cited]:
    demanded = [name for name, wanted in condition.slots if wanted is not False]
    for name in dict.fromkeys([*demanded, *piece.__struct_fields__]):
        value = getattr(piece, name)
        if isinstance(value, Slot):
            yield Cited(f"{condition.kind}.{name}", value.place, value.quote)
    place = getattr(piece, "place", None)
    if isinstance(place, Place):
        yield Cited(condition.kind, place, str(getattr(piece, "text", "")))


def _text(texts: Mapping[str, str], best: Sequence[Struct]) -> str:
    """The first of the rule's texts that fits the best pieces.

    A text's key is a slot that must be empty (`bound`), `with` and a slot that must be filled (`with broken`), or the
    value of a plain attribute (`tuned-on-test`). `partial` always fits, and `missing` where there are no pieces.
    """
    if not best:
        return texts["missing"]
    values = {name: _value(getattr(piece, name)) for piece in reversed(best) for name in piece.__struct_fields__}
    for key, text in texts.items():
        if key not in ("missing", "partial") and _fits(key, best) and (filled := _fill(text, values)) is not None:
            return filled
    return _fill(texts.get("partial", ""), values) or texts["missing"]


def _fits(key: str, best: Sequence[Struct]) -> bool:
    if key.startswith("with "):
        return any(getattr(piece, key[5:], None) for piece in best)
    for piece in best:
        if key in piece.__struct_fields__:
            return not getattr(piece, key)
        if any(getattr(piece, name) == key for name in piece.__struct_fields__):
            return True
    return False


def _value(value: object) -> str:
    return value.value if isinstance(value, Slot) else value if isinstance(value, str) else ""


def _fill(text: str, values: Mapping[str, str]) -> str | None:
    """A text with its `{slot}` placeholders replaced, None where one of them is empty or too long to read well."""
    parts = text.split("{")
    filled = parts[0]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        value = values.get(name.strip(), "")
        if not value or len(value) > 60:
            return None
        filled += value + rest
    return filled
