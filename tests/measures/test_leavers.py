"""Care leavers: counted by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from small_authority import Child, figures, write_table, write_year

YEAR = ReportingYear(2021)
OC3 = ["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"]
BORN_17, BORN_18, BORN_19, BORN_21 = "31/03/2004", "01/04/2002", "31/03/2002", "01/04/1999"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return write_year(tmp_path, "2020-21", [Child("HERE", "01/05/2020")])


def leaver(name: str, born: str, touch: str, activity: str, home: str) -> dict[str, str]:
    """A row of OC3."""
    return dict(zip(OC3, (name, born, touch, activity, home), strict=True))


def given(home: Path, rows: Sequence[Mapping[str, str]], year: str = "2020-21") -> Figures:
    """The figures with these rows of OC3."""
    write_table(home / "ssda903" / "oc3.csv", OC3, rows)
    return figures(home.parent.parent, year)


def by_age(found: Figures, name: str) -> list[float]:
    """17 to 18, 19 to 21, another age or not known."""
    return [figure.value for figure in found.by(f"leavers.{name}", "age", YEAR).values()]


def cells(found: Figures, name: str, year: ReportingYear = YEAR) -> dict[str, float]:
    """The categories that are not empty."""
    each = found.by(f"leavers.{name}", f"age*{name}", year)
    return {key: figure.value for key, figure in each.items() if figure.value}


def test_age_is_that_of_the_birthday_in_the_year(home: Path) -> None:
    """18 turns 19 on the last day of the year; ages out of range, or none, stand apart."""
    days = (BORN_17, BORN_18, BORN_19, BORN_21, "31/03/1999", "01/04/2004", "")
    rows = [leaver(f"L{n}", day, "YES", "F1", "U1") for n, day in enumerate(days)]
    found = given(home, rows)
    assert found.get("leavers.young_people", YEAR).value == 7
    assert by_age(found, "young_people") == [2, 2, 3]
    assert found.failed_sums() == ()


def test_who_died_is_in_no_figure(home: Path) -> None:
    """Neither numerator nor denominator; who is not in touch stays in both of them."""
    rows = [
        leaver("A", BORN_17, "YES", "F2", "B1"),
        leaver("B", BORN_17, "NO", "0", "0"),
        leaver("C", BORN_17, "DIED", "0", "0"),
        leaver("D", BORN_17, "", "", ""),
    ]
    found = given(home, rows)
    assert by_age(found, "young_people")[0] == 3
    for name in ("in_touch", "occupied", "suitable"):
        share = found.get(f"leavers.{name}_percent", YEAR, breakdown="age", category="17_to_18")
        assert (share.numerator, share.denominator) == (1, 3), name
    assert cells(found, "contact") == {
        "17_to_18*in_touch": 1,
        "17_to_18*not_in_touch": 1,
        "17_to_18*not_known": 1,
    }
    assert found.failed_sums() == ()


def test_contact_keeps_every_answer_apart(home: Path) -> None:
    """Refused, no longer wanted and returned home are not in touch, and stay counted."""
    rows = [leaver(code, BORN_21, code, "0", "0") for code in ("YES", "NO", "REFU", "NREQ", "RHOM")]
    found = given(home, rows)
    assert sorted(cells(found, "contact").values()) == [1] * 5
    assert found.get("leavers.in_touch_percent", YEAR).value == 20


@pytest.mark.parametrize(
    ("year", "codes"),
    [("2020-21", ("F3", "P3")), ("2021-22", ("F4", "P4", "F5", "P5"))],
)
def test_training_and_employment_are_one_in_every_year(
    tmp_path: Path, year: str, codes: tuple[str, ...]
) -> None:
    """The return told them apart from 2021-22; the share of those occupied is comparable."""
    home = write_year(tmp_path, year, [Child("HERE", "01/05/2020")])
    rows = [leaver(code, BORN_21, "YES", code, "U1") for code in codes]
    rows += [leaver(code, BORN_21, "YES", code, "U1") for code in ("G4", "G5", "G6", "0")]
    found, when = given(home, rows, year), ReportingYear.parse(year)
    occupied = found.get("leavers.occupied_percent", when)
    assert (occupied.numerator, occupied.denominator) == (len(codes), len(codes) + 4)
    group = next(key for key in cells(found, "activity", when)).partition("*")[0]
    assert cells(found, "activity", when)[f"{group}*training_employment"] == len(codes)
    assert found.failed_sums() == ()


def test_no_fixed_abode_and_custody_are_never_suitable(home: Path) -> None:
    """The suffix decides, but not for S and X."""
    codes = ("U1", "U2", "S1", "X1", "X2", "0", "")
    rows = [leaver(f"L{n}", BORN_19, "YES", "F1", code) for n, code in enumerate(codes)]
    found = given(home, rows)
    assert cells(found, "accommodation") == {
        "19_to_21*suitable": 1,
        "19_to_21*unsuitable": 4,
        "19_to_21*not_known": 2,
    }
    assert found.failed_sums() == ()


def test_a_field_blank_for_an_age_group_is_not_recorded(home: Path) -> None:
    """Where nobody wrote it down there is no share, and no nought."""
    rows = [leaver("A", BORN_17, "YES", "", "U1"), leaver("B", BORN_19, "YES", "G4", "U1")]
    found = given(home, rows)
    young, older, _ = found.by("leavers.occupied_percent", "age", YEAR).values()
    assert (young.status, older.value) == (Status.NOT_RECORDED, 0)
    assert found.get("leavers.occupied_percent", YEAR).value == 0
    shares = found.by("leavers.activity_percent", "age*activity", YEAR)
    assert shares["17_to_18*parenting"].status is Status.NOT_RECORDED
    assert shares["19_to_21*illness"].value == 100


def test_no_table_is_not_available_and_no_rows_are_nought(home: Path) -> None:
    """Without OC3 nothing is said; an empty one says that there are no care leavers."""
    found = figures(home.parent.parent, "2020-21")
    assert found.get("leavers.young_people", YEAR).status is Status.NOT_AVAILABLE
    assert found.get("leavers.suitable_percent", YEAR).status is Status.NOT_AVAILABLE
    found = given(home, [])
    assert found.get("leavers.young_people", YEAR).value == 0
    assert found.get("leavers.suitable_percent", YEAR).status is Status.NOT_APPLICABLE


def test_the_headers_date_of_birth_counts_before_oc3s(tmp_path: Path) -> None:
    """As everywhere: OC3's own stands in only for a young person whom no Header holds."""
    home = write_year(tmp_path, "2020-21", [Child("A", "01/05/2010", "01/05/2020", born=BORN_17)])
    found = given(home, [leaver("A", BORN_21, "YES", "F1", "U1")])
    assert by_age(found, "young_people") == [1, 0, 0]
