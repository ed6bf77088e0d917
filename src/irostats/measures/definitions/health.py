"""What is measured of health: definitions, breakdowns, sums."""

from __future__ import annotations

from functools import partial

from irostats.measures.definitions.profile import NOT_KNOWN, P31
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Sum, Term, Unit

SECTION = "health"
WHOLE_YEAR = (
    "Children looked after for the whole year: looked after on 31 March, in a period of care that "
    "began on or before the year's 1 April, with no series of short breaks (V3, V4) in the year"
)
AGED = f"{WHOLE_YEAR}; aged {{}} on 31 March"
ALL_AGES, UNDER_5 = WHOLE_YEAR, AGED.format("under 5")
SDQ_AGES, FROM_10 = AGED.format("5 to 16"), AGED.format("10 or over")
SCORED = f"{SDQ_AGES}; with a score"
BLANK = (
    " A blank, or no row in OC2, is shown as not recorded: it is not a no. The child stays in the "
    "denominator, as in DfE's figures. Not available if the year's return has no OC2."
)
NONE_RECORDED = (
    " Those of whom nothing is recorded are in the denominator. Not recorded if the field is blank "
    "for every one of these children, and not available if the year's return has no OC2."
)
NO_SDQ = (
    " Not recorded if OC2 holds neither score nor reason of any of these children, and not "
    "available if the year's return has no OC2."
)
OC2 = "OC2, Episodes, Header"
LOCAL = "health_local, Episodes"
NOT_RECORDED = "not_recorded"
ANY_FILE = (
    " A later year's file may add one that was entered late. Not recorded if the year's own folder "
    "has no health_local, and not available if it cannot be read."
)
TERMS = (
    Term("Children looked after for the whole year", WHOLE_YEAR),
    Term("blanks", BLANK),
    Term("shares not recorded", NONE_RECORDED),
    Term("scores not recorded", NO_SDQ),
    Term("the service's record of health", ANY_FILE),
)

AGE = Breakdown(
    "age",
    "Age on 31 March",
    {
        "under_5": "Under 5",
        "5_to_9": "5 to 9",
        "10_to_16": "10 to 16",
        "17_and_over": "17 and over",
        NOT_KNOWN: "Not known",
    },
    protect=True,
)
RECORDED = Breakdown(
    "recorded",
    "Recorded",
    {"yes": "Yes", "no": "No", NOT_RECORDED: "Not recorded"},
    protect=True,
)
BANDS = {
    "normal": "Normal, 0 to 13",
    "borderline": "Borderline, 14 to 16",
    "concern": "Cause for concern, 17 to 40",
}
SCORE = Breakdown(
    "score",
    "Score",
    {
        **BANDS,
        "no_score": "No score, with the reason recorded",
        NOT_RECORDED: "Neither score nor reason recorded",
    },
    protect=True,
)
BAND = Breakdown("score", "Score", BANDS, protect=True)
INTERVENTION = Breakdown(
    "intervention",
    "Intervention",
    {
        "received": "Received an intervention",
        "refused": "Offered one, did not receive it",
        "not_offered": "Not offered one",
        NOT_RECORDED: "Not recorded",
    },
    protect=True,
)


_of_oc2 = partial(Measure, source=OC2, item="A16", protect=True)


def _answers(name: str, label: str, what: str, field: str, cohort: str) -> Measure:
    return _of_oc2(
        f"health.{name}",
        label,
        f"Children by whether OC2 records that {what} ({field} 1 yes, 0 no).{BLANK}",
        cohort=cohort,
        breakdowns=(RECORDED,),
    )


def _share(
    name: str,
    label: str,
    what: str,
    of: str,
    cohort: str,
    *,
    direction: Direction = Direction.HIGHER,
    traps: str = "",
) -> Measure:
    return _of_oc2(
        f"health.{name}_percent",
        label,
        f"Children of whom OC2 records that {what}, as a percentage of all children {of}."
        f"{NONE_RECORDED}",
        Unit.PERCENT,
        numerator=f"Children of whom OC2 records that {what}",
        denominator=f"Children {of}",
        cohort=cohort,
        direction=direction,
        traps=traps,
    )


OF_ALL = "looked after for the whole year"
CHECKS = (
    ("assessment", "health assessment", "their health was assessed", "HEALTH_ASSESSMENT"),
    ("dental", "dental check", "a dentist checked their teeth", "TEETH_CHECK"),
    ("immunised", "immunisations", "their immunisations were up to date", "IMMUNISATIONS"),
)
ASSESSED_LOCALLY = "Children with at least one health assessment dated in the year in health_local"

