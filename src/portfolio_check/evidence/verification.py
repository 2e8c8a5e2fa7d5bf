"""What checks the project's own code: tests and continuous integration."""

from __future__ import annotations

import re

from portfolio_check.evidence.corpus import Corpus
from portfolio_check.evidence.model import Run, Slot
from portfolio_check.evidence.paths import is_test
from portfolio_check.evidence.slots import QUOTE, code_slot, stage_slot
from portfolio_check.facts import Call, Definition, Import, Setting, Stage, Step, Workflow
from portfolio_check.language.mood import Mood

_TEST_RUN = re.compile(
    r"pytest|unittest|nosetests|\btox\b|\bnox\b|make\s+(test|tests|unit|check|coverage|integration)\w*"
    r"|poetry run pytest|coverage run|python -m test",
    re.I,
)
_CHECKS = re.compile(
    r"pytest|unittest|tox|nox|ruff|flake8|pylint|black|mypy|pre-commit|isort|bandit|docker|build|deploy|terraform"
    r"|kubectl|gcloud|aws |az |helm|make |python |dvc |cml|pip-audit|npm |sam |serverless|heroku|coverage"
    r"|nosetests|pyright|poetry run|uv run|hatch|pdm run|sbt|mvn|gradle|push",
    re.I,
)
_USES_ACTION = re.compile(
    r"docker/|super-linter|deploy|aws-actions/|google-github-actions/|azure/|pre-commit/action|codecov|heroku"
    r"|cloudrun|hub-docker|huggingface|ruff-action|psf/black|pylint|sonar|trivy|codeql|iterative/",
    re.I,
)
_IDLE = re.compile(r"greet|stale|label|dependabot|pages|jekyll|mkdocs|docs|star|welcome|assign", re.I)
_ASKS_PROJECT = re.compile(r"TestClient|load_model|joblib|pickle|invoke|subprocess|test_client")
_ENOUGH = 3
"""Test functions from which tests are more than a token."""


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
            return stage_slot(stage)
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
