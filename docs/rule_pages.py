#!/usr/bin/env python3
"""Writes a page for each rule: `python docs/rule_pages.py`; `--check` says whether the pages are current.

The YAML in `rules/` and the docstrings in `evidence/model.py` say it all; `docs/rules/` only shows them to readers.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

import portfolio_check.evidence.model as model
from portfolio_check.rules.loading import KINDS, PACKS, load_rules
from portfolio_check.rules.model import Condition, Example, Rule
from portfolio_check.rules.sources import SourceRef, resolve_all

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "rules"
PAGES = ROOT / "docs" / "rules"
REFRESH = "python docs/rule_pages.py"
VERDICT = "[how a verdict comes about](../how-a-verdict-comes-about.md)"
MARK = f"<!-- written by {REFRESH} -->"
EVIDENCE: dict[str, type[Struct]] = {kind.__name__.lower(): kind for kind in model.Evidence.__args__}
LANGUAGES = {
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    **dict.fromkeys((".dockerfile", "dockerfile"), "dockerfile"),
    **dict.fromkeys((".mk", "makefile"), "makefile"),
    **dict.fromkeys((".py", ".ipynb"), "python"),  # of a notebook, its cells
    **{f".{language}": language for language in ("csv", "json", "r", "sh", "sql", "toml", "xml")},
    ".md": "markdown",
}
"""Language of a fence by a file's suffix, or by its name where it has none."""
RULES_ARE = """\
Each rule asks one question of a repository. Its page says what answers it, what is said where the answer is not there,
who asks for it, and which examples it must get right. [Evidence](evidence.md) is what the rules count."""
EVIDENCE_IS = """\
What the [rules](index.md) count: typed pieces put together from what stands in a repository. A *slot* carries what was
found, its place and the words that stand there, or it is empty. An *attribute* is a plain text."""
TEXTS_ARE = """\
The first line that fits is said. `{slot}` becomes what fills the slot; where that is empty or too long to read
well, the next line that fits is taken."""
EXAMPLES_ARE = "Tiny invented repositories, and the level that the rule must give them. They are its tests."
CELLS_ARE = "Of a notebook only the cells are shown: `# %%` starts one, and `# >>>` is a line of its output."


class Field(Struct, frozen=True):
    """A slot or an attribute of a kind of evidence, as its source declares it."""

    name: str
    slot: bool
    about: str
    """Its docstring, "" where the name says it."""


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """Name and text of every page."""
    written = {"index.md": index_page(rules), "evidence.md": evidence_page(rules)}
    for rule in rules:
        if f"{rule.slug}.md" in written:
            raise SystemExit(f"rules/{rule.pack}/{rule.slug}.yaml: the page {rule.slug}.md is taken; rename the rule")
        written[f"{rule.slug}.md"] = rule_page(rule)
    return written


def index_page(rules: Sequence[Rule]) -> str:
    """The rules by pack."""
    parts = ["# The rules", MARK, RULES_ARE]
    packs = sorted({rule.pack for rule in rules})
    for pack in [*filter(packs.__contains__, PACKS), *(pack for pack in packs if pack not in PACKS)]:
        rows = [
            (rule.code, plain(rule.title), plain(rule.asks), f"[{rule.slug}]({rule.slug}.md)")
            for rule in rules
            if rule.pack == pack
        ]
        parts += [f"## {pack.replace('-', ' ').capitalize()}", table(("code", "title", "question", "page"), rows)]
    return _page(parts)


def rule_page(rule: Rule) -> str:
    """All that the rule's file says, in words."""
    parts = [
        f"# {rule.code} {plain(rule.title)}",
        MARK,
        f"**{plain(rule.asks)}**",
        plain(rule.why),
        f"[All rules](index.md) · [the rule's file](../../rules/{rule.pack}/{rule.slug}.yaml) · {VERDICT}",
    ]
    if rule.kinds:
        kinds = _listed([code(kind) for kind in rule.kinds], "or")
        parts.append(f"Asked only of projects of the kind {kinds}. Any other gets *n/a*: {plain(rule.not_applicable)}")
    parts += ["## What makes the level", *_level("met", rule.met), *_level("partial", rule.partial)]
    parts.append("It is *missing* otherwise." if rule.partial else "There is no *partial*: otherwise it is *missing*.")
    parts += [
        "## What is said",
        TEXTS_ARE,
        table(("level", "where", "gap", "fix"), list(_said(rule))),
        "## Who asks for it",
        "\n".join(f"- {_source(source)}" for source in resolve_all(rule.sources)),
        "## Examples",
        EXAMPLES_ARE,
    ]
    if any(path.endswith(".ipynb") for example in rule.examples for path in example.files):
        parts.append(CELLS_ARE)
    for number, example in enumerate(rule.examples, 1):
        parts += _example(number, example)
    return _page(parts)


