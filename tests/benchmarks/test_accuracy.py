"""The benchmark program: its arithmetic by hand, its labels by form, and quotes of real reviews at their places."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from benchmarks.accuracy.agreement import confusion, f1, gap_f1, interval, kappa, rank_correlation
from benchmarks.accuracy.answers import Answer, Verdict
from benchmarks.accuracy.figures import figures, misses, near, ranks
from benchmarks.accuracy.keyword_search import WORDS, keyword_search
from benchmarks.accuracy.labels import CRITERIA, Label, LabelError, Spot, Wanted, case_id, read_label, read_labels, spot
from benchmarks.accuracy.page import PAGE, filled
from benchmarks.accuracy.quotes import checked
from benchmarks.accuracy.repositories import repositories
from benchmarks.accuracy.score import LABELS
from benchmarks.accuracy.standing import ELSEWHERE, NOWHERE, THERE, UNREADABLE, standing
from portfolio_check.review.model import Evidence

ROOT = Path(__file__).parents[2]
FIXTURES = sorted(path for path in (ROOT / "fixtures").iterdir() if path.is_dir())
FILES = sorted(LABELS.glob("*.yaml"))
NAMES = (LABELS.parent / "repositories.txt").read_text(encoding="utf-8").split()


def label(level: str, *, also: str | None = None, places: tuple[str, ...] = (), clone: bool = False) -> Label:
    wanted = Wanted(level, also, tuple(map(spot, places)))
    return Label("0" * 10, "0" * 40, "service", clone, 5, ("baseline", "tests", "metric"), {"baseline": wanted})


def answer(level: str, *spots: Spot, clone: bool = False) -> Answer:
    return Answer("service", clone, 50, ("tests", "metric", "ci-cd"), {"baseline": Verdict(level, spots)})


def test_kappa_of_perfect_opposite_and_chance_agreement() -> None:
    assert kappa(confusion([(0, 0), (1, 1), (2, 2)])) == 1.0
    assert kappa(confusion([(0, 2), (2, 0)])) == -1.0
    assert kappa(confusion([(0, 0), (0, 2), (2, 0), (2, 2)])) == 0.0
    assert kappa(confusion([(1, 1), (1, 1)])) == 1.0
    assert kappa(confusion([])) is None


def test_kappa_counts_a_miss_by_two_levels_four_times() -> None:
    # Observed 1 / 4. By chance, rows 2, 0, 2 against columns 1, 1, 2: (2·1·1 + 2·2·4 + 2·1·4 + 2·1·1) / 16 = 28 / 16.
    assert kappa(confusion([(0, 0), (0, 1), (2, 2), (2, 2)])) == pytest.approx(1 - 0.25 / 1.75)
    assert kappa(confusion([(0, 0), (0, 2), (2, 2), (2, 2)])) == pytest.approx(1 - 1.0 / 2.0)


def test_f1_of_gaps_takes_every_level_below_met_for_a_gap() -> None:
    # Gaps: 0→1 hit, 1→0 hit, 1→2 missed, 2→1 false; 2→2 is none.
    assert gap_f1(confusion([(0, 1), (1, 0), (1, 2), (2, 1), (2, 2)])) == pytest.approx(4 / 6)
    assert f1(0, 0, 0) is None


def test_rank_correlation_shares_ranks_among_equal_values() -> None:
    assert rank_correlation([1, 2, 3], [10, 20, 30]) == pytest.approx(1.0)
    assert rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1.0)
    # Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: 4.5 / sqrt(4.5 · 5).
    assert rank_correlation([1, 2, 2, 3], [1, 2, 3, 4]) == pytest.approx(4.5 / 22.5**0.5)
    assert rank_correlation([1, 1, 1], [1, 2, 3]) is None
    assert rank_correlation([1, 2], [1, 2]) is None


def test_the_interval_of_equal_repositories_has_no_width() -> None:
    one = confusion([(0, 0), (1, 2), (2, 2)])
    assert interval([one, one, one]) == (kappa(one), kappa(one))
    low, high = interval([one, confusion([(0, 2), (2, 0)]), confusion([(0, 0), (2, 2)])]) or (0.0, 0.0)
    assert low < high


def test_unsure_counts_as_missing_and_out_of_scope_as_the_worst_answer() -> None:
    assert ranks("partial", "unsure") == (1, 0)
    assert ranks("met", "n/a") == (2, 0)
    assert ranks("missing", "n/a") == (0, 2)
    assert ranks("n/a", "met") is None


def test_a_second_level_counts_as_right() -> None:
    found = figures({"a": label("partial", also="met")}, {"a": answer("met")}, {})
    assert found.criteria[0].exact == 1.0
    assert found.criteria[0].confusion[2][2] == 1
    assert not misses({"a": label("partial", also="met")}, {"a": answer("met")})


def test_a_criterion_out_of_scope_for_both_is_not_counted() -> None:
    assert figures({"a": label("n/a")}, {"a": answer("n/a")}, {}).criteria[0].n == 0
    found = figures({"a": label("n/a")}, {"a": answer("met")}, {}).criteria[0]
    assert (found.n, found.exact, found.kappa) == (1, 0.0, None)


def test_place_needs_the_file_and_spot_the_line_or_cell() -> None:
    wanted = {"a": label("met", places=("README.md:10", "train.ipynb#4"))}
    rows = [
        (Spot("README.md", line=13), 1.0, 1.0),
        (Spot("README.md", line=14), 1.0, 0.0),
        (Spot("train.ipynb", cell=4), 1.0, 1.0),
        (Spot("train.ipynb", cell=5), 1.0, 0.0),
        (Spot("other.md", line=10), 0.0, 0.0),
    ]
    for cited, place, at in rows:
        row = figures(wanted, {"a": answer("partial", cited)}, {}).criteria[0]
        assert (row.place, row.spot) == (place, at), cited
    assert figures(wanted, {"a": answer("missing")}, {}).criteria[0].place is None
    assert not near(Spot("README.md"), Spot("README.md", line=1))


def test_whole_repository_figures_by_hand() -> None:
    labels = {"a": label("met", clone=True), "b": label("met"), "c": label("missing", clone=True)}
    answers = {"a": answer("met", clone=True), "b": answer("met", clone=True), "c": answer("missing")}
    found = figures(labels, answers, {"d": "not in the folder"})
    assert found.repositories == 3
    assert found.tutorial_clone_f1 == pytest.approx(0.5)
    assert found.top_gap_overlap == pytest.approx(2 / 3)
    assert found.kind_exact == 1.0
    assert found.pooled.kappa == 1.0
    assert found.strength_correlation is None


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("README.md:12", Spot("README.md", line=12)),
        ("a b/train.ipynb#7", Spot("a b/train.ipynb", cell=7)),
        ("README.md:12-20", Spot("README.md", line=12)),
        ("Dockerfile", Spot("Dockerfile")),
    ],
)
def test_a_place_is_read(place: str, found: Spot) -> None:
    assert spot(place) == found


def test_a_case_id_does_not_depend_on_case() -> None:
    assert case_id("Owner/Name") == case_id("owner/name")
    assert re.fullmatch("[0-9a-f]{10}", case_id("owner/name"))


def test_the_long_form_of_the_guide_is_read(tmp_path: Path) -> None:
    guide = (LABELS.parent / "GUIDE.md").read_text(encoding="utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "owner+name.yaml").write_text(example, encoding="utf-8")
    read = read_labels(tmp_path)[case_id("owner/name")]
    assert read.criteria["baseline"] == Wanted("partial", "missing", (Spot("train.ipynb", cell=9),))
    assert read.top_gaps == ("monitoring-plan", "error-analysis", "baseline")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("level: met", "level: good", "level 'good'"),
        ("kind: service", "kind: site", "kind 'site'"),
        ("monitoring-plan:", "monitoring:", "unknown criterion 'monitoring'"),
        ("strength: 6", "strength: 60", "strength 60"),
        ("commit: ", "commit: x", "40 hex digits"),
        ("kind: service\n", "", "kind"),
    ],
)
def test_a_malformed_label_is_named_with_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    guide = (LABELS.parent / "GUIDE.md").read_text(encoding="utf-8")
    example = guide.partition("```yaml\n")[2].partition("```")[0]
    file = tmp_path / "wrong.yaml"
    file.write_text(example.replace(old, new), encoding="utf-8")
    with pytest.raises(LabelError, match=re.escape(said)):
        read_label(file)


def test_the_guide_has_every_criterion_in_its_order() -> None:
    guide = (LABELS.parent / "GUIDE.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `([a-z-]+)` \| (?!when)", guide, re.MULTILINE))[-25:] == CRITERIA
    assert set(WORDS) == set(CRITERIA)


def test_there_is_one_label_for_each_repository_of_the_list() -> None:
    assert len(FILES) >= 20
    assert {file.stem for file in FILES} == {case_id(name) for name in NAMES}
    assert [name.partition("/")[2].lower() for name in NAMES] == sorted(
        name.partition("/")[2].lower() for name in NAMES
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_label_is_complete_and_names_nobody(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    read = read_label(file)
    assert set(read.criteria) == set(CRITERIA)
    assert len(set(read.top_gaps)) == 3
    assert set(data) == {
        "commit", "kind", "language", "tutorial_clone", "strength", "top_gaps", "leakage", "criteria"
    }  # fmt: skip
    for slug, said in data["criteria"].items():
        assert set(said) <= {"level", "also", "places"}, slug
        assert bool(said.get("places")) == (said["level"] in ("met", "partial")), slug
        assert len(said.get("places", ())) <= 3, slug
        assert all(re.fullmatch(r".+[:#]\d+", place) for place in said.get("places", ())), slug
        if read.kind != "research":
            assert (said["level"] == "n/a") == (slug in CRITERIA[-3:]) or slug not in CRITERIA[-3:], slug
    for leak in data["leakage"]:
        assert set(leak) == {"at", "why"}
        assert not set(leak["why"]) & set("\"'`“”"), leak
    text = file.read_text(encoding="utf-8").lower()
    for name in NAMES:
        owner, _, repository = name.lower().partition("/")
        assert owner not in text
        assert repository not in text


def test_a_repository_is_found_by_its_folder_in_each_form(tmp_path: Path) -> None:
    (tmp_path / "owner+bare").mkdir()
    (tmp_path / "owner+bare" / "HEAD").write_text("ref: refs/heads/main\n")
    (tmp_path / "Owner+Clone" / ".git").mkdir(parents=True)
    (tmp_path / "Owner+Clone" / "repo").mkdir()
    (tmp_path / "owner+inner" / "repo").mkdir(parents=True)
    (tmp_path / "no-owner").mkdir()
    assert repositories(tmp_path) == {
        case_id("owner/bare"): tmp_path / "owner+bare",
        case_id("owner/clone"): tmp_path / "Owner+Clone",
        case_id("owner/inner"): tmp_path / "owner+inner" / "repo",
    }


def test_the_baseline_counts_files_with_its_words(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# X\n\nWe plan to MONITOR it.\n\nAblation: later.\n")
    (tmp_path / "app.py").write_text("import grafana\n")
    found = keyword_search(tmp_path, None).criteria
    assert found["monitoring-plan"] == Verdict("met", (Spot("README.md", line=3), Spot("app.py", line=1)))
    assert found["ablation"] == Verdict("partial", (Spot("README.md", line=5),))
    assert found["ci-cd"] == Verdict("missing")


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_every_quote_of_a_fixtures_review_stands_at_its_place(fixture: Path, tmp_path: Path) -> None:
    copy = tmp_path / fixture.name
    shutil.copytree(fixture, copy)
    quotes = checked(copy)
    assert quotes
    assert [one for one in quotes if one.stands != THERE] == []


NOTEBOOK = json.dumps(
    {
        "nbformat": 4,
        "cells": [
            {"cell_type": "markdown", "source": ["# Errors\n", "Most misses are **late** parcels."]},
            {
                "cell_type": "code",
                "source": "print(score)",
                "outputs": [{"output_type": "stream", "text": ["fold 1\n", "recall 0.71\n"]}],
            },
        ],
    }
)
README = (
    "# Title\n\nWe chose [recall](https://example.org/a_(b)) :rocket: since **missed** cases\n"
    "cost _more_ 🚀.\n\n| a | 0.5 |\n"
)


@pytest.mark.parametrize(
    ("evidence", "stands"),
    [
        (Evidence("README.md", None, 3, "We chose recall since missed cases cost more 🚀."), THERE),
        (Evidence("README.md", None, 6, "a | 0.5"), THERE),
        (Evidence("README.md", None, 3, "https://example.org/a_(b)"), THERE),
        (Evidence("README.md", None, 4, "We chose recall since missed cases cost more"), ELSEWHERE),
        (Evidence("README.md", None, 3, "cost more"), ELSEWHERE),
        (Evidence("README.md", None, 3, "We chose precision"), NOWHERE),
        (Evidence("README.md", None, 99, "a | 0.5"), ELSEWHERE),
        (Evidence("README.md", None, 1, "…"), NOWHERE),
        (Evidence("none.md", None, 1, "Title"), UNREADABLE),
        (Evidence("README.md", None, 1, "README.md"), THERE),
        (Evidence("none.md", None, 1, "none.md"), NOWHERE),
        (Evidence("a.ipynb", 1, 2, "Most misses are late parcels."), THERE),
        (Evidence("a.ipynb", 1, 1, "Most misses are late parcels."), ELSEWHERE),
        (Evidence("a.ipynb", 2, 1, "recall 0.71", output=True), THERE),
        (Evidence("a.ipynb", 2, 1, "recall 0.72", output=True), NOWHERE),
        (Evidence("a.ipynb", 3, 1, "recall 0.71"), UNREADABLE),
    ],
)
def test_a_quote_is_looked_up_at_its_place(evidence: Evidence, stands: str) -> None:
    files = {"README.md": README.encode(), "a.ipynb": NOTEBOOK.encode()}
    assert standing(evidence, files.__getitem__, files.__contains__) == stands


def test_the_accuracy_page_shows_the_saved_figures() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert filled(page) == page, "write it anew with: python -m benchmarks.accuracy.page"
