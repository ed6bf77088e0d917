"""Periods of care: how episodes join, and what is done about those that do not."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.calendar import ReportingYear
from irostats.care import (
    Care,
    begun_in,
    ended_in,
    in_year,
    looked_after_on,
    open_at_end,
    periods_of_care,
)

YEAR = ReportingYear(2021)
Row = tuple[str, str, str, str, str, str]


def care(
    *rows: Row, years: int | list[int] = 2021, started: list[str | None] | None = None
) -> Care:
    """Periods from rows of CHILD, DECOM, RNE, LS, DEC, REC; dates as yyyy-mm-dd."""
    frame = pd.DataFrame(rows, columns=["CHILD", "DECOM", "RNE", "LS", "DEC", "REC"])
    frame = frame.replace("", None).astype("string")
    frame = frame.assign(
        DECOM=pd.to_datetime(frame["DECOM"]).astype("datetime64[us]"),
        DEC=pd.to_datetime(frame["DEC"]).astype("datetime64[us]"),
        YEAR=pd.Series(years, index=frame.index, dtype="Int64"),
        FILE="episodes.csv",
        LINE=range(2, len(frame) + 2),
    )
    if started:
        frame = frame.assign(PERIOD_START=pd.to_datetime(pd.Series(started)))
    return periods_of_care(frame, YEAR)


def rules(found: Care) -> list[str]:
    return [issue.rule for issue in found.issues]


def test_an_x1_chain_is_one_period() -> None:
    """Episodes that follow each other with X1 are one period of care."""
    found = care(
        ("A", "2020-05-01", "S", "C1", "2020-08-01", "X1"),
        ("A", "2020-08-01", "P", "C1", "2020-11-01", "X1"),
        ("A", "2020-11-01", "L", "C2", "", ""),
    )
    assert found.periods[["start", "end", "start_known"]].to_numpy().tolist() == [
        [pd.Timestamp("2020-05-01"), pd.NaT, True]
    ]
    assert found.issues == ()


@pytest.mark.parametrize(
    ("decom", "rne", "told"),
    [
        ("2020-05-01", "P", ["start-not-known"]),
        ("2020-05-01", "", ["start-not-known"]),
        ("2020-05-01", "S", []),
        ("2020-03-31", "P", []),
    ],
)
def test_a_first_episode_that_is_no_start_is_noted_from_the_first_year_in_use(
    decom: str, rne: str, told: list[str]
) -> None:
    """Before it, nothing else can be expected: the episode open on 1 April is sent as it is."""
    found = care(("A", decom, rne, "C2", "", ""))
    assert rules(found) == told
    assert all(issue.figures == ("reviews",) for issue in found.issues)


def test_care_after_a_short_break_has_a_known_start() -> None:
    """The break's end says when care began, whatever RNE says."""
    found = care(
        ("A", "2020-05-01", "S", "V4", "2020-06-01", "X1"),
        ("A", "2020-06-01", "L", "C2", "", ""),
    )
    assert found.periods["start_known"].tolist() == [True]
    assert found.issues == ()


def test_a_new_start_after_leaving_is_a_new_period() -> None:
    """Care that ended and began again is two periods."""
    found = care(
        ("A", "2020-05-01", "S", "V2", "2020-06-01", "E4A"),
        ("A", "2020-09-01", "S", "V2", "", ""),
    )
    assert found.periods["start"].dt.strftime("%d %b").tolist() == ["01 May", "01 Sep"]
    assert found.periods["start_known"].tolist() == [True, True]


def test_a_first_episode_that_is_no_start_leaves_the_start_unknown() -> None:
    """A period whose beginning was not sent is left-censored."""
    found = care(("A", "2020-05-01", "P", "C2", "", ""))
    assert found.periods["start_known"].tolist() == [False]


def test_an_extract_may_say_when_care_began() -> None:
    """Of care that was going on when the years in use begin, and not after the first episode."""
    found = care(
        ("A", "2020-03-01", "P", "C2", "", ""),
        ("B", "2020-03-01", "P", "C2", "", ""),
        ("C", "2020-05-01", "P", "C2", "", ""),
        started=["2017-02-28", "2020-03-02", "2017-02-28"],
    )
    assert found.periods["start_known"].tolist() == [True, False, False]
    assert found.periods["start"].dt.strftime("%Y-%m-%d").tolist() == [
        "2017-02-28",
        "2020-03-01",
        "2020-05-01",
    ]
    assert [(issue.rule, issue.rows) for issue in found.issues] == [("start-not-known", 1)]


