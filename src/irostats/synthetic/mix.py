"""What an authority's placements are like, from the 31 March that is calibrated in full.

Placements of other dates are drawn from this, so that years without published placements resemble
the one that has them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from irostats.synthetic.ages import BANDS, ages_in
from irostats.synthetic.homes import PROVIDERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from irostats.synthetic.plan import YearPlan

KINDS_BY_AGE = {
    0: {"foster": 0.9, "parents": 0.04, "other_residential": 0.06},
    2: {"foster": 0.93, "parents": 0.07},
    10: {"foster": 0.88, "parents": 0.05, "homes": 0.06, "school": 0.01},
    16: {"foster": 0.7, "homes": 0.18, "parents": 0.05, "school": 0.02, "independent": 0.05},
    99: {"foster": 0.5, "homes": 0.13, "independent": 0.3, "parents": 0.04, "other": 0.03},
}

# Groups of DfE's first releases, and the group of the later ones that they are drawn from.
FORMER_GROUPS = {"semi_independent": "independent", "community": "independent"}
# Many turn 16 in a placement of another kind, so those who move then must make up for it.
FROM_OTHERS = {"independent": 1.5}
# How far weights may be turned towards the authority's own.
LEAST_TURN, MOST_TURN = 0.1, 8.0


@dataclass(frozen=True)
class Mix:
    """Weights: of kinds of placement up to each age, of a kind's providers, of locations."""

    kinds: Mapping[int, Mapping[str, float]]
    providers: Mapping[str, Mapping[str, float]]
    locations: Mapping[str, float]


def mix_of(year: YearPlan) -> Mix:
    """The mix of a year that is calibrated in full."""
    placed: Counter[str] = Counter()
    for kind, count in year.quotas["placement"].items():
        placed[FORMER_GROUPS.get(kind, kind)] += count
    return Mix(
        _kinds(placed, year.quotas["age"]),
        _providers(placed, year.quotas["provider"]),
        _locations(year.quotas["location"], year.figures.get("uasc", 0)),
    )


def _kinds(placed: Mapping[str, int], age: Mapping[str, int]) -> dict[int, dict[str, float]]:
    """The usual kinds by age, turned until about as many come out as were published."""
    ages = [a for name, count in age.items() for a in ages_in(*BANDS[name], count)]
    usual: Counter[str] = Counter()
    for a in ages:
        shares = next(kinds for limit, kinds in KINDS_BY_AGE.items() if a <= limit)
        usual.update({kind: share / sum(shares.values()) for kind, share in shares.items()})
    return {
        limit: {
            kind: share * _turn(placed[kind] * FROM_OTHERS.get(kind, 1.0), usual[kind])
            for kind, share in kinds.items()
        }
        for limit, kinds in KINDS_BY_AGE.items()
    }


def _providers(
    placed: Mapping[str, int], published: Mapping[str, int]
) -> dict[str, dict[str, float]]:
    """The usual providers of each kind, turned in the same way."""
    usual: Counter[str] = Counter()
    for kind, count in placed.items():
        shares = PROVIDERS[kind]
        usual.update({name: count * share for name, share in shares.items()})
    return {
        kind: {
            name: share * _turn(published.get(name, 0), usual[name])
            for name, share in shares.items()
        }
        for kind, shares in PROVIDERS.items()
    }


def _turn(published: float, usual: float) -> float:
    """By how much a weight is multiplied; what was not published stays possible."""
    return min(max(published / usual if usual else 1.0, LEAST_TURN), MOST_TURN)


def _locations(published: Mapping[str, int], seekers: int) -> dict[str, float]:
    """As published, less the unaccompanied children, of whom no home is known to measure from."""
    unknown = sum(count for key, count in published.items() if key.endswith("unknown"))
    left = max(unknown - seekers, 1) / max(unknown, 1)
    return {
        key: count * (left if key.endswith("unknown") else 1.0)
        for key, count in published.items()
        if key != "not_recorded"
    }
