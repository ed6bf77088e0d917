"""Kinds of placement: SSDA903 codes, providers, where they lie, for the groups DfE prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from irostats.synthetic.model import Placement
from irostats.synthetic.quotas import weighted

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from irostats.synthetic.mix import Mix

# DfE's placement groups (as keyed in the target files) and the codes that make them up.
CODES: dict[str, dict[str, float]] = {
    "foster": {"U6": 0.5, "U4": 0.28, "U3": 0.15, "U1": 0.06, "U5": 0.01},
    "adoption": {"A6": 0.72, "A5": 0.18, "A4": 0.07, "A3": 0.03},
    "parents": {"P1": 1.0},
    "homes": {"K2": 0.97, "K1": 0.03},
    "independent": {"H5": 0.78, "P2": 0.22},
    # DfE's first releases, to 2017, drew these two lines elsewhere than the later ones do.
    "semi_independent": {"H5": 1.0},
    "community": {"P2": 0.85, "P3": 0.15},
    "school": {"S1": 1.0},
    "other_residential": {"R3": 0.45, "R1": 0.3, "R5": 0.15, "R2": 0.1},
    "other": {"P3": 0.3, "Z1": 0.7},
}
PROVIDERS: dict[str, dict[str, float]] = {
    "foster": {"PR1": 0.6, "PR4": 0.33, "PR5": 0.04, "PR2": 0.03},
    "adoption": {"PR1": 0.6, "PR5": 0.2, "PR2": 0.2},
    "parents": {"PR0": 1.0},
    "homes": {"PR4": 0.75, "PR1": 0.2, "PR5": 0.05},
    "independent": {"PR4": 0.8, "PR1": 0.12, "PR5": 0.08},
    "semi_independent": {"PR4": 0.8, "PR1": 0.12, "PR5": 0.08},
    "community": {"PR4": 0.6, "PR1": 0.4},
    "school": {"PR4": 0.8, "PR5": 0.2},
    "other_residential": {"PR4": 0.7, "PR5": 0.3},
    "other": {"PR4": 0.9, "PR1": 0.1},
}
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def postcode(rng: random.Random) -> str:
    """A postcode in the area ZZ, which was never issued."""
    return f"ZZ{rng.randint(1, 99)} {rng.randint(1, 9)}{rng.choice(LETTERS)}{rng.choice(LETTERS)}"


def miles(where: str, rng: random.Random) -> str:
    """A distance in miles, one decimal, on the right side of twenty miles; 999.9 if not known."""
    if where.endswith("unknown"):
        return "999.9"
    if where == "in_near":
        return f"{min(0.3 + rng.expovariate(1 / 4.5), 17.9):.1f}"
    if where == "out_near":
        return f"{min(3.0 + rng.expovariate(1 / 7.0), 19.6 - rng.random()):.1f}"
    if where == "in_far":
        return f"{rng.uniform(20.3, 29.0):.1f}"
    return f"{min(20.4 + rng.expovariate(1 / 32), 228.0):.1f}"


def located(placement: Placement, where: str, rng: random.Random, *, seeker: bool) -> Placement:
    """Put a placement inside or outside the boundary; UASC have no home to measure from."""
    location = "" if where == "not_recorded" else where.split("_")[0].upper()
    distance = "" if seeker or where == "not_recorded" else miles(where, rng)
    return placement.moved(location=location, distance=distance, postcode=postcode(rng))


def of_kind(kind: str, provider: str, rng: random.Random) -> Placement:
    """A placement of one of DfE's groups with a provider; location still open."""
    codes = dict(CODES[kind])
    if kind == "foster" and provider in {"PR4", "PR5", "PR2"}:
        codes.pop("U3")
        codes.pop("U1")
    if kind == "other_residential":
        # A young offender institution or a hospital is public provision, the others are not.
        public = provider == "PR3"
        codes = {c: w for c, w in codes.items() if (c in {"R5", "R2"}) == public}
    place = weighted(codes, rng)
    urn = f"SC999{rng.randint(0, 999):03d}" if place[0] in "KUS" and provider != "PR0" else ""
    return Placement(place, "" if place == "Z1" else provider, "", "", urn=urn)


def some_home(age: int, mix: Mix, rng: random.Random, *, seeker: bool) -> Placement:
    """A plausible placement for a child of an age, as the authority's placements are."""
    shares = next(kinds for limit, kinds in mix.kinds.items() if age <= limit)
    if seeker:
        shares = {"foster": 0.55, "independent": 0.4, "homes": 0.05} if age >= 16 else {"foster": 1}
    kind = weighted(shares, rng)
    placement = of_kind(kind, weighted(mix.providers[kind], rng), rng)
    where = weighted(mix.locations, rng)
    if seeker:
        where = "in_unknown" if where.startswith("in") else "out_unknown"
    return located(placement, where, rng, seeker=seeker)


def kind_of(place: str, kinds: Iterable[str]) -> str:
    """Which of the groups in use a code belongs to; the first that has it."""
    return next((kind for kind in kinds if place in CODES[kind]), "other")
