"""Participation: how children took part in their reviews (C1-C5)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section, banded
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Sum, Unit

SECTION = "participation"
COUNTED = "Reviews held in the year of children aged 4 or over on the day, with a valid code"
EXTENT = "Extent of participation of children"
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
UASC = Breakdown(
    "uasc",
    "Unaccompanied asylum-seeking children",
    {"uasc": "Unaccompanied asylum-seeking children", "other": "All other children"},
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
        "decides, not the code: PN0 at age 4 or over is counted as not recorded.",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C1",
        breakdowns=GROUPS,
    ),
    Measure(
        "participation.took_part",
        "Reviews in which the child took part",
        TOOK_PART + ".",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C1",
        handbook=EXTENT,
        direction=Direction.HIGHER,
        breakdowns=GROUPS,
        traps="Attending without giving views (PN4) is not taking part.",
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
        handbook=EXTENT,
        direction=Direction.HIGHER,
        breakdowns=GROUPS,
    ),
    Measure(
        "participation.attended",
        "Reviews that the child attended",
        "Reviews at age 4 and over that the child attended (PN1 to PN4).",
        cohort=COUNTED,
        source="Reviews, Header",
        item="C2",
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
    ),
    Measure(
        "participation.took_part_all",
        "Reviews with a participation code, at any age",
        "Reviews recorded with PN1, PN2, PN3, PN5 or PN6, whatever the child's age.",
        cohort="All reviews held in the year",
        source="Reviews",
        item="C1",
    ),
    Measure(
        "participation.percent_of_all",
        "Took part, per review held at any age",
        "Reviews recorded with PN1, PN2, PN3, PN5 or PN6 as a percentage of all reviews held, "
        "with those of children under 4.",
        Unit.PERCENT,
        numerator="Reviews with a participation code",
        denominator="Reviews held",
        cohort="All reviews held in the year",
        source="Reviews",
        item="C1",
        traps="Children under 4 are in the denominator; not comparable with the measure above.",
    ),
    Measure(
        "participation.codes",
        "Reviews by participation code",
        "Reviews held in the year by the code recorded.",
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
)

RELATIONS = (Sum(("reviews.held", TOTAL, TOTAL), (("participation.codes", TOTAL, TOTAL),)),)

TOOK_PART_CODES = ("PN1", "PN2", "PN3", "PN5", "PN6")
ATTENDED_CODES = ("PN1", "PN2", "PN3", "PN4")
AGE_BANDS = {"4_to_9": (4, 9), "10_to_15": (10, 15), "16_and_over": (16, 99)}
YOUNGEST = 4
"""Age from which participation is measured."""


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    held = derived.reviews_in(year)
    took_part = held["REVIEW_CODE"].isin(TOOK_PART_CODES)
    counted = held[(held["age"] >= YOUNGEST) & held["REVIEW_CODE"].notna() & _valid(held)]
    yield from _measure(derived, make, counted)
    attended = int(counted["REVIEW_CODE"].isin(ATTENDED_CODES).sum())
    yield make.value("participation.attended", attended)
    yield make.ratio("participation.attended_percent", attended, len(counted))
    yield make.value("participation.took_part_all", int(took_part.sum()))
    yield make.ratio("participation.percent_of_all", int(took_part.sum()), len(held))
    yield make.value("participation.codes", len(held))
    yield from make.counts("participation.codes", "code", _codes(held))
    yield from _children(make, counted)


def _valid(held: pd.DataFrame) -> pd.Series[bool]:
    return held["REVIEW_CODE"].ne("PN0").fillna(value=False)


def _codes(held: pd.DataFrame) -> pd.Series[str]:
    """The code as recorded, unless age rules it out: PN0 at 4 or over, another one below."""
    young = (held["age"] < YOUNGEST).fillna(value=False)
    of_age = (held["age"] >= YOUNGEST).fillna(value=False)
    code = held["REVIEW_CODE"].str.lower()
    ruled_out = (of_age & code.eq("pn0")) | (young & code.ne("pn0"))
    return code.mask(ruled_out.fillna(value=True)).fillna("not_recorded")


def _groups(derived: Derived, counted: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """The categories of every breakdown for each review counted."""
    episodes = derived.care.episodes
    need = episodes.groupby("period")["CIN"].first().reindex(counted["period"])
    return pd.DataFrame(
        {
            "age": banded(counted["age"], AGE_BANDS),
            "uasc": _either(counted["CHILD"].isin(derived.uasc_in(year)), "uasc"),
            "need": _either(pd.Series(need.eq("N2").to_numpy(), counted.index), "n2"),
        },
        index=counted.index,
    )


def _either(holds: pd.Series[bool], name: str) -> pd.Series[str]:
    return holds.fillna(value=False).map({True: name, False: "other"})


def _measure(derived: Derived, make: Section, counted: pd.DataFrame) -> Iterator[Figure]:
    took_part = counted[counted["REVIEW_CODE"].isin(TOOK_PART_CODES)]
    known = [group for group in GROUPS if _kept(derived, make, group)]
    figures = {}
    for name, rows in (("counted", counted), ("took_part", took_part)):
        groups = _groups(derived, rows, make.year)
        figures[name] = [make.value(f"participation.{name}", len(rows))]
        for group in known:
            figures[name] += make.counts(f"participation.{name}", group.name, groups[group.name])
        yield from figures[name]
    yield from make.ratios("participation.percent", figures["took_part"], figures["counted"])
    for group in GROUPS:
        if group not in known:
            yield from _unknown_group(make, group)


def _unknown_group(make: Section, group: Breakdown) -> Iterator[Figure]:
    for measure in ("counted", "took_part", "percent"):
        for key in group.categories:
            yield make.missing(
                f"participation.{measure}",
                Status.NOT_AVAILABLE,
                breakdown=group.name,
                category=key,
            )


def _kept(derived: Derived, make: Section, group: Breakdown) -> bool:
    return group is not UASC or derived.records.kept("uasc", make.year)


def _children(make: Section, counted: pd.DataFrame) -> Iterator[Figure]:
    each = counted["REVIEW_CODE"].isin(TOOK_PART_CODES).groupby(counted["CHILD"])
    children = each.ngroups
    yield make.value("participation.children", children)
    for name, number in (("any", int(each.any().sum())), ("every", int(each.all().sum()))):
        yield make.value(f"participation.children_{name}", number)
        yield make.ratio(f"participation.children_{name}_percent", number, children)
