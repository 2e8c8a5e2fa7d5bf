"""What kind of project a repository is; it chooses the profile, and decides whether the research criteria apply."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Run, Serving, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.facts import Call, Cell, Definition, Link
from portfolio_check.review.model import Kind

_WEB = (".ts", ".tsx", ".jsx", ".js", ".vue", ".java", ".kt", ".swift", ".dart", ".php")
_CODE = (".py", ".scala", ".java", ".r", ".jl", ".cpp", ".c", ".rs", ".go", ".m", ".lua", *_WEB)
_APP_FILES = 12
_SERVES = ("route", "app")
_MODEL_PATH = re.compile(
    r"predict|classif|sentiment|train(ing|er)?[^a-z]|neural|regress|forecast|learning|inference", re.I
)
_NAMED_FILES = 3
_STARTS = re.compile(r"streamlit run|uvicorn|gunicorn|flask run|bentoml serve|gradio|fastapi (run|dev)", re.I)
_NETWORKS = ("Module", "LightningModule", "Layer")


def kind_of(corpus: Corpus, pieces: Mapping[str, Sequence[Struct]]) -> Kind:
    """The kind, from what can be called, what runs by itself, and where the modelling stands."""
    models = [call for name in ("model", "metric", "split", "tracker", "load artifact") for call in corpus.calls[name]]
    if not models and not corpus.imported["model"] and not _speaks_of_models(corpus):
        return "not-ml"
    if _is_app(corpus):
        return "app"
    servings = [piece for piece in pieces.get("serving", ()) if isinstance(piece, Serving)]
    runs = [piece for piece in pieces.get("run", ()) if isinstance(piece, Run)]
    served = any(_is_service(corpus, serving) for serving in servings)
    orchestrated = any(run.what == "orchestration" and run.does and not _in_workflow(run.does) for run in runs)
    if (orchestrated or not served) and _automation(runs) >= (4 if not orchestrated else 3 if served else 2):
        return "pipeline"
    scripts = [call for call in models if call.place.cell is None and not is_test(call.place.path)]
    cells = any(cell.kind == "code" for cell in corpus.facts.of(Cell))
    if served or any(serving.documented and _STARTS.search(serving.documented.value) for serving in servings):
        return "service"
    if _is_research(corpus, bool(cells)):
        return "research"
    if cells and len(scripts) <= len(models) / 2:
        return "notebook"
    if any(serving.how and serving.documented for serving in servings):
        return "service"
    return "notebook" if models else "research"


def _automation(runs: Sequence[Run]) -> int:
    """How many there are of tracking, versioned artifacts, tests, CI, orchestration and triggered retraining."""
    full = {run.what for run in runs if run.does and (run.what != "retraining" or run.trigger)}
    return len(full & {"tracking", "artifact", "ci", "tests", "orchestration", "retraining"})


def _in_workflow(slot: Slot) -> bool:
    """A schedule of the CI system: a service may have one without being about automation."""
    return "/workflows/" in slot.place.path


def _is_app(corpus: Corpus) -> bool:
    """Mostly a web or mobile application, by the number of its source files."""
    web = sum(path.casefold().endswith(_WEB) for path in corpus.entries)
    python = sum(path.endswith((".py", ".ipynb")) for path in corpus.entries)
    return web >= _APP_FILES and web > 1.5 * python


def _is_service(corpus: Corpus, serving: Serving) -> bool:
    if serving.how is None:
        return False
    path = serving.how.place.path
    if any(call.place.path == path for name in _SERVES for call in corpus.calls[name]):
        return True
    if any(named.place.path == path for name in _SERVES for named in corpus.imported[name]):
        return True
    started = any(call.place.path == path for call in corpus.calls["command line"])
    return bool(serving.documented and (serving.packaging or (serving.loads and started)))


def _is_research(corpus: Corpus, cells: bool) -> bool:
    """Experiments in code: papers are named, networks are written by hand, or settings are varied for their effect."""
    papers = sum(phrase.any("paper word") for phrase in corpus.prose)
    papers += 2 * sum("arxiv.org" in link.target or "doi.org" in link.target for link in corpus.facts.of(Link))
    networks = sum(
        definition.kind == "class" and any(base.rpartition(".")[2] in _NETWORKS for base in definition.bases)
        for definition in corpus.facts.of(Definition)
        if definition.place.cell is None and not is_test(definition.place.path)
    )
    low_level = any(call.name.startswith(("tensorflow.app.", "tensorflow.train.")) for call in corpus.facts.of(Call))
    varied = sum(phrase.any("ablation word") for phrase in corpus.prose)
    other = sum(path.casefold().endswith(_CODE) and not path.endswith(".py") for path in corpus.entries)
    python = sum(path.endswith(".py") for path in corpus.entries)
    if papers >= 5 or networks >= 4 or low_level:
        return True
    return not cells and (varied >= 6 or (other >= 10 and other > 2 * python))


def _speaks_of_models(corpus: Corpus) -> bool:
    """In prose, or by the names of its files: the code may be in a language that is not read."""
    if sum(bool(_MODEL_PATH.search(path)) for path in corpus.entries) >= _NAMED_FILES:
        return True
    return sum(phrase.any("model name", "training word", "metric name", "predict verb") for phrase in corpus.told) >= 3
