"""What is served, by file name: compose, Kubernetes, serverless and hosted apps, each format in its own reader."""

from __future__ import annotations

from portfolio_check.facts import Fact
from portfolio_check.readers.compose_services import is_compose, read_compose_services
from portfolio_check.readers.hosted_apps import read_hosted_app, reads_hosted_app
from portfolio_check.readers.hosted_yaml import read_hosted_yaml
from portfolio_check.readers.kubernetes_objects import is_kubernetes, read_kubernetes_objects
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines
from portfolio_check.readers.yaml_nodes import Node, documents


def reads_services(path: str) -> bool:
    """Whether the file may define a service: any YAML, by what it holds, and a few files by their names."""
    return path.lower().endswith((".yaml", ".yml")) or reads_hosted_app(path)


def read_services(source: Source) -> list[Fact]:
    """The services of a file; nothing where it defines none.

    Raises UnreadableError where a file is not valid in its format.
    """
    if reads_hosted_app(source.path):
        return read_hosted_app(source)
    lines = Lines(source)
    facts: list[Fact] = []
    for node in documents(source):
        facts += _services(lines, node)
    return facts


def _services(lines: Lines, node: Node) -> list[Fact]:
    if is_kubernetes(node):
        return read_kubernetes_objects(lines, node)
    return read_hosted_yaml(lines, node) or (read_compose_services(lines, node) if is_compose(node, lines.path) else [])
