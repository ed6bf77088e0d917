"""The paper that charts are drawn on: size, colours, fonts, and bytes that do not vary.

Colours and manner follow the Government Analysis Function's guidance for charts: one colour
for what matters and grey for the rest, labels on the data, no more ink than that.
seaborn gives the plain style that this is laid over, and takes the frame away. It and
matplotlib are imported where something is drawn, for they take longer to load than a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DARK_BLUE = "#12436D"
TURQUOISE = "#28A197"
GREY = "#BFBFBF"
EDGE = "#767676"
"""Around what is paler than 3:1 against the paper (WCAG 2.2, 1.4.11)."""
DARK_GREY = "#3D3D3D"
BAND = "#E3EEF7"
BAND_EDGE = "#4F81AE"
WIDTH, HEIGHT = 6.5, 3.4
"""Inches: the width of a page's text."""
DPI = 200
SMALL = 8.5
TEXT = 9.5

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": DARK_GREY,
    "axes.labelcolor": DARK_GREY,
    "axes.edgecolor": "#8C8C8C",
    "xtick.color": DARK_GREY,
    "ytick.color": DARK_GREY,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "text.parse_math": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
}
"""Fonts are those that come with matplotlib, so that every machine draws the same."""


_NUMBERS_ONLY: ContextVar[bool] = ContextVar("numbers_only", default=False)


@contextmanager
def numbers_only() -> Iterator[None]:
    """Within it charts are made without their pictures: half a second each, not wanted there."""
    token = _NUMBERS_ONLY.set(True)
    try:
        yield
    finally:
        _NUMBERS_ONLY.reset(token)


def drawn() -> bool:
    """Whether pictures are wanted."""
    return not _NUMBERS_ONLY.get()


def draw(
    painter: Callable[[Axes], None], *, heading: str, corner: str, height: float = HEIGHT
) -> bytes:
    """A picture as PNG, the same bytes each time.

    Args:
        painter: Draws on the axes.
        heading: What is drawn and in which unit, above the axes.
        corner: Small text at the foot, such as that the data are synthetic.
        height: Inches.
    """
    if not drawn():
        return b""
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Paper
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    with mpl.rc_context():
        mpl.rcdefaults()
        cast("dict[str, Any]", mpl.rcParams).update({**sns.axes_style("white"), **STYLE})
        margins = ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.06)
        paper = Paper(figsize=(WIDTH, height), dpi=DPI, layout=margins)
        FigureCanvasAgg(paper)
        axes = paper.add_subplot()
        sns.despine(ax=axes, left=True)
        painter(axes)
        paper.suptitle(heading, x=0.01, ha="left", fontsize=TEXT, color=DARK_GREY)
        if corner:
            paper.supxlabel(corner, x=0.99, ha="right", fontsize=7.5, color="#6F6F6F")
        picture = BytesIO()
        paper.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()
