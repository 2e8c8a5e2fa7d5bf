"""Hosting that is configured outside YAML: Procfile, fly.toml, Terraform, Streamlit, Vercel, Heroku's app.json."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from portfolio_check.facts import Fact, Service
from portfolio_check.readers.source import Source, UnreadableError
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.toml_leaves import toml_leaves

_LINES = 5_000
_JSON_LIMIT = 100_000
_PROCESS = re.compile(r"([A-Za-z][\w-]*)\s*:\s*(\S.*)")
_RESOURCE = re.compile(r'resource\s+"([\w-]+)"\s+"([\w-]+)"')
_ATTRIBUTE = re.compile(r'(image_uri|image|handler|command|container_definitions|source_code_hash)\s*=\s*"([^"]+)"')
_SERVING = (
    "aws_lambda_function",
    "aws_ecs_service",
    "aws_ecs_task_definition",
    "aws_sagemaker_endpoint",
    "aws_sagemaker_model",
    "aws_apprunner_service",
    "aws_elastic_beanstalk_environment",
    "google_cloud_run",
    "google_cloudfunctions",
    "google_vertex_ai_endpoint",
    "google_app_engine",
    "azurerm_container",
    "azurerm_linux_web_app",
    "azurerm_app_service",
    "azurerm_linux_function_app",
    "azurerm_machine_learning_online",
    "kubernetes_deployment",
    "kubernetes_service",
    "docker_container",
    "helm_release",
)
_NOT_SERVING = ("_event_invoke_config", "_permission", "_iam", "_registry", "_cluster", "_capacity_providers")


def reads_hosted_app(path: str) -> bool:
    """Whether the file configures a hosted app by its name."""
    return _reader(path) is not None


def read_hosted_app(source: Source) -> list[Fact]:
    """The services of a hosted app's configuration. Raises UnreadableError for broken TOML or JSON."""
    reader = _reader(source.path)
    return reader(source) if reader is not None else []


def _reader(path: str) -> Callable[[Source], list[Fact]] | None:
    lower = path.lower()
    if lower.endswith(".tf"):
        return _terraform
    if lower.endswith(".streamlit/config.toml"):
        return _streamlit
    return _BY_NAME.get(file_name(lower))


def _procfile(source: Source) -> list[Fact]:
    lines = Lines(source)
    facts: list[Fact] = []
    for number, line in enumerate(lines.all[:200], 1):
        match = _PROCESS.fullmatch(line.strip())
        if match:
            name, command = match.groups()
            facts.append(Service(lines.place(number), lines.quote(number), name, "procfile", command=command))
    return facts


def _fly(source: Source) -> list[Fact]:
    lines = Lines(source)
    values = {leaf.path: leaf for leaf in reversed(toml_leaves(source))}
    app = values.get(("app",))
    if app is None:
        return []
    image, build = values.get(("build", "image")), values.get(("build", "dockerfile"))
    port = values.get(("http_service", "internal_port")) or values.get(("services", "internal_port"))
    service = Service(
        lines.place(app.line),
        lines.quote(app.line),
        app.value,
        "fly",
        image.value if image else "",
        build.value if build else "",
        "; ".join(leaf.value for path, leaf in values.items() if path[0] == "processes"),
        (port.value,) if port else (),
    )
    return [service]


def _streamlit(source: Source) -> list[Fact]:
    lines = Lines(source)
    leaves = toml_leaves(source)
    if not leaves:
        return []
    port = next((leaf.value for leaf in leaves if leaf.path == ("server", "port")), "")
    first = min(leaf.line for leaf in leaves)
    ports = (port,) if port else ()
    return [Service(lines.place(first), lines.quote(first), "streamlit", "streamlit", ports=ports)]


def _terraform(source: Source) -> list[Fact]:
    lines = Lines(source)
    facts: list[Fact] = []
    serving: tuple[int, str] | None = None
    attributes: dict[str, str] = {}

    def close() -> None:
        if serving is not None:
            number, name = serving
            command = attributes.get("handler") or attributes.get("command", "")
            image = attributes.get("image_uri") or attributes.get("image", "")
            facts.append(Service(lines.place(number), lines.quote(number), name, "terraform", image, "", command))

    for number, line in enumerate(lines.all[:_LINES], 1):
        if match := _RESOURCE.match(line):
            close()
            kind, name = match.groups()
            serves = kind.startswith(_SERVING) and not any(part in kind for part in _NOT_SERVING)
            serving, attributes = (number, f"{kind}.{name}") if serves else None, {}
        elif serving is not None and (match := _ATTRIBUTE.match(line.strip())):
            attributes.setdefault(match.group(1), match.group(2))
        elif line.startswith("}"):
            close()
            serving = None
    close()
    return facts


def _vercel(source: Source) -> list[Fact]:
    tree, lines = _json(source), Lines(source)
    builds = tree.get("builds")
    sources = (
        [str(one.get("src", "")) for one in builds[:50] if isinstance(one, dict)] if isinstance(builds, list) else []
    )
    line = _line_of(lines, sources[0] if sources else "{")
    return [Service(lines.place(line), lines.quote(line), "vercel", "vercel", build=" ".join(sources)[:300])]


def _app_json(source: Source) -> list[Fact]:
    """Heroku's manifest; Expo and others have an app.json without any of these keys."""
    tree, lines = _json(source), Lines(source)
    name = tree.get("name")
    if not isinstance(name, str) or not {"buildpacks", "formation", "stack", "addons", "env"} & tree.keys():
        return []
    line = _line_of(lines, '"name"')
    return [Service(lines.place(line), lines.quote(line), name[:200], "heroku")]


def _json(source: Source) -> dict[str, object]:
    if len(source.data) > _JSON_LIMIT:
        raise UnreadableError("JSON file too large")
    try:
        tree = json.loads(source.text)
    except (ValueError, RecursionError):
        raise UnreadableError("not valid JSON") from None
    return tree if isinstance(tree, dict) else {}


def _line_of(lines: Lines, text: str) -> int:
    return next((number for number, line in enumerate(lines.all, 1) if text in line), 1)


_BY_NAME: dict[str, Callable[[Source], list[Fact]]] = {
    "procfile": _procfile,
    "fly.toml": _fly,
    "vercel.json": _vercel,
    "app.json": _app_json,
}
