"""figures.csv in the shape of DfE's open data, and the file that describes it."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import pytest

import irostats
from irostats import opendata
from irostats.figures import Status
from irostats.opendata.columns import META, PLACE_AND_TIME
from irostats.report import Report
from irostats.ssda903.codes import authorities, regions
from small_authority import Child, write_year

CHILDREN = [
    Child(
        f"C{n}",
        "01/05/2020",
        born="17/05/2011",
        sex="2" if n < 2 else "1",
        reviews={"12/05/2020": "PN1"},
    )
    for n in range(9)
]
SYMBOLS = {"c", "x", "z", "low"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Nine children, two of them girls, for public readers; its name could run."""
    data = tmp_path_factory.mktemp("data")
    write_year(data, "2020-21", CHILDREN)
    path = data / "smalltown" / "authority.toml"
    text = path.read_text(encoding="utf-8").replace('"Smalltown"', '"=Smalltown"')
    path.write_text(text.replace('"999"', '"816"'), encoding="utf-8")
    return irostats.open("smalltown", "2020-21", data=str(data))


@pytest.fixture(scope="module")
def rows(report: Report) -> list[dict[str, str]]:
    """figures.csv as any program reads it."""
    return list(csv.DictReader(io.StringIO(opendata.written(report).decode("utf-8-sig"))))


def row(rows: list[dict[str, str]], measure: str, category: str = "total") -> dict[str, str]:
    """The one row of a measure's category this year."""
    (found,) = (
        each
        for each in rows
        if (each["measure"], each["category"]) == (measure, category) and ":" not in each["period"]
    )
    return found


def test_place_and_time_come_first_as_dfe_writes_them(rows: list[dict[str, str]]) -> None:
    """The year by its end, the authority by DfE's code and its newest ONS code."""
    found = row(rows, "profile.looked_after")
    assert tuple(found)[:10] == PLACE_AND_TIME
    assert (found["time_period"], found["time_identifier"]) == ("2021", "Reporting year")
    assert found["geographic_level"] == "Local authority"
    assert (found["country_code"], found["country_name"]) == ("E92000001", "England")
    assert (found["region_code"], found["region_name"]) == (
        "E12000003",
        "Yorkshire and The Humber",
    )
    assert (found["old_la_code"], found["new_la_code"]) == ("816", "E06000014")


def test_quarters_are_quarters_of_a_financial_year(rows: list[dict[str, str]]) -> None:
    """202021 and Financial year Q1, as DfE's service takes them."""
    quarters = {(r["time_period"], r["time_identifier"]) for r in rows if ":" in r["period"]}
    assert quarters <= {("202021", f"Financial year Q{n}") for n in range(1, 5)}


def test_every_number_column_holds_a_number_or_a_symbol(rows: list[dict[str, str]]) -> None:
    """No blank, and none of our longer words; whole numbers without a decimal point."""
    for each in rows:
        for name in ("value", "numerator", "denominator", "lower", "upper"):
            assert each[name] in SYMBOLS or math.isfinite(float(each[name]))
            assert not each[name].endswith(".0")
    assert row(rows, "profile.looked_after")["value"] == "9"


def test_a_hidden_figure_says_c_and_nothing_else(rows: list[dict[str, str]]) -> None:
    """Two girls: neither the number nor what it is a share of."""
    hidden = row(rows, "profile.looked_after", "female")
    assert (hidden["value"], hidden["status"]) == ("c", "c")
    for each in rows:
        if each["status"] == "c":
            numbers = (
                each[name] for name in ("value", "numerator", "denominator", "lower", "upper")
            )
            assert set(numbers) <= {"c", "z"}


def test_what_dfe_has_no_symbol_for_is_x_and_the_status_says_which(
    rows: list[dict[str, str]],
) -> None:
    """Not recorded, not assessable."""
    for status in (Status.NOT_RECORDED, Status.NOT_ASSESSABLE):
        found = [each for each in rows if each["status"] == status.value]
        assert found
        assert {each["value"] for each in found} == {"x"}


def test_a_name_that_could_run_cannot(rows: list[dict[str, str]]) -> None:
    """It stands after an apostrophe."""
    assert {each["la_name"] for each in rows} == {"'=Smalltown"}


def test_read_back_it_holds_the_report_s_figures(report: Report, tmp_path: Path) -> None:
    """Values unrounded, NaN where there is none, the status why."""
    path = tmp_path / "figures.csv"
    path.write_bytes(opendata.written(report))
    read, wanted = opendata.read(path), report.figures.frame()
    for name in ("value", "numerator", "denominator", "lower", "upper"):
        known = report.figures.frame()["status"] == ""
        assert read[name][known].equals(wanted[name][known]), name
    assert list(read["measure"]) == list(wanted["measure"])
    assert (read["value"].isna() == wanted["value"].isna()).all()


def test_every_column_is_described(rows: list[dict[str, str]]) -> None:
    """A row of figures.meta.csv for each filter and each indicator, in the file's order."""
    described = list(csv.DictReader(io.StringIO(opendata.metadata())))
    assert tuple(described[0]) == META
    assert [*PLACE_AND_TIME, *(each["col_name"] for each in described)] == list(rows[0])
    assert {each["col_type"] for each in described} == {"Filter", "Indicator"}
    groupings = {each["filter_grouping_column"] for each in described} - {""}
    assert groupings <= set(rows[0])


def test_every_authority_lies_in_a_region() -> None:
    """One, and no region has an authority that is not known."""
    assert {each.code for each in authorities()} == set(regions())
