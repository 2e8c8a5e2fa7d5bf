"""The pages of `docs/rules/` are what the rules say, and every link of the documentation leads somewhere."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from portfolio_check.rules.loading import load_rules
from portfolio_check.rules.model import Condition, Example, Level, Rule

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "docs" / "rule_pages.py"
PAGES = ROOT / "docs" / "rules"
RULES = load_rules(ROOT / "rules")
DOCUMENTS = sorted((ROOT / "docs").rglob("*.md"))
written = SimpleNamespace(**runpy.run_path(str(SCRIPT)))
HOSTILE = "```sh\n~~~\n````\n# no heading\n| a | b |\n````\n"


def blocks(page: str) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page)


def inline(page: str) -> list[Token]:
    return [child for token in blocks(page) for child in token.children or ()]


def links(page: str) -> list[str]:
    return [str(token.attrs["href"]) for token in inline(page) if token.type == "link_open"]


def anchors(page: str) -> set[str]:
    """The anchors that GitHub gives to headings, and those that are set by hand."""
    tokens = blocks(page)
    titles = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    markup = "".join(token.content for token in inline(page) if token.type == "html_inline")
    named = re.findall(r'<a id="([^"]+)">', markup)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles} | set(named)


def fences(page: str) -> list[str]:
    return [token.content for token in blocks(page) if token.type == "fence"]


def rows(page: str) -> list[list[str]]:
    """The cells of every row of every table, headers too."""
    found: list[list[str]] = []
    for token, after in pairwise(blocks(page)):
        if token.type == "tr_open":
            found.append([])
        elif token.type in ("th_open", "td_open"):
            found[-1].append("".join(child.content for child in after.children or ()))
    return found


def made(**changed: object) -> Rule:
    """A rule of the first rule's form."""
    first = {name: getattr(RULES[0], name) for name in Rule.__struct_fields__}
    return Rule(**(first | changed))


def test_the_pages_in_the_tree_are_what_the_script_writes() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "--check"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_every_rule_has_a_page_and_a_row_in_the_index() -> None:
    assert {path.name for path in PAGES.iterdir()} == {f"{rule.slug}.md" for rule in RULES} | {
        "index.md",
        "evidence.md",
    }
    listed = [row for row in rows((PAGES / "index.md").read_text("utf-8")) if row[0] != "code"]
    assert sorted(listed) == [[rule.code, rule.title, rule.asks, rule.slug] for rule in RULES]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_inside_the_documentation_leads_somewhere(document: Path) -> None:
    for target in links(document.read_text("utf-8")):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        place = document.parent / unquote(path) if path else document
        assert place.exists(), target
        assert not anchor or anchor in anchors(place.read_text("utf-8")), target


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_a_page_shows_what_its_rule_holds(rule: Rule) -> None:
    page = (PAGES / f"{rule.slug}.md").read_text("utf-8")
    assert page.startswith(f"# {rule.code} {rule.title}\n")
    said = {(row[2], row[3]) for row in rows(page)}
    assert said >= {(rule.gap[key], rule.fix[key]) for key in rule.gap.keys() & rule.fix.keys()}
    texts = [text for example in rule.examples for text in example.files.values() if text]
    assert [block.rstrip("\n") for block in fences(page)] == [text.rstrip("\n") for text in texts]


def test_a_fence_inside_an_example_does_not_end_it() -> None:
    page = written.rule_page(made(examples=(Example(Level.MET, {"README.md": HOSTILE, "a`b.py": "print()"}),)))
    assert fences(page) == [HOSTILE, "print()\n"]


def test_a_text_is_shown_as_it_is_written() -> None:
    text = "a | b <b> *c* __init__ d` [e](f) &amp; \\ {exact}"
    page = written.rule_page(made(gap={"missing": text, "partial": "g"}, fix={"missing": text, "partial": "h"}))
    assert ["missing", "nothing of this is there", text, text] in rows(page)


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("check", (("watched", True), ("bound", True))), "one Check with its slots watched and bound filled"),
        (Condition("check", (("watched", True),), negated=True), "no Check with its slot watched filled"),
        (Condition("serving", (("broken", False),)), "one Serving with its slot broken empty"),
        (Condition("run", (("what", "ci"), ("does", True))), "one Run with its what being ci and its slot does filled"),
        (Condition("score", (("split", ("", "test", "cv")),)), "one Score with its split being unknown, test or cv"),
        (Condition("stage", (("tool", "make*"),)), "one Stage with its tool matching make*"),
        (Condition("effort", ()), "one Effort"),
    ],
)  # fmt: skip
def test_a_demand_reads_as_a_phrase(condition: Condition, words: str) -> None:
    assert "".join(token.content for token in inline(written.in_words([condition]))) == words


def test_the_cases_of_a_gap_are_told_apart() -> None:
    rule = made(
        partial=((Condition("score", ()), Condition("serving", ())),),
        gap=dict.fromkeys(("partial", "missing", "value", "with broken", "simple"), "text"),
        fix={"missing": "text"},
    )
    assert [row[1] for row in rows(written.rule_page(rule))[1:]] == [
        "nothing of this is there",
        "value is empty",
        "broken is filled",
        "role is simple",
        "anything else",
    ]


def test_a_string_after_a_field_is_its_docstring() -> None:
    source = (
        'class A(B):\n    """What."""\n    x: Slot | None = None\n    """One\n    two."""\n    y: str\n    z: Slot\n'
    )
    about, fields = written.declarations(source)["A"]
    assert about == "What."
    assert [(field.name, field.slot, field.about) for field in fields] == [
        ("x", True, "One two."),
        ("y", False, ""),
        ("z", True, ""),
    ]
