"""Charts show what is hidden as such: never as a bar of no height, and nowhere by its size."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from made_up_figures import view
from matplotlib.figure import Figure as Paper

from irostats.figures import Figure, Status
from irostats.present import View, bars, levels, lines
from irostats.present.charts import Painter, Plan, Series, alt_text

NAME = "participation.percent"
HIDDEN = Figure(NAME, "2020-21", status=Status.SUPPRESSED)
WITHHELD = Figure(NAME, "2020-21", status=Status.SUPPRESSED, withheld=True)


def percent(above: float, below: float) -> Figure:
    """A percentage that is shown."""
    return Figure(NAME, "2020-21", 100 * above / below, numerator=above, denominator=below)


def plan(*series: tuple[Figure, ...]) -> Plan:
    """A chart of some series, this year's first."""
    names = ("Now", "Then", "Long ago")
    return Plan(
        kind="Bar chart",
        title="A title",
        about="About",
        heading="Heading",
        labels=tuple("ABCD"[: len(series[0])]),
        series=tuple(Series(*pair) for pair in zip(names, series, strict=False)),
    )


def painted(painter: Painter) -> Any:  # matplotlib's types say less than is there
    """What it paints on."""
    axes = Paper().add_subplot()
    painter(axes)
    return axes


def texts(axes: Any) -> list[str]:
    """Every text on the axes, but for what stands at a tick."""
    return [text.get_text() for text in axes.texts if text.get_text()]


Making = Callable[[View, Plan], Painter]


@pytest.mark.parametrize("making", [bars.columns, bars.focus_columns, levels.level])
@pytest.mark.parametrize("hidden", [HIDDEN, WITHHELD])
def test_a_hidden_bar_is_a_letter_and_no_bar(making: Making, hidden: Figure) -> None:
    """One bar for each number shown, ``c`` for the other, whether it is small or withheld."""
    shown = plan((percent(30, 60), hidden, percent(12, 60)))
    axes = painted(making(view(), shown))
    sizes = [max(patch.get_width(), patch.get_height()) for patch in axes.patches]
    assert sorted(sizes) == [20, 50]
    assert "c" in texts(axes)


def test_a_hidden_bar_has_its_letter_where_it_would_begin() -> None:
    """Not in the column of numbers alone; the year before says its name, inside of a long bar."""
    now = (HIDDEN, percent(50, 60), percent(6, 60), HIDDEN)
    then = (percent(6, 60), HIDDEN, HIDDEN, HIDDEN)
    axes = painted(levels.level(view(), plan(now, then)))
    places = {
        int(text.xy[1]): (text.get_text(), text.xy[0])
        for text in axes.texts
        if text.xycoords == "data"
    }
    assert places == {
        0: ("c", 0),
        1: ("Then: c", 0),
        2: ("Then: c", 10),
        3: ("c, Then: c", 0),
    }


def test_bars_up_and_down_have_letters_at_the_line() -> None:
    """Above it and below it."""
    axes = painted(bars.up_and_down(view(), plan((HIDDEN, percent(6, 60)), (WITHHELD, HIDDEN))))
    assert [patch.get_height() for patch in axes.patches] == [10]
    letters = [text.xy for text in axes.texts if text.get_text() == "c"]
    assert letters == [(0, 0), (0, 0), (1, 0)]


def test_a_hidden_point_is_a_gap_in_the_line() -> None:
    """No point and no shading there, and a letter at the foot."""
    shown = plan((percent(54, 60), HIDDEN, percent(57, 60)))
    axes = painted(lines.line(view(), shown, floor=80, starts=[0]))
    drawn = [float(y) for y in axes.lines[0].get_ydata()]
    assert math.isnan(drawn[1])
    assert [round(drawn[0]), round(drawn[2])] == [90, 95]
    assert [text.xy for text in axes.texts if text.get_text() == "c"] == [(1, 80)]


def test_a_hidden_average_is_no_point_in_its_range() -> None:
    """The range may be shown all the same."""
    shown = plan((percent(50, 100),), (HIDDEN,), (percent(60, 100),))
    axes = painted(lines.ranges(view(), shown, band=(50, 70), floor=40))
    assert not [line for line in axes.lines if line.get_marker() == "o"]
    assert "c" in texts(axes)


def test_the_alternative_text_says_which_are_hidden() -> None:
    """Each by its label."""
    said = alt_text(view(), plan((percent(30, 60), HIDDEN), (WITHHELD, percent(6, 60))))
    assert "Now: A: 50% (30 of 60); B: not shown." in said
    assert "Then: A: not shown; B: 10% (6 of 60)." in said
