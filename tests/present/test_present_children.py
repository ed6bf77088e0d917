"""What children are told: five numbers that are known, in plain words, drawn true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from made_up_figures import YEAR, view

from irostats import present
from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.parameters import Audience
from irostats.present import Chart, View, children_facts, pictograms
from irostats.present.children import PLACES
from irostats.present.children_facts import RESERVES, WANTED
from irostats.present.tenths import in_ten, tenths
from irostats.registry import TOTAL
from irostats.texts import Priority, Texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FULL = view()
VISITED, ALERTS = "participation.visited_children_percent", "challenge.alerts"


def changed(values: Mapping[str, float | Status]) -> View:
    """Made-up figures, with other undivided values for some measures."""

    def change(figure: Figure) -> Figure:
        value = values.get(figure.measure)
        if value is None or figure.breakdown != TOTAL:
            return figure
        if isinstance(value, Status):
            return figure.without_value(value)
        figure = replace(figure, value=value, status=Status.OK)
        if figure.measure.endswith("percent"):
            figure = replace(figure, numerator=value, denominator=100.0)
        return figure

    return view(change=change, audience=Audience.INTERNAL)


def charts(report: View) -> list[Chart]:
    """The numbers that there are, in order."""
    found = (present.chart(report, f"children-{place}") for place in PLACES)
    return [each for each in found if isinstance(each, Chart)]


def captions(report: View) -> list[str]:
    """What is said of each."""
    return [each.caption for each in charts(report)]


def numbers(report: View) -> str:
    """The sentence before them."""
    return str(present.sentence(report, "children-numbers"))


def percent(value: float, of: float) -> Figure:
    """A percentage from counts."""
    return replace(
        FULL.get("reviews.on_time_percent"), value=100 * value / of, numerator=value, denominator=of
    )


def test_five_numbers_are_told_each_first_in_its_caption() -> None:
    """Printed as the report prints them."""
    assert captions(FULL) == [
        "1,021 review meetings were held in 2020-21. They were for 421 children: 2.4 each on "
        "average.",
        "98.8% of these meetings were on time. That is more than 9 in every 10.",
        "95.4% of meetings heard the child's own views. That is more than 9 in every 10, from "
        "age 4 up.",
        "74.9% of children saw their IRO before a meeting. That is more than 7 in every 10, where "
        "we know.",
        "102 times, we spoke up because something was wrong. 11 times, we asked managers to act.",
    ]


@pytest.mark.parametrize("fact", [*WANTED, *RESERVES], ids=lambda fact: str(fact.measure))
def test_every_number_is_that_of_an_undivided_figure(fact: children_facts.Fact) -> None:
    """The same text as the variable of the same name, which the report prints."""
    section, _, rest = fact.measure.partition(".")
    told = children_facts.chart(FULL, fact)
    assert told.title.startswith(f"{present.variables(FULL)[section][rest]} ")


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Status.NOT_RECORDED, "we kept no record"),
        (Status.NOT_ASSESSABLE, "we need older records to tell"),
        (Status.SUPPRESSED, "it could show who somebody is"),
        (Status.NOT_APPLICABLE, "there was nothing to count"),
        (Status.NOT_AVAILABLE, "it is not there"),
    ],
)
def test_what_is_not_known_is_said_and_another_takes_its_place(status: Status, why: str) -> None:
    """In plain words; there are still five numbers."""
    report = changed({VISITED: status})
    assert numbers(report).endswith(
        f"We cannot say how many children saw their IRO before a meeting: {why}. Another number "
        "takes its place."
    )
    assert captions(report)[4].startswith("58.5 children for each full-time IRO.")


def test_one_reason_is_said_once() -> None:
    """For all that lack a number because of it."""
    report = changed({VISITED: Status.NOT_RECORDED, ALERTS: Status.NOT_RECORDED})
    said = numbers(report)
    assert "before a meeting or how often we spoke up: we kept no record. Others take" in said
    assert captions(report)[3] == (
        "11 times, we asked managers to act. Something was not right for a child."
    )


def test_nothing_is_told_twice() -> None:
    """Where informal alerts are known, formal disputes stand beside them and nowhere else."""
    report = changed({VISITED: Status.NOT_RECORDED})
    assert sum("managers" in caption for caption in captions(report)) == 1


@pytest.mark.parametrize("known", range(5))
def test_fewer_than_five_are_told_only_where_fewer_are_known(known: int) -> None:
    """The places that are left say so, each in its own words."""
    every = [fact.measure for fact in (*WANTED, *RESERVES)]
    report = changed(dict.fromkeys(every[known:], Status.NOT_RECORDED))
    assert len(charts(report)) == known
    empty = {str(present.chart(report, f"children-{place}")) for place in PLACES[known:]}
    assert empty == {f"There is no {place} number for {YEAR}." for place in PLACES[known:]}
    assert "place." not in numbers(report)


@pytest.mark.parametrize(
    ("value", "of", "filled", "words"),
    [
        (1020, 1021, 9, "more than 9 in every 10"),
        (100, 100, 10, "all of them"),
        (9, 10, 9, "9 in every 10"),
        (899_999, 1_000_000, 8, "just under 9 in every 10"),
        (29, 100, 2, "more than 2 in every 10"),
        (3, 100, 0, "fewer than 1 in every 10"),
        (0, 100, 0, "none of them"),
    ],
)
def test_tenths_are_rounded_down(value: float, of: float, filled: int, words: str) -> None:
    """Ten of ten is 100%; what is printed as a whole tenth but is less is just under it."""
    assert tenths(percent(value, of)) == filled
    assert in_ten(FULL, percent(value, of)) == words


def test_a_percentage_without_counts_is_rounded_down_alike() -> None:
    """Noise in the last decimals does not move it."""
    bare = replace(percent(9, 10), numerator=float("nan"), value=100 * 0.7 + 1e-14)
    assert tenths(bare) == 7


def manners(count: int, *, part: bool = False) -> list[str]:
    """The manner of each icon of a row of ten."""
    drawn: list[str] = []

    def icon(axes: Axes, x: float, height: float, manner: str) -> None:
        drawn.append(manner)

    pictograms.draw(pictograms.row_of_ten(icon, count, part=part))
    return drawn


@pytest.mark.parametrize("count", [0, 3, 10])
def test_a_row_of_ten_has_ten_icons_of_which_so_many_are_filled(count: int) -> None:
    """From the left."""
    assert manners(count) == ["filled"] * count + ["empty"] * (10 - count)


def test_more_than_none_and_less_than_a_tenth_is_not_drawn_as_none() -> None:
    """The first icon is begun, and the alt text says so."""
    assert manners(0, part=True) == ["part"] + ["empty"] * 9
    few = charts(changed({"reviews.on_time_percent": 3.0}))[1]
    assert "A row of ten meetings: the first one is only begun." in few.alt


def test_an_average_is_drawn_as_it_is_printed() -> None:
    """1.98 is printed as 2.0, and drawn as two; 2.2 as two and part of one more."""
    told = charts(changed({"reviews.per_child": 1.98}))[0]
    assert "2.0 each on average" in told.caption
    assert "A person, 2 whole meetings." in told.alt
    told = charts(changed({"reviews.per_child": 2.2}))[0]
    assert "A person, 2 whole meetings and part of one more." in told.alt


def test_one_is_one() -> None:
    """Nouns and verbs agree with their number."""
    said = captions(
        changed({"reviews.held": 1, "reviews.children": 1, ALERTS: 1, "challenge.opened": 1})
    )
    assert said[0].startswith("1 review meeting was held in 2020-21. They were for 1 child:")
    assert said[4].endswith("1 time, we asked managers to act.")


def test_reviews_that_cannot_be_checked_are_not_called_all() -> None:
    """The percentage is of the others."""
    report = changed({"reviews.not_assessable": 149})
    assert "of the meetings we could check were on time." in captions(report)[1]


def plans(*texts: str) -> str:
    """What is said of next year, as Markdown."""
    following = ReportingYear(YEAR.end + 1)
    given = (*(Priority(following, text) for text in texts), Priority(YEAR, "Of this year."))
    report = replace(FULL, texts=Texts(priorities=given))
    return present.sentence(report, "children-plans").markdown


def test_next_years_priorities_are_printed_as_they_were_written() -> None:
    """As a list, every character literal, and none of this year's."""
    text = plans("Listen *more*.", "1. See everyone.")
    assert "for 2021-22, in the words of our report:\n\n- Listen \\*more\\*.\n- 1\\. See" in text
    assert "Of this year" not in text


def test_plans_that_two_pages_cannot_hold_are_left_to_the_report() -> None:
    """Whole ones only, and it is said."""
    text = plans(*("A plan with so many words that it takes one line. " * n for n in (1, 9, 1)))
    assert text.count("\n- ") == 1
    assert "The full report has more." in text


def test_without_plans_children_are_asked_for_theirs() -> None:
    """No empty heading."""
    assert "Ask your IRO what comes next, or say what should." in plans()


def test_banner_and_footer_say_in_plain_words_what_the_reports_say() -> None:
    """Made up, provisional, draft or internal: each where it is so."""
    said = present.variables(FULL)["report"]
    assert "**The numbers here are made up**" in said["banner_plain"]
    assert "Made-up numbers" in said["footer_plain"]
    real = replace(FULL, synthetic=False, status="provisional", audience=Audience.INTERNAL)
    said = present.variables(real)["report"]
    assert said["banner_plain"] == (
        "We are still checking this year's numbers. Some may change.\n\n"
        "This copy is for people who work at the council. Please do not pass it on."
    )
    assert not re.search("made.up", said["footer_plain"], re.IGNORECASE)
