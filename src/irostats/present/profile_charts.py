"""The charts of the profile: how many children over the years, of which ages, come and gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from irostats.changes import SIMILAR_COUNT
from irostats.figures import Status
from irostats.present import bars, levels
from irostats.present.charts import Plan, Series, largest, make, of_whom
from irostats.present.items import Chart, Sentence
from irostats.present.numbers import status
from irostats.present.tables import always_zero, printed
from irostats.present.view import View
from irostats.present.words import capital

LOOKED_AFTER = "profile.looked_after"
PERCENT = "profile.looked_after_percent"
FLOWS = {"Begun": "profile.periods_started", "Ended": "profile.periods_ended"}
FEW = 2


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
        labels=tuple(map(str, view.shown)),
        series=(
            Series(
                f"{capital(words.children)}",
                tuple(view.get(LOOKED_AFTER, year) for year in view.shown),
            ),
        ),
        label_column="Year",
    )
    return make(
        view, plan, bars.focus_columns(view, plan), missing=f"the number of {words.children}"
    )


def _trend_title(view: View) -> str:
    now, moved = view.get(LOOKED_AFTER), view.get("profile.looked_after_change")
    percent = view.get("profile.looked_after_change_percent")
    if not (now.known and moved.known):
        return f"Number of {view.authority.words.children} by year"
    subject = f"The number of {view.authority.words.children}"
    if moved.value == 0:
        return f"{subject} stayed the same"
    if percent.known and abs(percent.value) < SIMILAR_COUNT:
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
    return make(view, plan, levels.level(view, plan), missing=f"the ages of {words.children}")


def _ages_title(view: View, labels: Mapping[str, str]) -> str:
    top = largest(view.by(LOOKED_AFTER, "age"), view.get(LOOKED_AFTER))
    if top is None:
        return f"Ages of {view.authority.words.children} on 31 March"
    if top == "not_known":
        return "Children whose age is not known are most"
    return f"Children aged {labels[top][0].lower() + labels[top][1:]} are the largest group"


def flow_chart(view: View) -> Chart | Sentence:
    """When periods of care began and ended: by month, or by quarter where months say little."""
    unit = _unit_of_time(view)
    labels = view.measure(FLOWS["Begun"]).breakdown(unit).categories
    plan = Plan(
        kind=f"Bar chart with two bars for each {unit}, begun upwards and ended downwards",
        title=_flow_title(view),
        about=f"Periods of care begun and ended by {unit}, {of_whom(view, (view.year,))}",
        heading=f"Periods of care begun (above) and ended (below) by {unit}",
        labels=tuple(labels.values()),
        series=tuple(
            Series(name, tuple(view.by(measure, unit).values())) for name, measure in FLOWS.items()
        ),
        label_column=unit.capitalize(),
    )
    return make(
        view,
        plan,
        bars.up_and_down(view, plan),
        missing=f"periods of care begun and ended by {unit}",
    )


def _unit_of_time(view: View) -> str:
    """Months, unless more than half of them are too small to show."""
    cells = [figure for measure in FLOWS.values() for figure in view.by(measure, "month").values()]
    hidden = sum(status(figure) is Status.SUPPRESSED for figure in cells)
    return "quarter" if 2 * hidden > len(cells) else "month"


def _flow_title(view: View) -> str:
    begun, ended = view.get("profile.periods_started"), view.get("profile.periods_ended")
    if not (begun.known and ended.known):
        return "Periods of care begun and ended"
    if begun.value == ended.value:
        return "As many periods of care began as ended"
    return (
        "More periods of care began than ended"
        if begun.value > ended.value
        else "More periods of care ended than began"
    )


CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    "profile-trend": trend_chart,
    "profile-ages": ages_chart,
    "profile-flow": flow_chart,
}
