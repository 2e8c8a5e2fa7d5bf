from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from portfolio_check.cli.config import Config, ConfigError, read_config
from portfolio_check.cli.profiles import PROFILES

RULES = Path(__file__).parents[2] / "rules"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("team.toml", 'profile = "mlops"\nfail-on = ["missing", "score:60"]\nrules = ["team", "more/rules"]\n'),
        ("team.yaml", "profile: mlops\nfail-on: [missing, 'score:60']\nrules:\n- team\n- more/rules\n"),
        (
            "pyproject.toml",
            (
                '[tool.portfolio-check]\nprofile = "mlops"\n'
                'fail-on = ["missing", "score:60"]\nrules = ["team", "more/rules"]\n'
            ),
        ),
    ],
)
def test_the_same_configuration_can_be_written_in_three_ways(tmp_path: Path, name: str, text: str) -> None:
    assert read_config(write(tmp_path, name, text)) == Config(
        profile="mlops", fail_on=("missing", "score:60"), rules=(tmp_path / "team", tmp_path / "more/rules")
    )


def test_the_profiles_that_can_be_asked_for_are_those_of_the_rules() -> None:
    profiles = yaml.safe_load((RULES / "profiles.yaml").read_text("utf-8"))["profiles"]
    assert tuple(profiles) == PROFILES


def test_one_text_stands_for_a_list_of_one(tmp_path: Path) -> None:
    config = read_config(write(tmp_path, "team.toml", 'fail-on = "partial"\nrules = "team"\n'))
    assert config == Config(fail_on=("partial",), rules=(tmp_path / "team",))


@pytest.mark.parametrize(
    ("name", "text"), [("a.toml", ""), ("a.yaml", ""), ("pyproject.toml", "[tool.ruff]\nline-length = 120\n")]
)
def test_a_file_that_asks_for_nothing_changes_nothing(tmp_path: Path, name: str, text: str) -> None:
    assert read_config(write(tmp_path, name, text)) == Config()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.toml", 'profil = "mlops"', "unknown key 'profil'; did you mean 'profile'?"),
        ("a.yaml", "fail_on: missing", "unknown key 'fail_on'; did you mean 'fail-on'?"),
        ("a.yaml", "1: missing", "unknown key 1; known: profile, fail-on, rules"),
        ("a.yaml", "colour: red", "unknown key 'colour'; known: profile, fail-on, rules"),
        (
            "a.yaml",
            "profile: mlop",
            "profile must be one of ml-engineer, mlops, applied-research; did you mean 'mlops'?",
        ),
        ("a.yaml", "profile: [mlops]", "profile must be one of"),
        ("a.yaml", "fail-on: score", "fail-on: 'score' is none of missing, partial, score:N"),
        ("a.yaml", "fail-on: 3", "fail-on must be a text or a list of texts"),
        ("a.yaml", "rules: [1]", "rules must be a text or a list of texts"),
        ("a.yaml", "rules: ['']", "rules must be a text or a list of texts"),
        ("a.yaml", "- profile", "not a table of profile, fail-on, rules"),
        ("a.yaml", "profile: mlops\nrules: [team", ":2: not YAML"),
        ("a.yaml", "profile: \x00", "not YAML"),
        ("a.yaml", "profile: !!python/object/apply:os.getcwd []", "not YAML"),
        ("a.yaml", "[" * 50_000, "not YAML"),
        ("a.toml", "profile = ", "not TOML"),
        ("a.ini", "profile = mlops", "a configuration is a .toml, .yaml or .yml file"),
        ("pyproject.toml", "tool = 1", "not a table"),
        ("pyproject.toml", "[tool]\nportfolio-check = 1", "not a table"),
    ],
)
def test_a_broken_configuration_is_named_with_the_way_out(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(ConfigError) as raised:
        read_config(path)
    said = str(raised.value)
    assert said.startswith(str(path))
    assert message in said


def test_a_configuration_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        read_config(tmp_path / "team.yaml")


def test_a_configuration_that_is_not_utf8_says_so(tmp_path: Path) -> None:
    (tmp_path / "team.yaml").write_bytes(b"profile: \xff")
    with pytest.raises(ConfigError, match="not UTF-8"):
        read_config(tmp_path / "team.yaml")


def test_a_configuration_of_many_megabytes_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no configuration"):
        read_config(write(tmp_path, "team.yaml", "#" * 2_000_000))
