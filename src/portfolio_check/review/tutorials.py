"""Whether a reviewer would take the project for a followed tutorial."""

from __future__ import annotations

import re
from collections.abc import Mapping

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.review.model import TutorialClone
from portfolio_check.rules.model import Level

_STOCK = re.compile(
    r"titanic|iris(?!h)|mnist|boston[_ -]housing|house[_ -]prices|imdb|sms[_ -]?spam|spam[_ -]|telco|wine[_ -]?quality"
    r"|pima|diabetes|heart[_ -]disease|nyc[_ -]taxi|breast[_ -]cancer|cifar|penguins|loan[_ -]prediction|stroke",
    re.I,
)
_OWN = {
    "baseline": "no baseline",
    "data-assumptions": "no discussion of the data",
    "metric-choice": "no reason for the metric",
    "error-analysis": "no look at where the model fails",
    "monitoring-plan": "no word on what happens after deployment",
}


def tutorial_clone(corpus: Corpus, levels: Mapping[str, Level]) -> TutorialClone:
    """True where the data set is a stock one and most of what would be the author's own is absent."""
    names = " ".join([*corpus.entries, *(p.sentence.text for p in corpus.phrases if p.sentence.role == "heading")])
    stock = _STOCK.search(names)
    lacking = dict.fromkeys(_OWN, (Level.MISSING,)) | {"data-assumptions": (Level.MISSING, Level.PARTIAL)}
    absent = [why for slug, why in _OWN.items() if levels.get(slug) in lacking[slug]]
    met = sum(levels.get(slug) is Level.MET for slug in _OWN)
    if stock is None or len(absent) < 3 or met:
        return TutorialClone(False)
    return TutorialClone(True, (f"a stock data set ({stock[0].strip()})", *absent))
