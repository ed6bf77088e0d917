"""What is measured of placements, stability, absence and social workers: definitions, sums."""

from __future__ import annotations

from irostats.measures.definitions.placements_breakdowns import (
    CHILDREN_BY_KIND,
    CROSSING,
    DISTANCE,
    IN_YEAR,
    KIND,
    LOCALITY,
    OF_LOCATED,
    OF_PLACED,
    REASON,
    SOCIAL_WORKERS,
    TIME_IN_CARE,
)
from irostats.registry import TOTAL, Direction, Measure, Stand, Sum, Term, Unit

SECTION = "placements"
ALL = "All children looked after on 31 March"
P31 = "Children looked after on 31 March, not counting series of short breaks (V3, V4)"
SNAPSHOT = (
    "A snapshot of one day, not a flow: children placed and moved on between two such days are "
    "not in it."
)
USUAL = (
    "The placement is the one that the child has on 31 March; while the child is away in a "
    "temporary placement (T0 to T4), the last other placement of the period of care, and the "
    "temporary one only if there was no other."
)
A_PLACEMENT = (
    "A placement is all of a child's episodes with one carer in one period of care, without the "
    "temporary ones (T0 to T4). A new one begins with the first episode of the period and with "
    "each episode whose reason (RNE) is S, P or B; L, T or U, or none, is the same carer. An "
    "episode that directly follows a temporary one is the placement before that one going on if "
    "PLACE and PLACE_PROVIDER are the same, and neither PL_LOCATION nor PL_DISTANCE differs where "
    "both episodes have it."
)
MANY_MOVES = (
    "A move can be for the better, such as to a permanent family. Temporary stays, and changes "
    "that leave a child with the same carer, are not counted."
)
TERMS = (
    Term("the placement on 31 March", USUAL),
    Term("what a placement is", A_PLACEMENT),
    Term("a snapshot", SNAPSHOT),
    Term("moves", MANY_MOVES),
)
REORGANISED = "A team's reorganisation changes many children's social worker at once."

