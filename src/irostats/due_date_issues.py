"""What comparing the service's table of reviews with the return finds, by file and line."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from irostats.issues import Issue, Severity, per_file
from irostats.settings import Rules

TABLE = "reviews_local"
JUDGED = ("reviews.on_time", "reviews.late", "reviews.due_met")

_WHY: Mapping[str, tuple[Severity, str, tuple[str, ...], str]] = {
    "lacking": (
        Severity.WARNING,
        "{rows} with a review, on a day on which the child was looked after, that the return does "
        "not hold; not counted.",
        ("reviews", "participation"),
        "Send these reviews in the return, or correct their dates in the case system.",
    ),
    "elsewhere": (
        Severity.NOTE,
        "{rows} with a review on a day on which the child was not looked after, such as pathway "
        "reviews of care leavers; not counted.",
        (),
        "",
    ),
    "unknown": (
        Severity.NOTE,
        "{rows} of children whom the return does not know, or whose identifier is spelt "
        "otherwise; not counted.",
        ("reviews",),
        "If these children are in the return, write child_id as there.",
    ),
    "short_break": (
        Severity.NOTE,
        "{rows} with reviews of short breaks, which have their own clock; not counted.",
        (),
        "",
    ),
}
"""For each reason why a row of the service matches no review of the return."""


def unmatched(service: pd.DataFrame, returned: pd.DataFrame) -> list[Issue]:
    """Rows of either side without a match.

    Args:
        service: Rows of the service's table, with ``why``.
        returned: Reviews of the return, with their FILE and LINE there.
    """
    issues = [
        issue
        for why, (severity, message, figures, step) in _WHY.items()
        for issue in per_file(
            service[service["why"] == why],
            severity=severity,
            rule=f"local-review-{why.replace('_', '-')}",
            table=TABLE,
            message=message,
            figures=figures,
            next_step=step,
        )
    ]
    return issues + per_file(
        returned,
        severity=Severity.NOTE,
        rule="local-review-none",
        table="reviews",
        message="{rows} with a review that the service's reviews_local does not hold; judged by "
        "the due date that follows from the return, with no reason and no method recorded.",
        figures=("reviews.late", "reviews.method_percent"),
        next_step="Add these reviews to reviews_local, or correct their dates there.",
    )


def repeated(rows: pd.DataFrame) -> list[Issue]:
    """Rows of the same review that give different due dates, of which one counts."""
    dated = rows.dropna(subset=["due_date"])
    several = dated.groupby(["CHILD", "REVIEW"])["due_date"].transform("nunique") > 1
    return per_file(
        dated[several],
        severity=Severity.WARNING,
        rule="local-review-repeated",
        table=TABLE,
        message="{rows} of a child and day with more than one due date; the last row of the "
        "latest file counts, one held before one adjourned.",
        figures=JUDGED,
        next_step="Keep one row for each review held.",
    )


def differing(compared: pd.DataFrame, rules: Rules) -> list[Issue]:
    """Matched reviews whose due date, judgement or participation code differ.

    Args:
        compared: Matched reviews, with FILE_local and LINE_local, and what differs.
        rules: Whose due dates count.
    """
    rows = compared.drop(columns=["FILE", "LINE"]).rename(
        columns={"FILE_local": "FILE", "LINE_local": "LINE"}
    )
    ours = rules.due_dates == "service"
    counts = "the case system's counts" if ours else "the return's counts"
    other = rows["judged_differently"]
    moved = (rows["earlier"] | rows["later"]) & ~other
    return [
        *per_file(
            rows[other],
            severity=Severity.WARNING,
            rule="due-date-judges-otherwise",
            table=TABLE,
            message="{rows} with a due date by which the review is on time and by the return's "
            f"late, or the other way round; {counts}.",
            figures=JUDGED,
            next_step="Check these due dates; authority.toml, [rules] due_dates says which count.",
        ),
        *per_file(
            rows[moved],
            severity=Severity.NOTE,
            rule="due-date-differs",
            table=TABLE,
            message="{rows} with a due date other than the one that follows from the return, by "
            f"which the review is judged alike; {counts}.",
            figures=("reviews.due",),
        ),
        *per_file(
            rows[rows["coded_differently"]],
            severity=Severity.NOTE,
            rule="local-participation-differs",
            table=TABLE,
            message="{rows} with a participation code other than the return's, which counts.",
            figures=("participation",),
            next_step="Correct the code in the case system or in the return.",
        ),
    ]
