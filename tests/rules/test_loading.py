"""Rule files: what is read from them, and that an error names the file, the line and the way out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.loading import KINDS, load_rule, load_rules, parse_rule, rule_files, slots_of
from portfolio_check.rules.model import Condition, Example, Level
from tests.repository.making import write
from tests.rules.making import TEXT, rule


def test_a_rule_file_becomes_a_rule() -> None:
    read = rule()
    assert (read.code, read.slug, read.pack, read.weight) == ("PC901", "watch", "team", 2)
    assert read.sources == ("wiki#portfolio-proof",)
    assert read.gap == {"missing": "Nothing is watched.", "bound": "You watch {watched}, without a bound."}
    assert read.examples == (
        Example(Level.MET, {"README.md": "# Model\n\nWe retrain when drift passes 0.2.\n"}, "Both."),
    )


def test_alternatives_are_conjunctions_of_conditions() -> None:
    assert rule().met == (
        (Condition("check", (("watched", True), ("bound", True))),),
        (
            Condition("check", (("watched", True), ("service", False))),
            Condition("run", (("what", ("tests", "ci")),), negated=True),
        ),
    )


def test_a_value_that_is_no_text_is_compared_as_text() -> None:
    read = rule("- check: [watched, bound]", "- check: {watched: 0.2, bound: [1, drift]}")
    assert read.met[0] == (Condition("check", (("watched", "0.2"), ("bound", ("1", "drift")))),)


def test_a_condition_without_slots_asks_for_any_piece() -> None:
    assert rule("- check: [watched, bound]", "- picture:").met[0] == (Condition("picture", ()),)


def test_weight_kinds_and_examples_may_be_left_out() -> None:
    read = rule("weight: 2\n", "")
    assert (read.weight, read.kinds, read.not_applicable) == (1, (), "")


def test_facts_can_be_asked_for_like_evidence() -> None:
    assert "tool" in slots_of("stage")
    assert {"check", "score", "sentence", "call"} <= set(KINDS)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("weight: 2", "wieght: 2", 5, ["unknown key 'wieght'", "did you mean 'weight'?"]),
        ("weight: 2", "colour: red", 5, ["unknown key 'colour'"]),
        ("[watched, bound]", "[watched, bond]", 7, ["check has no slot 'bond'", "did you mean 'bound'?"]),
        ("{watched: true, service: false}", "{sevice: true}", 7, ["no slot 'sevice'", "did you mean 'service'?"]),
        ("- check: [watched]", "- chek: [watched]", 12, ["unknown kind of evidence 'chek'", "did you mean 'check'?"]),
        ("run: {what", "runs: {what", 7, ["unknown kind of evidence 'runs'", "did you mean 'run'?"]),
        ("- check: [watched]", "check: [watched]", 12, ["list of alternatives"]),
        ("- check: [watched]", "- watched", 12, ["an alternative must be a mapping such as"]),
        ("gap:\n  missing: Nothing is watched.\n", "gap:\n", 14, ["a text for 'missing'"]),
        ("fix:\n  missing: Watch something.\n  bound: Give a bound.\n", "fix: W.\n", 17, ["mapping of slot to text"]),
        ("level: met", "level: half", 20, ["level (met, partial, missing, n/a)", "half"]),
        ("    files:\n      README.md: |", "    content:\n      README.md: |", 20, ["an example needs", "files"]),
    ],
)  # fmt: skip
def test_an_error_names_the_file_the_line_and_the_way_out(old: str, new: str, line: int, words: list[str]) -> None:
    with pytest.raises(RuleError) as error:
        rule(old, new)
    said = str(error.value)
    assert said.startswith(f"team/watch.yaml:{line}: ")
    assert "\n" not in said
    for word in words:
        assert word in said


@pytest.mark.parametrize("key", ["code", "title", "asks", "why", "sources", "met", "partial", "gap", "fix", "examples"])
def test_a_key_that_is_missing_is_named(key: str) -> None:
    lines = TEXT.splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    with pytest.raises(RuleError, match=f"^watch.yaml: the key '{key}' is missing$"):
        parse_rule("".join(lines[:start] + lines[end:]).encode(), "watch.yaml", slug="watch", pack="team")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code: [\n", "not YAML"),
        ("code: 'open\n", "not YAML"),
        ("- a\n- b\n", "not a mapping"),
        ("", "not a mapping"),
        ("just text", "not a mapping"),
        ("code: !!python/object/apply:os.system [id]\n", "not YAML"),
        ("a: &a [x]\nb: " + "[" * 3000, "more than 2,000 brackets"),
        ("a: " + "x" * 300_000, "larger than 200000 bytes"),
        ("code: \x00", "not YAML"),
        ("code: &a [*a]\n", "the key 'title' is missing"),
        ("a:\n" + "".join(" " * depth + "- \n" for depth in range(1, 400)), "a"),
    ],
    ids=["open", "quote", "list", "empty", "text", "code", "deep", "large", "null", "itself", "nested"],
)
def test_what_is_no_rule_file_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(RuleError) as error:
        parse_rule(text.encode(), "broken.yaml", slug="broken", pack="team")
    said = str(error.value)
    assert said.startswith("broken.yaml")
    assert words in said
    assert "\n" not in said


def test_an_error_in_yaml_names_its_line() -> None:
    with pytest.raises(RuleError, match=r"^broken\.yaml:3: not YAML: "):
        parse_rule(b"code: PC1\ntitle: a\nasks: b: c\n", "broken.yaml", slug="broken", pack="team")


def test_a_rule_is_named_after_its_file_and_its_pack_after_its_folder(tmp_path: Path) -> None:
    folder = write(tmp_path / "rules", {"team/quality/watch.yaml": TEXT})
    read = load_rule(folder / "team" / "quality" / "watch.yaml")
    assert (read.slug, read.pack) == ("watch", "quality")


def test_rules_of_a_folder_are_ordered_by_their_code(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a/late.yaml": TEXT.replace("PC901", "PC950"), "b/early.yaml": TEXT})
    assert [read.slug for read in load_rules(folder)] == ["early", "late"]


def test_vocabulary_sources_and_profiles_are_no_rules(tmp_path: Path) -> None:
    names = ["team/watch.yaml", "vocabulary/en.yaml", "sources/wiki.yaml", "profiles.yaml", "team/README.md"]
    write(tmp_path, dict.fromkeys(names, TEXT))
    assert rule_files(tmp_path) == [tmp_path / "team" / "watch.yaml"]


def test_a_rule_of_a_folder_called_vocabulary_above_the_pack_is_one(tmp_path: Path) -> None:
    folder = write(tmp_path / "vocabulary", {"team/watch.yaml": TEXT})
    assert len(rule_files(folder)) == 1


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"a/watch.yaml": TEXT, "a/other.yaml": TEXT}, "code PC901 is used twice"),
        ({"a/watch.yaml": TEXT, "b/watch.yaml": TEXT.replace("PC901", "PC902")}, "slug watch is used twice"),
    ],
)
def test_two_rules_of_one_code_or_slug_are_refused(tmp_path: Path, files: dict[str, str | bytes], words: str) -> None:
    with pytest.raises(RuleError, match=words):
        load_rules(write(tmp_path, files))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"nowhere: no such folder of rules$"):
        load_rules(tmp_path / "nowhere")


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    with pytest.raises(RuleError):
        parse_rule(data, "broken.yaml", slug="broken", pack="team")


@given(st.sampled_from(TEXT.splitlines()), st.sampled_from(["1", "null", "[]", "{}", "[[1]]", "text", "{a: b}", "- 1"]))
def test_a_rule_file_with_any_value_changed_is_read_or_refused(line: str, value: str) -> None:
    key, colon, _ = line.partition(":")
    text = TEXT.replace(line, f"{key}: {value}" if colon else value, 1)
    with suppress(RuleError):
        parse_rule(text.encode(), "changed.yaml", slug="changed", pack="team")
