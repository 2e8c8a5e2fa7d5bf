"""Real repositories to open, made by running git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2024-03-01T12:00:00+0000",
    "GIT_COMMITTER_DATE": "2024-03-01T12:00:00+0000",
}


def git(folder: Path, *arguments: str, given: bytes = b"", **variables: str) -> str:
    """Run git in a folder as Ada, on a fixed day."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *arguments],
        cwd=folder,
        env=inherited | IDENTITY | variables,
        input=given,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "replace").strip()


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def commit(folder: Path, message: str = "work", **variables: str) -> str:
    """Commit everything that is not ignored; the commit's id."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, given=b"", **variables)
    return git(folder, "rev-parse", "HEAD")


def repository(folder: Path, files: dict[str, str | bytes]) -> Path:
    """A repository with one commit of these files."""
    write(folder, files)
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder
