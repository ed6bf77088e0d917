"""Which years are used, what stops a build, what is only explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from irostats import parameters
from irostats.calendar import ReportingYear
from irostats.errors import CommandError, InputError
from irostats.figures import Status
from irostats.records import Records, load
from irostats.service import TABLES
from small_authority import Child, figures, write_table, write_year

CHILD = Child("A", "01/05/2018", reviews={"01/06/2018": "PN1", "01/12/2019": "PN1"})


def years(records: Records) -> list[str]:
    return [str(year) for year in records.history]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for year in ("2018-19", "2019-20", "2020-21"):
        write_year(tmp_path, year, [CHILD])
    return tmp_path


def test_earlier_years_without_a_break_are_used_and_later_ones_never(data: Path) -> None:
    """Building 2019-20 uses 2018-19, and a later return changes nothing in it."""
    records = load(parameters.make("smalltown", "2019-20", data=data))
    assert years(records) == ["2018-19", "2019-20"]
    before = figures(data, "2019-20").frame()
    shutil.rmtree(data / "smalltown" / "2020-21")
    assert figures(data, "2019-20").frame().equals(before)


def test_a_missing_year_cuts_the_history(data: Path) -> None:
    """Without 2019-20 the report of 2020-21 stands alone."""
    shutil.rmtree(data / "smalltown" / "2019-20")
    assert years(load(parameters.make("smalltown", "2020-21", data=data))) == ["2020-21"]


def test_one_folder_may_hold_several_years(data: Path) -> None:
    """Sub-folders named by year inside the newest year's folder give the same figures."""
    apart = figures(data, "2020-21").frame()
    newest = data / "smalltown" / "2020-21" / "ssda903"
    for year in ("2018-19", "2019-20"):
        shutil.move(data / "smalltown" / year / "ssda903", newest / year)
        shutil.rmtree(data / "smalltown" / year)
    (newest / "2020-21").mkdir()
    for path in newest.glob("*.csv"):
        shutil.move(path, newest / "2020-21" / path.name)
    assert figures(data, "2020-21").frame().equals(apart)


def test_synthetic_and_real_never_mix(data: Path) -> None:
    """A year that is marked synthetic cannot be stacked with one that is not."""
    write_year(data, "2019-20", [CHILD], synthetic=False)
    with pytest.raises(InputError, match="would be mixed"):
        load(parameters.make("smalltown", "2020-21", data=data))


@pytest.mark.parametrize("table", ["header", "episodes", "reviews"])
def test_a_table_that_every_figure_needs_stops_the_build(data: Path, table: str) -> None:
    """The message says which table, and where it belongs."""
    (data / "smalltown" / "2020-21" / "ssda903" / f"{table}.csv").unlink()
    with pytest.raises(InputError, match=f"no usable {table.capitalize()}"):
        load(parameters.make("smalltown", "2020-21", data=data))


@pytest.mark.parametrize("year", ["2020-21", "2019-20"])
def test_a_table_of_which_no_row_can_be_used_is_not_nought(data: Path, year: str) -> None:
    """This year's stops the build, an earlier one is as if it had not been sent."""
    path = data / "smalltown" / year / "ssda903" / "reviews.csv"
    path.write_text("CHILD,DOB,REVIEW,REVIEW_CODE\nA,01/01/2010,soon,PN1\n", encoding="utf-8")
    parameter = parameters.make("smalltown", "2020-21", data=data)
    if year == "2020-21":
        with pytest.raises(InputError, match="no usable Reviews"):
            load(parameter)
    else:
        assert load(parameter).reviews_known_from == ReportingYear(2021)


def test_a_table_of_another_kind_is_named_as_the_reason(data: Path) -> None:
    """A workbook in place of the CSV stops with the reason why it was not read."""
    folder = data / "smalltown" / "2020-21" / "ssda903"
    (folder / "reviews.csv").rename(folder / "reviews.xlsx")
    with pytest.raises(InputError, match=r"reviews\.xlsx"):
        load(parameters.make("smalltown", "2020-21", data=data))


