"""Stages of orchestrators in YAML, known by what the file holds: Prefect deployments, Mage pipelines and triggers."""

from __future__ import annotations

from portfolio_check.facts import Fact, Stage
from portfolio_check.readers.source import Source
from portfolio_check.readers.source_lines import Lines, file_name
from portfolio_check.readers.yaml_nodes import Node, get, items, pair, root, scalar, scalars

_STAGES = 200


def is_flow_file(path: str) -> bool:
    """Whether the file is an orchestrator's own by its name."""
    return file_name(path).lower() in ("prefect.yaml", "prefect.yml")


def read_flow_stages(source: Source) -> list[Fact]:
    """Deployments and pipeline blocks with their schedules; nothing for any other YAML."""
    node = root(source)
    lines = Lines(source)
    if items(get(node, "deployments")):
        return [fact for one in items(get(node, "deployments"))[:_STAGES] for fact in _prefect(lines, one)]
    if get(node, "flow_name") is not None and get(node, "entrypoint") is not None:
        return _prefect(lines, node)
    if items(get(node, "blocks")) and get(node, "uuid") is not None:
        return [fact for one in items(get(node, "blocks"))[:_STAGES] for fact in _mage_block(lines, one)]
    if items(get(node, "triggers")):
        return [fact for one in items(get(node, "triggers"))[:_STAGES] for fact in _mage_trigger(lines, one)]
    return []


def _prefect(lines: Lines, node: Node | None) -> list[Fact]:
    """One deployment; the template that `prefect init` writes has neither name nor entry point and is none."""
    entry = scalar(get(node, "entrypoint")) or scalar(get(node, "flow_location"))
    name = pair(node, "name")
    if not entry or name is None:
        return []
    line, schedule = name.line, ""
    for one in (found.value for found in (pair(node, "schedule"), pair(node, "schedules")) if found is not None):
        for rule in items(one)[:20] or [one]:
            found = pair(rule, "cron", "interval", "rrule") or pair(get(rule, "schedule"), "cron", "interval", "rrule")
            if found is not None and scalar(found.value) and scalar(get(rule, "active")).lower() != "false":
                line = found.line if not schedule else line
                text = scalar(found.value) if found.key != "interval" else f"every {scalar(found.value)} s"
                schedule = f"{schedule}; {text}" if schedule else text
    title = scalar(name.value)
    return [Stage(lines.place(line), lines.quote(line), "prefect", title, entry, (), schedule)]


def _mage_block(lines: Lines, node: Node) -> list[Fact]:
    uuid = pair(node, "uuid")
    if uuid is None or not scalar(uuid.value):
        return []
    needs = tuple(scalars(get(node, "upstream_blocks")))[:50]
    kind = scalar(get(node, "type"))
    return [Stage(lines.place(uuid.line), lines.quote(uuid.line), "mage", scalar(uuid.value), kind, needs)]


def _mage_trigger(lines: Lines, node: Node) -> list[Fact]:
    when = pair(node, "schedule_interval")
    if when is None or not scalar(when.value) or scalar(get(node, "schedule_type")) not in ("time", ""):
        return []
    name = scalar(get(node, "name")) or scalar(get(node, "pipeline_uuid"))
    return [Stage(lines.place(when.line), lines.quote(when.line), "mage", name, "", (), scalar(when.value))]
