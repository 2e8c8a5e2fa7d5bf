from __future__ import annotations

import pytest

from portfolio_check.facts import Step, Workflow
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.workflows import read_workflows, reads_workflows

GITHUB = """name: CI
on:
  push:
    branches: [main]
  workflow_dispatch:
  schedule:
    - cron: "0 6 * * 1"
    # - cron: "0 0 * * *"
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Install
        run: |
          pip install -r requirements.txt
          pytest
      - if: false
        run: python never.py
  old:
    if: ${{ false }}
    steps:
      - run: python old.py
  deploy:
    uses: ./.github/workflows/deploy.yml
"""


def pipeline(path: str, text: str) -> tuple[Workflow, list[Step]]:
    head, *steps = read_workflows(Source(path, text.encode()))
    assert isinstance(head, Workflow)
    assert all(isinstance(step, Step) for step in steps)
    return head, steps  # type: ignore[return-value]


def test_a_github_workflow_has_triggers_schedules_and_steps_that_can_run() -> None:
    head, steps = pipeline(".github/workflows/ci.yml", GITHUB)
    assert (head.system, head.name, head.triggers) == ("github", "CI", ("push", "workflow_dispatch", "schedule"))
    assert (head.schedules, head.place.line) == (("0 6 * * 1",), 7)
    assert [(step.job, step.uses, step.run) for step in steps] == [
        ("test", "actions/checkout@v4", ""),
        ("test", "", "pip install -r requirements.txt\npytest"),
        ("deploy", "./.github/workflows/deploy.yml", ""),
    ]
    assert [(step.place.line, step.text) for step in steps[:2]] == [
        (13, "- uses: actions/checkout@v4"),
        (16, "pip install -r requirements.txt"),
    ]


def test_a_commented_schedule_is_none() -> None:
    text = "on:\n  push:\n  schedule:\n#    - cron: '0 0 * * *'\njobs:\n  a:\n    steps:\n      - run: pytest\n"
    head, _ = pipeline(".github/workflows/a.yaml", text)
    assert (head.triggers, head.schedules, head.name, head.place.line) == (("push",), (), "a", 1)


@pytest.mark.parametrize("trigger", ["push", "[push, pull_request]"])
def test_triggers_may_be_a_word_or_a_list(trigger: str) -> None:
    head, _ = pipeline(".github/workflows/a.yml", f"on: {trigger}\njobs: {{a: {{steps: [{{run: pytest}}]}}}}\n")
    assert head.triggers[0] == "push"


def test_a_workflow_without_a_step_is_none() -> None:
    assert read_workflows(Source(".github/workflows/a.yml", b"on: push\njobs:\n#  test:\n")) == []
    assert read_workflows(Source(".github/workflows/a.yml", b"")) == []


@pytest.mark.parametrize(
    "path",
    [
        "github/workflows/ci.yml",
        "workflows/ci.yml",
        ".github/ci.yml",
        ".github/workflows/old/ci.yml",
        "sub/.github/workflows/ci.yml",
        ".github/workflows/ci.yml.disabled",
        "sub/.travis.yml",
    ],
)
def test_a_workflow_in_the_wrong_place_is_none(path: str) -> None:
    assert not reads_workflows(path)


def test_gitlab_jobs_run_and_templates_do_not() -> None:
    text = (
        "stages: [test]\nbefore_script:\n  - pip install .\n.template:\n  script: [never]\n"
        "test:\n  script:\n    - pytest\n  only: [schedules, merge_requests]\n"
    )
    head, steps = pipeline(".gitlab-ci.yml", text)
    assert (head.system, head.triggers) == ("gitlab", ("merge_requests", "push", "schedules"))
    assert [(step.job, step.run, step.place.line) for step in steps] == [
        ("default", "pip install .", 3),
        ("test", "pytest", 8),
    ]


def test_travis_phases_are_steps() -> None:
    _, steps = pipeline(".travis.yml", "language: python\ninstall: pip install .\nscript:\n  - pytest\n  - flake8\n")
    assert [(step.job, step.run) for step in steps] == [("install", "pip install ."), ("script", "pytest\nflake8")]


def test_circleci_has_schedules_and_orbs() -> None:
    text = (
        "version: 2.1\njobs:\n  build:\n    steps:\n      - checkout\n      - run: pytest\n"
        "      - run:\n          name: Lint\n          command: ruff check\n"
        "workflows:\n  nightly:\n    triggers:\n      - schedule:\n          cron: '0 0 * * *'\n"
    )
    head, steps = pipeline(".circleci/config.yml", text)
    assert head.schedules == ("0 0 * * *",)
    assert [step.run or step.uses for step in steps] == ["checkout", "pytest", "ruff check"]


def test_azure_steps_stand_at_the_top_or_in_jobs_of_stages() -> None:
    text = (
        "trigger: [main]\npr: none\nschedules:\n- cron: '0 3 * * *'\nsteps:\n- script: pytest\n"
        "stages:\n- stage: d\n  jobs:\n  - job: j\n    steps:\n    - task: AzureCLI@2\n"
        "      inputs: {inlineScript: az ml job create}\n"
    )
    head, steps = pipeline("azure-pipelines.yml", text)
    assert (head.triggers, head.schedules) == (("push", "schedule"), ("0 3 * * *",))
    assert [(step.job, step.run, step.uses) for step in steps] == [
        ("", "pytest", ""),
        ("j", "az ml job create", "AzureCLI@2"),
    ]


def test_a_jenkinsfile_is_scanned_for_stages_shell_and_cron() -> None:
    text = (
        "pipeline {\n  triggers { cron('H 4 * * *') }\n  stages {\n    stage('Test') { steps {\n"
        "      sh 'pytest -q'\n      // sh 'never'\n      sh \"\"\"\n        pip install .\n        python train.py\n"
        '      """\n    } }\n  }\n}\n'
    )
    head, steps = pipeline("Jenkinsfile", text)
    assert (head.system, head.schedules, head.place.line) == ("jenkins", ("H 4 * * *",), 2)
    assert [(step.job, step.run, step.place.line) for step in steps] == [
        ("Test", "pytest -q", 5),
        ("Test", "pip install .\npython train.py", 8),
    ]


@pytest.mark.parametrize(
    ("path", "text", "run"),
    [
        (
            "bitbucket-pipelines.yml",
            "pipelines:\n  default:\n    - parallel:\n      - step:\n          script: [pytest]\n",
            "pytest",
        ),
        ("cloudbuild.yaml", "steps:\n- name: python\n  entrypoint: python\n  args: [-m, pytest]\n", "python -m pytest"),
        ("buildspec.yml", "phases:\n  build:\n    commands:\n      - pytest\n", "pytest"),
    ],
)
def test_other_systems_give_their_commands(path: str, text: str, run: str) -> None:
    _, steps = pipeline(path, text)
    assert [step.run for step in steps] == [run]


def test_what_is_not_yaml_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="not valid YAML, line"):
        read_workflows(Source(".github/workflows/a.yml", b"on: [push\n"))
