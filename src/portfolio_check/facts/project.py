"""What the project is made of besides prose and code: files, dependencies, containers, workflows, stages, settings."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from portfolio_check.facts.place import Place


class Entry(Struct, frozen=True, tag=True, gc=False):
    """A file of the tree, read or not."""

    place: Place
    size: int
    """Bytes."""
    read: bool = False


class Dependency(Struct, frozen=True, tag=True, gc=False):
    """A package that the project asks for."""

    place: Place
    text: str
    name: str
    """Normalised as PyPI does: `scikit-learn`."""
    pin: Literal["exact", "range", "none"]
    """`exact`: one version (`==1.2`, a lock entry, a digest, `=1.2` of conda)."""
    locked: bool = False
    """Whether it comes from a lock file or a full export."""
    group: Literal["run", "development"] = "run"


class Container(Struct, frozen=True, tag=True, gc=False):
    """An image definition (a Dockerfile, or one stage of it that is the last)."""

    place: Place
    text: str
    """The line of the last FROM."""
    base: str
    """The image of the last stage: `python:3.11-slim`."""
    copies: tuple[str, ...] = ()
    """Sources of COPY and ADD from the build context."""
    runs: tuple[str, ...] = ()
    """RUN lines, joined."""
    command: str = ""
    """CMD and ENTRYPOINT, joined."""
    ports: tuple[str, ...] = ()


class Service(Struct, frozen=True, tag=True, gc=False):
    """A service: of a compose file, a Kubernetes workload, a serverless function, a hosted app's configuration."""

    place: Place
    text: str
    name: str
    tool: str
    """compose | kubernetes | serverless | sam | helm | terraform | procfile | render | fly | heroku | space | streamlit
    | appengine | bentoml"""
    image: str = ""
    build: str = ""
    """Build context, "" where there is none."""
    command: str = ""
    ports: tuple[str, ...] = ()


class Workflow(Struct, frozen=True, tag=True, gc=False):
    """A pipeline definition of a CI system."""

    place: Place
    text: str
    system: str
    """github | gitlab | travis | circleci | azure | jenkins | bitbucket | cloudbuild"""
    name: str
    triggers: tuple[str, ...] = ()
    """push, pull_request, schedule, workflow_dispatch, …"""
    schedules: tuple[str, ...] = ()
    """cron expressions"""


class Step(Struct, frozen=True, tag=True, gc=False):
    """A step of a Workflow."""

    place: Place
    text: str
    workflow: str
    """Path of the workflow file."""
    job: str
    run: str = ""
    """Shell text, lines joined with newline."""
    uses: str = ""
    """Action, orb or image: `actions/checkout@v4`."""


class Stage(Struct, frozen=True, tag=True, gc=False):
    """A named step that somebody can start or a tool chains.

    A Make target, a DVC stage, an MLproject entry point, a tox or nox session, a pre-commit hook, a cron line, a
    Prefect or Airflow deployment in YAML, a shell script that runs several programs.
    """

    place: Place
    text: str
    tool: str
    """make | dvc | mlproject | prefect | airflow | dagster | mage | kubeflow | tox | nox | just | cron | shell
    | pre-commit | poetry | taskfile | sagemaker | zenml | kedro"""
    name: str
    command: str = ""
    """Shell text, lines joined with newline."""
    needs: tuple[str, ...] = ()
    """Prerequisites or dependencies."""
    schedule: str = ""


class Setting(Struct, frozen=True, tag=True, gc=False):
    """A leaf of a configuration file (YAML, TOML, JSON, INI), or a row of a data dictionary."""

    place: Place
    text: str
    key: str
    """Dotted: `train.params.lr`; list indices are left out."""
    value: str


class Commit(Struct, frozen=True, tag=True, gc=False):
    """One commit of the history."""

    id: str
    author: str
    """A name that only tells authors apart: a hash, never a person's name or address."""
    time: int
    """Seconds since the epoch, committer's clock."""
    subject: str
    files: int = 0
    lines: int = 0
    """Added and removed."""


class History(Struct, frozen=True, tag=True, gc=False):
    """What git says of the work. Every field is None where it cannot be known (no git, shallow clone, past a limit)."""

    commits: int | None = None
    span_days: int | None = None
    authors: int | None = None
    largest: Commit | None = None
    """The commit that changed most lines."""
    last_time: int | None = None
    """Seconds since the epoch."""
    reason: str = ""
    """Why it is unknown, "" where it is known."""
