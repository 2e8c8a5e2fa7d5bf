"""What runs by itself or by a command: orchestration, retraining, tests, continuous integration."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portfolio_check.evidence.corpus import QUOTE, Corpus, Phrase, code_slot, is_test
from portfolio_check.evidence.model import Run, Slot
from portfolio_check.facts import Call, Comparison, Definition, Import, Setting, Stage, Step, Workflow
from portfolio_check.language.mood import Mood

_TRAINS = re.compile(
    r"train|retrain|fit|pipeline|predict|score|scoring|forecast|inference|model|etl|ingest|flow|dag|batch|refresh|update",
    re.I,
)
_TEST_RUN = re.compile(
    r"pytest|unittest|nosetests|\btox\b|\bnox\b|make\s+(test|tests|unit|check|coverage|integration)\w*|poetry run pytest|coverage run|python -m test",
    re.I,
)
_CHECKS = re.compile(
    r"pytest|unittest|tox|nox|ruff|flake8|pylint|black|mypy|pre-commit|isort|bandit|docker|build|deploy|terraform|kubectl|gcloud|aws |az |helm|make |python |dvc |cml|pip-audit|npm |sam |serverless|heroku|coverage|nosetests|pyright|poetry run|uv run|hatch|pdm run|sbt|mvn|gradle|push",
    re.I,
)
_USES_ACTION = re.compile(
    r"docker/|super-linter|deploy|aws-actions/|google-github-actions/|azure/|pre-commit/action|codecov|heroku|cloudrun|hub-docker|huggingface|ruff-action|psf/black|pylint|sonar|trivy|codeql|iterative/",
    re.I,
)
_IDLE = re.compile(r"greet|stale|label|dependabot|pages|jekyll|mkdocs|docs|star|welcome|assign", re.I)
_ASKS_PROJECT = re.compile(r"TestClient|load_model|joblib|pickle|invoke|subprocess|test_client")
_ENOUGH = 3
"""Test functions from which tests are more than a token."""
_SCRIPT = re.compile(r"(?<![\w/.])([\w./-]+\.(?:py|sh|R))\b")
_PREPARES = re.compile(r"prepar|preproc|process|clean|download|ingest|dataset|split|feature|load|extract|etl|transform|label", re.I)
_LEARNS = re.compile(r"train|learn|fit|model", re.I)
_FINAL_FIT = re.compile(r"best|all training|full (training|data|train)|entire|whole (training|data)|parameters|best_params", re.I)
_PROMOTES = re.compile(r"champion|challenger|promot|rollback|roll_back|retrain|stage|alias", re.I)


def orchestration(corpus: Corpus) -> list[Run]:
    """Orchestrated or scheduled runs, then chains started by hand."""
    found: list[Run] = []
    for definition, _ in corpus.decorated("orchestrator"):
        if not is_test(definition.place.path):
            found.append(Run(what="orchestration", does=code_slot(definition)))
    for definition in corpus.facts.of(Definition):
        if definition.kind == "class" and any(
            "orchestrator" in corpus.vocabulary.names.lists_of(base) for base in definition.bases
        ):
            found.append(Run(what="orchestration", does=code_slot(definition)))
    for call in corpus.calls["orchestrator"]:
        if not is_test(call.place.path):
            found.append(Run(what="orchestration", does=code_slot(call)))
    for stage in corpus.facts.of(Stage):
        if (
            stage.schedule
            or stage.tool in ("airflow", "dagster", "mage", "kubeflow", "zenml", "sagemaker")
            or (stage.tool == "cron")
        ):
            found.append(
                Run(
                    what="orchestration",
                    does=_stage_slot(stage),
                    trigger=_stage_slot(stage) if stage.schedule else None,
                )
            )
        elif stage.tool == "prefect":
            found.append(Run(what="orchestration", does=_stage_slot(stage)))
    for workflow in corpus.facts.of(Workflow):
        if workflow.schedules:
            steps = [step for step in corpus.facts.of(Step) if step.workflow == workflow.place.path]
            run = next(
                (
                    step
                    for step in steps
                    if _TRAINS.search(step.run) and re.search(r"python|make|dvc|docker|curl|papermill|bash", step.run)
                ),
                None,
            )
            if run:
                found.append(
                    Run(
                        what="orchestration",
                        does=Slot(workflow.schedules[0], workflow.place, run.text[:QUOTE]),
                        trigger=Slot(workflow.schedules[0], workflow.place, workflow.text[:QUOTE]),
                    )
                )
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


def _stage_slot(stage: Stage) -> Slot:
    return Slot(stage.name, stage.place, stage.text[:QUOTE])


def _chains(corpus: Corpus) -> Iterator[Slot]:
    stages = corpus.facts.of(Stage)
    for tool in ("dvc", "mlproject", "make", "taskfile", "just", "shell", "poetry"):
        for stage in stages:
            if (
                stage.tool == tool
                and re.search(r"python|Rscript|dvc|papermill|src/|\.py\b", stage.command)
                and _TRAINS.search(stage.name + stage.command)
            ):
                yield _stage_slot(stage)
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
    for call in corpus.facts.of(Call):
        if (
            call.name.endswith((".fit", ".train", "xgboost.train", "lightgbm.train", "train_model", "train"))
            and call.place.cell is None
            and not is_test(call.place.path)
        ):
            found.append(Run(what="retraining", by_hand=code_slot(call)))
            break
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


def tests(corpus: Corpus) -> list[Run]:
    """Tests of the project's own code, then token ones."""
    packages = {
        part for path in corpus.entries if path.endswith(".py") for part in path.removesuffix(".py").split("/")
    } - {"tests", "test", "__init__", "conftest"}
    functions = [
        d
        for d in corpus.facts.of(Definition)
        if d.kind == "function" and d.name.startswith("test") and not d.empty and is_test(d.place.path)
    ]
    own: set[str] = set()
    for fact in corpus.facts.of(Import):
        if is_test(fact.place.path) and (fact.name.startswith(".") or set(fact.name.split(".")) & packages):
            own.add(fact.place.path)
    paths = {definition.place.path for definition in functions}
    own |= {
        call.place.path
        for call in corpus.facts.of(Call)
        if call.place.path in paths and _ASKS_PROJECT.search(call.name)
    }
    real = [d for d in functions if d.place.path in own]
    documented = _test_command(corpus)
    cases = len(real) + sum(2 for d in real if any("parametrize" in decorator for decorator in d.decorators))
    if cases >= _ENOUGH:
        # What pytest and unittest find by themselves needs no word on how it is run, once there is more than a handful.
        clear = documented or (code_slot(real[0]) if len(real) >= 5 * _ENOUGH else None)
        return [Run(what="tests", does=code_slot(d), documented=clear) for d in _first_of_files(real)][:3]
    token = real or functions
    if token:
        return [Run(what="tests", by_hand=code_slot(d), documented=documented) for d in token[:3]]
    asking = {
        fact.place.path
        for fact in corpus.facts.of(Import)
        if fact.name.partition(".")[0] in ("requests", "pytest", "unittest", "httpx")
    }
    for path, entry in corpus.entries.items():
        by_name = re.search(r"(^|/)(tests?|test[-_]\w+|predict[-_]test)\.py$", path) and path in asking
        if by_name or re.search(r"\.(test|spec)\.(ts|js|tsx|jsx)$|Tests?\.java$|Spec\.scala$|_test\.go$", path):
            return [Run(what="tests", by_hand=Slot(path, entry.place, path))]
    for call in corpus.calls["test double"]:
        return [Run(what="tests", by_hand=code_slot(call))]
    return []


