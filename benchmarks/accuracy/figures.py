"""Answers against labels: the figures of a set of repositories, and the disagreements behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from benchmarks.accuracy.agreement import Confusion, added, confusion, f1, gap_f1, interval, kappa, rank_correlation
from benchmarks.accuracy.answers import Answer, Verdict
from benchmarks.accuracy.labels import CRITERIA, RANK, Label, Spot, Wanted

NEAR = 3
"""Lines that a cited line may be away from the label's."""
FEWEST = 5
"""Ordered verdicts that a criterion needs to count in the means."""


class CriterionFigures(Struct, frozen=True):
    """Agreement on one criterion. None where there was nothing to count."""

    slug: str
    n: int
    exact: float | None
    kappa: float | None
    gap_f1: float | None
    place: float | None
    """Of the answers where both see something: one of the cited files is the label's."""
    spot: float | None
    """Likewise the same cell, or a line at most `NEAR` away, where the label names one."""
    confusion: Confusion
    """Rows: the label's missing, partial, met; columns: the answer's."""


class Means(Struct, frozen=True):
    """Means over the criteria with at least `FEWEST` ordered verdicts."""

    exact: float | None
    kappa: float | None
    gap_f1: float | None
    place: float | None
    spot: float | None


class Pooled(Struct, frozen=True):
    """Kappa over all verdicts at once, with its 90 % interval by bootstrap over repositories."""

    verdicts: int
    kappa: float | None
    low: float | None
    high: float | None


class Figures(Struct, frozen=True):
    """All figures of one reader on one set of repositories."""

    repositories: int
    not_read: dict[str, str]
    """Why, by case id."""
    means: Means
    pooled: Pooled
    kind_exact: float | None
    tutorial_clones: int
    """Labelled as such."""
    tutorial_clone_f1: float | None
    strength_correlation: float | None
    """Spearman's rho of the score with the labelled strength."""
    top_gap_overlap: float | None
    """Share of the label's three top gaps among the first three of the answer."""
    criteria: tuple[CriterionFigures, ...]


class Miss(Struct, frozen=True):
    """A level that is not the label's."""

    case: str
    slug: str
    wanted: Wanted
    got: Verdict


def figures(labels: Mapping[str, Label], answers: Mapping[str, Answer], not_read: dict[str, str]) -> Figures:
    """All figures over the repositories that were answered.

    Args:
        labels: by case id.
        answers: by case id, of some of the labels.
        not_read: why the others were not, by case id.

    """
    both = [(labels[case], answer) for case, answer in answers.items()]
    slugs = [slug for slug in CRITERIA if any(slug in label.criteria for label, _ in both)]
    rows = tuple(_criterion(slug, both) for slug in slugs)
    tables = [confusion(_ordered([(label, answer)], label.criteria)) for label, answer in both]
    whole = added(tables)
    low, high = interval(tables) or (None, None)
    return Figures(
        repositories=len(both),
        not_read=not_read,
        means=_means(rows),
        pooled=Pooled(sum(map(sum, whole)), kappa(whole), low, high),
        kind_exact=_share([label.kind == answer.kind for label, answer in both]),
        tutorial_clones=sum(label.tutorial_clone for label, _ in both),
        tutorial_clone_f1=_clone_f1([(label.tutorial_clone, answer.tutorial_clone) for label, answer in both]),
        strength_correlation=rank_correlation([one.strength for one, _ in both], [one.score for _, one in both]),
        top_gap_overlap=_mean([len({*label.top_gaps[:3]} & {*answer.top_gaps[:3]}) / 3 for label, answer in both]),
        criteria=rows,
    )


def misses(labels: Mapping[str, Label], answers: Mapping[str, Answer]) -> list[Miss]:
    """Every level that is not the label's, by criterion and case."""
    return [
        Miss(case, slug, labels[case].criteria[slug], got)
        for slug in CRITERIA
        for case, answer in sorted(answers.items())
        if slug in labels[case].criteria
        and (got := _verdict(answer, slug)).level != _settled(labels[case].criteria[slug], got)
    ]


def ranks(wanted: str, got: str) -> tuple[int, int] | None:
    """Label and answer as numbers, None where the label has no order.

    `unsure` claims nothing and counts as missing; `n/a` where the label has a level is the worst answer to that label.
    """
    if wanted not in RANK:
        return None
    label = RANK[wanted]
    return label, (0 if label else 2) if got == "n/a" else RANK.get(got, 0)


def near(wanted: Spot, cited: Spot) -> bool:
    """Whether a cited place is the label's: its cell, or a line close by."""
    if wanted.path != cited.path or wanted.cell != cited.cell:
        return False
    if wanted.line is None:
        return wanted.cell is not None
    return cited.line is not None and abs(wanted.line - cited.line) <= NEAR


def _verdict(answer: Answer, slug: str) -> Verdict:
    return answer.criteria.get(slug) or Verdict("missing")


def _settled(wanted: Wanted, got: Verdict) -> str:
    """The label's level; where two readers differed, the one that the answer agrees with."""
    return got.level if got.level == wanted.also else wanted.level


def _ordered(both: Sequence[tuple[Label, Answer]], slugs: Iterable[str]) -> list[tuple[int, int]]:
    """The pairs of levels that have an order."""
    pairs = []
    for label, answer in both:
        for slug in slugs:
            if wanted := label.criteria.get(slug):
                got = _verdict(answer, slug)
                if pair := ranks(_settled(wanted, got), got.level):
                    pairs.append(pair)
    return pairs


def _criterion(slug: str, both: Sequence[tuple[Label, Answer]]) -> CriterionFigures:
    levels, files, spots = [], [], []
    for label, answer in both:
        wanted, got = label.criteria.get(slug), _verdict(answer, slug)
        if wanted is None or wanted.level == got.level == "n/a":
            continue
        level = _settled(wanted, got)
        levels.append(level == got.level)
        if {level, got.level} <= {"partial", "met"} and wanted.spots:
            files.append(any(cited.path == one.path for cited in got.spots for one in wanted.spots))
            exact = [one for one in wanted.spots if one.line is not None or one.cell is not None]
            if exact:
                spots.append(any(near(one, cited) for cited in got.spots for one in exact))
    table = confusion(_ordered(both, [slug]))
    return CriterionFigures(
        slug=slug,
        n=len(levels),
        exact=_share(levels),
        kappa=kappa(table),
        gap_f1=gap_f1(table),
        place=_share(files),
        spot=_share(spots),
        confusion=table,
    )


def _means(rows: Sequence[CriterionFigures]) -> Means:
    enough = [row for row in rows if sum(map(sum, row.confusion)) >= FEWEST]

    def mean(figure: Callable[[CriterionFigures], float | None]) -> float | None:
        return _mean([value for row in enough if (value := figure(row)) is not None])

    return Means(
        exact=mean(lambda row: row.exact),
        kappa=mean(lambda row: row.kappa),
        gap_f1=mean(lambda row: row.gap_f1),
        place=mean(lambda row: row.place),
        spot=mean(lambda row: row.spot),
    )


def _clone_f1(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    return f1(pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False)))


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