def evidence_page(rules: Sequence[Rule]) -> str:
    """Every kind of evidence with its slots."""
    parts = ["# Evidence", MARK, EVIDENCE_IS]
    for kind, type_ in EVIDENCE.items():
        about, fields = DECLARED[type_.__name__]
        rows = [
            (f'<a id="{kind}-{field.name}"></a>{code(field.name)}',
             "slot" if field.slot else "attribute", field.about.replace("|", "\\|"))
            for field in fields
        ]  # fmt: skip
        parts += [f"## {type_.__name__}", about, table(("name", "is a", "holds"), rows)]
        asking = [rule for rule in rules if any(kind == condition.kind for condition in _conditions(rule))]
        if asking:
            links = [f"[{rule.code} {plain(rule.title)}]({rule.slug}.md)" for rule in asking]
            parts.append(f"Asked for by {_listed(links, 'and')}.")
    return _page(parts)


def declarations(source: str) -> dict[str, tuple[str, list[Field]]]:
    """Docstring and fields of every class of a module: a string after a field is the field's docstring."""
    declared: dict[str, tuple[str, list[Field]]] = {}
    for node in ast.parse(source).body:
        if not isinstance(node, ast.ClassDef):
            continue
        fields = []
        for field, after in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
                slot = any(isinstance(part, ast.Name) and part.id == "Slot" for part in ast.walk(field.annotation))
                fields.append(Field(field.target.id, slot, _docstring(after)))
        declared[node.name] = (_docstring(node.body[0]), fields)
    return declared


def _docstring(node: ast.stmt | None) -> str:
    """The text of a statement that is nothing but a string, on one line."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        return " ".join(node.value.value.split())
    return ""


DECLARED = declarations(Path(str(model.__file__)).read_text(encoding="utf-8"))


def _level(level: str, alternatives: Sequence[Sequence[Condition]]) -> list[str]:
    if not alternatives:
        return []
    which = "there is" if len(alternatives) == 1 else "one of these is there"
    return [f"It is *{level}* where {which}:", "\n".join(f"- {in_words(one)}" for one in alternatives)]


def in_words(alternative: Iterable[Condition]) -> str:
    """One alternative: "one Check with its slots watched and consequence filled", linked to the kinds and slots."""
    return "; and ".join(_demand(condition) for condition in alternative)


def _demand(condition: Condition) -> str:
    kind = condition.kind
    name = KINDS[kind].__name__
    linked = f"[{name}](evidence.md#{kind})" if kind in EVIDENCE else code(name)
    said = f"{'no' if condition.negated else 'one'} {linked}"
    parts = [
        f"its {_linked(kind, slot)} {_wanted(wanted)}"
        for slot, wanted in condition.slots
        if not isinstance(wanted, bool)
    ]
    for state, word in ((True, "filled"), (False, "empty")):
        slots = [_linked(kind, slot) for slot, wanted in condition.slots if wanted is state]
        if slots:
            parts.append(f"its {'slot' if len(slots) == 1 else 'slots'} {_listed(slots, 'and')} {word}")
    return f"{said} with {_listed(parts, 'and')}" if parts else said


def _wanted(wanted: str | Sequence[str]) -> str:
    values = [wanted] if isinstance(wanted, str) else list(wanted)
    verb = "matching" if any(sign in value for value in values for sign in "*?[") else "being"
    return f"{verb} {_listed([code(value) if value else 'unknown' for value in values], 'or')}"


def _linked(kind: str, slot: str) -> str:
    return f"[{code(slot)}](evidence.md#{kind}-{slot})" if kind in EVIDENCE else code(slot)


def _said(rule: Rule) -> Iterator[tuple[str, str, str, str]]:
    """The rows of gaps and fixes, in the order in which they are tried."""
    cases = [key for key in dict.fromkeys([*rule.gap, *rule.fix]) if key not in ("missing", "partial")]
    last = ["partial"] if "partial" in rule.gap or "partial" in rule.fix else []
    for key in ["missing", *cases, *last]:
        level = "missing" if key == "missing" else "partial"
        yield level, _case(key, rule), _text(rule.gap, key), _text(rule.fix, key)


def _case(key: str, rule: Rule) -> str:
    """When a text is said, in words."""
    if key in ("missing", "partial"):
        return "nothing of this is there" if key == "missing" else "anything else"
    kinds = list(dict.fromkeys(condition.kind for condition in _conditions(rule, "partial") if not condition.negated))
    slot = key.removeprefix("with ")
    for kind in kinds:
        if slot in KINDS[kind].__struct_fields__:
            return f"{_linked(kind, slot)} is {'empty' if slot == key else 'filled'}"
    for kind in kinds:
        for attribute in _attributes_with(kind, key):
            return f"{_linked(kind, attribute)} is {code(key)}"
    return f"an attribute is {code(key)}"


def _attributes_with(kind: str, value: str) -> list[str]:
    """The attributes of a kind whose docstring lists a value."""
    _, fields = DECLARED.get(KINDS[kind].__name__, ("", []))
    whole = re.compile(rf"(?<![\w-]){re.escape(value)}(?![\w-])")
    return [field.name for field in fields if not field.slot and whole.search(field.about)]


def _text(texts: Mapping[str, str], key: str) -> str:
    """A text with its placeholders as code."""
    return re.sub(r"\{([^{}]*)\}", lambda found: code(found[0]), plain(texts[key])) if key in texts else ""


def _source(source: SourceRef) -> str:
    """A link, somebody's words by name and minute; the rest says where they stand."""
    title, section = plain(source.title), plain(source.section)
    if source.guest:
        return f"[{plain(source.guest)} at {source.at}]({source.url}), in “{section}” ({title})"
    return f"[{title}]({source.url}){f', {section}' if section else ''}"


