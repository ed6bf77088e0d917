"""Random returns of small authorities: histories of children, and what each year's return says.

Each child has one history, which every year's return tells as far as it was known then; on the way
some of what real returns do to it: episodes forgotten, left open, overlapping, sent again with
another code.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from made_episodes import Dice, episodes, maybe
from made_reviews import crowd, reviews

from irostats.ssda903 import TABLES, codes

Row = dict[str, "str | date | float | None"]
Tables = dict[str, list[Row]]

NAMES = [name for name in TABLES if name != "dolo"]
OUTCOMES = TABLES["oc2"]
ETHNIC = list(codes.load("ETHNIC").by_code)
FLAGS = [name for name, kind in codes.FIELDS.items() if kind == "flag" and name in OUTCOMES.columns]
ACTIV = list(codes.load("ACTIV").by_code)
ACCOM = [*codes.load("ACCOM").by_code, "0", "0", "S1", "X1"]


def children(years: tuple[int, ...], seeds: list[int], dice: Random) -> dict[int, Tables]:
    """Every year's return: a child for each seed, care leavers and others beside them."""
    returned: dict[int, Tables] = {end: {name: [] for name in NAMES} for end in years}
    located = {end: dice.random() < 0.6 for end in years}
    for number, seed in enumerate(seeds, 1):
        _child(f"C{number:02d}", years, returned, located, Dice(seed))
    for number in range(1, dice.choice([0, 0, 3, 6]) + 1):
        _leaver(f"L{number:02d}", years, returned, Dice(dice.getrandbits(32)))
    if dice.random() < 0.15:
        for end in years:
            crowd(returned[end], end, Dice(dice.getrandbits(32)))
    for end in years:
        _thin(returned[end], dice, last=end == years[-1])
    return returned


def _thin(tables: Tables, dice: Random, *, last: bool) -> None:
    """What a return of some authorities lacks: columns of OC2 and OC3, whole tables."""
    for blank in (name for name in FLAGS if dice.random() < 0.1):
        for row in tables["oc2"]:
            row[blank] = None
    for blank in (name for name in ("IN_TOUCH", "ACTIV", "ACCOM") if dice.random() < 0.1):
        for row in tables["oc3"]:
            row[blank] = None
    for name in list(tables):
        needed = name in ("header", "episodes", "reviews")
        if dice.random() < 0.12 and not (needed and last) and name != "episodes":
            del tables[name]


def _child(
    name: str,
    years: tuple[int, ...],
    returned: dict[int, Tables],
    located: dict[int, bool],
    dice: Dice,
) -> None:
    born = dice.birth(years)
    history = episodes(name, years, born, dice)
    sex, ethnic = dice.choice(["M", "F", "F", "U", None]), dice.choice([*ETHNIC, None])
    in_header = dice.random() < 0.93
    unaccompanied = dice.random() < 0.2
    held = reviews(name, history, years, dice)
    for end in years:
        tables = returned[end]
        told = [row for row in (_told(row, end, dice) for row in history) if row]
        for row in told:
            if not located[end]:
                row |= {"PL_LOCATION": None, "PL_DISTANCE": None}
        _insert(tables["episodes"], told, dice)
        if in_header and (told or dice.random() < 0.05):
            known = {"CHILD": name, "SEX": sex, "DOB": born, "ETHNIC": ethnic}
            for field, other in (("SEX", "M"), ("ETHNIC", "WBRI"), ("DOB", date(2009, 3, 31))):
                if dice.random() < 0.04:
                    known[field] = dice.choice([other, None])
            tables["header"].append({**known, "MOTHER": None, "MC_DOB": None})
        own_birth = maybe(dice, born, 0.9)
        for day, code in held:
            if _year(day) == end or dice.random() < 0.02:
                row = {"CHILD": name, "DOB": own_birth, "REVIEW": day, "REVIEW_CODE": code}
                tables["reviews"].append(row)
        if told or dice.random() < 0.1:
            _beside(name, end, born, tables, unaccompanied, dice)


def _insert(rows: list[Row], told: list[Row], dice: Dice) -> None:
    """In order of time, or in any order; a line sometimes twice."""
    if dice.random() < 0.2:
        dice.shuffle(told)
    rows += told
    if told and dice.random() < 0.03:
        rows.append(dict(dice.choice(told)))


def _told(row: Row, end: int, dice: Dice) -> Row | None:
    """What the return of a year says of an episode, if anything."""
    first, last = date(end - 1, 4, 1), date(end, 3, 31)
    start, stop = row["DECOM"], row["DEC"]
    assert isinstance(start, date)
    touches = start <= last and (stop is None or (isinstance(stop, date) and stop >= first))
    if dice.random() < (0.04 if touches else 0.99):
        return None
    said = dict(row)
    if isinstance(stop, date) and stop > last and dice.random() < 0.96:
        said |= {"DEC": None, "REC": None, "REASON_PLACE_CHANGE": None}
    if isinstance(stop, date) and dice.random() < 0.02:
        said |= {"DEC": stop + timedelta(days=dice.choice([-9, -1, 1, 9, 40]))}
    if dice.random() < 0.02:
        said |= {"DEC": None, "REC": maybe(dice, said["REC"], 0.6)}
    for field, others in (
        ("RNE", ["S", "P", "L", None]),
        ("LS", ["C1", "C2", "V2", "V4", None]),
        ("PLACE", ["U4", "U6", "K2", "T1", None]),
        ("REC", ["X1", "E4A", "E8", None]),
        ("PL_LOCATION", ["IN", "OUT", None]),
    ):
        if dice.random() < 0.015:
            said[field] = dice.choice(others)
    return said