def test_an_earlier_folder_without_a_return_cuts_the_history(data: Path) -> None:
    """Service records alone are no return, and stop nothing."""
    shutil.rmtree(data / "smalltown" / "2019-20" / "ssda903")
    assert years(load(parameters.make("smalltown", "2020-21", data=data))) == ["2020-21"]


def test_a_year_before_without_reviews_makes_reviews_unassessable(data: Path) -> None:
    """Only reviews known without a gap can set due dates."""
    (data / "smalltown" / "2019-20" / "ssda903" / "reviews.csv").unlink()
    records = load(parameters.make("smalltown", "2020-21", data=data))
    assert records.reviews_known_from == ReportingYear(2021)


def test_a_broken_service_table_is_explained_and_the_rest_builds(data: Path) -> None:
    """Good rows get through, unusable ones are counted by file and line."""
    home = data / "smalltown" / "2020-21"
    rows = [
        {"id": "1", "raised": "01/05/2020"},
        {"id": "2", "raised": "May"},
        {"id": "3", "raised": ""},
    ]
    write_table(home / "service" / "alerts.csv", ["id", "child_id", "raised"], rows)
    (home / "service" / "iro_staf.csv").write_text("iro_id\n1\n", encoding="utf-8")
    records = load(parameters.make("smalltown", "2020-21", data=data))
    found = {issue.rule: issue for issue in records.issues}
    assert found["service-row-unusable"].lines == (3, 4)
    assert "Did you mean 'iro_staff.csv'" in found["service-file-unknown"].message
    assert len(records.service.tables["alerts"]) == 1


def test_a_service_table_that_cannot_be_read_is_not_said_to_be_unkept(data: Path) -> None:
    """Without its date column the log is an error, and its figures are not available."""
    home = data / "smalltown" / "2020-21"
    write_table(home / "service" / "alerts.csv", ["id", "when"], [{"id": "1", "when": "May"}])
    records = load(parameters.make("smalltown", "2020-21", data=data))
    assert [issue.rule for issue in records.issues if issue.severity == "error"] == [
        "service-table-unusable"
    ]
    found = figures(data, "2020-21").get("challenge.alerts", ReportingYear(2021))
    assert found.status is Status.NOT_AVAILABLE


def test_what_is_not_given_is_told_with_what_it_costs(data: Path) -> None:
    """The year before, the population, and each service table."""
    alone = load(parameters.make("smalltown", "2018-19", data=data))
    told = [issue.message for issue in alone.issues if issue.rule == "not-given"]
    assert told[0].startswith("No return for 2017-18 was given")
    assert [text.partition(":")[0].split()[-1] for text in told[2:]] == [
        f"{name}.csv" for name in TABLES
    ]
    with_before = load(parameters.make("smalltown", "2019-20", data=data))
    assert not any("2018-19 was given" in issue.message for issue in with_before.issues)


def test_no_identifier_stands_in_any_issue(tmp_path: Path) -> None:
    """Issues name files and lines, never a child."""
    child = Child("SECRET99", "01/05/2020", "01/04/2020", reviews={"01/06/2020": "PN9"})
    write_year(tmp_path, "2020-21", [child, CHILD])
    records = load(parameters.make("smalltown", "2020-21", data=tmp_path))
    assert records.issues
    assert "SECRET99" not in " ".join(map(str, records.issues))


@pytest.mark.parametrize("name", ["../../etc", "smaltown", "SMALLTOWN", ""])
def test_an_authority_that_is_not_there_is_an_error_of_the_command(data: Path, name: str) -> None:
    """The authority is a folder's name, and nothing that leads elsewhere."""
    with pytest.raises(CommandError):
        parameters.make(name, "2020-21", data=data)
    with pytest.raises(CommandError, match="Did you mean 'smalltown'"):
        parameters.make("smaltown", "2020-21", data=data)


def test_a_year_without_a_folder_names_those_that_have_one(data: Path) -> None:
    """The message lists the years that can be built."""
    with pytest.raises(InputError, match="2018-19, 2019-20, 2020-21"):
        load(parameters.make("smalltown", "2021-22", data=data))
