"""Placements: which episodes are with the same carer, and what a move is."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.calendar import ReportingYear
from irostats.care import Care, looked_after_on, periods_of_care
from irostats.placements import Placements, placements

YEAR = ReportingYear(2021)
COLUMNS = ["CHILD", "DECOM", "RNE", "PLACE", "DEC", "REASON_PLACE_CHANGE"]
Row = tuple[str, str, str, str, str, str]


def placed(
    *rows: Row, location: dict[int, tuple[str, float]] | None = None
) -> tuple[Care, Placements]:
    """Care and placements of rows in order; every episode but a child's last goes on (X1)."""
    frame = pd.DataFrame(rows, columns=COLUMNS).replace("", None).astype("string")
    last = ~frame["CHILD"].duplicated(keep="last")
    ended = frame["DEC"].notna()
    where = location or {}
    frame = frame.assign(
        DECOM=pd.to_datetime(frame["DECOM"]).astype("datetime64[us]"),
        DEC=pd.to_datetime(frame["DEC"]).astype("datetime64[us]"),
        LS=pd.Series("C2", index=frame.index, dtype="string"),
        REC=pd.Series("X1", index=frame.index, dtype="string")
        .mask(last & ended, "E4A")
        .where(ended),
        PLACE_PROVIDER=pd.Series("PR1", index=frame.index, dtype="string"),
        PL_LOCATION=pd.Series(
            [where.get(n, (None, 0))[0] for n in frame.index], index=frame.index, dtype="string"
        ),
        PL_DISTANCE=pd.Series([where.get(n, ("", float("nan")))[1] for n in frame.index]),
        YEAR=pd.Series(2021, index=frame.index, dtype="Int64"),
        FILE="episodes.csv",
        LINE=range(2, len(frame) + 2),
    )
    care = periods_of_care(frame, YEAR)
    return care, placements(care.episodes)


def starts(found: Placements) -> list[str]:
    """The first day of each placement."""
    return [f"{day:%Y-%m-%d}" for day in found.runs["start"]]


@pytest.mark.parametrize(
    ("rne", "count"), [("S", 2), ("P", 2), ("B", 2), ("T", 1), ("U", 1), ("L", 1), ("", 1)]
)
def test_only_a_change_of_carer_is_a_new_placement(rne: str, count: int) -> None:
    """Reasons P and B, and S in the midst of care, are moves; T, U, L and none are not."""
    _, found = placed(
        ("A", "2020-05-01", "S", "U6", "2020-08-01", "CARPL"),
        ("A", "2020-08-01", rne, "K2", "", ""),
    )
    assert len(found.runs) == count


def test_a_temporary_stay_interrupts_no_placement() -> None:
    """Hospital and back is one placement, although both episodes say that the carer changed."""
    _, found = placed(
        ("A", "2020-05-01", "S", "U6", "2020-08-01", ""),
        ("A", "2020-08-01", "P", "T1", "2020-08-09", ""),
        ("A", "2020-08-09", "P", "U6", "2020-10-01", ""),
        ("A", "2020-10-01", "P", "U6", "", ""),
    )
    assert starts(found) == ["2020-05-01", "2020-10-01"]


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (("IN", 3.0), ("OUT", 3.0), 2),
        (("IN", 3.0), ("IN", 3.1), 2),
        (("IN", 3.0), ("IN", 3.0), 1),
        (("", float("nan")), ("OUT", 40.0), 1),
    ],
)
def test_back_from_a_temporary_stay_to_another_place_is_a_move(
    before: tuple[str, float], after: tuple[str, float], count: int
) -> None:
    """The same kind of placement elsewhere is another one, where both episodes say where."""
    _, found = placed(
        ("A", "2020-05-01", "S", "U6", "2020-08-01", ""),
        ("A", "2020-08-01", "P", "T3", "2020-08-09", ""),
        ("A", "2020-08-09", "P", "U6", "", ""),
        location={0: before, 2: after} if before[0] else {2: after},
    )
    assert len(found.runs) == count


