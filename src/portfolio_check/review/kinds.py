"""What kind of project a repository is; it chooses the profile, and decides whether the research criteria apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from portfolio_check.evidence.corpus import Corpus, is_test
from portfolio_check.evidence.model import Run, Serving
from portfolio_check.facts import Call, Cell
from portfolio_check.review.model import Kind


def kind_of(corpus: Corpus, pieces: Mapping[str, Sequence[Struct]]) -> Kind:
    """The kind, from what can be called, what runs by itself, and where the modelling stands."""
    models = [call for name in ("model", "metric", "split", "tracker", "load artifact") for call in corpus.calls[name]]
    if not models and not corpus.imported["model"] and not _speaks_of_models(corpus):
        return "not-ml"
    servings = [piece for piece in pieces.get("serving", ()) if isinstance(piece, Serving)]
    runs = [piece for piece in pieces.get("run", ()) if isinstance(piece, Run)]
    serves = any(serving.how for serving in servings)
    served = any(_is_service(corpus, serving) for serving in servings)
    orchestrated = any(run.what == "orchestration" and run.does for run in runs)
    automated = sum(
        any(run.what == what and run.does for run in runs) for what in ("tracking", "artifact", "ci", "tests")
    )
    if orchestrated or (automated >= 4 and not served):
        return "pipeline"
    if served:
        return "service"
    if _is_research(corpus):
        return "research"
    scripts = [call for call in models if call.place.cell is None and not is_test(call.place.path)]
    notebooks = any(cell.kind == "code" for cell in corpus.facts.of(Cell))
    if notebooks and len(scripts) <= len(models) / 3:
        return "notebook"
    if serves:
        return "service"
    if notebooks:
        return "notebook"
    return "research" if scripts else "notebook"


def _is_service(corpus: Corpus, serving: Serving) -> bool:
    if serving.how is None:
        return False
    path = serving.how.place.path
    return (
        bool(serving.packaging)
        or any(call.place.path == path for name in ("route", "app") for call in corpus.calls[name])
        or any(fact.place.path == path for name in ("route", "app") for fact in corpus.imported[name])
    )


def _is_research(corpus: Corpus) -> bool:
    papers = sum(phrase.any("paper word") for phrase in corpus.prose)
    trained = any(
        call.name.endswith((".backward", ".fit", ".Trainer"))
        for call in corpus.facts.of(Call)
        if call.place.cell is None
    )
    ablated = sum(phrase.any("ablation word") for phrase in corpus.prose)
    return trained and (papers >= 4 or ablated >= 6)


def _speaks_of_models(corpus: Corpus) -> bool:
    return sum(phrase.any("model name", "training word", "metric name") for phrase in corpus.prose) >= 5
