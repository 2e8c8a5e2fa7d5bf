from __future__ import annotations

import pytest

from portfolio_check.facts import Stage
from portfolio_check.readers.registry_config import config_reader
from portfolio_check.readers.source import Source


def stages(path: str, text: str) -> list[Stage]:
    reader = config_reader(path)
    assert reader is not None, path
    return [fact for fact in reader(Source(path, text.encode())) if isinstance(fact, Stage)]


def test_make_targets_have_prerequisites_and_recipes() -> None:
    text = (
        "PYTHON ?= python3\nSRC := src\n.PHONY: all train\n.DEFAULT_GOAL := all\n\nall: data train ## everything\n\n"
        "train: data/x.csv | models\n\t@echo start\n\t# not run\n\t-$(PYTHON) $(SRC)/train.py \\\n\t\t--fast\n"
        "%.o: %.c\n\tcc $<\nlint: ; ruff check\ntrain: CFLAGS=-O2\nifeq ($(A),b)\nendif\ndefine BODY\nx: y\nendef\n"
    )
    assert [(one.name, one.command, one.needs, one.place.line) for one in stages("Makefile", text)] == [
        ("all", "", ("data", "train"), 6),
        ("train", "echo start\npython3 src/train.py --fast", ("data/x.csv", "models"), 8),
        ("lint", "ruff check", (), 15),
    ]


def test_just_recipes_have_dependencies() -> None:
    text = "set shell := ['bash']\ntrain model='x': data\n    python train.py {{model}}\ndata:\n    @python get.py\n"
    assert [(one.name, one.command, one.needs) for one in stages("justfile", text)] == [
        ("train", "python train.py {{model}}", ("data",)),
        ("data", "python get.py", ()),
    ]


def test_dvc_stages_have_commands_and_dependencies() -> None:
    text = (
        "stages:\n  train:\n    cmd:\n      - python train.py\n      - python eval.py\n    deps: [train.py, data]\n"
        "  each:\n    foreach: [a, b]\n    do:\n      cmd: python ${item}.py\n  # old:\n  #   cmd: x\n  empty: {}\n"
    )
    assert [(one.name, one.command, one.needs, one.place.line) for one in stages("dvc.yaml", text)] == [
        ("train", "python train.py\npython eval.py", ("train.py", "data"), 2),
        ("each", "python ${item}.py", (), 7),
    ]


def test_an_empty_dvc_file_gives_nothing() -> None:
    assert stages("dvc.yaml", "stages: {}\n") == []


def test_a_prefect_deployment_has_its_schedule_and_its_template_is_none() -> None:
    text = (
        "name: p\ndeployments:\n- name: nightly\n"
        "  entrypoint: flows/train.py:main\n  schedules:\n  - cron: '0 3 * * *'\n"
        "- name: hourly\n  entrypoint: flows/a.py:f\n  schedule:\n"
        "    interval: 3600\n- name: null\n  entrypoint: null\n"
    )
    assert [
        (one.tool, one.name, one.command, one.schedule, one.place.line) for one in stages("prefect.yaml", text)
    ] == [
        ("prefect", "nightly", "flows/train.py:main", "0 3 * * *", 6),
        ("prefect", "hourly", "flows/a.py:f", "every 3600 s", 10),
    ]


def test_a_deployment_file_of_prefect_2_is_known_by_its_keys() -> None:
    text = "name: batch\nflow_name: main\nschedule:\n  cron: 0 0 * * *\n  timezone: null\nentrypoint: train.py:main\n"
    assert [(one.name, one.schedule) for one in stages("main-deployment.yaml", text)] == [("batch", "0 0 * * *")]
    idle = text.replace("schedule:\n  cron: 0 0 * * *\n  timezone: null\n", "schedule: null\n")
    assert [(one.name, one.schedule) for one in stages("main-deployment.yaml", idle)] == [("batch", "")]


