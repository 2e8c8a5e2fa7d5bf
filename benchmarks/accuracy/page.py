"""Writes the tables of docs/accuracy.md from the saved figures, which `--repos` measures anew first.

    python -m benchmarks.accuracy.page [--repos DIR [--seen LABELS]] [--check]

Without `--repos` only the page is written. `--seen` is the folder of labels that thresholds were calibrated on; without
it, their saved figures stay. `--check` writes nothing and says whether the page is current. The figures of the prose
model are what its two programs print, in figures/prose-training.txt and figures/prose-thresholds.txt.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import msgspec

from benchmarks.accuracy.answers import tool
from benchmarks.accuracy.figures import CriterionFigures, Figures, figures
from benchmarks.accuracy.keyword_search import keyword_search
from benchmarks.accuracy.labels import read_labels
from benchmarks.accuracy.measuring import measure
from benchmarks.accuracy.prose_figures import threshold_table, training_table
from benchmarks.accuracy.score import LABELS, shown

FIGURES = Path(__file__).parent / "figures"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
READERS = {"": tool, "-keyword": keyword_search}
"""Suffix of the saved file to what was measured."""
END = "<!-- end of the figures -->\n"
_LEVELS = (2, 1, 0)
"""met, partial, missing: the order that one reads in."""


def load(name: str) -> Figures:
    """Saved figures: `unseen`, `seen`, and both with `-keyword`."""
    return msgspec.json.decode((FIGURES / f"{name}.json").read_bytes(), type=Figures)


def blocks() -> dict[str, list[str]]:
    """Lines of each block of the page, by its name."""
    unseen, seen = load("unseen"), load("seen")
    found = {"totals": totals(unseen, load("unseen-keyword"), seen, load("seen-keyword"))}
    for name, these in (("unseen", unseen), ("seen", seen)):
        found[f"{name} agreement"] = agreement(these, load(f"{name}-keyword"))
        found[f"{name} confusion"] = confusions(these)
    found["prose training"] = training_table((FIGURES / "prose-training.txt").read_text(encoding="utf-8"))
    found["prose thresholds"] = threshold_table((FIGURES / "prose-thresholds.txt").read_text(encoding="utf-8"))
    return found


def totals(unseen: Figures, unseen_words: Figures, seen: Figures, seen_words: Figures) -> list[str]:
    """The figures over all criteria, the tool beside the baseline and the ceiling."""
    columns = (unseen, unseen_words, seen, seen_words)
    rows = [
        ("repositories", [str(one.repositories) for one in columns], "17"),
        ("verdicts with an ordered level", [str(one.pooled.verdicts) for one in columns], ""),
        ("**pooled kappa**", [f"**{shown(one.pooled.kappa)}**" for one in columns], "0.95"),
        ("its 90 % interval", [f"{shown(one.pooled.low)} to {shown(one.pooled.high)}" for one in columns], ""),
        ("mean kappa over criteria", [shown(one.means.kappa) for one in columns], "0.93"),
        ("mean exact", [shown(one.means.exact) for one in columns], ""),
        ("mean F1 of gaps", [shown(one.means.gap_f1) for one in columns], ""),
        ("mean place", [shown(one.means.place) for one in columns], ""),
        ("mean spot", [shown(one.means.spot) for one in columns], ""),
        ("kind exact", [shown(one.kind_exact) for one in columns], ""),
        ("tutorial clones", [str(one.tutorial_clones) for one in columns], ""),
        ("tutorial clone F1", [shown(one.tutorial_clone_f1) for one in columns], ""),
        ("rank correlation with strength", [shown(one.strength_correlation) for one in columns], ""),
        ("top-gap overlap", [shown(one.top_gap_overlap) for one in columns], ""),
    ]
    lines = [
        "| | unseen: tool | unseen: keywords | seen: tool | seen: keywords | two readers |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    return lines + [f"| {name} | {' | '.join(values)} | {ceiling} |" for name, values, ceiling in rows]


def agreement(these: Figures, words: Figures) -> list[str]:
    """Criterion by criterion."""
    by_word = {row.slug: row for row in words.criteria}
    lines = [
        "| criterion | n | exact | kappa | kappa of keywords | F1 of gaps | place | spot |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in these.criteria:
        values = [row.exact, row.kappa, by_word[row.slug].kappa, row.gap_f1, row.place, row.spot]
        lines.append(f"| {row.slug} | {row.n} | {' | '.join(map(shown, values))} |")
    return lines


def confusions(these: Figures) -> list[str]:
    """What the tool said where the label is met, partial, missing."""
    lines = [
        "| | met: met | partial | missing | partial: met | partial | missing | missing: met | partial | missing |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    return lines + [f"| {row.slug} | {' | '.join(_counts(row))} |" for row in these.criteria]


def _counts(row: CriterionFigures) -> list[str]:
    """The counts in the order of reading, those on the diagonal in bold."""
    return [
        f"**{row.confusion[label][answer]}**" if label == answer else str(row.confusion[label][answer])
        for label in _LEVELS
        for answer in _LEVELS
    ]


def filled(page: str) -> str:
    """The page with every block written anew.

    Raises:
        ValueError: the marks of a block are not there.

    """
    for name, lines in blocks().items():
        start = f"<!-- figures: {name} -->\n"
        before, mark, rest = page.partition(start)
        _, end, after = rest.partition(END)
        if not mark or not end:
            raise ValueError(f"docs/accuracy.md: the marks of {name!r} are not there")
        page = before + start + "\n".join(lines) + "\n" + END + after
    return page


def save(name: str, labels: Path, repos: Path, jobs: int) -> None:
    """Measure the tool and the baseline on a set of labels and keep their figures."""
    wanted = read_labels(labels)
    for suffix, ask in READERS.items():
        answers, not_read = measure(wanted, repos, ask, jobs)
        for case, why in not_read.items():
            print(f"not read: {case}: {why}", file=sys.stderr)
        found = msgspec.json.encode(figures(wanted, answers, not_read))
        (FIGURES / f"{name}{suffix}.json").write_bytes(msgspec.json.format(found, indent=1) + b"\n")


def main() -> int:
    """0 where the page is current or was written, 1 where `--check` finds it stale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repos", type=Path, help="folder of the repositories, to measure anew")
    parser.add_argument("--seen", type=Path, help="folder of the labels that thresholds were calibrated on")
    parser.add_argument("--check", action="store_true", help="only say whether the page is current")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="repositories that are read at once")
    args = parser.parse_args()
    if args.repos:
        save("unseen", LABELS, args.repos, args.jobs)
        if args.seen:
            save("seen", args.seen, args.repos, args.jobs)
    old = PAGE.read_text(encoding="utf-8")
    new = filled(old)
    if not args.check:
        PAGE.write_text(new, encoding="utf-8", newline="\n")
    elif new != old:
        print(
            "docs/accuracy.md shows old figures; write it anew with: python -m benchmarks.accuracy.page",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
