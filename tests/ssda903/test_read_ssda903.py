"""Reading a folder of returns: layouts, recognition, and that no row is lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from made_return import (
    HEADINGS,
    IDENTIFIERS,
    ROWS,
    YEAR,
    YORK,
    Manner,
    assert_accounted,
    assert_same,
    plain,
    reading,
    reading_csv,
    rules,
    table,
    whole,
    write,
    xml_of,
    zipped,
)

from irostats.calendar import ReportingYear
from irostats.errors import InputError
from irostats.issues import Severity
from irostats.ssda903 import TABLES, AuthorityId, read


def test_whole_return_is_read_without_issues() -> None:
    """A return as DfE asks for it gives every row and nothing to say."""
    found = reading(whole())
    assert {key: len(frame) for key, frame in found.tables.items()} == {
        key: len(rows) for key, rows in ROWS.items()
    }
    assert [i for i in found.issues if i.severity is not Severity.NOTE] == []
    assert_accounted(found)


def test_every_table_is_there_with_its_types_even_without_rows() -> None:
    """An empty table has the columns and types of a full one."""
    full, none = reading(whole()), reading({"x.csv": write(table("header", []))})
    for key in TABLES:
        assert none.tables[key].empty
        assert none.tables[key].dtypes.to_dict() == full.tables[key].dtypes.to_dict()


def test_postcodes_pupil_numbers_and_urns_are_not_kept() -> None:
    """What is never needed does not go beyond the reader."""
    found = reading(whole())
    names = {name for frame in found.tables.values() for name in frame.columns}
    assert not names & {"UPN", "HOME_POST", "PL_POST", "URN"}


def test_rows_say_where_they_came_from() -> None:
    """FILE is relative, LINE counts the heading line as 1."""
    header = reading(whole()).tables["header"]
    assert set(header["FILE"]) == {"2017-18/ssda903/header.csv"}
    assert header["LINE"].tolist() == [2, 3, 4]
    assert header["YEAR"].tolist() == [2018, 2018, 2018]


def test_files_are_recognised_by_headings_and_not_by_name() -> None:
    """Names that lie make no difference."""
    files = list(whole().values())
    lying = {f"{n:02d}-reviews.txt": data for n, data in enumerate(reversed(files))}
    assert_same(reading(lying), reading(whole()))


def test_two_files_with_the_same_headings_stack() -> None:
    """A second file of the same table adds its rows."""
    files = {"a.csv": write(table("reviews", ROWS["reviews"][:2]))}
    files["b.csv"] = write(table("reviews", ROWS["reviews"][2:]))
    assert_same(reading(files), reading({"reviews.csv": write(table("reviews"))}))


def test_the_same_row_sent_twice_counts_once_and_is_told() -> None:
    """Equal rows of one year are one row, also across files."""
    found = reading({"a.csv": write(table("reviews")), "b.csv": write(table("reviews"))})
    assert len(found.tables["reviews"]) == len(ROWS["reviews"])
    (issue,) = found.issues
    assert (issue.rule, issue.rows, issue.file) == ("row-repeated", 5, "2017-18/ssda903/b.csv")
    assert_accounted(found)


def test_xml_gives_what_csv_gives() -> None:
    """The XML return holds the same rows as the CSV files."""
    xml_keys = [key for key in TABLES if key not in ("sw_episodes", "dolo", "oc3")]
    csv_files = {f"{key}.csv": write(table(key)) for key in xml_keys}
    tables = {key: table(key, [] if key == "oc3" else None) for key in TABLES}
    assert_same(reading({"return.xml": xml_of(tables)}), reading(csv_files))


def test_csv_and_xml_together_count_once() -> None:
    """A return that arrives in both forms is the same as in one."""
    tables = {key: table(key, [] if key == "oc3" else None) for key in TABLES}
    both = reading(whole() | {"return.xml": xml_of(tables)})
    assert_same(both, reading(whole()))
    assert_accounted(both)


def test_extracts_with_distance_keep_it_whichever_form_comes_first() -> None:
    """A row that says more than its copy in another file stays."""
    cells = table("episodes")
    cells[0] += ["PL_LOCATION", "PL_DISTANCE"]
    for row in cells[1:]:
        row += ["OUT", "12.3"]
    for names in (("a.csv", "b.csv"), ("b.csv", "a.csv")):
        files = {names[0]: write(cells), names[1]: write(table("episodes"))}
        episodes = reading(files).tables["episodes"]
        assert episodes["PL_DISTANCE"].tolist() == [12.3] * 4
        assert set(episodes["PL_LOCATION"]) == {"OUT"}


def test_period_start_is_read_where_an_extract_has_it() -> None:
    """The standard data set's name for it is understood."""
    cells = table("episodes", ROWS["episodes"][:1])
    cells[0].append("CLAE_ENTERED_CARE_DATE")
    cells[1].append("2015-01-31")
    episodes = reading({"e.csv": write(cells)}).tables["episodes"]
    assert episodes["PERIOD_START"].tolist() == [pd.Timestamp("2015-01-31")]


