"""Care leavers, plainly."""

from __future__ import annotations

from authorities import (
    NOT_AVAILABLE,
    NOT_RECORDED,
    TOTAL,
    Cell,
    Expected,
    Plain,
    age,
    last_day,
    missing,
    number,
    ratio,
)
from plain_care import described, rows

AGES = ("17_to_18", "19_to_21", "not_known")
CONTACT = {
    "YES": "in_touch",
    "NO": "not_in_touch",
    "REFU": "refused",
    "NREQ": "not_required",
    "RHOM": "returned_home",
}
ACTIVITY = {
    **dict.fromkeys(("F1", "P1"), "higher_education"),
    **dict.fromkeys(("F2", "P2"), "other_education"),
    **dict.fromkeys(("F3", "P3", "F4", "P4", "F5", "P5"), "training_employment"),
    "G4": "illness",
    "G5": "other_reason",
    "G6": "parenting",
}
OCCUPIED = ("higher_education", "other_education", "training_employment")
FIELDS = {"contact": "IN_TOUCH", "activity": "ACTIV", "accommodation": "ACCOM"}
CATEGORIES = {
    "contact": (*CONTACT.values(), "not_known"),
    "activity": (*OCCUPIED, "illness", "other_reason", "parenting", "not_known"),
    "accommodation": ("suitable", "unsuitable", "not_known"),
}
SHARES = {
    "in_touch": ("contact", ("in_touch",)),
    "occupied": ("activity", OCCUPIED),
    "suitable": ("accommodation", ("suitable",)),
}
Leaver = dict[str, str | None]


def figures(plain: Plain, end: int) -> dict[Cell, Expected]:
    """Every cell of the section in the year that ends in ``end``."""
    leavers = _leavers(plain, end)
    got: dict[Cell, Expected] = {("leavers.young_people", TOTAL, TOTAL): number(len(leavers))}
    for band in AGES:
        count = sum(one["age"] == band for one in leavers)
        got[("leavers.young_people", "age", band)] = number(count)
    for name, (question, keys) in SHARES.items():
        for band in (TOTAL, *AGES):
            where = (TOTAL if band == TOTAL else "age", band)
            group = [one for one in leavers if band in (TOTAL, one["age"])]
            blank = _blank(group, question)
            count = sum(one[question] in keys for one in group)
            got[(f"leavers.{name}", *where)] = missing(NOT_RECORDED) if blank else number(count)
            share = missing(NOT_RECORDED) if blank else ratio(count, len(group))
            got[(f"leavers.{name}_percent", *where)] = share
    for question in FIELDS:
        got |= _by(question, leavers)
    if "oc3" not in plain.returned[end]:
        return dict.fromkeys(got, missing(NOT_AVAILABLE))
    return got


def _leavers(plain: Plain, end: int) -> list[Leaver]:
    known = described(plain)
    found = []
    for row in rows(plain, "oc3", end, "CHILD"):
        if row["IN_TOUCH"] == "DIED":
            continue
        born = known.get(str(row["CHILD"]), {}).get("DOB") or row["DOB"]
        years = age(born, last_day(end))
        band = "not_known"
        if years in (17, 18):
            band = "17_to_18"
        elif years in (19, 20, 21):
            band = "19_to_21"
        said = {field: None if row[field] is None else str(row[field]) for field in FIELDS.values()}
        found.append(
            {
                "age": band,
                "contact": CONTACT.get(str(said["IN_TOUCH"]), "not_known"),
                "activity": ACTIVITY.get(str(said["ACTIV"]), "not_known"),
                "accommodation": _accommodation(said["ACCOM"]),
                **said,
            }
        )
    return found


def _accommodation(code: str | None) -> str:
    if code in (None, "0"):
        return "not_known"
    assert code is not None
    return "suitable" if code.endswith("1") and code[0] not in "SX" else "unsuitable"


def _blank(leavers: list[Leaver], question: str) -> bool:
    """Whether the field is blank for every one of them, and there is one."""
    return bool(leavers) and all(one[FIELDS[question]] is None for one in leavers)


def _by(question: str, leavers: list[Leaver]) -> dict[Cell, Expected]:
    got: dict[Cell, Expected] = {(f"leavers.{question}", TOTAL, TOTAL): number(len(leavers))}
    for band in AGES:
        group = [one for one in leavers if one["age"] == band]
        for key in CATEGORIES[question]:
            count = sum(one[question] == key for one in group)
            cell = (f"age*{question}", f"{band}*{key}")
            got[(f"leavers.{question}", *cell)] = number(count)
            share = ratio(count, len(group))
            if _blank(group, question):
                share = missing(NOT_RECORDED)
            got[(f"leavers.{question}_percent", *cell)] = share
    return got
