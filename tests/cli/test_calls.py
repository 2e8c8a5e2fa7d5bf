"""The program as it is called: what it prints, where, and with which status it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from portfolio_check import __version__
from portfolio_check.reports.schema import SHIPPED

README = "# Churn\n\nWe predict which customers leave. The data is the [Telco set](https://example.org/telco.csv).\n"


def call(*args: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portfolio_check", *args],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | env,
        check=False,
    )


def git(folder: Path, *args: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *args], cwd=folder, check=True, capture_output=True)


def assert_refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One clear line on standard error, nothing on standard output, status 2."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("portfolio-check: ")
    for word in words:
        assert word in done.stderr


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small repository of one commit."""
    folder = tmp_path / "churn"
    folder.mkdir()
    (folder / "README.md").write_text(README, "utf-8")
    (folder / "train.py").write_text("import pandas\n\nprint(pandas.read_csv('telco.csv'))\n", "utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Start")
    return folder


def test_the_version_is_that_of_the_package() -> None:
    done = call("--version")
    assert (done.returncode, done.stdout) == (0, f"portfolio-check {__version__}\n")


def test_the_help_names_the_options_that_stand_without_a_command() -> None:
    done = call("--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: portfolio-check [OPTIONS] [PATH]\n")
    assert "--fail-on CONDITION" in done.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--formt", "json"], ["--formt", "--format"]),
        (["--format", "pdf"], ["--format", "'text', 'json'"]),
        (["--fail-on", "everything"], ["--fail-on", "missing, partial, score:N"]),
        (["--profile", "chef"], ["--profile", "ml-engineer"]),
        (["a", "b"], ["unexpected extra argument"]),
        (["--verbose", "--quiet"], ["contradict"]),
        (["--output"], ["--output", "argument"]),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith("-") or value[0] == "a" else "",
)
def test_a_wrong_call_is_one_clear_line(args: list[str], words: list[str]) -> None:
    assert_refused(call(*args), *words)


def test_a_path_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    assert_refused(call(str(tmp_path / "nowhere")), "nowhere")


def test_a_path_that_would_act_on_the_terminal_is_said_without_acting(tmp_path: Path) -> None:
    done = call(str(tmp_path / "no\x1b[31mwhere\nat all"))
    assert_refused(done)
    assert "\x1b" not in done.stderr


def test_a_file_as_argument_is_one_clear_line(project: Path) -> None:
    assert_refused(call(str(project / "README.md")), "README.md")


def test_an_unknown_revision_is_one_clear_line(project: Path) -> None:
    assert_refused(call(str(project), "--rev", "no-such-branch"), "no-such-branch")


@pytest.mark.parametrize("text", ["profil: mlops", "profile: [", "- 1"])
def test_a_broken_configuration_is_one_clear_line(project: Path, tmp_path: Path, text: str) -> None:
    config = tmp_path / "team.yaml"
    config.write_text(text, "utf-8")
    assert_refused(call(str(project), "--config", str(config)), "team.yaml")


def test_a_broken_rule_file_is_one_clear_line_that_names_it(project: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules / "team").mkdir(parents=True)
    (rules / "team" / "broken.yaml").write_text("code: [\n", "utf-8")
    assert_refused(call(str(project), "--rules", str(rules)), "broken.yaml")


def test_a_rules_folder_that_is_not_there_is_one_clear_line(project: Path, tmp_path: Path) -> None:
    assert_refused(call(str(project), "--rules", str(tmp_path / "nowhere")), "nowhere")


@pytest.mark.parametrize(
    "limit", ["files", "files=", "files=0", "files=-1", "files=many", "weight=3", f"files={10**30}"]
)
def test_a_wrong_limit_is_one_clear_line(project: Path, limit: str) -> None:
    assert_refused(call(str(project), "--limit", limit), "--limit")


def test_a_limit_is_kept(project: Path) -> None:
    review = json.loads(call(str(project), "--format", "json", "--limit", "files=1").stdout)
    assert review["repository"]["read"] <= 1


