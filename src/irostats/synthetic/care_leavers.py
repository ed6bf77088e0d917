"""Care leavers (OC3): young people of 17 to 21 around their birthday."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, stream
from irostats.synthetic.quotas import deal, weighted, whole_numbers
from irostats.synthetic.rates import drifted, nearest
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import add_years, age_on, year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from irostats.synthetic.plan import Plan

GROUPS = {"17_to_18": (17, 18), "19_to_21": (19, 21)}
LEFT_AT_17 = 0.3
# Of those of 17 and 18: in touch, suitably housed, in education or work, in higher education.
USUAL = {"in_touch": 0.93, "suitable": 0.88, "occupied": 0.64, "higher": 0.02}
NOT_IN_TOUCH = {"NO": 0.55, "REFU": 0.2, "NREQ": 0.15, "RHOM": 0.1}
HIGHER = {"F1": 0.9, "P1": 0.1}
OCCUPIED = {"F2": 0.48, "F3": 0.34, "P2": 0.06, "P3": 0.12}
NOT_OCCUPIED = {"G4": 0.24, "G5": 0.58, "G6": 0.18}
SUITABLE = {"U1": 0.36, "V1": 0.11, "K1": 0.17, "B1": 0.14, "Z1": 0.12, "T1": 0.06, "C1": 0.04}
UNSUITABLE = {"G2": 0.35, "X2": 0.35, "H2": 0.3}
STAYS = 12.0
"""How much likelier what was said a year ago is said again than anything else."""


def care_leavers(plan: Plan, years: tuple[str, ...], seed: str) -> list[Child]:
    """Young people who left care before the shipped years and are 17 to 21 in them.

    As many are born in each year as gives the published number of those of 19 to 21.
    """
    rng = stream(seed, "care leavers")
    each = _known(plan, years[0])[1]["19_to_21"] // 3
    leavers = []
    for i in range(each * (4 + len(years))):
        opens = add_years(year_start(years[0]), i // each - 21)
        child = Child(80000 + i, [], born=opens + timedelta(days=rng.randint(0, 364)))
        child.sex = rng.choice(["male", "male", "female"])
        child.ethnic = weighted(
            {"WBRI": 0.8, "WOTH": 0.05, "MWBC": 0.06, "BAFR": 0.05, "APKN": 0.04}, rng
        )
        child.identifier, child.upn = f"SYN{plan.prefix}{child.key}", "UN5"
        leavers.append(child)
    return leavers


def leavers_in(leavers: list[Child], year: str) -> list[Child]:
    """Care leavers whose 17th to 21st birthday falls in the year; few have left care at 17."""
    return [c for c in leavers if _left_at(c) <= age_on(c.born, year_end(year)) <= 21]


def _left_at(child: Child) -> int:
    return 17 if stream(child.identifier, "left care").random() < LEFT_AT_17 else 18


def _known(plan: Plan, label: str) -> tuple[str, dict[str, int]]:
    """The nearest year with figures of care leavers, and these."""
    year = nearest(plan, label, "leavers")
    if year is None:
        raise ValueError(f"{plan.slug}: no year has figures of care leavers to go by")
    return year.label, year.quotas["leavers"]


def oc3(plan: Plan, leavers: list[Child], years: Sequence[str], seed: str) -> dict[str, Rows]:
    """Activity and accommodation of care leavers around their birthday, for each year.

    Shares are exact and drift a little from year to year; most young people do what they did a
    year ago.
    """
    said: dict[int, dict[str, str]] = {}
    tables = {}
    for label in years:
        there = leavers_in(leavers, label)
        for group, (low, high) in GROUPS.items():
            people = [c for c in there if low <= age_on(c.born, year_end(label)) <= high]
            for field, codes in _codes(
                _parts(plan, label, group, len(people)), len(people)
            ).items():
                _say(people, field, codes, said, f"{seed}/{label}/{group}")
        tables[label] = [
            {"CHILD": child.identifier, "DOB": written(child.born), **said[child.key]}
            for child in there
        ]
    return tables


def _parts(plan: Plan, label: str, group: str, people: int) -> dict[str, int]:
    """How many of a group are in touch, suitably housed, occupied, in higher education."""
    since, known = _known(plan, label)
    shares = USUAL
    if group == "19_to_21":
        shares = {name: known[name] / known[group] for name in USUAL}
    return {
        name: round(drifted(share, plan.slug, f"leavers {group} {name}", since, label) * people)
        for name, share in shares.items()
    }


def _codes(part: Mapping[str, int], people: int) -> dict[str, dict[str, int]]:
    """How often each code of each field is used; the rest of a group are not in touch."""
    known = max(part["in_touch"], part["suitable"], part["occupied"])
    lost = people - known
    return {
        "IN_TOUCH": {"YES": known, **whole_numbers(NOT_IN_TOUCH, lost)},
        "ACTIV": {
            "0": lost,
            **whole_numbers(HIGHER, part["higher"]),
            **whole_numbers(OCCUPIED, part["occupied"] - part["higher"]),
            **whole_numbers(NOT_OCCUPIED, known - part["occupied"]),
        },
        "ACCOM": {
            "0": lost,
            **whole_numbers(SUITABLE, part["suitable"]),
            **whole_numbers(UNSUITABLE, known - part["suitable"]),
        },
    }


def _say(
    people: list[Child],
    field: str,
    codes: Mapping[str, int],
    said: dict[int, dict[str, str]],
    seed: str,
) -> None:
    """Deal a field's codes; whoever is not in touch has neither activity nor accommodation."""

    def fitness(child: Child, code: str) -> float:
        now = said.get(child.key, {})
        if field != "IN_TOUCH" and (code == "0") != (now["IN_TOUCH"] != "YES"):
            return -1.0
        return STAYS if before.get(child.key) == code else 1.0

    before = {child.key: said.get(child.key, {}).get(field) for child in people}
    for child, code in deal(people, codes, stream(seed, field), fitness):
        said.setdefault(child.key, {})[field] = code