def test_a_period_begins_a_placement_of_its_own() -> None:
    """Back in care with the same kind of placement is a new placement, and no move."""
    care, found = placed(
        ("A", "2020-05-01", "S", "U6", "2020-06-01", ""),
        ("A", "2020-09-01", "S", "U6", "", ""),
    )
    assert care.periods.index.tolist() == found.runs["period"].tolist() == [1, 2]
    assert found.runs["first"].tolist() == [True, True]
    assert len(found.moves_in(YEAR)) == 0


def test_a_move_bears_the_reason_of_the_episode_that_it_ended() -> None:
    """The reason stands on the episode before, even a temporary one; none is none."""
    _, found = placed(
        ("A", "2020-05-01", "S", "U6", "2020-08-01", "CREQB"),
        ("A", "2020-08-01", "P", "K2", "2020-08-09", "CREQO"),
        ("A", "2020-08-09", "P", "T1", "2020-08-12", "CHILD"),
        ("A", "2020-08-12", "P", "H5", "2020-09-01", ""),
        ("A", "2020-09-01", "B", "P2", "", ""),
    )
    moves = found.moves_in(YEAR)
    assert moves["reason"].fillna("none").tolist() == ["CREQB", "CHILD", "none"]


def test_placements_of_a_year_lasted_beyond_its_first_day() -> None:
    """One that ended on 1 April belongs to the year before; one of 31 March is in."""
    _, found = placed(
        ("A", "2019-05-01", "S", "U6", "2020-04-01", ""),
        ("A", "2020-04-01", "P", "U6", "2021-03-31", ""),
        ("A", "2021-03-31", "P", "U6", "", ""),
    )
    assert len(found.in_year(YEAR)) == 2
    assert len(found.in_year(YEAR.previous)) == 1
    assert [len(found.moves_in(year)) for year in (YEAR, YEAR.previous)] == [2, 0]


def test_the_usual_placement_stands_for_a_temporary_one() -> None:
    """Away on 31 March counts where the child usually lives; with no other place, the stay."""
    care, found = placed(
        ("A", "2020-05-01", "S", "U6", "2021-03-25", ""),
        ("A", "2021-03-25", "P", "T2", "", ""),
        ("B", "2021-03-20", "S", "T1", "", ""),
        ("C", "2020-05-01", "S", "K2", "2021-03-31", ""),
    )
    usual = found.usual_on(care.episodes, YEAR)
    assert usual[["CHILD", "PLACE"]].to_numpy().tolist() == [["A", "U6"], ["B", "T1"]]
    assert usual["placement"].isna().tolist() == [False, True]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("SPBTUL"), st.sampled_from(["U6", "K2", "T1"]), st.integers(1, 200)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_every_child_looked_after_has_one_usual_placement(
    steps: list[tuple[str, str, int]],
) -> None:
    """Whatever the order of episodes, each lasting one lies in one run, and runs do not overlap."""
    day = pd.Timestamp("2019-06-01")
    rows: list[Row] = []
    for rne, place, days in steps:
        end = day + pd.Timedelta(days=days)
        rows.append(("A", f"{day:%Y-%m-%d}", rne, place, f"{end:%Y-%m-%d}", ""))
        day = end
    rows[-1] = (*rows[-1][:4], "", "")
    care, found = placed(*rows)
    assert found.episodes["placement"].notna().all()
    ends, following = found.runs["end"].iloc[:-1], found.runs["start"].iloc[1:]
    assert (ends.to_numpy() <= following.to_numpy()).all()
    now, usual = looked_after_on(care.episodes, YEAR), found.usual_on(care.episodes, YEAR)
    assert sorted(now["CHILD"]) == sorted(usual["CHILD"])
    assert usual["period"].tolist() == now["period"].tolist()