def test_unknown_distance_is_blank_and_no_fault() -> None:
    """999.9 miles means not known."""
    cells = table("episodes", ROWS["episodes"][:1])
    cells[0].append("PL_DISTANCE")
    cells[1].append("999.9")
    found = reading({"e.csv": write(cells)})
    assert found.tables["episodes"]["PL_DISTANCE"].isna().all()
    assert found.issues == ()


@pytest.mark.parametrize("name", ["2016-17", "2016_17", "2017", "2016-2017", "SSDA903 2016 to 17"])
def test_a_sub_folder_gives_its_year(name: str) -> None:
    """Rows belong to the year that the nearest folder names."""
    found = reading({f"{name}/reviews.csv": write(table("reviews"))})
    assert set(found.tables["reviews"]["YEAR"]) == {2017}


def test_a_zip_is_read_like_a_folder() -> None:
    """A zip of sub-folders, or one named as a year, assigns years as folders do."""
    inner = {"2016-17/reviews.csv": write(table("reviews"))}
    for files in (
        {"all.zip": zipped(inner)},
        {"2016-17.zip": zipped({"reviews.csv": write(table("reviews"))})},
    ):
        found = reading(files)
        assert set(found.tables["reviews"]["YEAR"]) == {2017}
        assert_accounted(found)


def _with_columns(rows: list[tuple[str, str]]) -> bytes:
    cells = table("reviews", [ROWS["reviews"][0]] * len(rows))
    cells[0] += ["LA", "Year"]
    for number, (row, extra) in enumerate(zip(cells[1:], rows, strict=True)):
        row[2] = f"2017-05-{number + 1:02d}"
        row += extra
    return write(cells)


def test_rows_of_other_authorities_are_left_out_and_counted_once() -> None:
    """Whatever names the authority, only its rows are read."""
    own = [(name, "2018") for name in ("York", "816", "e06000014", "CITY OF YORK")]
    others = [(name, "2018") for name in ("North Yorkshire", "815", "Leeds")]
    both = {"a.csv": _with_columns(own + others), "b.csv": _with_columns(others)}
    found = reading(both)
    assert len(found.tables["reviews"]) == 4
    (issue,) = [i for i in found.issues if i.rule == "other-authority"]
    assert (issue.rows, issue.file, issue.lines) == (6, "2017-18/ssda903/a.csv", ())
    assert "in 2 files" in issue.message
    assert_accounted(found)


def test_other_authorities_rows_in_one_file_keep_their_lines() -> None:
    """Line numbers are told where they are one file's."""
    found = reading({"a.csv": _with_columns([("York", "2018"), ("Leeds", "2018")])})
    (issue,) = [i for i in found.issues if i.rule == "other-authority"]
    assert (issue.file, issue.lines) == ("2017-18/ssda903/a.csv", (3,))


def test_a_row_without_authority_among_others_is_left_out() -> None:
    """In a file of several authorities a blank cannot be told; alone it can."""
    mixed = reading({"a.csv": _with_columns([("York", "2018"), ("", "2018"), ("Bath", "2018")])})
    assert len(mixed.tables["reviews"]) == 1
    assert "authority-blank" in rules(mixed)
    assert_accounted(mixed)
    assert len(reading({"a.csv": _with_columns([("", "2018")])}).tables["reviews"]) == 1


def test_a_file_without_any_row_of_the_authority_is_warned_of() -> None:
    """A file that is another authority's does not pass in silence."""
    found = reading({"a.csv": _with_columns([("Leeds", "2018"), ("E08000035", "2018")])})
    assert set(rules(found)) == {"no-row-of-authority", "other-authority"}
    assert_accounted(found)