def test_a_kubernetes_cron_job_is_a_scheduled_stage() -> None:
    text = (
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: retrain}\n"
        "spec:\n  schedule: '0 0 * * 0'\n  jobTemplate:\n"
        "    spec:\n      template:\n        spec:\n          containers:\n          - command: [python, train.py]\n"
    )
    assert [(one.tool, one.name, one.command, one.schedule, one.place.line) for one in stages("k/cron.yaml", text)] == [
        ("cron", "retrain", "python train.py", "0 0 * * 0", 5)
    ]


def test_pre_commit_hooks_are_stages() -> None:
    text = (
        "repos:\n- repo: https://github.com/astral-sh/ruff-pre-commit\n  rev: v1\n  hooks:\n  - id: ruff\n"
        "- repo: local\n  hooks:\n  - id: tests\n    entry: pytest\n#  - id: off\n"
    )
    assert [(one.name, one.command, one.place.line) for one in stages(".pre-commit-config.yaml", text)] == [
        ("ruff", "https://github.com/astral-sh/ruff-pre-commit", 5),
        ("tests", "pytest", 8),
    ]


def test_a_shell_script_is_one_stage_of_its_commands() -> None:
    text = (
        "#!/bin/bash\nset -e\nDIR=data\n# python old.py\necho hello\n"
        "if [ -z $1 ]; then\n  python get.py \\\n    --out $DIR\nfi\n"
        "cat <<EOF > x\npython inside.py\nEOF\npython train.py\n"
    )
    (found,) = stages("run.sh", text)
    assert (found.tool, found.name, found.place.line, found.text) == ("shell", "run.sh", 7, "python get.py \\")
    assert found.command == "python get.py --out $DIR\ncat <<EOF > x\npython train.py"


def test_a_shell_script_that_calls_nothing_gives_nothing() -> None:
    assert stages("run.sh", "#!/bin/sh\nset -e\necho TODO\nX=1\n") == []
    assert stages("run.sh", "") == []


def test_cron_lines_have_schedule_and_command() -> None:
    text = (
        "SHELL=/bin/sh\n# 0 0 * * * never\n0 3 * * 1 /usr/bin/python train.py\n"
        "@daily ./score.sh\nsome words that are just prose here\n"
    )
    assert [(one.name, one.command, one.schedule) for one in stages("crontab", text)] == [
        ("python", "/usr/bin/python train.py", "0 3 * * 1"),
        ("score.sh", "./score.sh", "@daily"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "tool", "name", "command"),
    [
        (
            "MLproject",
            "entry_points:\n  main:\n    command: 'python train.py {lr}'\n",
            "mlproject",
            "main",
            "python train.py {lr}",
        ),
        ("Taskfile.yml", "version: '3'\ntasks:\n  t:\n    cmds: [pytest]\n", "taskfile", "t", "pytest"),
        (
            "tox.ini",
            "[tox]\nenvlist = a\n[testenv:lint]\ncommands =\n    ruff check\n    mypy\n",
            "tox",
            "lint",
            "ruff check\nmypy",
        ),
        ("pyproject.toml", "[project.scripts]\ntrain = 'churn.train:main'\n", "poetry", "train", "churn.train:main"),
        ("pyproject.toml", "[tool.poe.tasks.t]\ncmd = 'pytest'\nhelp = 'x'\n", "poetry", "t", "pytest"),
        ("pixi.toml", "[tasks]\nt = 'pytest'\n", "poetry", "t", "pytest"),
    ],
)
def test_each_tool_names_what_it_runs(path: str, text: str, tool: str, name: str, command: str) -> None:
    assert [(one.tool, one.name, one.command) for one in stages(path, text)] == [(tool, name, command)]


def test_mage_blocks_and_triggers_are_stages() -> None:
    blocks = "uuid: p\nblocks:\n- uuid: load\n  type: data_loader\n- uuid: train\n  upstream_blocks: [load]\n"
    assert [(one.name, one.needs) for one in stages("pipelines/p/metadata.yaml", blocks)] == [
        ("load", ()),
        ("train", ("load",)),
    ]
    triggers = "triggers:\n- name: daily\n  schedule_type: time\n  schedule_interval: '@daily'\n"
    assert [(one.name, one.schedule) for one in stages("pipelines/p/triggers.yaml", triggers)] == [("daily", "@daily")]
