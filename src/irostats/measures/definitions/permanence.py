"""What is measured of permanence and of why care ended: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats.measures.definitions.profile import NOT_KNOWN, P31
from irostats.registry import TOTAL, Breakdown, Direction, Measure, Stand, Sum, Term, Unit
from irostats.ssda903 import codes

SECTION = "permanence"
ENDED = "Periods of care that ended from 1 April to 31 March"
SECOND = "Second reviews held from 1 April to 31 March while the child was looked after"
WITHOUT = (
    " Not available if the year's reviews are not in use; else not recorded without the year's "
    "reviews_local, and not available if it cannot be read."
)
UNKEPT = (
    " Not recorded without the year's permanence table, and not available if it cannot be read."
)
TERMS = (
    Term("second reviews not recorded", WITHOUT),
    Term("the permanence table", UNKEPT),
)
LEGAL_ORDERS = ("adopted", "special_guardianship", "arrangements_order")
HOME = ("home_planned", "home_unplanned")
CONTINUES = "continues"

REASON = Breakdown(
    "reason",
    "Why care ended",
    {group.id: group.label for group in codes.load("REC").groups if group.id != CONTINUES}
    | {NOT_KNOWN: "Not known"},
    protect=True,
)
REVERSAL = Breakdown(
    "reversal",
    "Why the decision was reversed",
    {
        code.code.lower(): code.label.capitalize()
        for code in codes.load("REASON_PLACED_CEASED").codes
    }
    | {NOT_KNOWN: "Not known"},
    protect=True,
)
CARER = Breakdown(
    "carer",
    "Carer",
    {"relative": "With a relative or friend", "other": "With another carer"},
    protect=True,
)

MEASURES = (
    Measure(
        "permanence.ended",
        "Periods of care ended",
        "Periods of being looked after that ended in the year, by the reason (REC) of the "
        "period's last episode. Not known: no reason was sent, the reason is X1 though nothing "
        "follows, or the return never closed the episode.",
        cohort=ENDED,
        source="Episodes",
        item="A10",
        breakdowns=(REASON,),
        traps="A child who leaves care twice in a year is counted twice.",
        protect=True,
    ),
    Measure(
        "permanence.adopted",
        "Children adopted",
        "Periods of care that ended in the year with adoption (REC E11 or E12): one for each "
        "child adopted.",
        cohort=ENDED,
        source="Episodes",
        item="A17",
        protect=True,
    ),
    Measure(
        "permanence.special_guardianship",
        "Special guardianship orders",
        "Periods of care that ended in the year with a special guardianship order (REC E43 or "
        "E44 until 2017-18, E45 to E48 from 2018-19).",
        cohort=ENDED,
        source="Episodes",
        item="A17",
        protect=True,
    ),
    Measure(
        "permanence.orders",
        "Left care to permanence by a legal order",
        "Periods of care that ended in the year with adoption (REC E11, E12), a special "
        "guardianship order (E43 to E48) or a child arrangements order (E41).",
        cohort=ENDED,
        source="Episodes",
        item="A17",
        protect=True,
    ),
    Measure(
        "permanence.orders_percent",
        "Share that left care to permanence by a legal order",
        "Periods of care that ended with adoption, a special guardianship order or a child "
        "arrangements order, as a percentage of all that ended in the year.",
        Unit.PERCENT,
        numerator="Periods that ended with REC E11, E12, E41 or E43 to E48",
        denominator="All periods of care ended in the year, also those of unknown reason",
        cohort=ENDED,
        source="Episodes",
        item="A17",
        protect=True,
        traps="A return home is permanence too for many children, and is shown beside it; the "
        "share falls when more young people turn 18.",
    ),
    Measure(
        "permanence.home",
        "Returned home to parents",
        "Periods of care that ended in the year with a return to parents or others with parental "
        "responsibility, planned (REC E4A) or unplanned (E4B).",
        cohort=ENDED,
        source="Episodes",
        item="A10",
        protect=True,
    ),
    Measure(
        "permanence.home_percent",
        "Share that returned home to parents",
        "Periods of care that ended with a return home, planned or unplanned, as a percentage of "
        "all that ended in the year.",
        Unit.PERCENT,
        numerator="Periods that ended with REC E4A or E4B",
        denominator="All periods of care ended in the year, also those of unknown reason",
        cohort=ENDED,
        source="Episodes",
        item="A10",
        protect=True,
    ),
    Measure(
        "permanence.adoption_records",
        "Children with an adoption record",
        "Children in the year's AD1 table, each once: what the return says of adoptions beside "
        "the reason that care ended. Not available where the return has no AD1 table.",
        cohort="Children in the AD1 table of the year's own return",
        source="AD1",
        item="A17",
        protect=True,
        traps="Should equal the children adopted; where it does not, the return contradicts "
        "itself.",
    ),
    Measure(
        "permanence.adoption_decisions",
        "Decisions that a child should be placed for adoption",
        "Pairs of a child and a DATE_PLACED that lies in the year, each once, in the "
        "PlacedAdoption table of the year's own return. Not available where that return has no "
        "such table.",
        cohort="Decisions made from 1 April to 31 March",
        source="PlacedAdoption",
        item="A17",
        protect=True,
        traps="A decision is not yet a placement, nor an adoption: those may come a year or more "
        "later. One that only a later return sends is not counted, so that years compare.",
    ),
    Measure(
        "permanence.adoption_reversed",
        "Decisions for adoption reversed",
        "Decisions (pairs of a child and a DATE_PLACED) in the PlacedAdoption table of the year's "
        "own return whose DATE_PLACED_CEASED lies in the year, by REASON_PLACED_CEASED (RD1 to "
        "RD4; not known where blank). Not available where that return has no such table.",
        cohort="Decisions reversed from 1 April to 31 March, whenever they were made",
        source="PlacedAdoption",
        item="A17",
        breakdowns=(REVERSAL,),
        protect=True,
        traps="They may have been made in an earlier year, so they are not a share of the year's "
        "decisions.",
    ),
    Measure(
        "permanence.long_term_fostering",
        "Children in long-term fostering",
        "Children looked after on 31 March in long-term fostering: placement (PLACE) U1 or U4 in "
        "the last episode of their period of care, up to that day, that is not a temporary "
        "placement (T0 to T4).",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A17",
        breakdowns=(CARER,),
        protect=True,
    ),
    Measure(
        "permanence.long_term_fostering_percent",
        "Share in long-term fostering",
        "Children in long-term fostering as a percentage of all looked after on 31 March.",
        Unit.PERCENT,
        numerator="Children in long-term fostering",
        denominator="All children looked after on 31 March",
        cohort=P31,
        source="Episodes",
        stand=Stand.STOCK,
        item="A17",
        protect=True,
        traps="Only placements that were matched and approved as long-term are coded so.",
    ),
    Measure(
        "permanence.second_reviews",
        "Second reviews held",
        "Reviews of the return held in the year that are the second of their period of care. "
        "Where the returns do not reach back to its start, so that the sequence is not known, a "
        "review counts if the year's reviews_local has a row of the same child and review_date, "
        f"not cancelled, of type 'second'.{WITHOUT}",
        cohort=SECOND,
        source="Reviews, Episodes, reviews_local",
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.plan_by_second",
        "With a plan for permanence",
        "Second reviews held in the year for which a row of the year's reviews_local (same child "
        f"and review_date, not cancelled) says permanence_plan yes.{WITHOUT}",
        cohort=SECOND,
        source="Reviews, Episodes, reviews_local",
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.no_plan_by_second",
        "Without a plan for permanence",
        "Second reviews held in the year for which such a row says no, and none says yes."
        f"{WITHOUT}",
        cohort=SECOND,
        source="Reviews, Episodes, reviews_local",
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.plan_not_recorded",
        "Whether there was a plan is not recorded",
        "Second reviews held in the year without such a row, or with permanence_plan blank in all."
        f"{WITHOUT}",
        cohort=SECOND,
        source="Reviews, Episodes, reviews_local",
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.plan_by_second_percent",
        "Plan for permanence by the second review",
        "Second reviews at which a plan for permanence is recorded, as a percentage of all second "
        "reviews held in the year. Not recorded also if permanence_plan is blank for every one of "
        f"them.{WITHOUT}",
        Unit.PERCENT,
        numerator="Second reviews with a plan for permanence",
        denominator="Second reviews held, also those for which nothing is recorded",
        cohort=SECOND,
        source="Reviews, Episodes, reviews_local",
        item="F4",
        direction=Direction.HIGHER,
        traps="A review for which nothing is recorded counts as one without a plan.",
        protect=True,
    ),
    Measure(
        "permanence.life_story",
        "With life-story work",
        "Children looked after on 31 March of whom a row of the year's permanence table says "
        f"life_story yes.{UNKEPT}",
        cohort=P31,
        source="permanence, Episodes",
        stand=Stand.STOCK,
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.life_story_no",
        "Without life-story work",
        f"Children looked after on 31 March of whom a row says no, and none says yes.{UNKEPT}",
        cohort=P31,
        source="permanence, Episodes",
        stand=Stand.STOCK,
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.life_story_not_recorded",
        "Whether there is life-story work is not recorded",
        "Children looked after on 31 March who are not in the year's permanence table, or of whom "
        f"life_story is blank in every row.{UNKEPT}",
        cohort=P31,
        source="permanence, Episodes",
        stand=Stand.STOCK,
        item="F4",
        protect=True,
    ),
    Measure(
        "permanence.life_story_percent",
        "Life-story work, of all children looked after",
        "Children with life-story work as a percentage of all looked after on 31 March. Not "
        f"recorded also if life_story is blank for every one of them.{UNKEPT}",
        Unit.PERCENT,
        numerator="Children with life-story work",
        denominator="All children looked after on 31 March",
        cohort=P31,
        source="permanence, Episodes",
        stand=Stand.STOCK,
        item="F4",
        direction=Direction.HIGHER,
        protect=True,
        traps="A child of whom nothing is recorded counts as one without; not every child needs "
        "the work at once.",
    ),
    Measure(
        "permanence.life_story_recorded_percent",
        "Life-story work, where it is recorded",
        "Children with life-story work as a percentage of those looked after on 31 March of whom "
        f"yes or no is recorded. Not recorded also if it is of none.{UNKEPT}",
        Unit.PERCENT,
        numerator="Children with life-story work",
        denominator="Children looked after on 31 March of whom yes or no is recorded",
        cohort=P31,
        source="permanence, Episodes",
        stand=Stand.STOCK,
        item="F4",
        direction=Direction.HIGHER,
        protect=True,
    ),
    Measure(
        "permanence.disruption_meetings",
        "Disruption meetings held",
        "Pairs of a child and a disruption_meeting_date that lies in the year, each once, in the "
        f"year's permanence table.{UNKEPT}",
        cohort="Meetings from 1 April to 31 March",
        source="permanence",
        item="F4",
        traps="More is not worse: meetings held to keep a placement going count as well.",
        protect=True,
    ),
)


def _whole(*names: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, TOTAL, TOTAL) for name in names)


def _reasons(*reasons: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(("permanence.ended", REASON.name, reason) for reason in reasons)


RELATIONS = (
    Sum(("profile.periods_ended", TOTAL, TOTAL), _reasons(*REASON.categories)),
    Sum(("permanence.adopted", TOTAL, TOTAL), _reasons("adopted")),
    Sum(("permanence.special_guardianship", TOTAL, TOTAL), _reasons("special_guardianship")),
    Sum(("permanence.orders", TOTAL, TOTAL), _reasons(*LEGAL_ORDERS)),
    Sum(("permanence.home", TOTAL, TOTAL), _reasons(*HOME)),
    Sum(
        ("permanence.second_reviews", TOTAL, TOTAL),
        _whole(
            "permanence.plan_by_second",
            "permanence.no_plan_by_second",
            "permanence.plan_not_recorded",
        ),
    ),
    Sum(
        ("profile.looked_after", TOTAL, TOTAL),
        _whole(
            "permanence.life_story",
            "permanence.life_story_no",
            "permanence.life_story_not_recorded",
        ),
    ),
)
