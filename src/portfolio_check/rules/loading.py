"""Reads rule files: YAML to Rule, with errors that name the file, the line and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio_check.evidence.model import Evidence, Slot
from portfolio_check.facts import Fact
from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.model import Condition, Example, Level, Rule

if TYPE_CHECKING:
    from yaml.nodes import Node

PACKS = ("end-to-end", "production-pipeline", "documentation", "research", "weak-evidence")
KINDS: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (*Evidence.__args__, *Fact.__args__)}
_KEYS = {
    "code", "title", "asks", "why", "weight", "sources", "met", "partial", "gap", "fix", "examples", "kinds",
    "not_applicable",
}  # fmt: skip
_REQUIRED = ("code", "title", "asks", "why", "sources", "met", "partial", "gap", "fix", "examples")
_MAX_BYTES = 200_000


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a pack folder, or of a folder of packs: every YAML file below it but vocabulary and sources."""
    if not folder.is_dir():
        raise RuleError(f"{folder}: no such folder of rules")
    return sorted(
        path
        for path in folder.rglob("*.yaml")
        if not {"vocabulary", "sources"} & set(path.relative_to(folder).parts[:-1]) and path.name != "profiles.yaml"
    )


def load_rules(folder: Path) -> list[Rule]:
    """All rules below a folder, ordered by code; codes and slugs must be unique."""
    rules = sorted((load_rule(path) for path in rule_files(folder)), key=lambda rule: rule.code)
    for kind in ("code", "slug"):
        seen: dict[str, Rule] = {}
        for rule in rules:
            value = getattr(rule, kind)
            if value in seen:
                raise RuleError(f"{folder}: {kind} {value} is used twice; give one of the two rules another")
            seen[value] = rule
    return rules


def load_rule(path: Path) -> Rule:
    """One rule file."""
    return parse_rule(path.read_bytes(), str(path), slug=path.stem, pack=path.parent.name)


def parse_rule(data: bytes, where: str, *, slug: str, pack: str) -> Rule:
    """A rule from the bytes of its file; `where` is named in errors."""
    values, lines = _mapping(data, where)
    for key in values:
        if key not in _KEYS:
            raise RuleError(f"{where}:{lines[key]}: unknown key {key!r}{_suggest(key, _KEYS)}")
    for key in _REQUIRED:
        if key not in values:
            raise RuleError(f"{where}: the key {key!r} is missing")
    at = {key: f"{where}:{line}" for key, line in lines.items()}
    gap, fix = (_texts(values[key], at[key]) for key in ("gap", "fix"))
    code, title, asks, why = (_text(values[key], at[key]) for key in ("code", "title", "asks", "why"))
    weight = values.get("weight", 1)
    if not isinstance(weight, int) or isinstance(weight, bool) or not 0 <= weight <= 5:
        raise RuleError(f"{at['weight']}: must be a whole number from 0 to 5")
    return Rule(
        code=code,
        slug=slug,
        title=title,
        pack=pack,
        asks=asks,
        why=why,
        weight=weight,
        sources=_list(values["sources"], at["sources"]),
        met=_alternatives(values["met"], at["met"]),
        partial=_alternatives(values["partial"], at["partial"]),
        gap=gap,
        fix=fix,
        examples=_examples(values["examples"], at["examples"]),
        kinds=_list(values["kinds"], at["kinds"]) if "kinds" in values else (),
        not_applicable=_text(values["not_applicable"], at["not_applicable"]) if "not_applicable" in values else "",
    )


