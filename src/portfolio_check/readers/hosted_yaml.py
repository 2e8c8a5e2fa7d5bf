"""Hosting and packaging that is configured in YAML: serverless, SAM, Helm, Render, App Engine, Heroku, BentoML."""

from __future__ import annotations

from collections.abc import Callable

from portfolio_check.facts import Fact, Service
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.yaml_nodes import Node, get, items, joined, pair, pairs, scalar

_SERVICES = 100
_AWS = frozenset(
    (
        "AWS::Serverless::Function",
        "AWS::Lambda::Function",
        "AWS::ECS::Service",
        "AWS::ECS::TaskDefinition",
        "AWS::SageMaker::Endpoint",
        "AWS::AppRunner::Service",
    )
)


def read_hosted_yaml(lines: Lines, node: Node) -> list[Fact]:
    """The services of one document, by the file's name or the keys it has; nothing for any other document."""
    name = file_name(lines.path).lower().replace(".yml", ".yaml")
    if name in _BY_NAME and (found := _BY_NAME[name](lines, node)):
        return found[:_SERVICES]
    if get(node, "functions") is not None and get(node, "provider") is not None:
        return _serverless(lines, node)[:_SERVICES]
    if get(node, "Resources") is not None:
        return _cloudformation(lines, node)[:_SERVICES]
    return []


def _service(
    lines: Lines, line: int, name: str, tool: str, image: str = "", build: str = "", command: str = ""
) -> Fact:
    return Service(lines.place(line), lines.quote(line), name, tool, image, build, command)


def _serverless(lines: Lines, node: Node) -> list[Fact]:
    return [
        _service(lines, line, name, "serverless", scalar(get(value, "image")), "", scalar(get(value, "handler")))
        for name, line, value in pairs(get(node, "functions"))
    ]


def _cloudformation(lines: Lines, node: Node) -> list[Fact]:
    facts = []
    for name, line, value in pairs(get(node, "Resources")):
        if scalar(get(value, "Type")) in _AWS:
            properties = get(value, "Properties")
            build = scalar(get(properties, "CodeUri")) or scalar(get(value, "Metadata", "DockerContext"))
            image = scalar(get(properties, "ImageUri"))
            facts.append(_service(lines, line, name, "sam", image, build, scalar(get(properties, "Handler"))))
    return facts


def _helm(lines: Lines, node: Node) -> list[Fact]:
    name = pair(node, "name")
    if name is None or get(node, "apiVersion") is None:
        return []
    return [_service(lines, name.line, scalar(name.value), "helm")]


def _render(lines: Lines, node: Node) -> list[Fact]:
    facts = []
    for one in items(get(node, "services")):
        kind = pair(one, "type", "name")
        if kind is not None:
            build = scalar(get(one, "buildCommand")) or scalar(get(one, "dockerfilePath"))
            name = scalar(get(one, "name"))
            facts.append(_service(lines, kind.line, name, "render", "", build, scalar(get(one, "startCommand"))))
    return facts


def _appengine(lines: Lines, node: Node) -> list[Fact]:
    runtime = pair(node, "runtime")
    if runtime is None:
        return []
    name = scalar(get(node, "service")) or "default"
    return [_service(lines, runtime.line, name, "appengine", "", "", scalar(get(node, "entrypoint")))]


def _heroku(lines: Lines, node: Node) -> list[Fact]:
    facts = [
        _service(lines, line, name, "heroku", "", scalar(value))
        for name, line, value in pairs(get(node, "build", "docker"))
    ]
    known = {name for name, _, _ in pairs(get(node, "build", "docker"))}
    for name, line, value in pairs(get(node, "run")):
        if name not in known:
            command = joined(value) or joined(get(value, "command"))
            facts.append(_service(lines, line, name, "heroku", "", "", command))
    return facts


def _bento(lines: Lines, node: Node) -> list[Fact]:
    service = pair(node, "service")
    if service is None:
        return []
    return [_service(lines, service.line, scalar(service.value), "bentoml", "", "", scalar(service.value))]


_BY_NAME: dict[str, Callable[[Lines, Node], list[Fact]]] = {
    "serverless.yaml": _serverless,
    "chart.yaml": _helm,
    "render.yaml": _render,
    "app.yaml": _appengine,
    "heroku.yaml": _heroku,
    "bentofile.yaml": _bento,
}
