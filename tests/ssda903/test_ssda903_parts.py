"""Text, dates, years and code sets, each by itself."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import PurePosixPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.errors import UnknownName
from irostats.ssda903 import TABLES, AuthorityId, codes, dates, years
from irostats.ssda903.authorities import is_known
from irostats.ssda903.clean import recognise_code
from irostats.ssda903.headings import OWN, find, recognise
from irostats.ssda903.text import decode, encoding_of, split, tidy


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_encodings_are_told_apart(encoding: str) -> None:
    """With or without a mark, the same text comes out."""
    text = "CHILD,SEX,DOB,ETHNIC,UPN\n1,2,café,WBRI,\n"
    assert decode(text.encode(encoding)) == (text, False)


def test_line_ends_and_nuls() -> None:
    """All line ends are one; NULs go and are told."""
    assert decode(b"a\r\nb\rc\nd") == ("a\nb\nc\nd", False)
    assert decode(b"CHILD,DO\x00B,REVIEW\n") == ("CHILD,DOB,REVIEW\n", True)


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    """Nothing that a file can hold stops decoding."""
    text, _ = decode(data)
    assert "\x00" not in text
    assert encoding_of(data)


@given(st.text(alphabet='a,"\n', max_size=80))
def test_splitting_loses_no_line(text: str) -> None:
    """Each line is in a record or named as broken, whatever the quotation marks do."""
    grid = split(text, ",")
    starts = sorted((*grid.lines, *grid.broken))
    assert starts[0] == 1
    assert len(set(starts)) == len(starts)
    assert len(starts) <= text.count("\n") + 1


@given(st.lists(st.lists(st.text(alphabet="ab \",;'", max_size=5), min_size=2, max_size=2)))
def test_splitting_reads_what_csv_wrote(rows: list[list[str]]) -> None:
    """Quotation marks and delimiters inside values survive."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    grid = split(text.getvalue(), ",", width=2)
    assert [record for record in grid.records if record] == rows
    assert grid.broken == ()


@pytest.mark.parametrize(
    "blank", ["", "  ", "\t", "\xa0", "NULL", "None", "nan", "NaT", "#N/A", "-", "--", "\ufeff"]
)
def test_what_stands_for_blank_is_blank(blank: str) -> None:
    """Spaces of all kinds and the words that programs write for nothing."""
    assert tidy(blank) is None


def _read(text: str, column: str = "REVIEW", end: int = 2018) -> tuple[str, int]:
    found = dates.read([tidy(text)], np.array([end]), column)
    return str(found.values[0])[:10], int(found.states[0])


@pytest.mark.parametrize(
    "text",
    [
        "31/03/2018",
        "31-03-2018",
        "31.03.2018",
        "31/3/18",
        "2018-03-31",
        "2018/03/31",
        "2018-03-31T00:00:00",
        "2018-03-31 00:00:00.000",
        "2018-03-31T00:00:00+00:00",
        "31/03/2018 00:00",
        "31-Mar-2018",
        "31 March 2018",
        "31-mar-18",
        "20180331",
        " 31/03/2018 ",
    ],
)
def test_dates_are_read_as_people_write_them(text: str) -> None:
    """All of these are 31 March 2018."""
    assert _read(text) == ("2018-03-31", dates.State.READ)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/2018",
        "29/02/2017",
        "03/31/2018",
        "0/1/2018",
        "1/1/1899",
        "1/1/2101",
        "1/Ma/2018",
        "2018-13-01",
        "today",
        "31//03/2018",
        "31/03-2018",
        "1/JU/2018",
        "20180331x",
        "-1",
        "12:00",
    ],
)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    """Impossible days are not moved, and months and days are not swapped."""
    assert _read(text) == ("NaT", dates.State.UNREADABLE)


@pytest.mark.parametrize(
    "text", ["00/00/0000", "0000-00-00 00:00:00", "00000000", "0", "--/--/----", "//"]
)
def test_dates_of_nothing_but_noughts_and_dashes_are_blank(text: str) -> None:
    """What databases print where there is no date."""
    assert _read(text) == ("NaT", dates.State.BLANK)


@pytest.mark.parametrize(
    "text", ["31/12/9999", "01/01/1900", "1900-01-01 00:00", "00/01/1900", "30/12/1899", "99991231"]
)
def test_dates_that_stand_for_none_are_known(text: str) -> None:
    """The first and last days that programs know are no days of anyone's care."""
    assert _read(text) == ("NaT", dates.State.PLACEHOLDER)


