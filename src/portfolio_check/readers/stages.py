"""Stages by file name: what somebody can start or a tool chains, each tool's file in its own reader."""

from __future__ import annotations

from portfolio_check.facts import Fact
from portfolio_check.readers.flow_stages import is_flow_file, read_flow_stages
from portfolio_check.readers.make_targets import read_justfile, read_makefile
from portfolio_check.readers.project_scripts import read_project_scripts, read_tox
from portfolio_check.readers.shell_scripts import read_crontab, read_shell
from portfolio_check.readers.source import Reader, Source
from portfolio_check.readers.source_lines import file_name
from portfolio_check.readers.task_files import read_dvc, read_mlproject, read_precommit, read_taskfile

_BY_NAME: dict[str, Reader] = {
    "makefile": read_makefile,
    "gnumakefile": read_makefile,
    "justfile": read_justfile,
    ".justfile": read_justfile,
    "taskfile.yml": read_taskfile,
    "taskfile.yaml": read_taskfile,
    "dvc.yaml": read_dvc,
    "mlproject": read_mlproject,
    "tox.ini": read_tox,
    "pyproject.toml": read_project_scripts,
    "pixi.toml": read_project_scripts,
    ".pre-commit-config.yaml": read_precommit,
    ".pre-commit-config.yml": read_precommit,
    "crontab": read_crontab,
    "crontab.txt": read_crontab,
}
_BY_SUFFIX: tuple[tuple[tuple[str, ...], Reader], ...] = (
    ((".mk", ".mak"), read_makefile),
    ((".just",), read_justfile),
    ((".sh", ".bash", ".zsh"), read_shell),
    ((".cron", ".crontab"), read_crontab),
    ((".yaml", ".yml"), read_flow_stages),
)


def reads_stages(path: str) -> bool:
    """Whether the file may define stages: by its name, or any YAML, by what it holds."""
    return _reader(path) is not None


def read_stages(source: Source) -> list[Fact]:
    """The stages of a file; nothing where it defines none. Raises UnreadableError where it is broken."""
    reader = _reader(source.path)
    return list(reader(source)) if reader is not None else []


def defines_stages_only(path: str) -> bool:
    """Whether the file is a tool's own list of stages, and none of the project's configuration."""
    return (file_name(path).lower() in _BY_NAME and not path.lower().endswith(".toml")) or is_flow_file(path)


def _reader(path: str) -> Reader | None:
    name = file_name(path).lower()
    if name in _BY_NAME:
        return _BY_NAME[name]
    if "/cron.d/" in f"/{path}":
        return read_crontab
    return next((reader for suffixes, reader in _BY_SUFFIX if name.endswith(suffixes)), None)
