"""Running git on somebody else's repository: in a git directory of our own that borrows nothing but the objects.

Configuration, hooks, filters, file system monitors, replacements, attributes and the caller's GIT_* variables do not
act, because git never sees the repository's git directory, only its objects and, to list a working tree, its index.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from msgspec import Struct

from portfolio_check.repository.confined import read_small
from portfolio_check.repository.gitdir import GitDir

# Large files are never compared line by line; nothing starts maintenance or looks at what this machine has set.
_CONFIG = """\
[core]
\trepositoryformatversion = {version}
\tbare = false
\tfsmonitor = false
\thooksPath = {null}
\texcludesFile = {null}
\tattributesFile = {null}
\tuntrackedCache = false
\tsplitIndex = false
\tsymlinks = true
\tquotePath = false
\tprecomposeUnicode = true
\tcommitGraph = false
\tbigFileThreshold = 1m
[gc]
\tauto = 0
[maintenance]
\tauto = false
[protocol]
\tallow = never
[log]
\tshowSignature = false
\tmailmap = false
"""
_SHA256 = "[extensions]\n\tobjectformat = sha256\n"
_MEMORY = "1g"
_CHUNK = 1 << 16


class GitError(Exception):
    """A git process that could not be started, failed or took too long; the message is the reason."""


class Isolated(Struct, frozen=True):
    """A git directory of our own over somebody's objects."""

    directory: Path
    environment: dict[str, str]
    """The whole environment of a git process."""
    source: GitDir
    seconds: float
    """What one process may take."""


class Output(Struct, frozen=True):
    """What a git process printed."""

    data: bytes
    status: int
    whole: bool = True
    """False where it was cut at the bytes asked for."""


@contextmanager
def isolate(source: GitDir, seconds: float) -> Iterator[Isolated]:
    """Make the git directory; it is gone afterwards.

    Raises:
        GitError: there is no git on this machine.

    """
    if shutil.which("git") is None:
        raise GitError("git is not installed")
    directory = Path(tempfile.mkdtemp(prefix="portfolio-check-"))
    try:
        _fill(directory, source)
        yield Isolated(directory, _environment(directory, source), source, seconds)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _fill(directory: Path, source: GitDir) -> None:
    commit = source.commit()
    sha256 = source.config.object_format == "sha256" or (commit is not None and len(commit) == 64)
    (directory / "refs").mkdir()
    (directory / "info").mkdir()
    (directory / "HEAD").write_text(f"{commit or 'ref: refs/heads/main'}\n")
    config = _CONFIG.format(version=int(sha256), null=os.devnull)
    (directory / "config").write_text(config + (_SHA256 if sha256 else ""))
    if shallow := source.shallow:
        (directory / "shallow").write_bytes(shallow)
    if exclude := read_small(source.common / "info" / "exclude", 100_000):
        (directory / "info" / "exclude").write_bytes(exclude)


def write_refs(git: Isolated) -> None:
    """Copy the refs, so that a revision can be named by a branch or tag."""
    lines = [f"{oid} {name}\n" for name, oid in git.source.refs().items()]
    (git.directory / "packed-refs").write_text("".join(lines), encoding="utf-8", errors="surrogateescape")


def _environment(directory: Path, source: GitDir) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return inherited | {
        "GIT_DIR": str(directory),
        "GIT_COMMON_DIR": str(directory),
        "GIT_WORK_TREE": str(directory),
        "GIT_INDEX_FILE": str(directory / "index"),
        # Rather than through objects/info/alternates, which cannot hold every path.
        "GIT_OBJECT_DIRECTORY": str(source.common / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_COUNT": "0",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_ALLOC_LIMIT": _MEMORY,
        "LC_ALL": "C",
        "LANGUAGE": "C",
    }


def run_git(
    git: Isolated,
    arguments: Sequence[str | bytes],
    *,
    folder: Path | None = None,
    variables: dict[str, str] | None = None,
    given: Path | None = None,
    most: int = 100_000_000,
) -> Output:
    """Run one git command to its end.

    Args:
        git: whose environment it runs in.
        arguments: the command and its options, without `git`.
        folder: where it runs, the own git directory where None.
        variables: further environment.
        given: a file as standard input.
        most: bytes of output; then the process is ended and the output is not whole.

    Raises:
        GitError: it could not be started, or took longer than `git.seconds`.

    """
    late = threading.Event()
    with (given or Path(os.devnull)).open("rb") as stdin:
        try:
            process = subprocess.Popen(
                ["git", *arguments],
                cwd=folder or git.directory,
                env=git.environment | (variables or {}),
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except OSError as error:
            raise GitError("git could not be started") from error

    def end() -> None:
        late.set()
        process.kill()

    clock = threading.Timer(git.seconds, end)
    clock.daemon = True
    clock.start()
    try:
        with cast("IO[bytes]", process.stdout) as printed:
            data = printed.read(most + 1)
        if len(data) > most:
            process.kill()
        process.wait()
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        clock.cancel()
    if late.is_set():
        raise GitError(f"git took longer than {git.seconds:g} seconds")
    return Output(data[:most], process.returncode, len(data) <= most)
