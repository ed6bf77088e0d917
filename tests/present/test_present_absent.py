"""What a reader finds where data are absent: one sentence, and no row or year of nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from made_up_figures import YEAR, view, without

from irostats import present
from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.present import Sentence, Table, View
from irostats.present.items import Chart
from irostats.present.pruned import kept
from irostats.registry import TOTAL

Change = Callable[[Figure], Figure]


def table(report: View, name: str) -> Table:
    """A table that is there."""
    found = present.table(report, name)
    assert isinstance(found, Table)
    return found


def gone(measure: str, *years: ReportingYear) -> Change:
    """A change: a measure is not recorded in some years, or in any."""
    periods = {text for year in years for text in (str(year), year.last_day.isoformat())}

    def change(figure: Figure) -> Figure:
        there = not figure.measure.startswith(measure) or (years and figure.period not in periods)
        return figure if there else figure.without_value(Status.NOT_RECORDED)

    return change


def duals(number: float) -> Change:
    """A change: so many IROs chair conferences, which nobody has recorded."""

    def change(figure: Figure) -> Figure:
        if (figure.measure, figure.category) == ("service.in_post", "dual"):
            return replace(figure, value=number)
        return gone("service.conferences")(figure)

    return change


def test_a_row_that_is_never_recorded_is_named_once() -> None:
    """No row of the words not recorded; the note names it."""
    found = table(view(change=gone("service.in_need")), "service-caseload")
    assert not any("in need" in row[0] for row in found.rows)
    assert "Not recorded in any year shown: children in need overseen by IROs." in found.note


def test_first_years_without_a_record_have_no_column() -> None:
    """The years are named; a gap further on stays a gap, and this year always stands."""
    first, second, third = (ReportingYear(end) for end in (2018, 2019, 2020))
    found = table(view(4, change=gone("service.", first, second)), "service-money")
    assert found.columns == ("Measure", "2019-20", "2020-21")
    assert "Not recorded in 2017-18 and 2018-19." in found.note
    budget = [("Budget", "service.budget", TOTAL, TOTAL)]
    report = view(4, change=gone("service.budget", first, third))
    shown = kept(report, budget, report.shown)
    assert shown.years == report.shown[1:]
    assert shown.note == "Not recorded in 2017-18."
    only = kept(view(4, change=gone("service.budget")), budget, report.shown)
    assert only.years == report.shown
    assert only.years[-1] == YEAR


def test_an_interval_has_a_column_of_its_own() -> None:
    """One for the last year, on the rows of percentages, and no rows of intervals."""

    def bounded(figure: Figure) -> Figure:
        percent = figure.measure == "reviews.on_time_percent"
        return replace(figure, lower=99.4, upper=99.96) if percent else figure

    found = table(view(change=bounded), "reviews-timeliness")
    assert found.columns[-1] == "95% interval, 2020-21"
    assert {row[0]: row[-1] for row in found.rows}["Held on time, per review held"] == (
        "99.4 to 100.0%"
    )
    assert not any(row[0] == "95% interval" for row in found.rows)


def test_where_no_iro_chairs_conferences_nobody_is_said_to_keep_no_record() -> None:
    """They chair none; there is no total load. Where some do, there is, and no record is said."""
    none = view(change=duals(0.0))
    said = str(present.table(none, "service-conferences"))
    assert said.startswith("IROs here do not chair child protection conferences")
    assert "Total load" not in str(present.table(none, "service-caseload"))
    some = view(change=duals(2.0))
    assert "not recorded" in str(present.table(some, "service-conferences"))
    assert "Total load" in str(present.table(some, "service-caseload"))


def test_an_explanation_stands_only_with_its_figure() -> None:
    """The rate per 10,000 is explained where there is one; the guidance on checks likewise."""
    assert "for each 10,000 people" in table(view(), "profile-number").note
    assert "10,000 people" not in table(view(change=gone("profile.rate")), "profile-number").note
    assert "neither possible nor appropriate" in str(present.table(view(), "monitoring-midpoint"))
    less = view(change=without(("monitoring",), Status.NOT_RECORDED))
    assert "neither possible" not in str(present.table(less, "monitoring-midpoint"))


def test_children_whose_start_is_unknown_are_said_to_be_those_longest_in_care() -> None:
    """Only where there are any."""

    def unknown(figure: Figure) -> Figure:
        ours = figure.measure == "placements.time_in_care" and figure.category == "not_known"
        return replace(figure, value=59.0) if ours else figure

    assert "longest in care" in table(view(change=unknown), "placements-time").note
    assert "longest in care" not in table(view(), "placements-time").note


def test_a_chart_that_cannot_be_drawn_leaves_it_to_its_table_to_say_so() -> None:
    """A notebook reads why; a document shows nothing there."""
    report = view(change=without(("service",), Status.NOT_RECORDED))
    found = present.chart(report, "service-caseload")
    assert isinstance(found, Sentence)
    assert "not recorded" in str(found)
    assert found.markdown == "<!-- -->"
    assert "not recorded" in str(present.table(report, "service-caseload"))


def test_a_section_without_any_record_says_so_once() -> None:
    """The headline names the tables that would give it; each part then says a few words."""
    report = view(change=without(("challenge",), Status.NOT_RECORDED))
    headline = present.sentence(report, "challenge-headline").markdown
    assert "kept no record of alerts or disputes" in headline
    assert "alerts and disputes" in headline
    for name in ("challenge-alerts", "challenge-flow", "challenge-times", "challenge-themes"):
        found = present.table(report, name)
        assert isinstance(found, Sentence)
        assert found.markdown == "Not recorded: see the start of this section."
    assert present.table(report, "challenge-stages")._repr_mimebundle_()[0]["text/markdown"] == (
        "<!-- -->"
    )


def test_themes_stand_by_their_number_of_alerts() -> None:
    """Most first, in chart and table alike."""
    chart = present.chart(view(), "challenge-themes")
    assert isinstance(chart, Chart)
    numbers = [int(row[1]) for row in chart.data.rows if row[0] not in ("Other", "Not recorded")]
    assert numbers == sorted(numbers, reverse=True)