def test_a_name_that_is_no_authority_is_an_error_where_no_row_is_ours() -> None:
    """A misspelt authority stops the figures instead of making them nought."""
    found = reading({"a.csv": _with_columns([("Yorck", "2018"), ("Leeds", "2018")])})
    (issue,) = [i for i in found.issues if i.severity is Severity.ERROR]
    assert (issue.rule, issue.rows) == ("authority-unknown", 1)
    assert "authority.toml" in issue.next_step
    assert_accounted(found)


@pytest.mark.parametrize(
    ("heading", "value", "year_heading"),
    [
        ("LA_CODE", "816", "COLLECTION_YEAR"),
        ("LA Name", "York UA", "Year Ending"),
        ("old_la_code", "0816", "time_period"),
        ("new_la_code", "E06000014", "financial_year"),
        ("LEA", "816 - York", "FIN_YEAR"),
        ("LA_NUMBER", "LA816", "ACADEMIC_YEAR"),
        ("Authority Name", "York, City of", "Reporting Year"),
    ],
)
def test_columns_of_authority_and_year_by_other_names(
    heading: str, value: str, year_heading: str
) -> None:
    """Headings and spellings in use; another authority's row beside it is left out."""
    cells = table("reviews", ROWS["reviews"][:2])
    cells[0] += [heading, year_heading]
    cells[1] += [value, "2017"]
    cells[2] += ["Leeds", "2017"]
    reviews = reading({"a.csv": write(cells)}).tables["reviews"]
    assert reviews[["YEAR", "LINE"]].to_numpy().tolist() == [[2017, 2]]


def test_any_of_several_columns_may_name_the_authority() -> None:
    """A row belongs if its code or its name says so."""
    cells = table("reviews", ROWS["reviews"][:3])
    cells[0] += ["LA_CODE", "LA_NAME"]
    for row, more in zip(cells[1:], [["816", ""], ["n/a", "York"], ["815", "x"]], strict=True):
        row += more
    assert reading({"a.csv": write(cells)}).tables["reviews"]["LINE"].tolist() == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "2017",
        "2016-17",
        "2016/17",
        "2017.0",
        "2016-2017",
        "2016/2017",
        "201617",
        "16/17",
        "FY2016-17",
        "FY 16-17",
        "31/03/2017",
        "2017-03-31 00:00:00",
        "2016-17 provisional",
        "1 April 2016 to 31 March 2017",
    ],
)
def test_a_year_column_decides_over_the_folder(text: str) -> None:
    """Rows belong to the year that their column says."""
    found = reading({"2015-16/a.csv": _with_columns([("York", text), ("York", "")])})
    assert sorted(found.tables["reviews"]["YEAR"]) == [2016, 2017]


def _years_of_uasc(files: dict[str, bytes]) -> tuple[int, ...]:
    (source,) = [file for file in reading(files).files if "uasc" in file.table]
    return source.years


def _by_year(key: str, years: list[str]) -> bytes:
    cells = table(key, ROWS[key][-1:] * len(years))
    cells[0].append("YEAR")
    for row, year in zip(cells[1:], years, strict=True):
        row.append(year)
    return write(cells)


@pytest.mark.parametrize("years", [["2017"], []])
def test_a_year_without_an_unaccompanied_child_is_known_from_the_years_beside_it(
    years: list[str],
) -> None:
    """With a YEAR column the table is there for all years of the return, even without a row."""
    files = {f"{key}.csv": _by_year(key, ["2017", "2018"]) for key in ("header", "episodes")}
    assert _years_of_uasc(files | {"uasc.csv": _by_year("uasc", years)}) == (2017, 2018)


def test_a_year_without_reviews_is_a_gap() -> None:
    """Tables that have rows in every year are not taken for there where they have none."""
    files = {"e.csv": _by_year("episodes", ["2017", "2018"])}
    found = reading(files | {"r.csv": _by_year("reviews", ["2017"])})
    assert {file.table: file.years for file in found.files} == {
        "episodes": (2017, 2018),
        "reviews": (2017,),
    }


def test_xml_in_which_no_child_is_unaccompanied_has_an_empty_table() -> None:
    """UASC 0 in every header is an answer."""
    tables = {key: table(key, [] if key == "uasc" else None) for key in TABLES}
    assert _years_of_uasc({"a.xml": xml_of(tables)}) == (2018,)


