"""Years side by side: what was not published stays near what was, and nothing jumps."""

from __future__ import annotations

import csv
import functools
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from irostats.synthetic.blemishes import read
from irostats.synthetic.care_leavers import care_leavers, leavers_in, oc3
from irostats.synthetic.leaving import code_in
from irostats.synthetic.midpoints import midpoint
from irostats.synthetic.mix import mix_of
from irostats.synthetic.model import Child, Period, Review, stream
from irostats.synthetic.plan import AUTHORITIES, load
from irostats.synthetic.rates import absences, drifted, health_shares, nearest
from irostats.synthetic.returns import Rows
from irostats.synthetic.workdays import age_on, year_end

DATA = Path(__file__).parents[2] / "data"
PAIRS = [
    (slug, one, two)
    for slug in AUTHORITIES
    for block in load(slug).blocks
    for one, two in pairwise(block.years)
]
YEARS = sorted({(slug, year) for slug, *years in PAIRS for year in years})
side_by_side = pytest.mark.parametrize(("slug", "one", "two"), PAIRS)
FLAGS = ("HEALTH_ASSESSMENT", "IMMUNISATIONS", "TEETH_CHECK", "CONVICTED", "SUBSTANCE_MISUSE")
ADOPTION_OR_GUARDIANSHIP = {"E11", "E12", "E43", "E44", "E45", "E46", "E47", "E48"}


@functools.cache
def rows(slug: str, year: str, part: str, table: str) -> Rows:
    """The rows of a shipped table; none if it is not there."""
    path = DATA / slug / year / part / f"{table}.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def share(values: Iterable[bool]) -> float:
    """The share of what is so, in percent."""
    found = list(values)
    return 100 * sum(found) / len(found) if found else 0.0


@side_by_side
@pytest.mark.parametrize("flag", FLAGS)
def test_health_moves_by_a_few_points(slug: str, one: str, two: str, flag: str) -> None:
    """No share of OC2 moves by more than seven points from a year to the next."""
    before, after = (
        share(row[flag] == "1" for row in rows(slug, year, "ssda903", "oc2") if row[flag])
        for year in (one, two)
    )
    assert abs(after - before) <= 7


@side_by_side
def test_missing_moves_by_a_few_points(slug: str, one: str, two: str) -> None:
    """As many of the children in the return are missing as the year before, or nearly."""
    before, after = (
        100
        * len({row["CHILD"] for row in rows(slug, year, "ssda903", "missing")})
        / len({row["CHILD"] for row in rows(slug, year, "ssda903", "episodes")})
        for year in (one, two)
    )
    assert abs(after - before) <= 3


@side_by_side
def test_as_many_leave_to_adoption_and_guardianship(slug: str, one: str, two: str) -> None:
    """The share that leaves by these orders is no surprise after the year before's."""
    before, after = (
        share(
            row["REC"] in ADOPTION_OR_GUARDIANSHIP
            for row in rows(slug, year, "ssda903", "episodes")
            if row["REC"].startswith("E") and row["LS"] != "V4"
        )
        for year in (one, two)
    )
    assert abs(after - before) <= 12


@side_by_side
def test_second_reviews_have_a_plan_about_as_often(slug: str, one: str, two: str) -> None:
    """The share with a plan for permanence stays within six points."""
    before, after = (
        share(
            row["permanence_plan"] == "yes"
            for row in rows(slug, year, "service", "reviews_local")
            if row["permanence_plan"]
        )
        for year in (one, two)
    )
    assert abs(after - before) <= 6


@pytest.mark.parametrize(("slug", "year"), YEARS)
def test_some_children_change_officers_and_most_do_not(slug: str, year: str) -> None:
    """No year has the same officer for every child all year, and none changes for most."""
    officers: dict[str, set[str]] = {}
    first = date(int(year[:4]), 4, 1)
    still = {
        row["child_id"] for row in rows(slug, year, "service", "iro_allocation") if not row["end"]
    }
    for row in rows(slug, year, "service", "iro_allocation"):
        officers.setdefault(row["child_id"], set()).add(row["iro_id"])
    began = {row["child_id"]: read(row["start"]) for row in reversed(_allocations(slug, year))}
    same = share(
        len(found) == 1
        for child, found in officers.items()
        if child in still and began[child] < first
    )
    assert 60 <= same < 100


def _allocations(slug: str, year: str) -> Rows:
    found = rows(slug, year, "service", "iro_allocation")
    return sorted(found, key=lambda row: (row["child_id"], read(row["start"])))


@pytest.mark.parametrize(("slug", "year"), YEARS)
def test_children_who_are_checked_mostly_are_between_each_pair_of_reviews(
    slug: str, year: str
) -> None:
    """A check lies between two reviews near their middle, and one check seldom stands alone."""
    checks: dict[str, list[date]] = {}
    for row in rows(slug, year, "service", "midpoint"):
        checks.setdefault(row["child_id"], []).append(read(row["date"]))
    held: dict[str, list[date]] = {}
    for row in rows(slug, year, "ssda903", "reviews"):
        held.setdefault(row["CHILD"], []).append(read(row["REVIEW"]))
    found = [
        any(one < day < two for day in checks[child])
        for child in checks
        for one, two in pairwise(sorted(set(held.get(child, []))))
        if (two - one).days > 92
    ]
    if checks:
        assert share(found) >= 75


