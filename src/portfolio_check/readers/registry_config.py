"""Which readers take a file that is neither prose nor code."""

from __future__ import annotations

from portfolio_check.facts import Fact
from portfolio_check.readers.conda_packages import is_conda_environment, read_conda_environment
from portfolio_check.readers.containers import read_containers, reads_containers
from portfolio_check.readers.delimited_tables import read_delimited_tables, reads_delimited_tables
from portfolio_check.readers.dependencies import read_dependencies, reads_dependencies
from portfolio_check.readers.locked_packages import reads_lock
from portfolio_check.readers.services import read_services, reads_services
from portfolio_check.readers.settings import read_settings, reads_settings
from portfolio_check.readers.source import Reader, Source, UnreadableError
from portfolio_check.readers.source_lines import file_name
from portfolio_check.readers.stages import defines_stages_only, read_stages, reads_stages
from portfolio_check.readers.workflows import read_workflows, reads_workflows
from portfolio_check.readers.yaml_nodes import root

_GENERATED = frozenset(("dvc.lock", "pnpm-lock.yaml", "conda-lock.yml", "conda-lock.yaml"))


def config_reader(path: str) -> Reader | None:
    """The reader of a file by its name, None where none takes it; several are one where a file says several things."""
    if file_name(path).lower() in _GENERATED:
        return None
    if reads_workflows(path):
        return read_workflows
    if reads_containers(path):
        return read_containers
    if reads_delimited_tables(path):
        return read_delimited_tables
    readers: list[Reader] = []
    if reads_dependencies(path):
        readers.append(read_dependencies)
    if reads_services(path):
        readers.append(read_services)
    if reads_stages(path):
        readers.append(read_stages)
    if reads_settings(path) and not reads_lock(path) and not defines_stages_only(path):
        readers.append(read_settings)
    if path.lower().endswith((".yaml", ".yml")):
        return lambda source: _read_yaml(source, readers)
    if len(readers) < 2:
        return readers[0] if readers else None
    return lambda source: _read_all(source, readers)


def _read_yaml(source: Source, readers: list[Reader]) -> list[Fact]:
    if is_conda_environment(root(source), source.path):
        return read_conda_environment(source)
    return _read_all(source, readers)


def _read_all(source: Source, readers: list[Reader]) -> list[Fact]:
    """What all readers give; a file that one of them cannot read still gives what the others do."""
    facts: list[Fact] = []
    failure: UnreadableError | None = None
    for reader in readers:
        try:
            facts += reader(source)
        except UnreadableError as error:
            failure = failure or error
    if failure is not None and not facts:
        raise failure
    return facts
