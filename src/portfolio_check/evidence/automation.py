"""What runs by itself or in a chain: orchestration and retraining."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Run, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.phrases import Phrase
from portfolio_check.evidence.slots import QUOTE, code_slot, stage_slot
from portfolio_check.facts import Call, Comparison, Definition, Import, Stage, Step, Workflow

_TRAINS = re.compile(
    r"train|retrain|fit|pipeline|predict|score|scoring|forecast|inference|model|etl|ingest|flow|dag|batch|refresh"
    r"|update",
    re.I,
)
_SCRIPT = re.compile(r"(?<![\w/.])([\w./-]+\.(?:py|sh|R))\b")
_PREPARES = re.compile(
    r"prepar|preproc|process|clean|download|ingest|dataset|split|feature|load|extract|etl|transform|label", re.I
)
_LEARNS = re.compile(r"train|learn|fit|model", re.I)
_FINAL_FIT = re.compile(
    r"best|all training|full (training|data|train)|entire|whole (training|data)|parameters|best_params", re.I
)
_PROMOTES = re.compile(r"champion|challenger|promot|rollback|roll_back|retrain|stage|alias", re.I)
_ORCHESTRATORS = ("airflow", "cron", "dagster", "kubeflow", "mage", "prefect", "sagemaker", "zenml")


def orchestration(corpus: Corpus) -> list[Run]:
    """Orchestrated or scheduled runs, then chains started by hand."""
    found = list(_orchestrated(corpus))
    if found:
        found.sort(
            key=lambda run: (
                run.trigger is None,
                not _TRAINS.search(run.does.quote if run.does else ""),
                run.does.place if run.does else None,
            )
        )
        return found[:4]
    return [Run(what="orchestration", by_hand=slot) for slot in _chains(corpus)][:3]


def _orchestrated(corpus: Corpus) -> Iterator[Run]:
    """What an orchestrator or a schedule starts."""
    for definition, _ in corpus.decorated("orchestrator"):
        if not is_test(definition.place.path):
            yield Run(what="orchestration", does=code_slot(definition))
    for definition in corpus.facts.of(Definition):
        if definition.kind == "class" and any(
            "orchestrator" in corpus.vocabulary.names.lists_of(base) for base in definition.bases
        ):
            yield Run(what="orchestration", does=code_slot(definition))
    for call in corpus.calls["orchestrator"]:
        if not is_test(call.place.path):
            yield Run(what="orchestration", does=code_slot(call))
    for stage in corpus.facts.of(Stage):
        if stage.schedule or stage.tool in _ORCHESTRATORS:
            slot = stage_slot(stage)
            yield Run(what="orchestration", does=slot, trigger=slot if stage.schedule else None)
    for workflow in corpus.facts.of(Workflow):
        run = _scheduled_step(corpus, workflow) if workflow.schedules else None
        if run:
            yield Run(
                what="orchestration",
                does=Slot(run.run.partition("\n")[0][:QUOTE], run.place, run.text[:QUOTE]),
                trigger=Slot(workflow.schedules[0], workflow.place, workflow.text[:QUOTE]),
            )


def _scheduled_step(corpus: Corpus, workflow: Workflow) -> Step | None:
    """The step of a workflow that trains, scores or moves data."""
    return next(
        (
            step
            for step in corpus.facts.of(Step)
            if step.workflow == workflow.place.path
            and _TRAINS.search(step.run)
            and re.search(r"python|make|dvc|docker|curl|papermill|bash", step.run)
        ),
        None,
    )


def _chains(corpus: Corpus) -> Iterator[Slot]:
    stages = corpus.facts.of(Stage)
    for tool in ("dvc", "mlproject", "make", "taskfile", "just", "shell", "poetry"):
        for stage in stages:
            if (
                stage.tool == tool
                and re.search(r"python|Rscript|dvc|papermill|src/|\.py\b", stage.command)
                and _TRAINS.search(stage.name + stage.command)
            ):
                yield stage_slot(stage)
    own = {path.rpartition("/")[2].removesuffix(".py") for path in corpus.entries if path.endswith(".py")}
    imports: dict[str, set[str]] = {}
    for fact in corpus.facts.of(Import):
        if not is_test(fact.place.path) and fact.place.cell is None:
            parts = [part for part in fact.name.split(".") if part in own]
            if parts:
                imports.setdefault(fact.place.path, set()).add(parts[-1])
    for path, modules in sorted(imports.items(), key=lambda pair: -len(pair[1])):
        staged = {
            module
            for module in modules
            if re.search(
                r"train|data|ingest|preprocess|feature|evaluat|predict|transform|model|load|split|clean", module
            )
        }
        if len(staged) >= 2 and re.search(r"main|pipeline|run|flow", path.rpartition("/")[2]):
            entry = corpus.entries[path]
            yield Slot(path, entry.place, path)
    for path in corpus.entries:
        if re.search(r"(^|/)(train(ing)?_pipeline\w*|run_(all|pipeline)\w*|pipeline_run\w*)\.(py|sh)$", path):
            yield Slot(path, corpus.entries[path].place, path)
    yield from _steps_in_words(corpus)
    numbered = sorted(path for path in corpus.entries if re.search(r"(^|/)0?[1-9][-_]\w+\.(py|ipynb)$", path))
    if len(numbered) >= 3 and any(path.endswith(".py") for path in numbered):
        yield Slot(numbered[0], corpus.entries[numbered[0]].place, numbered[0])


def _steps_in_words(corpus: Corpus) -> Iterator[Slot]:
    """Scripts of different stages that a document says to start, data before model."""
    told: dict[str, Slot] = {}
    for command in corpus.commands:
        for path in _SCRIPT.findall(command.text):
            if corpus.exists(path):
                told.setdefault(path.rpartition("/")[2], Slot(path, command.place, command.text[:QUOTE]))
    prepares = [slot for name, slot in told.items() if _PREPARES.search(name)]
    learns = [slot for name, slot in told.items() if _LEARNS.search(name)]
    if prepares and learns:
        yield prepares[0]
        yield learns[0]


def retraining(corpus: Corpus, orchestrated: list[Run]) -> list[Run]:
    """When and how the model is retrained or rolled back, told or built; then scripts that can be rerun."""
    found: list[Run] = []
    graded = [one for one in corpus.graded["retraining-rollback"] if not one.phrase.sentence.code]
    full = [one.phrase for one in graded if one.grade == 2]
    part = [one.phrase for one in graded if one.grade == 1]
    found += [Run(what="retraining", does=phrase.slot(), trigger=phrase.slot()) for phrase in full[:3]]
    for run in orchestrated:
        if (
            run.trigger
            and run.does
            and re.search(r"train", run.does.quote + run.does.place.path + run.does.value, re.I)
        ):
            found.append(Run(what="retraining", does=run.does, trigger=run.trigger))
    for comparison in corpus.facts.of(Comparison):
        if is_test(comparison.place.path) or comparison.place.cell is not None:
            continue
        if any(
            re.search(r"retrain|rollback|roll_back|train_flow|training_flow|run_deployment", name, re.I)
            for name in comparison.consequence
        ):
            slot = Slot(comparison.text[:QUOTE], comparison.place, comparison.text[:QUOTE])
            found.append(Run(what="retraining", does=slot, trigger=slot))
    if any(run.trigger for run in found):
        return found[:4]
    part = part or [phrase for phrase in corpus.prose if _mentions_retraining(phrase)]
    found += [Run(what="retraining", by_hand=phrase.slot()) for phrase in part[:3]]
    for call in corpus.calls["registry"]:
        if _PROMOTES.search(call.name) and not is_test(call.place.path):
            found.append(Run(what="retraining", by_hand=code_slot(call)))
    fits = [
        call
        for call in corpus.facts.of(Call)
        if call.name.endswith((".fit", ".train", "xgboost.train", "lightgbm.train", "train_model", "train"))
        and call.place.cell is None
        and not is_test(call.place.path)
    ]
    # A model's fit speaks of retraining more than that of a scaler or selector, which comes before it.
    fits.sort(key=lambda call: not corpus.vocabulary.names.lists_of(corpus.resolved(call)) & {"model"})
    found += [Run(what="retraining", by_hand=code_slot(call)) for call in fits[:1]]
    for path, entry in corpus.entries.items():
        if re.search(r"(^|/)(re)?train\w*\.(py|sh)$", path, re.I):
            found.append(Run(what="retraining", by_hand=Slot(path, entry.place, path)))
            break
    return found[:4]


def _mentions_retraining(phrase: Phrase) -> bool:
    """Whether a document speaks of retraining a model in use; the final fit after tuning is none."""
    if phrase.place.cell is not None or phrase.any("plan") or "plan heading" in phrase.headings:
        return False
    return phrase.any("retrain", "rollback") and not _FINAL_FIT.search(phrase.sentence.text)
