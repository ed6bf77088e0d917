"""Reviews held while looked after, when each was due, and what was due besides, plainly.

Regulation 33 of the Care Planning, Placement and Case Review (England) Regulations 2010: the first
review within 20 working days of becoming looked after, the second within three months of the
first, later ones within six months of the one before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from authorities import Plain, Row, first_day, last_day
from plain_care import Period, PlainCare
from plain_tables import (
    day,
    extra_holidays,
    in_use,
    months_after,
    text,
    working_day_after,
    working_days_between,
)

REGULATIONS = date(2011, 4, 1)
"""Care that began before this day had its first review within 28 days."""


@dataclass(frozen=True)
class Held:
    """A review that was held.

    Attributes:
        code: Participation code.
        born: Date of birth as the row of the review says.
        period: The period of care that it was held in.
        which: first, second or later.
        due: The day by which it was to be held; None if it cannot be known.
        local: The service's own row for it, if any.
        by_service: Whether the day is that of the service's own row.
    """

    child: str
    day: date
    code: str | None
    born: date | None
    period: Period
    which: str = "later"
    due: date | None = None
    local: Row | None = None
    by_service: bool = False


@dataclass(frozen=True)
class Duty:
    """A review that was to be held: by when, and when it was, if ever."""

    child: str
    period: Period
    due: date
    held: date | None

    def counts(self) -> bool:
        """Whether the child was still looked after on the due date."""
        return self.period.end is None or self.due < self.period.end

    @property
    def met(self) -> bool:
        """Whether it was held by its due date."""
        return self.held is not None and self.held <= self.due


@dataclass(frozen=True)
class Reviewed:
    """All reviews in use, oldest first, and all duties to hold one that have a due date.

    Attributes:
        known_from: The end year of the first return from which none lacks its Reviews table.
    """

    known_from: int
    held: tuple[Held, ...]
    duties: tuple[Duty, ...]

    def counted(self, period: Period) -> bool:
        """Whether it can be known which review of a period was its first."""
        return period.start_known and period.start >= first_day(self.known_from)

    def known_in(self, end: int) -> bool:
        """Whether the year's reviews are in use."""
        return end >= self.known_from

    def in_year(self, end: int) -> list[Held]:
        """Reviews held in the year."""
        return [one for one in self.held if first_day(end) <= one.day <= last_day(end)]


def reviewed(plain: Plain, care: PlainCare) -> Reviewed:
    """Reviews and duties of all children."""
    known_from = plain.last
    for end in reversed(plain.history):
        if "reviews" not in plain.returned[end]:
            break
        known_from = end
    in_periods = _in_periods(plain, care, known_from)
    local = matched(plain)
    held: list[Held] = []
    duties: list[Duty] = []
    for period in care.periods:
        own = [one for one in in_periods if one.period is period]
        judged, following = _judged(plain, period, own, local, first_day(known_from))
        held += judged
        duties += [
            Duty(period.child, period, one.due, one.day) for one in judged if one.due is not None
        ]
        if following:
            duties.append(Duty(period.child, period, following, None))
    return Reviewed(known_from, tuple(sorted(held, key=lambda one: one.day)), tuple(duties))


def _in_periods(plain: Plain, care: PlainCare, known_from: int) -> list[Held]:
    """Each review once, in its period, a series of meetings as its first."""
    rows = {
        (str(row["CHILD"]), day(row, "REVIEW")): row
        for end in plain.history
        if end >= known_from
        for row in plain.returned[end]["reviews"]
    }
    placed = []
    for (child, found), row in rows.items():
        assert found is not None
        around = [
            period
            for period in care.periods
            if period.child == child
            and period.start <= found
            and (period.end is None or found <= period.end)
        ]
        if around and first_day(known_from) <= found <= last_day(plain.last):
            code, born = text(row, "REVIEW_CODE"), day(row, "DOB")
            placed.append(Held(child, found, code, born, around[-1]))
    placed.sort(key=lambda one: (one.child, one.day))
    window = plain.rules.get("merge_window_working_days", 0)
    assert isinstance(window, int)
    kept: list[Held] = []
    for one in placed:
        before = kept[-1] if kept else None
        if before and before.period is one.period:
            apart = working_days_between(before.day, one.day, extra_holidays(plain))
            if window > 0 and apart <= window:
                continue
        kept.append(one)
    return kept


def _judged(
    plain: Plain,
    period: Period,
    own: list[Held],
    local: dict[tuple[str, date], Row],
    known_from: date,
) -> tuple[list[Held], date | None]:
    """Reviews of one period with their due dates, and the due date of the next one."""
    # Of care that began before the first return, the first reviews may lie before it too.
    counted = period.start_known and period.start >= known_from
    due = _first_due(plain, period.start) if counted else None
    judged = []
    for number, one in enumerate(own):
        row = local.get((one.child, one.day))
        given = day(row, "due_date") if row else None
        by_service = given is not None and plain.rules.get("due_dates", "service") == "service"
        judged.append(
            replace(
                one,
                which=("first", "second")[number] if counted and number < 2 else "later",
                due=given if by_service else due,
                local=row,
                by_service=by_service,
            )
        )
        three = counted and number == 0
        due = _after(plain, one.day, 3 if three else 6)
    return judged, due


def _first_due(plain: Plain, start: date) -> date:
    if start < REGULATIONS or plain.rules.get("first_review") == "28_calendar_days":
        return start + timedelta(days=28)
    return working_day_after(start, 20, extra_holidays(plain))


def _after(plain: Plain, held: date, months: int) -> date:
    if plain.rules.get("interval") == "91_183_days":
        return held + timedelta(days={3: 91, 6: 183}[months])
    return months_after(held, months)


def matched(plain: Plain) -> dict[tuple[str, date], Row]:
    """The service's own row for each child and day: not cancelled, held rather than adjourned."""
    found: dict[tuple[str, date], Row] = {}
    for row in in_use(plain, "reviews_local"):
        held = day(row, "review_date")
        if held is None or row["status"] == "cancelled":
            continue
        key = (str(row["child_id"]), held)
        if row["status"] == "adjourned" and found.get(key, row)["status"] != "adjourned":
            continue
        found[key] = row
    return found