def _first_of_files(definitions: list[Definition]) -> list[Definition]:
    first: dict[str, Definition] = {}
    for definition in definitions:
        first.setdefault(definition.place.path, definition)
    return list(first.values())


def _test_command(corpus: Corpus) -> Slot | None:
    for command in corpus.commands:
        if _TEST_RUN.search(command.text):
            return Slot(command.text[:QUOTE], command.place, command.text[:QUOTE])
    for step in corpus.facts.of(Step):
        if _TEST_RUN.search(step.run):
            return Slot(step.run[:QUOTE], step.place, step.text[:QUOTE])
    for stage in corpus.facts.of(Stage):
        if _TEST_RUN.search(stage.command) or stage.tool in ("tox", "nox"):
            return _stage_slot(stage)
    for setting in corpus.facts.of(Setting):
        if "pytest" in setting.key:
            return Slot(setting.key, setting.place, setting.text[:QUOTE])
    for phrase in corpus.prose:
        if (
            phrase.has("test word")
            and re.search(r"pytest|unittest", phrase.sentence.text, re.I)
            and phrase.mood is not Mood.PLAN
        ):
            return phrase.slot()
    return None


def integration(corpus: Corpus) -> list[Run]:
    """Pipeline definitions that check, build or deploy the project, then idle ones."""
    steps: dict[str, list[Step]] = {}
    for step in corpus.facts.of(Step):
        steps.setdefault(step.workflow, []).append(step)
    does: list[Run] = []
    idle: list[Run] = []
    for workflow in corpus.facts.of(Workflow):
        slot = Slot(workflow.name, workflow.place, workflow.text[:QUOTE])
        doing = next((step for step in steps.get(workflow.place.path, ()) if _does(step)), None)
        if doing and not (
            _IDLE.search(workflow.name + workflow.place.path) and not re.search(r"pytest|docker|train", doing.run)
        ):
            line = next((ln for ln in doing.run.split("\n") if _CHECKS.search(ln)), doing.text)
            does.append(Run(what="ci", does=Slot(line[:60], doing.place, doing.text[:QUOTE])))
        else:
            idle.append(Run(what="ci", by_hand=slot))
    return [*does, *idle][:3]


def _does(step: Step) -> bool:
    run = "\n".join(line for line in step.run.split("\n") if not re.match(r"\s*(echo|#)", line))
    setup = re.sub(r"pip3? install[^\n&]*|python -m pip[^\n&]*|apt(-get)? [^\n&]*", "", run)
    return bool(_CHECKS.search(setup)) or bool(_USES_ACTION.search(step.uses))
