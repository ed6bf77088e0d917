"""Checks of the stacked return that tell which figures may move; they change nothing.

A light selection of DfE's own checks, whose numbers are in the messages: those that touch what
this report prints, not a second validator. Episodes are repaired elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from irostats.calendar import ReportingYear
from irostats.issues import Issue, Severity, per_file
from irostats.ssda903 import checks_episodes, checks_reviews
from irostats.ssda903.checking import of_year
from irostats.ssda903.model import Return
from irostats.ssda903.schema import ESSENTIAL, TABLES

CHECKS = (*checks_reviews.checks.all, *checks_episodes.checks.all)


def _missing(returned: Return, key: str, year: ReportingYear) -> Issue | None:
    """The issue that a table of the year was not sent, with the years that were."""
    sent = {end for file in returned.files if key in file.table.split(",") for end in file.years}
    if year.end in sent:
        return None
    label = TABLES[key].label
    others = ", ".join(str(ReportingYear(end)) for end in sorted(sent))
    return Issue(
        Severity.ERROR,
        "table-missing",
        f"There is no {label} table for {year}." + (f" There is one for {others}." if sent else ""),
        table=key,
        figures=TABLES[key].figures,
        next_step=f"Export {label} for {year} and put it beside the others.",
    )


def _tables_there(returned: Return, year: ReportingYear) -> Iterator[Issue]:
    """Tables of the year without which nothing can be counted."""
    for key in ESSENTIAL:
        if missing := _missing(returned, key, year):
            yield missing
        elif of_year(returned.tables[key], year).empty:
            yield Issue(
                Severity.WARNING,
                "table-empty",
                f"The {TABLES[key].label} table for {year} holds no row that can be used.",
                table=key,
                figures=TABLES[key].figures,
                next_step="Check that the export holds the year's children.",
            )


def check(returned: Return, *, year: ReportingYear) -> tuple[Issue, ...]:
    """Look at stacked tables before figures are made of them.

    Args:
        returned: As ``stack`` gives it.
        year: The year that is reported.

    Returns:
        One issue for each check and file that has rows, with their lines.
    """
    found = list(_tables_there(returned, year))
    for one in CHECKS:
        rows = one.find(returned.tables, year)
        found += per_file(
            rows,
            severity=one.severity,
            rule=one.rule,
            message=one.message,
            table=one.table,
            figures=one.figures,
            next_step=one.next_step,
        )
    return tuple(found)
