"""Days of closing that cannot be: before the alert was raised, or the dispute opened."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from irostats.issues import Issue, Severity, per_file

LOGS = {
    "alerts": ("raised", "challenge.alerts_closed"),
    "disputes": ("opened", "challenge.closed"),
}
"""Logs with a day of closing, the column that it follows, and the figure that it moves."""


def usable_closing(rows: pd.DataFrame, begun: str) -> pd.Series[pd.Timestamp]:
    """``closed``, blank where it lies before ``begun``, which cannot be."""
    return rows["closed"].mask(rows["closed"] < rows[begun])


def closed_too_early(tables: Mapping[str, pd.DataFrame]) -> list[Issue]:
    """A warning for each file with rows that were closed before they began."""
    return [
        issue
        for table, (begun, figure) in LOGS.items()
        for issue in per_file(
            tables[table][tables[table]["closed"] < tables[table][begun]],
            severity=Severity.WARNING,
            rule="closed-too-early",
            table=table,
            message=f"{{rows}} with closed before {begun}; counted as not closed.",
            figures=(figure,),
            next_step="Correct one of the two dates.",
        )
    ]
