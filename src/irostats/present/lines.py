"""Lines and ranges: charts of places on an axis that need not start at zero."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from irostats.figures import Figure
from irostats.present.bars import short
from irostats.present.canvas import BAND, BAND_EDGE, DARK_BLUE, DARK_GREY, EDGE, GREY, SMALL
from irostats.present.charts import Painter, Plan, Series
from irostats.present.numbers import show
from irostats.present.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes


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
        values = [figure.value if figure.known else math.nan for figure in series.figures]
        axes.plot(range(len(values)), values, color=DARK_BLUE, lw=2, marker="o", ms=5)
        # A band rather than bars: sixteen bars would hide the line that they belong to.
        axes.fill_between(
            range(len(values)),
            [figure.lower if figure.known else math.nan for figure in series.figures],
            [figure.upper if figure.known else math.nan for figure in series.figures],
            facecolor=BAND,
            edgecolor=BAND_EDGE,
            lw=0.8,
        )
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
        axes.set_xlim(-0.6, len(values) - 1 + len(values) * 0.09)
        axes.set_yticks([*range(floor, 100, 10 if 100 - floor > 10 else 5), 100])
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0f}%")
        axes.grid(visible=True, axis="y", color="#E4E4E4", lw=0.8)
        axes.set_axisbelow(True)

    return paint


def _label_points(axes: Axes, view: View, series: Series, floor: int) -> None:
    """Number the lowest and the last point; say why there is none where the line has a gap."""
    known = [(n, figure) for n, figure in enumerate(series.figures) if figure.known]
    lowest, last = min(known, key=lambda pair: pair[1].value), known[-1]
    for n, figure in {lowest[0]: lowest[1], last[0]: last[1]}.items():
        at_end = n == last[0]
        axes.annotate(
            show(figure, view.measure(figure.measure)),
            (n, figure.value),
            xytext=(7, 0) if at_end else (0, -7),
            textcoords="offset points",
            ha="left" if at_end else "center",
            va="center" if at_end else "top",
            fontsize=SMALL,
        )
    for first, end, text in gaps([short(view, f) if not f.known else "" for f in series.figures]):
        axes.annotate(
            text,
            ((first + end) / 2, floor),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=7.5,
            color="#5A5A5A",
        )


def gaps(texts: Sequence[str]) -> list[tuple[int, int, str]]:
    """First and last position of each run of the same text, runs without text left out.

    >>> gaps(["", "c", "c", ""])
    [(1, 2, 'c')]
    """
    runs = [(text, [n for n, _ in run]) for text, run in groupby(enumerate(texts), itemgetter(1))]
    return [(positions[0], positions[-1], text) for text, positions in runs if text]


def range_floor(figures: Sequence[Figure], band: tuple[int, int]) -> int:
    """Where a range chart starts: the second ten below the band or the lowest figure."""
    lowest = min((figure.value for figure in figures if figure.known), default=0.0)
    return max(0, int(min(lowest, band[0]) // 10) * 10 - 10)


def ranges(view: View, plan: Plan, *, band: tuple[int, int], floor: int) -> Painter:
    """For each label the lowest, average and highest, against a shaded band.

    Args:
        view: Whose figures.
        plan: Three series: lowest, average, highest.
        band: Ends of the band.
        floor: Where the axis starts.
    """

    def paint(axes: Axes) -> None:
        low, average, high = plan.series
        axes.axvspan(*band, color=BAND, lw=0)
        for edge in band:
            axes.axvline(edge, color=BAND_EDGE, lw=0.8, ls=(0, (4, 2)))
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
        values = [f.value for f in plan.figures if f.known]
        axes.set_yticks(range(len(plan.labels)), plan.labels)
        axes.set_ylim(len(plan.labels) - 0.4, -0.6)
        end = max(band[1] + 10.0, *values)
        axes.set_xlim(floor, end + (end - floor) * 0.08)
        axes.spines["bottom"].set_visible(True)

    return paint


def _range(axes: Axes, view: View, n: int, low: Figure, average: Figure, high: Figure) -> None:
    if low.known and high.known:
        axes.plot([low.value, high.value], [n, n], color=EDGE, lw=6, solid_capstyle="butt")
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
            xycoords=("axes fraction", "data"),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
        )
