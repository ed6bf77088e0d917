"""irostats's own Figures give the same values as the recomputation of the published table."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from golden_table import AUTHORITY_YEARS, PUBLISHED, Published
from recompute import compute
from recompute_returns import DATA

import irostats
from irostats.calendar import ReportingYear
from irostats.figures import Figure, Figures, Status
from irostats.registry import TOTAL

# No part of the report prints these: DfE's rates of starting and ceasing.
NOT_MEASURED = {"started_rate_per_10000", "ceased_rate_per_10000"}

ETHNIC_GROUPS = {"white": ("white_british", "white_other")}
BRITISH_GROUPS = {
    "white_british": ("white_british",),
    "black_minority_ethnic": ("mixed", "asian", "black", "other"),
    "neither": ("white_other", "not_known"),
}


@dataclass(frozen=True)
class Opened:
    """The figures of one authority-year as an analyst sees them, unprotected."""

    figures: Figures
    year: ReportingYear

    def figure(self, measure: str, breakdown: str = TOTAL, category: str = TOTAL) -> Figure:
        """One figure of the year."""
        return self.figures.get(measure, self.year, breakdown=breakdown, category=category)

    def value(self, measure: str, breakdown: str = TOTAL, category: str = TOTAL) -> float | None:
        """Its value, or None where there is none."""
        found = self.figure(measure, breakdown, category)
        return found.value if found.known else None

    def total(self, measure: str, breakdown: str, categories: tuple[str, ...]) -> float | None:
        """The sum over several categories."""
        values = [self.value(measure, breakdown, category) for category in categories]
        known = [value for value in values if value is not None]
        return sum(known) if len(known) == len(values) else None

    def rose(self, *measures: str) -> float | None:
        """1 if the sum of some counts is above last year's, else 0."""
        before = Opened(self.figures, self.year.previous)
        now = [self.value(measure) for measure in measures]
        then = [before.value(measure) for measure in measures]
        sums = [sum(value for value in values if value is not None) for values in (now, then)]
        return None if None in (*now, *then) else float(sums[0] > sums[1])


@functools.cache
def opened(authority: str, year: str) -> Opened:
    report = irostats.open(authority, year, audience="internal", data=str(DATA))
    return Opened(report.figures, report.parameters.year)


Read = Callable[[Opened, str], float | None]


def plain(measure: str) -> Read:
    return lambda report, _: report.value(measure)


def broken_down(breakdown: str, groups: Mapping[str, tuple[str, ...]] | None = None) -> Read:
    """The children looked after in a category, which may be several of the report's."""
    return lambda report, category: report.total(
        "profile.looked_after", breakdown, (groups or {}).get(category, (category.lower(),))
    )


def share(breakdown: str, groups: Mapping[str, tuple[str, ...]] | None = None) -> Read:
    """The same in per cent of all children looked after."""
    return lambda report, category: report.total(
        "profile.looked_after_percent", breakdown, (groups or {}).get(category, (category.lower(),))
    )


def of_placements(
    measure: str, breakdown: str, groups: Mapping[str, tuple[str, ...]] | None = None
) -> Read:
    """A category of a measure of placements, which the table may call by another name."""
    return lambda report, category: report.total(
        f"placements.{measure}", breakdown, (groups or {}).get(category, (category,))
    )


def statement(holds: Callable[[Opened], bool | None]) -> Read:
    def read(report: Opened, _: str) -> float | None:
        found = holds(report)
        return None if found is None else float(found)

    return read


def denominator(measure: str) -> Read:
    return lambda report, _: (
        figure.denominator if (figure := report.figure(measure)).known else None
    )


def within_50_to_70(report: Opened) -> bool | None:
    caseload = report.value("service.caseload")
    return None if caseload is None else 50 <= caseload <= 70


PLACEMENTS = {
    "secure_and_childrens_homes": ("childrens_homes",),
    "residential_school": ("residential_schools",),
}
PROVIDERS = {"other_la": ("other_authority",)}


