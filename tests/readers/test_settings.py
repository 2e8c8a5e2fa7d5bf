from __future__ import annotations

import contextlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio_check.facts import Fact, Setting, Table
from portfolio_check.readers.registry_config import config_reader
from portfolio_check.readers.source import Source, UnreadableError


def facts(path: str, data: bytes) -> list[Fact]:
    reader = config_reader(path)
    assert reader is not None, path
    return list(reader(Source(path, data)))


def settings(path: str, text: str) -> list[tuple[str, str, int]]:
    found = facts(path, text.encode())
    return [(one.key, one.value, one.place.line) for one in found if isinstance(one, Setting)]


def test_yaml_leaves_have_dotted_keys_and_lines() -> None:
    text = (
        "train:\n  params:\n    lr: 0.1\n  features:\n    - age\n"
        "    - {name: tenure}\non: yes\nnothing:\nnote: |\n  two\n  lines\n"
    )
    assert settings("config.yaml", text) == [
        ("train.params.lr", "0.1", 3),
        ("train.features", "age", 5),
        ("train.features.name", "tenure", 6),
        ("on", "yes", 7),
        ("nothing", "", 8),
        ("note", "two\nlines", 10),
    ]


def test_toml_leaves_have_lines_even_in_arrays_and_tables_of_arrays() -> None:
    text = (
        '[a]\nx = 1\nflag = true\nlist = [\n  "one",\n  "two",\n]\n'
        '[[b]]\nname = "p"\n[[b]]\nname = "q"\ninline = {y = 2}\n'
    )
    assert settings("config.toml", text) == [
        ("a.x", "1", 2),
        ("a.flag", "true", 3),
        ("a.list", "one", 5),
        ("a.list", "two", 6),
        ("b.name", "p", 9),
        ("b.name", "q", 11),
        ("b.inline.y", "2", 12),
    ]


def test_json_leaves_have_lines_in_order() -> None:
    text = (
        '{\n "model": {"f1": 0.8},\n "features": [\n  "age",\n'
        '  "tenure"\n ],\n "test": {\n  "f1": 0.7,\n  "ok": true\n }\n}\n'
    )
    assert settings("reports/test.json", text) == [
        ("model.f1", "0.8", 2),
        ("features", "age", 4),
        ("features", "tenure", 5),
        ("test.f1", "0.7", 8),
        ("test.ok", "true", 9),
    ]


def test_ini_options_have_sections() -> None:
    text = "[pytest]\n# comment\naddopts = -q\ntestpaths =\n    tests\n    more\n"
    assert settings("pytest.ini", text) == [("pytest.addopts", "-q", 3), ("pytest.testpaths", "tests\nmore", 4)]


def test_a_compose_file_and_alert_rules_are_settings_too() -> None:
    text = "groups:\n- rules:\n  - alert: Drift\n    expr: psi > 0.2\n    for: 1h\n"
    assert settings("alerts.yml", text) == [
        ("groups.rules.alert", "Drift", 3),
        ("groups.rules.expr", "psi > 0.2", 4),
        ("groups.rules.for", "1h", 5),
    ]
    assert ("services.api.image", "x", 3) in settings("compose.yaml", "services:\n  api:\n    image: x\n")


@pytest.mark.parametrize(
    ("path", "is_read"),
    [
        ("metrics.json", True),
        ("models/card.json", True),
        ("package.json", False),
        ("package-lock.json", False),
        ("data/rows.json", False),
        ("tsconfig.app.json", False),
        ("results/comparison.csv", True),
        ("data/train.csv", False),
        ("dvc.lock", False),
    ],
)
def test_only_json_and_csv_that_configure_or_report_are_read(path: str, is_read: bool) -> None:
    assert (config_reader(path) is not None) is is_read


def test_leaves_are_bounded() -> None:
    assert len(settings("config.yaml", "".join(f"a{number}: 1\n" for number in range(2_000)))) == 400
    assert len(settings("metrics.json", "[" + "1," * 2_000 + "1]")) == 400


def test_a_small_result_file_is_a_table_with_lines() -> None:
    (table,) = facts("results/model_comparison.csv", b'model,f1\nbase,0.61\n"for\nest",0.8\n\nxgb,0.82\n')
    assert isinstance(table, Table)
    assert (table.header, table.origin) == (("model", "f1"), "printed")
    assert table.rows == (("base", "0.61"), ("for\nest", "0.8"), ("xgb", "0.82"))
    assert table.lines == (2, 3, 6)


