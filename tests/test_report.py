"""irostats.open: the one call that every way in goes through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import irostats
from irostats.errors import UnknownName
from small_authority import Child, write_year

CHILDREN = [
    Child("SECRET1", "01/05/2020", born="14/02/2009", reviews={"02/06/2020": "PN1"}),
    Child("SECRET2", "01/05/2020", born="15/02/2009", sex="2", reviews={"03/06/2020": "PN7"}),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    write_year(tmp_path, "2020-21", CHILDREN)
    return tmp_path


def test_the_fingerprint_follows_inputs_and_audience(data: Path) -> None:
    """The same inputs give the same fingerprint; one changed cell or setting, another."""
    first = irostats.open("smalltown", "2020-21", data=str(data)).fingerprint
    assert irostats.open("smalltown", "2020-21", data=str(data)).fingerprint == first
    internal = irostats.open("smalltown", "2020-21", data=str(data), audience="internal")
    path = data / "smalltown" / "2020-21" / "ssda903" / "reviews.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("PN7", "PN6"), encoding="utf-8")
    changed = irostats.open("smalltown", "2020-21", data=str(data))
    assert len({first, internal.fingerprint, changed.fingerprint}) == 3


def test_public_figures_are_protected_and_internal_ones_are_not(data: Path) -> None:
    """The report hides one girl from the public, and shows her to the service."""
    seen = {}
    for audience in ("public", "internal"):
        report = irostats.open("smalltown", "2020-21", data=str(data), audience=audience)
        figures = report.figures
        seen[audience] = figures.get(
            "profile.looked_after", report.parameters.year, breakdown="sex", category="female"
        ).status.value
    assert seen == {"public": "c", "internal": ""}


def test_nothing_of_a_child_is_in_the_report(data: Path) -> None:
    """No identifier or date of birth in figures, issues, variables or provenance."""
    report = irostats.open("smalltown", "2020-21", data=str(data), audience="internal")
    everything = json.dumps(
        [
            report.figures.described().astype("string").fillna("").to_dict("records"),
            [str(issue) for issue in report.issues],
            report.variables(),
            report.provenance(),
        ]
    )
    for secret in ("SECRET", "14/02/2009", "2009-02-14"):
        assert secret not in everything


def test_a_misspelt_figure_in_the_narrative_stops_with_the_nearest(data: Path) -> None:
    """What people write cannot name a figure that does not exist."""
    text = "We held {{< var reviews.hold >}} reviews."
    folder = data / "smalltown" / "2020-21" / "narrative"
    folder.mkdir()
    (folder / "reviews.md").write_text(text, encoding="utf-8")
    with pytest.raises(UnknownName, match=r"reviews\.md, line 1(.|\n)*'reviews\.held'"):
        irostats.open("smalltown", "2020-21", data=str(data))


def test_an_unknown_table_names_the_nearest(data: Path) -> None:
    """Cells that ask for what does not exist say what does."""
    report = irostats.open("smalltown", "2020-21", data=str(data))
    with pytest.raises(UnknownName, match="reviews-held"):
        report.table("reviews-hled")