def answered(measures: Mapping[str, tuple[str, str, str]]) -> Read:
    """A cell for each of the table's categories."""
    return lambda report, category: report.value(*measures[category])


def whole(measure: str) -> tuple[str, str, str]:
    return (measure, TOTAL, TOTAL)


CHECKS = ("assessment", "dental", "immunised")
SDQ_BANDS = ("normal", "borderline", "concern")


def mostly_virtual(report: Opened) -> bool | None:
    share = report.value("reviews.method_percent", "method", "virtual")
    return None if share is None else share > 50


UASC = {"uasc": ("uasc",), "not_uasc": ("other",)}
MEASURED: dict[str, Read] = {
    "looked_after": plain("profile.looked_after"),
    "looked_after_change_percent": plain("profile.looked_after_change_percent"),
    "looked_after_rose": lambda report, _: report.rose("profile.looked_after"),
    "population": denominator("profile.rate"),
    "rate_per_10000": plain("profile.rate"),
    "sex": broken_down("sex"),
    "sex_percent": share("sex"),
    "age": broken_down("age"),
    "age_percent": share("age"),
    "ethnicity": broken_down("ethnicity", ETHNIC_GROUPS),
    "ethnicity_percent": share("ethnicity", ETHNIC_GROUPS),
    "ethnicity_british": broken_down("ethnicity", BRITISH_GROUPS),
    "ethnicity_british_percent": share("ethnicity", BRITISH_GROUPS),
    "uasc": broken_down("uasc", UASC),
    "uasc_percent": share("uasc", UASC),
    "legal_status": broken_down("legal_status"),
    "legal_status_percent": share("legal_status"),
    "need": broken_down("need"),
    "need_percent": share("need"),
    "placement": of_placements("placed", "placement", PLACEMENTS),
    "placement_percent": of_placements("placed_percent", "placement", PLACEMENTS),
    "placement_before_2018": of_placements("placed", "placement_before_2018"),
    "provider": of_placements("placed", "provider", PROVIDERS),
    "provider_percent": of_placements("placed_percent", "provider", PROVIDERS),
    "locality": of_placements("located", "locality"),
    "locality_percent": of_placements("located_percent", "locality"),
    "distance": of_placements("located", "distance"),
    "distance_percent": of_placements("located_percent", "distance"),
    "locality_distance": of_placements("located", "locality*distance"),
    "locality_distance_percent": of_placements("located_percent", "locality*distance"),
    "placements_in_year": of_placements("in_year", "placements_in_year"),
    "three_or_more_placements_percent": plain("placements.three_or_more_percent"),
    "started": plain("profile.children_started"),
    "ceased": plain("profile.children_ceased"),
    "children_in_year": plain("profile.in_year"),
    "looked_after_12_months": plain("health.children"),
    "health": answered({name: (f"health.{name}", "recorded", "yes") for name in CHECKS}),
    "health_percent": answered({name: whole(f"health.{name}_percent") for name in CHECKS}),
    "health_local_percent": plain("health.local_percent"),
    "development": answered(
        {
            "total": whole("health.development"),
            "up_to_date": ("health.development", "recorded", "yes"),
        }
    ),
    "development_percent": plain("health.development_percent"),
    "sdq": answered(
        {
            "total": whole("health.sdq"),
            "received": whole("health.sdq_scored"),
            **{band: ("health.sdq", "score", band) for band in SDQ_BANDS},
        }
    ),
    "sdq_percent": answered(
        {
            "received": whole("health.sdq_scored_percent"),
            **{band: ("health.sdq_band_percent", "score", band) for band in SDQ_BANDS},
        }
    ),
    "sdq_average": plain("health.sdq_average"),
    "substance_misuse": answered(
        {
            "identified": ("health.substance_misuse", "recorded", "yes"),
            "received": ("health.intervention", "intervention", "received"),
            "refused": ("health.intervention", "intervention", "refused"),
        }
    ),
    "substance_misuse_percent": answered(
        {
            "identified": whole("health.substance_misuse_percent"),
            "received": ("health.intervention_percent", "intervention", "received"),
            "refused": ("health.intervention_percent", "intervention", "refused"),
        }
    ),
    "convictions": answered(
        {"total": whole("health.convicted"), "convicted": ("health.convicted", "recorded", "yes")}
    ),
    "convictions_percent": plain("health.convicted_percent"),
    "reviews_held": plain("reviews.held"),
    "reviews_held_change_percent": plain("reviews.held_change_percent"),
    "children_reviewed": plain("reviews.children"),
    "reviews_on_time": plain("reviews.on_time"),
    "reviews_late": plain("reviews.late"),
    "reviews_on_time_percent": plain("reviews.on_time_percent"),
    "reviews_cancelled": plain("reviews.cancelled"),
    "reviews_majority_virtual": statement(mostly_virtual),
    "participation_percent": plain("participation.percent"),
    "participated_reviews": plain("participation.took_part_all"),
    "children_participation_measured": plain("participation.children"),
    "children_participated": plain("participation.children_any"),
    "children_participated_percent": plain("participation.children_any_percent"),
    "midpoint_percent": plain("monitoring.midpoint_children_percent"),
    "iro_fte": plain("service.in_post"),
    "budget_gbp": plain("service.budget"),
    "average_caseload": plain("service.caseload"),
    "average_caseload_within_50_to_70": statement(within_50_to_70),
    "iros_outside_50_to_70": lambda report, _: report.total(
        "service.iros", "band", ("below", "above")
    ),
    "chairs_conferences": statement(
        lambda report: (report.value("service.in_post", "role", "dual") or 0) > 0
    ),
    "oversees_children_in_need": statement(
        lambda report: None if (n := report.value("service.in_need")) is None else n > 0
    ),
    "alerts": plain("challenge.alerts"),
    "disputes_active": plain("challenge.active"),
    "disputes_closed": plain("challenge.closed"),
    "disputes_open": plain("challenge.open"),
    "disputes_highest_stage": lambda report, stage: report.value(
        "challenge.active", "stage", stage
    ),
    "disputes_recorded": statement(
        lambda report: report.figure("challenge.active").status is not Status.NOT_RECORDED
    ),
    "challenges_rose": lambda report, _: report.rose("challenge.alerts", "challenge.opened"),
}
# What the recomputation adds to the report's breakdown by stage, to pin the open disputes down.
RECOMPUTED_ONLY = {"disputes_closed_at_stage"}
AGREEING = [published for published in PUBLISHED if published.figure in MEASURED]


