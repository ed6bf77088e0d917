"""Placements: from looked-after episodes to runs of episodes with the same carer.

Temporary placements (T0 to T4: hospital, holidays, a few days elsewhere) are no placements of
their own: the one before them goes on. A change of legal status (RNE L), or of placement with the
same carer (RNE T, U), is no move (SSDA903 guide, reason for new episode).
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.care import looked_after_on
from irostats.ssda903 import codes

NEW_CARER = ("S", "P", "B")


@dataclass(frozen=True)
class Placements:
    """Placements of all years in use, numbered.

    Attributes:
        episodes: ``Care.episodes`` that are not temporary, with ``placement`` (row label of
            ``runs``) and ``before`` (REASON_PLACE_CHANGE of the episode directly before it in its
            period).
        runs: One row per placement, index ``placement``: CHILD, period, start, end (NaT while
            its last episode is open), first (whether it is the period's first), reason (why the
            one before it ended; NA if that is not recorded), earlier (start of the placement
            before it in its period; NaT if it is the first).
    """

    episodes: pd.DataFrame
    runs: pd.DataFrame

    def in_year(self, year: ReportingYear) -> pd.DataFrame:
        """Placements begun by 31 March that lasted beyond 1 April."""
        begun = self.runs["start"] <= pd.Timestamp(year.last_day)
        return self.runs[begun & ~(self.runs["end"] <= pd.Timestamp(year.first_day))]

    def moves_in(self, year: ReportingYear) -> pd.DataFrame:
        """Placements that began in the year, the first of each period of care left out."""
        first, last = pd.Timestamp(year.first_day), pd.Timestamp(year.last_day)
        return self.runs[self.runs["start"].between(first, last) & ~self.runs["first"]]

    def usual_on(self, episodes: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
        """The usual placement of each child looked after at the end of 31 March.

        Args:
            episodes: ``Care.episodes``, which the placements were made from.
            year: The year whose 31 March is meant.

        Returns:
            One row per child, columns as in ``episodes`` with ``placement``: the last episode of
            the open period begun by that day that is not temporary; the open one itself, with no
            ``placement``, if all are temporary.
        """
        now = looked_after_on(episodes, year)
        begun = self.episodes[self.episodes["DECOM"] <= pd.Timestamp(year.last_day)]
        lasting = begun[begun["period"].isin(now["period"])].drop_duplicates("period", keep="last")
        away = now[~now["period"].isin(lasting["period"])]
        none = pd.Series(pd.NA, index=away.index, dtype="Int64")
        found = pd.concat([lasting, away.assign(placement=none)])
        return found[[*now.columns, "placement"]].sort_values("CHILD", ignore_index=True)


def placements(episodes: pd.DataFrame) -> Placements:
    """Number the placements of ``Care.episodes``, which are in order and repaired."""
    temporary = episodes["PLACE"].isin(codes.load("PLACE").marked("temporary"))
    same_period = _as_above(episodes["period"])
    noted = episodes.assign(
        before=episodes["REASON_PLACE_CHANGE"].shift().where(same_period),
        after_temporary=temporary.shift(fill_value=False) & same_period,
    )
    lasting = noted[~temporary]
    first = ~_as_above(lasting["period"])
    new_carer = lasting["RNE"].isin(NEW_CARER)
    back = lasting["after_temporary"] & _same_place(lasting)
    number = (first | (new_carer & ~back)).cumsum().astype("Int64")
    numbered = lasting.drop(columns="after_temporary").assign(placement=number)
    return Placements(numbered, _runs(numbered))


def _as_above(values: pd.Series) -> pd.Series[bool]:
    """Whether each value is known and the same as the one above it."""
    return values.eq(values.shift()).fillna(value=False).astype(bool)


def _same_place(lasting: pd.DataFrame) -> pd.Series[bool]:
    """Whether each row tells the same of the placement as the row above it.

    Where it lies counts only if both say so: some years' extracts lack it.
    """
    above = lasting.shift()
    same = pd.Series(data=True, index=lasting.index)
    for column in ("PLACE", "PLACE_PROVIDER"):
        same &= _as_above(lasting[column]) | (lasting[column].isna() & above[column].isna())
    for column in ("PL_LOCATION", "PL_DISTANCE"):
        both = lasting[column].notna() & above[column].notna()
        same &= _as_above(lasting[column]) | ~both
    return same


def _runs(numbered: pd.DataFrame) -> pd.DataFrame:
    grouped = numbered.groupby("placement", sort=True)
    opening, last = grouped.nth(0).set_index("placement"), grouped.nth(-1).set_index("placement")
    follows = _as_above(opening["period"])
    return pd.DataFrame(
        {
            "CHILD": opening["CHILD"],
            "period": opening["period"],
            "start": opening["DECOM"],
            "end": last["DEC"],
            "first": ~follows,
            "reason": opening["before"],
            "earlier": opening["DECOM"].shift().where(follows),
        }
    )
