"""What could not be told: evidence that may stand in a picture. It is said which, not that nothing is there."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.paths import is_readme
from portfolio_check.facts import Picture
from portfolio_check.rules.deciding import Verdict
from portfolio_check.rules.model import Level

# What the file name, alternative text or heading of a picture says that it shows.
_SHOWS = {
    "metric": re.compile(
        r"metric|result|accuracy|\bf1\b|\bauc\b|\broc\b|score|leaderboard|evaluat|performance|rmse|mlflow|wandb", re.I
    ),
    "error-analysis": re.compile(r"confusion|residual|error|misclass|calibration|wrong|failure|per[_ -]class", re.I),
}
_BADGE = re.compile(r"shields\.io|badge|/workflows/|codecov|travis-ci|logo|banner", re.I)


def with_unread(verdicts: Sequence[Verdict], corpus: Corpus) -> list[Verdict]:
    """The verdicts; what may stand in a picture of a document is unsure instead of missing, and the gap says so."""
    return [_judged(verdict, corpus) for verdict in verdicts]


def _judged(verdict: Verdict, corpus: Corpus) -> Verdict:
    shows = _SHOWS.get(verdict.rule.slug)
    if shows is None or verdict.level not in (Level.MISSING, Level.PARTIAL):
        return verdict
    picture = next((picture for picture in corpus.facts.of(Picture) if _may_show(picture, shows, corpus)), None)
    if picture is None:
        return verdict
    may = f"The picture {picture.target[:80]} ({picture.place}) may show it; pictures cannot be read here."
    if verdict.level is Level.MISSING:
        return msgspec.structs.replace(verdict, level=Level.UNSURE, reason=may)
    return msgspec.structs.replace(verdict, gap=f"{verdict.gap} {may}")


def _may_show(picture: Picture, shows: re.Pattern[str], corpus: Corpus) -> bool:
    local = not picture.target.startswith(("http:", "https:", "data:"))
    if local and not corpus.exists(picture.target.partition("?")[0]):
        return False
    if _BADGE.search(picture.target) or not (is_readme(picture.place.path) or picture.place.path.endswith(".md")):
        return False
    return bool(shows.search(f"{picture.target.rpartition('/')[2]} {picture.alt} {' '.join(picture.headings[-1:])}"))
