from __future__ import annotations

import pytest

from portfolio_check.facts import Container, Service
from portfolio_check.readers.containers import read_containers, reads_containers
from portfolio_check.readers.registry_config import config_reader
from portfolio_check.readers.source import Source, UnreadableError


def container(text: str) -> Container:
    (found,) = read_containers(Source("Dockerfile", text.encode()))
    assert isinstance(found, Container)
    return found


def services(path: str, text: str) -> list[Service]:
    reader = config_reader(path)
    assert reader is not None, path
    return [fact for fact in reader(Source(path, text.encode())) if isinstance(fact, Service)]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("Dockerfile", True),
        ("docker/Dockerfile.api", True),
        ("train.dockerfile", True),
        ("train.Dockerfile", True),
        ("Containerfile", True),
        (".dockerignore", False),
        ("Dockerfile.md", False),
        ("test_docker.py", False),
    ],
)
def test_image_definitions_are_known_by_name(path: str, is_one: bool) -> None:
    assert reads_containers(path) is is_one


def test_a_simple_image_gives_base_copies_runs_command_and_ports() -> None:
    found = container(
        "# syntax=docker/dockerfile:1\nFROM python:3.11-slim\nWORKDIR /app\nCOPY requirements.txt src/ ./\n"
        "RUN apt-get update && \\\n    # tools\n    apt-get install -y curl\nADD https://example.org/a.zip .\n"
        'EXPOSE 8000\nENTRYPOINT ["uvicorn"]\nCMD ["app:app", "--port", "8000"]\n'
    )
    assert found.base == "python:3.11-slim"
    assert found.place.line == 2
    assert found.text == "FROM python:3.11-slim"
    assert found.copies == ("requirements.txt", "src/")
    assert found.runs == ("apt-get update && apt-get install -y curl",)
    assert found.command == "uvicorn app:app --port 8000"
    assert found.ports == ("8000",)


def test_the_last_of_several_stages_counts_and_copies_of_all_are_kept() -> None:
    found = container(
        "ARG TAG=3.11\nFROM python:${TAG} AS build\nCOPY --chown=app pyproject.toml .\nRUN pip install .\n"
        "FROM gcr.io/distroless/python3\nCOPY --from=build /app /app\n"
        'COPY ["model.pkl", "/app/"]\nCMD python serve.py\n'
    )
    assert (found.base, found.place.line) == ("gcr.io/distroless/python3", 5)
    assert found.copies == ("pyproject.toml", "model.pkl")
    assert found.runs == ("pip install .",)
    assert found.command == "python serve.py"


def test_a_stage_on_top_of_another_has_its_image_and_command() -> None:
    found = container("ARG TAG=3.11\nFROM python:$TAG AS base\nCMD python a.py\nFROM base AS final\nCOPY a.py .\n")
    assert (found.base, found.command) == ("python:3.11", "python a.py")


def test_a_here_document_is_one_run() -> None:
    found = container("FROM python:3.11\nRUN <<EOF\npip install x\nFROM nothing\nEOF\nCMD python a.py\n")
    assert found.base == "python:3.11"
    assert "pip install x" in found.runs[0]


def test_a_line_of_nothing_but_a_continuation_is_skipped() -> None:
    assert container("\\\n\nFROM python:3.11\nCMD python a.py\n\\\n").command == "python a.py"


def test_a_file_without_from_is_no_image() -> None:
    assert read_containers(Source("Dockerfile", b"# FROM python:3.11\nRUN ls\n")) == []


def test_a_compose_file_gives_its_services_with_merged_settings() -> None:
    text = (
        "x-base: &base\n  build: ./api\nservices:\n  api:\n    <<: *base\n    ports: ['8000:8000']\n"
        "    command: uvicorn app:app\n  db:\n    image: postgres:16\n  ui:\n    build: {context: ui}\n"
        "    ports:\n      - target: 80\n        published: 8080\n# old:\n#   image: x\n"
    )
    api, database, page = services("docker-compose.dev.yml", text)
    assert (api.name, api.build, api.command, api.ports, api.place.line) == (
        "api",
        "./api",
        "uvicorn app:app",
        ("8000:8000",),
        4,
    )
    assert (database.image, database.tool, database.text) == ("postgres:16", "compose", "db:")
    assert (page.build, page.ports) == ("ui", ("8080:80",))


def test_kubernetes_objects_that_serve_are_services_and_configuration_is_none() -> None:
    text = (
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n"
        "  name: model\nspec:\n  template:\n    spec:\n      containers:\n"
        "      - image: model:1\n        command: [python, serve.py]\n        ports:\n        - containerPort: 80\n"
        "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n"
    )
    deployment, service = services("k8s/all.yaml", text)
    assert (deployment.name, deployment.image, deployment.command, deployment.ports, deployment.place.line) == (
        "model",
        "model:1",
        "python serve.py",
        ("80",),
        2,
    )
    assert (service.name, service.tool, service.place.line) == ("s", "kubernetes", 19)


@pytest.mark.parametrize(
    ("path", "text", "tool", "name"),
    [
        ("Procfile", "web: gunicorn app:app\n", "procfile", "web"),
        ("render.yaml", "services:\n- type: web\n  name: churn\n  startCommand: gunicorn a:a\n", "render", "churn"),
        ("fly.toml", 'app = "churn"\n[http_service]\ninternal_port = 8080\n', "fly", "churn"),
        ("app.yaml", "runtime: python311\nentrypoint: gunicorn a:a\n", "appengine", "default"),
        ("bentofile.yaml", "service: 'service:svc'\n", "bentoml", "service:svc"),
        ("chart/Chart.yaml", "apiVersion: v2\nname: churn\n", "helm", "churn"),
        (
            "serverless.yml",
            "provider: {name: aws}\nfunctions:\n  predict:\n    handler: a.b\n",
            "serverless",
            "predict",
        ),
        (
            "template.yaml",
            "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: a.b}\n",
            "sam",
            "F",
        ),
        ("heroku.yml", "build:\n  docker:\n    web: Dockerfile\n", "heroku", "web"),
        (".streamlit/config.toml", "[server]\nport = 8501\n", "streamlit", "streamlit"),
        ("vercel.json", '{"builds": [{"src": "api/index.py"}]}', "vercel", "vercel"),
        ("app.json", '{"name": "churn", "buildpacks": []}', "heroku", "churn"),
        (
            "infra/main.tf",
            'resource "aws_lambda_function" "f" {\n  handler = "a.b"\n}\n',
            "terraform",
            "aws_lambda_function.f",
        ),
    ],
)
def test_hosted_apps_are_known_by_their_configuration(path: str, text: str, tool: str, name: str) -> None:
    assert [(one.tool, one.name) for one in services(path, text)] == [(tool, name)]


def test_storage_and_permissions_of_terraform_serve_nothing() -> None:
    text = (
        'resource "aws_s3_bucket" "b" {\n}\nresource "aws_lambda_permission" "p" {\n'
        '}\n# resource "aws_ecs_service" "s" {\n'
    )
    assert services("main.tf", text) == []


def test_an_app_json_of_another_tool_is_no_service() -> None:
    assert services("app.json", '{"expo": {"name": "x"}}') == []


def test_a_template_is_unreadable_with_its_line() -> None:
    with pytest.raises(UnreadableError, match="template, line"):
        services("templates/deployment.yaml", "apiVersion: v1\nkind: Deployment\n{{- if .Values.x }}\nmetadata: {{ x\n")
