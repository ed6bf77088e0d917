"""What readers are told of disclosure control: which numbers are hidden, and which are rounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from irostats.disclosure.exempt import protecting
from irostats.figures import Figure
from irostats.parameters import Audience
from irostats.present.view import View
from irostats.registry import Cell, MadeOf, Unit


def rounds(view: View) -> int:
    """What numbers of children are rounded to in this report; 0 if they are not."""
    protection = view.authority.protection
    off = view.audience is Audience.INTERNAL or protection.suppression == "none"
    return 0 if off else protection.rounding


def treatment(view: View) -> str:
    """How small numbers are treated, in a sentence or two of plain text."""
    protection = view.authority.protection
    if view.audience is Audience.INTERNAL or protection.suppression == "none":
        return "Small numbers of children are shown."
    if base := rounds(view):
        return (
            f"Numbers of children are rounded to the nearest {base}, and percentages, rates and "
            "averages are made from rounded numbers, so parts may not add up to their totals."
        )
    others = ", nor are the fewest others that would give them away"
    return (
        f"Numbers from 1 to {protection.threshold} that describe children are not shown"
        f"{others if protection.suppression == 'primary_secondary' else ''}."
    )


def rounding_key(view: View, figures: Iterable[Figure]) -> str:
    """That numbers below a table or chart are rounded; empty where none of them is."""
    base = rounds(view)
    if not base:
        return ""
    protected = protecting(view.figures.registry, view.authority.protection.exempt)
    found = {_how(view, figure, protected) for figure in figures if figure.known}
    if Unit.COUNT in found:
        ratios = "; percentages are made from rounded numbers" if len(found - {None}) > 1 else ""
        return f"Numbers of children are rounded to the nearest {base}{ratios}."
    if found - {None}:
        return f"Made from numbers of children that are rounded to the nearest {base}."
    return ""


def _how(view: View, figure: Figure, protected: Callable[[Cell], bool]) -> Unit | None:
    """The unit of a figure that is rounded, or made from a rounded number; None if it is not."""
    registry = view.figures.registry
    unit = registry[figure.measure].unit
    if unit is Unit.COUNT:
        return unit if protected(figure.cell) else None
    made = registry.ratios.get(figure.measure, MadeOf())
    parts = (
        term.cell(figure.breakdown, figure.category)
        for term in (*made.numerator, *made.denominator)
    )
    counts = (part for part in parts if registry[part[0]].unit is Unit.COUNT)
    return unit if any(map(protected, counts)) else None


def suppressed_key(view: View) -> str:
    """What ``c`` stands for in this report."""
    protection = view.authority.protection
    if view.audience is Audience.INTERNAL:
        return "c: not shown."
    if rounds(view):
        return (
            f"c: made from a number from 1 to {protection.threshold}, or a number that could be "
            "worked out although it is rounded; not shown, to protect children."
        )
    others = ", or a number that would give one away" * (protection.suppression != "primary")
    return f"c: from 1 to {protection.threshold}{others}; not shown, to protect children."
