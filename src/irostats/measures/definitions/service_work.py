"""What is measured of the service's work, team and money: definitions, breakdowns."""

from __future__ import annotations

from irostats import handbook
from irostats.registry import Breakdown, Direction, Measure, Stand, Term, Unit

IN_YEAR = "From 1 April to 31 March"
SMALLEST_TEAM = 10
"""IROs of whom a characteristic must be recorded before the team is divided by it."""

TYPE = Breakdown(
    "type",
    "Conference",
    {"icpc": "Initial child protection conferences", "rcpc": "Review conferences"},
)
IN_TIME = Breakdown(
    "in_time",
    "Held in time",
    {"yes": "In time", "no": "Late", "not_recorded": "Not recorded"},
)
CONTINUITY = Breakdown(
    "continuity",
    "IRO in the year",
    {
        "same": "The same IRO all year",
        "changed": "More than one IRO",
        "not_recorded": "Not recorded for the whole year",
    },
    protect=True,
)
OCCASION = Breakdown("occasion", "Occasion", {"supervision": "Supervision", "training": "Training"})
SEX = Breakdown(
    "sex",
    "Sex",
    {"female": "Female", "male": "Male", "not_recorded": "Not recorded"},
    protect=True,
)
ETHNIC_GROUP = Breakdown(
    "ethnic_group",
    "Ethnic group",
    {
        "white": "White",
        "mixed": "Mixed or Multiple ethnic groups",
        "asian": "Asian or Asian British",
        "black": "Black, African, Caribbean or Black British",
        "other": "Other ethnic group",
        "not_recorded": "Not recorded",
    },
    protect=True,
)
TEAM = (SEX, ETHNIC_GROUP)
TEAM_RULE = (
    "Divided by sex and by ethnic group as the staff table records them (each person once, by the "
    "first of the person's rows in effect that says it; refused or not obtained, and words that "
    "cannot be read, are not recorded). Where fewer than "
    f"{SMALLEST_TEAM} of them have it recorded, every category is c, for all readers, so that no "
    "one can be identified; where none has, not recorded; where no one is in post, 0."
)
CONTINUOUS = (
    "Children looked after at the end of 31 March in a period of care that began on or before "
    "1 April of the year, without a day of a series of short breaks in the year (one left open in "
    "an earlier return and not sent again has lapsed)"
)
HOW_CONTINUOUS = (
    "From the year's own iro_allocation: a row counts if it is in force on a day of the year "
    "(first day, else day of allocation, else from before the year; last day, else still in "
    "force)."
)
TERMS = (
    Term("Children looked after all year", CONTINUOUS),
    Term("the IRO in the year", HOW_CONTINUOUS),
    Term("sex and ethnic group", TEAM_RULE),
)
HELD_TYPES = (
    "Not recorded where conferences were held and none of them has it; not applicable where none "
    "was held."
)

