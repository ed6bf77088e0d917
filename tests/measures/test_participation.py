"""Participation: per review at age 4 and over, over all reviews, per child."""

from __future__ import annotations

from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures
from small_authority import Child, figures, write_year

YEAR = ReportingYear(2021)
CHILDREN = [
    Child("A", "01/05/2020", born="01/01/2010", reviews={"01/06/2020": "PN1", "01/09/2020": "PN7"}),
    Child("B", "01/05/2020", born="01/01/2012", reviews={"01/06/2020": "PN4", "01/09/2020": "PN6"}),
    # Four on 1 September 2020: PN0 is right in June and wrong in December.
    Child(
        "C",
        "01/05/2020",
        born="01/09/2016",
        reviews={"01/06/2020": "PN0", "01/09/2020": "PN2", "01/12/2020": "PN0"},
    ),
    Child("D", "01/05/2020", born="01/01/2019", reviews={"01/06/2020": "PN1"}),
    Child("E", "01/05/2020", born="01/01/2004", reviews={"01/06/2020": ""}),
]


@pytest.fixture
def found(tmp_path: Path) -> Figures:
    write_year(tmp_path, "2020-21", CHILDREN)
    return figures(tmp_path, "2020-21")


def value(found: Figures, name: str, **where: str) -> float:
    return found.get(f"participation.{name}", YEAR, **where).value


def test_the_measure_counts_reviews_at_age_four_and_over(found: Figures) -> None:
    """Counted: A two, B two, C one (on the birthday); took part: A's, B's and C's one each."""
    assert value(found, "counted") == 5
    assert value(found, "took_part") == 3
    assert value(found, "percent") == 60


def test_attending_is_not_taking_part(found: Figures) -> None:
    """PN4 attends without views; PN6 gives views without attending."""
    assert value(found, "attended") == 3


def test_over_all_reviews_the_code_decides(found: Figures) -> None:
    """As B&NES prints: codes PN1, 2, 3, 5, 6 over every review held, whatever the age."""
    assert value(found, "took_part_all") == 4
    assert value(found, "percent_of_all") == pytest.approx(400 / 9)


def test_codes_that_age_rules_out_are_not_recorded(found: Figures) -> None:
    """PN0 at four, PN1 at one and a blank are not recorded; the rest stand as sent."""
    codes = found.by("participation.codes", "code", YEAR)
    assert {key: figure.value for key, figure in codes.items() if figure.value} == {
        "pn0": 1,
        "pn1": 1,
        "pn2": 1,
        "pn4": 1,
        "pn6": 1,
        "pn7": 1,
        "not_recorded": 3,
    }


def test_per_child_at_least_one_and_every_one(found: Figures) -> None:
    """A, B and C have a recorded review; all took part once, only C every time."""
    assert value(found, "children") == 3
    assert (value(found, "children_any"), value(found, "children_every")) == (3, 1)


def test_age_bands_add_up(found: Figures) -> None:
    """The bands divide the reviews counted."""
    bands = found.by("participation.counted", "age", YEAR)
    assert [figure.value for figure in bands.values()] == [3, 2, 0]
    assert found.failed_sums() == ()
