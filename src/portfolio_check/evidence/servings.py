"""Ways from a saved model to a prediction, how they are documented, and how they are packaged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Serving, Slot
from portfolio_check.evidence.packaging import deployments, packagings, unbuildable
from portfolio_check.evidence.paths import is_document, is_readme, is_test
from portfolio_check.evidence.slots import QUOTE, code_slot
from portfolio_check.facts import Assignment, Call, Definition

_ROUTE = re.compile(r"\.(route|get|post|put|api|api_route|websocket)$")
_PREDICTS = re.compile(r"predict|infer|score|classif|forecast|recommend|detect|generate|recogn", re.I)
_SCRIPT = re.compile(
    r"(^|/)(batch_)?(predict\w*|infer\w*|inference\w*|score|scoring|batch\w*|serve\w*|demo|app|main|service"
    r"|classify|forecast|api|server|lambda_function|run_model|generate_predictions?)\.py$",
    re.I,
)
_USES = re.compile(
    r"curl\s|http\s+(post|:)|wget\s.*predict|requests\.(post|get)|streamlit\s+run|uvicorn\s|gunicorn\s"
    r"|waitress-serve|flask\s+run|fastapi\s+(run|dev)|bentoml\s+serve|mlflow\s+models\s+serve|gradio\s"
    r"|python3?\s+(-m\s+)?[\w./-]*(predict|infer|score|scoring|app|serve|main|demo|api|batch|server|generate"
    r"|classify|forecast|test_api|client)[\w./-]*|docker\s+run|docker[- ]compose\s+up|invoke"
    r"|make\s+(predict|serve|run|score|api|app|inference|start)\b|ray\s+serve|localhost:\d+/\w+|/predict\b",
    re.I,
)
_REQUEST = re.compile(r"curl|requests\.|http\s|/predict|localhost:\d+/\w", re.I)
_MODEL_NAME = re.compile(r"([\w.-]+\.(?:pkl|pickle|joblib|h5|keras|pt|pth|onnx|bin|cbm|json|sav|model))\b")
_EVALUATES = re.compile(
    r"audit|eval|metric|train|mitigat|report|monitor|analy|explain|shap|compar|tun|fairness|plot|visuali|dashboard",
    re.I,
)
_PATH_IN_COMMAND = re.compile(r"(?<![\w/.:-])([\w.-]+(?:/[\w.-]+)*\.(?:py|sh|ipynb))\b")


def servings(corpus: Corpus) -> list[Serving]:
    """Servings, the most complete first."""
    ways = list(_ways(corpus))
    documented = _documented(corpus)
    broken = _broken(corpus)
    packaging = packagings(corpus)
    deploys = deployments(corpus)
    absent = unbuildable(corpus)
    found: list[Serving] = []
    shown: list[tuple[Slot | None, Slot | None]] = [*ways[:3]]
    for how, loads in shown or [(None, None)]:
        found.append(
            Serving(
                how=how,
                loads=loads,
                documented=_for_way(corpus, how, documented) if how else None,
                packaging=packaging[0] if packaging else None,
                deploys=deploys[0] if deploys else None,
                broken=_absent_model(corpus, loads) or broken,
                unbuildable=absent,
            )
        )
    found.extend(Serving(packaging=slot) for slot in packaging[1:3])
    found.extend(Serving(deploys=slot) for slot in deploys[1:3])
    found.extend(Serving(notebook=slot) for slot in _in_notebooks(corpus))
    if not ways and (documented or broken):
        found.append(Serving(documented=documented, broken=broken))
    return found


def _ways(corpus: Corpus) -> Iterator[tuple[Slot, Slot | None]]:
    loads: dict[str, Call] = {}
    for call in corpus.calls["load artifact"]:
        if not is_test(call.place.path) and call.place.cell is None:
            loads.setdefault(call.place.path, call)
    any_load = next(iter(loads.values()), None)
    found: list[tuple[int, Slot, Slot | None]] = []
    for definition in corpus.facts.of(Definition):
        path = definition.place.path
        if is_test(path) or definition.empty or definition.place.cell is not None:
            continue
        route = any(
            _ROUTE.search("." + decorator) or decorator.endswith(("bentoml.api", "bentoml.service"))
            for decorator in definition.decorators
        )
        if route and (_PREDICTS.search(definition.name + definition.text) or path in loads):
            load = loads.get(path, any_load)
            found.append(
                (
                    0 if _PREDICTS.search(definition.name) else 1,
                    code_slot(definition),
                    code_slot(load) if load else None,
                )
            )
        elif not definition.scope and (
            definition.name in ("lambda_handler", "predict_endpoint")
            or definition.parameters[:2] == ("event", "context")
        ):
            load = loads.get(path, any_load)
            found.append((1, code_slot(definition), code_slot(load) if load else None))
    routed = {slot.place.path for _, slot, _ in found}
    for call in corpus.facts.of(Call):
        if call.decorates and _ROUTE.search(call.name) and not is_test(call.place.path) and call.place.cell is None:
            route_text = " ".join(call.arguments)
            if _PREDICTS.search(route_text + call.decorates) or call.place.path in loads:
                load = loads.get(call.place.path, any_load)
                found.append(
                    (
                        0 if _PREDICTS.search(route_text + call.decorates) else 1,
                        code_slot(call),
                        code_slot(load) if load else None,
                    )
                )
                routed.add(call.place.path)
    shows: dict[str, list[Call]] = {}
    for call in corpus.calls["app"]:
        if call.place.cell is None and not is_test(call.place.path):
            shows.setdefault(call.place.path, []).append(call)
    for path, calls in shows.items():
        predicting = path in loads or any(
            c.place.path == path for c in corpus.facts.of(Call) if c.name.endswith((".predict", ".predict_proba"))
        )
        if len(calls) >= 3 and (predicting or any_load):
            load = loads.get(path, any_load)
            found.append((1 if predicting else 2, code_slot(calls[0]), code_slot(load) if load else None))
    for path, load in loads.items():
        if path in routed or path in shows or _EVALUATES.search(path):
            continue
        predicts = next(
            (
                c
                for c in corpus.facts.of(Call)
                if c.place.path == path
                and (
                    c.name.endswith((".predict", ".predict_proba", ".transform", ".run"))
                    or c.name.startswith("predict")
                )
            ),
            None,
        )
        if _SCRIPT.search(path) or predicts:
            commanded = any(call.place.path == path for call in corpus.calls["command line"])
            found.append((1 if commanded and _SCRIPT.search(path) else 3, code_slot(predicts or load), code_slot(load)))
    found.sort(key=lambda item: (item[0], item[2] is None, item[1].place))
    for _, how, loaded in found:
        yield how, loaded


def _documented(corpus: Corpus) -> Slot | None:
    """A documented command or request that uses the model; the best is a request with its payload."""
    best: tuple[int, Slot] | None = None
    for command in corpus.commands:
        if not is_document(command.place.path) or not _USES.search(command.text):
            continue
        named = _PATH_IN_COMMAND.findall(command.text)
        if any(not corpus.exists(path) for path in named):
            continue
        points = (
            2
            + 2 * bool(re.search(r"curl|requests\.|http\s|localhost:\d+/|predict|infer|score", command.text, re.I))
            + is_readme(command.place.path)
        )
        points -= 3 * bool(
            re.search(r"train|test|mlflow (ui|server)|jupyter|prefect|airflow", command.text, re.I)
            and not re.search(r"predict", command.text, re.I)
        )
        if points > 1 and (best is None or points > best[0]):
            best = (points, Slot(command.text[:QUOTE], command.place, command.text[:QUOTE]))
    if best:
        return best[1]
    return None


def _for_way(corpus: Corpus, how: Slot, documented: Slot | None) -> Slot | None:
    """The documented command that starts just this way, else a documented request."""
    name = how.place.path.rpartition("/")[2]
    for command in corpus.commands:
        if (
            name in command.text
            and is_document(command.place.path)
            and not command.text.lstrip().startswith(("cat ", "cp ", "touch "))
        ):
            return (
                documented
                if documented and _REQUEST.search(documented.value)
                else Slot(command.text[:QUOTE], command.place, command.text[:QUOTE])
            )
    return documented


def _absent_model(corpus: Corpus, load: Slot | None) -> Slot | None:
    """A model file that is loaded by name, lies nowhere in the tree and is written by nothing."""
    if load is None:
        return None
    names = set(_MODEL_NAME.findall(load.quote))
    if not names:
        path = load.place.path
        wanted = re.findall(r"\w+", load.quote.partition("(")[2])
        names = {
            name
            for assignment in corpus.facts.of(Assignment)
            if assignment.place.path == path
            and any(target.rpartition(".")[2] in wanted for target in assignment.targets)
            for name in _MODEL_NAME.findall(assignment.value)
        }
    if not names or any(name in corpus.base_names for name in names):
        return None
    code: list[Assignment | Call] = [*corpus.facts.of(Assignment), *corpus.facts.of(Call)]
    written = {
        name
        for fact in code
        if fact.place != load.place and fact.place.path != load.place.path
        for name in _MODEL_NAME.findall(fact.text)
    }
    return None if names & written else load


def _broken(corpus: Corpus) -> Slot | None:
    for command in corpus.commands:
        if is_readme(command.place.path) and _USES.search(command.text):
            for path in _PATH_IN_COMMAND.findall(command.text):
                if (
                    _SCRIPT.search(path)
                    and not corpus.exists(path)
                    and not corpus.base_names.get(path.rpartition("/")[2])
                ):
                    return Slot(path, command.place, command.text[:QUOTE])
    return None


def _in_notebooks(corpus: Corpus) -> list[Slot]:
    loaded = {call.place.path for call in corpus.calls["load artifact"] if call.place.cell is not None}
    slots = []
    for call in corpus.facts.of(Call):
        if call.place.cell is not None and call.name.endswith((".predict", ".predict_proba")):
            if call.place.path in loaded or re.search(
                r"new|sample|custom|submission|test_df|single|example|input|customer|patient",
                " ".join(call.arguments),
                re.I,
            ):
                slots.append(code_slot(call))
            if len(slots) >= 2:
                break
    return slots
