"""How far problems in the records can move the figures."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Figures
from irostats.issues import Issue, Severity
from irostats.quality import effects, furthest
from irostats.registry import Measure, Registry, Unit

YEAR = ReportingYear(2021)
HELD = Measure("reviews.held", "Held", "Held.")
ON_TIME = Measure("reviews.on_time_percent", "On time", "On time.", Unit.PERCENT)
SEEN = Measure("participation.percent", "Took part", "Took part.", Unit.PERCENT)
REGISTRY = Registry.of((HELD, ON_TIME, SEEN), ())


def percent(measure: Measure, above: int, below: int) -> Figure:
    return Figure(measure.name, "2020-21", 100 * above / below, numerator=above, denominator=below)


FIGURES = Figures.collect(
    (Figure("reviews.held", "2020-21", 100), percent(ON_TIME, 90, 100), percent(SEEN, 8, 10)),
    REGISTRY,
    authority="somewhere",
)


def issue(rows: int, *figures: str, year: str = "2020-21", rule: str = "outside") -> Issue:
    return Issue(
        Severity.WARNING,
        rule,
        f"{rows} row{'s' if rows > 1 else ''} outside care; not counted.",
        table="reviews",
        file=f"{year}/ssda903/reviews.csv",
        rows=rows,
        figures=figures,
    )


def test_files_with_the_same_problem_are_one_effect() -> None:
    """Rows are added up over files, and the message loses its own number."""
    (found,) = effects([issue(2, "reviews"), issue(1, "reviews", year="2019-20")], FIGURES, YEAR)
    assert (found.rows, found.message) == (3, "rows outside care; not counted.")
    assert found.files == ("2020-21/ssda903/reviews.csv", "2019-20/ssda903/reviews.csv")


def test_the_percentage_that_moves_furthest_is_named() -> None:
    """One row of ten moves participation more than one of a hundred moves timeliness."""
    (found,) = effects([issue(1, "reviews", "participation")], FIGURES, YEAR)
    assert found.measure == "participation.percent"
    # 8 of 10 is 80%; 7 of 10 is 70%, 9 of 10 is 90%, 7 of 11 is 63.6%, 9 of 9 is 100%.
    assert found.points == 20.0


def test_what_moves_no_figure_is_left_out() -> None:
    """A note that names no figure has no effect; the most rows stand first."""
    found = effects([issue(1), issue(1, "reviews"), issue(5, "reviews", rule="b")], FIGURES, YEAR)
    assert [effect.rows for effect in found] == [5, 1]


@given(
    below=st.integers(1, 60),
    share=st.floats(0, 1),
    rows=st.integers(0, 20),
    up=st.integers(-20, 20),
    more=st.integers(-20, 20),
)
def test_no_change_of_so_many_rows_goes_further(
    below: int, share: float, rows: int, up: int, more: int
) -> None:
    """Whatever the rows do, each to numerator and denominator by one, the bound holds."""
    above = round(share * below)
    up, more = max(-rows, min(rows, up)), max(-rows, min(rows, more))
    now, base = above + up, below + more
    if 0 <= now <= base and base > 0:
        figure = percent(ON_TIME, above, below)
        assert abs(100 * now / base - figure.value) <= furthest(figure, rows) + 1e-9
