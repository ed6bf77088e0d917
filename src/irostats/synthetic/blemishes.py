"""Rows as real returns have them: duplicates, wrong and missing codes, overlaps.

Every blemish is unambiguous: dropped or repaired by the stated rules, it moves no published
figure. Those that touch participation or placements are kept out of calibrated years.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from irostats.synthetic.model import Child, stream
from irostats.synthetic.returns import Row, Rows, written
from irostats.synthetic.workdays import (
    age_on,
    working_day_on_or_after,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from irostats.synthetic.plan import Plan

Returns = dict[str, dict[str, Rows]]
ALWAYS = {
    "duplicate review": 2,
    "lower-case code": 3,
    "review outside any period of care": 1,
    "review of a child not in Header": 1,
}
UNCALIBRATED = {
    "PN0 at age 4 or over": 2,
    "PN7 below age 4": 1,
    "blank code": 2,
    "unknown code": 1,
    "overlapping episode": 1,
}


def read(text: str) -> date:
    """A date as written in the return."""
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def plant(
    plan: Plan, years: tuple[str, ...], children: list[Child], returns: Returns
) -> dict[str, Counter[str]]:
    """Spoil a few rows of each year's return in place; how many of each kind."""
    planted: dict[str, Counter[str]] = {}
    scale = max(1, len(children) // 1500)
    for label in years:
        rng = stream(plan.slug, label, "blemishes")
        wanted = dict(ALWAYS)
        if not plan.years[label].settings.get("calibrated", label == plan.seed_year):
            wanted |= UNCALIBRATED
        counts = planted.setdefault(label, Counter())
        for kind, number in wanted.items():
            for _ in range(number * scale):
                counts[kind] += KINDS[kind](returns[label], children, label, rng)
        returns[label]["reviews"].sort(key=_order)
    for before, after in pairwise(years):
        rng = stream(plan.slug, after, "left open")
        done = _left_open(returns[before], returns[after], rng)
        planted[before]["episode left open, superseded by the next year's file"] += done
    return planted


def _order(row: Row) -> tuple[str, str]:
    return row["CHILD"], row["REVIEW"][6:] + row["REVIEW"][3:5] + row["REVIEW"][:2]


def _born(row: Row) -> date:
    return read(row["DOB"])


def _duplicate(tables: dict[str, Rows], _: list[Child], __: str, rng: random.Random) -> int:
    tables["reviews"].append(dict(rng.choice(tables["reviews"])))
    return 1


def _lower_case(tables: dict[str, Rows], _: list[Child], __: str, rng: random.Random) -> int:
    counts = Counter((row["CHILD"], row["REVIEW"]) for row in tables["reviews"])
    rows = [
        row
        for row in tables["reviews"]
        if row["REVIEW_CODE"].startswith("PN") and counts[row["CHILD"], row["REVIEW"]] == 1
    ]
    row = rng.choice(rows)
    row["REVIEW_CODE"] = row["REVIEW_CODE"].lower()
    return 1


def _outside(tables: dict[str, Rows], children: list[Child], label: str, rng: random.Random) -> int:
    gone = [
        c
        for c in children
        if not c.short_breaks
        and c.last_end is not None
        and year_start(label) + timedelta(days=3)
        < c.last_end
        < year_end(label) - timedelta(days=60)
    ]
    child = rng.choice(sorted(gone, key=lambda c: c.key))
    assert child.last_end is not None
    day = working_day_on_or_after(child.last_end + timedelta(days=rng.randint(15, 50)))
    tables["reviews"].append(
        {
            "CHILD": child.identifier,
            "DOB": written(child.born),
            "REVIEW": written(day),
            "REVIEW_CODE": "PN7",
        }
    )
    return 1


def _stranger(
    tables: dict[str, Rows], children: list[Child], label: str, rng: random.Random
) -> int:
    day = working_day_on_or_after(year_start(label) + timedelta(days=rng.randint(20, 330)))
    identifier = children[0].identifier[:5] + f"9{rng.randint(0, 9999):04d}"
    born = day - timedelta(days=rng.randint(2500, 5500))
    tables["reviews"].append(
        {"CHILD": identifier, "DOB": written(born), "REVIEW": written(day), "REVIEW_CODE": "PN1"}
    )
    return 1


def _recode(code: str, *, under: bool | None) -> Callable[..., int]:
    """A blemish that replaces the code of a review at (or under, or over) age 4."""

    def spoil(tables: dict[str, Rows], _: list[Child], __: str, rng: random.Random) -> int:
        def suits(row: Row) -> bool:
            age = age_on(_born(row), read(row["REVIEW"]))
            if under is None:
                return age >= 5
            return 1 <= age <= 2 if under else age >= 6

        counts = Counter((row["CHILD"], row["REVIEW"]) for row in tables["reviews"])
        rows = [
            row
            for row in tables["reviews"]
            if suits(row)
            and "PN" in row["REVIEW_CODE"]
            and counts[row["CHILD"], row["REVIEW"]] == 1
            and row["CHILD"][5] != "9"
            and row["REVIEW_CODE"] not in {"PN7", "PN9"}
        ]
        rng.choice(rows)["REVIEW_CODE"] = code
        return 1

    return spoil


def _overlap(tables: dict[str, Rows], _: list[Child], label: str, rng: random.Random) -> int:
    """The first of two episodes ends two days after the second began, early in a period.

    Only where the first review is due and held as before if the two were taken for two periods.
    """
    rows = tables["episodes"]
    held: dict[str, list[date]] = {}
    for row in tables["reviews"]:
        held.setdefault(row["CHILD"], []).append(read(row["REVIEW"]))
    pairs = []
    for one, two in pairwise(rows):
        if one["CHILD"] != two["CHILD"] or one["DEC"] != two["DECOM"] or one["RNE"] != "S":
            continue
        start, change = read(one["DECOM"]), read(one["DEC"])
        after = [day for day in held.get(one["CHILD"], []) if day >= start]
        in_time = after and change + timedelta(days=3) < min(after) <= start + timedelta(days=26)
        lasts = not two["DEC"] or read(two["DEC"]) > change + timedelta(days=9)
        if in_time and lasts and start >= year_start(label) and one["LS"] != "V4":
            pairs.append(one)
    if not pairs:
        return 0
    one = rng.choice(pairs)
    one["DEC"] = written(read(one["DEC"]) + timedelta(days=2))
    return 1


def _left_open(before: dict[str, Rows], after: dict[str, Rows], rng: random.Random) -> int:
    """A short-break episode open on 31 March is not sent again, though its successor is."""
    open_rows = {(row["CHILD"], row["DECOM"]) for row in before["episodes"] if not row["DEC"]}
    rows = after["episodes"]
    places = [
        i
        for i, (one, two) in enumerate(pairwise(rows))
        if (one["CHILD"], one["DECOM"]) in open_rows
        and one["CHILD"] == two["CHILD"]
        and one["LS"] == two["LS"] == "V4"
    ]
    if not places:
        return 0
    del rows[rng.choice(places)]
    return 1


KINDS: dict[str, Callable[..., int]] = {
    "duplicate review": _duplicate,
    "lower-case code": _lower_case,
    "review outside any period of care": _outside,
    "review of a child not in Header": _stranger,
    "PN0 at age 4 or over": _recode("PN0", under=False),
    "PN7 below age 4": _recode("PN7", under=True),
    "blank code": _recode("", under=None),
    "unknown code": _recode("PN9", under=None),
    "overlapping episode": _overlap,
}
