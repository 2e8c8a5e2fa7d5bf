from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from portfolio_check.reports.printable import printable
from portfolio_check.reports.text import to_text
from portfolio_check.review.model import Evidence, Repository, TutorialClone
from tests.reports import sample

ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Categories of characters that a terminal acts on."""
WIDTHS = (40, 60, 80, 120)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def unwrapped(text: str) -> str:
    return " ".join(text.split())


def test_the_first_line_says_what_was_reviewed_and_with_which_result() -> None:
    assert to_text(sample.review()).splitlines()[0] == (
        "churn: service, profile ml-engineer, score 61/100, commit 0123456"
    )


def test_the_report_says_that_it_judges_no_person() -> None:
    assert "This judges a repository, not a person; no score is a hiring decision." in to_text(sample.review())


def test_the_last_line_says_what_to_do_next() -> None:
    assert to_text(sample.review()).splitlines()[-1] == "Fix one gap, commit, run again."


def test_the_gaps_to_close_first_come_before_all_criteria_and_in_their_order() -> None:
    said = lines(to_text(sample.review()))
    order = [
        "1. Monitoring plan: missing (PC112 monitoring-plan)",
        "2. Error analysis: missing (PC109 error-analysis)",
        "3. Baseline: partial (PC104 baseline)",
        "End to end: 1 met, 1 partial, 2 missing",
    ]
    assert [said.index(line) for line in order] == sorted(said.index(line) for line in order)


def test_a_gap_to_close_first_has_its_place_its_fix_and_one_source() -> None:
    text = to_text(sample.review())
    part = unwrapped(text[text.index("3. Baseline") : text.index("End to end")])
    assert "it is not scored with the F1 of the final model." in part
    assert 'Shown: notebooks/train.ipynb cell 14 "dummy = DummyClassifier()"' in part
    assert "Do: Print the F1 of the dummy classifier beside that of the final model" in part
    assert "Source: Ada Beispiel at 46:39, in Portfolio Proof https://example.org/watch?v=abc&t=2799" in part
    assert part.count("Source:") == 1


def test_what_is_proven_is_shown_with_its_place_and_words() -> None:
    row = next(line for line in to_text(sample.review(), width=120).splitlines() if "PC101" in line)
    assert row.startswith("+ PC101 Data source")
    assert row.endswith('met     README.md:12 "Data is the UCI Bank Marketing set"')


def test_on_a_narrow_terminal_the_place_has_a_line_of_its_own() -> None:
    said = to_text(sample.review(), width=60).splitlines()
    row = next(number for number, line in enumerate(said) if line.startswith("+ PC101"))
    assert said[row].endswith("met")
    assert said[row + 1] == '        README.md:12 "Data is the UCI Bank Marketing set"'


def test_a_long_path_keeps_its_end_and_its_line() -> None:
    row = next(line for line in to_text(sample.review()).splitlines() if line.startswith("~ PC205"))
    assert "/greetings.yml:101 " in row


def test_a_place_in_an_output_says_so() -> None:
    assert 'train.ipynb cell 15 output "0.61"' in to_text(sample.review(), verbose=True)


def test_what_could_not_be_told_says_why() -> None:
    assert "unsure  docs/limits.png could not be read." in to_text(sample.review())


def test_a_finding_has_its_place() -> None:
    said = unwrapped(to_text(sample.review()))
    assert "warning PC501 notebooks/train.ipynb cell 14 Scaler fitted before the split: StandardScaler" in said


def test_a_followed_tutorial_is_called_one_with_its_reasons() -> None:
    said = to_text(sample.review())
    assert "Reads like a followed tutorial: stock data set; no baseline of its own" in said
    assert "tutorial" not in to_text(sample.review(tutorial_clone=TutorialClone(value=False)))


def test_of_what_was_not_read_the_first_few_are_named_and_the_rest_counted() -> None:
    said = unwrapped(to_text(sample.review()))
    assert "Not read: data/part1.csv (data); data/part2.csv (data); data/part3.csv (data); and 2 more" in said
    assert "data/part5.csv: data" in to_text(sample.review(), verbose=True)


def test_verbose_shows_every_place_gap_fix_and_source() -> None:
    review = sample.review()
    said = unwrapped(to_text(review, width=120, verbose=True))
    for criterion in review.criteria.values():
        for place in criterion.evidence:
            assert place.quote in said
        for source in criterion.sources:
            assert source.url in said
        assert (criterion.gap or "") in said
        assert (criterion.fix or "") in said


def test_quiet_is_one_line_for_each_gap_that_counts() -> None:
    said = to_text(sample.review(), width=60, quiet=True).splitlines()
    assert [line.split(":")[0] for line in said] == [
        "missing PC112 monitoring-plan",
        "missing PC109 error-analysis",
        "partial PC104 baseline",
        "partial PC205 ci-cd",
        "missing PC204 tests",
    ]


def test_a_review_without_gaps_says_so() -> None:
    perfect = sample.review(top_gaps=(), criteria={"data-source": sample.criterion("met")})
    assert "No gap to close first." in to_text(perfect)
    assert to_text(perfect, quiet=True) == ""


def test_a_repository_without_git_and_criteria_is_reported() -> None:
    bare = sample.review(
        repository=Repository(name="empty", path=".", commit=None, files=0, read=0),
        criteria={},
        top_gaps=(),
        findings=(),
        questions=(),
        skipped=(),
        kind="not-ml",
    )
    assert "no commit" in to_text(bare)
    assert "No machine learning was found here" in to_text(bare)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_passes_the_width_unless_it_holds_an_address(width: int, verbose: bool) -> None:
    said = to_text(sample.review(), width=width, verbose=verbose).splitlines()
    assert [line for line in said if cell_len(line) > width and "https://" not in line] == []


def test_wide_characters_are_cut_by_their_columns() -> None:
    place = Evidence(path="说明.md", cell=None, line=3, quote="数据来自公开的银行营销数据集" * 4)
    review = sample.review(criteria={"data-source": sample.criterion("met", evidence=(place,))}, top_gaps=())
    for width in WIDTHS:
        assert all(cell_len(line) <= width for line in to_text(review, width=width).splitlines())


def test_without_color_there_is_no_escape_sequence() -> None:
    assert "\x1b" not in to_text(sample.review(), verbose=True)


def test_color_adds_styles_and_links_and_changes_no_word() -> None:
    from rich.text import Text

    colored = to_text(sample.review(), color=True)
    assert "\x1b[31mmissing\x1b[0m" in colored
    assert "\x1b]8;" in colored
    assert Text.from_ansi(colored).plain.rstrip() == to_text(sample.review()).rstrip()


@pytest.mark.parametrize("verbose", [False, True])
@pytest.mark.parametrize("quiet", [False, True])
def test_nothing_from_the_repository_acts_on_the_terminal(verbose: bool, quiet: bool) -> None:
    said = to_text(sample.hostile(), verbose=verbose, quiet=quiet)
    assert {unicodedata.category(character) for character in said.replace("\n", "")}.isdisjoint(ACTING)
    assert "[bold red]gone" in unwrapped(said)


def test_in_color_only_our_own_escapes_are_there() -> None:
    colored = to_text(sample.hostile(), color=True)
    assert "\x1b[31m[bold" not in colored.replace("\x1b[31mmissing", "")
    assert "\x1b]8;;https://evil" not in colored
    assert "\x07" not in colored
    assert "\x9b" not in colored


def test_an_address_of_another_scheme_is_no_link() -> None:
    source = sample.Source(title="t", section="s", url="javascript:alert(1)")
    gap = sample.criterion("missing", gap="g", fix="f", sources=(source,))
    colored = to_text(sample.review(criteria={"data-source": gap}, top_gaps=("data-source",)), color=True)
    assert "javascript:alert(1)" in colored
    assert "\x1b]8;" not in colored


@given(st.text())
def test_printable_text_is_one_line_without_controls(text: str) -> None:
    said = printable(text)
    assert said.splitlines() in ([], [said])
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in said)
    said.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["Daten für 2024 – naïve Grundlinie", "بيانات", "模型监控", "👩‍🔬 🇩🇪", "f1 = 0.61\u00a0%"]
)
def test_printable_leaves_text_of_any_language_as_it_is(text: str) -> None:
    assert printable(text) == text.replace("\u00a0", " ")
