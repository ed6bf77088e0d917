"""Several years' returns together: each review and episode once, the later one used."""

from __future__ import annotations

import re
from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from made_return import HEADINGS, ROWS, YEAR, plain, reading, table, write

from irostats.calendar import ReportingYear
from irostats.issues import Severity
from irostats.ssda903 import LEFT_OUT, TABLES, Return, stack

_Y17, _Y19 = ReportingYear(2017), ReportingYear(2019)


def _return(key: str, rows: list[str], year: ReportingYear) -> Return:
    return reading({f"{key}.csv": write(table(key, rows))}, year=year)


def _own(stacked: Return, *parts: Return) -> list[tuple[str, int]]:
    """Rules and rows of the issues that stacking added."""
    return [(i.rule, i.rows) for i in stacked.issues[sum(len(p.issues) for p in parts) :]]


def test_an_episode_that_is_sent_again_is_the_later_one() -> None:
    """Open in one return and ended in the next is one episode that ended, and no difference."""
    open_ = _return("episodes", ["A,2016-05-01,S,C2,N1,U6,PR1,,,,,,"], _Y17)
    ended = _return("episodes", ["A,2016-05-01,S,C2,N1,U6,PR1,2017-09-01,E4A,,,,"], YEAR)
    found = stack([open_, ended], years=[_Y17, YEAR])
    row = found.tables["episodes"].iloc[0]
    assert (len(found.tables["episodes"]), row["REC"], row["YEAR"]) == (1, "E4A", 2018)
    assert _own(found, open_, ended) == [("sent-again", 1)]


def test_years_decide_and_not_the_order_of_the_folders() -> None:
    """The later year wins even where it is given first."""
    old = _return("reviews", ["A,,2017-03-30,PN1"], _Y17)
    new = _return("reviews", ["A,,2017-03-30,PN7"], YEAR)
    for order in ([old, new], [new, old]):
        found = stack(order, years=[_Y17, YEAR])
        assert found.tables["reviews"]["REVIEW_CODE"].tolist() == ["PN7"]
        assert ("sent-differently", 1) in _own(found, old, new)


def test_of_one_year_the_later_return_wins() -> None:
    """A year that lies in two folders is taken from the later one."""
    first = _return("reviews", ["A,,2017-05-30,PN1"], YEAR)
    second = _return("reviews", ["A,,2017-05-30,PN2"], YEAR)
    found = stack([first, second], years=[YEAR])
    assert found.tables["reviews"]["REVIEW_CODE"].tolist() == ["PN2"]


def test_leading_zeros_that_a_spreadsheet_dropped_are_restored() -> None:
    """One file or year without them holds the same children, and one note says so."""
    header = [f"{child},1,2009-05-14,WBRI,,," for child in ("00000", "00123", "12345")]
    kept = _return("header", header, _Y17)
    lost = reading(
        {
            "h.csv": write(table("header", [re.sub("^0+(?=[0-9])", "", r) for r in header])),
            "r.csv": write(table("reviews", ["123,,2017-05-30,PN1", "12345,,2017-05-30,PN1"])),
        }
    )
    found = stack([kept, lost], years=[_Y17, YEAR])
    assert found.tables["header"]["CHILD"].tolist() == ["00000", "00123", "12345"] * 2
    assert found.tables["reviews"]["CHILD"].tolist() == ["00123", "12345"]
    assert _own(found, kept, lost) == [("zeros-lost", 3)]


def test_leading_zeros_that_tell_children_apart_stay() -> None:
    """Where a file has both forms nothing is changed, and one warning names the cause."""
    rows = ["0123,,2017-05-30,PN1", "123,,2017-05-30,PN1", "456,,2017-05-30,PN1"]
    mixed, other = _return("reviews", rows, YEAR), _return("reviews", rows[1:], _Y17)
    found = stack([other, mixed], years=[_Y17, YEAR])
    assert sorted(found.tables["reviews"]["CHILD"]) == ["0123", "123", "456"]
    (issue,) = [i for i in found.issues if i.rule == "zeros-unclear"]
    assert (issue.severity, issue.rows) == (Severity.WARNING, 2)
    assert "spreadsheet" in issue.next_step


def test_differences_in_codes_are_told_by_column() -> None:
    """Another legal status on the same episode is an issue with its line."""
    one = _return("episodes", ["A,2016-05-01,S,C2,N1,U6,PR1,,,,,,"], _Y17)
    two = _return("episodes", ["A,2016-05-01,S,V2,N1,U4,PR1,,,,,,"], YEAR)
    found = stack([one, two], years=[_Y17, YEAR])
    told = [i for i in found.issues if i.rule == "sent-differently"]
    assert [("LS" in i.message, "PLACE" in i.message, i.lines) for i in told] == [
        (True, False, (2,)),
        (False, True, (2,)),
    ]


