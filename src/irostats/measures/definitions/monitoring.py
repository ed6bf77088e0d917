"""What is measured between reviews and of their quality: definitions, breakdowns, sums."""

from __future__ import annotations

from collections.abc import Iterator

from irostats import handbook
from irostats.measures.definitions import monitoring_steps as steps
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Stand, Sum, Term, Unit

SECTION = "monitoring"
INTERVAL_MONTHS = 3
"""Calendar months from which an interval between reviews is long enough for a check half-way."""

PLAN = Breakdown(
    "plan",
    "Plan",
    {
        "care": "Care plan",
        "pathway": "Pathway plan",
        "pep": "Personal education plan",
        "health": "Health plan",
    },
)
GRADE = Breakdown(
    "grade",
    "Grade",
    {
        "outstanding": "Outstanding",
        "good": "Good",
        "requires_improvement": "Requires improvement",
        "inadequate": "Inadequate",
        "not_recorded": "Not recorded",
    },
)
TYPE = Breakdown(
    "type",
    "What was audited",
    {
        "review_record": "Records of reviews",
        "observation": "Reviews observed",
        "case_file": "Case files",
        "care_plan": "Care plans",
        "other": "Other",
        "not_recorded": "Not recorded",
    },
)

INTERVALS = (
    "Intervals from one review of a child to the next of the same period of care, the later one "
    "held from 1 April to 31 March three calendar months or more after the earlier one (a month "
    "without that day counts to its end); both reviews are in the returns given, and checks count "
    "by their date, whichever year's table holds them"
)
NEEDS_YEAR_BEFORE = (
    " Not assessable unless the reviews and the checks of the year before are given too, because "
    "intervals begin in that year."
)
SHORT_INTERVALS = (
    "100% is neither possible nor appropriate: some reviews follow each other too closely for a "
    "check between them."
)
TERMS = (Term("the year before", NEEDS_YEAR_BEFORE), *steps.TERMS)
PLANS = (
    "Rows of the year's own plans whose review_date lies from 1 April to 31 March; a row sent "
    "twice counts once"
)
AUDITS = "Rows of the year's own audits dated from 1 April to 31 March"
CHOSEN = (
    "Audits are chosen, not drawn at random: their grades do not say how all reviews were done."
)


def _midpoint() -> Iterator[Measure]:
    yield Measure(
        "monitoring.midpoint_due",
        "Mid-point checks due",
        "Intervals of three calendar months or more between two reviews, in the year in which "
        "they ended." + NEEDS_YEAR_BEFORE,
        cohort=INTERVALS,
        source="midpoint, Reviews, Episodes",
        item="F1",
    )
    yield Measure(
        "monitoring.midpoint_done",
        "Mid-point checks done of those due",
        "Of these intervals, those with at least one check of the child after the day of the "
        "earlier review and before the day of the later one." + NEEDS_YEAR_BEFORE,
        cohort=INTERVALS,
        source="midpoint, Reviews, Episodes",
        item="F1",
        direction=Direction.HIGHER,
    )
    yield Measure(
        "monitoring.midpoint_percent",
        "Mid-point checks done, per check due",
        "Intervals between reviews with a mid-point check as a percentage of the intervals of "
        "three calendar months or more that ended in the year." + NEEDS_YEAR_BEFORE,
        Unit.PERCENT,
        numerator="Mid-point checks done of those due",
        denominator="Mid-point checks due",
        cohort=INTERVALS,
        source="midpoint, Reviews, Episodes",
        item="F1",
        direction=Direction.HIGHER,
        traps=SHORT_INTERVALS,
    )
    yield Measure(
        "monitoring.midpoint_children",
        "Children with a mid-point check in the year",
        "Children looked after on 31 March with at least one check dated from 1 April to that day, "
        "whichever year's table holds it.",
        cohort="Children looked after on 31 March",
        source="midpoint, Episodes",
        stand=Stand.STOCK,
        item="F1",
        direction=Direction.HIGHER,
        protect=True,
    )
    yield Measure(
        "monitoring.midpoint_children_percent",
        "Mid-point checks, per child",
        "Children looked after on 31 March with at least one mid-point check in the year, as a "
        "percentage of all children looked after on that day.",
        Unit.PERCENT,
        numerator="Children with a mid-point check in the year",
        denominator="Children looked after on 31 March",
        cohort="Children looked after on 31 March",
        source="midpoint, Episodes",
        stand=Stand.STOCK,
        item="F1",
        direction=Direction.HIGHER,
        traps=SHORT_INTERVALS + " Children who came into care late in the year count as well.",
        protect=True,
    )


def _plans() -> Iterator[Measure]:
    yield Measure(
        "monitoring.plans",
        "Plans looked at in reviews",
        "Rows of the year in the service's table of plans, one for each review and plan.",
        cohort=PLANS,
        source="plans",
        item="F2",
        breakdowns=(PLAN,),
    )
    for key, label, value in (
        ("up_to_date", "Plans up to date", "up_to_date is yes"),
        ("out_of_date", "Plans not up to date", "up_to_date is no"),
        ("not_recorded", "Plans: not recorded whether up to date", "up_to_date is blank"),
    ):
        yield Measure(
            f"monitoring.plans_{key}",
            label,
            f"Of the plans looked at in reviews, those where {value}.",
            cohort=PLANS,
            source="plans",
            item="F2",
            breakdowns=(PLAN,),
        )
    yield Measure(
        "monitoring.plans_percent",
        "Plans up to date at review",
        "Plans that were up to date as a percentage of those of which it was recorded. Not "
        "recorded where there are plans and of none of them it was.",
        Unit.PERCENT,
        numerator="Plans up to date",
        denominator="Plans up to date or not up to date",
        cohort=PLANS,
        source="plans",
        item="F2",
        direction=Direction.HIGHER,
        breakdowns=(PLAN,),
    )


MEASURES = (
    *_midpoint(),
    *_plans(),
    *steps.MEASURES,
    Measure(
        "monitoring.audits",
        "Audits",
        "Quality-assurance audits of reviews and of IROs' work in the year. By what was audited, "
        "words are compared whatever their capitals, spaces and hyphens: review record, "
        "observation, case file and care plan, with or without an s at the end; other words are "
        "counted as other.",
        cohort=AUDITS,
        source="audits",
        item="F3",
        handbook=handbook.AUDITS,
        breakdowns=(GRADE, TYPE),
        traps=CHOSEN,
    ),
)


_PARTS = ("plans_up_to_date", "plans_out_of_date", "plans_not_recorded")
RELATIONS = (
    *steps.RELATIONS,
    *(
        Sum(
            ("monitoring.plans", breakdown, key),
            tuple((f"monitoring.{part}", breakdown, key) for part in _PARTS),
        )
        for breakdown, key in ((TOTAL, TOTAL), *((PLAN.name, key) for key in PLAN.categories))
    ),
)