def test_an_extract_never_moves_a_start_that_the_return_gives() -> None:
    """Two periods stay apart, and RNE S stands, though the extract repeats the first start."""
    found = care(
        ("A", "2020-03-01", "P", "V2", "2020-06-01", "E4A"),
        ("A", "2020-09-01", "S", "V2", "", ""),
        ("B", "2020-03-01", "S", "C2", "", ""),
        started=["2017-02-28", "2017-02-28", "2017-02-28"],
    )
    starts = found.periods["start"].dt.strftime("%Y-%m-%d").tolist()
    assert starts == ["2017-02-28", "2020-09-01", "2020-03-01"]


def test_short_breaks_are_set_apart() -> None:
    """V3 and V4 episodes make no period of care."""
    found = care(
        ("A", "2020-05-01", "S", "V4", "2020-05-10", "X1"),
        ("B", "2020-05-01", "S", "V3", "", ""),
        ("A", "2020-05-10", "S", "C2", "", ""),
    )
    assert found.periods["CHILD"].tolist() == ["A"]
    assert len(found.short_breaks) == 2


def test_care_that_follows_short_breaks_begins_there() -> None:
    """From V4 to V2 on one day the clock starts at the first episode that is no short break."""
    found = care(
        ("A", "2020-05-01", "S", "V4", "2020-05-10", "X1"),
        ("A", "2020-05-10", "L", "V2", "", ""),
    )
    assert found.periods[["start", "start_known"]].to_numpy().tolist() == [
        [pd.Timestamp("2020-05-10"), True]
    ]
    assert found.issues == ()


def test_a_later_period_without_rne_s_begins_where_it_is_sent() -> None:
    """After an end or a gap the next episode is a new period, and an issue says why."""
    found = care(
        ("A", "2020-05-01", "S", "V2", "2020-06-01", "E4A"),
        ("A", "2020-07-01", "P", "V2", "", ""),
    )
    assert found.periods["start_known"].tolist() == [True, True]
    assert rules(found) == ["period-without-start"]


def test_a_child_who_leaves_on_31_march_is_not_counted() -> None:
    """The end of 31 March decides: DEC on that day means that the child has left."""
    found = care(
        ("A", "2020-05-01", "S", "C2", "2021-03-31", "E4A"),
        ("B", "2021-03-31", "S", "C2", "", ""),
        ("C", "2020-05-01", "S", "C2", "2021-03-30", "E4A"),
    )
    assert looked_after_on(found.episodes, YEAR)["CHILD"].tolist() == ["B"]
    assert len(ended_in(found.periods, YEAR)) == 2


def test_an_end_after_the_year_is_not_known_yet() -> None:
    """A later return's end does not change this year's report."""
    found = care(("A", "2020-05-01", "S", "C2", "2021-06-01", "E4A"))
    assert found.periods["end"].isna().tolist() == [True]


def test_an_open_episode_that_another_follows_is_closed_there() -> None:
    """An episode left open ends where the next one begins, and an issue says so."""
    found = care(
        ("A", "2020-05-01", "S", "C1", "", ""),
        ("A", "2020-08-01", "P", "C1", "", ""),
    )
    assert len(found.periods) == 1
    assert rules(found) == ["episode-never-closed"]


def test_overlapping_episodes_are_cut() -> None:
    """An episode that runs on past the next one's start is cut there."""
    found = care(
        ("A", "2020-05-01", "S", "C1", "2020-09-01", "X1"),
        ("A", "2020-08-01", "P", "C1", "", ""),
    )
    assert found.episodes["DEC"].iloc[0] == pd.Timestamp("2020-08-01")
    assert len(found.periods) == 1
    assert rules(found) == ["episode-overlap"]


