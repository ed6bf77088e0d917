"""Which counts are protected: those that describe children and are not signed off."""

from __future__ import annotations

from collections.abc import Callable, Collection

from irostats.errors import SettingsError, nearest
from irostats.registry import TOTAL, Cell, Registry, Unit

NONE = "none"
"""In place of a measure: no count is exempt."""


def protecting(registry: Registry, exempt: Collection[str]) -> Callable[[Cell], bool]:
    """Whether the counts of a cell are protected.

    Args:
        registry: Says which are by default: all but the service's own counts.
        exempt: Measures whose undivided count is shown however small, and their breakdowns that
            are not by reason, team or kind of child; empty for the service's own counts.

    Raises:
        SettingsError: There is no such measure.
    """
    for name in exempt:
        if name not in registry.measures and name != NONE:
            raise SettingsError(
                f"[protection] exempt: there is no measure '{name}'."
                f"{nearest(name, registry.measures)}"
            )
    default = {name for name, measure in registry.measures.items() if not measure.protect}
    free = frozenset(exempt) if exempt else frozenset(default)

    def is_free(name: str) -> bool:
        made_of = registry.ratios.get(name)
        if registry[name].unit is Unit.COUNT or made_of is None:
            return name in free
        return name in default and all(count.measure in free for count in made_of.numerator)

    shown = frozenset(name for name in registry.measures if is_free(name))

    def protected(cell: Cell) -> bool:
        measure, breakdown, _ = cell
        divided = breakdown != TOTAL and registry[measure].breakdown(breakdown).protect
        return divided or measure not in shown

    return protected
