"""What is built: a wheel with the rules and their compiled form; an editable one reads them where they are changed."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("hatchling", reason="the build backend is not installed")

ROOT = Path(__file__).parents[1]
BUILD = "import sys; from hatchling import build; getattr(build, sys.argv[1])(sys.argv[2])"
COMPILED = "portfolio_check/rulepacks/compiled.msgpack"


def built(function: str, folder: Path) -> Path:
    """The one file that the build backend makes of this tree."""
    folder.mkdir()
    subprocess.run([sys.executable, "-c", BUILD, function, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.iterdir()
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("build_wheel", tmp_path_factory.mktemp("wheel") / "dist")


def names(file: Path) -> set[str]:
    return set(zipfile.ZipFile(file).namelist())


def reviewed(package: Path, cache: Path) -> bytes:
    """The review of a fixture by a package that is read from this folder, with nothing in the cache."""
    call = [sys.executable, "-m", "portfolio_check", str(ROOT / "fixtures" / "strong-service"), "--format", "json"]
    env = os.environ | {"PYTHONPATH": str(package), "XDG_CACHE_HOME": str(cache), "HOME": str(cache)}
    return subprocess.run(call, cwd=cache.parent, env=env, check=True, capture_output=True).stdout


def test_a_wheel_holds_all_that_a_review_needs(wheel: Path) -> None:
    inside = names(wheel)
    rules = {
        f"portfolio_check/rulepacks/{path.relative_to(ROOT / 'rules').as_posix()}"
        for path in (ROOT / "rules").rglob("*.*")
    }
    code = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    others = {COMPILED, "portfolio_check/py.typed", "portfolio_check/reports/review.schema.json"}
    assert rules | code | others <= inside
    assert "portfolio_check/rulepacks/weights/prose.json" in inside


def test_a_wheel_holds_nothing_else(wheel: Path) -> None:
    assert {name.partition("/")[0] for name in names(wheel)} == {"portfolio_check", next(iter(dist_info(wheel)))}


def dist_info(wheel: Path) -> set[str]:
    return {name.partition("/")[0] for name in names(wheel) if ".dist-info/" in name}


def test_a_wheel_reviews_as_the_source_tree_does_and_reads_no_yaml_of_rules(wheel: Path, tmp_path: Path) -> None:
    package, cache = tmp_path / "package", tmp_path / "cache"
    zipfile.ZipFile(wheel).extractall(package)
    cache.mkdir()
    from_source = reviewed(ROOT / "src", cache)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert reviewed(package, empty) == from_source
    assert not list(empty.iterdir())
    for path in (package / "portfolio_check" / "rulepacks").rglob("*.yaml"):
        path.unlink()
    assert reviewed(package, empty) == from_source


def test_an_editable_install_has_no_compiled_rules_that_could_grow_old(tmp_path: Path) -> None:
    inside = names(built("build_editable", tmp_path / "dist"))
    assert not any("rulepacks" in name for name in inside)
    assert any(name.endswith(".pth") for name in inside)


def test_building_leaves_nothing_in_the_source_tree(wheel: Path) -> None:
    assert wheel.is_file()
    assert not list((ROOT / "rules").rglob("*.msgpack"))
    assert not (ROOT / "src" / "portfolio_check" / "rulepacks").exists()


def test_a_source_distribution_can_be_built_from(tmp_path: Path) -> None:
    import tarfile

    with tarfile.open(built("build_sdist", tmp_path / "dist")) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    for needed in (
        "hatch_build.py",
        "pyproject.toml",
        "README.md",
        "rules/profiles.yaml",
        "rules/weights/prose.json",
        "tests/test_wheel.py",
        "docs/shown_review.py",
    ):
        assert needed in inside
