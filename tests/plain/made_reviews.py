"""Random reviews of a child: near the days on which they are due, and anywhere else."""

from __future__ import annotations

from datetime import date, timedelta

from made_episodes import Dice

Row = dict[str, "str | date | float | None"]
CODES = ("PN0", "PN1", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7", None)


def reviews(
    name: str, history: list[Row], years: tuple[int, ...], dice: Dice
) -> list[tuple[date, str | None]]:
    """Day and participation code of each review, in any order, some of them on one day."""
    low, high = date(years[0] - 1, 4, 1), date(years[-1], 3, 31)
    starts = [row["DECOM"] for row in history if row["RNE"] == "S" or row is history[0]]
    held: list[date] = []
    for start in starts:
        assert isinstance(start, date)
        steps = [28, 91, 183, 183, 183, 183, 183]
        day = start
        for step in steps[: dice.choice([0, 1, 2, 3, 5, 7])]:
            late = dice.choice([0, 0, 0, -1, 1, -2, 2, -10, 10, -40, 40])
            day = max(day, day + timedelta(days=step + late))
            held.append(day)
    while held and dice.random() < 0.3:
        held.append(dice.choice(held) + timedelta(days=dice.choice([0, 1, 3, 15])))
    if dice.random() < 0.3:
        held.append(dice.turning(low, high))
    turns = [day for row in history for day in (row["DECOM"], row["DEC"]) if isinstance(day, date)]
    if turns and dice.random() < 0.1:
        held.append(dice.choice(turns))
    if turns and dice.random() < 0.1:
        # Three months after a 30 November, or six after a 31 August, end with the month.
        held += [date(turns[0].year, month, day) for month, day in ((8, 31), (11, 30))]
        held += [date(turns[0].year + 1, 2, 28), date(turns[0].year + 1, 3, 1)]
    return [(day, dice.choice(CODES)) for day in held if day <= high or dice.random() < 0.1]


def crowd(tables: dict[str, list[Row]], end: int, dice: Dice) -> None:
    """A year in which every child was reviewed every fortnight, so that teams have many."""
    for name in sorted({str(row["CHILD"]) for row in tables["episodes"]}):
        first = date(end - 1, 4, 1) + timedelta(days=dice.randrange(200))
        for number in range(dice.choice([2, 6, 12])):
            row: Row = {"CHILD": name, "REVIEW": first + timedelta(days=14 * number), "DOB": None}
            tables["reviews"].append({**row, "REVIEW_CODE": dice.choice(CODES)})
