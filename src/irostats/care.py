"""Periods of care: from episodes as sent to periods of being looked after.

Series of short breaks (legal status V3, V4) are set apart first: no period or review clock
runs for them. Faults that real returns have are repaired by one family of rules, each repair
counted in an issue, so that no figure moves without a word (care is what the statute calls
being looked after; Children Act 1989, section 22).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.issues import Issue, Severity, per_file

SHORT_BREAKS = ("V3", "V4")
MOVES = ("profile", "placements", "health", "permanence", "reviews", "participation")


@dataclass(frozen=True)
class Care:
    """Looked-after episodes and the periods they join into.

    Attributes:
        episodes: One row per usable episode, repaired, with ``period`` (row label of
            ``periods``); sorted by CHILD and DECOM. Columns as in the return.
        periods: One row per period of care, index ``period``: CHILD, start, end (NaT while
            open), start_known (whether the first episode says that care began there), reason
            (REC of its last episode; NA where that was closed here, or says nothing).
        short_breaks: Episodes under V3 or V4, as sent.
        issues: What was repaired or left out.
    """

    episodes: pd.DataFrame
    periods: pd.DataFrame
    short_breaks: pd.DataFrame
    issues: tuple[Issue, ...]


def periods_of_care(
    episodes: pd.DataFrame, year: ReportingYear, *, since: ReportingYear | None = None
) -> Care:
    """Join stacked episodes into periods of care, as known at the end of ``year``.

    Args:
        episodes: The stacked Episodes table (CHILD, DECOM, DEC, RNE, LS, REC, YEAR, FILE, LINE
            and more), each CHILD and DECOM once.
        year: The year reported on; an end after it is not known yet.
        since: The first year in use; by default that of the earliest return with an episode.
    """
    usable, unusable = _usable(episodes, year)
    is_break = usable["LS"].isin(SHORT_BREAKS)
    ordered = usable[~is_break].sort_values(
        ["CHILD", "DECOM", "DEC", "YEAR"], na_position="last", ignore_index=True
    )
    repaired, repairs = _repair(ordered, year)
    breaks = usable[is_break]
    first = since or (ReportingYear(int(repaired["YEAR"].min())) if len(repaired) else year)
    in_use = pd.Timestamp(first.first_day)
    numbered, continuity = _number(repaired, breaks, in_use)
    return Care(
        episodes=numbered,
        periods=_periods(numbered, in_use),
        short_breaks=breaks.reset_index(drop=True),
        issues=(*unusable, *repairs, *continuity),
    )


def looked_after_on(episodes: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """The episode of each child looked after at the end of 31 March.

    Begun on or before 31 March and not ended, or ended after it (SSDA903 guide, current
    episode); a child whose episode ends on 31 March has left.

    Args:
        episodes: ``Care.episodes``.
        year: The year whose 31 March is meant.

    Returns:
        One row per child.
    """
    day = pd.Timestamp(year.last_day)
    is_open = (episodes["DECOM"] <= day) & (episodes["DEC"].isna() | (episodes["DEC"] > day))
    return episodes[is_open].drop_duplicates("CHILD", keep="last")


def in_year(periods: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Periods of care with at least one day, even the last, in the year."""
    begun = periods["start"] <= pd.Timestamp(year.last_day)
    return periods[begun & ~(periods["end"] < pd.Timestamp(year.first_day))]