@pytest.mark.parametrize("text", ["31/12/9999", "01/01/1900"])
def test_an_end_that_stands_for_none_is_open_and_noted(text: str) -> None:
    """The row stays, DEC is blank, and one note says so."""
    found = reading_csv("episodes", f"ZQX001,01/05/2017,S,V2,N1,U6,PR1,{text},,,,,\n")
    assert found.tables["episodes"]["DEC"].isna().tolist() == [True]
    (issue,) = found.issues
    assert (issue.rule, issue.severity, issue.rows) == ("date-placeholder", Severity.NOTE, 1)


def test_a_beginning_that_stands_for_none_cannot_be_used() -> None:
    """An episode needs its first day."""
    found = reading_csv("episodes", "ZQX001,01/01/1900,S,V2,N1,U6,PR1,,,,,,\n")
    assert rules(found) == ["date-blank"]
    assert_accounted(found)


def test_a_line_beyond_what_csv_can_hold_is_told_as_too_long() -> None:
    """It is not blamed on a quotation mark, and its neighbours are read."""
    row = "ZQX001,14/05/2009,01/05/2017,PN1\n"
    found = reading_csv("reviews", row + "X" * 200_000 + ",,01/05/2017,PN1\n" + row)
    assert rules(found) == ["row-oversized", "row-repeated"]
    assert_accounted(found)


def test_an_unreadable_year_is_left_out_and_told() -> None:
    """A row is not given to a year by guess."""
    found = reading({"a.csv": _with_columns([("York", "last"), ("York", "2018")])})
    assert "year-unreadable" in rules(found)
    assert_accounted(found)


def test_later_years_do_not_change_an_older_report() -> None:
    """Rows of a later year are left out with a note, unless asked for."""
    files = {"2018-19/reviews.csv": write(table("reviews")), **whole()}
    found = reading(files)
    assert_same(found, reading(whole()))
    assert_accounted(found)
    later = reading(files, until=ReportingYear(2019))
    assert 2019 in set(later.tables["reviews"]["YEAR"])


def test_an_authority_folder_may_be_read_whole(tmp_path: Path) -> None:
    """Years lie in sub-folders, and the service's own records are passed over."""
    for year in ("2016-17", "2017-18"):
        folder = tmp_path / year / "ssda903"
        folder.mkdir(parents=True)
        (folder / "header.csv").write_bytes(write(table("header")))
        service = tmp_path / year / "service"
        service.mkdir()
        (service / "x.csv").write_bytes(write(table("header", ["ZQX009,1,2010-01-01,WBRI,,,"])))
    found = read(tmp_path, authority=YORK, year=YEAR, relative_to=tmp_path)
    assert found.tables["header"]["YEAR"].tolist() == [2017] * 3 + [2018] * 3


def test_a_year_in_the_file_name_alone_is_warned_of() -> None:
    """Files of several years side by side are not given a year by their names."""
    assert "file-name-year" in rules(reading({"reviews_2015-16.csv": write(table("reviews"))}))


def test_extra_reordered_and_missing_columns() -> None:
    """Extra ones are noted, optional ones read as blank, order is free."""
    cells = [["ward", "Review Code", " review", "child"], ["x", "pn1", "2017-05-01", "zqx001"]]
    found = reading({"a.csv": write(cells)})
    row = found.tables["reviews"].iloc[0]
    assert (row["CHILD"], row["REVIEW_CODE"]) == ("ZQX001", "PN1")
    assert pd.isna(row["DOB"])
    assert rules(found) == ["heading-extra"]


def test_a_table_without_a_column_it_needs_is_an_error_that_counts_its_rows() -> None:
    """No row of such a file is used, and all are counted."""
    cells = [row[:1] + row[2:] for row in table("episodes")]
    found = reading({"a.csv": write(cells)})
    (issue,) = [i for i in found.issues if i.rule == "heading-missing"]
    assert (issue.severity, issue.rows) == (Severity.ERROR, 4)
    assert "DECOM" in issue.message
    assert_accounted(found)


def test_an_unrecognised_file_is_reported_and_stops_nothing() -> None:
    """Beside a return, another list is a warning with its rows."""
    found = reading(whole() | {"contacts.csv": b"name,phone\na,1\nb,2\n"})
    (issue,) = [i for i in found.issues if i.rule == "file-not-recognised"]
    assert (issue.severity, issue.rows) == (Severity.WARNING, 2)
    assert_accounted(found)


