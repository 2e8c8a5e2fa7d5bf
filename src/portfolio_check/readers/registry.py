"""Which reader takes a file, by its name; and by its first line where the name says nothing."""

from __future__ import annotations

import re

from portfolio_check.facts import Fact
from portfolio_check.readers.registry_config import config_reader
from portfolio_check.readers.source import Reader, Source

_DOCKERFILE = re.compile(rb"(?m)^\s*FROM\s+[\w.$/{]\S*(\s+AS\s+\S+)?\s*$")


def reader_of(path: str) -> Reader | None:
    """The reader of a file, None where no reader takes it."""
    name = path.rpartition("/")[2]
    lower = name.casefold()
    if lower.endswith(".ipynb"):
        return _notebook
    if lower.endswith((".py", ".pyw")):
        return _python
    from portfolio_check.readers.registry_prose import prose_reader

    return config_reader(path) or prose_reader(path) or (_unnamed if "." not in name else None)


def _notebook(source: Source) -> list[Fact]:
    from portfolio_check.readers.notebook import read_notebook
    from portfolio_check.readers.python import read_cells

    return read_notebook(source, read_cells)


def _python(source: Source) -> list[Fact]:
    from portfolio_check.readers.python import read_python

    return read_python(source)


def _unnamed(source: Source) -> list[Fact]:
    """A file without a suffix: an image definition under another name than Dockerfile, or nothing."""
    from portfolio_check.readers.containers import read_containers

    return list(read_containers(source)) if _DOCKERFILE.search(source.data[:4000]) else []
