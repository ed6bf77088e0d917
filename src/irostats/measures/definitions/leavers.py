"""What is measured of care leavers: definitions, breakdowns, sums."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from irostats.measures.definitions.profile import NOT_KNOWN
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Sum, Term, Unit

SECTION = "leavers"
OC3 = "OC3, Header"
COHORT = (
    "Care leavers listed in the year's OC3, each once, by age at the birthday that falls in the "
    "year, which is their age on 31 March; young people who died (IN_TOUCH DIED) are left out"
)
OUT = (
    "Young people who died are in neither numerator nor denominator. DfE's published figures also "
    "leave out those who returned home (RHOM); here they stay in."
)
BLANK = (
    " Not recorded, of all or of an age group, if there are some and the field is blank for every "
    "one of them."
)
UNKNOWN_STAYS = "Young people of whom this is not known stay in the denominator."
TERMS = (
    Term("who is left out", OUT),
    Term("blank fields", BLANK),
    Term("unknown answers", UNKNOWN_STAYS),
)

AGE = Breakdown(
    "age",
    "Age at the birthday in the year",
    {"17_to_18": "17 to 18", "19_to_21": "19 to 21", NOT_KNOWN: "Another age, or not known"},
    protect=True,
)
CONTACT = {
    "in_touch": "In touch",
    "not_in_touch": "Not in touch",
    "refused": "Refused contact",
    "not_required": "No longer wants or needs support",
    "returned_home": "Returned home",
    NOT_KNOWN: "Not recorded",
}
ACTIVITY = {
    "higher_education": "Higher education",
    "other_education": "Other education",
    "training_employment": "Training or employment",
    "illness": "NEET: illness or disability",
    "other_reason": "NEET: another reason",
    "parenting": "NEET: pregnancy or parenting",
    NOT_KNOWN: "Not known or not recorded",
}
OCCUPIED = ("higher_education", "other_education", "training_employment")
ACCOMMODATION = {
    "suitable": "Suitable",
    "unsuitable": "Unsuitable",
    NOT_KNOWN: "Not known or not recorded",
}


def crossed(name: str, label: str, categories: Mapping[str, str]) -> Breakdown:
    """Age and one other thing: ``age*activity`` with ``17_to_18*higher_education``."""
    return Breakdown(
        f"age*{name}",
        f"Age and {label}",
        {
            f"{age}*{key}": f"{years}: {text}"
            for age, years in AGE.categories.items()
            for key, text in categories.items()
        },
        protect=True,
    )


BY_CONTACT = crossed("contact", "contact", CONTACT)
BY_ACTIVITY = crossed("activity", "activity", ACTIVITY)
BY_ACCOMMODATION = crossed("accommodation", "accommodation", ACCOMMODATION)

_of_oc3 = partial(Measure, cohort=COHORT, source=OC3, item="A18", protect=True)


def _by(name: str, label: str, definition: str, breakdown: Breakdown) -> tuple[Measure, Measure]:
    """A count of all care leavers, and its shares of each age group."""
    return (
        _of_oc3(
            f"leavers.{name}",
            f"Care leavers by {label}",
            definition,
            breakdowns=(breakdown,),
        ),
        _of_oc3(
            f"leavers.{name}_percent",
            f"Care leavers by {label}, per care leaver of the age group",
            f"Care leavers of each category of care leavers by {label}, as a percentage of the "
            f"care leavers of the age group.{BLANK}",
            Unit.PERCENT,
            numerator="Care leavers of the category",
            denominator="Care leavers of the age group",
            breakdowns=(breakdown,),
            traps=f"{OUT} {UNKNOWN_STAYS}",
        ),
    )


def _share(name: str, label: str, who: str) -> tuple[Measure, Measure]:
    """A count, and its share of all care leavers, each with the age groups."""
    return (
        _of_oc3(
            f"leavers.{name}",
            f"Care leavers {label}",
            f"Care leavers {who}.{BLANK}",
            direction=Direction.HIGHER,
            breakdowns=(AGE,),
        ),
        _of_oc3(
            f"leavers.{name}_percent",
            f"{label[0].upper()}{label[1:]}, per care leaver",
            f"Care leavers {label}, counted as their number is, as a percentage of all care "
            f"leavers, and of those of each age group.{BLANK}",
            Unit.PERCENT,
            numerator=f"Care leavers {label}",
            denominator="Care leavers (of the age group)",
            direction=Direction.HIGHER,
            breakdowns=(AGE,),
            traps=f"{OUT} {UNKNOWN_STAYS}",
        ),
    )


MEASURES = (
    _of_oc3(
        "leavers.young_people",
        "Care leavers",
        "Young people listed in the year's OC3, by age at the birthday in the year; those who died "
        "(IN_TOUCH DIED) are left out. A date of birth in the Header counts before OC3's own. "
        "Ages other than 17 to 21 are shown together with those not known. Like all figures of "
        "care leavers, not available if the year's return has no OC3.",
        breakdowns=(AGE,),
        traps=OUT,
    ),
    *_share("in_touch", "in touch", "with whom the council is in touch (IN_TOUCH YES)"),
    *_share(
        "occupied",
        "in education, employment or training",
        "in education, employment or training around the birthday (ACTIV F1, P1, F2, P2; F3 and P3 "
        "to 2020-21; F4, P4, F5, P5 from 2021-22)",
    ),
    *_share(
        "suitable",
        "in suitable accommodation",
        "in suitable accommodation around the birthday (ACCOM ending in 1; no fixed abode and "
        "custody, S and X, are never suitable)",
    ),
    *_by(
        "contact",
        "contact",
        "Care leavers by whether the council is in touch: IN_TOUCH YES; NO; REFU refused contact; "
        "NREQ no longer wants or needs support; RHOM returned home; blank not recorded.",
        BY_CONTACT,
    ),
    *_by(
        "activity",
        "activity",
        "Care leavers by what they did around the birthday: ACTIV F1, P1 higher education; F2, P2 "
        "other education; F3, P3, F4, P4, F5, P5 training or employment, which the return told "
        "apart from 2021-22; not in education, employment or training (NEET) for illness or "
        "disability G4, another reason G5, pregnancy or parenting G6; 0 or blank not known.",
        BY_ACTIVITY,
    ),
    *_by(
        "accommodation",
        "accommodation",
        "Care leavers by whether their accommodation around the birthday was suitable: ACCOM "
        "ending in 1 suitable, in 2 unsuitable, S (no fixed abode) and X (custody) always "
        "unsuitable; 0 or blank not known.",
        BY_ACCOMMODATION,
    ),
)

_ALL = ("leavers.young_people", TOTAL, TOTAL)


def _cells(name: str, age: str, keys: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple((f"leavers.{name}", f"age*{name}", f"{age}*{key}") for key in keys)


RELATIONS = (
    *(
        Sum((f"leavers.{name}", TOTAL, TOTAL), (_ALL,))
        for name in ("contact", "activity", "accommodation")
    ),
    *(
        Sum(("leavers.young_people", AGE.name, age), _cells(name, age, tuple(categories)))
        for age in AGE.categories
        for name, categories in (
            ("contact", CONTACT),
            ("activity", ACTIVITY),
            ("accommodation", ACCOMMODATION),
        )
    ),
    *(
        Sum((f"leavers.{whole}", AGE.name, age), _cells(name, age, keys))
        for age in AGE.categories
        for whole, name, keys in (
            ("in_touch", "contact", ("in_touch",)),
            ("occupied", "activity", OCCUPIED),
            ("suitable", "accommodation", ("suitable",)),
        )
    ),
)
