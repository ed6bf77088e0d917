"""Random histories of care: moves, legal status, short breaks, gaps, ends of each kind."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TypeVar

from irostats.ssda903 import codes

Row = dict[str, "str | date | float | None"]
T = TypeVar("T")

ORDERS = [code for code in codes.load("LS").by_code if code not in ("V3", "V4")] + ["C2", "V2"]
TEMPORARY = codes.load("PLACE").marked("temporary")
PLACES = [code for code in codes.load("PLACE").by_code if code not in TEMPORARY] + ["U1", "U4"] * 2
ENDS = [code for code in codes.load("REC").by_code if code != "X1"]
REASONS = list(codes.load("REASON_PLACE_CHANGE").by_code)
MILES = (0.0, 3.0, 19.9, 20.0, 20.1, 20.04, 55.5, 999.9, None)
LENGTHS = (1, 1, 5, 17, 28, 30, 31, 60, 91, 92, 180, 183, 184, 365, 366, 700)


def maybe(dice: Random, value: T, chance: float) -> T | None:
    """The value, or None."""
    return value if dice.random() < chance else None


class Dice(Random):
    """Random choices about dates."""

    def day_of(self, end: int) -> date:
        """Any day of a reporting year, its first and last ones often."""
        first, last = date(end - 1, 4, 1), date(end, 3, 31)
        if self.random() < 0.3:
            return self.choice([first, last, first + timedelta(1), last - timedelta(1)])
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def near(self, end: int) -> date:
        """Mostly a day of the year, sometimes one before or after it."""
        if self.random() < 0.75:
            return self.day_of(end)
        first, last = date(end - 1, 4, 1), date(end, 3, 31)
        return self.choice([first - timedelta(1), last + timedelta(1), first - timedelta(200)])

    def turning(self, low: date, high: date) -> date:
        """A day between two, often one on which figures turn."""
        if self.random() < 0.35:
            found = [
                date(year, month, day)
                for year in range(low.year, high.year + 1)
                for month, day in ((3, 30), (3, 31), (4, 1), (4, 2), (9, 30), (10, 1), (2, 28))
            ]
            found += [date(year, 2, 29) for year in range(low.year, high.year + 1) if not year % 4]
            found = [day for day in found if low <= day <= high]
            if found:
                return self.choice(found)
        return low + timedelta(days=self.randrange(max(1, (high - low).days + 1)))

    def birth(self, years: tuple[int, ...]) -> date | None:
        """A date of birth: any age to 19, often a birthday that tells, seldom none."""
        if self.random() < 0.06:
            return None
        return self.turning(date(years[-1] - 19, 1, 1), date(years[-1] - 1, 12, 31))


def episodes(name: str, years: tuple[int, ...], born: date | None, dice: Dice) -> list[Row]:
    """One child's whole history, episodes in order."""
    first, last = date(years[0] - 1, 4, 1), date(years[-1], 3, 31)
    if dice.random() < 0.45:
        day = dice.turning(date(years[0] - 7, 4, 1), first)
    else:
        day = dice.turning(first, last + timedelta(days=20))
    if born and day < born and dice.random() < 0.95:
        day = born
    rows: list[Row] = []
    start_said = maybe(dice, day - timedelta(days=dice.choice([0, 0, 400])), 0.1)
    state: Row = {
        "LS": dice.choice([*ORDERS, "V3", "V4", "V4", None]),
        "CIN": dice.choice([f"N{n}" for n in range(1, 9)] + [None]),
        "PLACE": dice.choice([*PLACES, *TEMPORARY, None]),
        "PLACE_PROVIDER": dice.choice(["PR0", "PR1", "PR1", "PR2", "PR3", "PR4", "PR5", None]),
        "PL_LOCATION": dice.choice(["IN", "OUT", None]),
        "PL_DISTANCE": dice.choice(MILES),
    }
    usual = dict(state)
    rne = dice.choice(["S", "S", "S", "S", "S", "P", "L", "B", None])
    for number in range(dice.choice([1, 1, 2, 3, 4, 5, 7])):
        if number:
            rne = _next(rows[-1], dice)
            state = _changed(state, usual, rne, dice)
        if state["PLACE"] not in TEMPORARY:
            usual = dict(state)
        stop, end = _end(day, first, last, dice)
        row: Row = {"CHILD": name, "DECOM": day, "RNE": rne, **state, "DEC": stop, "REC": end}
        row["REASON_PLACE_CHANGE"] = maybe(dice, dice.choice(REASONS), 0.6)
        row["PERIOD_START"] = start_said
        rows.append(row)
        if stop > last + timedelta(days=60):
            break
        left = end != "X1"
        gaps = [0, 0, 1, 1, 5, 30, 200] if left else [0] * 24 + [-3, 1, 10]
        day = max(stop + timedelta(days=dice.choice(gaps)), day + timedelta(days=1))
    if dice.random() < 0.55:
        rows[-1] |= {"DEC": None, "REC": None, "REASON_PLACE_CHANGE": None}
    if dice.random() < 0.12:
        rows += _break_beside(rows, state, first, last, dice)
    if dice.random() < 0.02:
        odd = dice.choice(rows)
        assert isinstance(odd["DECOM"], date)
        odd["DEC"] = odd["DECOM"] - timedelta(days=dice.choice([0, 5]))
    return rows


