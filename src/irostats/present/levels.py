"""Level bars: one a label, numbers in a column beside them, a mark for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irostats.figures import Figure, Status
from irostats.present.bars import reach, whisker
from irostats.present.canvas import DARK_BLUE, DARK_GREY, SMALL, TURQUOISE
from irostats.present.charts import Painter, Plan
from irostats.present.numbers import status
from irostats.present.view import View

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def level(view: View, plan: Plan, *, full: float | None = None) -> Painter:
    """Level bars from zero, one a label; a tick marks the year before.

    Args:
        view: Whose figures.
        plan: One series for this year and, if given, one for the year before it.
        full: End of the axis, such as 100 for percentages; else what the bars need.
    """
    from irostats.present.tables import printed

    def paint(axes: Axes) -> None:
        now, *earlier = plan.series
        end = full or max([1.0, *map(reach, plan.figures)])
        for n, figure in enumerate(now.figures):
            before = earlier[0].figures[n] if earlier else None
            _bar(axes, view, n, figure, before)
            hidden = _hidden(figure, before, earlier[0].name if earlier else "")
            _at_its_place(axes, n, figure, hidden, inside=reach(figure) > end / 2)
        axes.set_yticks(range(len(plan.labels)), plan.labels)
        axes.set_xticks([])
        axes.set_ylim(len(plan.labels) - 0.45, -0.55)
        # Room for the numbers, which grow with the counts that they print.
        longest = max(len(printed(view, figure)) for figure in now.figures)
        axes.set_xlim(0, end * (1 + max(0.42, 0.03 * longest)))
        axes.spines["bottom"].set_visible(False)
        axes.spines["left"].set_visible(True)
        axes.annotate(
            now.name,
            (1.0, 1.0),
            xytext=(0, 4),
            xycoords="axes fraction",
            textcoords="offset points",
            ha="right",
            va="bottom",
            fontsize=SMALL,
        )
        if earlier:
            _marks_legend(axes, now.name, earlier[0].name)

    return paint


def _bar(axes: Axes, view: View, n: int, figure: Figure, before: Figure | None) -> None:
    from irostats.present.tables import printed

    if figure.known:
        axes.barh(n, figure.value, 0.58, color=DARK_BLUE)
        whisker(axes, figure, n, upright=False)
    if before is not None and before.known:
        axes.plot([before.value] * 2, [n - 0.38, n + 0.38], color=TURQUOISE, lw=2.4)
    # All in one column: beside its bar, a number could be read as the tick's.
    axes.annotate(
        printed(view, figure),
        (1.0, n),
        xycoords=("axes fraction", "data"),
        ha="right",
        va="center",
        fontsize=SMALL,
    )


def _hidden(figure: Figure, before: Figure | None, year_before: str) -> str:
    """What stands at the place of a bar or tick that is not shown: ``c``, ``2015-16: c``."""
    now = "c" if status(figure) is Status.SUPPRESSED else ""
    then = before is not None and status(before) is Status.SUPPRESSED
    return ", ".join(filter(None, (now, f"{year_before}: c" if then else "")))


def _at_its_place(axes: Axes, n: int, figure: Figure, text: str, *, inside: bool) -> None:
    """What is hidden, where it would be drawn: inside of a long bar, or behind a short one."""
    axes.annotate(
        text,
        (0 if inside else reach(figure), n),
        xytext=(5, 0),
        textcoords="offset points",
        ha="left",
        va="center",
        fontsize=7.5,
        color="white" if inside else DARK_GREY,
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
