"""What the commits say of the work: how many, by how many people, over how long, and the largest of them."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence

from msgspec import Struct

from portfolio_check.facts import Commit, History
from portfolio_check.repository.isolation import Isolated
from portfolio_check.repository.limits import Limits
from portfolio_check.repository.tree import Tree

# What people write by hand: lines of data, of lock files and of pictures are no work, and cost most of the time.
_KINDS = "py ipynb md rst R Rmd sql sh js jsx ts tsx html css scala java go rs cpp c h jl tf"
_NOT_THEIRS = (":(exclude)*node_modules/*", ":(exclude)*.min.js", ":(exclude)*venv/*")
_WRITTEN = (*(f"*.{kind}" for kind in _KINDS.split(" ")), "*Dockerfile*", "*Makefile*", *_NOT_THEIRS)
_FIELDS = "--format=%H%x00%ct%x00%<(200,trunc)%ae%x00%<(200,trunc)%s%x00"
_SHORTSTAT = ("--format=%x1e%H", "--shortstat", "--full-history", "--no-renames", "--no-ext-diff", "--no-textconv")
_DAY = 86_400


class _Line(Struct, frozen=True, gc=False):
    id: str
    time: int
    address: str
    subject: str


def read_history(tree: Tree, limits: Limits) -> History:
    """The history of the commit a tree stands at; for a folder, that of the whole repository.

    Numbers are None, with the reason, where they cannot be known: without git, in a shallow clone, past
    `limits.commits`, or where git fails or takes longer than `limits.git_seconds`. The largest commit is measured in
    lines of code and prose, files over 1 MB aside; it alone is None where some of them are not in this copy.
    """
    git = tree.git
    if git is None:
        return History(reason="no git repository")
    if tree.commit is None:
        return History(commits=0, authors=0, reason="no commits yet")
    listed = _log(git, tree.commit, [_FIELDS], limits)
    lines = _lines(listed) if listed is not None else []
    if not lines:
        return History(reason="git cannot read the history")
    last = next((line.time for line in lines if line.id == tree.commit), None)
    if git.source.shallow:
        return History(last_time=last, reason="shallow clone")
    if len(lines) > limits.commits:
        return History(last_time=last, reason=f"more than {limits.commits:,} commits")
    times = [line.time for line in lines]
    return History(
        commits=len(lines),
        span_days=(max(times) - min(times)) // _DAY,
        authors=len({line.address for line in lines if "[bot]" not in line.address}),
        largest=_largest(git, tree.commit, lines, limits),
        last_time=last,
    )


def _lines(printed: str) -> list[_Line]:
    fields = printed.split("\0")
    return [
        _Line(oid.strip(), int(time), address.strip().lower(), subject.strip())
        for oid, time, address, subject in zip(fields[0::4], fields[1::4], fields[2::4], fields[3::4], strict=False)
        if time.lstrip("-").isdecimal()
    ]


def _largest(git: Isolated, commit: str, lines: Sequence[_Line], limits: Limits) -> Commit | None:
    printed = _log(
        git,
        commit,
        [*_SHORTSTAT, "--", *_WRITTEN],
        limits,
    )
    if printed is None:
        return None
    by_id = {line.id: line for line in lines}
    best = (0, 0, "")
    for record in printed.split("\x1e")[1:]:
        oid, _, stat = record.partition("\n")
        # " 3 files changed, 14 insertions(+), 2 deletions(-)"
        counts = [int(word) for word in stat.split() if word.isdigit()]
        if counts and oid in by_id:
            best = max(best, (sum(counts[1:]), counts[0], oid))
    changed, files, oid = best
    if not oid:
        return None
    line = by_id[oid]
    # The key is the history's own, so that a person cannot be followed from one review to another.
    author = hashlib.blake2b(line.address.encode(), key=lines[-1].id.encode(), digest_size=6).hexdigest()
    return Commit(oid, author, line.time, line.subject, files, changed)


def _log(git: Isolated, commit: str, options: Sequence[str], limits: Limits) -> str | None:
    """What `git log` prints, None where it fails or takes too long."""
    try:
        from git import Git
        from git.exc import GitCommandError, GitCommandNotFound
    except ImportError:  # GitPython raises it too where there is no git
        return None
    # GitPython hands the caller's environment on: what is not ours to set is emptied.
    environment = dict.fromkeys((name for name in os.environ if name.startswith("GIT_")), "") | git.environment
    command = ["git", "log", f"--max-count={limits.commits + 1}", commit, *options]
    seconds = git.seconds if sys.platform != "win32" else None
    try:
        printed = Git(os.fspath(git.directory)).execute(
            command, env=environment, stdout_as_string=False, kill_after_timeout=seconds, shell=False
        )
    except (GitCommandError, GitCommandNotFound, OSError):
        return None
    return printed.decode("utf-8", "replace") if isinstance(printed, bytes) else None
