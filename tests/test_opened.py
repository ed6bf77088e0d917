"""A build reads its inputs once, and hands the opened report to its notebooks."""

from __future__ import annotations

from pathlib import Path

import pytest

import irostats
from irostats import parameters, report
from irostats.opened import VARIABLE, hand_on, handed_on
from small_authority import Child, write_year

CHILD = Child("SECRET99", "01/05/2020", reviews={"20/05/2020": "PN1"}, born="03/02/2009")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small authority's folder."""
    write_year(tmp_path / "data", "2020-21", [CHILD])
    return tmp_path / "data"


@pytest.fixture
def handed(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a report handed on for the internal audience, which hides nothing."""
    (tmp_path / ".new-1").mkdir(mode=0o700)
    path = tmp_path / ".new-1" / "report.pickle"
    opened = irostats.open("smalltown", "2020-21", audience="internal", data=str(data))
    monkeypatch.setenv(VARIABLE, hand_on(opened, path))
    return path


def test_the_report_handed_on_is_the_one_opened(
    data: Path, handed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not read again, and says the same with the same fingerprint."""
    monkeypatch.setattr(report, "load", lambda _: pytest.fail("the inputs were read again"))
    taken = irostats.open("smalltown", "2020-21", audience="internal", data=str(data))
    monkeypatch.undo()
    again = irostats.open("smalltown", "2020-21", audience="internal", data=str(data))
    assert taken.fingerprint == again.fingerprint
    assert taken.figures.frame().equals(again.figures.frame())
    assert str(taken.table("reviews-held")) == str(again.table("reviews-held"))


@pytest.mark.parametrize("other", [{"audience": "public"}, {"year": "2019-20"}])
def test_another_report_is_not_taken_for_it(
    data: Path, handed: Path, other: dict[str, str]
) -> None:
    """A public notebook never gets the internal figures of the same year."""
    asked = {"authority": "smalltown", "year": "2020-21", "audience": "internal", **other}
    wanted = parameters.make(
        asked["authority"], asked["year"], audience=asked["audience"], data=str(data)
    )
    assert handed_on(wanted) is None


def test_what_is_handed_on_holds_no_child(handed: Path) -> None:
    """Neither an identifier nor a date of birth, even for internal readers."""
    content = handed.read_bytes()
    assert b"SECRET99" not in content
    assert b"2009" not in content
    assert handed.stat().st_mode & 0o077 == 0


def test_outside_a_build_nothing_is_handed_on(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    """JupyterLab and papermill read the inputs themselves."""
    monkeypatch.delenv(VARIABLE, raising=False)
    assert handed_on(parameters.make("smalltown", "2020-21", data=str(data))) is None
