"""Start-up stays light: nothing is imported before it is needed."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

LOADED = "import json; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\n{LOADED}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    """Top-level names outside the standard library."""
    return {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"__main__", "__mp_main__"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_an_option_that_only_prints_needs_click_and_nothing_else(option: str) -> None:
    call = f"from portfolio_check.cli.main import main\ntry: main([{option!r}])\nexcept SystemExit: pass"
    bare = packages(modules_after("import click"))
    assert packages(modules_after(call)) - bare == {"portfolio_check"}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_an_option_that_only_prints_loads_no_floor_below_the_command_line(option: str) -> None:
    call = f"from portfolio_check.cli.main import main\ntry: main([{option!r}])\nexcept SystemExit: pass"
    floors = {name.split(".")[1] for name in modules_after(call) if name.startswith("portfolio_check.")}
    assert floors <= {"cli", "reports"}


def test_importing_the_package_loads_no_other_package() -> None:
    bare = packages(modules_after(""))
    assert packages(modules_after("import portfolio_check")) - bare == {"portfolio_check"}


def test_a_json_report_needs_no_rich() -> None:
    assert "rich" not in modules_after("import portfolio_check.reports.json")


def test_a_name_that_the_package_has_not_is_an_attribute_error() -> None:
    import portfolio_check

    with pytest.raises(AttributeError, match="'chekc'"):
        _ = portfolio_check.chekc  # type: ignore[attr-defined]


def test_check_and_review_are_loaded_at_first_use() -> None:
    first = "import portfolio_check as p\nassert set(p.__all__) == {'Review', '__version__', 'check'}\n"
    assert not {name for name in modules_after(first) if name.startswith("portfolio_check.")}
    used = modules_after(first + "assert callable(p.check) and isinstance(p.Review, type)\nassert p.check is p.check")
    assert {"portfolio_check.review.check", "portfolio_check.review.model"} <= used


def test_a_review_loads_no_library_that_nothing_asks_for() -> None:
    """Rules from their compiled form, no git, no notebook, no configuration."""
    call = (
        "import tempfile, pathlib\nfrom portfolio_check import check\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        "    pathlib.Path(folder, 'README.md').write_text('# Churn')\n"
        "    check(folder)"
    )
    modules_after(call)  # compiles the rules, where nobody has yet
    assert not {"git", "nbformat", "yaml", "rich"} & packages(modules_after(call))