WORK = (
    Measure(
        "service.conferences",
        "Child protection conferences chaired",
        "Rows of the year's own conferences table dated from 1 April to 31 March.",
        cohort=IN_YEAR,
        source="conferences",
        item="D5",
        breakdowns=(TYPE, IN_TIME),
    ),
    Measure(
        "service.conferences_in_time_percent",
        "Conferences held in time",
        "Conferences recorded as held within their time limit as a percentage of those for which "
        "yes or no is recorded, all and by type. " + HELD_TYPES,
        Unit.PERCENT,
        numerator="Conferences recorded as held in time",
        denominator="Conferences for which yes or no is recorded",
        cohort=IN_YEAR,
        source="conferences",
        item="D5",
        direction=Direction.HIGHER,
        breakdowns=(TYPE,),
        traps="Initial conferences have 15 working days, review conferences three and then six "
        "months: different clocks.",
    ),
    Measure(
        "service.all_year",
        "Children looked after all year",
        f"{CONTINUOUS}, by whether they had the same IRO all year. {HOW_CONTINUOUS} More than one "
        "IRO: such rows of the child name two or more. The same: they name one, and together "
        "they cover every day from 1 April to 31 March. Otherwise not recorded for the whole "
        "year.",
        cohort=CONTINUOUS,
        source="iro_allocation, Episodes",
        item="D6",
        breakdowns=(CONTINUITY,),
        protect=True,
    ),
    Measure(
        "service.same_iro_percent",
        "Children who had the same IRO all year",
        "Children looked after all year who had the same IRO as a percentage of those who had "
        "the same or more than one. Not recorded where there are such children and none of them "
        "is either; not applicable where there are none.",
        Unit.PERCENT,
        numerator="Children looked after all year with the same IRO all year",
        denominator="Those with the same IRO or with more than one",
        cohort=CONTINUOUS,
        source="iro_allocation, Episodes",
        item="D6",
        handbook=handbook.SERVICE,
        direction=Direction.HIGHER,
        protect=True,
        traps="Children who came or left in the year are not counted.",
    ),
    Measure(
        "service.iro_changes_per_child",
        "Changes of IRO per child",
        f"Changes of IRO in the year of the same children, per child. {HOW_CONTINUOUS} In the "
        "order of their first day, then of their last, then of the file, each row that names "
        "another IRO than the row before is a change. Missing as the percentage.",
        Unit.MEAN,
        numerator="Changes of IRO of children looked after all year",
        denominator="Those with the same IRO or with more than one",
        cohort=CONTINUOUS,
        source="iro_allocation, Episodes",
        item="D6",
        handbook=handbook.SERVICE,
        direction=Direction.LOWER,
        protect=True,
    ),
    Measure(
        "service.budget",
        "Budget",
        "The service's budget for the year: the row of the budget table that names the year; of "
        "several the last in the latest year's file. Any year in use may give it. Not recorded "
        "where none does.",
        Unit.POUNDS,
        cohort=IN_YEAR,
        source="budget",
        item="D8",
        handbook=handbook.RESOURCES,
    ),
    Measure(
        "service.cost_per_review",
        "Budget per review held",
        "The service's budget for the year divided by reviews held in it.",
        Unit.POUNDS,
        numerator="Budget, in pounds",
        denominator="Reviews held",
        cohort=IN_YEAR,
        source="budget, Reviews, Episodes",
        item="D8",
        handbook=handbook.RESOURCES,
        traps="The budget also pays for visits, checks between reviews and conferences: this is "
        "not what a review costs by itself.",
    ),
    Measure(
        "service.supervision",
        "Supervision and training",
        "Rows of the year's own supervision table dated from 1 April to 31 March: one for each "
        "IRO and occasion, whether or not the IRO is still in post.",
        cohort=IN_YEAR,
        source="supervision",
        item="D9",
        breakdowns=(OCCASION,),
    ),
    Measure(
        "service.supervision_per_iro",
        "Occasions per IRO in post",
        "Supervision and training in the year of IROs in post on 31 March, all and by occasion, "
        "divided by IROs in post on 31 March (people, each counted once).",
        Unit.MEAN,
        numerator="Rows of the supervision table, in the year, of IROs in post on 31 March",
        denominator="IROs in post on 31 March",
        cohort="IROs in post on 31 March",
        source="supervision, iro_staff",
        item="D9",
        breakdowns=(OCCASION,),
    ),
    Measure(
        "service.without_supervision",
        "IROs in post without supervision",
        "IROs in post on 31 March for whom the year's supervision table has no supervision dated "
        "from 1 April to 31 March.",
        cohort="IROs in post on 31 March",
        source="supervision, iro_staff",
        stand=Stand.STOCK,
        item="D9",
        direction=Direction.LOWER,
        traps="An IRO who came late in the year has had less time for it.",
    ),
    Measure(
        "service.without_training",
        "IROs in post without training",
        "IROs in post on 31 March for whom the year's supervision table has no training dated "
        "from 1 April to 31 March.",
        cohort="IROs in post on 31 March",
        source="supervision, iro_staff",
        stand=Stand.STOCK,
        item="D9",
        direction=Direction.LOWER,
        traps="An IRO who came late in the year has had less time for it.",
    ),
)