@pytest.mark.parametrize("files", [{}, {"a.csv": b""}, {"a.csv": b"hello"}, {"a.xml": b"<x/>"}])
def test_a_folder_in_which_nothing_is_recognised_is_an_error(files: dict[str, bytes]) -> None:
    """The analyst is told, and no table has rows."""
    found = reading(files)
    assert [i.rule for i in found.issues if i.severity is Severity.ERROR] == ["nothing-recognised"]


def test_no_folder_is_an_input_error(tmp_path: Path) -> None:
    """The message says which folder and what belongs there."""
    with pytest.raises(InputError, match="no folder 2017-18/ssda903"):
        read(tmp_path / "2017-18" / "ssda903", authority=YORK, year=YEAR, relative_to=tmp_path)


def test_trailing_empty_columns_are_ignored() -> None:
    """Commas that a spreadsheet leaves at the end mean nothing."""
    lines = [f"{HEADINGS['reviews']},,,", *(f"{row},,," for row in ROWS["reviews"])]
    found = reading({"a.csv": "\n".join(lines).encode()})
    assert_same(found, reading({"a.csv": write(table("reviews"))}))
    assert found.issues == ()


def test_rows_too_long_or_short_do_not_harm_their_neighbours() -> None:
    """A comma inside a value leaves one row out; a short row is read as far as it goes."""
    text = (
        "ZQX001,14/05/2009,01/05/2017,PN1\n"
        "ZQX001,14/05/2009,Town Hall, York,02/05/2017,PN1\n"
        "ZQX001,14/05/2009,03/05/2017\n"
        "ZQX001,14/05/2009,04/05/2017,PN2\n"
    )
    found = reading_csv("reviews", text)
    assert found.tables["reviews"]["LINE"].tolist() == [2, 4, 5]
    assert sorted(rules(found)) == ["row-short", "row-too-long"]
    assert_accounted(found)


def test_a_file_cut_off_in_its_last_row_does_not_use_that_row() -> None:
    """Half an episode would count as an open one."""
    data = write(table("episodes"))
    found = reading({"a.csv": data[:-40]})
    assert rules(found) == ["row-cut-off"]
    assert len(found.tables["episodes"]) == 3
    assert_accounted(found)


def test_an_unclosed_quotation_mark_costs_one_row() -> None:
    """The rows after it are read."""
    text = 'ZQX001,14/05/2009,01/05/2017,PN1\nZQX001,"14/05/2009,02/05/2017,PN1\n' + "".join(
        f"ZQX001,14/05/2009,{day:02d}/06/2017,PN1\n" for day in range(1, 31)
    )
    found = reading_csv("reviews", text)
    assert len(found.tables["reviews"]) == 31
    (issue,) = found.issues
    assert (issue.rule, issue.lines) == ("row-unreadable", (3,))
    assert_accounted(found)


def test_quoted_line_breaks_are_part_of_the_value() -> None:
    """A value over two lines is one value, and lines are still counted rightly."""
    text = 'ZQX001,14/05/2009,01/05/2017,"PN1 -\nattends"\nZQX001,14/05/2009,02/05/2017,PN2\n'
    reviews = reading_csv("reviews", text).tables["reviews"]
    assert reviews["REVIEW_CODE"].tolist() == ["PN1", "PN2"]
    assert reviews["LINE"].tolist() == [2, 4]


def test_title_lines_above_the_headings_are_passed_over() -> None:
    """A report's title is no row, and lines count from the file's first."""
    for title in (b"Reviews 2017 to 2018\n\n", b"sep=,\n\n", b'"A ""title"", with marks"\n\n'):
        found = reading({"a.csv": title + write(table("reviews"))})
        assert found.tables["reviews"]["LINE"].tolist()[0] == 4
        assert found.issues == ()
        assert_accounted(found)


def test_headings_repeated_in_the_middle_are_no_row() -> None:
    """Files glued together keep their headings; these are left out with a note."""
    found = reading({"a.csv": write(table("reviews")) + write(table("reviews", []))})
    assert rules(found) == ["heading-repeated"]
    assert_accounted(found)


def test_exports_joined_end_to_end_may_order_their_columns_differently() -> None:
    """Below each line of headings, the columns are those that it says."""
    turned = Manner(order=lambda n: range(n - 1, -1, -1))
    first, second = (
        table("episodes", part) for part in (ROWS["episodes"][:2], ROWS["episodes"][2:])
    )
    found = reading({"a.csv": write(first) + b"\n" + write(second, turned)})
    assert_same(found, reading({"a.csv": write(table("episodes"))}))
    assert found.tables["episodes"]["LINE"].tolist() == [2, 3, 6, 7]
    assert rules(found) == ["heading-repeated"]
    assert_accounted(found)


