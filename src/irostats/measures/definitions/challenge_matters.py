"""What is measured of disputes' time, themes and outcomes: definitions, breakdowns."""

from __future__ import annotations

from irostats import handbook
from irostats.registry import Breakdown, Direction, Measure, Term, Unit

IN_YEAR = "From 1 April to 31 March"
LIMIT = 20
"""Working days in which a dispute should be resolved in all (IRO Handbook, paragraph 6.2)."""
LIMIT_RULE = (
    f"Within {LIMIT} working days: on or before the {LIMIT}th working day after the day on which "
    "it was opened or raised, by the authority's calendar."
)
TOO_EARLY = "A day of closing before the day of opening or raising is taken as blank."

CLOSED_TIME = Breakdown(
    "time",
    "Time to closing",
    {"within": f"Within {LIMIT} working days", "later": f"After more than {LIMIT} working days"},
)
OPEN_TIME = Breakdown(
    "time",
    "Time open",
    {"within": f"For up to {LIMIT} working days", "later": f"For more than {LIMIT} working days"},
)
THEME = Breakdown(
    "theme",
    "Theme",
    {
        "plan": "Drift or delay in the plan",
        "placement": "Placement",
        "health": "Health or dental check",
        "education": "Education, personal education plan",
        "visits": "Social work visits",
        "pathway": "Pathway plan",
        "family_time": "Family time",
        "life_story": "Life-story work",
        "compliance": "Statutory compliance",
        "resources": "Resources",
        "other": "Other",
        "not_recorded": "Not recorded",
    },
    adds_up=False,
    protect=True,
)
OUTCOME = Breakdown(
    "outcome",
    "Outcome",
    {
        "agreed": "Agreed with the IRO",
        "plan_changed": "Plan changed",
        "resources_found": "Resources found",
        "no_change": "No change, reasons accepted",
        "withdrawn": "Withdrawn",
        "other": "Other",
        "not_recorded": "Not recorded",
    },
)
THEME_RULE = (
    "The text is parted at semicolons, and each part is read as a theme by a fixed list of "
    "wordings; a wording that is not in the list counts as other. Each theme is counted once, "
    "whatever the number of parts or rows that say it; not recorded if there is none."
)

NOT_WORSE = "More is not worse: a service that challenges well records more."
TERMS = (
    Term(f"{LIMIT} working days", LIMIT_RULE),
    Term("early days of closing", TOO_EARLY),
    Term("themes", THEME_RULE),
    Term("more is not worse", NOT_WORSE),
)

TIMES = (
    Measure(
        "challenge.closed_in_time_percent",
        f"Disputes closed within {LIMIT} working days",
        f"Disputes closed in the year within {LIMIT} working days of opening as a percentage of "
        f"disputes closed in the year. {LIMIT_RULE}",
        Unit.PERCENT,
        numerator=f"Disputes closed in the year within {LIMIT} working days of opening",
        denominator="Disputes closed in the year",
        cohort=IN_YEAR,
        source="disputes",
        item="E4",
        handbook=handbook.DISPUTES,
        direction=Direction.HIGHER,
        traps="Disputes still open are not in it: those open for longer are shown beside it.",
    ),
    Measure(
        "challenge.alerts_closed",
        "Alerts closed",
        "Alerts closed from 1 April to 31 March, whenever raised. Not recorded where alerts "
        f"stand in the year's own log and none of them has a day of closing. {LIMIT_RULE} "
        f"{TOO_EARLY}",
        cohort=IN_YEAR,
        source="alerts",
        item="E4",
        breakdowns=(CLOSED_TIME,),
    ),
    Measure(
        "challenge.alerts_in_time_percent",
        f"Alerts closed within {LIMIT} working days",
        f"Alerts closed in the year within {LIMIT} working days of being raised as a percentage "
        "of alerts closed in the year. Not recorded as alerts closed.",
        Unit.PERCENT,
        numerator=f"Alerts closed in the year within {LIMIT} working days of being raised",
        denominator="Alerts closed in the year",
        cohort=IN_YEAR,
        source="alerts",
        item="E4",
        direction=Direction.HIGHER,
    ),
)
ADVICE = (
    Measure(
        "challenge.cafcass",
        "Cases referred to Cafcass",
        "Rows of the year's own referrals table of type cafcass, dated from 1 April to 31 March.",
        cohort=IN_YEAR,
        source="referrals",
        item="E6",
        handbook=handbook.DISPUTES,
        traps="Usually none: an IRO refers a case when the local process cannot resolve it.",
    ),
    Measure(
        "challenge.legal_advice",
        "Independent legal advice sought",
        "Rows of the year's own referrals table of type legal_advice, dated from 1 April to 31 "
        "March.",
        cohort=IN_YEAR,
        source="referrals",
        item="E6",
        handbook=handbook.DISPUTES,
    ),
)
