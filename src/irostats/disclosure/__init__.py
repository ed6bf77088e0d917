"""Disclosure control: the one boundary between Figures and everything that shows them.

Counts that describe children are not shown from 1 to the threshold (primary suppression), nor are
the percentages, rates, means and intervals that are made from them, nor as many further counts as
it takes to keep the hidden ones from being worked out (secondary suppression): from rows, columns
and totals, breakdowns within breakdowns, shares, other sections, quarters and earlier years. Or
they are rounded. Service counts are exempt, and listed for sign-off.
"""

from __future__ import annotations

import math
from dataclasses import replace

from irostats.calendar import ReportingYear
from irostats.disclosure.exempt import protecting
from irostats.disclosure.hiding import Hiding
from irostats.disclosure.network import Ratio, network, node_of
from irostats.errors import SettingsError
from irostats.figures import Figure, Figures, Status
from irostats.parameters import Audience
from irostats.settings import ROUNDING, SUPPRESSION, Protection

__all__ = ["protect"]


def protect(figures: Figures, protection: Protection, audience: Audience) -> Figures:
    """Figures as the audience may see them.

    Args:
        figures: As measured.
        protection: The authority's settings.
        audience: Internal readers see everything.

    Raises:
        SettingsError: A setting is not known; nothing is shown unprotected because a setting
            was not understood.
    """
    _check(protection)
    protected = protecting(figures.registry, protection.exempt)
    if audience is Audience.INTERNAL or protection.suppression == "none":
        return figures
    years = sorted({ReportingYear.of_period(figure.period) for figure in figures})
    counted = network(figures, years, protected)
    hiding = Hiding(counted, protection.threshold, protected, base=protection.rounding)
    for year in years:
        hiding.settle(year, complete=protection.suppression == "primary_secondary")
    ratios = {node_of(ratio.figure): ratio for ratio in counted.ratios}
    return figures.map(
        {
            (*figure.cell, figure.period): _shown(figure, ratios.get(node_of(figure)), hiding)
            for figure in figures
        }
    )


def _check(protection: Protection) -> None:
    if protection.suppression not in SUPPRESSION:
        raise SettingsError(f"'{protection.suppression}' is not a known suppression.")
    if protection.rounding not in ROUNDING:
        raise SettingsError(f"Counts cannot be rounded to {protection.rounding}.")
    if protection.threshold < 1:
        raise SettingsError(f"A threshold of {protection.threshold} would hide nothing.")


def _shown(figure: Figure, ratio: Ratio | None, hiding: Hiding) -> Figure:
    """A figure as it is shown."""
    node = node_of(figure)
    if node in hiding.hidden or (ratio and hiding.hides(ratio)):
        # Also where it is not applicable: that nobody is counted may be what is hidden.
        hidden = figure.without_value(Status.SUPPRESSED)
        return replace(hidden, withheld=not hiding.looks_small(node, ratio))
    if node in hiding.rounded:
        return replace(figure, value=hiding.rounding(figure.value))
    if figure.known and ratio and hiding.rounds(ratio):
        return _of_rounded(figure, hiding)
    return figure


def _of_rounded(figure: Figure, hiding: Hiding) -> Figure:
    """A ratio of rounded counts; its interval would tell what they were."""
    above, below = (hiding.rounding(n) for n in (figure.numerator, figure.denominator))
    if not below:
        return figure.without_value(Status.SUPPRESSED)
    scale = figure.value * figure.denominator / figure.numerator if figure.numerator else 0.0
    return replace(
        figure,
        value=scale * above / below,
        numerator=above,
        denominator=below,
        lower=math.nan,
        upper=math.nan,
    )