def test_all_tables_may_stand_in_one_file() -> None:
    """Each under its headings, and one fault is told once, with the lines of every block."""
    glued = b"\n".join(whole().values())
    found = reading({"all.csv": glued})
    assert_same(found, reading(whole()))
    assert_accounted(found)
    bad = write([["CHILD", "REVIEW"], ["ZQX001", "soon"]])
    twice = reading({"a.csv": bad + write(table("header")) + bad})
    assert [(i.rule, i.lines) for i in twice.issues if i.table == "reviews"] == [
        ("date-unreadable", (2, 8)),
        ("heading-absent", ()),
        ("heading-repeated", (7,)),
    ]


def test_joined_exports_of_which_only_one_names_the_authority() -> None:
    """A block without the column is not given to anyone where others are named."""
    named = _with_columns([("York", "2017"), ("Leeds", "2017")])
    found = reading({"a.csv": named + write(table("reviews", ROWS["reviews"][1:]))})
    assert found.tables["reviews"]["LINE"].tolist() == [2]
    assert "authority-blank" in rules(found)
    assert_accounted(found)


def test_a_heading_that_occurs_twice_is_told_and_the_first_used() -> None:
    """Two columns of one name cannot both be right."""
    cells = [[*row, row[2]] for row in table("reviews")]
    cells[1][-1] = "2011-01-01"
    found = reading({"a.csv": write(cells)})
    assert rules(found) == ["heading-twice"]
    assert_same(found, reading({"a.csv": write(table("reviews"))}))


def test_blank_children_are_left_out_and_told() -> None:
    """Rows without CHILD, also as NULL, cannot be used; wholly blank lines are no rows."""
    found = reading_csv("reviews", ",14/05/2009,01/05/2017,PN1\nNULL,,02/05/2017,PN1\n,,,\n\n")
    assert [(i.rule, i.rows) for i in found.issues] == [("child-blank", 2)]
    assert_accounted(found)


def test_identifiers_are_text_and_spreadsheet_endings_go() -> None:
    """Leading zeros stay, ``.0`` goes, and what a spreadsheet shortened is not guessed."""
    ids = ["00123", "4711.0", "ab1", "1.2E+05"]
    text = "".join(f"{child},,{day:02d}/05/2017,PN1\n" for day, child in enumerate(ids, 1))
    found = reading_csv("reviews", text)
    assert found.tables["reviews"]["CHILD"].tolist() == ["00123", "4711", "AB1"]
    assert rules(found) == ["child-damaged"]
    assert_accounted(found)


def test_a_needed_date_that_cannot_be_read_leaves_the_row_out_once() -> None:
    """Blank, impossible and serial dates are told apart."""
    text = "A,,,PN1\nA,,31/02/2018,PN1\nA,,43191,PN1\n,,99/99/9999,PN1\nA,,01/05/2017,PN1\n"
    found = reading_csv("reviews", text)
    assert {i.rule: i.lines for i in found.issues} == {
        "date-blank": (2,),
        "date-unreadable": (3,),
        "date-serial": (4,),
        "child-blank": (5,),
    }
    assert all("reviews" in issue.figures for issue in found.issues)
    assert_accounted(found)


def test_a_date_that_is_not_needed_becomes_blank() -> None:
    """The row stays, and the issue counts it."""
    found = reading_csv("reviews", "A,never,01/05/2017,PN1\n")
    assert found.tables["reviews"]["DOB"].isna().all()
    assert rules(found) == ["date-ignored"]


def test_an_episode_whose_end_cannot_be_read_is_not_taken_for_open() -> None:
    """A blank end means open; an unreadable one means unknown."""
    good, bad = ROWS["episodes"][1], ROWS["episodes"][0].replace("2017-09-01", "soon", 1)
    found = reading({"a.csv": write(table("episodes", [good, bad]))})
    assert len(found.tables["episodes"]) == 1
    assert rules(found) == ["date-unreadable"]


def test_partly_known_permanence_dates_are_blank_without_an_issue() -> None:
    """DfE allows zz for what is not known of DATE_PERM."""
    found = reading_csv("prev_perm", "A,,P1,,zz/05/2016\nB,,P1,,zz/zz/zzzz\n")
    assert found.tables["prev_perm"]["DATE_PERM"].isna().all()
    assert found.issues == ()


