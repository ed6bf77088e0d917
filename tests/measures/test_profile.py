"""Children looked after: counted by hand in a small authority."""

from __future__ import annotations

from pathlib import Path

import pytest

import irostats
from irostats.calendar import ReportingYear
from irostats.figures import Status
from irostats.present import Chart
from small_authority import Child, figures, write_table, write_year

YEAR, LAST = ReportingYear(2021), ReportingYear(2020)
CHILDREN = [
    Child("A", "01/05/2019", born="01/06/2020", sex="2", ethnic="WIRI", legal="C1"),
    Child("B", "01/05/2020", born="31/03/2005", ethnic="NOBT", legal="V2"),
    Child("C", "01/05/2019", "31/03/2021", born="01/04/2016"),
    Child("D", "01/07/2020", "01/09/2020", born="01/01/2011", legal="E1"),
    Child("E", "01/07/2020", born="01/04/2011", ethnic="ABAN", legal="L2"),
    Child("F", "01/07/2020", born="01/04/2011", legal="V4"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    before = [
        Child(child.name, child.start, born=child.born, sex=child.sex, legal=child.legal)
        for child in CHILDREN
        if child.start.endswith("2019")
    ]
    write_year(tmp_path, "2019-20", before)
    write_year(tmp_path, "2020-21", CHILDREN)
    return tmp_path


def test_stock_counts_each_child_at_the_end_of_31_march(data: Path) -> None:
    """A, B and E: C left on the day, D before it, F has short breaks only."""
    found = figures(data, "2020-21")
    assert found.get("profile.looked_after", YEAR).value == 3
    assert found.get("profile.looked_after", LAST).value == 2
    assert found.get("profile.looked_after_change", YEAR).value == 1
    assert found.get("profile.looked_after_change_percent", YEAR).value == 50


def test_characteristics_add_up_with_not_known_shown(data: Path) -> None:
    """Every child is in one category of each breakdown, not known included."""
    found = figures(data, "2020-21")
    counts = {
        name: {
            k: f.value for k, f in found.by("profile.looked_after", name, YEAR).items() if f.value
        }
        for name in ("sex", "age", "ethnicity", "legal_status", "need")
    }
    assert counts == {
        "sex": {"female": 1, "male": 2},
        "age": {"under_1": 1, "5_to_9": 1, "16_and_over": 1},
        "ethnicity": {"white_other": 1, "asian": 1, "not_known": 1},
        "legal_status": {"interim_care_order": 1, "section_20": 1, "child_protection": 1},
        "need": {"n1": 3},
    }
    assert found.failed_sums() == ()


def test_shares_come_from_unrounded_counts(data: Path) -> None:
    """One of three is 33.3… per cent, with its numerator and denominator."""
    share = figures(data, "2020-21").get(
        "profile.looked_after_percent", YEAR, breakdown="sex", category="female"
    )
    assert share.value == pytest.approx(100 / 3)
    assert (share.numerator, share.denominator) == (1, 3)


def test_flows_count_periods_and_children(data: Path) -> None:
    """Three periods began (B, D, E), two ended (C, D): 2 + 3 = 2 + 3."""
    found = figures(data, "2020-21")
    names = ("open_before", "started", "in_year", "ended", "open")
    assert [found.get(f"profile.periods_{name}", YEAR).value for name in names] == [2, 3, 5, 2, 3]
    assert found.get("profile.children_started", YEAR).value == 3
    assert found.get("profile.in_year", YEAR).value == 5
    months = found.by("profile.periods_started", "month", YEAR)
    assert {key: f.value for key, f in months.items() if f.value} == {"may": 1, "jul": 2}
    for flow, by_quarter in (("started", [1, 2, 0, 0]), ("ended", [0, 1, 0, 1])):
        quarters = found.by(f"profile.periods_{flow}", "quarter", YEAR)
        assert [figure.value for figure in quarters.values()] == by_quarter
    assert found.failed_sums() == ()


def test_rate_needs_a_population(data: Path) -> None:
    """Without population.csv the rate is not available, never nothing."""
    assert figures(data, "2020-21").get("profile.rate", YEAR).status is Status.NOT_AVAILABLE
    (data / "smalltown" / "population.csv").write_text(
        "year,population,source\n2020-21,1500,made up\n", encoding="utf-8"
    )
    rate = figures(data, "2020-21").get("profile.rate", YEAR)
    assert (rate.value, rate.denominator) == (20, 1500)


def test_the_first_year_has_no_change(data: Path) -> None:
    """Without the year before, change is not assessable."""
    found = figures(data, "2019-20")
    assert found.get("profile.looked_after_change", LAST).status is Status.NOT_ASSESSABLE


def test_unaccompanied_children_are_counted_while_the_status_lasts(data: Path) -> None:
    """DUC on or before 31 March means that the status had ceased."""
    home = data / "smalltown" / "2020-21" / "ssda903"
    rows = [
        {"CHILD": "A", "SEX": "2", "DOB": "01/06/2020", "DUC": "31/03/2021"},
        {"CHILD": "B", "SEX": "1", "DOB": "31/03/2005", "DUC": ""},
        {"CHILD": "E", "SEX": "1", "DOB": "01/04/2011", "DUC": "01/04/2021"},
    ]
    write_table(home / "uasc.csv", ["CHILD", "SEX", "DOB", "DUC"], rows)
    found = figures(data, "2020-21").by("profile.looked_after", "uasc", YEAR)
    assert [found[key].value for key in ("uasc", "other")] == [2, 1]


def test_without_a_uasc_file_nobody_is_said_to_be_none(data: Path) -> None:
    """A table that the return lacks is not available, not nothing."""
    (data / "smalltown" / "2020-21" / "ssda903" / "uasc.csv").unlink()
    found = figures(data, "2020-21").by("profile.looked_after", "uasc", YEAR)
    assert {figure.status for figure in found.values()} == {Status.NOT_AVAILABLE}


def test_short_breaks_are_counted_apart(tmp_path: Path) -> None:
    """G, H and I had V3 or V4 days in the year; J's ended before, K's was last sent before."""
    before = [
        Child("J", "01/05/2019", "31/03/2020", legal="V3"),
        Child("K", "01/05/2019", legal="V4"),
    ]
    write_year(tmp_path, "2019-20", [*before, Child("A", "01/05/2019")])
    children = [
        Child("A", "01/05/2019"),
        Child("G", "01/05/2019", "01/04/2020", legal="V3"),
        Child("H", "31/03/2021", legal="V4"),
        Child("I", "01/05/2020", legal="V4"),
    ]
    write_year(tmp_path, "2020-21", children)
    found = figures(tmp_path, "2020-21")
    assert found.get("profile.short_breaks", YEAR).value == 3
    assert found.get("profile.short_breaks", LAST).value == 3
    assert found.get("profile.in_year", YEAR).value == 1


@pytest.mark.parametrize(("a_month", "unit"), [(2, "quarter"), (6, "month")])
def test_the_chart_of_flows_is_by_quarter_where_months_say_little(
    tmp_path: Path, a_month: int, unit: str
) -> None:
    """Two a month are too few to show in a month, and enough in a quarter."""
    children = [
        Child(f"C{month}N{n}", f"01/{month:02d}/2020", f"15/{month:02d}/2020")
        for month in range(4, 13)
        for n in range(a_month)
    ]
    write_year(tmp_path, "2020-21", children)
    chart = irostats.open("smalltown", "2020-21", data=str(tmp_path)).chart("profile-flow")
    assert isinstance(chart, Chart)
    assert f"by {unit}" in chart.caption
    assert chart.data.rows[0][1:] == ("6", "6")
