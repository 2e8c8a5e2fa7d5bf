"""Commands, requests and answers that a document shows: what stands in its code blocks and between its backticks."""

from __future__ import annotations

import re
from collections.abc import Iterator

# fmt: off
SHELLS = frozenset((
    "", "bash", "sh", "shell", "console", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "dos", "terminal",
    "text", "txt", "plaintext", "shell-session", "shellsession", "shellscript", "sh-session", "bash-session",
))
# fmt: on
MOST_LINES = 200
LONGEST = 500

_PROMPT = re.compile(
    r"(?:\([\w.-]{1,40}\)\s{0,3})?(?:[$%>❯]|PS [^>\n]{0,80}>|[\w.-]{1,40}@[\w.-]{1,40}:[^\s$#]{0,80}[$#])\s+"
)
_TREE = ("├─", "└─", "|--", "+---", "|__")
_ASSIGNED = re.compile(r"[A-Z_]{2,30}=\S{0,80} ")

_KNOWN = """
accelerate airflow alembic ansible ansible-playbook apt apt-get aws az bash bentoml black brew bundle cargo cat cd chmod
choco conda coverage cp curl dagster dbt deactivate docker docker-compose dvc eb evidently export fastapi feast flake8
flask flyctl fly gcloud gh git gradio gsutil gunicorn helm heroku http huggingface-cli hatch invoke java jupyter
jupyter-lab kaggle kedro kubectl kind locust mage make mamba minikube mkdir mlflow mypy nbdev node nox npm npx pdm perl
pip pip3 pipenv pipx pnpm poetry pre-commit prefect psql py pylint pytest python python2 python3 pulumi Rscript ray rm
ruff sam scp serverless source spark-submit sqlite3 ssh streamlit sudo task tensorboard terraform torchrun tox unzip uv
uvicorn uvx virtualenv wandb wget winget yarn zenml
"""
_PROGRAMS = frozenset(_KNOWN.split())


def shown_lines(code: str, language: str) -> Iterator[tuple[int, str, bool]]:
    """The lines of a code block that say something: offset, text, and whether it is a comment of a shell.

    Continued lines are joined, prompts removed; at most 200 lines of 500 characters. A drawn folder tree shows none.
    """
    if any(mark in code for mark in _TREE):
        return
    shell = language in SHELLS
    lines = code.split("\n", MOST_LINES)[:MOST_LINES]
    at = 0
    while at < len(lines):
        first, line = at, lines[at].strip()
        at += 1
        if shell and line:
            prompt = _PROMPT.match(line)
            if prompt:
                line = line[prompt.end() :]
            parts = [line]
            while at < len(lines) and parts[-1].endswith(("\\", "`")) and not parts[-1].startswith(("`", "#")):
                parts[-1] = parts[-1][:-1].rstrip()
                parts.append(lines[at].strip())
                at += 1
            line = " ".join(parts)
        if line:
            yield first, line[:LONGEST], shell and line.startswith("#")


def inline_command(code: str) -> str:
    """The command that inline code is, "" where it is none: its first word is a program or a script's path."""
    code = " ".join(code.split())
    prompt = _PROMPT.match(code)
    if prompt:
        code = code[prompt.end() :]
    bare = code
    while assigned := _ASSIGNED.match(bare):
        bare = bare[assigned.end() :]
    first, space, rest = bare.partition(" ")
    if not space or len(code) > LONGEST or rest.startswith(("=", "(")):
        return ""
    if first in _PROGRAMS or first.startswith(("./", "bin/", "scripts/")) or first.endswith((".sh", ".bat", ".ps1")):
        return code
    return ""
