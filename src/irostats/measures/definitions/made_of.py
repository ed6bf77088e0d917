"""Which counts each percentage, rate and mean is made from, and which counts are the same.

Disclosure control reads it, so that no figure gives away another one that is hidden. A test holds
it against random authorities: whatever equation the figures of all of them keep follows from these
and from the sums.
"""

from __future__ import annotations

from collections.abc import Mapping

from irostats.measures.definitions.placements_breakdowns import PLACEMENT, PLACEMENT_BEFORE_2018
from irostats.measures.definitions.profile import ETHNIC_GROUP, ETHNICITY, NOT_KNOWN
from irostats.registry import FIRST, SAME, TOTAL, Breakdown, Cell, Count, MadeOf, Sum

LOOKED_AFTER = Count("profile.looked_after")
HELD = Count("reviews.held")
ENDED = Count("permanence.ended")
KEPT_IRO = tuple(Count("service.all_year", "continuity", key) for key in ("same", "changed"))


def _of(*counts: Count | str) -> tuple[Count, ...]:
    return tuple(Count(count) if isinstance(count, str) else count for count in counts)


def _share(numerator: Count | str, *denominator: Count | str) -> MadeOf:
    return MadeOf(_of(numerator), _of(*denominator))


def _same(measure: str) -> Count:
    """The count of the ratio's own category."""
    return Count(measure, SAME, SAME)


def _of_answers(measure: str) -> MadeOf:
    """Yes, of those of whom yes or no is recorded."""
    yes, no = (Count(measure, "answer", answer) for answer in ("yes", "no"))
    return _share(yes, yes, no)


def _in_time(measure: str, *others: str) -> MadeOf:
    return _share(_same(measure), *(_same(name) for name in (measure, *others)))


RATIOS: Mapping[str, MadeOf] = {
    "profile.looked_after_percent": _share(_same("profile.looked_after"), LOOKED_AFTER),
    "profile.looked_after_change_percent": _share(
        "profile.looked_after_change", Count("profile.looked_after", before=1)
    ),
    "profile.rate": MadeOf(_of(LOOKED_AFTER)),
    "placements.placed_percent": _share(_same("placements.placed"), "placements.placed"),
    "placements.located_percent": _share(_same("placements.located"), "placements.located"),
    "placements.time_in_care_percent": _share(
        _same("placements.time_in_care"), "placements.time_in_care"
    ),
    "placements.three_or_more_percent": _share(
        Count("placements.in_year", "placements_in_year", "3_or_more"), "placements.in_year"
    ),
    "placements.long_term_stable_percent": _share(
        "placements.long_term_stable", "placements.long_term"
    ),
    "placements.absent_children_percent": _share(
        _same("placements.absent_children"), "profile.in_year"
    ),
    "placements.three_or_more_workers_percent": _share(
        Count("placements.workers", "social_workers", "3_or_more"), "placements.workers"
    ),
    **{
        f"health.{name}_percent": _share(
            Count(f"health.{name}", "recorded", "yes"), f"health.{name}"
        )
        for name in (
            "assessment",
            "dental",
            "immunised",
            "development",
            "substance_misuse",
            "convicted",
        )
    },
    "health.sdq_scored_percent": _share("health.sdq_scored", "health.sdq"),
    "health.sdq_band_percent": _share(_same("health.sdq"), "health.sdq_scored"),
    "health.sdq_average": MadeOf(denominator=_of("health.sdq_scored")),
    "health.intervention_percent": _share(_same("health.intervention"), "health.substance_misuse"),
    "health.local_percent": _share("health.local", LOOKED_AFTER),
    "health.local_whole_year_percent": _share("health.local_whole_year", "health.children"),
    "permanence.orders_percent": _share("permanence.orders", ENDED),
    "permanence.home_percent": _share("permanence.home", ENDED),
    "permanence.long_term_fostering_percent": _share(
        "permanence.long_term_fostering", LOOKED_AFTER
    ),
    "permanence.plan_by_second_percent": _share(
        "permanence.plan_by_second", "permanence.second_reviews"
    ),
    "permanence.life_story_percent": _share("permanence.life_story", LOOKED_AFTER),
    "permanence.life_story_recorded_percent": _share(
        "permanence.life_story", "permanence.life_story", "permanence.life_story_no"
    ),
    **{
        f"leavers.{name}_percent": _share(_same(f"leavers.{name}"), _same("leavers.young_people"))
        for name in ("in_touch", "occupied", "suitable")
    },
    **{
        f"leavers.{name}_percent": _share(
            _same(f"leavers.{name}"), Count("leavers.young_people", "age", FIRST)
        )
        for name in ("contact", "activity", "accommodation")
    },
    "reviews.held_change_percent": _share("reviews.held_change", Count("reviews.held", before=1)),
    "reviews.per_child": _share(HELD, "reviews.children"),
    "reviews.on_time_percent": _in_time("reviews.on_time", "reviews.late"),
    "reviews.due_met_percent": _share("reviews.due_met", "reviews.due"),
    "reviews.children_all_on_time_percent": _in_time(
        "reviews.children_all_on_time", "reviews.children_some_late"
    ),
    "reviews.method_percent": _share(_same("reviews.held"), HELD),
    "participation.percent": _share(
        _same("participation.took_part"), _same("participation.counted")
    ),
    "participation.attended_percent": _share("participation.attended", "participation.counted"),
    "participation.percent_of_all": _share("participation.took_part_all", HELD),
    "participation.children_any_percent": _share(
        "participation.children_any", "participation.children"
    ),
    "participation.children_every_percent": _share(
        "participation.children_every", "participation.children"
    ),
    **{
        f"participation.{name}_percent": _of_answers(f"participation.{name}")
        for name in ("parents", "carers", "advocacy", "chaired", "visited")
    },
    "participation.visited_children_percent": MadeOf(),
    "participation.unrecorded_percent": _share(
        Count("participation.codes", "code", "not_recorded"), HELD
    ),
    "monitoring.midpoint_percent": _share("monitoring.midpoint_done", "monitoring.midpoint_due"),
    "monitoring.midpoint_children_percent": _share("monitoring.midpoint_children", LOOKED_AFTER),
    "monitoring.plans_percent": _in_time(
        "monitoring.plans_up_to_date", "monitoring.plans_out_of_date"
    ),
    "monitoring.allocated_percent": _share(
        "monitoring.allocated_in_time", "monitoring.allocation_due"
    ),
    **{
        f"monitoring.{name}_percent": _in_time(
            f"monitoring.{name}_in_time", f"monitoring.{name}_later"
        )
        for name in ("report", "decisions", "record", "record_sent")
    },
    "service.caseload": MadeOf(_of(LOOKED_AFTER)),
    "service.caseload_lowest": MadeOf(),
    "service.caseload_highest": MadeOf(),
    "service.total_load": MadeOf(_of(LOOKED_AFTER, "service.child_protection", "service.in_need")),
    "service.iro_changes_per_child": MadeOf(denominator=KEPT_IRO),
    "service.conferences_in_time_percent": MadeOf(),
    "service.same_iro_percent": _share(KEPT_IRO[0], *KEPT_IRO),
    "service.supervision_per_iro": MadeOf(denominator=_of("service.headcount")),
    "service.cost_per_review": MadeOf(denominator=_of(HELD)),
    "challenge.alerts_per_100": _share("challenge.alerts", LOOKED_AFTER),
    "challenge.disputes_per_100": _share("challenge.opened", LOOKED_AFTER),
    "challenge.closed_in_time_percent": _share(
        Count("challenge.closed", "time", "within"), "challenge.closed"
    ),
    "challenge.alerts_in_time_percent": _share(
        Count("challenge.alerts_closed", "time", "within"), "challenge.alerts_closed"
    ),
}
"""By the name of the percentage, rate or mean."""

