"""Disclosure control: the one boundary between Figures and everything that shows them.

Primary suppression hides counts of children's characteristics from 1 to the threshold, and
every percentage, rate or interval made from such a count. Complementary suppression, which
keeps a hidden count from being worked out from others, is not applied yet: a public report
says so.
"""

from __future__ import annotations

from irostats.errors import SettingsError
from irostats.figures import Figure, Figures, Status
from irostats.parameters import Audience
from irostats.registry import TOTAL, Registry, Unit
from irostats.settings import SUPPRESSION, Protection

DRAFT = "draft: complementary suppression not applied"
"""What a public report says of itself until complementary suppression is applied."""


def protect(figures: Figures, protection: Protection, audience: Audience) -> Figures:
    """Figures as the audience may see them.

    Args:
        figures: As measured.
        protection: The authority's settings.
        audience: Internal readers see everything.

    Raises:
        SettingsError: The suppression setting is not known; nothing is shown unprotected
            because a setting was not understood.
    """
    if protection.suppression not in SUPPRESSION:
        raise SettingsError(f"'{protection.suppression}' is not a known suppression.")
    if audience is Audience.INTERNAL or protection.suppression == "none":
        return figures
    hidden = {
        (*figure.cell, figure.period): figure.without_value(Status.SUPPRESSED)
        for figure in figures
        if is_small(figure, figures.registry, protection.threshold)
    }
    return figures.map(hidden)


def is_small(figure: Figure, registry: Registry, threshold: int) -> bool:
    """Whether a figure is, or gives away, a protected count from 1 to ``threshold``."""
    measure = registry[figure.measure]
    protected = (
        measure.protect
        if figure.breakdown == TOTAL
        else measure.breakdown(figure.breakdown).protect
    )
    if not (protected and figure.known):
        return False
    counts = (
        (figure.value,) if measure.unit is Unit.COUNT else (figure.numerator, figure.denominator)
    )
    return any(0 < count <= threshold for count in counts)
