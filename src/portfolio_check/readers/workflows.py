"""Continuous integration by file name: each system in its own reader."""

from __future__ import annotations

from portfolio_check.facts import Fact
from portfolio_check.readers.cloud_builds import read_azure, read_cloudbuild, read_codebuild
from portfolio_check.readers.github_workflows import read_github
from portfolio_check.readers.hosted_pipelines import read_bitbucket, read_circleci, read_gitlab, read_travis
from portfolio_check.readers.jenkins_pipelines import read_jenkins
from portfolio_check.readers.source import Reader, Source
from portfolio_check.readers.source_lines import file_name

_BY_PATH: dict[str, Reader] = {
    ".gitlab-ci.yml": read_gitlab,
    ".gitlab-ci.yaml": read_gitlab,
    ".travis.yml": read_travis,
    ".circleci/config.yml": read_circleci,
    ".circleci/config.yaml": read_circleci,
    "bitbucket-pipelines.yml": read_bitbucket,
}
_BY_NAME: dict[str, Reader] = {
    "azure-pipelines.yml": read_azure,
    "azure-pipelines.yaml": read_azure,
    "cloudbuild.yaml": read_cloudbuild,
    "cloudbuild.yml": read_cloudbuild,
    "buildspec.yml": read_codebuild,
    "buildspec.yaml": read_codebuild,
    "jenkinsfile": read_jenkins,
}
_GITHUB = ".github/workflows/"


def reads_workflows(path: str) -> bool:
    """Whether a CI system would find a pipeline in this file: most look in one place of the tree only."""
    return _reader(path) is not None


def read_workflows(source: Source) -> list[Fact]:
    """A Workflow and its Steps; nothing for a file without any. Raises UnreadableError for what is not YAML."""
    reader = _reader(source.path)
    return list(reader(source)) if reader is not None else []


def _reader(path: str) -> Reader | None:
    if path.startswith(_GITHUB):
        return read_github if path.endswith((".yml", ".yaml")) and "/" not in path[len(_GITHUB) :] else None
    return _BY_PATH.get(path) or _BY_NAME.get(file_name(path).lower())