def begun_in(periods: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Periods of care whose first day lies in the year."""
    return periods[_within(periods["start"], year)]


def ended_in(periods: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Periods of care that ended in the year."""
    return periods[_within(periods["end"], year)]


def open_at_end(periods: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Periods of care open at the end of 31 March."""
    day = pd.Timestamp(year.last_day)
    return periods[(periods["start"] <= day) & (periods["end"].isna() | (periods["end"] > day))]


def _within(days: pd.Series[pd.Timestamp], year: ReportingYear) -> pd.Series[bool]:
    return days.between(pd.Timestamp(year.first_day), pd.Timestamp(year.last_day))


def _usable(episodes: pd.DataFrame, year: ReportingYear) -> tuple[pd.DataFrame, list[Issue]]:
    """Leave out episodes that cannot be: ended before they began, or begun after the year."""
    last = pd.Timestamp(year.last_day)
    backwards = episodes["DEC"] <= episodes["DECOM"]
    later = episodes["DECOM"] > last
    issues = per_file(
        episodes[backwards & ~later],
        severity=Severity.WARNING,
        rule="episode-backwards",
        table="episodes",
        message="{rows} with an end on or before the first day (DfE check 355); left out.",
        figures=MOVES,
        next_step="Correct DECOM or DEC in the case system.",
    ) + per_file(
        episodes[later],
        severity=Severity.NOTE,
        rule="episode-after-year",
        table="episodes",
        message=f"{{rows}} with a beginning after 31 March {year.end}; left out of this report.",
        figures=(),
    )
    kept = episodes[~backwards & ~later]
    ended_later = kept["DEC"] > last
    return (
        kept.assign(DEC=kept["DEC"].mask(ended_later), REC=kept["REC"].mask(ended_later, pd.NA)),
        issues,
    )


def _repair(ordered: pd.DataFrame, year: ReportingYear) -> tuple[pd.DataFrame, list[Issue]]:
    """Give every episode but the child's last an end no later than the next one's start.

    The rules are those that regional data teams use for the same faults; an episode that
    later returns no longer mention is closed on the first day after its own return's year, so
    that the number that was looked after on that 31 March stays as it was.
    """
    same_child = ordered["CHILD"].eq(ordered["CHILD"].shift(-1)).fillna(value=False).astype(bool)
    next_start = ordered["DECOM"].shift(-1).where(same_child)
    next_is_new = ordered["RNE"].shift(-1).eq("S").fillna(value=False) & same_child
    after_return = pd.to_datetime(ordered["YEAR"].astype("string") + "-04-01")

    never_closed = ordered["DEC"].isna() & same_child
    lost = ordered["DEC"].isna() & ~same_child & (ordered["YEAR"] < year.end)
    overlap = (ordered["DEC"] > next_start) & same_child

    lapsed = never_closed & next_is_new & (after_return < next_start)
    end = ordered["DEC"].mask(never_closed | overlap, next_start)
    end = end.mask(lapsed | lost, after_return)
    # Care went on, unless the next episode says that it began, and this one does not say X1.
    reason = ordered["REC"].mask((never_closed | overlap) & ~next_is_new, "X1")
    # Nobody sent why these ended: their reason is not known, which is not "other" (E8).
    reason = reason.mask((never_closed & next_is_new) | lost, pd.NA)
    repaired = ordered.assign(DEC=end, REC=reason)
    return repaired[repaired["DEC"].isna() | (repaired["DEC"] > repaired["DECOM"])], [
        *_repair_issue(ordered[never_closed], "episode-never-closed", "142", NEVER_CLOSED),
        *_repair_issue(ordered[overlap], "episode-overlap", "501", OVERLAP),
        *_repair_issue(ordered[lost], "episode-lost", "502", LOST),
    ]


NEVER_CLOSED = "without an end although a later episode of the child follows; ended there"
OVERLAP = "running on after the child's next episode begins; cut at that day"
LOST = (
    "open on 31 March but missing from the next return; taken to have ended on the day after "
    "that 31 March"
)


def _repair_issue(rows: pd.DataFrame, rule: str, check: str, what: str) -> list[Issue]:
    return per_file(
        rows,
        severity=Severity.WARNING,
        rule=rule,
        table="episodes",
        message=f"{{rows}} {what} (DfE check {check}).",
        figures=MOVES,
        next_step="Correct the episode's end in the case system.",
    )


def _number(
    repaired: pd.DataFrame, breaks: pd.DataFrame, in_use: pd.Timestamp
) -> tuple[pd.DataFrame, list[Issue]]:
    """Number the periods: a new one begins at RNE S, after an E reason, or after a gap.

    The start is not known only where the child's first episode in use is no start. Care that
    follows a series of short breaks on the same day begins there, whatever RNE says.
    """
    child = repaired["CHILD"]
    first = child.ne(child.shift()).fillna(value=True).astype(bool)
    previous_end = repaired["DEC"].shift().where(~first)
    continues = repaired["REC"].shift().eq("X1").fillna(value=False) & ~first
    touches = previous_end.eq(repaired["DECOM"])
    says_new = repaired["RNE"].eq("S").fillna(value=False)
    after_break = pd.MultiIndex.from_arrays([child, repaired["DECOM"]]).isin(
        pd.MultiIndex.from_arrays([breaks["CHILD"], breaks["DEC"]])
    )
    new = first | ~(continues & touches)
    restarted = says_new & ~new
    unexplained = new & ~first & ~says_new & ~after_break
    known = new & (says_new | after_break | ~first)
    unknown = first & ~known & (repaired["DECOM"] >= in_use)
    issues = _continuity(repaired[unknown], repaired[restarted], repaired[unexplained])
    return repaired.assign(period=new.cumsum(), new=new, start_known=known), issues


def _continuity(
    unknown: pd.DataFrame, restarted: pd.DataFrame, unexplained: pd.DataFrame
) -> list[Issue]:
    issues = per_file(
        unknown,
        severity=Severity.NOTE,
        rule="start-not-known",
        table="episodes",
        message="{rows} that are a child's first and do not say that care began (RNE S): when it "
        "did is not known, so neither is when its first reviews were due.",
        figures=("reviews",),
    )
    issues += per_file(
        restarted,
        severity=Severity.WARNING,
        rule="restart-without-end",
        table="episodes",
        message="{rows} saying that care began (RNE S) on the day on which the episode before "
        "went on (REC X1); taken as going on (DfE checks 431, 432).",
        figures=MOVES,
        next_step="Correct RNE or the reason of the episode before.",
    )
    issues += per_file(
        unexplained,
        severity=Severity.WARNING,
        rule="period-without-start",
        table="episodes",
        message="{rows} after an end or a gap that do not say that care began (RNE S); taken as "
        "new periods that begin there (DfE check 433).",
        figures=MOVES,
        next_step="Correct RNE, or send the missing episode.",
    )
    return issues


def _periods(numbered: pd.DataFrame, in_use: pd.Timestamp) -> pd.DataFrame:
    grouped = numbered.groupby("period", sort=True)
    first, last = grouped.nth(0).set_index("period"), grouped.nth(-1).set_index("period")
    given = (
        grouped["PERIOD_START"].min()
        if "PERIOD_START" in numbered
        else pd.Series(pd.NaT, first.index)
    )
    # An extract's own word helps with care that was going on before the first year in use. From
    # then on the return says when care began, or lacks the episode that would: believing it there
    # would count a child on a 31 March on which no episode shows one.
    stated = (given <= first["DECOM"]) & ~first["start_known"] & (first["DECOM"] < in_use)
    return pd.DataFrame(
        {
            "CHILD": first["CHILD"],
            "start": first["DECOM"].mask(stated, given),
            "end": last["DEC"],
            "start_known": first["start_known"] | stated,
            "reason": last["REC"],
        }
    )
