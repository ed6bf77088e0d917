"""Words: the authority's terms, changes by rule, titles that are true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from made_up_figures import AUTHORITY, YEAR, view

from irostats import present
from irostats.figures import Figure, Status
from irostats.present import Chart, Table
from irostats.present.charts import at_least, largest
from irostats.present.words import change, counted, listing, span, term
from irostats.settings import Words


def setting(**values: float) -> Callable[[Figure], Figure]:
    """A change that gives undivided figures of this year other values; ``__`` stands for a dot."""
    wanted = {name.replace("__", "."): value for name, value in values.items()}

    def change_one(figure: Figure) -> Figure:
        this_year = figure.period in (str(YEAR), YEAR.last_day.isoformat())
        if figure.measure in wanted and figure.breakdown == "total" and this_year:
            return replace(figure, value=wanted[figure.measure])
        return figure

    return change_one


@pytest.mark.parametrize(
    ("moved", "percent", "words"),
    [
        (23, 13.6, "a rise of 23 (13.6%) from 980 a year before"),
        (-23, -13.6, "a fall of 23 (13.6%) from 980 a year before"),
        (7, 1.566, "similar to the 980 of a year before: 7 more (1.6%)"),
        (-7, -1.566, "similar to the 980 of a year before: 7 fewer (1.6%)"),
        (0, 0.0, "the same number as a year before"),
    ],
)
def test_a_count_rises_falls_or_is_similar_by_rule(moved: int, percent: float, words: str) -> None:
    """Under 2 per cent a count is similar; nothing is called significant."""
    report = view(change=setting(reviews__held_change=moved, reviews__held_change_percent=percent))
    assert change(report, "reviews.held") == words


def test_without_a_year_before_no_change_is_worded() -> None:
    """A first year compares nothing."""
    report = view(1)
    assert change(report, "reviews.held") == ""
    assert "year before" not in str(present.sentence(report, "reviews-headline"))


def test_no_text_calls_a_change_significant_or_a_percentage_risen() -> None:
    """Percentages show both years' values and claim nothing."""
    report = view()
    for name in present.names()["sentence"]:
        text = str(present.sentence(report, name))
        assert "significant" not in text
    text = str(present.sentence(report, "participation-headline"))
    assert "rise" not in text
    assert "similar to the " in text


def test_the_authoritys_own_words_stand_everywhere() -> None:
    """No caption, label or sentence falls back on another term for the children."""
    words = Words("our children", "child of ours", "Reviewing Team", "Panel")
    report = view(authority=replace(AUTHORITY, words=words))
    for kind, make in (("table", present.table), ("sentence", present.sentence)):
        for name in present.names()[kind]:
            text = str(make(report, name))
            assert "children looked after" not in text.lower()
            assert "children in care" not in text
    chart = present.chart(report, "profile-trend")
    assert isinstance(chart, Chart)
    assert "our children" in chart.title
    assert "Reviewing Team" in str(present.sentence(report, "reviews-headline"))
    assert term(report, "Children looked after on 31 March") == "Our children on 31 March"


def test_counts_agree_with_their_nouns() -> None:
    """One review, two reviews, no reviews, a small number of reviews."""
    report = view()
    figure = Figure("reviews.held", "2020-21", 1.0)
    nouns = ("review", "reviews")
    assert counted(report, figure, *nouns) == "1 review"
    assert counted(report, replace(figure, value=0.0), *nouns) == "no reviews"
    assert counted(report, replace(figure, value=1200.0), *nouns) == "1,200 reviews"
    hidden = figure.without_value(Status.SUPPRESSED)
    assert counted(report, hidden, *nouns) == "a small number of reviews"


@pytest.mark.parametrize(
    ("caseload", "place"),
    [(49.9, "below"), (50, "within"), (70, "within"), (70.1, "above")],
)
def test_a_caseload_is_placed_against_the_guidance(caseload: float, place: str) -> None:
    """50 and 70 are within it."""
    report = view(change=setting(service__caseload=caseload))
    assert f", {place} the 50 to 70" in str(present.sentence(report, "service-headline"))


