from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from portfolio_check.cli.failing import UnusableError
from portfolio_check.cli.output import report_width, wants_color, write_report


def test_a_report_replaces_the_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "review.json"
    target.write_bytes(b"an older and longer report")
    write_report(b"new", str(target))
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_report_in_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match=r"review\.json: cannot be written: No such file or directory$"):
        write_report(b"new", str(tmp_path / "nowhere" / "review.json"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says that permission is denied")
def test_a_report_to_a_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableError, match="cannot be written: Is a directory"):
        write_report(b"new", str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_report_goes_through_a_link_and_the_link_stays(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_report(b"new", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_device_is_written_to_and_not_replaced() -> None:
    write_report(b"new", os.devnull)
    assert not Path(os.devnull).is_file()


def test_color_is_as_chosen() -> None:
    assert wants_color("always", "review.txt")
    assert not wants_color("never", None)


def test_a_file_gets_no_color_and_eighty_columns() -> None:
    assert not wants_color("auto", "review.txt")
    assert report_width("review.txt") == 80
