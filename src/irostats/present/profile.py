"""Profile: how many children are looked after, who they are, who came and who left."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.figures import Figure
from irostats.present import plots
from irostats.present.charts import Plan, Series, largest, make, of_whom
from irostats.present.items import Chart, Sentence, Table
from irostats.present.tables import (
    always_zero,
    caption,
    notes,
    over_years,
    printed,
    row,
    without_value,
)
from irostats.present.view import View
from irostats.present.words import (
    SIMILAR,
    capital,
    change,
    children,
    counted,
    day,
    no_figures,
    term,
)

LOOKED_AFTER = "profile.looked_after"
PERCENT = "profile.looked_after_percent"
FEW = 2


def number_sentence(view: View) -> str:
    """How many children on 31 March, and how that compares."""
    figure = view.get(LOOKED_AFTER)
    words = view.authority.words
    if not figure.known:
        return no_figures(view, figure, f"the number of {words.children} on 31 March")
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
        ],
        missing=f"the number of {view.authority.words.children}",
    )


def characteristics(view: View) -> Table | Sentence:
    """Sex, age, ethnic group and unaccompanied children: counts and shares."""
    return _composition(
        view,
        f"{view.authority.words.children} on 31 March by sex, age, ethnic group and whether "
        "unaccompanied",
        ("sex", "age", "ethnicity", "uasc"),
    )


def legal(view: View) -> Table | Sentence:
    """Legal status and category of need: counts and shares."""
    return _composition(
        view,
        f"{view.authority.words.children} on 31 March by legal status and category of need",
        ("legal_status", "need"),
    )


def _composition(view: View, what: str, breakdowns: tuple[str, ...]) -> Table | Sentence:
    rows: list[tuple[str, ...]] = []
    used: list[Figure] = []
    for name in breakdowns:
        breakdown = view.measure(LOOKED_AFTER).breakdown(name)
        gone = always_zero(view, LOOKED_AFTER, name, {"freeing_order"} & set(breakdown.categories))
        for key, text in breakdown.categories.items():
            if key in gone:
                continue
            figures = [
                view.get(measure, year, breakdown=name, category=key)
                for year in view.two_years
                for measure in (LOOKED_AFTER, PERCENT)
            ]
            used += figures
            heading = "Unaccompanied" if name == "uasc" else breakdown.label
            cells = (printed(view, figure, counts=False) for figure in figures)
            rows.append((heading, term(view, text), *cells))
    columns = [text for year in view.two_years for text in (f"{year}", f"{year}, %")]
    table = Table(
        caption=caption(view, what, view.two_years),
        columns=("Characteristic", "Group", *columns),
        rows=tuple(rows),
        note=notes(view, used, "Percentages are of all children on that day."),
        headings=2,
    )
    return without_value(view, what, used) or table


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
        note="A child may begin and end more than one period of care in a year.",
    )


def trend_chart(view: View) -> Chart | Sentence:
    """How many children on 31 March of each year."""
    words = view.authority.words
    if len(view.shown) < FEW:
        return Sentence.of(
            f"Only the return for {view.year} was given, so there is no trend in the number of "
            f"{words.children} to show."
        )
    plan = Plan(
        kind="Bar chart",
        title=_trend_title(view),
        about=f"{capital(words.children)} on 31 March, {of_whom(view, view.shown)}",
        heading=f"{capital(words.children)} on 31 March",
        labels=tuple(str(year.last_day.year) for year in view.shown),
        series=(
            Series(
                f"{capital(words.children)}",
                tuple(view.get(LOOKED_AFTER, year) for year in view.shown),
            ),
        ),
        label_column="31 March",
    )
    return make(
        view, plan, plots.focus_columns(view, plan), missing=f"the number of {words.children}"
    )


def _trend_title(view: View) -> str:
    now, moved = view.get(LOOKED_AFTER), view.get("profile.looked_after_change")
    percent = view.get("profile.looked_after_change_percent")
    if not (now.known and moved.known):
        return f"Number of {view.authority.words.children} by year"
    subject = f"The number of {view.authority.words.children}"
    if moved.value == 0:
        return f"{subject} stayed the same"
    if percent.known and abs(percent.value) < SIMILAR:
        return f"{subject} changed little"
    return f"{subject} {'rose' if moved.value > 0 else 'fell'} to {printed(view, now)}"


def ages_chart(view: View) -> Chart | Sentence:
    """Which ages the children are, this year and the year before."""
    words = view.authority.words
    labels = dict(view.measure(LOOKED_AFTER).breakdown("age").categories)
    for key in always_zero(view, LOOKED_AFTER, "age", ["not_known"]):
        del labels[key]
    plan = Plan(
        kind="Bar chart",
        title=_ages_title(view, labels),
        about=f"Share of {words.children} by age on 31 March, {of_whom(view, view.two_years)}",
        heading=f"Per cent of {words.children} by age on 31 March",
        labels=tuple(labels.values()),
        series=tuple(
            Series(
                str(year),
                tuple(view.get(PERCENT, year, breakdown="age", category=key) for key in labels),
            )
            for year in view.two_years
        ),
        label_column="Age",
    )
    return make(view, plan, plots.bars(view, plan), missing=f"the ages of {words.children}")


def _ages_title(view: View, labels: Mapping[str, str]) -> str:
    top = largest(view.by(LOOKED_AFTER, "age"), view.get(LOOKED_AFTER))
    if top is None:
        return f"Ages of {view.authority.words.children} on 31 March"
    if top == "not_known":
        return "Children whose age is not known are most"
    return f"Children aged {labels[top][0].lower() + labels[top][1:]} are the largest group"


def flow_chart(view: View) -> Chart | Sentence:
    """In which months periods of care began and ended."""
    labels = view.measure("profile.periods_started").breakdown("month").categories
    plan = Plan(
        kind="Bar chart with two bars for each month, begun upwards and ended downwards",
        title=_flow_title(view),
        about=f"Periods of care begun and ended by month, {of_whom(view, (view.year,))}",
        heading="Periods of care begun (above) and ended (below) by month",
        labels=tuple(labels.values()),
        series=tuple(
            Series(name, tuple(view.by(measure, "month").values()))
            for name, measure in (
                ("Begun", "profile.periods_started"),
                ("Ended", "profile.periods_ended"),
            )
        ),
        label_column="Month",
    )
    if all(figure.known and figure.value == 0 for figure in plan.figures):
        return Sentence.of(f"No period of care began or ended in {view.year}.")
    return make(
        view,
        plan,
        plots.up_and_down(view, plan),
        missing="periods of care begun and ended by month",
    )


def _flow_title(view: View) -> str:
    begun, ended = view.get("profile.periods_started"), view.get("profile.periods_ended")
    if not (begun.known and ended.known):
        return "Periods of care begun and ended by month"
    if begun.value == ended.value:
        return "As many periods of care began as ended"
    return (
        "More periods of care began than ended"
        if begun.value > ended.value
        else "More periods of care ended than began"
    )


TABLES: Mapping[str, Callable[[View], Table | Sentence]] = {
    "profile-number": number,
    "profile-characteristics": characteristics,
    "profile-legal": legal,
    "profile-flow": flow,
}
CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    "profile-trend": trend_chart,
    "profile-ages": ages_chart,
    "profile-flow": flow_chart,
}
SENTENCES: Mapping[str, Callable[[View], Sentence]] = {"profile-headline": headline}
