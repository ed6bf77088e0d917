"""Care leavers (OC3): young people of 17 to 21 around their birthday."""

from __future__ import annotations

from datetime import timedelta

from irostats.synthetic.model import Child, stream
from irostats.synthetic.quotas import weighted
from irostats.synthetic.returns import Rows, written
from irostats.synthetic.workdays import add_years, age_on, year_end, year_start


def care_leavers(prefix: str, count: int, years: tuple[str, ...], seed: str) -> list[Child]:
    """Young people who left care before the shipped years and are 17 to 21 in them."""
    rng = stream(seed, "care leavers")
    leavers = []
    for i in range(count):
        born = add_years(year_start(years[0]), -22) + timedelta(
            days=rng.randint(0, 365 * (5 + len(years)))
        )
        child = Child(80000 + i, [], born=born, sex=rng.choice(["male", "male", "female"]))
        child.ethnic = weighted(
            {"WBRI": 0.8, "WOTH": 0.05, "MWBC": 0.06, "BAFR": 0.05, "APKN": 0.04}, rng
        )
        child.identifier, child.upn = f"SYN{prefix}{child.key}", "UN5"
        leavers.append(child)
    return leavers


def leavers_in(leavers: list[Child], year: str) -> list[Child]:
    """Care leavers whose 17th to 21st birthday falls in the year."""
    return [c for c in leavers if 17 <= age_on(c.born, year_end(year)) <= 21]


def oc3(leavers: list[Child], year: str) -> Rows:
    """Activity and accommodation of care leavers around their birthday."""
    rows = []
    for child in leavers_in(leavers, year):
        rng = stream(child.identifier, year)
        touch = weighted({"YES": 0.9, "NO": 0.05, "REFU": 0.02, "NREQ": 0.02, "RHOM": 0.01}, rng)
        activity = weighted(
            {
                "F2": 0.24,
                "F3": 0.17,
                "P2": 0.03,
                "P3": 0.06,
                "F1": 0.06,
                "G4": 0.1,
                "G5": 0.26,
                "G6": 0.08,
            },
            rng,
        )
        home = weighted(
            {
                "U1": 0.34,
                "V1": 0.1,
                "K1": 0.16,
                "B1": 0.12,
                "Z1": 0.1,
                "T1": 0.06,
                "C1": 0.04,
                "G2": 0.02,
                "X2": 0.04,
                "H2": 0.02,
            },
            rng,
        )
        known = touch == "YES"
        rows.append(
            {
                "CHILD": child.identifier,
                "DOB": written(child.born),
                "IN_TOUCH": touch,
                "ACTIV": activity if known else "0",
                "ACCOM": home if known else "0",
            }
        )
    return rows
