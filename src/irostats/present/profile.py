"""Profile: how many children are looked after, who they are, who came and who left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from irostats.present import profile_charts
from irostats.present.composition import composition
from irostats.present.items import Sentence, Table
from irostats.present.tables import over_years, printed, row
from irostats.present.view import View
from irostats.present.words import (
    change,
    children,
    counted,
    day,
    no_figures,
)

LOOKED_AFTER = "profile.looked_after"
PERCENT = "profile.looked_after_percent"


def number_sentence(view: View) -> str:
    """How many children on 31 March, and how that compares."""
    figure = view.get(LOOKED_AFTER)
    words = view.authority.words
    if not figure.known:
        return no_figures(view, figure, f"the number of {words.children}")
    compared = change(view, LOOKED_AFTER)
    return (
        f"On {day(view.year.last_day)} {view.name} had {children(view, figure)}"
        f"{f', {compared}' if compared else ''}."
    )


def headline(view: View) -> Sentence:
    """Number, change, rate; who they are; who came and left."""
    return Sentence.of(number_sentence(view), _rate(view), _in_year(view), _flow(view))


def _rate(view: View) -> str:
    rate = view.get("profile.rate")
    if not rate.known:
        return ""
    return f"That is {printed(view, rate)} for every 10,000 children aged 0 to 17 in the area."


def _in_year(view: View) -> str:
    figure = view.get("profile.in_year")
    if not figure.known:
        return ""
    return f"Over the whole year it had {children(view, figure)}, for a day or longer."


def _flow(view: View) -> str:
    started, ceased = view.get("profile.children_started"), view.get("profile.children_ceased")
    if not (started.known and ceased.known):
        return ""
    started_words = counted(view, started, "child", "children")
    ceased_words = printed(view, ceased) if ceased.value else "none"
    return f"In the year {started_words} started to be looked after and {ceased_words} ceased."


def number(view: View) -> Table | Sentence:
    """Number, change, rate and children in the year, over the years."""
    return over_years(
        view,
        f"{view.authority.words.children}: number, change and rate",
        [
            row(view, LOOKED_AFTER),
            row(view, "profile.looked_after_change", "Change on the year before"),
            row(view, "profile.looked_after_change_percent", "Change on the year before, per cent"),
            row(view, "profile.rate"),
            row(view, "profile.in_year"),
            row(view, "profile.short_breaks"),
        ],
        missing=f"the number of {view.authority.words.children}",
        note=" ".join(_number_notes(view)),
    )


def _number_notes(view: View) -> Iterator[str]:
    if any(view.get("profile.rate", year).known for year in view.shown):
        yield (
            "The rate is the number for each 10,000 people under 18, so that years and authorities "
            "of different sizes can be set side by side."
        )
    yield (
        "Children in a series of short breaks have an IRO too; the other rows leave such breaks "
        "out."
    )


def characteristics(view: View) -> Table | Sentence:
    """Sex, age, ethnic group and unaccompanied children: counts and shares."""
    return composition(
        view,
        f"{view.authority.words.children} on 31 March by sex, age, ethnic group and whether "
        "unaccompanied",
        (LOOKED_AFTER, PERCENT),
        {
            "sex": "Sex",
            "age": "Age on 31 March",
            "ethnicity": "Ethnic group",
            "uasc": "Unaccompanied",
        },
    )


def legal(view: View) -> Table | Sentence:
    """Legal status and category of need: counts and shares."""
    return composition(
        view,
        f"{view.authority.words.children} on 31 March by legal status and category of need",
        (LOOKED_AFTER, PERCENT),
        {"legal_status": "Legal status", "need": "Category of need"},
        leave_out=("freeing_order",),
    )


def flow(view: View) -> Table | Sentence:
    """Periods of care from one 31 March to the next, and children who came and left."""
    measures = (
        "periods_open_before",
        "periods_started",
        "periods_in_year",
        "periods_ended",
        "periods_open",
        "children_started",
        "children_ceased",
    )
    return over_years(
        view,
        "Periods of care begun and ended, and children who started and ceased to be looked after",
        [row(view, f"profile.{name}") for name in measures],
        missing="periods of care begun and ended",
        note="A child who starts twice in a year is counted once among the children, and twice "
        "among the periods of care.",
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "profile-number": number,
    "profile-characteristics": characteristics,
    "profile-legal": legal,
    "profile-flow": flow,
}
CHARTS = profile_charts.CHARTS
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"profile-headline": headline}
