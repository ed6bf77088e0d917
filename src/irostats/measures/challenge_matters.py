"""Disputes and alerts in depth: time to closing, themes, outcomes, advice (E4-E6)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from irostats.calendar import add_working_days, as_dates
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.challenge_matters import LIMIT
from irostats.service import usable_closing
from irostats.service.wordings import ALERT_THEMES, DISPUTE_THEMES, OUTCOMES, parts

ALERTS_CLOSED = "challenge.alerts_closed"
ALERTS_IN_TIME = "challenge.alerts_in_time_percent"
REFERRALS = {"challenge.cafcass": "cafcass", "challenge.legal_advice": "legal_advice"}


def disputes_closed(derived: Derived, make: Section, closed: pd.DataFrame) -> Iterator[Figure]:
    """How long disputes closed in the year had taken: ``opened`` and ``closed`` by dispute."""
    times = _times(derived, closed["opened"], closed["closed"])
    yield from make.counts("challenge.closed", "time", times)
    within = int(times.eq("within").sum())
    yield make.ratio("challenge.closed_in_time_percent", within, len(closed))


def disputes_open(derived: Derived, make: Section, still: pd.DataFrame) -> Iterator[Figure]:
    """How long disputes open on 31 March have been so."""
    last = pd.Series(pd.Timestamp(make.year.last_day), still.index, dtype="datetime64[us]")
    yield from make.counts("challenge.open", "time", _times(derived, still["opened"], last))


def _times(
    derived: Derived, opened: pd.Series[pd.Timestamp], until: pd.Series[pd.Timestamp]
) -> pd.Series[str]:
    """Whether each day of ``until`` is on or before the last working day of the limit."""
    extra = derived.records.authority.rules.extra_holidays
    found = [
        "later" if _late(start, end, extra) else "within"
        for start, end in zip(as_dates(opened), as_dates(until), strict=True)
    ]
    return pd.Series(found, index=opened.index, dtype="string")


def _late(start: date | None, end: date | None, extra: tuple[date, ...]) -> bool:
    if start is None or end is None:
        return False
    return end > add_working_days(start, LIMIT, extra=extra)


def dispute_themes(make: Section, reached: pd.DataFrame, active: pd.Index[str]) -> Iterator[Figure]:
    """Active disputes by theme; of a dispute that says nothing the theme is not recorded."""
    themes = parts(reached, DISPUTE_THEMES)
    yield from _by_theme(make, "challenge.active", themes, reached["id"], active)


def alert_themes(make: Section, raised: pd.DataFrame) -> Iterator[Figure]:
    """Alerts raised in the year by category."""
    themes = parts(raised, ALERT_THEMES)
    yield from _by_theme(make, "challenge.alerts", themes, raised["id"], pd.Index(raised["id"]))


def _by_theme(
    make: Section, name: str, themes: pd.Series[str], ids: pd.Series[str], all_ids: pd.Index[str]
) -> Iterator[Figure]:
    """Each matter once in each of its themes, in none that is not recorded if it has another."""
    pairs = pd.DataFrame({"id": ids.reindex(themes.index), "theme": themes}).drop_duplicates()
    said = pairs[pairs["theme"] != "not_recorded"]
    silent = all_ids.difference(pd.Index(said["id"]))
    keys = [*said["theme"], *(["not_recorded"] * len(silent))]
    yield from make.counts(name, "theme", pd.Series(keys, dtype="string"))


def outcomes(make: Section, rows: pd.DataFrame, closed: pd.Index[str]) -> Iterator[Figure]:
    """Disputes closed in the year by the outcome given with the highest stage that has one."""
    read = rows.assign(read=parts(rows, OUTCOMES))
    given = read[read["read"] != "not_recorded"].sort_values("stage", kind="stable")
    last = given.groupby("id")["read"].last().reindex(closed).fillna("not_recorded")
    yield from make.counts("challenge.closed", "outcome", last.astype("string"))


def alerts_closed(derived: Derived, make: Section) -> Iterator[Figure]:
    """Alerts closed in the year, and how many of them in time."""
    rows = derived.records.service.tables["alerts"]
    table = rows.assign(closed=usable_closing(rows, "raised"))
    own = table[table["YEAR"] == make.year.end]
    if len(own) and own["closed"].isna().all():
        yield from make.all_missing([ALERTS_CLOSED, ALERTS_IN_TIME], Status.NOT_RECORDED)
        return
    first, last = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    closed = table[table["closed"].between(first, last)]
    times = _times(derived, closed["raised"], closed["closed"])
    yield make.value(ALERTS_CLOSED, len(closed))
    yield from make.counts(ALERTS_CLOSED, "time", times)
    yield make.ratio(ALERTS_IN_TIME, int(times.eq("within").sum()), len(closed))


def referrals(derived: Derived, make: Section) -> Iterator[Figure]:
    """Cases referred to Cafcass, and independent legal advice; none is said as 0."""
    if not derived.records.service_kept("referrals", make.year):
        missing = derived.records.service_missing("referrals", make.year)
        yield from make.all_missing(REFERRALS, missing)
        return
    rows = derived.records.service_rows("referrals", make.year)
    first, last = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    made = rows[rows["date"].between(first, last)]
    for name, kind in REFERRALS.items():
        yield make.value(name, int(made["type"].eq(kind).sum()))