def _year(day: date) -> int:
    return day.year + (day.month >= 4)


def _beside(
    name: str, end: int, born: date | None, tables: Tables, unaccompanied: bool, dice: Dice
) -> None:
    """Rows of the other tables of one year about a child of the Episodes table."""
    own = maybe(dice, born, 0.9)
    day = dice.day_of(end)
    if unaccompanied:
        ceased = dice.choice([None, None, dice.day_of(end), date(end, 3, 31), date(end, 4, 1)])
        tables["uasc"].append({"CHILD": name, "SEX": None, "DOB": own, "DUC": ceased})
    if dice.random() < 0.75:
        tables["oc2"].append(_outcomes(name, own, dice))
    if dice.random() < 0.1:
        tables["ad1"].append({"CHILD": name, "DOB": own, "DATE_INT": day, "DATE_MATCH": day})
    for _ in range(dice.choice([0, 0, 0, 1, 2])):
        ceased = dice.choice([None, dice.day_of(end), dice.near(end)])
        reason = dice.choice(["RD1", "RD2", "RD3", "RD4", None])
        tables["placed_adoption"].append(
            {
                "CHILD": name,
                "DOB": own,
                "DATE_PLACED": dice.near(end),
                "DATE_PLACED_CEASED": ceased,
                "REASON_PLACED_CEASED": reason,
            }
        )
    for _ in range(dice.choice([0, 0, 1, 3])):
        start = dice.near(end)
        stop = maybe(dice, start + timedelta(days=dice.choice([0, 0, 1, 2, 30])), 0.8)
        tables["missing"].append(
            {
                "CHILD": name,
                "DOB": own,
                "MISSING": dice.choice(["M", "M", "A", None]),
                "MIS_START": start,
                "MIS_END": stop,
            }
        )
    for _ in range(dice.choice([0, 1, 1, 2, 3, 4])):
        start = dice.near(end)
        stop = dice.choice([None, start + timedelta(days=dice.choice([1, 40, 200])), day])
        tables["sw_episodes"].append(
            {
                "CHILD": name,
                "DOB": own,
                "SW_ID": dice.choice(["SW1", "SW2", "SW3", "SW4"]),
                "SW_DECOM": start,
                "SW_DEC": stop,
                "SW_REASON": dice.choice(["MANAGE", "OTHERS", None]),
            }
        )
    if dice.random() < 0.1:
        tables["prev_perm"].append({"CHILD": name, "DOB": own, "PREV_PERM": "P1"})


def _outcomes(name: str, born: date | None, dice: Dice) -> Row:
    score = dice.choice([None, 0, 13, 14, 16, 17, 40, dice.randrange(41)])
    flags: Row = {flag: dice.choice(["1", "1", "0", None]) for flag in FLAGS}
    reason = dice.choice([None, "SDQ1", "SDQ5"])
    return {"CHILD": name, "DOB": born, "SDQ_SCORE": score, "SDQ_REASON": reason, **flags}


def _leaver(name: str, years: tuple[int, ...], returned: dict[int, Tables], dice: Dice) -> None:
    """A young person in OC3, seldom also in the Header."""
    choices: list[Callable[[], date]] = [
        lambda: date(years[-1] - dice.randrange(16, 23), *dice.choice(((3, 31), (4, 1), (2, 28)))),
        lambda: date(dice.choice([1996, 2000, 2004]), 2, 29),
        lambda: date(years[-1] - dice.randrange(16, 23), dice.randrange(1, 13), 15),
    ]
    born = maybe(dice, dice.choice(choices)(), 0.92)
    for end in years:
        if dice.random() < 0.25:
            continue
        returned[end]["oc3"].append(
            {
                "CHILD": name,
                "DOB": maybe(dice, born, 0.95),
                "IN_TOUCH": dice.choice(["YES", "YES", "NO", "DIED", "REFU", "NREQ", "RHOM", None]),
                "ACTIV": dice.choice([*ACTIV, None]),
                "ACCOM": dice.choice([*ACCOM, None]),
            }
        )
        if dice.random() < 0.2:
            said = dice.choice([born, date(years[-1] - 19, 4, 1), None])
            returned[end]["header"].append(
                {"CHILD": name, "SEX": "F", "DOB": said, "ETHNIC": "WBRI"}
            )
        if dice.random() < 0.03:
            returned[end]["oc3"].append(dict(returned[end]["oc3"][-1]))
