"""Figures of agreement between two readers. Each is plain arithmetic on counts; none knows what was read."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

SIZE = 3
"""Levels that can be ordered: missing < partial < met."""

Confusion = tuple[tuple[int, ...], ...]
"""Counts, `SIZE` by `SIZE`: the row is the label's level, the column is the other reader's."""


def confusion(pairs: Iterable[tuple[int, int]]) -> Confusion:
    """Counts of (label, other) levels, each 0 to `SIZE` - 1."""
    counts = [[0] * SIZE for _ in range(SIZE)]
    for label, other in pairs:
        counts[label][other] += 1
    return tuple(map(tuple, counts))


def added(tables: Iterable[Confusion]) -> Confusion:
    """The sum of several tables of counts."""
    total = [[0] * SIZE for _ in range(SIZE)]
    for table in tables:
        for row, counts in zip(total, table, strict=True):
            for column, count in enumerate(counts):
                row[column] += count
    return tuple(map(tuple, total))


def kappa(table: Confusion) -> float | None:
    """Cohen's kappa with quadratic weights: 1 is perfect, 0 is what chance gives with these shares of levels.

    J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968). None where nothing was counted. Two readers who both
    give one level throughout agree perfectly, although chance would do as well.
    """
    n = sum(map(sum, table))
    if not n:
        return None
    rows = [sum(row) for row in table]
    columns = [sum(row[column] for row in table) for column in range(SIZE)]
    cells = [(i, j) for i in range(SIZE) for j in range(SIZE)]
    observed = sum((i - j) ** 2 * table[i][j] for i, j in cells) / n
    expected = sum((i - j) ** 2 * rows[i] * columns[j] for i, j in cells) / n**2
    return 1 - observed / expected if expected else 1.0


def f1(hit: int, false: int, missed: int) -> float | None:
    """Harmonic mean of precision and recall; None where there was nothing to find and nothing was said."""
    return 2 * hit / (2 * hit + false + missed) if hit + false + missed else None


def gap_f1(table: Confusion) -> float | None:
    """F1 of "there is a gap", which is any level below the highest."""
    top = SIZE - 1
    hit = sum(table[i][j] for i in range(top) for j in range(top))
    return f1(hit, sum(table[top][:top]), sum(row[top] for row in table[:top]))


def interval(tables: Sequence[Confusion], draws: int = 1000, seed: int = 0) -> tuple[float, float] | None:
    """90 % interval of the pooled kappa, by bootstrap over repositories: each table holds one repository's verdicts."""
    if not tables:
        return None
    chance = random.Random(seed)
    found = sorted(kappa(added(chance.choices(tables, k=len(tables)))) or 0.0 for _ in range(draws))
    return found[draws // 20], found[-1 - draws // 20]


def rank_correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Spearman's rho: Pearson's correlation of the ranks, equal values sharing one.

    None below three pairs or without spread.
    """
    if len(xs) < 3:
        return None
    a, b = _ranks(xs), _ranks(ys)
    middle = (len(a) - 1) / 2
    both = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    spread = sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)
    return both / spread**0.5 if spread else None


def _ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 0; equal values get the mean of theirs."""
    return [sum(other < value for other in values) + (values.count(value) - 1) / 2 for value in values]
