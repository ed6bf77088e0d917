"""Reviews as they are divided: by sequence, quarter, status and placement on the day, and team."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.derive import Derived
from irostats.due_dates import by_review
from irostats.measures.counting import banded
from irostats.measures.definitions.reviews_breakdowns import (
    MOST_TEAMS,
    NOT_KNOWN,
    NOT_RECORDED,
    OTHERS,
    TEAM_IROS,
    TEAM_REVIEWS,
)
from irostats.ssda903 import codes

ADOPTION = ("A3", "A4", "A5", "A6")
PER_CHILD_BANDS = {"1": (1, 1), "2": (2, 2), "3": (3, 3), "4_or_more": (4, 10**6)}
LATENESS_BANDS = {
    "1_to_5": (0, 5),
    "6_to_10": (6, 10),
    "11_to_20": (11, 20),
    "21_or_more": (21, 10**6),
}
LOCAL = ["status", "late_reason", "method", "iro_id"]


def described(derived: Derived, held: pd.DataFrame) -> pd.DataFrame:
    """Reviews held with what divides them.

    Args:
        derived: Whose.
        held: ``Derived.reviews_in`` of a year.

    Returns:
        ``held`` with the categories ``by_sequence``, ``by_quarter``, ``by_legal_status`` and
        ``by_placement_type``, whether the child was placed or to be placed for adoption
        (``adoption``), and the service's own ``late_reason``, ``method`` and ``iro_id`` (NA
        where its table holds no such review).
    """
    local = by_review(derived.records.service.tables["reviews_local"])
    rows = held.merge(
        local[["CHILD", "REVIEW", *LOCAL, "due_date"]], on=["CHILD", "REVIEW"], how="left"
    )
    now = _on_the_day(rows, derived.care.episodes)
    usual = _on_the_day(rows, derived.placements.episodes)
    status = now["LS"]
    # A usual placement whose code is blank is not known; a temporary one does not stand for it.
    place = usual["PLACE"].where(usual["DECOM"].notna(), now["PLACE"])
    sequence = rows["sequence"].map({1: "first", 2: "second"}).astype("string").fillna("later")
    quarter = (rows["REVIEW"].dt.month - 4) % 12 // 3 + 1
    return rows.assign(
        by_sequence=sequence,
        by_quarter="q" + quarter.astype("string"),
        by_legal_status=_grouped(status, "LS"),
        by_placement_type=_grouped(place, "PLACE"),
        adoption=(status.eq("E1") | place.isin(ADOPTION)).fillna(value=False).astype(bool),
    )


def _on_the_day(rows: pd.DataFrame, episodes: pd.DataFrame) -> pd.DataFrame:
    """The last of the period's episodes begun on or before the day of each review."""
    days = rows[["REVIEW", "period"]].reset_index().sort_values("REVIEW", kind="stable")
    # Without a review the column has no numbers to be a column of.
    days = days.assign(period=days["period"].astype("int64"))
    begun = episodes[["DECOM", "period", "LS", "PLACE"]].sort_values("DECOM", kind="stable")
    begun = begun.assign(period=begun["period"].astype("int64"))
    found = pd.merge_asof(days, begun, left_on="REVIEW", right_on="DECOM", by="period")
    return found.set_index("index").reindex(rows.index)


def _grouped(found: pd.Series[str], field: str) -> pd.Series[str]:
    groups = codes.load(field).group_by_code
    return found.map(groups).astype("string").fillna(NOT_KNOWN)


def lateness(rows: pd.DataFrame) -> pd.Series[str]:
    """The band of working days late of each late review."""
    return banded(rows["working_days_late"], LATENESS_BANDS)


def teams(rows: pd.DataFrame, staff: pd.DataFrame, end: int) -> pd.Series[str]:
    """The category of each review by the team of its IRO on the day.

    Args:
        rows: Reviews with ``iro_id``.
        staff: ``iro_staff``, stacked over the years in use.
        end: End year of the file that says which IRO was in which team.
    """
    own = _team_on_the_day(rows, staff[staff["YEAR"] == end])
    names = sorted(_plain(staff["team"]).dropna().unique())
    shown = _large_enough(own, rows["iro_id"], names[:MOST_TEAMS])
    numbers = {name: f"team_{n}" for n, name in enumerate(names, start=1) if name in shown}
    return (
        own.map(lambda name: numbers.get(name, OTHERS), na_action="ignore")
        .astype("string")
        .fillna(NOT_RECORDED)
    )


def _plain(names: pd.Series[str]) -> pd.Series[str]:
    """Team names without what spelling adds: capitals and spaces."""
    plain = names.astype("string").str.split().str.join(" ").str.casefold()
    return plain.mask(plain.eq("").fillna(value=False))


def _team_on_the_day(rows: pd.DataFrame, staff: pd.DataFrame) -> pd.Series[str]:
    posts = staff.assign(team=_plain(staff["team"]))[["iro_id", "start", "end", "team"]]
    posts = posts.dropna(subset=["iro_id", "team"])
    joined = rows[["REVIEW", "iro_id"]].reset_index().merge(posts, on="iro_id")
    in_post = ~(joined["start"] > joined["REVIEW"]) & ~(joined["end"] < joined["REVIEW"])
    found = joined[in_post].drop_duplicates("index").set_index("index")["team"]
    return found.reindex(rows.index).astype("string")


def _large_enough(own: pd.Series[str], iros: pd.Series[str], names: list[str]) -> set[str]:
    """Teams that stand by themselves, so that neither they nor the rest speak of one IRO."""

    def enough(chosen: pd.Series[bool]) -> bool:
        return int(chosen.sum()) >= TEAM_REVIEWS and iros[chosen].nunique() >= TEAM_IROS

    shown = [name for name in names if enough(own.eq(name).fillna(value=False))]
    rest = own.notna() & ~own.isin(shown)
    if shown and rest.any() and not enough(rest):
        counts = own.value_counts()
        shown.remove(min(reversed(shown), key=lambda name: counts[name]))
    return set(shown)


def splits(rows: pd.DataFrame) -> Iterator[tuple[str, pd.Series[str]]]:
    """Name of each breakdown that the return alone gives, and the category of each review."""
    for name in ("sequence", "quarter", "legal_status", "placement_type"):
        yield name, rows[f"by_{name}"]