def test_a_share_drifts_the_same_way_from_either_side() -> None:
    """Two years apart are as far apart as the steps between them; the first year has no step."""
    assert drifted(0.5, "york", "x", "2016-17", "2016-17") == 0.5
    forward = drifted(0.5, "york", "x", "2016-17", "2018-19") - 0.5
    back = drifted(0.5, "york", "x", "2018-19", "2016-17") - 0.5
    assert forward == pytest.approx(-back)
    assert 0 < abs(forward) <= 0.036


def test_shares_stay_within_their_bounds() -> None:
    """A share near 0 or 1 moves little and leaves neither."""
    for first in range(1995, 2020):
        year = f"{first}-{first + 1}"
        assert 0.96 >= drifted(1.0, "york", "x", "2020-21", year) >= 0.7
        assert 0.004 <= drifted(0.0, "york", "y", "2020-21", year) <= 0.01


def test_the_nearest_year_with_figures_is_used() -> None:
    """York's other years go by 2016-17, Central Bedfordshire's by 2011-12."""
    york, bedfordshire = load("york"), load("central-bedfordshire")
    found = nearest(york, "2018-19", "health")
    assert found is not None
    assert found.label == "2016-17"
    assert nearest(bedfordshire, "2018-19", "health") is bedfordshire.years["2011-12"]
    assert nearest(bedfordshire, "2018-19", "missing") is None
    assert 0.18 < health_shares(york, "2017-18")["teeth_check"] < 0.27


def test_absences_are_as_published_or_in_proportion() -> None:
    """The calibrated year's own numbers; in another year as many for so many children."""
    york = load("york")
    assert absences(york, "2016-17", 268) == york.years["2016-17"].quotas["missing"]
    usual = absences(york, "2017-18", 268)
    assert abs(usual["children"] - 19) <= 4
    assert usual["incidents"] >= usual["children"] + usual["more_than_once"]
    assert absences(load("central-bedfordshire"), "2018-19", 424)["away_children"] > 0


@pytest.mark.parametrize(
    ("code", "year", "own"),
    [
        ("E43", "2017-18", "E43"),
        ("E43", "2018-19", "E45"),
        ("E47", "2017-18", "E44"),
        ("E11", "2018-19", "E11"),
    ],
)
def test_special_guardianship_has_the_codes_of_the_year(code: str, year: str, own: str) -> None:
    """E45 to E48 took the place of E43 and E44 in April 2018."""
    assert code_in(code, year) == own


def test_a_mix_leans_towards_what_was_published() -> None:
    """Peterborough places fewer with parents than is usual, and further away than Lancashire."""
    peterborough = mix_of(load("peterborough").years["2020-21"])
    lancashire = mix_of(load("lancashire").years["2018-19"])
    assert peterborough.kinds[10]["parents"] < 0.1 * lancashire.kinds[10]["parents"]
    assert peterborough.locations["out_far"] > peterborough.locations["in_far"]
    assert lancashire.locations["in_near"] > 3 * lancashire.locations["out_near"]


def test_care_leavers_are_as_many_as_published_and_keep_to_what_they_do() -> None:
    """90 of 19 to 21 in York, 79 of them suitably housed; most do next year what they did."""
    plan = load("york")
    years = plan.blocks[0].years
    pool = care_leavers(plan, years, "seed")
    tables = oc3(plan, pool, years, "seed")
    older = [
        row for row in tables["2016-17"] if age_on(read(row["DOB"]), year_end("2016-17")) >= 19
    ]
    assert len(older) == 90
    assert sum(row["ACCOM"].endswith("1") for row in older) == 79
    assert len(leavers_in(pool, "2016-17")) == len(tables["2016-17"])
    assert all((row["IN_TOUCH"] == "YES") == (row["ACTIV"] != "0") for row in older)
    before = {row["CHILD"]: row["ACTIV"] for row in tables["2016-17"]}
    kept = Counter(
        before[row["CHILD"]] == row["ACTIV"] for row in tables["2017-18"] if row["CHILD"] in before
    )
    assert kept[True] > 1.5 * kept[False]


def checked(reviews: list[date], *, end: date | None = None, target: float = 1.0) -> list[date]:
    """The days of checks in 2018-19 of twenty children with the same reviews."""
    children = []
    for key in range(20):
        period = Period(date(2017, 5, 2), end)
        period.reviews = [Review(day, day, i + 1) for i, day in enumerate(reviews)]
        children.append(Child(key, [period], identifier=f"SYN{key:02d}"))
    found = midpoint(children, "2018-19", {"children": target}, stream("checks"))
    return [read(row["date"]) for row in found]


def test_checks_lie_near_the_middle_between_reviews() -> None:
    """Reviews on 1 May and 1 November: checks about 1 August and, before the next, 30 January."""
    days = checked([date(2018, 5, 1), date(2018, 11, 1)])
    assert 25 <= len(days) <= 40
    assert all(
        min(abs(day - middle) for middle in (date(2018, 8, 1), date(2019, 1, 30)))
        <= timedelta(days=10)
        for day in days
    )


def test_only_the_share_of_the_children_is_checked() -> None:
    """Half of twenty children; nobody else has a check."""
    found = checked([date(2018, 5, 1), date(2018, 11, 1)], target=0.5)
    assert 10 <= len(found) <= 20


def test_who_left_without_a_stretch_between_reviews_is_not_checked() -> None:
    """Two reviews six weeks apart leave no room for a check."""
    assert checked([date(2018, 5, 1), date(2018, 6, 12)], end=date(2018, 7, 2)) == []
