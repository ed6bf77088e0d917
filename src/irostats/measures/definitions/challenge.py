"""What is measured of challenge: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats import handbook
from irostats.measures.definitions.challenge_matters import (
    ADVICE,
    CLOSED_TIME,
    LIMIT_RULE,
    NOT_WORSE,
    OPEN_TIME,
    OUTCOME,
    TERMS,
    THEME,
    THEME_RULE,
    TIMES,
    TOO_EARLY,
)
from irostats.measures.definitions.reviews import QUARTER
from irostats.registry import TOTAL, Breakdown, Measure, Sum, Unit

__all__ = ["MEASURES", "RELATIONS", "SECTION", "TERMS"]

SECTION = "challenge"

STAGE = Breakdown(
    "stage",
    "Highest stage reached",
    {str(n): f"Stage {n}" for n in range(1, 6)},
)
MONTH_OF = "From 1 April to 31 March"
ONE_DISPUTE = (
    "Rows with the same id, of all years in use, are one dispute, opened on the first day that any "
    "of them gives and closed on the last."
)

MEASURES = (
    Measure(
        "challenge.alerts",
        "Alerts raised",
        "Informal challenges (alerts) that IROs raised in the year, also by category. "
        + THEME_RULE,
        cohort=MONTH_OF,
        source="alerts",
        item="E1, E5",
        handbook=handbook.DISPUTES,
        breakdowns=(QUARTER, THEME),
        traps=NOT_WORSE,
    ),
    Measure(
        "challenge.brought_forward",
        "Disputes brought forward",
        f"Formal disputes opened before 1 April and still open on that day. {ONE_DISPUTE}",
        cohort=MONTH_OF,
        source="disputes",
        item="E2",
        handbook=handbook.DISPUTES,
    ),
    Measure(
        "challenge.opened",
        "Disputes opened",
        "Formal disputes that IROs opened in the year.",
        cohort=MONTH_OF,
        source="disputes",
        item="E2",
        handbook=handbook.DISPUTES,
        traps=NOT_WORSE,
    ),
    Measure(
        "challenge.active",
        "Disputes active in the year",
        "Disputes brought forward and disputes opened. A stage without a day was reached when the "
        "dispute was opened; a dispute none of whose stages was reached by 31 March is at stage 1. "
        "Themes are those of all stages reached by 31 March. " + THEME_RULE,
        cohort=MONTH_OF,
        source="disputes",
        item="E2, E3, E5",
        handbook=handbook.DISPUTES,
        breakdowns=(STAGE, THEME),
        traps="A dispute is counted at the highest stage that it had reached by 31 March, and in "
        "each of its themes, which may add up to more than the disputes.",
    ),
    Measure(
        "challenge.closed",
        "Disputes closed",
        "Active disputes that were closed in the year. The outcome is that of the highest stage "
        "for which one is given, read by a fixed list of wordings; a wording that is not in the "
        f"list counts as other. {LIMIT_RULE} {TOO_EARLY}",
        cohort=MONTH_OF,
        source="disputes",
        item="E2, E4, E5",
        handbook=handbook.DISPUTES,
        breakdowns=(CLOSED_TIME, OUTCOME),
    ),
    Measure(
        "challenge.open",
        "Disputes open on 31 March",
        "Active disputes that were not closed by the end of 31 March. Open for more than 20 "
        "working days: the 20th working day after the day of opening lies before 31 March.",
        source="disputes",
        item="E2, E4",
        handbook=handbook.DISPUTES,
        breakdowns=(OPEN_TIME,),
    ),
    *TIMES,
    Measure(
        "challenge.alerts_per_100",
        "Alerts for every 100 children",
        "Alerts raised in the year for every 100 children looked after on 31 March.",
        Unit.RATE,
        numerator="Alerts raised",
        denominator="Children looked after on 31 March",
        source="alerts, Episodes",
        item="E7",
        traps=NOT_WORSE + " Not a performance target.",
    ),
    Measure(
        "challenge.disputes_per_100",
        "Disputes opened for every 100 children",
        "Disputes opened in the year for every 100 children looked after on 31 March.",
        Unit.RATE,
        numerator="Disputes opened",
        denominator="Children looked after on 31 March",
        source="disputes, Episodes",
        item="E7",
        traps=NOT_WORSE + " Not a performance target.",
    ),
    *ADVICE,
)

RELATIONS = (
    Sum(
        ("challenge.active", TOTAL, TOTAL),
        (("challenge.brought_forward", TOTAL, TOTAL), ("challenge.opened", TOTAL, TOTAL)),
    ),
    Sum(
        ("challenge.active", TOTAL, TOTAL),
        (("challenge.closed", TOTAL, TOTAL), ("challenge.open", TOTAL, TOTAL)),
    ),
)
