"""The charts of reviews: whether timeliness held, and how late the late ones were."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from irostats.calendar import ReportingYear
from irostats.present import bars, lines
from irostats.present.charts import Plan, Series, at_least, make, of_whom, years_series
from irostats.present.items import Chart, Sentence
from irostats.present.numbers import say
from irostats.present.view import View
from irostats.present.words import capital, counted, listing

ON_TIME = "reviews.on_time_percent"
CALLED_REVIEWS = ("review", "reviews")


def unjudged(view: View, year: ReportingYear) -> bool:
    """Whether reviews of a year are missing from its percentages."""
    figure = view.get("reviews.not_assessable", year)
    return not figure.known or figure.value > 0


def left_out(view: View, years: Sequence[ReportingYear]) -> str:
    """How many reviews of which years cannot be assessed, and are in no figure on time or late."""
    parts = []
    for year in sorted(years):
        missing, of_all = view.get("reviews.not_assessable", year), view.get("reviews.held", year)
        if missing.known and missing.value > 0 and of_all.known:
            number = say(missing, view.measure(missing.measure))
            total = say(of_all, view.measure(of_all.measure))
            parts.append(f"{number} of {total} reviews in {year}")
    if not parts:
        return ""
    return f"Judged neither on time nor late, for want of earlier returns: {listing(parts)}."


def on_time_chart(view: View) -> Chart | Sentence:
    """Whether timeliness held through the quarters of all years given."""
    quarters = view.measure(ON_TIME).breakdown("quarter").categories
    figures = [
        figure for year in view.shown for figure in view.by(ON_TIME, "quarter", year).values()
    ]
    floor = lines.axis_floor(figures)
    plan = Plan(
        kind="Line chart",
        title=_on_time_title(view),
        about="Reviews held on time as a percentage of reviews that can be assessed, by quarter, "
        + of_whom(view, view.shown),
        heading="Per cent of reviews held on time, by quarter of the year from April"
        + (f" (axis starts at {floor}%)" if floor else ""),
        labels=tuple(f"{year} {key.upper()}" for year in view.shown for key in quarters),
        series=(Series("On time", tuple(figures)),),
        label_column="Quarter",
        note=" ".join(
            filter(
                None,
                (
                    f"The axis starts at {floor}%, not at 0%." if floor else "",
                    left_out(view, view.shown),
                ),
            )
        ),
    )
    starts = range(0, len(figures), len(quarters))
    return make(
        view,
        plan,
        lines.line(view, plan, floor=floor, starts=starts),
        missing="reviews held on time by quarter",
    )


def _on_time_title(view: View) -> str:
    figures = list(view.by(ON_TIME, "quarter").values())
    some_left_out = unjudged(view, view.year)
    if all(figure.known and figure.value == 100 for figure in figures) and not some_left_out:
        return f"Every review was on time in {view.year}"
    step = at_least(figures)
    if step is None:
        return "Reviews held on time by quarter"
    if some_left_out:
        return f"At least {step}% of assessable reviews were on time each quarter"
    return f"At least {step}% were on time in every {view.year} quarter"


def lateness_chart(view: View) -> Chart | Sentence:
    """Whether fewer reviews were late than before, and less late."""
    bands = view.measure("reviews.late").breakdown("lateness").categories
    plan = Plan(
        kind="Bar chart with a bar for each year in each group",
        title=_lateness_title(view),
        about=f"Late reviews by working days late, {of_whom(view, view.shown)}",
        heading="Late reviews by how many working days late",
        labels=tuple(bands.values()),
        series=years_series(view, "reviews.late", "lateness", tuple(bands)),
        label_column="Working days late",
        note=left_out(view, view.shown),
    )
    return make(view, plan, bars.columns(view, plan), missing="late reviews")


def _lateness_title(view: View) -> str:
    late, before = view.get("reviews.late"), view.before("reviews.late")
    if not late.known:
        return "Late reviews by how late they were"
    verb = "was" if late.value == 1 else "were"
    count = capital(f"{counted(view, late, *CALLED_REVIEWS)} {verb} late in {view.year}")
    # With reviews that cannot be assessed in either year, the two counts are not alike.
    if not before.known or any(unjudged(view, year) for year in view.two_years):
        return count
    was = say(before, view.measure(before.measure)) if before.value else "none"
    return f"{count}, {was} the year before"


CHARTS: Mapping[str, Callable[[View], Chart | Sentence]] = {
    "reviews-on-time": on_time_chart,
    "reviews-lateness": lateness_chart,
}
