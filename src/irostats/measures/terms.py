"""What the measures of a section say alike, for the annex that says it once."""

from __future__ import annotations

from collections.abc import Mapping

from irostats.measures.definitions import (
    challenge,
    health,
    leavers,
    monitoring,
    participation,
    permanence,
    placements,
    reviews,
    service,
)
from irostats.registry import Term

TERMS: Mapping[str, tuple[Term, ...]] = {
    module.SECTION: module.TERMS
    for module in (
        placements,
        health,
        permanence,
        leavers,
        reviews,
        participation,
        monitoring,
        service,
        challenge,
    )
}
"""By section; the others have none."""
