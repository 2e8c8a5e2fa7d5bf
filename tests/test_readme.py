"""What the README says is so: its commands, its review, its tables and its links."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest

from portfolio_check.cli.failing import GATED, UNUSABLE
from portfolio_check.cli.main import INTERRUPTED
from portfolio_check.repository.limits import Limits
from portfolio_check.rules.sources import load

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands() -> list[str]:
    """The shell blocks of the README, in order; `.ci/run` runs the first two of them as they stand."""
    return re.findall(r"^```sh\n(.*?)\n```$", README, re.MULTILINE | re.DOTALL)


def table(heading: str) -> list[list[str]]:
    """The cells of the rows of the first table under a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_there_are_two_commands_to_set_up_each_of_one_line() -> None:
    first, second = commands()
    assert first.startswith("python -m pip install . && ")
    assert second == 'python -m pip install -e ".[test]" && python -m pytest'
    assert "\n" not in first + second
    assert "test" in PROJECT["optional-dependencies"]


def test_what_the_first_command_does_after_installing_works_as_written() -> None:
    program, *arguments = shlex.split(commands()[0].partition(" && ")[2])
    assert program in PROJECT["scripts"]
    done = subprocess.run(
        [sys.executable, "-m", "portfolio_check", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "strong-service" in done.stdout.splitlines()[0]


def test_the_review_that_is_shown_is_the_one_that_is_given() -> None:
    script = [sys.executable, "docs/shown_review.py", "--check"]
    done = subprocess.run(script, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_limits_are_those_of_the_program() -> None:
    said = {row[0].strip("`"): float(row[1].replace(",", "")) for row in table("Limits")}
    assert said == msgspec.to_builtins(Limits())


def test_the_exit_statuses_are_those_of_the_program() -> None:
    assert [int(row[0]) for row in table("Exit status")] == [0, GATED, UNUSABLE, INTERRUPTED]


def test_every_dependency_is_named() -> None:
    needed = {re.split(r"[<>=]", one)[0] for one in PROJECT["dependencies"]}
    assert {re.sub(r"\[(.*?)\]\(.*", r"\1", row[0]) for row in table("What it is made of")} == needed


def test_the_page_that_rules_are_drawn_from_is_linked() -> None:
    assert f"]({load().wiki.url})" in README


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8")):
        if "://" not in target:
            assert (document.parent / unquote(target.partition("#")[0])).exists(), target