@pytest.mark.parametrize(
    ("sent", "year", "held", "told"),
    [
        ("1", 2018, "M", []),
        ("2.0", 2018, "F", []),
        ("F", 2025, "F", []),
        ("U", 2025, "U", []),
        ("2 - Female", 2018, "F", []),
        ("Female", 2018, "F", ["code-other-year"]),
        ("M", 2018, "M", ["code-other-year"]),
        ("1", 2025, "M", ["code-other-year"]),
        ("7", 2018, None, ["code-unknown"]),
    ],
)
def test_sex_is_m_f_or_u_whatever_the_year_says(
    sent: str, year: int, held: str | None, told: list[str]
) -> None:
    """Codes of another year's return are used, and told."""
    data = f"{HEADINGS['header']}\nA,{sent},01/05/2009,WBRI,,,\n".encode()
    found = reading({"a.csv": data}, year=ReportingYear(year))
    value = found.tables["header"]["SEX"].iloc[0]
    assert (None if pd.isna(value) else value) == held
    assert rules(found) == told


def test_a_code_that_no_return_has_is_not_known_and_the_row_stays() -> None:
    """An unknown ethnicity, placement or participation does not cost the row."""
    found = reading_csv("reviews", "A,,01/05/2017,PN8\nA,,02/05/2017,\n")
    assert found.tables["reviews"]["REVIEW_CODE"].isna().all()
    assert [(i.rule, i.rows) for i in found.issues] == [("code-unknown", 1)]
    assert "167" in found.issues[0].message


def test_no_issue_names_a_child_a_birth_or_a_postcode() -> None:
    """Dirty rows are told by line, never by what they hold."""
    spoilt = [row.replace("2017", "20x7").replace("PN", "XN") for row in ROWS["reviews"]]
    episodes = [row.replace(",C", ",Q").replace("PR", "QR") for row in ROWS["episodes"]]
    cells = [[*row, "ZQX"] if n else [*row, "SURNAME"] for n, row in enumerate(table("header"))]
    found = reading(
        {
            "a.csv": write(table("reviews", spoilt)),
            "b.csv": write(table("episodes", episodes)),
            "c.csv": write(cells),
            "d.csv": b"\n".join(write(table("header")).split(b"\n")[1:]),
            "e.csv": write(table("uasc"), Manner(date=str)).replace(b"\nZQX003", b"ZQXA,QQ", 1),
        }
    )
    assert len(found.issues) >= 4
    for issue in found.issues:
        assert not any(secret in str(issue) for secret in IDENTIFIERS), issue


def test_provenance_has_every_file_with_its_hash() -> None:
    """Path, hash, size, table and rows of each file are kept."""
    files = {file.path: file for file in reading(whole()).files}
    header = files["2017-18/ssda903/header.csv"]
    assert (header.table, header.rows, header.left_out, header.years) == ("header", 3, 0, (2018,))
    assert len(header.sha256) == 64
    assert len(files) == len(TABLES)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Bath & North East Somerset", "bath-and-north-east-somerset", True),
        ("St. Helens", "St Helens Council", True),
        ("Kingston upon Hull, City of", "kingston upon hull", True),
        ("County Durham", "Durham", True),
        ("London Borough of Barnet", "Barnet", True),
        ("Nottingham City", "Nottinghamshire", False),
        ("York", "North Yorkshire", False),
        ("Bedford Borough", "Central Bedfordshire", False),
    ],
)
def test_names_of_authorities_match_in_their_usual_spellings(
    one: str, other: str, same: bool
) -> None:
    """Spellings differ between sources; authorities do not."""
    assert AuthorityId("000", "E00000000", (other,)).matches(one) is same


def test_reading_leaves_what_it_read_alone_and_repeats_itself() -> None:
    """The same bytes give the same tables, issues and files."""
    one, two = reading(whole()), reading(whole())
    assert one.issues == two.issues
    assert one.files == two.files
    for key in TABLES:
        pd.testing.assert_frame_equal(one.tables[key], two.tables[key])


def test_manner_of_dates_does_not_matter() -> None:
    """ISO dates give what dd/mm/yyyy gives."""
    assert_same(reading(whole(Manner(date=str))), reading(whole()))
    assert len(plain(reading(whole()).tables["reviews"])) == 5
