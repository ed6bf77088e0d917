"""Words on who else took part, on the service at work and on what came of challenge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from made_up_figures import YEAR, view, without

from irostats import present
from irostats.figures import Figure, Status
from irostats.present import Sentence, Table, View
from irostats.present.challenge_matters import WHOM
from irostats.present.numbers import show
from irostats.registry import Measure, Unit

Change = Callable[[Figure], Figure]


def said(report: View, name: str) -> str:
    """The text of a sentence."""
    return str(present.sentence(report, name))


def changed(measure: str, *, this_year: bool = True, **values: object) -> Change:
    """A change to the undivided figure of a measure, this year's or last year's."""
    year = YEAR if this_year else YEAR.previous
    periods = (str(year), year.last_day.isoformat())

    def change(figure: Figure) -> Figure:
        ours = figure.measure == measure and figure.breakdown == "total"
        return replace(figure, **values) if ours and figure.period in periods else figure  # type: ignore[arg-type]

    return change


@pytest.mark.parametrize(
    ("pounds", "printed"),
    [(849_000.0, "£849,000"), (1438.98, "£1,439"), (0.0, "£0"), (-1500.0, "-£1,500")],
)
def test_money_is_printed_in_whole_pounds(pounds: float, printed: str) -> None:
    """With thousands, the sign before the pound."""
    assert show(Figure("x.y", "2020-21", pounds), Measure("x.y", "", "", Unit.POUNDS)) == printed


def test_resources_name_vacancies_caseloads_and_money() -> None:
    """What a panel asks of resources stands together, with the change of the budget."""
    report = view(
        change=changed("service.budget", this_year=False, value=455_000.0),
    )
    text = said(report, "service-resources")
    assert "Posts of 0.5 full-time equivalent were vacant on 31 March." in text
    assert "The service's budget was £468,000, £458 for each review held" in text
    assert "the budget was up from £455,000 a year before (+2.9%)." in text
    none = said(view(change=changed("service.vacant", value=0.0)), "service-resources")
    assert "No post in the establishment was vacant" in none
    unknown = said(view(change=without(("service",), Status.NOT_RECORDED)), "service-resources")
    assert "Vacant posts: not recorded." in unknown
    assert "£" not in unknown


def test_a_small_team_is_one_sentence_without_a_number() -> None:
    """No table, and no digit, where the team could be recognised."""

    def hide(figure: Figure) -> Figure:
        small = figure.measure == "service.headcount" and figure.breakdown != "total"
        return figure.without_value(Status.SUPPRESSED) if small else figure

    thing = present.table(view(change=hide), "service-team")
    assert isinstance(thing, Sentence)
    assert "too small" in str(thing)
    assert not any(letter.isdigit() for letter in str(thing))


def test_a_team_stands_beside_the_children() -> None:
    """Not recorded for IROs stands beside not known for children; what is hidden is named."""

    def hide(figure: Figure) -> Figure:
        sex = figure.measure == "service.headcount" and figure.breakdown == "sex"
        return figure.without_value(Status.SUPPRESSED) if sex else figure

    whole = present.table(view(), "service-team")
    assert isinstance(whole, Table)
    assert [row[1] for row in whole.rows[:3]] == ["Female", "Male", "Not recorded or not known"]
    assert len(whole.rows) == 9
    part = present.table(view(change=hide), "service-team")
    assert isinstance(part, Table)
    assert {row[0] for row in part.rows} == {"Ethnic group"}
    assert part.note.startswith("IROs by sex: not shown")


def test_no_referral_is_said_in_words() -> None:
    """None is stated, once and twice are words, and last year's stands beside it."""
    assert said(view(1), "challenge-referrals") == (
        "IROs referred no cases to Cafcass in 2020-21. They sought independent legal advice once."
        f"\n\n{WHOM}"
    )
    more = changed("challenge.legal_advice", value=3.0)
    assert said(view(change=more), "challenge-referrals") == (
        "IROs referred no cases to Cafcass in 2020-21 (none the year before). They sought "
        f"independent legal advice 3 times (1 the year before).\n\n{WHOM}"
    )
    gone = said(view(change=without(("challenge",), Status.NOT_RECORDED)), "challenge-referrals")
    assert "not recorded" in gone
    assert WHOM not in gone
    hidden = said(view(change=changed("challenge.cafcass", value=2.0)), "challenge-referrals")
    assert "referred 2 cases" in hidden


def test_a_few_disputes_are_not_called_similar() -> None:
    """Under ten, last year's share is given and no change is claimed."""
    few = changed(
        "challenge.closed_in_time_percent",
        this_year=False,
        value=50.0,
        numerator=1.0,
        denominator=2.0,
    )
    text = said(view(change=few), "challenge-headline")
    assert "73% (8 of 11) of disputes closed in the year" in text
    assert ", after 50% (1 of 2) a year before." in text
    assert ", the same as a year before." in said(view(), "challenge-headline")


def test_themes_and_outcomes_of_none_are_left_out() -> None:
    """A theme that no alert and no dispute had takes no row; the total stays."""
    table = present.table(view(), "challenge-themes")
    assert isinstance(table, Table)
    themes = [row[0] for row in table.rows]
    assert "Statutory compliance" not in themes
    assert themes[-1] == "All alerts and disputes"
    outcomes = present.table(view(), "challenge-outcomes")
    assert isinstance(outcomes, Table)
    assert outcomes.rows[-1][0] == "All disputes closed"


def test_a_share_without_a_code_that_moved_is_a_warning() -> None:
    """Participation may have moved for that reason alone; without a move nothing is said."""
    before = {"numerator": 210.0, "denominator": 1021.0, "value": 100 * 210 / 1021}
    moved = changed("participation.unrecorded_percent", this_year=False, **before)
    text = said(view(change=moved), "participation-headline")
    assert "for 2.1% (21 of 1,021) of reviews, down from 20.6% a year before" in text
    assert "for that reason alone" in text
    assert "for that reason alone" not in said(view(), "participation-headline")


def test_parents_stand_in_the_headline_as_far_as_recorded() -> None:
    """With their counts; nothing is said of what nobody wrote down."""
    text = said(view(), "participation-headline")
    assert "A parent took part in 55.1% (540 of 980) of the reviews" in text

    def none(figure: Figure) -> Figure:
        gone = figure.measure == "participation.parents_percent"
        return figure.without_value(Status.NOT_RECORDED) if gone else figure

    assert "A parent" not in said(view(change=none), "participation-headline")
