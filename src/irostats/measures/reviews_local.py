"""Reviews in the service's own table: teams, reasons, methods, cancelled ones (B5, B10-B12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.measures.definitions.reviews_breakdowns import METHOD, NOT_RECORDED, REASON
from irostats.measures.reviews_splits import teams
from irostats.service.wordings import LATE_REASONS, parts

TABLE = "reviews_local"
ALONE = ("reviews.cancelled", "reviews.adjourned")
METHOD_PERCENT = "reviews.method_percent"


def team_of_each(derived: Derived, rows: pd.DataFrame, make: Section) -> pd.Series[str] | Status:
    """The team of each review held, or why none is known."""
    for table in (TABLE, "iro_staff"):
        if not derived.records.service_kept(table, make.year):
            return derived.records.service_missing(table, make.year)
    return teams(rows, derived.records.service.tables["iro_staff"], make.year.end)


def compute(derived: Derived, make: Section, rows: pd.DataFrame) -> Iterator[Figure]:
    """Figures of one year that need the service's table.

    Args:
        derived: Whose.
        make: Maker of the year's figures.
        rows: ``described`` reviews held in the year.
    """
    records = derived.records
    if not records.service_kept(TABLE, make.year):
        status = records.service_missing(TABLE, make.year)
        yield from make.all_missing((*ALONE, "reviews.service_due_dates"), status)
        yield from _missing(make, METHOD_PERCENT, METHOD.name, METHOD.categories, status)
        yield from _missing(make, "reviews.held", METHOD.name, METHOD.categories, status)
        yield from _missing(make, "reviews.late", REASON.name, REASON.categories, status)
        return
    yield from _methods(make, rows)
    late = rows[rows["judgement"] == "late"]
    yield from make.counts("reviews.late", REASON.name, parts(late, LATE_REASONS))
    yield from _not_held(make, records.service.tables[TABLE])
    judged = rows["due_date"].notna() & (records.authority.rules.due_dates == "service")
    yield make.value("reviews.service_due_dates", int(judged.sum()))


def without_reviews(derived: Derived, make: Section) -> Iterator[Figure]:
    """Figures of a year whose reviews are not all in use: those of the service's table alone."""
    others = [name for name in make.names if name not in (*ALONE, METHOD_PERCENT)]
    yield from make.all_missing(others, Status.NOT_AVAILABLE)
    yield from _missing(make, METHOD_PERCENT, METHOD.name, METHOD.categories, Status.NOT_AVAILABLE)
    records = derived.records
    if records.service_kept(TABLE, make.year):
        yield from _not_held(make, records.service.tables[TABLE])
    else:
        yield from make.all_missing(ALONE, records.service_missing(TABLE, make.year))


def _missing(
    make: Section, name: str, breakdown: str, keys: Mapping[str, str], status: Status
) -> Iterator[Figure]:
    for key in keys:
        yield make.missing(name, status, breakdown=breakdown, category=key)


def _methods(make: Section, rows: pd.DataFrame) -> Iterator[Figure]:
    counts = list(make.counts("reviews.held", METHOD.name, rows["method"].fillna(NOT_RECORDED)))
    yield from counts
    for figure in counts:
        yield make.ratio(
            METHOD_PERCENT,
            figure.value,
            len(rows),
            breakdown=METHOD.name,
            category=figure.category,
        )


def _not_held(make: Section, table: pd.DataFrame) -> Iterator[Figure]:
    """Cancelled and adjourned rows that fell in the year, each once."""
    rows = table[~table["type"].eq("short_break").fillna(value=False)]
    rows = rows.drop_duplicates(["child_id", "due_date", "review_date", "status"], keep="last")
    day = rows["review_date"].fillna(rows["due_date"])
    first, last = pd.Timestamp(make.year.first_day), pd.Timestamp(make.year.last_day)
    fell = day.between(first, last).mask(day.isna(), rows["YEAR"] == make.year.end)
    for name in ALONE:
        status = name.removeprefix("reviews.")
        yield make.value(name, int((fell & rows["status"].eq(status).fillna(value=False)).sum()))