def _mapping(data: bytes, where: str) -> tuple[dict[str, Any], dict[str, int]]:
    """A YAML mapping and the line of each of its keys."""
    import yaml

    if len(data) > _MAX_BYTES:
        raise RuleError(f"{where}: larger than {_MAX_BYTES} bytes; split it into several rules")
    if max(data.count(b"["), data.count(b"{")) > 2_000:
        raise RuleError(f"{where}: more than 2,000 brackets; this is no rule file")
    try:
        loader = yaml.SafeLoader(data)
        node: Node | None = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise RuleError(f"{where}: not a mapping of keys to values")
        if not all(isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise RuleError(f"{where}: a key is not a text")
        lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}
        values = loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        problem = " ".join(str(getattr(error, "problem", None) or error).split())
        raise RuleError(f"{where}{line}: not YAML: {problem}") from None
    except (RecursionError, ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        reason = " ".join(str(error).split())[:200]
        raise RuleError(f"{where}: not YAML that can be read: {reason}") from None
    if not all(isinstance(key, str) for key in values):
        raise RuleError(f"{where}: a key is not a text")
    return dict(values), lines


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{at}: must be a text")
    return value


def _list(value: Any, at: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise RuleError(f"{at}: must be a list of texts, such as [wiki#portfolio-proof]")
    return tuple(value)


def _texts(value: Any, at: str) -> dict[str, str]:
    if not isinstance(value, Mapping) or "missing" not in value:
        raise RuleError(f"{at}: must be a mapping of slot to text, with a text for 'missing'")
    return {str(key): _text(text, at) for key, text in value.items()}


def _alternatives(value: Any, at: str) -> tuple[tuple[Condition, ...], ...]:
    if not isinstance(value, list):
        raise RuleError(f"{at}: must be a list of alternatives, each a mapping of evidence to slots")
    return tuple(tuple(_conditions(alternative, at)) for alternative in value)


def _conditions(alternative: Any, at: str, *, negated: bool = False) -> Iterable[Condition]:
    if not isinstance(alternative, Mapping):
        raise RuleError(f"{at}: an alternative must be a mapping such as {{check: [watched, bound]}}")
    for kind, slots in alternative.items():
        if kind == "not" and not negated:
            yield from _conditions(slots, at, negated=True)
            continue
        if not isinstance(kind, str) or kind not in KINDS:
            raise RuleError(f"{at}: unknown kind of evidence {kind!r}{_suggest(str(kind), KINDS)}")
        fields = KINDS[kind].__struct_fields__
        if isinstance(slots, list) and all(isinstance(name, str) for name in slots):
            demands = dict.fromkeys(slots, True)
        elif isinstance(slots, Mapping) or slots is None:
            demands = dict(slots or {})
        else:
            raise RuleError(f"{at}: {kind} must be a list of slots or a mapping of slots to values")
        for name in demands:
            if name not in fields:
                raise RuleError(f"{at}: {kind} has no slot {name!r}{_suggest(str(name), fields)}")
        yield Condition(kind, tuple((name, _demand(wanted)) for name, wanted in demands.items()), negated)


def _examples(value: Any, at: str) -> tuple[Example, ...]:
    if not isinstance(value, list):
        raise RuleError(f"{at}: must be a list of examples, each with a level and files")
    return tuple(_example(example, at) for example in value)


def _demand(wanted: Any) -> bool | str | tuple[str, ...]:
    if isinstance(wanted, bool):
        return wanted
    return tuple(map(str, wanted)) if isinstance(wanted, list) else str(wanted)


def _example(value: Any, at: str) -> Example:
    try:
        files = {str(path): str(text) for path, text in value["files"].items()}
        return Example(Level(value["level"]), files, str(value.get("why", "")))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise RuleError(f"{at}: an example needs a level (met, partial, missing, n/a) and files: {error}") from None


def _suggest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f"; did you mean {close[0]!r}?" if close else ""


def slots_of(kind: str) -> tuple[str, ...]:
    """The slots and attributes that a rule may name of a kind of evidence or fact."""
    fields: tuple[str, ...] = KINDS[kind].__struct_fields__
    return fields


__all__ = ["KINDS", "PACKS", "RuleError", "Slot", "load_rule", "load_rules", "parse_rule", "rule_files", "slots_of"]