@pytest.mark.parametrize("text", ["43190", "43190.0", "43190.5"])
def test_serial_numbers_are_known_for_what_they_are(text: str) -> None:
    """A spreadsheet's number of days is not taken for a date."""
    assert _read(text)[1] == dates.State.SERIAL


@pytest.mark.parametrize(
    ("text", "column", "end", "read"),
    [
        ("14/05/09", "DOB", 2018, "2009-05-14"),
        ("14/05/98", "DOB", 2018, "1998-05-14"),
        ("14/05/18", "DOB", 2018, "2018-05-14"),
        ("14/05/19", "DOB", 2018, "1919-05-14"),
        ("14/05/17", "REVIEW", 2018, "2017-05-14"),
        ("14/05/99", "DECOM", 2018, "1999-05-14"),
        ("14/05/30", "DUC", 2018, "2030-05-14"),
        ("14/05/98", "REVIEW", 1999, "1998-05-14"),
    ],
)
def test_two_digit_years_fall_where_they_make_sense(
    text: str, column: str, end: int, read: str
) -> None:
    """A birth lies before the return's year; leave to remain may end long after it."""
    assert _read(text, column, end)[0] == read


@given(st.dates(date(1900, 1, 2), date(2099, 12, 30)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    """Reading is the inverse of writing."""
    for form in ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d", "%d-%b-%Y", "%d %B %Y"):
        assert _read(day.strftime(form))[0] == day.isoformat()


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("2016-17", 2017),
        ("2016_17", 2017),
        ("2017", 2017),
        ("2016-2017", 2017),
        ("1999-00", 2000),
        ("SSDA903 2016-17 final", 2017),
        ("return", None),
        ("2016-18", None),
        ("2016-17 and 2017-18", None),
        ("20161", None),
    ],
)
def test_years_by_folder(name: str, end: int | None) -> None:
    """A folder's name says one year or none."""
    assert years.from_name(name) == end


def test_the_nearest_folder_decides() -> None:
    """An outer folder's year gives way to an inner one's."""
    assert years.from_folders(PurePosixPath("2015-16/2016-17/x/a.csv")) == 2017
    assert years.from_folders(PurePosixPath("2016-17.zip/a.csv")) == 2017
    assert years.from_folders(PurePosixPath("x/2014-15.csv")) is None


@pytest.mark.parametrize("text", ["2016/18", "16/18", "2016-17 and 2017-18", "last", "1/4", "-1"])
def test_what_is_no_year_is_not_made_one(text: str) -> None:
    """Years that do not follow each other, two of them, or none."""
    assert years.from_column(text) is None


def test_short_years_fall_in_their_century() -> None:
    """99/00 ended in 2000, and FY21 in 2021."""
    assert years.from_column("99/00") == 2000
    assert years.from_column("FY21") == 2021


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("874", "874 - Peterborough"),
        ("874", "Peterborough (UA)"),
        ("874", "LA874"),
        ("874", "0874"),
        ("874", "E06000031"),
        ("815", "E10000023"),
        ("815", "E06000065"),
        ("342", "St Helens Council"),
        ("801", "City of Bristol"),
        ("810", "Hull City Council"),
        ("816", "City of York Council"),
    ],
)
def test_authorities_are_known_by_old_and_new_codes_and_names(code: str, text: str) -> None:
    """DfE's code is enough: the ONS codes and names that go with it are known."""
    assert AuthorityId(code, "", ()).matches(text)
    assert not AuthorityId("830", "E10000007", ("Derbyshire",)).matches(text)


@pytest.mark.parametrize(
    "text", ["815 - York", "North Yorkshire", "E06000013", "", "8160", "YORKS"]
)
def test_what_names_another_authority_or_none_is_not_ours(text: str) -> None:
    """A code in the text decides over a name beside it."""
    assert not AuthorityId("816", "E06000014", ("York",)).matches(text)


def test_no_two_authorities_share_a_code() -> None:
    """Codes lead to one authority; a name may have passed on, as Dorset's has."""
    known = codes.authorities()
    every = [code for one in known for code in (one.code, *one.ons)]
    assert len(set(every)) == len(every)
    assert len(known) == 158
    assert is_known("DORSET")
    assert not is_known("Saltby")


def test_headings_that_tell_tables_apart_exist_for_every_table() -> None:
    """Each table has headings that no other has, and is recognised by its full set."""
    for key, table in TABLES.items():
        assert OWN[key]
        match = recognise(table.headings)
        assert match is not None
        assert (match.table, match.missing, match.extra) == (key, (), ())


