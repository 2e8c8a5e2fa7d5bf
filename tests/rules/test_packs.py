"""The rules folder, compiled: nothing that lies in a cache changes what it says."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from portfolio_check.language.terms import TermLists
from portfolio_check.rules import packs
from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.packs import COMPILED, Packs, compile_packs, packs_folder, shipped_packs, with_rules
from tests.repository.making import write
from tests.rules.making import TEXT

RULES = Path(__file__).parents[2] / "rules"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small rules folder that takes the place of the shipped one, with a cache of its own beside it."""
    files: dict[str, str | bytes] = {
        "team/watch.yaml": TEXT,
        "vocabulary/en.yaml": "language: en\nterms:\n  drift word: [drift, shift*]\nnames:\n  model: [sklearn.*]\n",
        "weights/prose.json": "{}",
        "profiles.yaml": (RULES / "profiles.yaml").read_bytes(),
    }
    write(tmp_path / "rules", files)
    monkeypatch.setattr(packs, "packs_folder", lambda: tmp_path / "rules")
    monkeypatch.setattr(packs, "_cache_folder", lambda: tmp_path / "cache")
    return tmp_path / "rules"


def used() -> Packs:
    """What a new process would use."""
    return shipped_packs.__wrapped__()


def shipped_like_a_wheel(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder, at the place where a wheel has it."""
    shipped = folder.rename(folder.with_name("rulepacks"))
    monkeypatch.setattr(packs, "packs_folder", lambda: shipped)
    return shipped


def cached(folder: Path) -> Path:
    """The one file of the cache."""
    (file,) = (folder.parent / "cache").glob("rules-*.msgpack")
    return file


def said(read: Packs) -> Packs:
    """All of it but the mark of what it was made of."""
    return msgspec.structs.replace(read, stamp="")


def test_the_shipped_rules_are_the_same_after_a_round_trip() -> None:
    fresh = compile_packs(RULES)
    assert len(fresh.rules) >= 25
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(fresh), type=Packs) == fresh
    assert said(shipped_packs()) == said(fresh)


def test_a_source_tree_has_its_rules_at_the_top() -> None:
    assert packs_folder() == RULES


def test_the_second_start_reads_what_the_first_one_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = used()
    assert said(first) == compile_packs(folder)

    def never(*_: object) -> Packs:
        raise AssertionError("compiled again")

    monkeypatch.setattr(packs, "compile_packs", never)
    assert used() == first


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data + data,
        lambda data: b"\xc1" * 100,
        lambda data: data[:16] + msgspec.msgpack.encode({"form": 1}),
        lambda data: data.replace(b"drift", b"draft"),
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: data[1:],
    ],
    ids=["empty", "half", "twice", "noise", "poor", "word", "bit", "shifted"],
)
def test_a_broken_cache_is_made_anew(folder: Path, broken: Callable[[bytes], bytes]) -> None:
    first = used()
    file = cached(folder)
    whole = file.read_bytes()
    file.write_bytes(broken(whole))
    assert used() == first
    assert file.read_bytes() == whole


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("team/watch.yaml", TEXT.replace("weight: 2", "weight: 3")),
        ("team/other.yaml", TEXT.replace("PC901", "PC902")),
        ("vocabulary/en.yaml", "language: en\nterms:\n  drift word: [data drift]\n"),
        ("vocabulary/de.yaml", "language: de\nterms:\n  drift word: [Verschiebung]\n"),
    ],
)
def test_a_changed_or_new_file_is_seen_at_the_next_start(folder: Path, file: str, text: str) -> None:
    before = used()
    (folder / file).write_text(text, "utf-8")
    assert said(used()) == compile_packs(folder) != said(before)


def test_a_change_that_keeps_size_and_time_is_seen(folder: Path) -> None:
    """As the files of two source distributions have the same time."""
    rule = folder / "team" / "watch.yaml"
    used()
    before = rule.stat()
    rule.write_text(TEXT.replace("weight: 2", "weight: 3"), "utf-8")
    os.utime(rule, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert used().rules[0].weight == 3


def test_a_removed_file_is_seen_at_the_next_start(folder: Path) -> None:
    assert used().rules
    (folder / "team" / "watch.yaml").unlink()
    assert used().rules == ()


def test_a_cache_that_cannot_be_written_costs_only_time(folder: Path) -> None:
    (folder.parent / "cache").write_text("a file, where a folder should be", "utf-8")
    assert said(used()) == compile_packs(folder)


def test_a_cache_that_is_written_leaves_nothing_else_behind(folder: Path) -> None:
    used()
    assert [path.name for path in (folder.parent / "cache").iterdir()] == [cached(folder).name]


def test_the_same_rules_compile_to_the_same_bytes(folder: Path) -> None:
    copy = folder.parent / "elsewhere" / "copy"
    shutil.copytree(folder, copy)
    assert msgspec.msgpack.encode(compile_packs(folder)) == msgspec.msgpack.encode(compile_packs(copy))


def test_phrases_are_kept_by_language(folder: Path) -> None:
    german = "language: de\nterms:\n  drift word: [Verteilung ~ verschob*]\n"
    (folder / "vocabulary" / "de.yaml").write_text(german, "utf-8")
    terms = compile_packs(folder).vocabulary().terms
    assert set(terms) == {"en", "de"}
    assert dict(TermLists(terms["de"]).hits(("verteilung", "ist", "verschoben"))) == {"drift word": 0}
    assert dict(TermLists(terms["en"]).hits(("verteilung", "ist", "verschoben"))) == {}


@pytest.mark.parametrize("phrase", ["no", "1", "[a]", '"…"', "null"])
def test_a_phrase_that_yaml_takes_for_a_value_is_named(folder: Path, phrase: str) -> None:
    (folder / "vocabulary" / "en.yaml").write_text(f"language: en\nterms:\n  drift word: [{phrase}]\n", "utf-8")
    with pytest.raises(RuleError, match=r"en\.yaml: list 'drift word': .* is no phrase; quote"):
        compile_packs(folder)


def test_a_rule_that_cites_what_does_not_exist_is_named(folder: Path) -> None:
    rule = folder / "team" / "watch.yaml"
    rule.write_text(TEXT.replace("wiki#portfolio-proof", "wiki#portfolio-prof"), "utf-8")
    with pytest.raises(RuleError, match=r"watch\.yaml: unknown source .*did you mean 'wiki#portfolio-proof'"):
        compile_packs(folder)


def test_broken_weights_name_the_file_and_the_way_out(folder: Path) -> None:
    (folder / "weights" / "prose.json").write_text('{"baseline": 3}', "utf-8")
    with pytest.raises(RuleError, match=r"prose\.json: not weights: .*train\.py"):
        compile_packs(folder)


def test_every_cited_source_is_at_hand() -> None:
    shipped = shipped_packs()
    cited = {reference for rule in shipped.rules for reference in rule.sources}
    cited |= {reference for profile in shipped.profiles.values() for reference in profile.sources}
    assert cited == set(shipped.cites)


def test_a_rule_of_ones_own_is_added_and_one_of_the_same_name_takes_its_place(tmp_path: Path) -> None:
    shipped = shipped_packs()
    own = write(tmp_path / "own", {"team/watch.yaml": TEXT, "team/baseline.yaml": TEXT.replace("PC901", "PC902")})
    both = with_rules(shipped, [own])
    rules = {rule.slug: rule for rule in both.rules}
    assert len(both.rules) == len(shipped.rules) + 1
    assert (rules["watch"].code, rules["baseline"].code) == ("PC901", "PC902")
    assert shipped == shipped_packs()


def test_a_rule_of_ones_own_that_cites_nothing_real_is_named(tmp_path: Path) -> None:
    own = write(tmp_path / "own", {"team/watch.yaml": TEXT.replace("wiki#portfolio-proof", "wiki#nothing-of-it")})
    with pytest.raises(RuleError, match=r"watch\.yaml: unknown source 'wiki#nothing-of-it'"):
        with_rules(shipped_packs(), [own])


def test_a_wheels_compiled_form_is_used_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = shipped_like_a_wheel(folder, monkeypatch)
    whole = compile_packs(shipped)
    (shipped / COMPILED).write_bytes(msgspec.msgpack.encode(whole))
    assert used() == whole
    assert not (shipped.parent / "cache").exists()


@pytest.mark.parametrize("data", [b"", b"\xc1", msgspec.msgpack.encode({"form": 1})])
def test_a_broken_compiled_form_falls_back_on_the_rule_files(
    folder: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    shipped = shipped_like_a_wheel(folder, monkeypatch)
    (shipped / COMPILED).write_bytes(data)
    assert said(used()) == compile_packs(shipped)


def test_a_compiled_form_in_a_source_tree_is_never_used(folder: Path) -> None:
    (folder / COMPILED).write_bytes(msgspec.msgpack.encode(compile_packs(folder)))
    (folder / "team" / "watch.yaml").unlink()
    assert used().rules == ()
