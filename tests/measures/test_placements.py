"""Placements: counted by hand in a small authority."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.measures import REGISTRY, placements, profile
from irostats.measures.definitions.placements import MEASURES, OF_ALL
from irostats.present import View
from irostats.present.placements import workers
from irostats.present.placements_where import location
from small_authority import HEADINGS, Child, derived, write_table, write_year

YEAR = ReportingYear(2021)
EPISODES = [*HEADINGS["episodes"].split(), "PL_LOCATION", "PL_DISTANCE"]
# CHILD, DECOM, RNE, PLACE, PLACE_PROVIDER, DEC, REASON_PLACE_CHANGE, PL_LOCATION, PL_DISTANCE
Episode = tuple[str, str, str, str, str, str, str, str, str]
ROWS: tuple[Episode, ...] = (
    # A: three placements in the year and a stay in hospital, long in care.
    ("A", "01/05/2017", "S", "U4", "PR1", "01/06/2020", "CREQB", "IN", "4.0"),
    ("A", "01/06/2020", "P", "K2", "PR4", "01/07/2020", "CARPL", "OUT", "25.0"),
    ("A", "01/07/2020", "P", "U6", "PR1", "01/02/2021", "", "IN", "20.0"),
    ("A", "01/02/2021", "P", "T1", "", "05/02/2021", "", "IN", "2.0"),
    ("A", "05/02/2021", "P", "U6", "PR1", "", "", "IN", "20.0"),
    # B: with the same carer for years; the order changed, then adoption by the same carer.
    ("B", "30/09/2018", "S", "U5", "PR1", "01/06/2019", "", "OUT", "20.1"),
    ("B", "01/06/2019", "L", "U5", "PR1", "01/12/2020", "CARPL", "OUT", "20.1"),
    ("B", "01/12/2020", "T", "A5", "PR1", "", "", "OUT", "20.1"),
    # C: long in care, in the second placement for less than two years; away on 31 March.
    ("C", "01/04/2016", "S", "U6", "PR2", "01/04/2019", "ALLEG", "IN", "1.0"),
    ("C", "01/04/2019", "P", "H5", "PR3", "30/03/2021", "", "OUT", "999.9"),
    ("C", "30/03/2021", "P", "T2", "", "", "", "IN", "3.0"),
    # D: adoption by others after fostering, two years together.
    ("D", "01/01/2018", "S", "U6", "PR1", "01/01/2020", "CARPL", "IN", "1.0"),
    ("D", "01/01/2020", "P", "A6", "PR5", "", "", "OUT", "30.0"),
    # E: new in care, no placement code, location not known; F: left; G: unaccompanied.
    ("E", "01/10/2020", "S", "", "", "", "", "", ""),
    ("F", "01/05/2020", "S", "P1", "PR0", "01/08/2020", "OTHER", "IN", "0.5"),
    ("F", "01/08/2020", "P", "P1", "PR0", "01/12/2020", "", "IN", "0.5"),
    ("G", "30/09/2020", "S", "U6", "PR1", "", "", "OUT", "8.0"),
)
BORN = {"A": "01/01/2010", "B": "01/01/2017", "C": "01/04/2004", "D": "01/12/2016"}
MISSING = ["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"]
WORKERS = ["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"]


def write(
    folder: Path,
    year: str,
    rows: Sequence[Episode] = ROWS,
    *,
    located: bool = True,
    last: dict[str, str] | None = None,
) -> Path:
    """One year's return with these episodes; the last of a child ends care if it has an end."""
    names = dict.fromkeys(row[0] for row in rows)
    home = write_year(
        folder,
        year,
        [Child(name, "01/05/2020", born=BORN.get(name, "01/01/2008")) for name in names],
    )
    ends = {row[0]: n for n, row in enumerate(rows)}
    episodes = [
        {
            "CHILD": child,
            "DECOM": start,
            "RNE": rne,
            "LS": "C2",
            "CIN": "N1",
            "PLACE": place,
            "PLACE_PROVIDER": provider,
            "DEC": end,
            "REC": "" if not end else "E4A" if ends[child] == n else "X1",
            "REASON_PLACE_CHANGE": reason,
            **({"PL_LOCATION": side, "PL_DISTANCE": miles} if located else {}),
        }
        for n, (child, start, rne, place, provider, end, reason, side, miles) in enumerate(rows)
    ]
    headings = EPISODES if located else EPISODES[:-2]
    write_table(home / "ssda903" / "episodes.csv", headings, episodes)
    return home


