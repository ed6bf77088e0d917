"""Who was looked after, from when to when, plainly: returns stacked, episodes joined into periods.

From the statute and the ways of the SSDA903 return, row by row: a return that comes later is right
about a row that both hold; series of short breaks (V3, V4) are no care; episodes that follow each
other without a day between them are one period of care.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from authorities import Plain, Row, first_day, last_day

SHORT_BREAKS = ("V3", "V4")
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")


@dataclass(frozen=True)
class Episode:
    """An episode as the last return that sent it says, with an end after the year not known.

    Attributes:
        sent: End year of that return.
    """

    child: str
    start: date
    end: date | None
    rne: str | None
    legal: str | None
    need: str | None
    place: str | None
    provider: str | None
    ended_by: str | None
    reason: str | None
    location: str | None
    miles: float | None
    period_start: date | None
    sent: int

    @property
    def temporary(self) -> bool:
        """Whether the child is away from the usual placement."""
        return self.place in TEMPORARY

    def open_on(self, day: date) -> bool:
        """Whether it was open at the end of a day: who left on that day has left."""
        return self.start <= day and (self.end is None or self.end > day)


@dataclass(frozen=True)
class Period:
    """A period of being looked after.

    Attributes:
        start: Its first day, as far as it is known.
        end: The day on which it ended; None while it is open.
        start_known: Whether the returns say that care began on ``start``.
        reason: Why it ended (an E code); None if the return does not say.
    """

    child: str
    start: date
    end: date | None
    start_known: bool
    reason: str | None
    episodes: tuple[Episode, ...]

    def open_on(self, day: date) -> bool:
        """Whether the child was looked after in it at the end of a day."""
        return self.start <= day and (self.end is None or self.end > day)

    def touches(self, end: int) -> bool:
        """Whether it was open at the start of the year, or began in it."""
        begun = first_day(end) <= self.start <= last_day(end)
        before = last_day(end - 1)
        return begun or self.open_on(before)


@dataclass(frozen=True)
class PlainCare:
    """Periods of care of all children, in order, and their short breaks as sent."""

    periods: tuple[Period, ...]
    breaks: tuple[Episode, ...]

    def open_on(self, day: date) -> list[Period]:
        """The period of each child looked after at the end of a day."""
        return [period for period in self.periods if period.open_on(day)]

    def looked_after(self, end: int) -> dict[str, Episode]:
        """The episode of each child looked after at the end of the year's 31 March."""
        day = last_day(end)
        return {
            episode.child: episode
            for period in self.open_on(day)
            for episode in period.episodes
            if episode.open_on(day)
        }

    def in_year(self, end: int) -> set[str]:
        """Children looked after at any time in the year."""
        return {period.child for period in self.periods if period.touches(end)}


def rows(plain: Plain, table: str, end: int, *key: str) -> list[Row]:
    """A table of one year's own return; of rows with the same key the last."""
    own = plain.returned[end].get(table, [])
    return list({tuple(row.get(name) for name in key): row for row in own}.values()) if key else own


def stacked(plain: Plain, table: str, *key: str) -> list[Row]:
    """A table of all years in use; of rows with the same key the last, with ``sent`` its year."""
    found: dict[tuple[object, ...], Row] = {}
    for end in plain.history:
        for row in plain.returned[end].get(table, []):
            where = tuple(row.get(name) for name in key)
            before = found.pop(where, {})
            extras = {
                name: before[name]
                for name in ("PL_LOCATION", "PL_DISTANCE", "PERIOD_START")
                if row.get(name) in (None, 999.9) and before.get(name) not in (None, 999.9)
            }
            found[where] = {**row, **extras, "sent": end}
    return list(found.values())


def described(plain: Plain) -> dict[str, Row]:
    """SEX, DOB, ETHNIC of each child of a Header: the last return's that says something."""
    found: dict[str, Row] = {}
    for end in plain.history:
        for row in plain.returned[end].get("header", []):
            said = {key: row.get(key) for key in ("SEX", "DOB", "ETHNIC") if row.get(key)}
            found[str(row["CHILD"])] = {**found.get(str(row["CHILD"]), {}), **said}
    return found


