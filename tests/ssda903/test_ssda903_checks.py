"""Checks of the stacked return: each finds its fault, and none in a sound return."""

from __future__ import annotations

import pytest
from made_return import ROWS, YEAR, reading, table, whole, write

from irostats.calendar import ReportingYear
from irostats.issues import Issue, Severity
from irostats.ssda903 import check, stack

_HEADER = "A,1,2009-05-14,WBRI,,,"


def _checked(**tables: list[str]) -> dict[str, Issue]:
    """Issues by rule for these rows of header, episodes, reviews and others."""
    given = {"header": [_HEADER], "episodes": [], "reviews": []} | tables
    files = {f"{key}.csv": write(table(key, rows)) for key, rows in given.items()}
    stacked = stack([reading(files)], years=[YEAR])
    return {issue.rule: issue for issue in check(stacked, year=YEAR)}


def test_a_sound_return_has_nothing_to_say() -> None:
    """No check warns of a good return."""
    stacked = stack([reading(whole())], years=[YEAR])
    assert [i.rule for i in check(stacked, year=YEAR)] == []


_OPEN = "A,2016-05-01,S,C2,N1,U6,PR1,,,,,,"


@pytest.mark.parametrize(
    ("rule", "tables"),
    [
        ("dob-missing", {"header": ["A,1,,WBRI,,,"]}),
        ("sex-missing", {"header": ["A,,2009-05-14,WBRI,,,"]}),
        ("ethnic-missing", {"header": ["A,1,2009-05-14,,,,"]}),
        ("dob-after-year", {"header": ["A,1,2018-04-01,WBRI,,,"]}),
        ("review-not-in-header", {"reviews": ["B,,2017-05-01,PN1"]}),
        ("review-dob", {"reviews": ["A,2009-05-15,2017-05-01,PN1"]}),
        ("review-code-missing", {"reviews": ["A,,2017-05-01,"]}),
        ("pn0-at-4", {"reviews": ["A,,2017-05-01,PN0"]}),
        ("pn-under-4", {"header": ["A,1,2015-05-14,WBRI,,,"], "reviews": ["A,,2017-05-01,PN1"]}),
        ("reviews-close", {"reviews": ["A,,2017-05-01,PN1", "A,,2017-05-15,PN1"]}),
        ("episode-not-in-header", {"episodes": [_OPEN.replace("A,", "B,", 1)]}),
        ("dec-without-rec", {"episodes": [_OPEN.replace("PR1,,", "PR1,2017-06-01,")]}),
        ("rec-without-dec", {"episodes": [_OPEN.replace("PR1,,", "PR1,,X1")]}),
        ("dec-after-year", {"episodes": [_OPEN.replace("PR1,,", "PR1,2018-04-01,E8")]}),
        ("decom-after-year", {"episodes": [_OPEN.replace("2016", "2018")]}),
        ("x1-without-next", {"episodes": [_OPEN.replace("PR1,,", "PR1,2017-06-02,X1")]}),
        ("uasc-not-in-header", {"uasc": ["B,1,2001-01-01,"]}),
        ("missing-backwards", {"missing": ["A,,M,2017-12-03,2017-12-01"]}),
        (
            "missing-overlap",
            {"missing": ["A,,M,2017-12-01,2017-12-09", "A,,M,2017-12-05,2017-12-10"]},
        ),
        ("missing-outside-care", {"episodes": [_OPEN], "missing": ["A,,M,2016-04-01,2016-04-02"]}),
    ],
)
def test_each_check_finds_its_fault_and_counts_it(rule: str, tables: dict[str, list[str]]) -> None:
    """The issue names the rule, its rows and lines, and no child."""
    found = _checked(**tables)
    assert rule in found
    assert found[rule].rows >= 1
    assert found[rule].lines
    assert "{" not in found[rule].message


def test_a_birthday_passes_with_either_code() -> None:
    """On the fourth birthday itself DfE lets PN0 and PN1 to PN7 pass."""
    for code in ("PN0", "PN1"):
        found = _checked(header=["A,1,2013-05-14,WBRI,,,"], reviews=[f"A,,2017-05-14,{code}"])
        assert not {"pn0-at-4", "pn-under-4"} & set(found)


def test_a_review_dated_after_its_return_is_told_where_it_counts() -> None:
    """Sent a year early it counts in its own year; after the report's year it is not counted."""
    rows = ["ZQX001,2009-05-14,2017-05-02,PN1", "ZQX001,2009-05-14,2018-04-02,PN1"]
    earlier = reading({"2016-17/r.csv": write(table("reviews", rows))})
    stacked = stack([earlier, reading(whole())], years=[ReportingYear(2017), YEAR])
    (issue,) = [i for i in check(stacked, year=YEAR) if i.rule == "review-after-return"]
    assert (issue.rows, issue.lines) == (1, (2,))


def test_reviews_further_apart_than_20_working_days_are_not_close() -> None:
    """Bank holidays count: 3 to 31 May 2017 holds one."""
    close = _checked(reviews=["A,,2017-05-02,PN1", "A,,2017-05-31,PN1"])
    apart = _checked(reviews=["A,,2017-05-02,PN1", "A,,2017-06-02,PN1"])
    assert ("reviews-close" in close, "reviews-close" in apart) == (True, False)


def test_a_missing_table_is_an_error_and_an_empty_one_a_warning() -> None:
    """Header, Episodes and Reviews of the year must be there."""
    stacked = stack([reading({"header.csv": write(table("header", []))})], years=[YEAR])
    found = [(i.rule, i.table, i.severity) for i in check(stacked, year=YEAR)]
    assert found == [
        ("table-empty", "header", Severity.WARNING),
        ("table-missing", "episodes", Severity.ERROR),
        ("table-missing", "reviews", Severity.ERROR),
    ]


def test_a_table_of_another_year_does_not_stand_in() -> None:
    """Last year's reviews are not this year's."""
    files = {f"{key}.csv": write(table(key)) for key in ("header", "episodes")}
    files["2016-17/reviews.csv"] = write(table("reviews", ROWS["reviews"]))
    stacked = stack([reading(files)], years=[ReportingYear(2017), YEAR])
    (issue,) = [i for i in check(stacked, year=YEAR) if i.rule == "table-missing"]
    assert issue.table == "reviews"
    assert "There is one for 2016-17." in issue.message