def figures(folder: Path, year: str) -> Figures:
    """The figures of the section, and of the profile, with which they must agree."""
    return shown(folder, year).figures


def shown(folder: Path, year: str) -> View:
    """The same as tables see them."""
    found = derived(folder, year)
    rows = [
        figure
        for each in found.records.history
        for section in (profile, placements)
        for figure in section.compute(found, each)
    ]
    authority = found.records.authority
    collected = Figures.collect(rows, REGISTRY, authority=authority.slug)
    return View(collected, authority, found.records.year, found.records.history)


def seen_by(rows: Sequence[Episode], end: int) -> list[Episode]:
    """Episodes as the return of an earlier year had them: begun by its end, open if they were."""
    found = []
    for row in rows:
        if _end_year(row[1]) > end or (row[5] and _end_year(row[5]) < end):
            continue
        later = bool(row[5]) and _end_year(row[5]) > end
        found.append((*row[:5], "", "", *row[7:]) if later else row)
    return found


def _end_year(day: str) -> int:
    return int(day[6:]) + (int(day[3:5]) >= 4)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for end in (2019, 2020):
        write(tmp_path, f"{end - 1}-{end % 100}", seen_by(ROWS, end))
    home = write(tmp_path, "2020-21")
    uasc = [{"CHILD": "G", "SEX": "1", "DOB": "01/01/2008", "DUC": ""}]
    write_table(home / "ssda903" / "uasc.csv", HEADINGS["uasc"].split(), uasc)
    return tmp_path


def counts(
    found: Figures, measure: str, breakdown: str, year: ReportingYear = YEAR
) -> dict[str, float]:
    """Categories that are not zero."""
    parts = found.by(f"placements.{measure}", breakdown, year)
    return {key: figure.value for key, figure in parts.items() if figure.value}


def statuses(found: Figures, *measures: str, year: ReportingYear = YEAR) -> set[Status]:
    """Why the measures have no value, in any category."""
    return {
        found.get(f"placements.{name}", year, breakdown=breakdown, category=key).status
        for name in measures
        for breakdown, key in _cells(name)
    }


def _cells(name: str) -> list[tuple[str, str]]:
    (measure,) = (known for known in MEASURES if known.name == f"placements.{name}")
    parts = [(b.name, key) for b in measure.breakdowns for key in b.categories]
    return [("total", "total"), *parts]


def test_kinds_and_providers_are_of_the_usual_placement(data: Path) -> None:
    """C is away on 31 March: H5 counts; E has neither placement nor provider; F has left."""
    found = figures(data, "2020-21")
    assert counts(found, "placed", "placement") == {
        "foster": 2,
        "adoption": 2,
        "independent": 1,
        "not_known": 1,
    }
    before_2018 = counts(found, "placed", "placement_before_2018")
    assert before_2018["secure_homes_and_semi_independent"] == 1
    assert counts(found, "placed", "provider") == {
        "own": 3,
        "other_public": 1,
        "voluntary": 1,
        "not_reported": 1,
    }


def test_location_and_distance_cross_and_add_up(data: Path) -> None:
    """20.0 miles is near and 20.1 far; 999.9, blank and an unaccompanied child are not known."""
    found = figures(data, "2020-21")
    assert counts(found, "located", "locality*distance") == {
        "inside*20_or_less": 1,
        "outside*over_20": 2,
        "outside*not_known": 2,
        "not_known*not_known": 1,
    }
    assert counts(found, "located", "locality") == {"inside": 1, "outside": 4, "not_known": 1}
    assert counts(found, "located", "distance") == {"20_or_less": 1, "over_20": 2, "not_known": 3}
    share = found.get(
        "placements.located_percent", YEAR, breakdown="distance", category="not_known"
    )
    assert (share.numerator, share.denominator) == (3, 6)
    assert found.failed_sums() == ()


