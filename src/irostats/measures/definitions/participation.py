"""What is measured of participation: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats import handbook
from irostats.measures.definitions import participation_local
from irostats.measures.definitions.profile import UASC
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Sum, Unit

SECTION = "participation"
TERMS = participation_local.TERMS
COUNTED = "Reviews held in the year of children aged 4 or over on the day, with a valid code"
TOOK_PART = (
    "The child spoke, an advocate or the IRO spoke for the child, or the child sent views "
    "(PN1, PN2, PN3, PN5, PN6)"
)

CODE = Breakdown(
    "code",
    "How the child took part",
    {
        "pn0": "PN0: under 4 on the day",
        "pn1": "PN1: attended and spoke",
        "pn2": "PN2: attended, someone spoke for the child",
        "pn3": "PN3: attended, gave views without words",
        "pn4": "PN4: attended, gave no views",
        "pn5": "PN5: absent, briefed someone to speak",
        "pn6": "PN6: absent, sent views",
        "pn7": "PN7: absent, no views sent",
        "not_recorded": "Not recorded, or a code that the age rules out",
    },
    protect=True,
)
AGE = Breakdown(
    "age",
    "Age at the review",
    {"4_to_9": "4 to 9", "10_to_15": "10 to 15", "16_and_over": "16 and over"},
    protect=True,
)
NEED = Breakdown(
    "need",
    "Need code",
    {"n2": "Need code N2, child's disability", "other": "All other need codes"},
    protect=True,
)
GROUPS = (AGE, UASC, NEED)

MEASURES = (
    Measure(
        "participation.counted",
        "Reviews at age 4 and over with a recorded code",
        "Reviews of children aged 4 or over on the day whose participation was recorded. Age "
        "decides, not the code: PN0 at age 4 or over is counted as not recorded, and a review at "
        "an unknown age is left out. The date of birth is that of the last Header that gives one, "
        "else of the review's row. Unaccompanied children are those of the year's own UASC table, "
        "not available without it; the need code is the first that the period of care has. Not "
        "available where reviews held are not.",
        cohort=COUNTED,
        source="Reviews, Header, Episodes, UASC",
        item="C1",
        breakdowns=GROUPS,
        protect=True,
    ),
    Measure(
        "participation.took_part",
        "Reviews in which the child took part",
        TOOK_PART + ".",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C1",
        handbook=handbook.PARTICIPATION,
        direction=Direction.HIGHER,
        breakdowns=GROUPS,
        traps="Attending without giving views (PN4) is not taking part.",
        protect=True,
    ),
    Measure(
        "participation.percent",
        "Took part, per review at age 4 and over",
        "Reviews in which the child took part as a percentage of reviews at age 4 and over with "
        "a recorded code.",
        Unit.PERCENT,
        numerator="Reviews in which the child took part",
        denominator="Reviews at age 4 and over with a recorded code",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C1",
        handbook=handbook.PARTICIPATION,
        direction=Direction.HIGHER,
        breakdowns=GROUPS,
        protect=True,
    ),
    Measure(
        "participation.attended",
        "Reviews that the child attended",
        "Reviews at age 4 and over that the child attended (PN1 to PN4).",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C2",
        protect=True,
    ),
    Measure(
        "participation.attended_percent",
        "Attended, per review at age 4 and over",
        "Reviews that the child attended as a percentage of reviews at age 4 and over with a "
        "recorded code.",
        Unit.PERCENT,
        numerator="Reviews that the child attended",
        denominator="Reviews at age 4 and over with a recorded code",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C2",
        traps="A child may take part without attending, and attend without taking part.",
        protect=True,
    ),
    Measure(
        "participation.took_part_all",
        "Reviews in which the child took part, at any age",
        "Reviews recorded with PN1, PN2, PN3, PN5 or PN6, whatever the child's age.",
        cohort="All reviews held in the year",
        source="Reviews",
        item="C1",
        protect=True,
    ),
    Measure(
        "participation.percent_of_all",
        "Took part, per review held at any age",
        "Reviews recorded with PN1, PN2, PN3, PN5 or PN6 as a percentage of all reviews held, "
        "with those of children under 4.",
        Unit.PERCENT,
        numerator="Reviews in which the child took part, at any age",
        denominator="Reviews held",
        cohort="All reviews held in the year",
        source="Reviews",
        item="C1",
        traps="Children under 4 are in the denominator; not comparable with the measure above.",
        protect=True,
    ),
    Measure(
        "participation.codes",
        "Reviews by participation code",
        "Reviews held in the year by the code recorded. Not recorded: blank, PN0 at age 4 or over, "
        "or another code at a younger age; at an unknown age the code stands.",
        cohort="All reviews held in the year",
        source="Reviews, Header",
        item="C3",
        breakdowns=(CODE,),
    ),
    Measure(
        "participation.children",
        "Children with a recorded review at age 4 and over",
        "Children with at least one review in the year at age 4 or over with a recorded code.",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C4",
        protect=True,
    ),
    Measure(
        "participation.children_any",
        "Children who took part in at least one review",
        "Children of this group who took part in at least one of their reviews in the year.",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C4a",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "participation.children_any_percent",
        "Took part in at least one review, per child",
        "Children who took part in at least one review as a percentage of children with a "
        "recorded review at age 4 and over.",
        Unit.PERCENT,
        numerator="Children who took part in at least one review",
        denominator="Children with a recorded review at age 4 and over",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C4a",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "participation.children_every",
        "Children who took part in every review",
        "Children of this group who took part in every one of their recorded reviews.",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C4b",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "participation.children_every_percent",
        "Took part in every review, per child",
        "Children who took part in every recorded review as a percentage of children with a "
        "recorded review at age 4 and over (as the former national measure).",
        Unit.PERCENT,
        numerator="Children who took part in every review",
        denominator="Children with a recorded review at age 4 and over",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C4b",
        direction=Direction.HIGHER,
        protect=True,
    ),
    *participation_local.MEASURES,
)

RELATIONS = (
    Sum(("reviews.held", TOTAL, TOTAL), (("participation.codes", TOTAL, TOTAL),)),
    *participation_local.RELATIONS,
)