@pytest.mark.parametrize("published", AGREEING, ids=lambda figure: figure.name)
def test_measure_agrees_with_the_recomputation(published: Published) -> None:
    """The report's figure and the independent one are the same number, or both are absent."""
    wanted = compute(published.authority, published.year, published.figure, published.category)
    report = opened(published.authority, published.year)
    got = MEASURED[published.figure](report, published.category)
    if wanted is None or got is None:
        assert (wanted, got) == (None, None)
    else:
        assert got == pytest.approx(float(wanted), rel=1e-12)


def test_every_figure_is_measured_or_listed() -> None:
    """The table's figures without a measure are exactly those listed by name."""
    figures = {published.figure for published in PUBLISHED}
    assert figures - set(MEASURED) == NOT_MEASURED | RECOMPUTED_ONLY


@pytest.mark.parametrize(("authority", "year"), AUTHORITY_YEARS)
def test_reviews_held_and_late_agree_in_every_year(authority: str, year: str) -> None:
    """Published or not, the counts of reviews are the same by both roads."""
    report = opened(authority, year)
    for figure in (
        "reviews_held",
        "children_reviewed",
        "reviews_on_time",
        "reviews_late",
        "participated_reviews",
        "children_participation_measured",
        "children_participated",
        "started",
        "ceased",
        "children_in_year",
    ):
        assert MEASURED[figure](report, "") == compute(authority, year, figure), figure