def test_without_the_columns_location_is_not_recorded_and_the_report_says_what_to_do(
    tmp_path: Path,
) -> None:
    """Every cell says so, nothing else moves, and one sentence says what to give."""
    write(tmp_path / "with", "2020-21")
    write(tmp_path / "without", "2020-21", located=False)
    whole, found = (figures(tmp_path / name, "2020-21") for name in ("with", "without"))
    assert statuses(found, "located", "located_percent") == {Status.NOT_RECORDED}
    others = [
        [f for f in one if not f.measure.startswith("placements.located")] for one in (whole, found)
    ]
    assert list(map(str, others[0])) == list(map(str, others[1]))
    assert "add-postcodes" in str(location(shown(tmp_path / "without", "2020-21")))


def test_time_in_care_ends_on_31_march(data: Path) -> None:
    """A start on 30 September is six months, one on 1 October is less."""
    assert counts(figures(data, "2020-21"), "time_in_care", "time_in_care") == {
        "under_6_months": 1,
        "6_to_12_months": 1,
        "2_to_5_years": 4,
    }


def test_time_in_care_is_not_known_where_the_start_is_not(tmp_path: Path) -> None:
    """A first episode that does not say that care began gives no band, however old it is."""
    write(tmp_path, "2020-21", [("A", "01/05/2012", "P", "U6", "PR1", "", "", "IN", "1.0")])
    assert counts(figures(tmp_path, "2020-21"), "time_in_care", "time_in_care") == {"not_known": 1}


def test_three_placements_are_counted_without_hospital_and_back(data: Path) -> None:
    """A had three, though five episodes; C's second began before the year."""
    found = figures(data, "2020-21")
    assert counts(found, "in_year", "placements_in_year") == {"1": 5, "3_or_more": 1}
    share = found.get("placements.three_or_more_percent", YEAR)
    assert (share.numerator, share.denominator) == (1, 6)
    assert share.lower < share.value < share.upper


def test_a_child_with_temporary_placements_alone_had_one(tmp_path: Path) -> None:
    """Parts add up to the children looked after."""
    write(tmp_path, "2020-21", [("A", "20/03/2021", "S", "T1", "", "", "", "IN", "1.0")])
    found = figures(tmp_path, "2020-21")
    assert counts(found, "in_year", "placements_in_year") == {"1": 1}
    assert counts(found, "placed", "placement") == {"other": 1}
    assert found.failed_sums() == ()


def test_long_term_stability_joins_adoption_to_the_placement_before(data: Path) -> None:
    """A moved in the year; B stayed with the carer; C is 16; D fostered, then adopted."""
    found = figures(data, "2020-21")
    values = [
        found.get(f"placements.{name}", YEAR).value for name in ("long_term", "long_term_stable")
    ]
    assert values == [3, 2]
    assert found.get("placements.long_term_stable_percent", YEAR).value == pytest.approx(200 / 3)


def test_long_term_stability_needs_three_years_of_returns(data: Path) -> None:
    """The year and the two before it; with fewer it is not assessable, never low."""
    found = figures(data, "2019-20")
    names = ("long_term", "long_term_stable", "long_term_stable_percent")
    assert statuses(found, *names, year=YEAR.previous) == {Status.NOT_ASSESSABLE}


def test_moves_count_by_the_reason_of_the_episode_that_ended(data: Path) -> None:
    """A moved twice, F once before leaving; a change with the same carer (B) is no move."""
    found = figures(data, "2020-21")
    assert found.get("placements.moves", YEAR).value == 3
    assert counts(found, "moves", "reason") == {"creqb": 1, "carpl": 1, "other": 1}


