"""All evidence of a tree, by kind."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from portfolio_check.evidence.assumptions import assumptions
from portfolio_check.evidence.automation import orchestration, retraining
from portfolio_check.evidence.checks import checks
from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.decisions import decisions
from portfolio_check.evidence.environments import environments
from portfolio_check.evidence.failures import failures
from portfolio_check.evidence.origins import origins
from portfolio_check.evidence.reasons import reasons
from portfolio_check.evidence.research import ablations, efforts, reproductions
from portfolio_check.evidence.runs import artifacts, tracking
from portfolio_check.evidence.scores import scores
from portfolio_check.evidence.selections import selections
from portfolio_check.evidence.servings import servings
from portfolio_check.evidence.splits import splits
from portfolio_check.evidence.targets import targets
from portfolio_check.evidence.verification import integration, tests


def collect(corpus: Corpus) -> dict[str, Sequence[Struct]]:
    """Evidence by the lower-case name of its type, the best of each kind first; facts likewise, in their own order."""
    pieces: dict[str, Sequence[Struct]] = {}
    for fact in corpus.facts:
        pieces.setdefault(type(fact).__name__.lower(), corpus.facts.of(type(fact)))
    orchestrated = orchestration(corpus)
    pieces.update(
        score=scores(corpus),
        selection=selections(corpus),
        reason=reasons(corpus),
        check=checks(corpus),
        target=targets(corpus),
        origin=origins(corpus),
        decision=decisions(corpus),
        assumption=assumptions(corpus),
        failure=failures(corpus),
        split=splits(corpus),
        serving=servings(corpus),
        run=[
            *tracking(corpus),
            *artifacts(corpus),
            *orchestrated,
            *retraining(corpus, orchestrated),
            *tests(corpus),
            *integration(corpus),
        ],
        environment=environments(corpus),
        reproduction=reproductions(corpus),
        ablation=ablations(corpus),
        effort=efforts(corpus),
    )
    return pieces