def _example(number: int, example: Example) -> Iterator[str]:
    yield f"### Example {number}: {example.level}"
    if example.why:
        yield plain(example.why)
    for path, text in example.files.items():
        yield f"{code(path)}:" if text else f"{code(path)}, an empty file"
        if text:
            yield fenced(text, _language(path, text))


def _language(path: str, text: str) -> str:
    if path.endswith(".ipynb") and text.lstrip().startswith("{"):
        return "json"
    pure = PurePosixPath(path.casefold())
    return LANGUAGES.get(pure.suffix or pure.name, "text")


def fenced(text: str, language: str) -> str:
    """A code block whose fence is longer than any run of backticks inside."""
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}{language}\n{text}{'' if text.endswith(chr(10)) else chr(10)}{fence}"


def code(text: str) -> str:
    """A span of code, whatever backticks it holds; usable in a table."""
    ticks = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}".replace("|", "\\|")


def plain(text: str) -> str:
    """Text on one line that Markdown leaves as it is, in a table too; what stands between backticks is code."""
    special = r"`[^`]+`|[\\`*\[\]<>|~]|(?<![^\W_])_|_(?![^\W_])|&(?=[\w#]+;)"
    line = re.sub(special, lambda it: code(it[0][1:-1]) if len(it[0]) > 1 else f"\\{it[0]}", " ".join(text.split()))
    return f"\\{line}" if line.startswith(("#", "-", "+")) else line


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that hold no bare pipe."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _listed(items: Sequence[str], word: str) -> str:
    """ "a", "a and b", "a, b and c"."""
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), items[-1])))


def _conditions(rule: Rule, *levels: str) -> Iterator[Condition]:
    for level in levels or ("met", "partial"):
        for alternative in getattr(rule, level):
            yield from alternative


def _page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """0 where the pages are current or were written, 1 where `--check` finds a stale one."""
    wanted = pages(load_rules(RULES))
    there = {path.name: path.read_text(encoding="utf-8") for path in PAGES.glob("*.md")}
    stale = sorted(name for name in {*wanted, *there} if wanted.get(name) != there.get(name))
    if "--check" in sys.argv[1:]:
        if stale:
            print(f"docs/rules is old ({', '.join(stale)}); write it anew with: {REFRESH}", file=sys.stderr)
        return int(bool(stale))
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in stale:
        if name in wanted:
            (PAGES / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (PAGES / name).unlink()
    print(f"docs/rules: {len(wanted)} pages, {len(stale)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