def test_an_episode_that_had_ended_and_is_open_again_is_told() -> None:
    """An end that the later return takes back moves who is looked after."""
    ended = _return("episodes", ["A,2016-05-01,S,C2,N1,U6,PR1,2016-09-01,E8,,,,"], _Y17)
    open_ = _return("episodes", ["A,2016-05-01,S,C2,N1,U6,PR1,,,,,,"], YEAR)
    found = stack([ended, open_], years=[_Y17, YEAR])
    messages = [i.message for i in found.issues if i.rule == "sent-differently"]
    assert any("DEC" in message for message in messages)


def test_the_header_keeps_a_row_a_year_and_tells_what_changed() -> None:
    """The caller picks the year; another date of birth is a warning, ethnicity a note."""
    old = _return("header", ["A,1,2009-05-14,NOBT,,,"], _Y17)
    new = _return("header", ["A,1,2009-05-15,WBRI,,,"], YEAR)
    found = stack([old, new], years=[_Y17, YEAR])
    assert found.tables["header"]["YEAR"].tolist() == [2017, 2018]
    assert _own(found, old, new) == [("header-changed", 1), ("ethnic-changed", 1)]


def test_other_tables_are_kept_by_year() -> None:
    """The same unaccompanied child is listed in each year, once."""
    parts = [_return("uasc", ROWS["uasc"] * 2, year) for year in (_Y17, YEAR)]
    found = stack(parts, years=[_Y17, YEAR])
    assert found.tables["uasc"]["YEAR"].tolist() == [2017, 2018]


def test_years_that_are_not_used_are_left_out_and_told() -> None:
    """A report uses its own years only."""
    parts = [_return("reviews", ROWS["reviews"], year) for year in (_Y17, YEAR)]
    found = stack(parts, years=[YEAR])
    assert set(found.tables["reviews"]["YEAR"]) == {2018}
    assert ("year-not-used", 5) in _own(found, *parts)


def test_the_distance_of_an_episode_survives_a_return_without_it() -> None:
    """What only an enriched extract holds is not lost to a plain one of the same episode."""
    cells = table("episodes", ROWS["episodes"][:1])
    cells[0].append("PL_DISTANCE")
    cells[1].append("4.2")
    rich = reading({"e.csv": write(cells)}, year=_Y17)
    bare = _return("episodes", ROWS["episodes"][:1], YEAR)
    found = stack([rich, bare], years=[_Y17, YEAR])
    assert found.tables["episodes"]["PL_DISTANCE"].tolist() == [4.2]


def test_stacking_nothing_gives_empty_tables() -> None:
    """No returns, no rows, right types."""
    found = stack([], years=[])
    assert set(found.tables) == set(TABLES)
    assert found.tables["reviews"]["REVIEW"].dtype == "datetime64[us]"
    assert "_RETURN" not in found.tables["reviews"]


def test_stacking_changes_nothing_that_it_is_given() -> None:
    """The returns that came in are as they were."""
    one, two = (_return("episodes", ROWS["episodes"], year) for year in (_Y17, YEAR))
    before = one.tables["episodes"].copy()
    stack([one, two], years=[_Y17, YEAR])
    pd.testing.assert_frame_equal(one.tables["episodes"], before)


_days = st.dates(date(2014, 4, 1), date(2019, 3, 31))


@given(st.sets(st.tuples(st.sampled_from("ABC"), _days), max_size=25), st.integers(1, 5))
def test_five_years_of_overlapping_review_files_count_each_review_once(
    held: set[tuple[str, date]], window: int
) -> None:
    """Each year's file resends the reviews of the years before it; nothing counts twice."""
    years = [ReportingYear(end) for end in range(2015, 2020)]
    files = {}
    for year in years:
        sent = [
            f"{child},,{day},PN1"
            for child, day in sorted(held)
            if year.end - window < ReportingYear.of(day).end <= year.end
        ]
        files[f"{year}/reviews.csv"] = write(table("reviews", sent))
    returned = reading(files, year=_Y19)
    found = stack([returned], years=years)
    reviews = found.tables["reviews"]
    assert len(reviews) == len(held)
    left = sum(i.rows for i in found.issues if i.rule in LEFT_OUT)
    assert left + len(reviews) == len(returned.tables["reviews"])


def test_one_file_of_five_years_equals_five_folders() -> None:
    """Layout makes no difference to what is stacked."""
    years = [ReportingYear(end) for end in range(2015, 2020)]
    lines = [HEADINGS["reviews"] + ",LA,YEAR"]
    parts = []
    for year in years:
        rows = [f"A,14/05/2009,{day:02d}/05/{year.end - 1},PN1" for day in (1, 20)]
        lines += [f"{row},816,{year}" for row in rows]
        parts.append(
            reading({"r.csv": "\n".join([HEADINGS["reviews"], *rows, ""]).encode()}, year=year)
        )
    one = reading({"all.csv": ("\n".join(lines) + "\n").encode()}, year=_Y19)
    together, apart = stack([one], years=years), stack(parts, years=years)
    pd.testing.assert_frame_equal(plain(together.tables["reviews"]), plain(apart.tables["reviews"]))
