"""The one tree under all readers: names, sizes and bytes of a project's files, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct

from portfolio_check.repository.isolation import Isolated

LINK = "symbolic link"
SUBMODULE = "submodule"
ABSENT = "not in this copy of the repository"


class TreeError(Exception):
    """A file whose bytes cannot be had."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class TreeFile(Struct, frozen=True, order=True, gc=False):
    """A path of the tree."""

    path: str
    """With forward slashes, relative to the reviewed folder; `../README.md` for a file of the repository around it."""
    size: int
    """Bytes; 0 where it is not known."""
    outer: bool = False
    """Whether it belongs to the repository around the reviewed folder."""
    unread: str = ""
    """Why the tree cannot give its bytes (a symbolic link, a submodule, an absent blob), "" where it can."""


class Tree(Protocol):
    """A project's files."""

    name: str
    """The origin remote's repository name or the one given, else the folder's."""
    path: str
    """The reviewed folder inside its repository, "." for all of it."""
    commit: str | None
    """Hex digits of the commit, None without git or before the first one. A worktree may hold changes on top of it."""
    remote_url: str | None
    """Web address of the origin remote, without credentials; None where there is none."""
    notes: tuple[str, ...]
    """What a reader of the review should know of how the tree was opened, one sentence each."""
    git: Isolated | None
    """Where its history can be asked; None without git."""

    def files(self) -> list[TreeFile]:
        """All files of the reviewed folder, sorted by path, those that cannot be read included."""

    def root_files(self) -> list[TreeFile]:
        """Workflows and documents at the root of the repository around the reviewed folder, sorted by path."""

    def read(self, path: str) -> bytes:
        """The bytes of a listed file.

        Raises:
            TreeError: it is not in the list, cannot be read, or is larger than any limit allows.

        """


class Found(Struct, frozen=True, gc=False):
    """A path as a repository or directory gave it, relative to its root."""

    raw: bytes
    size: int
    unread: str = ""
    blob: str = ""
    """Object id, "" outside git's objects."""


class Listing(Struct, frozen=True):
    """The paths of a tree, arranged for its readers."""

    files: list[TreeFile]
    outer: list[TreeFile]
    found: dict[str, Found]
    """By TreeFile.path."""
    notes: tuple[str, ...] = ()


OUTER_FOLDERS = (".github/", ".circleci/")
OUTER_FILES = frozenset(
    (
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        ".travis.yml",
        "azure-pipelines.yml",
        "bitbucket-pipelines.yml",
        "cloudbuild.yaml",
        "cloudbuild.yml",
        "Jenkinsfile",
    )
)
_OUTER_DOCUMENTS = ("readme", "license", "licence", "copying", "contributing")
_NOWHERE = frozenset(("", ".", ".."))


def arrange(found: Iterable[Found], folder: str) -> Listing:
    """Sort what was found into the reviewed folder's files and the outer ones.

    Args:
        found: paths relative to the repository's root, in any order, doubles allowed.
        folder: the reviewed folder, "." for all.

    """
    prefix = b"" if folder == "." else folder.encode("utf-8", "surrogateescape") + b"/"
    up = "../" * prefix.count(b"/")
    by_path: dict[str, Found] = {}
    files: list[TreeFile] = []
    outer: list[TreeFile] = []
    misplaced = 0
    for one in sorted(found, key=lambda one: one.raw):
        inside = one.raw.startswith(prefix)
        path = shown(one.raw[len(prefix) :]) if inside else up + shown(one.raw)
        if not inside and not is_outer(path[len(up) :]):
            continue
        if not _NOWHERE.isdisjoint(path.removeprefix(up).split("/")):
            misplaced += 1
        elif path not in by_path:
            by_path[path] = one
            file = TreeFile(path, one.size, not inside, one.unread)
            (files if inside else outer).append(file)
    files.sort()
    outer.sort()
    notes = (f"{misplaced} paths that lead out of the tree were left out.",) if misplaced else ()
    return Listing(files, outer, by_path, notes)


def is_outer(path: str) -> bool:
    """Whether a path at the root of a repository tells something of each folder in it."""
    if "/" in path:
        return path.startswith(OUTER_FOLDERS)
    return path in OUTER_FILES or path.lower().startswith(_OUTER_DOCUMENTS) or path.lower().endswith((".md", ".rst"))


def shown(raw: bytes) -> str:
    r"""A path as text that can be printed and encoded: bytes that are not UTF-8 become `\xff`."""
    return raw.decode("utf-8", "backslashreplace")