MEASURES = (
    Measure(
        "health.children",
        "Looked after for the whole year",
        "Children looked after at the end of 31 March whose period of care, without a break, began "
        "on or before 1 April, the first day of the year. A child with an episode of a series of "
        "short breaks (V3, V4) on any day of the year, even the episode's last, is not counted; "
        "nor is one whose first episode in use begins after that 1 April, whatever it says of the "
        "beginning of care.",
        cohort=WHOLE_YEAR,
        source="Episodes, Header",
        item="A16",
        breakdowns=(AGE,),
        protect=True,
        traps="Fewer than all children looked after on 31 March: those who came in the year are "
        "not among them.",
    ),
    *(
        _answers(name, f"Children by {label} recorded", what, field, ALL_AGES)
        for name, label, what, field in CHECKS
    ),
    *(
        _share(
            name,
            f"{label[0].upper()}{label[1:]}, per child looked after for the whole year",
            what,
            OF_ALL,
            ALL_AGES,
        )
        for name, label, what, _ in CHECKS
    ),
    _answers(
        "development",
        "Children under 5 by development checks recorded",
        "their development checks were up to date",
        "HEALTH_CHECK",
        UNDER_5,
    ),
    _share(
        "development",
        "Development checks up to date, per child under 5",
        "their development checks were up to date",
        f"under 5 {OF_ALL}",
        UNDER_5,
    ),
    _of_oc2(
        "health.sdq",
        "Children aged 5 to 16 by SDQ score",
        "Children by the band of the score of the Strengths and Difficulties Questionnaire in OC2 "
        "(SDQ_SCORE): 0 to 13 normal, 14 to 16 borderline, 17 to 40 a cause for concern; no score, "
        "with a reason for it (SDQ_REASON); or neither score nor reason. Aged 5 to 16 on 31 March, "
        "as DfE publishes.",
        cohort=SDQ_AGES,
        breakdowns=(SCORE,),
        traps="DfE expects a score also of a child who turns 5 on 1 April, the day after; its "
        "published figures leave that child out, and so do these.",
    ),
    _of_oc2(
        "health.sdq_scored",
        "Children aged 5 to 16 with an SDQ score",
        f"Children with a score (SDQ_SCORE, 0 to 40) in OC2.{NO_SDQ}",
        cohort=SDQ_AGES,
    ),
    _of_oc2(
        "health.sdq_scored_percent",
        "SDQ score received, per child aged 5 to 16",
        "Children with an SDQ score as a percentage of all children aged 5 to 16 looked after for "
        f"the whole year.{NO_SDQ}",
        Unit.PERCENT,
        numerator="Children aged 5 to 16 with an SDQ score",
        denominator="Children aged 5 to 16 looked after for the whole year",
        cohort=SDQ_AGES,
        direction=Direction.HIGHER,
    ),
    _of_oc2(
        "health.sdq_band_percent",
        "SDQ band, per child with a score",
        "Children whose SDQ score lies in the band as a percentage of children with a score."
        f"{NO_SDQ}",
        Unit.PERCENT,
        numerator="Children with a score in the band",
        denominator="Children aged 5 to 16 with an SDQ score",
        cohort=SCORED,
        breakdowns=(BAND,),
        traps="Of the children with a score, not of all: where few have one, it says little.",
    ),
    _of_oc2(
        "health.sdq_average",
        "Average SDQ score",
        f"Sum of the SDQ scores over the number of children with a score.{NO_SDQ}",
        Unit.MEAN,
        numerator="Sum of the SDQ scores",
        denominator="Children aged 5 to 16 with an SDQ score",
        cohort=SCORED,
        traps="From 0 to 40; a higher score means more difficulties.",
    ),
    _answers(
        "substance_misuse",
        "Children by substance misuse recorded",
        "they have a substance misuse problem",
        "SUBSTANCE_MISUSE",
        ALL_AGES,
    ),
    _share(
        "substance_misuse",
        "Substance misuse identified, per child looked after for the whole year",
        "they have a substance misuse problem",
        OF_ALL,
        ALL_AGES,
        direction=Direction.NEITHER,
        traps="Of children of every age, as DfE publishes. More may mean that more is found.",
    ),
    _of_oc2(
        "health.intervention",
        "Children with a substance misuse problem by intervention",
        "Children of whom OC2 records a substance misuse problem: received an intervention "
        "(INTERVENTION_RECEIVED 1); else offered one (INTERVENTION_OFFERED 1); else not offered "
        "one (INTERVENTION_OFFERED 0); else not recorded. Not recorded as a whole if "
        "SUBSTANCE_MISUSE is blank for every child looked after for the whole year.",
        cohort=f"{ALL_AGES}; with SUBSTANCE_MISUSE 1",
        breakdowns=(INTERVENTION,),
    ),
    _of_oc2(
        "health.intervention_percent",
        "Intervention for substance misuse, per child looked after for the whole year",
        "Children with a substance misuse problem by intervention as a percentage of all children "
        "looked after for the whole year, as DfE publishes. Not recorded if SUBSTANCE_MISUSE is "
        "blank for every one of them.",
        Unit.PERCENT,
        numerator="Children with a substance misuse problem and this answer",
        denominator="Children looked after for the whole year",
        cohort=ALL_AGES,
        breakdowns=(INTERVENTION,),
        traps="Of all children, not of those with a problem.",
    ),
    _answers(
        "convicted",
        "Children aged 10 and over by conviction recorded",
        "they were convicted or had a youth caution in the year",
        "CONVICTED",
        FROM_10,
    ),
    _share(
        "convicted",
        "Convicted or cautioned in the year, per child aged 10 and over",
        "they were convicted or had a youth caution in the year",
        f"aged 10 and over {OF_ALL}",
        FROM_10,
        direction=Direction.LOWER,
        traps="Children under 10 cannot be convicted, so they are not in the denominator.",
    ),
    Measure(
        "health.local",
        "Health assessment recorded by the service",
        "Children looked after on 31 March of whom the service's own table health_local holds at "
        f"least one assessment dated in the year, whenever in it they came.{ANY_FILE}",
        cohort=P31,
        source=LOCAL,
        item="A16",
        protect=True,
    ),
    Measure(
        "health.local_percent",
        "Health assessment recorded by the service, per child looked after on 31 March",
        f"{ASSESSED_LOCALLY}, as a percentage of all children looked after on 31 March. Not "
        "recorded or not available where their number is not.",
        Unit.PERCENT,
        numerator=ASSESSED_LOCALLY,
        denominator="Children looked after on 31 March",
        cohort=P31,
        source=LOCAL,
        item="A16",
        direction=Direction.HIGHER,
        protect=True,
        traps="Not DfE's measure: another record, and of all children looked after on 31 March, "
        "not only of those looked after for the whole year.",
    ),
    Measure(
        "health.local_whole_year",
        "Health assessment recorded by the service, looked after for the whole year",
        "Children looked after for the whole year of whom the service's own table health_local "
        f"holds at least one assessment dated in the year.{ANY_FILE}",
        cohort=WHOLE_YEAR,
        source=LOCAL,
        item="A16",
        protect=True,
    ),
    Measure(
        "health.local_whole_year_percent",
        "Health assessment recorded by the service, per child looked after for the whole year",
        f"{ASSESSED_LOCALLY}, as a percentage of children looked after for the whole year. Not "
        "recorded or not available where their number is not.",
        Unit.PERCENT,
        numerator=ASSESSED_LOCALLY,
        denominator="Children looked after for the whole year",
        cohort=WHOLE_YEAR,
        source=LOCAL,
        item="A16",
        direction=Direction.HIGHER,
        protect=True,
        traps="The service's record for DfE's children: beside DfE's measure it differs by the "
        "record alone.",
    ),
)

_AGES = ("health.children", AGE.name)
RELATIONS = (
    *(
        Sum((f"health.{name}", TOTAL, TOTAL), (("health.children", TOTAL, TOTAL),))
        for name in ("assessment", "dental", "immunised", "substance_misuse")
    ),
    Sum(("health.development", TOTAL, TOTAL), ((*_AGES, "under_5"),)),
    Sum(("health.sdq", TOTAL, TOTAL), ((*_AGES, "5_to_9"), (*_AGES, "10_to_16"))),
    Sum(("health.convicted", TOTAL, TOTAL), ((*_AGES, "10_to_16"), (*_AGES, "17_and_over"))),
    Sum(
        ("health.sdq_scored", TOTAL, TOTAL),
        tuple(("health.sdq", SCORE.name, band) for band in BANDS),
    ),
    Sum(
        ("health.intervention", TOTAL, TOTAL),
        (("health.substance_misuse", RECORDED.name, "yes"),),
    ),
)
