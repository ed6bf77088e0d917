"""The measures: one module a section, Records to Figures, and nothing else."""

from __future__ import annotations

from itertools import chain

from irostats.derive import Derived
from irostats.figures import Figures
from irostats.measures import (
    challenge,
    health,
    leavers,
    monitoring,
    participation,
    permanence,
    placements,
    priorities,
    profile,
    reviews,
    service,
)
from irostats.measures.definitions.made_of import CARRIED, CHANGES, RATIOS, SAME_COUNTS, WITHIN
from irostats.registry import Registry

SECTIONS = (
    profile,
    placements,
    health,
    permanence,
    leavers,
    reviews,
    participation,
    monitoring,
    service,
    challenge,
    priorities,
)
"""In the order of the report."""

REGISTRY = Registry.of(
    chain.from_iterable(section.MEASURES for section in SECTIONS),
    (*chain.from_iterable(section.RELATIONS for section in SECTIONS), *SAME_COUNTS),
    RATIOS,
    CHANGES,
    CARRIED,
    WITHIN,
)


def measure(derived: Derived) -> Figures:
    """Every figure of every year in use, unprotected.

    A year's figures are what the returns in use say of it now, later corrections included.
    """
    return Figures.collect(
        (
            figure
            for section in SECTIONS
            for year in derived.records.history
            for figure in section.compute(derived, year)
        ),
        REGISTRY,
        authority=derived.records.authority.slug,
    )
