"""Pictures of a number for children: rows of ten, and other small scenes, without a scale.

A row of ten shows tenths, rounded down; nothing else is drawn to size, so that no picture can be
read as the bar of a chart. Filled and empty differ in shape as well as in colour.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

from irostats.present.canvas import (
    BAND,
    DARK_BLUE,
    DARK_GREY,
    DPI,
    STYLE,
    TURQUOISE,
    WIDTH,
    drawn,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HEIGHT = 0.8
"""Inches: that of a line or two of large type."""
TEN = 10
EMPTY_EDGE = "#767676"
WORDS = 19
Painter = Callable[["Axes"], None]
Icon = Callable[["Axes", float, float, str], None]
"""Draws at a centre, in inches, with a height, in a manner: ``filled``, ``part``, ``empty``."""

_MANNER: dict[str, dict[str, Any]] = {
    "filled": {"facecolor": DARK_BLUE, "edgecolor": DARK_BLUE, "linewidth": 1.6},
    "other": {"facecolor": TURQUOISE, "edgecolor": TURQUOISE, "linewidth": 1.6},
    "part": {"facecolor": BAND, "edgecolor": DARK_BLUE, "linewidth": 1.6, "linestyle": (0, (3, 2))},
    "empty": {"facecolor": "white", "edgecolor": EMPTY_EDGE, "linewidth": 1.4},
}


def draw(painter: Painter) -> bytes:
    """A picture as PNG, the same bytes each time."""
    if not drawn():
        return b""
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Paper

    with mpl.rc_context():
        mpl.rcdefaults()
        cast("dict[str, Any]", mpl.rcParams).update(STYLE)
        paper = Paper(figsize=(WIDTH, HEIGHT), dpi=DPI)
        FigureCanvasAgg(paper)
        axes = paper.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, WIDTH), ylim=(0, HEIGHT), aspect="equal")
        axes.set_axis_off()
        painter(axes)
        picture = BytesIO()
        paper.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def row_of_ten(icon: Icon, filled: int, *, part: bool = False) -> Painter:
    """Ten icons, the first of them filled.

    Args:
        icon: What is drawn.
        filled: How many are filled, 0 to 10.
        part: Whether the first is only begun: more than none, and less than one in ten.
    """

    def paint(axes: Axes) -> None:
        for n in range(TEN):
            manner = "filled" if n < filled else "part" if part and n == 0 else "empty"
            icon(axes, WIDTH / TEN * (n + 0.5), HEIGHT * 0.9, manner)

    return paint


def for_each(count: int, words: str, *, more: bool) -> Painter:
    """A person, meetings beside them, and what that says.

    Args:
        count: Meetings that are filled.
        words: What they show.
        more: Whether one more is begun.
    """

    def paint(axes: Axes) -> None:
        person(axes, 0.35, HEIGHT * 0.9, "other")
        manners = ["filled"] * count + ["part"] * more
        # Whatever the number, the words keep their place.
        step = min(0.75, 3.2 / max(1, len(manners)))
        for n, manner in enumerate(manners):
            meeting(axes, 1.15 + step * n, HEIGHT * 0.9 * step / 0.75, manner)
        _words(axes, 1.15 + step * max(0, len(manners) - 0.4), words)

    return paint


def one_for_many(many: str) -> Painter:
    """One officer beside a group of children, and how many these are."""

    def paint(axes: Axes) -> None:
        person(axes, 0.35, HEIGHT * 0.95, "other")
        _words(axes, 0.75, "1 IRO")
        for n in range(3):
            person(axes, 2.35 + 0.42 * n, HEIGHT * 0.75, "filled")
        _words(axes, 3.6, many)

    return paint


def bubbles(said: Sequence[tuple[str, str]]) -> Painter:
    """Speech bubbles of one size, each with a number in it and words beside it.

    Args:
        said: Number and words, at most two.
    """

    def paint(axes: Axes) -> None:
        for n, (number, words) in enumerate(said):
            left = n * WIDTH / 2
            bubble(axes, left + 0.62, HEIGHT * 0.92, "filled", width=1.15)
            axes.text(
                left + 0.62,
                HEIGHT * 0.58,
                number,
                ha="center",
                va="center",
                color="white",
                fontsize=WORDS + 2,
                fontweight="bold",
            )
            _words(axes, left + 1.3, words)

    return paint


def person(axes: Axes, x: float, height: float, manner: str) -> None:
    """A head on shoulders."""
    from matplotlib.patches import Circle, FancyBboxPatch

    foot = (HEIGHT - height) / 2
    style = _MANNER[manner]
    width = 0.5 * height
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, foot),
            width,
            0.52 * height,
            boxstyle=f"round,pad=0,rounding_size={0.22 * height}",
            **style,
        )
    )
    axes.add_patch(Circle((x, foot + 0.78 * height), 0.19 * height, **style))


def meeting(axes: Axes, x: float, height: float, manner: str) -> None:
    """A sheet of a calendar; a filled one has a tick."""
    from matplotlib.patches import FancyBboxPatch

    style = _MANNER[manner]
    side = 0.72 * height
    left, foot = x - side / 2, (HEIGHT - height) / 2 + 0.06 * height
    axes.add_patch(
        FancyBboxPatch(
            (left, foot), side, side, boxstyle=f"round,pad=0,rounding_size={0.1 * height}", **style
        )
    )
    for ring in (0.28, 0.72):
        at = left + ring * side
        axes.plot(
            [at, at], [foot + 0.9 * side, foot + 1.12 * side], color=style["edgecolor"], lw=2.4
        )
    if manner == "filled":
        axes.plot(
            [left + 0.24 * side, left + 0.43 * side, left + 0.78 * side],
            [foot + 0.48 * side, foot + 0.28 * side, foot + 0.7 * side],
            color="white",
            lw=2.6,
            solid_capstyle="round",
            solid_joinstyle="round",
        )


def bubble(axes: Axes, x: float, height: float, manner: str, width: float = 0.5) -> None:
    """A speech bubble with its tail at the lower left."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    left, right = x - width / 2, x + width / 2
    top = (HEIGHT + height) / 2
    foot, tail = top - 0.72 * height, top - height
    r = min(0.16 * height, width / 3)
    points = [
        *((left + r, top), (right - r, top), (right, top), (right, top - r)),
        *((right, foot + r), (right, foot), (right - r, foot)),
        *((left + 2.6 * r, foot), (left + 1.1 * r, tail), (left + 1.3 * r, foot)),
        *((left + r, foot), (left, foot), (left, foot + r)),
        *((left, top - r), (left, top), (left + r, top)),
    ]
    line, curve = Path.LINETO, Path.CURVE3
    codes = [
        *(Path.MOVETO, line, curve, curve),
        *(line, curve, curve),
        *(line, line, line),
        *(line, curve, curve),
        *(line, curve, curve),
    ]
    axes.add_patch(PathPatch(Path(points, codes), joinstyle="round", **_MANNER[manner]))


def _words(axes: Axes, x: float, text: str) -> None:
    axes.text(
        x,
        HEIGHT / 2,
        text,
        ha="left",
        va="center",
        fontsize=WORDS,
        color=DARK_GREY,
        linespacing=1.1,
    )
