"""Finding the labelled repositories in a folder of clones."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.labels import case_id


def repositories(folder: Path) -> dict[str, Path]:
    """Where each repository of the folder lies, by case id.

    A repository is a folder `owner+name`, or `owner+name/repo`: a clone, a bare git directory, or the files alone.
    """
    found = {}
    for home in sorted(folder.iterdir()):
        owner, plus, name = home.name.partition("+")
        if plus and home.is_dir():
            inner = home / "repo"
            found[case_id(f"{owner}/{name}")] = inner if inner.is_dir() and not has_git(home) else home
    return found


def has_git(path: Path) -> bool:
    """Whether a folder is a clone or a git directory."""
    return (path / ".git").exists() or (path / "HEAD").is_file()