def test_a_title_names_the_largest_group_only_where_no_hidden_one_can_be_larger() -> None:
    """Suppressed numbers could add up to more than the largest that is shown."""
    whole = Figure("profile.looked_after", "2021-03-31", 20.0)
    hidden = whole.without_value(Status.SUPPRESSED)
    assert largest({"a": replace(whole, value=12.0), "b": hidden}, whole) == "a"
    assert largest({"a": replace(whole, value=8.0), "b": hidden}, whole) is None
    tie = replace(whole, value=10.0)
    assert largest({"a": tie, "b": tie}, whole) is None


def test_at_least_is_the_step_that_every_percentage_reaches() -> None:
    """It is judged on unrounded values, and on no value that is missing."""
    figure = Figure("reviews.on_time_percent", "2020-21", 94.96)
    assert at_least([figure, replace(figure, value=99.0)]) == 90
    assert at_least([replace(figure, value=95.0)]) == 95
    assert at_least([replace(figure, value=40.0)]) is None
    assert at_least([figure, figure.without_value(Status.NOT_ASSESSABLE)]) is None


def test_lists_and_spans_read_as_english() -> None:
    """``a, b and c``; one year is not a span."""
    assert listing(["a"]) == "a"
    assert listing(["a", "b"]) == "a and b"
    assert listing(["a", "b", "c"]) == "a, b and c"
    assert span([YEAR]) == "2020-21"
    assert span([YEAR, YEAR.previous]) == "2019-20 to 2020-21"


def test_published_figures_are_compared_after_rounding_as_published() -> None:
    """Same or not, a reason only where they differ, nothing compared with what is hidden."""
    table = present.table(view(), "annex-published")
    assert isinstance(table, Table)
    number, sex, on_time = table.rows
    assert number[1:4] == ("351", "351", "yes")
    assert sex[3] == "no"
    assert on_time[1] == "99.9%"
    assert on_time[4] == "Seed 5.1. Counted later."
    hidden = present.table(
        view(change=lambda figure: figure.without_value(Status.SUPPRESSED)), "annex-published"
    )
    assert isinstance(hidden, Table)
    assert {row[2:4] for row in hidden.rows} == {("c", "not compared")}


def test_only_problems_that_move_a_figure_are_listed() -> None:
    """A note that moves nothing is left to ``irostats check``."""
    table = present.table(view(), "quality-problems")
    assert isinstance(table, Table)
    assert [row[2] for row in table.rows] == ["1 to 5"]
    assert table.rows[0][3].startswith("Reviews held and participation: at most ")


def test_percentages_say_which_reviews_they_leave_out() -> None:
    """A year with reviews that cannot be assessed is not set beside another as if it were whole."""
    whole = view()
    assert "neither on time" not in str(present.table(whole, "summary-headlines"))
    part = view(change=setting(reviews__not_assessable=149))
    table = str(present.table(part, "summary-headlines"))
    assert "149 of 1,021 reviews in 2020-21." in table
    chart = present.chart(part, "reviews-on-time")
    assert isinstance(chart, Chart)
    assert "of assessable reviews" in chart.title
    assert "149 of 1,021" in chart.note
    late = present.chart(part, "reviews-lateness")
    assert isinstance(late, Chart)
    assert "the year before" not in late.title


def test_a_caseload_below_the_guidance_does_not_read_as_falling_short() -> None:
    """A lower caseload leaves more time, unless IROs chair conferences as well."""

    def reviews_only(figure: Figure) -> Figure:
        dual = (figure.measure, figure.category) == ("service.in_post", "dual")
        figure = replace(figure, value=0.0) if dual else figure
        return setting(service__caseload=46.8)(figure)

    below = str(present.sentence(view(change=reviews_only), "service-headline"))
    assert "more time for each child" in below
    assert "total load" not in below
    dual = view(change=setting(service__caseload=46.8))
    assert "chair child protection conferences" in str(present.sentence(dual, "service-headline"))
    within = view(change=setting(service__caseload=58.5))
    assert "more time" not in str(present.sentence(within, "service-headline"))


def test_published_figures_stand_in_the_order_of_the_report() -> None:
    """Whatever order they were typed in."""
    table = present.table(view(), "annex-published")
    turned = view()
    turned = replace(turned, published=tuple(reversed(turned.published)))
    assert str(present.table(turned, "annex-published")) == str(table)