def test_headings_in_other_hands() -> None:
    """Case, spaces, hyphens and the XML's names are understood."""
    match = recognise(["Child ID", "de-com", "RNE", " ls ", "PL", "place provider", "dec", "rec"])
    assert match is not None
    assert match.table == "episodes"
    assert set(match.absent) == {"CIN", "REASON_PLACE_CHANGE"}


def test_service_tables_are_not_mistaken_for_the_return() -> None:
    """The service's own records share words with it, and no table."""
    for headings in (
        "child_id,review_date,due_date,type,status,late_reason,method,iro_id,series_id",
        "child_id,iro_id,allocated_on,start,end",
        "year,population,source",
        "id,child_id,raised,category,closed",
    ):
        assert recognise(headings.split(",")) is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    """Whatever stands between the headings."""
    found = find(delimiter.join(["CHILD", "DOB", "REVIEW", "REVIEW_CODE"]))
    assert found is not None
    assert found.delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PN1", "PN1"),
        ("PN1 - ATTENDS", "PN1"),
        ("PN1: ATTENDS", "PN1"),
        ("PN1 (ATTENDS)", "PN1"),
        ("PN 1", "PN1"),
        ("PN1 PN2", None),
        ("PN1/PN2", None),
        ("PN12", None),
        ("PN1 PN9", None),
        ("PN1.5", None),
        ("ATTENDS", None),
    ],
)
def test_codes_with_labels(text: str, code: str | None) -> None:
    """A label after a code is fine; two codes are none."""
    assert recognise_code(text, codes.load("REVIEW_CODE").by_code, {}) == code


def test_code_sets_are_whole() -> None:
    """Every field's codes are unique, belong to its groups, and become codes that exist."""
    for column in codes.FIELDS:
        found = codes.load(column)
        assert len(found.by_code) == len(found.codes) > 1
        groups = {group.id for group in found.groups}
        for code in found.codes:
            assert (code.group in groups) if groups else not code.group
            assert not code.becomes or code.becomes in found.by_code
            assert code.label


@pytest.mark.parametrize(
    ("column", "code", "first", "last"),
    [
        ("SEX", "1", None, 2024),
        ("SEX", "M", 2025, None),
        ("REC", "E44", None, 2018),
        ("REC", "E45", 2019, None),
        ("REASON_PLACE_CHANGE", "CUSTOD", 2019, None),
        ("PLACE", "H5", None, 2024),
        ("PLACE", "K3", 2025, None),
        ("PLACE", "Z1", None, 2025),
        ("PLACE", "Z11", 2026, None),
        ("ACTIV", "F3", None, 2021),
        ("ACTIV", "F4", 2022, None),
        ("SW_REASON", "MANAGE", 2024, None),
    ],
)
def test_codes_come_and_go_in_the_right_year(
    column: str, code: str, first: int | None, last: int | None
) -> None:
    """A code is valid from its first year to its last, both included."""
    found = codes.load(column).by_code[code]
    if first:
        assert (found.valid(first - 1), found.valid(first)) == (False, True)
    if last:
        assert (found.valid(last), found.valid(last + 1)) == (True, False)


def test_groups_are_those_that_dfe_publishes() -> None:
    """Groupings that figures are compared by."""
    assert codes.load("ETHNIC").in_group("asian") == ("AIND", "APKN", "ABAN", "AOTH", "CHNE")
    assert codes.load("LS").in_group("short_breaks") == ("V3", "V4")
    assert codes.load("SEX").in_group("male") == ("M",)
    assert codes.load("REVIEW_CODE").in_group("did_not") == ("PN4", "PN7")
    assert codes.load("PLACE").marked("temporary") == ("T0", "T1", "T2", "T3", "T4")
    assert [band.label for band in codes.bands("age_31_march") if band.holds(10)] == ["10 to 15"]


@given(st.integers(0, 25))
def test_every_age_lies_in_one_band(age: int) -> None:
    """Bands neither overlap nor leave a gap."""
    for name in ("age_31_march", "age_on_ceasing"):
        assert sum(band.holds(age) for band in codes.bands(name)) == 1


def test_an_unknown_code_set_suggests_the_nearest() -> None:
    """A slip of the pen is met with a suggestion."""
    with pytest.raises(UnknownName, match="ETHNIC"):
        codes.load("ETHNICS")
    with pytest.raises(UnknownName, match="distance"):
        codes.bands("distances")
