"""Care leavers: in touch, in education, employment or training, in suitable accommodation."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Figure
from irostats.measures.definitions.leavers import ACCOMMODATION, ACTIVITY, AGE, CONTACT
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import say
from irostats.present.pruned import is_unused
from irostats.present.tables import (
    always_zero,
    caption,
    counted,
    notes,
    over_years,
    printed,
    without_value,
)
from irostats.present.view import View
from irostats.present.words import moved, no_figures

PEOPLE = "leavers.young_people"
SHARES = {
    "leavers.in_touch_percent": "in touch",
    "leavers.occupied_percent": "in education, employment or training",
    "leavers.suitable_percent": "in suitable accommodation",
}
AGES = ("17_to_18", "19_to_21")
KINDS = {
    "contact": ("Contact", CONTACT),
    "activity": ("Activity", ACTIVITY),
    "accommodation": ("Accommodation", ACCOMMODATION),
}
COUNTED = (
    "Care leavers are asked about around their birthday, by the age that they reach; those who "
    "died are left out. Where the council is not in touch with a young person, it rarely knows "
    "what they do or where they live: they count in the denominator, so that losing touch cannot "
    "make the shares look better."
)


def headline(view: View) -> Sentence:
    """How many, and of each age group who is in touch, occupied and suitably housed."""
    people = view.get(PEOPLE)
    if not people.known:
        return Sentence.of(no_figures(view, people, "care leavers"))
    if people.value == 0:
        return Sentence.of(f"The return lists no care leavers for {view.year}.")
    return Sentence.of(*(_group(view, age) for age in AGES))


def _group(view: View, age: str) -> str:
    people = view.get(PEOPLE, breakdown=AGE.name, category=age)
    years = AGE.categories[age]
    if people.known and people.value == 0:
        return f"The return lists no care leavers aged {years}."
    number = f"{say(people, view.measure(PEOPLE))} " if people.known else ""
    figures = {name: view.get(name, breakdown=AGE.name, category=age) for name in SHARES}
    if not any(figure.known for figure in figures.values()):
        return (
            f"Care leavers aged {years}: {say(next(iter(figures.values())), view.measure(PEOPLE))}."
        )
    parts = [_with_change(view, name, text, age) for name, text in SHARES.items()]
    return f"Of the {number}care leavers aged {years}, {'; '.join(parts)}."


def _with_change(view: View, measure: str, text: str, age: str) -> str:
    """``92% were in touch, similar to the 88% of a year before``."""
    change = moved(view, measure, breakdown=AGE.name, category=age)
    figure = view.get(measure, breakdown=AGE.name, category=age)
    said = say(figure, view.measure(measure))
    return f"{said} were {text}{f', {change}' if change else ''}"


def measures(view: View) -> Table | Sentence:
    """Each age group: how many, in touch, occupied, suitably housed, over the years."""
    return over_years(
        view,
        "Care leavers by age at their birthday in the year",
        [
            (f"{AGE.categories[age]}: {text}", name, AGE.name, age)
            for age in _ages(view)
            for name, text in {PEOPLE: "care leavers", **SHARES}.items()
        ],
        missing="care leavers",
        intervals=tuple(SHARES),
        note=COUNTED,
    )


def _ages(view: View) -> list[str]:
    """The age groups, with those of another age only where there ever were any."""
    gone = always_zero(view, PEOPLE, AGE.name, {"not_known"})
    return [age for age in AGE.categories if age not in gone]


def detail(view: View) -> Table | Sentence:
    """Contact, activity and accommodation of each age group: numbers and shares, this year."""
    rows: list[tuple[str, ...]] = []
    used: list[Figure] = []
    ages = [age for age in _ages(view) if age in AGES]
    for kind, (heading, categories) in KINDS.items():
        for key, text in categories.items():
            figures = [
                view.get(name, breakdown=f"{AGE.name}*{kind}", category=f"{age}*{key}")
                for age in ages
                for name in (f"leavers.{kind}", f"leavers.{kind}_percent")
            ]
            if is_unused(kind, key, figures):
                continue
            used += figures
            rows.append((heading, text, *(printed(view, f, counts=False) for f in figures)))
    columns = [
        text
        for age in ages
        for text in (f"{AGE.categories[age]}, number", f"{AGE.categories[age]}, %")
    ]
    return without_value(view, "what care leavers do and where they live", used) or Table(
        caption=caption(view, "Care leavers: contact, activity and accommodation", (view.year,)),
        columns=("Question", "Answer", *columns),
        rows=tuple(rows),
        note=notes(
            view,
            used,
            "Percentages are of the care leavers of the age group. NEET: not in education, "
            "employment or training.",
        ),
        headings=2,
        counted=counted(view, used),
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "leavers-measures": measures,
    "leavers-detail": detail,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"leavers-headline": headline}
