"""Reviews, orders and periods of care as the simulation makes them."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irostats.synthetic.flows import opening_stock, run_year
from irostats.synthetic.lateness import leave_overdue, make_late
from irostats.synthetic.model import Child, Period, Review, looked_after, stream
from irostats.synthetic.orders import first_orders
from irostats.synthetic.participating import give_codes
from irostats.synthetic.plan import Flow, YearPlan
from irostats.synthetic.quotas import QuotaError
from irostats.synthetic.reviewing import history, hold_year, review_due
from irostats.synthetic.workdays import is_working_day, year_end, year_start

YEAR = "2018-19"
FLOW = Flow(a=60, b=30, c=5, d=3, e=25, f=10, g=2)


def simulated() -> list[Child]:
    """A year of a hundred or so children."""
    children = opening_stock(98, YEAR, 1, stream("stock"))
    return run_year(children, YEAR, FLOW, stream("run"))


def reviewed(target: int = 265) -> list[Child]:
    """The same with their reviews."""
    children = simulated()
    for child in children:
        for period in child.periods:
            history(period, year_start(YEAR), child.key)
    hold_year(children, YEAR, target, "seed")
    return children


def test_flows_come_out_exactly() -> None:
    """Stocks, children in the year and those there all year are as asked."""
    children = simulated()
    assert len(looked_after(children, year_start(YEAR) - timedelta(days=1))) == 98
    assert len(looked_after(children, year_end(YEAR))) == 60 + 5 + 25 + 2
    assert sum(child.in_year(YEAR) for child in children) == 98 + 25 + 10 + 2
    assert sum(child.continuous_in(YEAR) for child in children) == 60


def test_periods_of_one_child_never_overlap() -> None:
    """Each period ends before the next begins, and lasts at least a day."""
    for child in simulated():
        for period in child.periods:
            assert period.end is None or period.end > period.start
        for one, two in itertools.pairwise(child.periods):
            assert one.end is not None
            assert one.end < two.start


@pytest.mark.parametrize(
    ("start", "held", "due"),
    [
        (date(2018, 10, 1), [], date(2018, 10, 29)),
        (date(2011, 3, 15), [], date(2011, 4, 12)),
        (date(2018, 10, 1), [date(2018, 10, 25)], date(2019, 1, 25)),
        (date(2018, 10, 1), [date(2018, 10, 25), date(2019, 1, 20)], date(2019, 7, 20)),
    ],
)
def test_reviews_are_due_by_regulation_33(start: date, held: list[date], due: date) -> None:
    """20 working days (28 days before April 2011), then three months, then six."""
    assert review_due(start, held) == due


def test_reviews_reach_the_target_on_working_days_and_in_time() -> None:
    """As many as asked, none late, none outside care or on a holiday."""
    children = reviewed()
    reviews = [(p, r) for c in children for p in c.periods for r in p.reviews]
    assert len(reviews) > 265
    assert sum(len(child.reviews_in(YEAR)) for child in children) == 265
    assert not any(review.late for _, review in reviews)
    assert all(is_working_day(review.held) for _, review in reviews)
    assert all(p.start < r.held and (p.end is None or r.held < p.end) for p, r in reviews)


def test_too_few_reviews_are_refused() -> None:
    """A target below what the statute demands cannot be met in time."""
    with pytest.raises(ValueError, match="more than the 50"):
        hold_year(simulated(), YEAR, 50, "seed")


def test_exactly_so_many_reviews_are_late_with_reasons() -> None:
    """Late ones keep the year's total, their neighbours stay in time, and say why."""
    children = reviewed()
    make_late(children, YEAR, 9, stream("late"), lambda: "a reason")
    held = [review for child in children for review in child.reviews_in(YEAR)]
    assert len(held) == 265
    assert sum(review.late for review in held) == 9
    assert all(bool(review.reason) == review.late for review in held)


def test_overdue_reviews_of_the_last_year_are_not_held() -> None:
    """In the final year an overdue review disappears; its period gets no other."""
    children = reviewed(270)
    leave_overdue(children, YEAR, 2, stream("overdue"), final=True)
    closed = [p for child in children for p in child.periods if p.closed_to_reviews]
    assert sum(len(child.reviews_in(YEAR)) for child in children) == 270 - len(closed)


@given(
    st.integers(0, 1500),
    st.sampled_from(["C1", "C2", "E1", "V2", "J1", "L2"]),
    st.integers(0, 10_000),
)
def test_orders_begin_with_the_period_and_end_as_asked(days: int, final: str, seed: int) -> None:
    """A path starts on the first day, only moves forward, and reaches the last order in time."""
    start = date(2016, 5, 3)
    path = first_orders(start, start + timedelta(days=days), final, stream(seed))
    assert path[0][0] == start
    assert path[-1][1] == final
    assert all(one[0] < two[0] for one, two in itertools.pairwise(path))
    assert path[-1][0] <= start + timedelta(days=days)


def coded_children(ages: list[int]) -> list[Child]:
    """Children of given ages with one review each."""
    children = []
    for key, age in enumerate(ages):
        day = date(2018, 9, 3)
        period = Period(date(2018, 5, 1))
        period.reviews = [Review(day, day, 1)]
        children.append(Child(key, [period], born=date(2018 - age, 6, 1)))
    return children


def plan_of(figures: dict[str, int], participation: float = 0.5) -> YearPlan:
    """A year's targets about participation."""
    return YearPlan(YEAR, figures, {}, {}, {"participation": participation}, {})


def test_children_under_four_are_coded_as_such() -> None:
    """Under 4 the code is PN0, from 4 it never is."""
    children = coded_children([1, 3, 4, 9, 16])
    give_codes(children, plan_of({}), "seed")
    codes = [child.periods[0].reviews[0].code for child in children]
    assert codes[:2] == ["PN0", "PN0"]
    assert "PN0" not in codes[2:]
    assert all(codes)


def test_participation_counts_are_exact() -> None:
    """So many reviews with participation as published, the others attended silently or absent."""
    children = coded_children([2] * 4 + [10] * 20)
    give_codes(children, plan_of({"reviews_participated": 13}), "seed")
    codes = [child.periods[0].reviews[0].code for child in children]
    assert sum(code in {"PN1", "PN2", "PN3", "PN5", "PN6"} for code in codes) == 13
    assert sum(code in {"PN4", "PN7"} for code in codes) == 7


def test_more_participation_than_reviews_is_refused() -> None:
    """Children under 4 cannot make up for missing reviews of older ones."""
    with pytest.raises(QuotaError):
        give_codes(coded_children([2, 10]), plan_of({"reviews_participated": 2}), "seed")
