"""Nobody works a hidden count out of a shipped report, nor out of two years' reports together."""

from __future__ import annotations

import pytest
from attacker import attack

import irostats
from irostats.calendar import ReportingYear
from irostats.figures import Figures, Status
from irostats.measures import REGISTRY
from whole_reports import SEED_YEARS, TEST_ALL, shipped_reports


def years_of(figures: Figures) -> list[ReportingYear]:
    """The years that a report has figures of, oldest first."""
    ends = {int(figure.period[:4]) + ("-" in figure.period[4:7]) for figure in figures}
    return [
        ReportingYear(end)
        for end in sorted(ends)
        if any(figure.period == str(ReportingYear(end)) for figure in figures)
    ]


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(("slug", "year"), shipped_reports())
def test_nobody_works_out_a_hidden_count(slug: str, year: str) -> None:
    """From every number of every year in the report, its annexes and its files."""
    figures = irostats.open(slug, year).figures
    assert any(figure.status is Status.SUPPRESSED for figure in figures)
    assert attack(figures, years_of(figures)) == []


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("slug", SEED_YEARS if TEST_ALL else ("york",))
def test_nobody_works_out_a_hidden_count_from_two_years_reports(slug: str) -> None:
    """What one report hides and the next shows, or the other way round, is shown to the reader."""
    last = ReportingYear.parse(SEED_YEARS[slug])
    old, new = (irostats.open(slug, str(year)).figures for year in (last.previous, last))
    known = {(*f.cell, f.period): f for f in (*old, *new) if f.status is not Status.SUPPRESSED}
    hidden = {(*f.cell, f.period): f for f in (*old, *new) if f.status is Status.SUPPRESSED}
    both = Figures.collect((hidden | known).values(), REGISTRY, authority=slug)
    assert attack(both, years_of(both)) == []
