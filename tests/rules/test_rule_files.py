"""Every rule file is whole: its keys, its texts and its examples, read without the loader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from portfolio_check.evidence import model as evidence

RULES = Path(__file__).parents[2] / "rules"
PACKS = {"end-to-end": 1, "production-pipeline": 2, "documentation": 3, "research": 4}
PATHS = sorted(path for pack in PACKS for path in (RULES / pack).glob("*.yaml"))
REQUIRED = {"code", "title", "asks", "why", "weight", "sources", "gap", "fix", "examples"}
OPTIONAL = {"kinds", "not_applicable", "met", "partial"}
WORDS = {"tuned-on-test", "fitted-before-split", "time-order-ignored", "simple", "train"}
"""Values of `Split.flaw_kind`, `Score.role` and `Score.split` that have a text of their own."""
SLOTS = {
    name
    for kind in vars(evidence).values()
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct)
    for name in kind.__struct_fields__
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
FULL_STOP_WITHIN = re.compile(r"[.?!](?=\s)")
EVERY = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def rule(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def texts(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(f"{kind}.{key}", text) for kind in ("gap", "fix") for key, text in content[kind].items()]


def test_there_are_the_twenty_five_criteria() -> None:
    assert [len(list((RULES / pack).glob("*.yaml"))) for pack in PACKS] == [12, 7, 3, 3]


def test_codes_are_unique_and_count_through_their_pack() -> None:
    for pack, hundred in PACKS.items():
        codes = sorted(rule(path)["code"] for path in PATHS if path.parent.name == pack)
        assert codes == [f"PC{hundred}{number:02}" for number in range(1, len(codes) + 1)]


def test_titles_are_unique() -> None:
    titles = [rule(path)["title"] for path in PATHS]
    assert len(set(titles)) == len(titles)


@EVERY
def test_a_rule_has_its_keys_and_no_others(path: Path) -> None:
    keys = set(rule(path))
    assert keys >= REQUIRED
    assert keys <= REQUIRED | OPTIONAL


@EVERY
def test_a_rule_asks_one_question_and_says_why(path: Path) -> None:
    content = rule(path)
    assert content["asks"].endswith("?")
    assert content["why"].endswith(".")
    assert len(FULL_STOP_WITHIN.findall(content["why"])) <= 1
    assert content["weight"] in (1, 2, 3)


@EVERY
def test_gap_and_fix_speak_of_the_same_slots(path: Path) -> None:
    content = rule(path)
    assert set(content["gap"]) == set(content["fix"])
    assert {"missing", "partial"} <= set(content["gap"])
    assert {key.removeprefix("with ") for key in content["gap"]} <= SLOTS | WORDS | {"missing", "partial"}
    assert {key[5:] for key in content["gap"] if key.startswith("with ")} <= SLOTS


@EVERY
def test_a_text_is_one_sentence_that_ends_with_a_full_stop(path: Path) -> None:
    for where, text in texts(rule(path)):
        assert text.endswith("."), where
        assert text[0].isupper() or text[0] == "{", where
        assert not FULL_STOP_WITHIN.search(text), where
        assert "!" not in text, where
        assert "\n" not in text, where
        assert len(text) <= 160, where


@EVERY
def test_a_placeholder_names_a_slot_and_has_a_text_to_fall_back_on(path: Path) -> None:
    content = rule(path)
    for where, text in texts(content):
        names = set(PLACEHOLDER.findall(text))
        assert names <= SLOTS | {"path"}, where
        assert text.count("{") == text.count("}") == len(PLACEHOLDER.findall(text)), where
        if where.endswith((".missing", ".partial")):
            assert not names, where


@EVERY
def test_a_text_about_a_filled_slot_quotes_it_in_gap_and_fix(path: Path) -> None:
    """Where the words are too long to be quoted, both then fall back together."""
    content = rule(path)
    for key, text in content["gap"].items():
        if key.startswith("with ") and f"{{{key[5:]}}}" in text:
            assert f"{{{key[5:]}}}" in content["fix"][key], key


@EVERY
def test_a_text_never_quotes_the_slot_whose_absence_it_speaks_of(path: Path) -> None:
    """What is said of an empty slot cannot show its words; what is said of a filled one stands under `with <slot>`."""
    for where, text in texts(rule(path)):
        key = where.partition(".")[2]
        if key in SLOTS:
            assert f"{{{key}}}" not in text, where


@EVERY
def test_a_rule_has_examples_of_every_level(path: Path) -> None:
    levels = [example["level"] for example in rule(path)["examples"]]
    assert len(levels) >= 6
    assert {"met", "partial", "missing"} <= set(levels) <= {"met", "partial", "missing", "n/a"}


@EVERY
def test_an_example_says_what_it_shows(path: Path) -> None:
    for example in rule(path)["examples"]:
        assert set(example) == {"level", "why", "files"}
        assert example["why"].endswith(".")


@EVERY
def test_no_two_examples_are_the_same(path: Path) -> None:
    files = [json.dumps(example["files"], sort_keys=True) for example in rule(path)["examples"]]
    assert len(set(files)) == len(files)


@EVERY
def test_an_examples_files_are_texts_at_paths_inside_the_tree(path: Path) -> None:
    for example in rule(path)["examples"]:
        assert example["files"]
        for name, text in example["files"].items():
            assert isinstance(text, str), name
            assert not name.startswith("/"), name
            assert ".." not in name.split("/"), name


@EVERY
def test_the_code_of_an_example_compiles(path: Path) -> None:
    for example in rule(path)["examples"]:
        for name, text in example["files"].items():
            if name.endswith(".py"):
                compile(text, name, "exec")
            elif name.endswith(".ipynb"):
                for cell in code_cells(text):
                    compile(cell, name, "exec")


@EVERY
def test_the_configuration_of_an_example_is_well_formed(path: Path) -> None:
    for example in rule(path)["examples"]:
        for name, text in example["files"].items():
            if name.endswith((".yml", ".yaml")):
                yaml.safe_load(text)
            elif name.endswith(".json"):
                json.loads(text)


@EVERY
def test_a_notebook_of_an_example_starts_with_a_cell(path: Path) -> None:
    for example in rule(path)["examples"]:
        for name, text in example["files"].items():
            if name.endswith(".ipynb"):
                assert text.startswith("# %%"), name


def code_cells(text: str) -> list[str]:
    """The sources of the code cells of a light-weight notebook, without their outputs (which are comments)."""
    cells = re.split(r"^# %%", text, flags=re.MULTILINE)[1:]
    return [cell.partition("\n")[2] for cell in cells if not cell.startswith(" [markdown]")]


def test_rules_of_the_research_pack_say_where_they_do_not_apply() -> None:
    for path in PATHS:
        content = rule(path)
        if path.parent.name == "research":
            assert content["kinds"] == ["research"]
            assert content["not_applicable"].endswith(".")
        else:
            assert "not_applicable" not in content


def test_examples_are_written_in_several_languages() -> None:
    texts = [text for path in PATHS for example in rule(path)["examples"] for text in example["files"].values()]
    words = set(re.findall(r"\w+", "\n".join(texts).casefold()))
    for word in ("modelo", "wir", "nous", "trabalhos", "passi", "rencana"):
        assert word in words, word
    assert any("一" <= letter <= "鿿" for text in texts for letter in text)
