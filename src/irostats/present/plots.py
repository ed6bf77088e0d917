"""The ways in which figures are drawn: each returns what paints on the axes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from irostats.figures import Figure
from irostats.present.canvas import (
    BAND,
    DARK_BLUE,
    DARK_GREY,
    GREY,
    SMALL,
    TURQUOISE,
)
from irostats.present.charts import Painter, Plan, Series
from irostats.present.numbers import show
from irostats.present.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EARLIER = ("#E4E4E4", "#D2D2D2", "#BFBFBF", "#A3A3A3")
"""Greys of earlier years, the lightest the longest ago."""


def _value(figure: Figure) -> float:
    return figure.value if figure.known else math.nan


def _shades(count: int) -> list[str]:
    return [*EARLIER[len(EARLIER) - count + 1 :], DARK_BLUE] if count > 1 else [DARK_BLUE]


def _short(view: View, figure: Figure) -> str:
    """A label on a bar: the number, ``c``, or a few words on why there is none."""
    text = show(figure, view.measure(figure.measure))
    return text.replace(" ", "\n") if not figure.known else text


def _legend(axes: Axes, names: Sequence[str], colours: Sequence[str]) -> None:
    """Names in their colours above the axes: a legend that needs no key to be looked up."""
    from matplotlib.patches import Patch

    axes.legend(
        [Patch(facecolor=colour) for colour in colours],
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
        top = max([1.0, *(v for f in plan.figures if not math.isnan(v := _value(f)))])
        for s, (series, colour) in enumerate(zip(plan.series, _shades(count), strict=True)):
            for n, figure in enumerate(series.figures):
                x = n + (s - (count - 1) / 2) * width
                if figure.known:
                    axes.bar(x, figure.value, width * 0.92, color=colour)
                _above(axes, x, figure.value if figure.known else 0, _short(view, figure), count)
        axes.set_xticks(range(len(plan.labels)), plan.labels)
        axes.set_yticks([])
        axes.set_ylim(0, top * 1.12)
        axes.set_xlim(-0.6, len(plan.labels) - 0.4)
        if count > 1:
            _legend(axes, [series.name for series in plan.series], _shades(count))

    return paint


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
                axes.bar(n, figure.value, 0.55, color=DARK_BLUE if n == last else GREY)
            _above(axes, n, figure.value if figure.known else 0, _short(view, figure), 1)
        axes.set_xticks(range(last + 1), plan.labels)
        axes.set_yticks([])
        axes.set_xlim(-0.6, last + 0.6)
        axes.set_ylim(bottom=0)
        axes.margins(y=0.12)

    return paint


def bars(view: View, plan: Plan, *, full: float | None = None) -> Painter:
    """Level bars from zero, one a label; a tick marks the year before.

    Args:
        view: Whose figures.
        plan: One series for this year and, if given, one for the year before it.
        full: End of the axis, such as 100 for percentages; else what the bars need.
    """

    def paint(axes: Axes) -> None:
        now, *earlier = plan.series
        values = [v for f in plan.figures if not math.isnan(v := _value(f))]
        end = full or max([1.0, *values])
        for n, figure in enumerate(now.figures):
            before = earlier[0].figures[n] if earlier else None
            _bar(axes, view, n, figure, before)
        axes.set_yticks(range(len(plan.labels)), plan.labels)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.set_xlim(0, end * 1.3)
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set_visible(True)
        if earlier:
            _marks_legend(axes, now.name, earlier[0].name)

    return paint


def _bar(axes: Axes, view: View, n: int, figure: Figure, before: Figure | None) -> None:
    from irostats.present.tables import printed

    at = figure.value if figure.known else 0.0
    if figure.known:
        axes.barh(n, figure.value, 0.58, color=DARK_BLUE)
    if before is not None and before.known:
        axes.plot([before.value] * 2, [n - 0.38, n + 0.38], color=TURQUOISE, lw=2.4)
        at = max(at, before.value)
    axes.annotate(
        printed(view, figure),
        (at, n),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=SMALL,
    )


def _marks_legend(axes: Axes, now: str, before: str) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    axes.legend(
        [Patch(facecolor=DARK_BLUE), Line2D([], [], color=TURQUOISE, lw=2.4)],
        [now, before],
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=2,
        frameon=False,
        fontsize=SMALL,
        handlelength=0.9,
        columnspacing=1.2,
        borderaxespad=0.2,
    )


def up_and_down(view: View, plan: Plan) -> Painter:
    """Two series on either side of a line: what came in above it, what went out below."""

    def paint(axes: Axes) -> None:
        upper, lower = plan.series
        top = max([1.0, *(v for f in plan.figures if not math.isnan(v := _value(f)))])
        for series, sign, colour in ((upper, 1, DARK_BLUE), (lower, -1, TURQUOISE)):
            for n, figure in enumerate(series.figures):
                height = figure.value if figure.known else 0.0
                if figure.known:
                    axes.bar(n, sign * height, 0.62, color=colour)
                axes.annotate(
                    _short(view, figure),
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


def axis_floor(figures: Sequence[Figure]) -> int:
    """Where a line chart of percentages starts: the ten below the lowest, 0 if half or less."""
    lowest = min((figure.value for figure in figures if figure.known), default=0.0)
    floor = min(90, int(lowest // 10) * 10)
    return floor if floor >= 50 else 0


def line(view: View, plan: Plan, *, floor: int, starts: Sequence[int]) -> Painter:
    """One line of percentages with gaps where there is no value, years parted by thin rules.

    Args:
        view: Whose figures.
        plan: One series.
        floor: Where the axis starts.
        starts: Positions at which a year starts.
    """

    def paint(axes: Axes) -> None:
        (series,) = plan.series
        values = [_value(figure) for figure in series.figures]
        axes.plot(range(len(values)), values, color=DARK_BLUE, lw=2, marker="o", ms=5)
        for start in starts[1:]:
            axes.axvline(start - 0.5, color=GREY, lw=0.8)
        _label_points(axes, view, series, floor)
        axes.set_xticks(range(len(plan.labels)), [text.split(" ")[-1] for text in plan.labels])
        for start in starts:
            axes.annotate(
                plan.labels[start].split(" ")[0],
                (start - 0.4, 1.0),
                xycoords=("data", "axes fraction"),
                fontsize=SMALL,
                va="bottom",
                color=DARK_GREY,
            )
        top = 100 + (100 - floor) * 0.06
        axes.set_ylim(floor, top)
        axes.set_xlim(-0.6, len(values) - 0.3)
        axes.set_yticks([*range(floor, 100, 10 if 100 - floor > 10 else 5), 100])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0f}%")
        axes.grid(visible=True, axis="y", color="#E4E4E4", lw=0.8)
        axes.set_axisbelow(True)

    return paint


def _label_points(axes: Axes, view: View, series: Series, floor: int) -> None:
    few = len(series.figures) <= 8
    known = [(n, f) for n, f in enumerate(series.figures) if f.known]
    lowest = min(known, key=lambda pair: pair[1].value)[0] if known else -1
    for n, figure in enumerate(series.figures):
        if not figure.known:
            axes.annotate(
                _short(view, figure),
                (n, floor),
                xytext=(0, 4),
                textcoords="offset points",
                ha="center",
                va="bottom",
                fontsize=7,
                color="#6F6F6F",
            )
        elif few or n in (lowest, known[-1][0]):
            axes.annotate(
                show(figure, view.measure(figure.measure)),
                (n, figure.value),
                xytext=(0, -7),
                textcoords="offset points",
                ha="center",
                va="top",
                fontsize=SMALL,
            )


def ranges(view: View, plan: Plan, *, band: tuple[int, int]) -> Painter:
    """For each label the lowest, average and highest, against a shaded band.

    Args:
        view: Whose figures.
        plan: Three series: lowest, average, highest.
        band: Ends of the band.
    """

    def paint(axes: Axes) -> None:
        low, average, high = plan.series
        axes.axvspan(*band, color=BAND, lw=0)
        axes.annotate(
            f"{band[0]} to {band[1]}: good practice",
            (sum(band) / 2, 1.0),
            xycoords=("data", "axes fraction"),
            ha="center",
            va="bottom",
            fontsize=SMALL,
        )
        for n in range(len(plan.labels)):
            _range(axes, view, n, low.figures[n], average.figures[n], high.figures[n])
        values = [v for f in plan.figures if not math.isnan(v := _value(f))]
        axes.set_yticks(range(len(plan.labels)), plan.labels)
        axes.set_ylim(len(plan.labels) - 0.4, -0.6)
        axes.set_xlim(0, max(band[1] * 1.15, *values, 1) * 1.08)
        axes.spines["bottom"].set_visible(True)

    return paint


def _range(axes: Axes, view: View, n: int, low: Figure, average: Figure, high: Figure) -> None:
    if low.known and high.known:
        axes.plot([low.value, high.value], [n, n], color=GREY, lw=6, solid_capstyle="butt")
    for figure, side in ((low, -1), (high, 1)):
        if figure.known and high.value > low.value:
            axes.annotate(
                show(figure, view.measure(figure.measure)),
                (figure.value, n),
                xytext=(4 * side, 0),
                textcoords="offset points",
                va="center",
                ha="left" if side > 0 else "right",
                fontsize=SMALL,
            )
    if average.known:
        axes.plot(average.value, n, "o", color=DARK_BLUE, ms=8)
        axes.annotate(
            show(average, view.measure(average.measure)),
            (average.value, n),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=SMALL,
            color=DARK_BLUE,
            fontweight="bold",
        )
    else:
        axes.annotate(
            show(average, view.measure(average.measure)),
            (0, n),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
        )