@pytest.mark.parametrize(
    ("reason", "rne", "periods"), [("E5", "S", 2), ("", "S", 2), ("X1", "S", 1), ("E5", "P", 1)]
)
def test_overlapping_episodes_are_two_periods_if_both_say_so(
    reason: str, rne: str, periods: int
) -> None:
    """An end of care that a new start cuts short is an end; one that a move follows is none."""
    found = care(
        ("A", "2020-05-01", "S", "C1", "2020-09-01", reason),
        ("A", "2020-08-01", rne, "C1", "", ""),
    )
    assert len(found.periods) == periods
    assert found.periods["reason"].notna().tolist()[:-1] == [bool(reason)] * (periods - 1)


def test_an_episode_that_the_next_return_forgot_ends_after_its_own_year() -> None:
    """The number on the earlier 31 March stays; the child is not looked after a year later."""
    found = care(
        ("A", "2019-05-01", "S", "C1", "", ""),
        ("B", "2019-05-01", "S", "C1", "", ""),
        years=[2020, 2021],
    )
    assert looked_after_on(found.episodes, ReportingYear(2020))["CHILD"].tolist() == ["A", "B"]
    assert looked_after_on(found.episodes, YEAR)["CHILD"].tolist() == ["B"]
    assert rules(found) == ["episode-lost"]


def test_a_start_on_the_day_that_care_went_on_is_no_new_period() -> None:
    """RNE S after X1 on the same day is taken as going on, and flagged (431, 432)."""
    found = care(
        ("A", "2020-05-01", "S", "C1", "2020-08-01", "X1"),
        ("A", "2020-08-01", "S", "C1", "", ""),
    )
    assert len(found.periods) == 1
    assert rules(found) == ["restart-without-end"]


def test_episodes_that_end_before_they_begin_are_left_out() -> None:
    """An impossible episode is counted in an issue and no figure rests on it."""
    found = care(
        ("A", "2020-05-01", "S", "C1", "2020-04-01", "X1"),
        ("B", "2020-05-01", "S", "C1", "", ""),
    )
    assert found.periods["CHILD"].tolist() == ["B"]
    assert [(issue.rule, issue.rows, issue.lines) for issue in found.issues] == [
        ("episode-backwards", 1, (2,))
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[Row]:
    """Episodes of a few children, with gaps, overlaps and open ends of every kind."""
    rows: list[Row] = []
    for child in "ABC":
        day = draw(st.dates(min_value=date(2018, 4, 1), max_value=date(2020, 6, 1)))
        for _ in range(draw(st.integers(min_value=0, max_value=5))):
            length = draw(st.integers(min_value=-3, max_value=300))
            end = day + timedelta(days=length)
            is_open = draw(st.booleans()) and draw(st.booleans())
            rows.append(
                (
                    child,
                    day.isoformat(),
                    draw(st.sampled_from(["S", "P", "L", ""])),
                    draw(st.sampled_from(["C1", "C2", "V2", "V4"])),
                    "" if is_open else end.isoformat(),
                    "" if is_open else draw(st.sampled_from(["X1", "E4A", "E11", ""])),
                )
            )
            day += timedelta(days=max(1, length + draw(st.integers(min_value=-5, max_value=20))))
    return rows


@given(histories())
def test_periods_never_overlap_and_flows_close(rows: list[Row]) -> None:
    """Whatever is sent: periods of a child are apart, and open + begun = ended + open."""
    found = care(*rows, years=[min(2021, int(row[1][:4]) + 1) for row in rows] or 2021)
    periods = found.periods.sort_values(["CHILD", "start"])
    same = periods["CHILD"].eq(periods["CHILD"].shift())
    assert not (same & (periods["start"] < periods["end"].shift())).any()
    assert (periods["end"].isna() | (periods["end"] > periods["start"])).all()
    for end in (2019, 2020, 2021):
        year = ReportingYear(end)
        before, after = open_at_end(periods, year.previous), open_at_end(periods, year)
        begun, ended = begun_in(periods, year), ended_in(periods, year)
        assert len(before) + len(begun) == len(ended) + len(after) == len(in_year(periods, year))
        assert set(looked_after_on(found.episodes, year)["CHILD"]) == set(after["CHILD"])


@pytest.mark.parametrize("rows", [[], [("A", "2022-05-01", "S", "C1", "", "")]])
def test_nothing_to_join_is_no_error(rows: list[Row]) -> None:
    """An empty table, or one of later episodes only, gives no periods."""
    assert care(*rows).periods.empty