def test_absences_are_times_and_children_apart(data: Path) -> None:
    """Twice the same row is once; before the year, of a stranger, or after it is not."""
    rows = [
        ("A", "M", "01/05/2020", "02/05/2020"),
        ("A", "M", "01/05/2020", "02/05/2020"),
        ("A", "M", "01/06/2020", ""),
        ("A", "A", "01/07/2020", "01/07/2020"),
        ("B", "M", "20/03/2020", "31/03/2020"),
        ("C", "M", "20/03/2020", "01/04/2020"),
        ("F", "", "01/05/2020", "02/05/2020"),
        ("Z", "M", "01/05/2020", "02/05/2020"),
    ]
    home = data / "smalltown" / "2020-21" / "ssda903"
    keys = ("CHILD", "MISSING", "MIS_START", "MIS_END")
    write_table(home / "missing.csv", MISSING, [dict(zip(keys, row, strict=True)) for row in rows])
    found = figures(data, "2020-21")
    assert counts(found, "absences", "kind") == {"missing": 3, "away": 1, "not_known": 1}
    assert counts(found, "absent_children", "kind") == {"missing": 2, "away": 1, "not_known": 1}
    share = found.get("placements.absent_children_percent", YEAR)
    assert (share.numerator, share.denominator) == (3, 7)


def test_without_a_missing_table_nobody_is_said_to_be_none(data: Path) -> None:
    """A table that the return lacks is not available; one with headings alone is nought."""
    names = ("absences", "absent_children", "absent_children_percent")
    assert statuses(figures(data, "2020-21"), *names) == {Status.NOT_AVAILABLE}
    home = data / "smalltown" / "2020-21" / "ssda903"
    write_table(home / "missing.csv", MISSING, [])
    assert figures(data, "2020-21").get("placements.absences", YEAR).value == 0


def test_social_workers_do_not_apply_before_2023_24(data: Path) -> None:
    """The return had none then, and the report says since when it has."""
    found = figures(data, "2020-21")
    names = ("workers", "three_or_more_workers_percent")
    assert statuses(found, *names) == {Status.NOT_APPLICABLE}
    assert "since 2023-24" in str(workers(shown(data, "2020-21")))


def test_social_workers_are_counted_once_each(tmp_path: Path) -> None:
    """The same worker twice is one; one who left on 1 April is not of the year."""
    rows: list[Episode] = [
        (name, "01/05/2022", "S", "U6", "PR1", "", "", "IN", "1.0") for name in "ABC"
    ]
    home = write(tmp_path, "2023-24", rows)
    year = ReportingYear(2024)
    names = ("workers", "three_or_more_workers_percent")
    assert statuses(figures(tmp_path, "2023-24"), *names, year=year) == {Status.NOT_AVAILABLE}
    had = [
        ("A", "W1", "01/05/2022", "01/06/2023"),
        ("A", "W2", "01/06/2023", "01/07/2023"),
        ("A", "W3", "01/07/2023", "01/08/2023"),
        ("A", "W1", "01/08/2023", ""),
        ("B", "W1", "01/05/2022", "01/04/2023"),
        ("B", "W2", "01/04/2023", ""),
    ]
    keys = ("CHILD", "SW_ID", "SW_DECOM", "SW_DEC")
    write_table(
        home / "ssda903" / "sw_episodes.csv",
        WORKERS,
        [dict(zip(keys, row, strict=True)) for row in had],
    )
    found = figures(tmp_path, "2023-24")
    assert counts(found, "workers", "social_workers", year) == {
        "1": 1,
        "3_or_more": 1,
        "not_recorded": 1,
    }
    share = found.get("placements.three_or_more_workers_percent", year)
    assert (share.numerator, share.denominator) == (1, 3)


def test_an_authority_without_a_child_has_noughts(tmp_path: Path) -> None:
    """Nobody looked after, and nobody ever so, is a count of nought."""
    write(tmp_path, "2020-21", [])
    found = figures(tmp_path, "2020-21")
    for name, breakdown in (("placed", "placement"), ("time_in_care", "time_in_care")):
        assert counts(found, name, breakdown) == {}
        assert found.get(f"placements.{name}", YEAR).value == 0


def test_every_count_of_all_children_is_the_number_looked_after(data: Path) -> None:
    """In every year in use, and nothing to divide by is not applicable."""
    found = figures(data, "2020-21")
    for year in (YEAR, YEAR.previous):
        wanted = found.get("profile.looked_after", year).value
        known = [found.get(f"placements.{name}", year) for name in OF_ALL]
        assert {figure.value for figure in known if figure.known} == {wanted}
    assert found.failed_sums() == ()
