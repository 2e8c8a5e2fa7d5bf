"""The caller's configuration file: TOML or YAML with the keys profile, fail-on and rules."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from portfolio_check.cli.failing import check_condition
from portfolio_check.cli.profiles import PROFILES

KEYS = ("profile", "fail-on", "rules")
MOST_BYTES = 1_000_000


class ConfigError(Exception):
    """A configuration that cannot be used; the message names the file and the way out, on one line."""


class Config(Struct, frozen=True):
    """What the file asks for. The command line goes before it; its rules are read before those of the command line."""

    profile: str | None = None
    fail_on: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    """Folders; in the file, relative to the file."""


def read_config(path: Path) -> Config:
    """Read `pyproject.toml` (its table `tool.portfolio-check`), another `.toml`, or a `.yaml`.

    ConfigError says what is wrong.
    """
    table = _table(path, _load(path))
    for key in table:
        if key not in KEYS:
            raise ConfigError(f"{path}: unknown key {key!r}{_suggestion(str(key), KEYS)}")
    profile = table.get("profile")
    if profile is not None and profile not in PROFILES:
        raise ConfigError(f"{path}: profile must be one of {', '.join(PROFILES)}{_suggestion(str(profile), PROFILES)}")
    try:
        fail_on = tuple(check_condition(condition) for condition in _texts(path, table, "fail-on"))
    except ValueError as error:
        raise ConfigError(f"{path}: fail-on: {error}") from None
    rules = tuple(path.parent / folder for folder in _texts(path, table, "rules"))
    return Config(profile=profile, fail_on=fail_on, rules=rules)


def _load(path: Path) -> Any:
    kind = path.suffix.lower()
    if kind not in (".toml", ".yaml", ".yml"):
        raise ConfigError(f"{path}: a configuration is a .toml, .yaml or .yml file")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{path}: more than {MOST_BYTES} bytes is no configuration")
        text = path.read_text("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8") from None
    return _toml(path, text) if kind == ".toml" else _yaml(path, text)


def _toml(path: Path, text: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from None


def _yaml(path: Path, text: str) -> Any:
    import yaml

    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise ConfigError(f"{path}{line}: not YAML: {error.problem}") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: not YAML: {error}") from None


def _table(path: Path, data: Any) -> dict[Any, Any]:
    if data is None:
        return {}
    if path.name == "pyproject.toml":
        tool = data.get("tool", {})
        data = tool.get("portfolio-check", {}) if isinstance(tool, dict) else tool
    if not isinstance(data, dict):
        raise ConfigError(f"{path}: not a table of {', '.join(KEYS)}")
    return data


def _texts(path: Path, table: dict[Any, Any], key: str) -> list[str]:
    value = table.get(key, [])
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) and text for text in texts):
        raise ConfigError(f"{path}: {key} must be a text or a list of texts")
    return texts


def _suggestion(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; known: {', '.join(known)}"
