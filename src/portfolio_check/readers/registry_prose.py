"""Which readers take a file of prose, or what a run wrote into a text file."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact
from portfolio_check.readers.run_logs import is_run_log
from portfolio_check.readers.source import Reader, Source

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx")
_R_MARKDOWN = (".rmd", ".qmd")
_PLAIN = (".rst", ".rest", ".adoc", ".asciidoc", ".org")
_TEXT = (".txt", ".text", ".log", ".out")
_BARE = frozenset(
    ["readme", "notes", "todo", "changelog", "history", "contributing", "about", "description", "model_card"]
)
_DESCRIBES = re.compile(
    r"readme|descri|dictionary|about|info|notes|codebook|source|metadata|schema|features|columns", re.I
)
# fmt: off
_DATA_FOLDERS = frozenset((
    "data", "dataset", "datasets", "raw", "corpus", "corpora", "train", "test", "val", "valid", "labels",
    "images", "vocab", "annotations", "inputs", "input", "samples", "public", "static", "assets",
    "node_modules",
))
# fmt: on
_NOT_PROSE = re.compile(
    r"^(?:requirements|constraints|runtime|robots|cmakelists|vocab|words|stop_?words|labels|classes|names|top_level"
    r"|licen[sc]e|packages|environment|humans|version|copying)|requirements|stop_?words|vocab|_words|tokens|security\.txt",
    re.I,
)


def prose_reader(path: str) -> Reader | None:
    """The reader of a document, run log or report by its name; None for others, data and lists of words among them."""
    folders, _, name = path.lower().rpartition("/")
    if name.endswith(_MARKDOWN):
        return _markdown
    if name.endswith(_R_MARKDOWN):
        return _rmarkdown
    if name.endswith(_PLAIN):
        return _plain
    if name.endswith(".tex"):
        return _latex
    if name.endswith(_TEXT):
        if _NOT_PROSE.search(name):
            return None
        in_data = not _DATA_FOLDERS.isdisjoint(folders.split("/"))
        return _plain if not in_data or _DESCRIBES.search(name) or is_run_log(name) else None
    return _plain if name in _BARE else None


def _markdown(source: Source) -> list[Fact]:
    from portfolio_check.readers.markdown import read_markdown

    return read_markdown(source)


def _rmarkdown(source: Source) -> list[Fact]:
    from portfolio_check.readers.rmarkdown import read_rmarkdown

    return read_rmarkdown(source)


def _plain(source: Source) -> list[Fact]:
    from portfolio_check.readers.plain import read_plain

    return read_plain(source)


def _latex(source: Source) -> list[Fact]:
    from portfolio_check.readers.latex import read_latex

    return read_latex(source)
