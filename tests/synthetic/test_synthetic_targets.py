"""The calibration targets: sourced, adding up, and solvable."""

from __future__ import annotations

import pytest

from irostats.synthetic.plan import AUTHORITIES, Flow, load

WHOLE = ("sex", "age", "ethnicity", "legal", "placement", "provider", "location", "need")
every_authority = pytest.mark.parametrize("slug", AUTHORITIES)


@every_authority
def test_every_target_has_its_source(slug: str) -> None:
    """No figure or breakdown stands without saying where it comes from."""
    for year in load(slug).years.values():
        for name in [*year.figures, *year.quotas]:
            assert len(year.sources[name]) > 5, name


@every_authority
def test_parts_add_up_to_the_number_looked_after(slug: str) -> None:
    """Each breakdown of 31 March sums to the number looked after, the cohort to its own."""
    for year in load(slug).years.values():
        for name in WHOLE:
            if name in year.quotas:
                assert sum(year.quotas[name].values()) == year.at_31_march, (year.label, name)
        if "age_12_months" in year.quotas:
            cohort = sum(year.quotas["age_12_months"].values())
            assert cohort == year.figures["continuous_12_months"]


@every_authority
def test_chosen_parts_are_parts(slug: str) -> None:
    """What is marked as chosen by us exists in its breakdown."""
    for year in load(slug).years.values():
        for name, chosen in year.chosen.items():
            assert set(chosen) <= year.quotas[name].keys(), (year.label, name)


@every_authority
def test_flows_close_on_the_stocks(slug: str) -> None:
    """The solved flows give the opening and closing stock, started, ceased and in year."""
    plan = load(slug)
    for block in plan.blocks:
        opening = block.opening
        for label in block.years:
            year = plan.years[label]
            f = year.flow(opening)
            assert min(f.a, f.b, f.c, f.d, f.e, f.f, f.g) >= 0
            assert f.a + f.b + f.c + f.d == opening
            assert f.a + f.c + f.e + f.g == year.at_31_march
            assert f.c + f.d + f.e + f.f + f.g == year.figures["started"]
            assert f.b + f.c + f.d + f.f + f.g == year.figures["ceased"]
            in_year = opening + f.e + f.f + f.g
            assert in_year == year.figures.get("in_year", in_year)
            opening = year.at_31_march


def test_peterborough_flows_are_forced_by_what_was_published() -> None:
    """262 stayed all year; 46 came and went; one left and came back."""
    year = load("peterborough").years["2020-21"]
    assert year.flow(369) == Flow(a=262, b=106, c=1, d=0, e=88, f=46, g=0)


def test_contradictory_flows_are_refused() -> None:
    """Central Bedfordshire's 111 started cannot be: 114 children were new in the year."""
    year = load("central-bedfordshire").years["2011-12"]
    year.figures["started"] = 111
    with pytest.raises(ValueError, match="contradict"):
        year.flow(176)


@every_authority
def test_settings_give_every_year_what_its_tables_need(slug: str) -> None:
    """Each year says how many reviews and how many of them late."""
    plan = load(slug)
    for year in plan.years.values():
        assert "reviews_held" in year.figures or "reviews" in year.settings
        assert "reviews_late" in year.figures or "late_share" in year.settings
        assert ("disputes" in year.settings) == plan.service.get("challenge", True)