def care(plain: Plain) -> PlainCare:
    """Periods of care as known at the end of the year reported on."""
    usable = [
        episode
        for episode in (_episode(row, plain.last) for row in stacked(plain, "episodes", *ID))
        if episode.start <= last_day(plain.last)
        and (episode.end is None or episode.end > episode.start)
    ]
    breaks = [episode for episode in usable if episode.legal in SHORT_BREAKS]
    by_child: dict[str, list[Episode]] = {}
    for episode in sorted(usable, key=lambda episode: (episode.child, episode.start)):
        if episode.legal not in SHORT_BREAKS:
            by_child.setdefault(episode.child, []).append(episode)
    periods = [
        period
        for own in by_child.values()
        for period in _periods(_repaired(own, plain.last), breaks, first_day(plain.history[0]))
    ]
    return PlainCare(tuple(periods), tuple(breaks))


ID = ("CHILD", "DECOM")


def _episode(row: Row, last: int) -> Episode:
    end = _day(row["DEC"])
    later = end is not None and end > last_day(last)
    return Episode(
        child=str(row["CHILD"]),
        start=_day(row["DECOM"]) or date.max,
        end=None if later else end,
        rne=_text(row["RNE"]),
        legal=_text(row["LS"]),
        need=_text(row["CIN"]),
        place=_text(row["PLACE"]),
        provider=_text(row["PLACE_PROVIDER"]),
        ended_by=None if later or end is None else _text(row["REC"]),
        reason=_text(row["REASON_PLACE_CHANGE"]),
        location=_text(row["PL_LOCATION"]),
        miles=_miles(row["PL_DISTANCE"]),
        period_start=_day(row["PERIOD_START"]),
        sent=int(str(row["sent"])),
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _miles(value: object) -> float | None:
    return value if isinstance(value, float) and value != 999.9 else None


def _repaired(own: list[Episode], last: int) -> list[Episode]:
    """One child's episodes, none open or running on when the next begins.

    An episode without an end ended where the next begins, and care went on, unless the next says
    that care began: then it ended there for a reason that is not known, or on the 1 April after
    the return that last sent it, if that is earlier. The last one ended on that 1 April if the
    return of the following year does not hold it any more. One that runs on past the next one's
    beginning is cut there; care went on, unless both say otherwise.
    """
    found = []
    for number, episode in enumerate(own):
        following = own[number + 1] if number + 1 < len(own) else None
        lapse = first_day(episode.sent + 1)
        if following is None:
            if episode.end is None and episode.sent < last:
                episode = replace(episode, end=lapse)
        elif following.rne == "S":
            if episode.end is None:
                episode = replace(episode, end=min(following.start, lapse))
            elif episode.end > following.start:
                episode = replace(episode, end=following.start)
        elif episode.end is None or episode.end > following.start:
            episode = replace(episode, end=following.start, ended_by="X1")
        # One that lapsed before it began is of no day at all.
        if episode.end is None or episode.end > episode.start:
            found.append(episode)
    return found


def _periods(own: list[Episode], breaks: Iterable[Episode], in_use: date) -> list[Period]:
    groups: list[list[Episode]] = []
    for episode in own:
        if groups and _goes_on(groups[-1][-1], episode):
            groups[-1].append(episode)
        else:
            groups.append([episode])
    found = []
    for number, group in enumerate(groups):
        first, final = group[0], group[-1]
        after_break = any(one.child == first.child and one.end == first.start for one in breaks)
        known = number > 0 or first.rne == "S" or after_break
        start = first.start
        stated = min((one.period_start for one in group if one.period_start), default=None)
        # The extract's word counts only of care that was going on before the first year in use:
        # later, the return itself says when care began, or lacks the episode that would.
        if not known and stated and stated <= first.start < in_use:
            known, start = True, stated
        reason = None if final.ended_by == "X1" else final.ended_by
        found.append(Period(first.child, start, final.end, known, reason, tuple(group)))
    return found


def _goes_on(before: Episode, episode: Episode) -> bool:
    """Whether care went on from one episode to the next."""
    return before.end == episode.start and before.ended_by == "X1"
