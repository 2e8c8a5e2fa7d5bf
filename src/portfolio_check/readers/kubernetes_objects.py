"""Kubernetes objects: workloads and services, and jobs that run on a schedule."""

from __future__ import annotations

from portfolio_check.facts import Fact, Service, Stage
from portfolio_check.readers.source_lines import Lines
from portfolio_check.readers.yaml_nodes import Node, get, items, joined, pair, scalar

_SERVING = frozenset(
    [
        "Deployment",
        "StatefulSet",
        "DaemonSet",
        "ReplicaSet",
        "Pod",
        "Service",
        "Ingress",
        "InferenceService",
        "SeldonDeployment",
        "BentoDeployment",
        "RayService",
        "ScaledObject",
        "HorizontalPodAutoscaler",
        "Route",
        "Revision",
        "Gateway",
        "VirtualService",
        "Rollout",
    ]
)
_RUNNING = frozenset(
    [
        "Job",
        "CronJob",
        "Workflow",
        "CronWorkflow",
        "WorkflowTemplate",
        "ScheduledWorkflow",
        "PyTorchJob",
        "TFJob",
        "RayJob",
    ]
)


def is_kubernetes(node: Node) -> bool:
    """Whether a document is a Kubernetes object: it says its `apiVersion` and `kind`."""
    return bool(scalar(get(node, "apiVersion")) and scalar(get(node, "kind")))


def read_kubernetes_objects(lines: Lines, node: Node) -> list[Fact]:
    """A Service for what serves, a Stage for what runs to its end; nothing for the rest. `List` gives its items."""
    kind = scalar(get(node, "kind"))
    if kind == "List":
        return [
            fact
            for one in items(get(node, "items"))[:100]
            for fact in read_kubernetes_objects(lines, one)
            if scalar(get(one, "kind")) != "List"
        ]
    said = pair(node, "kind")
    line = said.line if said is not None else 1
    name = scalar(get(node, "metadata", "name")) or scalar(get(node, "metadata", "generateName"))
    if kind in _RUNNING:
        return [_job(lines, line, kind, name, node)]
    if kind not in _SERVING:
        return []
    container = _container(node)
    return [
        Service(
            place=lines.place(line),
            text=lines.quote(line),
            name=name,
            tool="kubernetes",
            image=scalar(get(container, "image")),
            command=_command(container),
            ports=tuple(_ports(node, container)),
        )
    ]


def _job(lines: Lines, line: int, kind: str, name: str, node: Node) -> Stage:
    schedule = pair(get(node, "spec"), "schedule", "schedules") or pair(
        get(node, "spec", "trigger", "cronSchedule"), "cron"
    )
    if schedule is not None:
        line = schedule.line
    api = scalar(get(node, "apiVersion"))
    annotations = get(node, "metadata", "annotations")
    pipeline = "kubeflow" in api or pair(annotations, "pipelines.kubeflow.org/kfp_sdk_version") is not None
    tool = "kubeflow" if pipeline else "argo" if "argoproj" in api else "cron" if kind == "CronJob" else "kubernetes"
    container = _container(node)
    command = _command(container) or scalar(get(container, "image"))
    return Stage(
        place=lines.place(line),
        text=lines.quote(line),
        tool=tool,
        name=name,
        command=command,
        schedule=joined(schedule.value, "; ") if schedule is not None else "",
    )


def _container(node: Node) -> Node | None:
    """The first container of a workload, however deep its template stands."""
    for path in (
        ("spec", "template", "spec"),
        ("spec", "jobTemplate", "spec", "template", "spec"),
        ("spec", "predictor"),
        ("spec",),
    ):
        containers = items(get(node, *path, "containers"))
        if containers:
            return containers[0]
    for template in items(get(node, "spec", "templates"))[:20]:
        container = get(template, "container")
        if container is not None:
            return container
    return None


def _command(container: Node | None) -> str:
    return " ".join(
        part for part in (joined(get(container, "command"), " "), joined(get(container, "args"), " ")) if part
    )


def _ports(node: Node, container: Node | None) -> list[str]:
    found = [scalar(get(one, "containerPort")) for one in items(get(container, "ports"))[:20]]
    found += [scalar(get(one, "port")) for one in items(get(node, "spec", "ports"))[:20]]
    return [port for port in found if port]
