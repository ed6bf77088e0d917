"""What is measured of children looked after: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats.registry import TOTAL, Breakdown, Measure, Stand, Sum, Unit

SECTION = "profile"
P31 = "Children looked after on 31 March, not counting series of short breaks (V3, V4)"

MONTHS = {
    name.lower(): name
    for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
}
NOT_KNOWN = "not_known"

SEX = Breakdown(
    "sex",
    "Sex",
    {"female": "Female", "male": "Male", NOT_KNOWN: "Not known"},
    protect=True,
)
AGE = Breakdown(
    "age",
    "Age on 31 March",
    {
        "under_1": "Under 1",
        "1_to_4": "1 to 4",
        "5_to_9": "5 to 9",
        "10_to_15": "10 to 15",
        "16_and_over": "16 and over",
        NOT_KNOWN: "Not known",
    },
    protect=True,
)
ETHNICITY = Breakdown(
    "ethnicity",
    "Ethnic group",
    {
        "white_british": "White British",
        "white_other": "White, other than British",
        "mixed": "Mixed or Multiple ethnic groups",
        "asian": "Asian or Asian British",
        "black": "Black, African, Caribbean or Black British",
        "other": "Other ethnic group",
        NOT_KNOWN: "Refused or not yet known",
    },
    protect=True,
)
ETHNIC_GROUP = Breakdown(
    "ethnic_group",
    "Ethnic group, as DfE publishes it",
    {
        "white": "White",
        "mixed": "Mixed or Multiple ethnic groups",
        "asian": "Asian or Asian British",
        "black": "Black, African, Caribbean or Black British",
        "other": "Other ethnic group",
        NOT_KNOWN: "Refused or not yet known",
    },
    protect=True,
)
ETHNIC_MINORITY = Breakdown(
    "ethnic_minority",
    "Ethnic group, in short",
    {
        "white_british": "White British",
        "minority": "Black, Asian, Mixed and other minority ethnic groups",
        "remaining": "White, other than British, or not known",
    },
    protect=True,
)
UASC = Breakdown(
    "uasc",
    "Unaccompanied asylum-seeking children",
    {"uasc": "Unaccompanied asylum-seeking children", "other": "All other children"},
    protect=True,
)
LEGAL_STATUS = Breakdown(
    "legal_status",
    "Legal status",
    {
        "full_care_order": "Full care order",
        "interim_care_order": "Interim care order",
        "placement_order": "Placement order granted",
        "section_20": "Voluntary agreement under section 20",
        "child_protection": "Detained for child protection",
        "youth_justice": "Youth justice",
        "freeing_order": "Freeing order (historic)",
        NOT_KNOWN: "Not known",
    },
    protect=True,
)
NEED = Breakdown(
    "need",
    "Category of need",
    {
        "n1": "Abuse or neglect",
        "n2": "Child's disability",
        "n3": "Parental illness or disability",
        "n4": "Family in acute stress",
        "n5": "Family dysfunction",
        "n6": "Socially unacceptable behaviour",
        "n7": "Low income",
        "n8": "Absent parenting",
        NOT_KNOWN: "Not known",
    },
    protect=True,
)
MONTH = Breakdown("month", "Month", MONTHS, protect=True)
QUARTER = Breakdown(
    "quarter",
    "Quarter",
    {
        "q1": "April to June",
        "q2": "July to September",
        "q3": "October to December",
        "q4": "January to March",
    },
    protect=True,
)
CHARACTERISTICS = (
    SEX,
    AGE,
    ETHNICITY,
    ETHNIC_GROUP,
    ETHNIC_MINORITY,
    UASC,
    LEGAL_STATUS,
    NEED,
)

MEASURES = (
    Measure(
        "profile.looked_after",
        "Looked after on 31 March",
        "Children with an episode open at the end of 31 March. A child who left on 31 March is "
        "not counted. Each child counts once. Sex, date of birth and ethnicity are what the last "
        "Header in use says that does not leave them blank; an age before birth is not known. By "
        "whether unaccompanied: children of the year's own UASC table without a DUC, or with one "
        "after 31 March; not available, these categories alone, if the year's return has no UASC "
        "table.",
        cohort=P31,
        source="Episodes, Header, UASC",
        stand=Stand.STOCK,
        item="A1",
        breakdowns=CHARACTERISTICS,
        protect=True,
        traps="A snapshot of one day; later corrections to the return change earlier years.",
    ),
    Measure(
        "profile.looked_after_percent",
        "Share of children looked after",
        "Children of the category as a percentage of all children looked after on 31 March. By "
        "whether unaccompanied, not available where the number is not.",
        Unit.PERCENT,
        numerator="Children of the category",
        denominator="All children looked after on 31 March",
        cohort=P31,
        source="Episodes, Header, UASC",
        stand=Stand.STOCK,
        item="A4",
        breakdowns=CHARACTERISTICS,
    ),
    Measure(
        "profile.looked_after_change",
        "Change in number looked after",
        "Number looked after on 31 March less the number a year before, as the returns in use "
        "now give both; not assessable if the year before is not in use.",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A3",
    ),
    Measure(
        "profile.looked_after_change_percent",
        "Change in number looked after, per cent",
        "The change as a percentage of the number a year before; not assessable if that year is "
        "not in use.",
        Unit.PERCENT,
        numerator="Change in the number looked after",
        denominator="Number looked after a year before",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A3",
        traps="A percentage of a small number swings widely.",
    ),
    Measure(
        "profile.rate",
        "Rate per 10,000 children",
        "Children looked after on 31 March for every 10,000 children aged 0 to 17 who live in "
        "the area, with the population estimate that the authority gives; not available if it "
        "gives none for the year.",
        Unit.RATE,
        numerator="Children looked after on 31 March",
        denominator="Children aged 0 to 17 living in the area",
        cohort=P31,
        source="Episodes, population.csv",
        stand=Stand.STOCK,
        protect=True,
        item="A2",
        traps="Population estimates are revised; a rate is comparable only with the same estimate.",
    ),
    Measure(
        "profile.in_year",
        "Looked after at any time in the year",
        "Children with at least one day looked after between 1 April and 31 March, not counting "
        "series of short breaks.",
        source="Episodes",
        item="A1",
        protect=True,
    ),
    Measure(
        "profile.short_breaks",
        "Children in a series of short breaks",
        "Children with at least one day of an episode under legal status V3 or V4 in the year, "
        "each once. An episode without an end counts up to 31 March of the year of the last "
        "return that sent it. They are not counted among the children looked after unless they "
        "also had other episodes.",
        cohort="Children with a V3 or V4 episode from 1 April to 31 March",
        source="Episodes",
        item="A19",
        protect=True,
        traps="They have an IRO too, but a review clock of their own, so none of their reviews is "
        "counted in this report.",
    ),
    Measure(
        "profile.periods_started",
        "Periods of care begun",
        "Periods of being looked after that began in the year. A child may begin more than one.",
        source="Episodes",
        item="A10",
        breakdowns=(MONTH, QUARTER),
        protect=True,
    ),
    Measure(
        "profile.children_started",
        "Children who started to be looked after",
        "Children who began at least one period of care in the year, each counted once, as DfE "
        "counts them.",
        source="Episodes",
        item="A10",
        protect=True,
    ),
    Measure(
        "profile.periods_ended",
        "Periods of care ended",
        "Periods of being looked after that ended in the year.",
        source="Episodes",
        item="A10",
        breakdowns=(MONTH, QUARTER),
        protect=True,
    ),
    Measure(
        "profile.children_ceased",
        "Children who ceased to be looked after",
        "Children who ended at least one period of care in the year, each counted once, as DfE "
        "counts them.",
        source="Episodes",
        item="A10",
        protect=True,
    ),
    Measure(
        "profile.periods_open_before",
        "Periods open at the start of the year",
        "Periods of care that were open at the end of 31 March before the year.",
        source="Episodes",
        item="A10",
        protect=True,
    ),
    Measure(
        "profile.periods_in_year",
        "Periods of care in the year",
        "Periods open at the start of the year and those begun in it: each either ended in the "
        "year or was open at its end.",
        source="Episodes",
        item="A10",
        protect=True,
    ),
    Measure(
        "profile.periods_open",
        "Periods open at the end of the year",
        "Periods of care open at the end of 31 March: one for each child looked after.",
        source="Episodes",
        item="A10",
        protect=True,
    ),
)


def _quarters(measure: str) -> tuple[Sum, ...]:
    months = tuple(MONTHS)
    return tuple(
        Sum(
            (measure, QUARTER.name, quarter),
            tuple((measure, MONTH.name, month) for month in months[3 * n : 3 * n + 3]),
        )
        for n, quarter in enumerate(QUARTER.categories)
    )


RELATIONS = (
    *_quarters("profile.periods_started"),
    *_quarters("profile.periods_ended"),
    Sum(
        ("profile.periods_in_year", TOTAL, TOTAL),
        (("profile.periods_open_before", TOTAL, TOTAL), ("profile.periods_started", TOTAL, TOTAL)),
    ),
    Sum(
        ("profile.periods_in_year", TOTAL, TOTAL),
        (("profile.periods_ended", TOTAL, TOTAL), ("profile.periods_open", TOTAL, TOTAL)),
    ),
)
