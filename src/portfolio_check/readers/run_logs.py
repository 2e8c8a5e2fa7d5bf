"""Which text files are what a run left behind: logs, metrics, reports."""

from __future__ import annotations

import re

# fmt: off
_NAMES = frozenset((
    "metric", "metrics", "result", "results", "report", "reports", "log", "logs", "output", "outputs",
    "score", "scores", "eval", "evaluation", "evaluations", "summary", "performance", "leaderboard", "stdout",
    "nohup", "accuracy", "stats", "runs", "experiments", "resultados", "ergebnisse",
))
# fmt: on
_WORDS = re.compile(r"[^\W_]+")


def is_run_log(path: str) -> bool:
    """Whether a file's name or one of its folders says that a run wrote it."""
    folders, _, name = path.lower().rpartition("/")
    if name.startswith(("readme", "notes")):
        return False
    stem, dot, suffix = name.rpartition(".")
    if suffix in ("log", "out"):
        return True
    return not _NAMES.isdisjoint(_WORDS.findall(stem if dot else name)) or not _NAMES.isdisjoint(folders.split("/"))
