#!/usr/bin/env python3
"""Writes the review that the README shows: `python docs/shown_review.py`; `--check` says whether it is current.

The fixture is copied into a folder of its own first, since inside this repository its history and workflows count.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from portfolio_check.reports.text import to_text
from portfolio_check.review.check import check

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
FIXTURE = "notebook-only"
START = f"<!-- review of fixtures/{FIXTURE}: written by docs/shown_review.py -->\n"
END = "<!-- end of the review -->\n"
CUT_FROM = "\nProduction pipeline: "
"""The README shows the report up to here, and its last line."""


def shown() -> str:
    """The block between the two marks."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, FIXTURE)
        shutil.copytree(ROOT / "fixtures" / FIXTURE, copy)
        report = to_text(check(copy))
    head, _, rest = report.partition(CUT_FROM)
    last = rest.rstrip("\n").rpartition("\n")[2]
    cut = "[… three more parts, and what a reviewer would ask …]"
    return f"```console\n$ portfolio-check {FIXTURE}\n{head}\n{cut}\n\n{last}\n```\n"


def main() -> int:
    """0 where the README is current or was written, 1 where `--check` finds it stale."""
    text = README.read_text(encoding="utf-8")
    before, start, rest = text.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        print(f"README.md: the marks {START.strip()} and {END.strip()} are not there", file=sys.stderr)
        return 1
    current = before + start + shown() + end + after
    if "--check" not in sys.argv[1:]:
        README.write_text(current, encoding="utf-8", newline="\n")
    elif current != text:
        print("README.md shows an old review; write it anew with: python docs/shown_review.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
