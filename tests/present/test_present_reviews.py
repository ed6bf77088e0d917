"""How the section on reviews words teams, reasons, methods and the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from made_up_figures import AUTHORITY, view

from irostats import present
from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.parameters import Audience
from irostats.present import Table, View
from irostats.review_clock import reading_notes
from irostats.settings import Rules

INTERNAL = Audience.INTERNAL


def setting(measure: str, breakdown: str, **values: float) -> Callable[[Figure], Figure]:
    """A change that gives a breakdown's categories these values, and nought to the others."""

    def change(figure: Figure) -> Figure:
        if (figure.measure, figure.breakdown) != (measure, breakdown):
            return figure
        value = values.get(figure.category, 0.0)
        return replace(figure, value=value, numerator=value, denominator=100, status=Status.OK)

    return change


def missing(measure: str, breakdown: str) -> Callable[[Figure], Figure]:
    """A change that says of a breakdown that it is not recorded."""

    def change(figure: Figure) -> Figure:
        same = (figure.measure, figure.breakdown) == (measure, breakdown)
        return figure.without_value(Status.NOT_RECORDED) if same else figure

    return change


def said(report: View, name: str) -> str:
    return str(present.sentence(report, name))


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ({"virtual": 84, "in_person": 16}, "were held virtually in 2020-21"),
        ({"in_person": 51, "virtual": 49}, "were held in person in 2020-21"),
        ({"in_person": 50, "virtual": 50}, "No way of holding reviews was used for the majority"),
    ],
)
def test_the_majority_is_worded(ways: dict[str, float], words: str) -> None:
    """More than half, not half: virtually, in person, or no majority."""
    report = view(change=setting("reviews.method_percent", "method", **ways))
    assert words in said(report, "reviews-how-held")


def test_reasons_are_worded_by_what_is_known() -> None:
    """The commonest reason, a tie, none recorded, and too few to show."""

    def reasons(**values: float) -> str:
        change = setting("reviews.late", "reason", **values)
        return said(view(change=change, audience=INTERNAL), "reviews-why-late")

    assert reasons(iro_capacity=8, other=4).endswith(
        "for 8 of these, was: IRO's sickness or capacity."
    )
    assert reasons(child_request=8, other=4).endswith("was: child's request.")
    assert "no reason was more common" in reasons(other=6, child_request=6)
    assert "for 12 of these no reason was recorded" in reasons(not_recorded=12)
    few = view(change=setting("reviews.late", "reason", other=4, child_request=4, not_recorded=4))
    assert said(few, "reviews-why-late") == "12 reviews were late."


def test_reasons_that_are_all_hidden_are_named_in_a_sentence() -> None:
    """No table of c: which reasons were given, not how often, and never that nobody gave one."""
    few = view(change=setting("reviews.late", "reason", other=4, child_request=4, not_recorded=4))
    assert str(present.table(few, "reviews-reasons")) == (
        "Reasons given in 2020-21: child's request and other reason. How often is not shown, so "
        "that no child can be identified."
    )
    none = view(change=setting("reviews.late", "reason", not_recorded=4))
    assert "No reason is recorded" in str(present.table(none, "reviews-reasons"))


def test_what_the_service_does_not_keep_is_said_once() -> None:
    """A table without a figure is a sentence, and the sentences say not recorded."""
    for measure, breakdown, table in (
        ("reviews.late", "reason", "reviews-reasons"),
        ("reviews.held", "team", "reviews-teams"),
    ):
        report = view(change=missing(measure, breakdown))
        assert "not recorded" in str(present.table(report, table))
        assert not isinstance(present.table(report, table), Table)
    report = view(change=missing("reviews.late", "reason"))
    assert "not recorded" in said(report, "reviews-why-late")
    report = view(change=missing("reviews.method_percent", "method"))
    assert "not recorded" in said(report, "reviews-how-held")


def test_teams_are_shown_where_there_are_two() -> None:
    """One team alone is the whole service, and needs no table."""
    two = view(change=setting("reviews.held", "team", team_1=600, others=421), audience=INTERNAL)
    table = present.table(two, "reviews-teams")
    assert isinstance(table, Table)
    assert [cells[0] for cells in table.rows] == ["Team 1", "All other teams"]
    one = view(change=setting("reviews.held", "team", team_1=1000, not_recorded=21))
    assert "no second team" in str(present.table(one, "reviews-teams"))


def test_whose_due_dates_count_is_said() -> None:
    """All, some or none of the case system's, or the return's by choice."""
    total = "total"

    def given(number: float) -> str:
        return said(
            view(1, change=setting("reviews.service_due_dates", total, total=number)),
            "reviews-reading",
        )

    assert given(1021).startswith("Every review is judged by the due date that the case system")
    assert given(1000).startswith("Of 1,021 reviews, 1,000 are judged by the due date")
    assert "were not given" in given(0)
    chosen = replace(AUTHORITY, rules=Rules(due_dates="return"))
    assert "by the authority's choice" in said(view(authority=chosen), "reviews-reading")


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((2021,), "SI 2020/445"),
        ((2020,), ""),
        ((2012,), "SI 1991/895"),
        ((2013, 2014), ""),
    ],
)
def test_notes_of_the_law_stand_where_they_apply(ends: tuple[int, ...], words: str) -> None:
    """The pandemic's in 2020-21, the older Regulations' up to 2011-12, else none."""
    notes = " ".join(reading_notes(map(ReportingYear, ends), Rules()))
    assert (words in notes) if words else not notes
    if 2012 in ends:
        assert not reading_notes(map(ReportingYear, ends), Rules(first_review="28_calendar_days"))
