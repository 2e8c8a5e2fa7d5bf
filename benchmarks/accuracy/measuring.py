"""Asks a reader about every labelled repository that is there. One that breaks it does not hide the others."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.accuracy.answers import Answer, Ask, commit_to_read
from benchmarks.accuracy.labels import Label
from benchmarks.accuracy.repositories import repositories


def measure(labels: Mapping[str, Label], folder: Path, ask: Ask, jobs: int) -> tuple[dict[str, Answer], dict[str, str]]:
    """Answers, and why there is none, by case id.

    Args:
        labels: by case id.
        folder: holds the repositories, see `repositories`.
        ask: the reader, a function of a module.
        jobs: processes that read at once.

    """
    homes = repositories(folder)
    answers: dict[str, Answer] = {}
    not_read = {case: "not in the folder" for case in labels if case not in homes}
    there = [case for case in labels if case in homes]
    with ProcessPoolExecutor(jobs) as pool:
        results = pool.map(_ask, [(ask, homes[case], labels[case].commit) for case in there])
        for case, result in zip(there, results, strict=True):
            if isinstance(result, Answer):
                answers[case] = result
            else:
                not_read[case] = result
    return answers, not_read


def _ask(task: tuple[Ask, Path, str]) -> Answer | str:
    ask, path, commit = task
    try:
        return ask(path, commit_to_read(path, commit))
    except Exception as error:
        return f"{type(error).__name__}: {error}".replace(str(path), "the repository")
