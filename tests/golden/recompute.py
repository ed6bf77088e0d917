"""Every published figure, recomputed from the shipped CSVs with the standard library alone.

``compute`` takes the name that a figure bears in ``published.csv`` and gives its unrounded value.
The definitions are those of the statistics themselves (regulation 33, DfE's guide to the return,
the groupings that DfE publishes), written afresh here; nothing is shared with irostats.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import recompute_flows as flows
import recompute_health as health
import recompute_profile as profile
import recompute_reviews as reviews
import recompute_service as service
from recompute_returns import DATA, AuthorityYear, load

Value = int | Fraction | None

WHOLE: dict[str, Callable[[AuthorityYear], Value]] = {
    "looked_after": profile.looked_after_count,
    "looked_after_change_percent": profile.looked_after_change_percent,
    "looked_after_rose": profile.looked_after_rose,
    "population": profile.population,
    "rate_per_10000": lambda records: profile.per_10000(profile.looked_after_count, records),
    "started": flows.started,
    "ceased": flows.ceased,
    "started_rate_per_10000": lambda records: profile.per_10000(flows.started, records),
    "ceased_rate_per_10000": lambda records: profile.per_10000(flows.ceased, records),
    "children_in_year": flows.children_in_year,
    "three_or_more_placements_percent": flows.placements_percent,
    "reviews_held": reviews.reviews_held,
    "reviews_held_change_percent": reviews.reviews_held_change_percent,
    "children_reviewed": reviews.children_reviewed,
    "reviews_on_time": reviews.reviews_on_time,
    "reviews_late": reviews.reviews_late,
    "reviews_on_time_percent": reviews.reviews_on_time_percent,
    "participation_percent": reviews.participation_percent,
    "participated_reviews": reviews.participated_reviews,
    "children_participation_measured": reviews.children_participation_measured,
    "children_participated": reviews.children_participated,
    "children_participated_percent": reviews.children_participated_percent,
    "looked_after_12_months": health.cohort_size,
    "sdq_average": health.sdq_average,
    "iro_fte": service.iro_fte,
    "average_caseload": service.average_caseload,
    "average_caseload_within_50_to_70": service.average_caseload_within_50_to_70,
    "iros_outside_50_to_70": service.iros_outside_50_to_70,
    "chairs_conferences": service.chairs_conferences,
    "oversees_children_in_need": service.oversees_children_in_need,
    "alerts": service.alerts,
    "disputes_active": service.disputes_active,
    "disputes_closed": service.disputes_closed,
    "disputes_open": service.disputes_open,
    "disputes_recorded": service.disputes_recorded,
    "challenges_rose": service.challenges_rose,
    "budget_gbp": service.budget_gbp,
    "reviews_cancelled": service.reviews_cancelled,
    "reviews_majority_virtual": service.reviews_majority_virtual,
    "midpoint_percent": service.midpoint_percent,
    "health_local_percent": service.health_local_percent,
}
# Breakdowns whose percentages have the children looked after at 31 March below the line.
OF_LOOKED_AFTER: dict[str, Callable[[AuthorityYear, str], int]] = {
    "sex": profile.sex,
    "age": profile.age,
    "ethnicity": profile.ethnicity,
    "ethnicity_british": profile.ethnicity_british,
    "uasc": profile.uasc,
    "legal_status": profile.legal_status,
    "need": profile.need,
    "placement": profile.placement,
    "placement_before_2018": profile.placement_before_2018,
    "provider": profile.provider,
    "locality": profile.locality,
    "distance": profile.distance,
    "locality_distance": profile.locality_distance,
}
BROKEN_DOWN: dict[str, Callable[[AuthorityYear, str], Value]] = {
    **OF_LOOKED_AFTER,
    "placements_in_year": flows.placements_in_year,
    "health": health.health,
    "health_percent": health.health_percent,
    "development": health.development,
    "development_percent": health.development_percent,
    "convictions": health.convictions,
    "convictions_percent": health.convictions_percent,
    "sdq": health.sdq,
    "sdq_percent": health.sdq_percent,
    "substance_misuse": health.substance_misuse,
    "substance_misuse_percent": health.substance_misuse_percent,
    "disputes_highest_stage": service.disputes_highest_stage,
    "disputes_closed_at_stage": service.disputes_closed_at_stage,
}


def compute(authority: str, year: str, figure: str, category: str = "") -> Value:
    """The unrounded value of a figure; None where the records cannot give it."""
    records = load(DATA / authority, year)
    if figure in WHOLE:
        return WHOLE[figure](records)
    if figure in BROKEN_DOWN:
        return BROKEN_DOWN[figure](records, category)
    count = OF_LOOKED_AFTER[figure.removesuffix("_percent")]
    return Fraction(100 * count(records, category), profile.looked_after_count(records))


def round_half_up(value: int | Fraction, decimals: int) -> Decimal:
    """To the decimals of publication; exact, since no float comes between."""
    scaled = abs(Fraction(value)) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    rounded = Decimal(whole).scaleb(-decimals)
    quantum = Decimal(1).scaleb(-decimals)
    return (rounded if value >= 0 else -rounded).quantize(quantum, rounding=ROUND_HALF_UP)
