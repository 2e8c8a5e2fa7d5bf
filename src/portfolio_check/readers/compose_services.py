"""Services of a compose file."""

from __future__ import annotations

from portfolio_check.facts import Fact, Service
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.yaml_nodes import Node, get, items, joined, pairs, scalar, scalars

_SERVICES = 100


def is_compose(node: Node, path: str) -> bool:
    """Whether a document is a compose file: services with an image or a build, whatever its name."""
    name = file_name(path).lower()
    services = list(pairs(get(node, "services")))
    if "compose" in name and services:
        return True
    return any(
        get(service.value, "image") is not None or get(service.value, "build") is not None for service in services
    )


def read_compose_services(lines: Lines, node: Node) -> list[Fact]:
    """One Service for each entry of `services`, at the line of its name."""
    facts: list[Fact] = []
    for name, line, value in pairs(get(node, "services")):
        if value.id != "mapping":
            continue
        build = get(value, "build")
        command = " ".join(
            part for part in (joined(get(value, "entrypoint"), " "), joined(get(value, "command"), " ")) if part
        )
        facts.append(
            Service(
                place=lines.place(line),
                text=lines.quote(line),
                name=name,
                tool="compose",
                image=scalar(get(value, "image")),
                build=(
                    scalar(get(build, "context")) or "."
                    if build is not None and build.id == "mapping"
                    else scalar(build)
                ),
                command=command,
                ports=tuple(_ports(get(value, "ports"))),
            )
        )
        if len(facts) == _SERVICES:
            break
    return facts


def _ports(node: Node | None) -> list[str]:
    ports = scalars(node)
    for one in items(node)[:50]:
        target = scalar(get(one, "target"))
        if target:
            published = scalar(get(one, "published"))
            ports.append(f"{published}:{target}" if published else target)
    return ports[:50]