def test_a_result_file_keeps_sixty_rows_and_a_large_one_is_data() -> None:
    (table,) = facts("scores.tsv", b"a\tb\n" + b"1\t2\n" * 100)
    assert isinstance(table, Table)
    assert len(table.rows) == 60
    assert facts("scores.csv", b"a,b\n" + b"1,2\n" * 20_000) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", "[" * 40_000),
        ("a.yaml", "{a: " * 40_000),
        ("a.yaml", "- " * 40_000 + "x"),
        ("a.yaml", "? " * 40_000),
        ("a.yaml", "\n".join(" " * depth + "a:" for depth in range(800))),
        ("a.yaml", "x: 1\n" * 100_000),
        ("a.toml", "a = " + "[" * 40_000),
        ("a.toml", "a" + ".a" * 40_000 + " = 1"),
        ("a.toml", "a = " + "9" * 10_000),
        ("metrics.json", "[" * 40_000),
        ("metrics.json", '{"a":' * 15_000),
        ("metrics.json", "9" * 10_000),
    ],
)
def test_what_nests_or_grows_without_bound_is_unreadable(path: str, text: str) -> None:
    with pytest.raises(UnreadableError):
        facts(path, text.encode())


def test_aliases_that_multiply_are_bounded() -> None:
    names = "abcdefghij"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]" for before, name in pairwise(names)]
    assert len(settings("bomb.yaml", "\n".join(lines))) == 400
    assert len(settings("cycle.yaml", "a: &a [x, *a, *a]\n")) <= 400
    assert facts("docker-compose.yml", b"services: &a\n  <<: *a\n  b:\n    <<: [*a, *a]\n    image: x\n")


PATHS = [
    "a.yaml",
    "environment.yml",
    "docker-compose.yml",
    "render.yaml",
    "serverless.yml",
    "heroku.yml",
    "dvc.yaml",
    "prefect.yaml",
    "Chart.yaml",
    "app.yaml",
    "bentofile.yaml",
    ".pre-commit-config.yaml",
    "Taskfile.yml",
    "MLproject",
    ".github/workflows/a.yml",
    ".gitlab-ci.yml",
    ".travis.yml",
    ".circleci/config.yml",
    "azure-pipelines.yml",
    "bitbucket-pipelines.yml",
    "cloudbuild.yaml",
    "buildspec.yml",
    "Jenkinsfile",
    "Makefile",
    "justfile",
    "tox.ini",
    "setup.cfg",
    "setup.py",
    "pyproject.toml",
    "Pipfile",
    "fly.toml",
    "pixi.toml",
    "requirements.txt",
    "environment.txt",
    "poetry.lock",
    "Pipfile.lock",
    "renv.lock",
    "pixi.lock",
    "DESCRIPTION",
    "Dockerfile",
    "Procfile",
    "main.tf",
    "vercel.json",
    "app.json",
    ".streamlit/config.toml",
    "run.sh",
    "crontab",
    "metrics.json",
    "metrics.csv",
    "scores.tsv",
    "a.toml",
    "a.ini",
]
FRAGMENTS = (
    "on:\n  push:\njobs:\n  a:\n    steps:\n      - run: pytest\n",
    "services:\n  api:\n    build: .\n    ports:\n      - 80:80\n",
    "apiVersion: v1\nkind: Deployment\nspec:\n  template: x\n",
    "[project]\ndependencies = ['a>=1']\n[[b]]\nc = {d = 1}\n",
    "stages:\n  t:\n    cmd: x\n    deps: [a]\n",
    "FROM a AS b\nRUN <<EOF\nx\nEOF\nCOPY --from=b a b\n",
    "a: b\n\tc $(A)\nA = b\n",
    '{"default": {"a": {"version": "==1"}}, "Packages": [1, null]}',
    "deployments:\n- name: a\n  entrypoint: b\n  schedule:\n    cron: c\n",
    "pipelines:\n  default:\n    - step: {script: [a]}\n",
    'resource "aws_lambda_function" "a" {\n',
    'a,b\n1,"2\n',
    "\\\n\n",
    "numpy==1 ; x\n-e git+https://a/b@c#egg=d\n[a]\n",
    "<<: *a\n",
    "&a !!x ? [",
    "\x00\x85\u2028\ufeff",
)


@given(
    st.sampled_from(PATHS),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=20)), max_size=6),
    st.integers(0, 200),
    st.integers(0, 20),
)
def test_every_reader_gives_facts_or_says_that_it_cannot(path: str, parts: list[str], at: int, cut: int) -> None:
    text = "".join(parts)
    data = (text[:at] + text[at + cut :]).encode("utf-8", "surrogatepass")
    count = len(Source(path, data).text.split("\n"))
    found: list[Fact] = []
    with contextlib.suppress(UnreadableError):
        found = facts(path, data)
    assert all(1 <= fact.place.line <= count and fact.place.path == path for fact in found)


@given(st.sampled_from(PATHS), st.binary(max_size=200))
def test_every_reader_survives_bytes(path: str, data: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        facts(path, data)