CHANGES: Mapping[str, str] = {
    "profile.looked_after_change": "profile.looked_after",
    "reviews.held_change": "reviews.held",
}
"""Counts that say how much another one has changed in a year."""


CARRIED: Mapping[str, str] = {
    "profile.periods_open_before": "profile.periods_open",
    "challenge.brought_forward": "challenge.open",
}
"""Counts of a year's first day that are another one of the year before's last."""

_LOOKED_AFTER, _PLACED = "profile.looked_after", "placements.placed"


def _equal(*cells: Cell | str) -> tuple[Sum, ...]:
    first, *others = ((cell, TOTAL, TOTAL) if isinstance(cell, str) else cell for cell in cells)
    return tuple(Sum(first, (other,)) for other in others)


def _groups(measure: str, breakdown: str, *keys: str) -> tuple[Cell, ...]:
    return tuple((measure, breakdown, key) for key in keys)


def _alike(measure: str, breakdown: Breakdown, other: Breakdown, but: str = "") -> tuple[Sum, ...]:
    """Groups of the same name in two groupings of the same children."""
    return tuple(
        Sum((measure, breakdown.name, key), ((measure, other.name, key),))
        for key in breakdown.categories
        if key in other.categories and key != but
    )


_WHITE = _groups(_LOOKED_AFTER, "ethnicity", "white_british", "white_other")
_OTHERS = _groups(_LOOKED_AFTER, "ethnicity", "white_other", NOT_KNOWN)

SAME_COUNTS: tuple[Sum, ...] = (
    *_equal(_LOOKED_AFTER, "profile.periods_open"),
    Sum(
        (_LOOKED_AFTER, TOTAL, TOTAL),
        tuple(
            (f"profile.{of}", TOTAL, TOTAL) for of in ("periods_open_before", "looked_after_change")
        ),
    ),
    *_alike(_LOOKED_AFTER, ETHNICITY, ETHNIC_GROUP),
    Sum((_LOOKED_AFTER, "ethnic_group", "white"), _WHITE),
    Sum((_LOOKED_AFTER, "ethnic_minority", "white_british"), _WHITE[:1]),
    Sum((_LOOKED_AFTER, "ethnic_minority", "remaining"), _OTHERS),
    # Before 2018 "other" held fewer codes under the same name.
    *_alike(_PLACED, PLACEMENT, PLACEMENT_BEFORE_2018, but="other"),
    # Both are of the children looked after for all of the year.
    *_equal("health.assessment", "service.all_year"),
    # Of first and second reviews it is always known whether they were late.
    *_equal("reviews.not_assessable", ("reviews.not_assessable", "sequence", "later")),
)
"""Counts of one kind of thing in two sections, or in two groupings."""


def _whole(measure: str) -> Cell:
    return (measure, TOTAL, TOTAL)


_ABSENT = "placements.absent_children"

WITHIN: tuple[tuple[Cell, Cell], ...] = (
    # Who was only away, and who was only missing.
    *((_whole(_ABSENT), part) for part in _groups(_ABSENT, "kind", "missing", "away")),
    # Who is of another age.
    *(
        (_whole("health.children"), _whole(f"health.{name}"))
        for name in ("sdq", "development", "convicted")
    ),
    (_whole("health.local"), _whole("health.local_whole_year")),
    (_whole("participation.children_any"), _whole("participation.children_every")),
)
"""Children, and those of them that are counted apart."""
