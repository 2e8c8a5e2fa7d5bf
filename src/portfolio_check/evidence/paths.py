"""What kind of file a path is, and how soon a reviewer reads it."""

from __future__ import annotations

from functools import lru_cache

from portfolio_check.facts import Place

_BOILERPLATE = frozenset(
    [
        "license",
        "licence",
        "code_of_conduct",
        "code-of-conduct",
        "security",
        "changelog",
        "contributing",
        "authors",
        "notice",
        "agents",
        "claude",
        "gemini",
        "copilot-instructions",
    ]
)
_TOLD_IN_TEXT = (
    "readme",
    "note",
    "report",
    "doc",
    "descri",
    "about",
    "summary",
    "plan",
    "overview",
    "model",
    "todo",
    "result",
    "method",
    "conclu",
    "analysis",
    "log",
)


def is_boilerplate(path: str) -> bool:
    """Whether a document is one of those every repository may copy, such as a licence or a code of conduct."""
    name = path.rpartition("/")[2].casefold()
    return name.partition(".")[0] in _BOILERPLATE


def is_told(path: str) -> bool:
    """Whether a file's sentences are somebody's words about the project: no licence, no test, no text that is data."""
    if is_boilerplate(path) or is_test(path):
        return False
    name = path.rpartition("/")[2].casefold()
    return not name.endswith(".txt") or any(part in name for part in _TOLD_IN_TEXT)


def is_readme(path: str) -> bool:
    """Whether a path is a README, at the root or in a folder."""
    return path.rpartition("/")[2].casefold().startswith("readme")


@lru_cache(maxsize=4096)
def is_test(path: str) -> bool:
    """Whether a path is that of a test module."""
    name = path.rpartition("/")[2]
    folders = path.casefold().split("/")[:-1]
    return name.endswith(".py") and (
        name.startswith("test_") or name.endswith("_test.py") or "tests" in folders or "test" in folders
    )


def doc_rank(place: Place) -> tuple[int, int, str]:
    """Sort key by how soon a reviewer reads a place: the root README, other documents, notebooks, code."""
    path = place.path
    depth = path.count("/")
    if is_readme(path):
        return (0 if depth == 0 else 1, depth, path)
    if path.endswith((".md", ".rst", ".txt", ".qmd", ".Rmd")):
        return (2, depth, path)
    if place.cell is not None:
        return (3, depth, path)
    return (4, depth, path)


def is_document(path: str) -> bool:
    """Whether a path is a text for readers: Markdown, reStructuredText, plain text or a README of any kind."""
    return path.casefold().endswith((".md", ".rst", ".txt", ".qmd")) or is_readme(path)
