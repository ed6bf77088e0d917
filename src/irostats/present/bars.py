"""Bars: charts of sizes, which start at zero. Each function returns what paints on the axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from irostats.figures import Figure
from irostats.present.canvas import (
    DARK_BLUE,
    DARK_GREY,
    EDGE,
    GREY,
    SMALL,
    TURQUOISE,
)
from irostats.present.charts import Painter, Plan, Series
from irostats.present.numbers import show
from irostats.present.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EARLIER = ("#FFFFFF", "#D4D4D4", "#ABABAB", "#808080")
"""Greys of earlier years, the lightest the longest ago: each is at least 1.4:1 against the next, so
that they are told apart in print and by colour-blind readers, and has an edge against the paper."""


def _shades(count: int) -> list[str]:
    return [*EARLIER[len(EARLIER) - count + 1 :], DARK_BLUE] if count > 1 else [DARK_BLUE]


def _edge(colour: str) -> str:
    """A dark bar is its own edge."""
    return colour if colour in (DARK_BLUE, TURQUOISE) else EDGE


def short(view: View, figure: Figure) -> str:
    """A label on a bar: the number, ``c``, or a few words on why there is none."""
    text = show(figure, view.measure(figure.measure))
    return text.replace(" ", "\n") if not figure.known else text


def whisker(axes: Axes, figure: Figure, at: float, *, upright: bool = True) -> None:
    """A thin line over the 95% interval of a percentage, light where it crosses a dark bar."""
    if math.isnan(figure.lower):
        return
    ends, place = (figure.lower, figure.upper), (at, at)
    x, y = (place, ends) if upright else (ends, place)
    axes.plot(x, y, color="white", lw=2.6, solid_capstyle="butt")
    axes.plot(x, y, color=DARK_GREY, lw=1.1, solid_capstyle="butt")


def reach(figure: Figure) -> float:
    """How far a bar reaches with the line over its interval: where its label can stand."""
    if not figure.known:
        return 0.0
    return figure.value if math.isnan(figure.upper) else max(figure.value, figure.upper)


def _legend(axes: Axes, names: Sequence[str], colours: Sequence[str]) -> None:
    """Names in their colours above the axes: a legend that needs no key to be looked up."""
    from matplotlib.patches import Patch

    axes.legend(
        [Patch(facecolor=colour, edgecolor=_edge(colour), lw=0.8) for colour in colours],
        list(names),
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=len(names),
        frameon=False,
        fontsize=SMALL,
        handlelength=0.9,
        handleheight=0.9,
        columnspacing=1.2,
        borderaxespad=0.2,
    )


def columns(view: View, plan: Plan) -> Painter:
    """Upright bars from zero: one group a label, one bar a series, the last series in colour."""

    def paint(axes: Axes) -> None:
        count = len(plan.series)
        width = (0.55 if count == 1 else 0.8) / count
        top = max([1.0, *map(reach, plan.figures)])
        names = [_with_reason(view, series) for series in plan.series]
        for s, (series, colour) in enumerate(zip(plan.series, _shades(count), strict=True)):
            for n, figure in enumerate(series.figures if names[s] == series.name else ()):
                x = n + (s - (count - 1) / 2) * width
                if figure.known:
                    axes.bar(x, figure.value, width * 0.9, color=colour, ec=_edge(colour), lw=0.8)
                    whisker(axes, figure, x)
                _above(axes, x, reach(figure), short(view, figure), count)
        axes.set_xticks(range(len(plan.labels)), plan.labels)
        axes.set_yticks([])
        axes.set_ylim(0, top * 1.12)
        axes.set_xlim(-0.6, len(plan.labels) - 0.4)
        if count > 1:
            _legend(axes, names, _shades(count))

    return paint


def _with_reason(view: View, series: Series) -> str:
    """Name for the legend, with the reason if a whole series has no value."""
    reasons = {show(f, view.measure(f.measure)) for f in series.figures if not f.known}
    if len(reasons) == 1 and not any(figure.known for figure in series.figures):
        return f"{series.name}: {reasons.pop()}"
    return series.name


def _above(axes: Axes, x: float, y: float, text: str, crowd: int) -> None:
    axes.annotate(
        text,
        (x, y),
        xytext=(0, 2),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL if crowd < 4 else 7.5,
    )


def focus_columns(view: View, plan: Plan) -> Painter:
    """Upright bars from zero, one a year: this year's in colour, earlier ones grey."""

    def paint(axes: Axes) -> None:
        (series,) = plan.series
        last = len(series.figures) - 1
        for n, figure in enumerate(series.figures):
            if figure.known:
                colour = DARK_BLUE if n == last else GREY
                axes.bar(n, figure.value, 0.55, color=colour, ec=_edge(colour), lw=0.8)
                whisker(axes, figure, n)
            _above(axes, n, reach(figure), short(view, figure), 1)
        axes.set_xticks(range(last + 1), plan.labels)
        axes.set_yticks([])
        axes.set_xlim(-0.6, last + 0.6)
        axes.set_ylim(bottom=0)
        axes.margins(y=0.12)

    return paint


def up_and_down(view: View, plan: Plan) -> Painter:
    """Two series on either side of a line: what came in above it, what went out below."""

    def paint(axes: Axes) -> None:
        upper, lower = plan.series
        top = max([1.0, *(f.value for f in plan.figures if f.known)])
        for series, sign, colour in ((upper, 1, DARK_BLUE), (lower, -1, TURQUOISE)):
            for n, figure in enumerate(series.figures):
                height = figure.value if figure.known else 0.0
                if figure.known:
                    axes.bar(n, sign * height, 0.62, color=colour)
                axes.annotate(
                    short(view, figure),
                    (n, sign * height),
                    xytext=(0, 2 * sign),
                    textcoords="offset points",
                    ha="center",
                    va="bottom" if sign > 0 else "top",
                    fontsize=SMALL,
                )
        axes.axhline(0, color=DARK_GREY, lw=0.8)
        axes.set_xticks(range(len(plan.labels)), plan.labels)
        axes.spines["bottom"].set_visible(False)
        axes.set_yticks([])
        axes.set_ylim(-top * 1.15, top * 1.15)
        _legend(axes, [upper.name, lower.name], [DARK_BLUE, TURQUOISE])

    return paint
