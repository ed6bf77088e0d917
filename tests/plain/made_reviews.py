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
    starts_only = [start for start in starts if isinstance(start, date)]
    if starts_only and dice.random() < 0.1:
        held.append(dice.choice(starts_only))
    return [(day, dice.choice(CODES)) for day in held if day <= high or dice.random() < 0.1]
