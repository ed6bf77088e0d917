"""Which counts each percentage, rate and mean is made from, and which counts are the same.

Disclosure control reads it, so that no figure gives away another one that is hidden. A test holds
it against random authorities: whatever equation the figures of all of them keep follows from these
and from the sums.
"""

from __future__ import annotations

from collections.abc import Mapping

from irostats.registry import FIRST, SAME, TOTAL, Count, MadeOf, Sum

LOOKED_AFTER = Count("profile.looked_after")
HELD = Count("reviews.held")
ENDED = Count("permanence.ended")


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
    "service.conferences_in_time_percent": MadeOf(),
    "service.same_iro_percent": MadeOf(_of(Count("service.all_year", "continuity", "same"))),
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


def _equal(*cells: tuple[str, str, str] | str) -> tuple[Sum, ...]:
    first, *others = ((cell, TOTAL, TOTAL) if isinstance(cell, str) else cell for cell in cells)
    return tuple(Sum(first, (other,)) for other in others)


SAME_COUNTS: tuple[Sum, ...] = (
    *_equal(
        "profile.looked_after",
        "profile.periods_open",
        "placements.placed",
        "placements.located",
        "placements.time_in_care",
        "placements.in_year",
        "placements.workers",
    ),
)
"""Counts of one kind of thing in two places."""