MEASURES = (
    Measure(
        "placements.placed",
        "Children looked after on 31 March, by placement and provider",
        "The kind of placement (PLACE) and its provider (PLACE_PROVIDER), in the groups that DfE "
        f"publishes. {USUAL} A blank kind is not known, a blank provider not reported.",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A6",
        breakdowns=OF_PLACED,
        protect=True,
        traps=SNAPSHOT,
    ),
    Measure(
        "placements.placed_percent",
        "Share of children looked after, by placement and provider",
        "Children of the category as a percentage of all children looked after on 31 March.",
        Unit.PERCENT,
        numerator="Children of the category",
        denominator=ALL,
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A6",
        breakdowns=OF_PLACED,
        traps=SNAPSHOT,
    ),
    Measure(
        "placements.located",
        "Children looked after on 31 March, by where they are placed",
        "Inside or outside the authority (PL_LOCATION), and miles from home, 20 or less or over "
        f"20 (PL_DISTANCE), of the same episode as for placement. {USUAL} Blank and 999.9 are not "
        "known, and so is the distance of a child who is unaccompanied asylum-seeking on 31 March. "
        "Not recorded, all of it, where no looked-after episode with a day in the year has a "
        "PL_LOCATION or a PL_DISTANCE.",
        cohort=P31,
        source="Episodes, UASC",
        stand=Stand.STOCK,
        item="A7",
        breakdowns=OF_LOCATED,
        protect=True,
        traps=SNAPSHOT,
    ),
    Measure(
        "placements.located_percent",
        "Share of children looked after, by where they are placed",
        "Children of the category as a percentage of all children looked after on 31 March, those "
        "not known among them. Not recorded where the numbers are not.",
        Unit.PERCENT,
        numerator="Children of the category",
        denominator=ALL,
        cohort=P31,
        source="Episodes, UASC",
        stand=Stand.STOCK,
        item="A7",
        breakdowns=OF_LOCATED,
        traps="Children whose distance is not known count in what the shares are of. " + SNAPSHOT,
    ),
    Measure(
        "placements.time_in_care",
        "Children looked after on 31 March, by time in care",
        "From the start of the period of care that is open on 31 March to that day, in whole "
        "calendar months and years: a start on or before 30 September is 6 months or more, one on "
        "or before 31 March 1, 2 or 5 years before is as many years or more. Not known where the "
        "returns in use do not say when the period began.",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A9",
        breakdowns=(TIME_IN_CARE,),
        protect=True,
        traps="Time so far, on one day: children who stay long weigh more than those who come and "
        "go.",
    ),
    Measure(
        "placements.time_in_care_percent",
        "Share of children looked after, by time in care",
        "Children of the category as a percentage of all children looked after on 31 March, those "
        "not known among them.",
        Unit.PERCENT,
        numerator="Children of the category",
        denominator=ALL,
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A9",
        breakdowns=(TIME_IN_CARE,),
        traps=SNAPSHOT,
    ),
    Measure(
        "placements.in_year",
        "Children looked after on 31 March, by placements in the year",
        "How many placements each child had, in any period of care, that began by 31 March and "
        "have an episode that ended after 1 April of the year or not at all. A child with none but "
        f"temporary placements counts as having one. {A_PLACEMENT}",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A11",
        breakdowns=(IN_YEAR,),
        protect=True,
        traps=MANY_MOVES,
    ),
    Measure(
        "placements.three_or_more_percent",
        "Children with 3 or more placements in the year",
        "Children looked after on 31 March who had 3 or more placements in the year, counted as "
        "in the number of children by placements in the year, as a percentage of all of them.",
        Unit.PERCENT,
        numerator="Children looked after on 31 March with 3 or more placements in the year",
        denominator=ALL,
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A11",
        direction=Direction.LOWER,
        protect=True,
        traps=MANY_MOVES,
    ),
    Measure(
        "placements.long_term",
        "Children under 16 looked after for 2½ years or more",
        "Children looked after on 31 March, aged under 16 on that day (those without a date of "
        "birth left out), whose open period of care began, or is first known of, on or before "
        "30 September of the third calendar year before. Not assessable unless the returns in "
        "use begin with the year two years before, or earlier.",
        cohort=P31,
        source="Episodes, Header",
        stand=Stand.STOCK,
        item="A12",
        protect=True,
    ),
    Measure(
        "placements.long_term_stable",
        "Of whom with the same carer for 2 years or more",
        "Of the children under 16 looked after for 2½ years or more, those whose placement (the "
        "last one that is not temporary) began on or before 31 March two years before; or who are "
        "placed for adoption (A3 to A6), if the placement before it in the same period of care "
        "began by then. A child without any placement but temporary ones is not counted. "
        f"{A_PLACEMENT} Not assessable where the number of those children is not.",
        cohort=P31,
        source="Episodes, Header",
        stand=Stand.STOCK,
        item="A12",
        protect=True,
    ),
    Measure(
        "placements.long_term_stable_percent",
        "Long-term stability",
        "Children under 16, looked after continuously for 2½ years or more on 31 March, who had "
        "lived with the same carer for 2 years or more, or were placed for adoption and had spent "
        "2 years or more there and in the placement before it (former national indicator 63).",
        Unit.PERCENT,
        numerator="Of them, children with the same carer for 2 years or more, or so placed for "
        "adoption",
        denominator="Children under 16 looked after continuously for 2½ years or more",
        cohort=P31,
        source="Episodes, Header",
        stand=Stand.STOCK,
        item="A12",
        direction=Direction.HIGHER,
        protect=True,
        traps="It speaks only of children who have been looked after for a long time.",
    ),
    Measure(
        "placements.moves",
        "Moves to a new placement",
        "Placements that began in the year, other than the first of a period of care, of all "
        "children looked after at any time in the year. The reason is that "
        "(REASON_PLACE_CHANGE) of the looked-after episode directly before the new placement's "
        f"first. {A_PLACEMENT}",
        cohort="Moves from 1 April to 31 March",
        source="Episodes",
        item="A13",
        breakdowns=(REASON,),
        protect=True,
        traps="A flow of moves, not of children: one child may move several times. " + MANY_MOVES,
    ),
    Measure(
        "placements.absences",
        "Times children were missing or away",
        "Rows of the year's own Missing table, each CHILD, MISSING and MIS_START once, that began "
        "by 31 March and did not end before 1 April, of children looked after at any time in the "
        "year. By kind: missing (MISSING M) or away (A). Not available without the table.",
        cohort="From 1 April to 31 March",
        source="Missing, Episodes",
        item="A14",
        breakdowns=(KIND,),
        protect=True,
        traps="Times, not children: one child may be missing many times, and careful recording "
        "raises the number.",
    ),
    Measure(
        "placements.absent_children",
        "Children who were missing or away",
        "Children looked after at any time in the year who were missing or away at least once, by "
        "the rows that the number of times counts, each child once; by kind, once in each kind "
        "that they have.",
        cohort="Children looked after at any time in the year",
        source="Missing, Episodes",
        item="A14",
        breakdowns=(CHILDREN_BY_KIND,),
        protect=True,
        traps="A child who was both missing and away is in both kinds and once in the total.",
    ),
    Measure(
        "placements.absent_children_percent",
        "Share of children who were missing or away",
        "Children looked after at any time in the year who were missing or away at least once, as "
        "a percentage of all children looked after at any time in the year. Not available without "
        "the Missing table.",
        Unit.PERCENT,
        numerator="Children who were missing or away at least once",
        denominator="Children looked after at any time in the year",
        cohort="Children looked after at any time in the year",
        source="Missing, Episodes",
        item="A14",
        breakdowns=(CHILDREN_BY_KIND,),
        protect=True,
    ),
    Measure(
        "placements.workers",
        "Children looked after on 31 March, by social workers in the year",
        "How many different social workers (SW_ID) each child has in those rows of the year's own "
        "SWEpisodes table that began by 31 March and ended after 1 April of the year or not at "
        "all. Not applicable before 2023-24, not available without the table.",
        cohort=P31,
        source="SWEpisodes, Episodes",
        stand=Stand.STOCK,
        item="A15",
        breakdowns=(SOCIAL_WORKERS,),
        protect=True,
        traps=REORGANISED,
    ),
    Measure(
        "placements.three_or_more_workers_percent",
        "Children with 3 or more social workers in the year",
        "Children looked after on 31 March with 3 or more social workers in the year, counted as "
        "in the number of children by social workers, as a percentage of all of them. Not "
        "applicable before 2023-24, not available without the table.",
        Unit.PERCENT,
        numerator="Children looked after on 31 March with 3 or more social workers in the year",
        denominator=ALL,
        cohort=P31,
        source="SWEpisodes, Episodes",
        stand=Stand.STOCK,
        item="A15",
        direction=Direction.LOWER,
        protect=True,
        traps=REORGANISED,
    ),
)

OF_ALL = ("placed", "located", "time_in_care", "in_year", "workers")
"""Counts whose undivided figure is the number looked after."""
_WHERE = "placements.located"
RELATIONS = (
    *(
        Sum(("profile.looked_after", TOTAL, TOTAL), ((f"{SECTION}.{name}", TOTAL, TOTAL),))
        for name in OF_ALL
    ),
    *(
        Sum(
            (_WHERE, "locality", side),
            tuple((_WHERE, CROSSING.name, f"{side}*{far}") for far in DISTANCE.categories),
        )
        for side in LOCALITY.categories
    ),
    *(
        Sum(
            (_WHERE, "distance", far),
            tuple((_WHERE, CROSSING.name, f"{side}*{far}") for side in LOCALITY.categories),
        )
        for far in DISTANCE.categories
    ),
)
