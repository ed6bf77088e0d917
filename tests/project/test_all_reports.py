"""Every shipped report builds as a user builds it (the seed years in a short run)."""

from __future__ import annotations

import hashlib
import json

import pytest

from irostats.documents import DATA_FILES, SIGN_OFF, output_names
from irostats.parameters import FORMATS, MARKING
from whole_reports import PROJECT, Reports, shipped_reports

NAMES = {*output_names(PROJECT, FORMATS), *DATA_FILES, SIGN_OFF, "provenance.json"}


@pytest.mark.parametrize(("slug", "year"), shipped_reports())
def test_the_report_is_built_whole(built: Reports, slug: str, year: str) -> None:
    """All formats are there, and provenance.json has their checksums."""
    folder = built.report(slug, year)
    # Another test may have put an internal build beside it.
    assert {path.name for path in folder.iterdir() if MARKING not in path.name} == NAMES
    provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["outputs"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in NAMES - {"provenance.json"}
    }
    assert (provenance["authority"], provenance["year"]) == (slug, year)


def test_all_eighteen_authority_years_are_shipped() -> None:
    """The folders under data/ are those that the reports are made for."""
    shipped = [path for path in (PROJECT / "data").glob("*/*") if path.is_dir()]
    assert len([path for path in shipped if path.name.startswith("20")]) == 18
