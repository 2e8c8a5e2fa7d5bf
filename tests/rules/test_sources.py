"""The sources resolve, and every rule cites what really says it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from portfolio_check.rules.errors import RuleError
from portfolio_check.rules.sources import SourceRef, load, minute, resolve, resolve_all, seconds

RULES = Path(__file__).parents[2] / "rules"
PACKS = ("end-to-end", "production-pipeline", "documentation", "research")
RULE_FILES = sorted(path for pack in PACKS for path in (RULES / pack).glob("*.yaml"))
PROFILES: dict[str, Any] = yaml.safe_load((RULES / "profiles.yaml").read_text(encoding="utf-8"))


def cited(path: Path) -> list[str]:
    sources = yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]
    assert isinstance(sources, list)
    return sources


def untied(references: list[str]) -> list[str]:
    """Episode minutes that the wiki page does not tie to any section cited beside them."""
    sections = [reference.removeprefix("wiki#") for reference in references if reference.startswith("wiki#")]
    minutes = [reference for reference in references if "@" in reference]
    return [at for at in minutes if not any(load().ties(section, at) for section in sections)]


def test_a_section_of_the_page_has_its_anchor() -> None:
    assert resolve("wiki#portfolio-proof") == SourceRef(
        title="Software Engineer to Machine Learning",
        section="Portfolio Proof",
        url="https://datatalks.club/podwiki/wiki/software-engineer-to-machine-learning/#portfolio-proof",
    )


def test_a_minute_links_to_its_second_and_names_guest_and_chapter() -> None:
    found = resolve("santiago@22:18")
    assert found.url == "https://www.youtube.com/watch?v=xVYOdRrN7hw&t=1338s"
    assert (found.guest, found.at) == ("Santiago Valdarrama", "22:18")
    assert found.section.startswith("Lesson 4")


def test_a_minute_within_a_chapter_is_shown_as_it_was_cited() -> None:
    found = resolve("santiago@23:40")
    assert found.section == resolve("santiago@22:18").section
    assert (found.at, found.url.rpartition("=")[2]) == ("23:40", "1420s")


def test_a_minute_past_the_hour_is_written_with_hours() -> None:
    assert resolve("raphael@1:00:54").url.endswith("&t=3654s")


def test_a_neighbouring_page_is_cited_by_section_or_whole() -> None:
    assert resolve("page:model-monitoring#alerts").url == "https://datatalks.club/podwiki/wiki/model-monitoring/#alerts"
    assert resolve("page:model-monitoring").section == ""


def test_an_item_of_a_rubric_links_to_the_rubric() -> None:
    found = resolve("rubric:ml-zoomcamp#model-deployment")
    assert found.section == "Model deployment"
    assert "#" not in found.url


def test_a_paper_is_found_by_its_name() -> None:
    assert resolve("further:model-cards").url == "https://arxiv.org/abs/1810.03993"


@pytest.mark.parametrize(
    ("reference", "suggestion"),
    [
        ("wiki#portfolio-prof", "wiki#portfolio-proof"),
        ("santiag@22:18", "santiago@22:18"),
        ("further:model-card", "further:model-cards"),
        ("page:model-monitoring#alert", "page:model-monitoring#alerts"),
        ("rubric:ml-zoomcamp#enviroment", "rubric:ml-zoomcamp#environment"),
    ],
)
def test_an_unknown_reference_is_named_with_the_nearest_known_one(reference: str, suggestion: str) -> None:
    with pytest.raises(RuleError) as caught:
        resolve(reference)
    assert reference in str(caught.value)
    assert f"did you mean {suggestion!r}?" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "wiki",
        "wiki#",
        "nobody@1:00",
        "santiago@",
        "santiago@2218",
        "santiago@22:61",
        "mihail@0:30",
        "santiago@99:59",
        "page:",
        "x:y#z",
    ],
)
def test_what_does_not_exist_is_refused(reference: str) -> None:
    with pytest.raises(RuleError):
        resolve(reference)


def test_everything_that_is_known_resolves() -> None:
    references = load().references()
    assert len(references) == len(set(references)) > 300
    assert len(resolve_all(references)) == len(references)


def test_every_citation_of_the_page_lies_within_its_episode() -> None:
    sources = load()
    for citations in sources.citations.values():
        for citation in citations:
            assert citation.first <= citation.last
            for second in (citation.first, citation.last):
                assert resolve(f"{citation.episode}@{minute(second)}").guest == sources.episodes[citation.episode].guest


def test_every_citation_of_the_page_names_starts_of_chapters() -> None:
    sources = load()
    for citations in sources.citations.values():
        for citation in citations:
            starts = {chapter.start for chapter in sources.episodes[citation.episode].chapters}
            assert {citation.first, citation.last} <= starts, citation


def test_chapters_stand_in_the_order_of_time() -> None:
    for episode in load().episodes.values():
        starts = [chapter.start for chapter in episode.chapters]
        assert starts == sorted(set(starts))


def test_the_points_of_a_rubric_add_up_to_its_total() -> None:
    rubrics = yaml.safe_load((RULES / "sources" / "rubrics.yaml").read_text(encoding="utf-8"))
    for slug, rubric in rubrics.items():
        points = [item["points"] for item in rubric["items"].values()]
        levels = sum(max(item) for item in points if all(isinstance(level, int) for level in item))
        practices = sum(sum(item.values()) for item in points if all(isinstance(name, str) for name in item))
        assert levels + practices == rubric["total"], slug


@pytest.mark.parametrize("at", ["22:18", "1:01:40", "0:00", "59:54"])
def test_a_minute_survives_the_way_through_seconds(at: str) -> None:
    second = seconds(at)
    assert second is not None
    assert minute(second) == at


@pytest.mark.parametrize(
    "text", ["", "22", "22:1", "22:60", "a:00", "1:2:03", "-1:00", "²:00", "1:00:00:00", "9999:00"]
)
def test_what_is_no_minute_has_no_seconds(text: str) -> None:
    assert seconds(text) is None


def test_a_minute_outside_the_stretches_of_a_section_is_not_tied_to_it() -> None:
    assert load().ties("portfolio-proof", "simon@30:32")
    assert not load().ties("portfolio-proof", "simon@8:11")
    assert not load().ties("portfolio-proof", "santiago@30:32")


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_a_rule_cites_sources_that_exist(path: Path) -> None:
    assert resolve_all(cited(path))


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_a_rule_cites_a_section_of_the_page(path: Path) -> None:
    assert any(reference.startswith("wiki#") for reference in cited(path))


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda path: path.stem)
def test_the_page_ties_a_rules_minutes_to_a_section_that_the_rule_cites(path: Path) -> None:
    assert untied(cited(path)) == []


def test_a_minute_that_the_page_does_not_tie_is_noticed() -> None:
    assert untied(["wiki#portfolio-proof", "simon@8:11", "santiago@22:18"]) == ["simon@8:11"]


@pytest.mark.parametrize("name", PROFILES["profiles"])
def test_a_profile_cites_what_argues_it(name: str) -> None:
    references = PROFILES["profiles"][name]["sources"]
    assert resolve_all(references)
    assert untied(references) == []


@pytest.mark.parametrize("name", PROFILES["profiles"])
def test_a_profile_weighs_every_rule_between_nought_and_five(name: str) -> None:
    weights = PROFILES["profiles"][name]["weights"]
    assert {path.stem for path in RULE_FILES} <= set(weights)
    assert all(0 <= weight <= 5 for weight in weights.values())


def test_every_kind_of_repository_has_a_profile() -> None:
    assert set(PROFILES["kinds"]) == {"service", "pipeline", "research", "notebook", "app", "not-ml"}
    assert set(PROFILES["kinds"].values()) <= set(PROFILES["profiles"])


def test_a_broken_source_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "wiki.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(RuleError, match=r"wiki\.yaml: not YAML"):
        load(tmp_path)


def test_an_absent_source_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"wiki\.yaml"):
        load(tmp_path)
