"""Charts: a picture, its alt text and its numbers, all from the same figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from irostats.calendar import ReportingYear
from irostats.figures import Figure, Status
from irostats.present.canvas import HEIGHT, draw
from irostats.present.items import Chart, Sentence, Table
from irostats.present.numbers import IN_TABLE, interval, say, status
from irostats.present.tables import counted, notes, printed
from irostats.present.view import View
from irostats.present.words import capital, first_missing, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Series:
    """Figures drawn in one colour, one for each label of the chart."""

    name: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Plan:
    """What a chart says, whatever way it is drawn.

    Args:
        kind: Kind of chart in words, for the alt text: ``Bar chart``.
        title: The finding, true of these figures, in ten words or so.
        about: What is drawn, of whom and when: the rest of the caption.
        heading: What is drawn and its unit, short enough to stand above the picture.
        labels: What each figure of a series is of.
        series: The figures.
        label_column: Heading of the labels in the table of numbers.
        note: What a reader must know, such as that an axis is cut.
    """

    kind: str
    title: str
    about: str
    heading: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    label_column: str = "Group"
    note: str = ""

    @property
    def figures(self) -> list[Figure]:
        """All figures drawn."""
        return [figure for series in self.series for figure in series.figures]


INTERVALS = "Thin lines and shading show 95% intervals."
Painter = Callable[["Axes"], None]


def make(
    view: View, plan: Plan, painter: Painter, *, missing: str, height: float = HEIGHT
) -> Chart | Sentence:
    """The chart, or a sentence if nothing can be drawn, which the table beside it says too.

    Args:
        view: Whose report.
        plan: What it says.
        painter: How it is drawn.
        missing: What a sentence says is missing, in lower case.
        height: Inches.
    """
    nothing = first_missing(plan.figures)
    if nothing is not None:
        why = IN_TABLE[status(nothing)]
        said = Sentence.of(f"There is no chart of {missing} for {view.year}: {why}.")
        return said.said_beside()
    if all(figure.known and figure.value == 0 for figure in plan.figures):
        said = Sentence.of(f"{capital(missing)}: zero throughout, so there is no chart to draw.")
        return said.said_beside()
    return Chart(
        caption=f"{plan.title}. {plan.about}.",
        alt=alt_text(view, plan),
        data=_data(view, plan),
        png=draw(
            painter,
            heading=plan.heading,
            corner="Synthetic data" if view.synthetic else "",
            height=height,
        ),
        title=plan.title,
        note=notes(
            view, plan.figures, plan.note, INTERVALS if any(map(interval, plan.figures)) else ""
        ),
    )


def alt_text(view: View, plan: Plan) -> str:
    """Kind of chart, finding and numbers, in words."""
    parts = []
    for series in plan.series:
        named = [
            f"{label}: {_in_words(view, figure)}"
            for label, figure in zip(plan.labels, series.figures, strict=True)
        ]
        parts.append(f"{series.name}: {'; '.join(named)}.")
    return " ".join((f"{plan.kind}.", f"{plan.title}.", *parts))


def _in_words(view: View, figure: Figure) -> str:
    if not figure.known:
        hidden = status(figure) is Status.SUPPRESSED
        return "not shown" if hidden else say(figure, view.measure(figure.measure))
    return printed(view, figure)


def _data(view: View, plan: Plan) -> Table:
    return Table(
        caption=f"{plan.title}: the numbers",
        columns=(plan.label_column, *(series.name for series in plan.series)),
        rows=tuple(
            (label, *(printed(view, series.figures[n]) for series in plan.series))
            for n, label in enumerate(plan.labels)
        ),
        counted=counted(view, plan.figures),
    )


def years_series(
    view: View, measure: str, breakdown: str, categories: Sequence[str]
) -> tuple[Series, ...]:
    """A series for each year shown, with one figure for each category."""
    return tuple(
        Series(
            str(year),
            tuple(view.get(measure, year, breakdown=breakdown, category=key) for key in categories),
        )
        for year in view.shown
    )


def of_whom(view: View, years: Sequence[ReportingYear]) -> str:
    """Authority and years, to end the description of a chart."""
    return f"{view.name}, {span(years)}"


def at_least(figures: Sequence[Figure]) -> int | None:
    """The highest of 99, 95, 90, 85, 80, 70, 60, 50 that every percentage reaches.

    None if one of them has no value, or less than half.
    """
    if not figures or not all(figure.known for figure in figures):
        return None
    lowest = min(figure.value for figure in figures)
    return next((step for step in (99, 95, 90, 85, 80, 70, 60, 50) if lowest >= step), None)


def largest(figures: dict[str, Figure], whole: Figure) -> str | None:
    """The category that certainly holds most: more than any other, shown or suppressed."""
    known = {key: figure.value for key, figure in figures.items() if figure.known}
    if not known or not whole.known:
        return None
    top = max(known, key=lambda key: known[key])
    others = [value for key, value in known.items() if key != top]
    hidden = whole.value - sum(known.values())
    if known[top] <= max([0.0, *others]) or (len(known) < len(figures) and known[top] <= hidden):
        return None
    return top
