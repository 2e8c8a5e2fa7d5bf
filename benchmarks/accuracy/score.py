"""Measures how well reviews agree with labelled repositories.

    python -m benchmarks.accuracy.score --repos DIR [--labels DIR] [--keyword] [--save FILE] [--errors CRITERION]

DIR holds the repositories as folders `owner+name` or `owner+name/repo`: clones or bare git directories, read at the
labelled commit, or plain files, read as they lie. The labels are those beside this program unless others are given.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from benchmarks.accuracy.answers import tool
from benchmarks.accuracy.figures import Figures, Miss, figures, misses
from benchmarks.accuracy.keyword_search import keyword_search
from benchmarks.accuracy.labels import CRITERIA, LabelError, Spot, read_labels
from benchmarks.accuracy.measuring import measure

LABELS = Path(__file__).parent / "labels"
COLUMNS = ("exact", "kappa", "gap_f1", "place", "spot")


def table(found: Figures) -> str:
    """The figures as text."""
    lines = [f"{'criterion':22}{'n':>5} " + " ".join(f"{name:>6}" for name in COLUMNS)]
    lines += [f"{row.slug:22}{row.n:>5} " + _cells(row) for row in found.criteria]
    lines.append(f"{'mean':22}{'':>5} " + _cells(found.means))
    pooled = found.pooled
    lines.append(
        f"pooled kappa {shown(pooled.kappa)} (90 % interval {shown(pooled.low)} to {shown(pooled.high)}, "
        f"{pooled.verdicts} verdicts on {found.repositories} repositories)"
    )
    lines.append(f"kind exact {shown(found.kind_exact)}, tutorial clone F1 {shown(found.tutorial_clone_f1)}")
    lines.append(f"rank correlation of the score with the labelled strength {shown(found.strength_correlation)}")
    lines.append(f"top-gap overlap {shown(found.top_gap_overlap)}")
    return "\n".join(lines)


def shown(value: float | None) -> str:
    """Two digits, or a dash for nothing."""
    return "-" if value is None else f"{value:.2f}"


def explained(miss: Miss) -> str:
    """A disagreement, with the places of both."""
    wanted = f"{miss.wanted.level} {_places(miss.wanted.spots)}"
    return f"{miss.slug} {miss.case}\n  label  {wanted}\n  answer {miss.got.level} {_places(miss.got.spots)}"


def _cells(row: object) -> str:
    return " ".join(f"{shown(getattr(row, name)):>6}" for name in COLUMNS)


def _places(spots: tuple[Spot, ...]) -> str:
    return ", ".join(
        f"{one.path}#{one.cell}" if one.cell is not None else one.path if one.line is None else f"{one.path}:{one.line}"
        for one in spots
    )


def main() -> int:
    """0 where repositories were read, 2 where nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repos", type=Path, required=True, help="folder of the repositories")
    parser.add_argument("--labels", type=Path, default=LABELS, help="folder of label files")
    parser.add_argument("--keyword", action="store_true", help="measure the plain keyword search instead of the tool")
    parser.add_argument("--save", type=Path, help="write the figures there as JSON")
    parser.add_argument(
        "--errors",
        choices=(*CRITERIA, "all"),
        metavar="CRITERION",
        help="print each disagreement, 'all' for every criterion",
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="repositories that are read at once")
    args = parser.parse_args()
    try:
        labels = read_labels(args.labels)
    except LabelError as error:
        parser.error(str(error))
    if not args.repos.is_dir():
        parser.error(f"{args.repos}: no such directory")
    answers, not_read = measure(labels, args.repos, keyword_search if args.keyword else tool, args.jobs)
    for case, why in not_read.items():
        print(f"not read: {case}: {why}", file=sys.stderr)
    if not answers:
        print(f"none of the {len(labels)} labelled repositories could be read in {args.repos}", file=sys.stderr)
        return 2
    if args.errors:
        chosen = [miss for miss in misses(labels, answers) if args.errors in (miss.slug, "all")]
        print("\n".join(map(explained, chosen)))
    found = figures(labels, answers, not_read)
    print(table(found))
    if args.save:
        args.save.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