def _break_beside(rows: list[Row], state: Row, first: date, last: date, dice: Dice) -> list[Row]:
    """A short break, perhaps beside care, that ends where a year does, or begins there."""
    ends = [date(year, 4, 1) for year in range(first.year, last.year + 1)]
    stop = dice.choice(
        [*ends, *(day - timedelta(days=1) for day in ends), dice.turning(first, last)]
    )
    start = stop - timedelta(days=dice.choice([1, 4, 16, 30]))
    if any(row["DECOM"] == start for row in rows):
        return []
    told: Row = {**rows[0], **state, "DECOM": start, "RNE": "S", "LS": dice.choice(["V3", "V4"])}
    return [{**told, "DEC": dice.choice([stop, stop, stop, None]), "REC": "E8"}]


def _next(before: Row, dice: Dice) -> str | None:
    """Why the next episode begins."""
    if before["REC"] == "X1":
        return dice.choice(["P", "P", "P", "L", "T", "B", "U", "S", None])
    return dice.choice(["S", "S", "S", "S", "S", "P", "L", None])


def _changed(state: Row, usual: Row, rne: str | None, dice: Dice) -> Row:
    """Legal status and placement after a change of that kind, sometimes against it."""
    now = dict(state)
    if (rne in ("L", "B", "U", "S") or dice.random() < 0.05) and dice.random() < 0.9:
        now["LS"] = dice.choice([*ORDERS, *ORDERS, "V3", "V4", None])
    if state["PLACE"] in TEMPORARY and dice.random() < 0.6:
        now |= {key: usual[key] for key in ("PLACE", "PLACE_PROVIDER")}
        now |= {key: usual[key] for key in ("PL_LOCATION", "PL_DISTANCE")}
        if dice.random() < 0.2:
            now["PL_DISTANCE"] = dice.choice(MILES)
    elif rne != "L" or dice.random() < 0.1:
        temporary = dice.random() < 0.25
        now["PLACE"] = dice.choice(TEMPORARY) if temporary else dice.choice([*PLACES, None])
        if not temporary:
            now["PLACE_PROVIDER"] = dice.choice(["PR0", "PR1", "PR1", "PR2", "PR4", "PR5", None])
            now["PL_LOCATION"] = dice.choice(["IN", "OUT", None])
        now["PL_DISTANCE"] = dice.choice(MILES)
    if dice.random() < 0.05:
        now["CIN"] = dice.choice(["N1", "N2", "N8", None])
    return now


def _end(day: date, first: date, last: date, dice: Dice) -> tuple[date, str | None]:
    """When an episode that begins on a day ends, and why."""
    stop = day + timedelta(days=dice.choice(LENGTHS) + dice.choice([0, 0, 0, 1, -1, 4]))
    if dice.random() < 0.3 or (stop < first and dice.random() < 0.8):
        stop = dice.turning(max(day, first) + timedelta(days=1), last + timedelta(days=300))
    if dice.random() < 0.72:
        end: str | None = "X1"
    else:
        end = maybe(dice, dice.choice(ENDS), 0.93)
    return max(stop, day + timedelta(days=1)), end
