"""Where a report goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from portfolio_check.cli.failing import UnusableError


def write_report(data: bytes, output: str | None) -> None:
    """To the file, which is replaced in one step; to standard output where `output` is None or "-"."""
    if output is None or output == "-":
        _write_standard(data)
        return
    target = Path(output)
    try:
        if target.exists() and not target.is_file():
            # A device or a pipe is written to; a folder says so itself.
            target.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(target)), data)
    except OSError as error:
        raise UnusableError(f"{output}: cannot be written: {error.strerror}") from None


def _replace(target: Path, data: bytes) -> None:
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("xb") as file:
            file.write(data)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_standard(data: bytes) -> None:
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. What is still buffered goes nowhere, so that closing at exit is quiet too.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def wants_color(choice: str, output: str | None) -> bool:
    """Whether to write styles: as chosen, else on a terminal unless NO_COLOR is set (https://no-color.org)."""
    if choice != "auto":
        return choice == "always"
    on_terminal = output is None and sys.stdout.isatty()
    return on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def report_width(output: str | None) -> int:
    """Columns of the terminal, at most 120; 80 where the report goes elsewhere."""
    if output is None and sys.stdout.isatty():
        return min(shutil.get_terminal_size().columns, 120)
    return 80


def standard_encoding(output: str | None) -> str:
    """The encoding that text is written in: the terminal's, UTF-8 in files."""
    return (sys.stdout.encoding or "utf-8") if output is None or output == "-" else "utf-8"