def test_an_output_that_cannot_be_written_is_one_clear_line(project: Path, tmp_path: Path) -> None:
    assert_refused(call(str(project), "--output", str(tmp_path / "nowhere" / "review.txt")), "cannot be written")


def test_json_follows_the_published_schema(project: Path) -> None:
    done = call(str(project), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    review = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json.loads(SHIPPED.read_bytes())).validate(review)
    assert review["repository"]["name"] == "churn"


def test_options_may_stand_before_and_after_the_path(project: Path) -> None:
    before = call("--format", "json", str(project))
    assert before.returncode == 0
    assert before.stdout == call(str(project), "--format", "json").stdout
    assert before.stdout == call("review", str(project), "--format", "json").stdout


def test_without_a_path_the_current_folder_is_reviewed(project: Path) -> None:
    assert call("--format", "json", cwd=project).stdout == call(str(project), "--format", "json").stdout


def test_a_folder_named_like_a_command_is_reached_with_a_dot(tmp_path: Path) -> None:
    (tmp_path / "review").mkdir()
    done = call("./review", "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["repository"]["name"] == "review"


@pytest.mark.parametrize(
    "files", [{}, {"train.py": "print(1)\n"}, {"README.md": README}], ids=["empty", "code", "readme"]
)
def test_a_folder_without_git_is_reviewed(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    done = call(str(tmp_path), "--name", "plain")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no commit" in done.stdout.splitlines()[0]


def test_a_piped_report_is_plain(project: Path) -> None:
    done = call(str(project))
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\x1b[" in call(str(project), "--color", "always").stdout


def test_an_output_file_holds_what_would_have_been_printed(project: Path, tmp_path: Path) -> None:
    target = tmp_path / "review.json"
    done = call(str(project), "--format", "json", "--output", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text("utf-8") == call(str(project), "--format", "json").stdout


def test_fail_on_missing_ends_with_one_and_says_what_is_missing(project: Path) -> None:
    done = call(str(project), "--fail-on", "missing")
    assert done.returncode == 1
    assert done.stderr.startswith("portfolio-check: missing: ")
    assert "Close these first" in done.stdout


def test_a_score_of_nothing_is_passed_by_everything(project: Path) -> None:
    assert call(str(project), "--fail-on", "score:0").returncode == 0


def test_the_command_line_goes_before_the_configuration(project: Path, tmp_path: Path) -> None:
    config = tmp_path / "team.toml"
    config.write_text('profile = "mlops"\nfail-on = "missing"\n', "utf-8")
    done = call(str(project), "--config", str(config), "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["profile"]) == (1, "mlops")
    done = call(
        str(project), "--config", str(config), "--format", "json", "--profile", "ml-engineer", "--fail-on", "score:0"
    )
    assert (done.returncode, json.loads(done.stdout)["profile"]) == (0, "ml-engineer")


def test_a_terminal_that_cannot_show_a_character_gets_a_substitute(project: Path) -> None:
    (project / "README.md").write_text(f"{README}\nLos datos están en español, 数据 también.\n", "utf-8")
    assert call(str(project), "--verbose", PYTHONIOENCODING="ascii").returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is told in another way there")
def test_a_reader_that_leaves_early_is_no_error(project: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-m", "portfolio_check", str(project), "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert (running.wait(), said) == (0, b"")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_an_interrupted_run_ends_with_130_and_without_a_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "team.yaml"
    os.mkfifo(pipe)
    running = subprocess.Popen(
        [sys.executable, "-m", "portfolio_check", str(tmp_path), "--config", str(pipe)], stderr=subprocess.PIPE
    )
    writer = opened_once_read(pipe, running)
    # It now waits for a configuration that never comes.
    running.send_signal(signal.SIGINT)
    assert running.stderr is not None
    said = running.stderr.read()
    running.stderr.close()
    os.close(writer)
    assert running.wait() == 130
    assert said.strip() == b""


def opened_once_read(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """The writing end of a named pipe, as soon as the process has opened the other one."""
    while reader.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    raise AssertionError("the process ended without opening the pipe")
