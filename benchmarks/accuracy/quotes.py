"""Checks that every quote of every review stands at the place that the review cites.

    python -m benchmarks.accuracy.quotes --repos DIR

DIR holds repositories as for `score`, labelled or not; each is reviewed at its HEAD. Status 1 where a quote is not at
its place.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from msgspec import Struct

from benchmarks.accuracy.repositories import repositories
from benchmarks.accuracy.standing import THERE, standing
from portfolio_check import check
from portfolio_check.repository.opening import open_tree
from portfolio_check.review.model import Evidence


class Checked(Struct, frozen=True):
    """One quote of one review."""

    criterion: str
    evidence: Evidence
    stands: str
    """See `standing`."""


def checked(path: Path) -> list[Checked]:
    """Every quote of the review of one repository."""
    review = check(path)
    with open_tree(path) as tree:
        listed = {file.path for file in (*tree.files(), *tree.root_files())}
        return [
            Checked(slug, evidence, standing(evidence, tree.read, listed.__contains__))
            for slug, criterion in review.criteria.items()
            for evidence in criterion.evidence
        ]


def _ask(path: Path) -> list[Checked] | str:
    try:
        return checked(path)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def main() -> int:
    """0 where every quote stands at its place."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repos", type=Path, required=True, help="folder of the repositories")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="repositories that are read at once")
    args = parser.parse_args()
    homes = repositories(args.repos)
    counts: Counter[str] = Counter()
    with ProcessPoolExecutor(args.jobs) as pool:
        for path, result in zip(homes.values(), pool.map(_ask, homes.values()), strict=True):
            name = path.parent.name if path.name == "repo" else path.name
            if isinstance(result, str):
                print(f"{name}: not reviewed: {result}")
                counts["not reviewed"] += 1
                continue
            counts.update(one.stands for one in result)
            for one in result:
                if one.stands != THERE:
                    at = one.evidence
                    where = f"{at.path}:{at.line}" if at.cell is None else f"{at.path}#{at.cell} line {at.line}"
                    kind = " output" if at.output else ""
                    print(f"{name} {one.criterion} {at.slot} {where}{kind}: {one.stands}: {at.quote!r}")
    print(f"{len(homes)} repositories; quotes: " + ", ".join(f"{count} {what}" for what, count in counts.most_common()))
    return 0 if set(counts) <= {THERE} else 1


if __name__ == "__main__":
    sys.exit(main())
