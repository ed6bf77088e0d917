"""Shipped reports have nothing that would stop publication; committed notebooks no rows."""

from __future__ import annotations

import pytest

from irostats.documents import SIGN_OFF
from irostats.verifying import inputs, looking, reading
from irostats.verifying.checking import Asked, verify
from irostats.verifying.rules import Gravity
from whole_reports import PROJECT, Reports, shipped_reports


@pytest.mark.parametrize(("slug", "year"), shipped_reports())
def test_a_shipped_report_passes(slug: str, year: str, built: Reports) -> None:
    """With its executed notebooks; its list of what is published on trust says what is left."""
    folder = built.report(slug, year)
    checked = verify([folder], Asked(PROJECT / "data", built.root / "build"))
    found = [f for f in checked.findings if f.gravity is not Gravity.NOTE]
    assert [(f.file, f.rule) for f in found] == [(SIGN_OFF, "on-trust")]
    assert any("notebooks/" in name for name in checked.files)
    assert "report.html" in checked.files


def test_committed_outputs_hold_no_row() -> None:
    """Only what the shipped, made-up returns give as figures."""
    folder = PROJECT / "data" / "peterborough"
    known = inputs.read_inputs(folder, [path.name for path in folder.glob("20*")])
    paths = [
        *PROJECT.glob("notebooks/*.ipynb"),
        *PROJECT.glob("parts/*.md"),
        *PROJECT.glob("narrative/*.md"),
        PROJECT / "_variables.yml",
    ]
    assert len(paths) > 15
    for path in paths:
        contents = reading.read(path.name, path.read_bytes())
        assert [fault for fault in contents.faults if fault.rule == "row-data"] == []
        assert looking.look(path.name, contents, known) == [], path


def test_the_shipped_identifiers_would_be_found() -> None:
    """So that finding none says something."""
    folder = PROJECT / "data" / "york"
    known = inputs.read_inputs(folder, ["2016-17"])
    assert len(known.words) > 500
    assert len(known.births) > 200
    assert len(known.postcodes) > 200
    row = (folder / "2016-17/ssda903/header.csv").read_text(encoding="utf-8").split("\n")[1]
    assert len(looking.look("a.csv", reading.read("a.csv", f"a,b\n{row}\n".encode()), known)) == 3
