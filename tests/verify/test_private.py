"""What is written beside a report names nobody, and is its owner's alone."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

import pytest

from irostats.naming import shown
from irostats.telling.lines import tell_fault

HEADER = "2016-17/ssda903/header.csv"
DIGEST = "abcdef0123456789"


@pytest.mark.parametrize(
    "name",
    [
        HEADER,
        "2016-17/ssda903/York_SSDA903_Header_2016-17_v2.csv",
        "2016-17/ssda903/2015-16/episodes.csv",
        "2016-17/service/alerts.xlsx",
        "2016-17/narrative/reviews.md",
        "authority.toml",
        "postcodes.npz",
    ],
)
def test_a_usual_name_is_told(name: str) -> None:
    """So that a reader sees what a report was made from."""
    assert shown(name, "header", DIGEST, own="york City of York Council") == name


@pytest.mark.parametrize(
    "stem", ["Jo Smith", "header A1234567", "header 14-03-2009", "h\u00e9ader"]
)
def test_any_other_name_is_told_by_table_and_checksum(stem: str) -> None:
    """It may be that of a child; told twice, it is told alike."""
    told = shown(f"2016-17/ssda903/{stem}.csv", "header", DIGEST)
    assert told == "2016-17/ssda903/header-abcdef01.csv"
    assert shown(told, "header", DIGEST) == told
    assert shown(f"2016-17/{stem}/header.csv") == "2016-17/folder/header.csv"
    assert shown(f"{stem}.Smith") == "file"


def test_the_log_of_a_fault_is_masked_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is meant to be sent to somebody, and lies in a folder that others can read."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    tell_fault(KeyError("SMALL00042 of 14/03/2009"))
    (log,) = tmp_path.glob("irostats-*.log")
    assert str(log) in capsys.readouterr().err
    assert "SMALL00042" not in log.read_text(encoding="utf-8")
    assert "2009" not in log.read_text(encoding="utf-8")
    if os.name == "posix":
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
