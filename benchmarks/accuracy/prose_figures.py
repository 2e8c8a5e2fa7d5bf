"""The figures of the prose model, read from what `benchmarks/prose/train.py` and `calibrate.py` printed."""

from __future__ import annotations

import re

_TRAINED = re.compile(r"(\S+) +(\d+) +([\d.]+) +([\d.]+) +([\d.]+) +([\d.]+)/([\d.]+)")
_CALIBRATED = re.compile(
    r"(\S+) +as trained +(-?[\d.]+) +calibrated +(-?[\d.]+) +\(part (\S+), full (\S+)\) +five folds +(-?[\d.]+)"
)


class PrintedError(Exception):
    """The output does not look as the program prints it."""


def training_table(printed: str) -> list[str]:
    """Lines of a Markdown table: F1 on the unseen third of the repositories.

    Raises:
        PrintedError: no line of `train.py` in it.

    """
    rows = [match.groups() for line in printed.splitlines() if (match := _TRAINED.fullmatch(line.strip()))]
    if not rows:
        raise PrintedError("no figures of benchmarks/prose/train.py")
    lines = [
        "| criterion | evidence | keyword F1 | F1, any evidence | F1, full evidence | precision | recall |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    return lines + [f"| {' | '.join(row)} |" for row in rows]


def threshold_table(printed: str) -> list[str]:
    """Lines of a Markdown table: kappa on the seen repositories with thresholds as shipped, chosen anew, and by folds.

    Raises:
        PrintedError: no line of `calibrate.py` in it.

    """
    rows = [match.groups() for line in printed.splitlines() if (match := _CALIBRATED.fullmatch(line.strip()))]
    if not rows:
        raise PrintedError("no figures of benchmarks/prose/calibrate.py")
    lines = [
        "| criterion | kappa, thresholds as shipped | kappa, chosen on all | kappa, five folds |",
        "|---|--:|--:|--:|",
    ]
    return lines + [f"| {slug} | {shipped} | {chosen} | {folds} |" for slug, shipped, chosen, _, _, folds in rows]
