"""Random logs and rosters that hang together: disputes over years, allocations, teams, checks.

Rows drawn one by one seldom make a dispute that goes on next year, an IRO for every day of it, or a
team of ten; these do, on the days on which figures turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from made_episodes import Dice, maybe

Row = dict[str, "str | date | float | None"]
Held = Sequence[tuple[str, date]]

THEMES = (
    "drift",
    "care plan",
    "Placement",
    "health",
    "PEP",
    "visits",
    "pathway plan",
    "family time",
    "life story work",
    "late report",
    "resources",
)
OUTCOMES = ("agreed", "plan changed", "resources found", "no change", "withdrawn", "who knows")
TEAMS = ("Alder", "Birch", "Cedar", "Damson", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper")
SHARES = (0.0142, 0.0143, 0.02, 0.04, 0.05, 0.1, 0.2, 0.6, 1.0)
"""Full-time equivalents so small that a few children are a caseload of 50, or above 70."""
TIMES = (0, 1, 20, 26, 27, 28, 28, 29, 30, 31, 33, 60, 200, 400, -1, -30)
"""Days to closing: 20 working days are 28 days without a holiday."""


def disputes(years: tuple[int, ...], children: Sequence[str], dice: Dice) -> dict[int, list[Row]]:
    """Each year's log: what was opened in the year or was still open when it began."""
    logs: dict[int, list[Row]] = {end: [] for end in years}
    for number in range(dice.choice([0, 2, 5, 9])):
        opened = _opened(years, dice)
        closed = maybe(dice, opened + timedelta(days=dice.choice(TIMES)), 0.75)
        stages: list[Row] = []
        for stage in range(1, dice.choice([1, 1, 2, 3, 5]) + 1):
            reached = opened + timedelta(days=dice.choice([0, 5, 7, 30]) * (stage - 1))
            stages.append(
                {
                    "id": str(number),
                    "child_id": maybe(dice, dice.choice([*children, "X99"]), 0.8),
                    "opened": opened,
                    "stage": float(stage),
                    "stage_date": maybe(dice, reached, 0.9),
                    "outcome": maybe(dice, dice.choice(OUTCOMES), 0.5),
                    "themes": maybe(
                        dice, "; ".join(dice.sample(THEMES, dice.choice([1, 1, 2]))), 0.7
                    ),
                }
            )
        for end, row in ((end, row) for end in years for row in stages):
            reached_by = row["stage_date"] or opened
            assert isinstance(reached_by, date)
            known = closed if closed and closed <= date(end, 3, 31) else None
            over = closed and closed < date(end - 1, 4, 1)
            if reached_by <= date(end, 3, 31) and (not over or dice.random() < 0.1):
                logs[end].append(
                    {**row, "closed": known, "outcome": row["outcome"] if known else None}
                )
    return logs


def alerts(years: tuple[int, ...], children: Sequence[str], dice: Dice) -> dict[int, list[Row]]:
    """Each year's log, likewise."""
    logs: dict[int, list[Row]] = {end: [] for end in years}
    for number in range(dice.choice([0, 3, 8])):
        raised = _opened(years, dice)
        closed = maybe(dice, raised + timedelta(days=dice.choice(TIMES)), 0.7)
        row: Row = {
            "id": str(number),
            "child_id": maybe(dice, dice.choice([*children, "X99"]), 0.8),
            "raised": raised,
            "category": maybe(dice, dice.choice(THEMES), 0.8),
        }
        for end in years:
            known = closed if closed and closed <= date(end, 3, 31) else None
            over = closed and closed < date(end - 1, 4, 1)
            if raised <= date(end, 3, 31) and not over:
                logs[end].append({**row, "closed": known})
    return logs


def _opened(years: tuple[int, ...], dice: Dice) -> date:
    """Any day from the year before, some of them 20 working days before 31 March."""
    day = dice.turning(date(years[0] - 2, 4, 1), date(years[-1], 3, 31))
    return day - timedelta(days=dice.choice([0, 0, 0, 27, 28, 29, 30, 31]))


def staff(end: int, dice: Dice) -> list[Row]:
    """A team of up to 14, some holding two posts, some teams of one."""
    teams = dice.sample(TEAMS, dice.choice([1, 2, 3, 3, 9, 10]))
    teams += [max(teams)] * dice.choice([0, 4, 20])
    told = dice.choice([0.6, 0.9, 1.0])
    whole = dice.random() < 0.7
    count = dice.choice([3, 6, 9, 10, 11, 14])
    rows: list[Row] = [
        {
            "iro_id": f"I{number + 1}",
            "start": maybe(dice, dice.near(end), 0.2),
            "end": maybe(dice, dice.near(end), 0.15),
            "fte": maybe(dice, dice.choice(SHARES), 1 if whole else 0.9),
            "headcount": 1.0,
            "contract": maybe(dice, dice.choice(["permanent", "agency"]), 1 if whole else 0.9),
            "role": maybe(dice, dice.choice(["cla", "dual"]), 1 if whole else 0.9),
            "team": maybe(dice, dice.choice(teams), 0.95),
            "establishment_fte": maybe(dice, dice.choice([0.1, 0.6, 1.0]), 0.8),
            "sex": maybe(dice, dice.choice(["female", "F", "male", "?"]), told),
            "ethnicity": maybe(
                dice, dice.choice(["WBRI", "mixed", "AOTH", "BAFR", "other", "NOBT"]), told
            ),
        }
        for number in range(count)
    ]
    if dice.random() < 0.3:
        rows.append({**dice.choice(rows), "team": dice.choice(teams), "headcount": 0.0})
    if dice.random() < 0.4:
        rows.append({**dict.fromkeys(rows[0]), "establishment_fte": 1.0})
    return rows


def allocations(end: int, begun: Held, iros: int, dice: Dice) -> list[Row]:
    """An IRO for most children for most of the year: changes, gaps of a day, late allocations.

    Args:
        end: End year.
        begun: Children of the year's return, and first days of their episodes.
        iros: How many IROs there are.
        dice: Source of chance.
    """
    first, last = date(end - 1, 4, 1), date(end, 3, 31)
    codes = [f"I{number + 1}" for number in range(iros)]
    favourite = dice.choice(codes)
    rows: list[Row] = []
    for child, start in begun:
        # Five working days are seven days without a holiday.
        day = start + timedelta(days=dice.choice([0, 5, 6, 7, 7, 8, 9, 11, 12, -3, 40]))
        day = dice.choice([day, day, first, first + timedelta(days=1), first - timedelta(days=9)])
        iro = dice.choice([favourite, favourite, dice.choice(codes)])
        row: Row = {"child_id": child, "iro_id": iro, "end": None}
        row |= {"allocated_on": maybe(dice, day, 0.8), "start": maybe(dice, day, 0.4)}
        rows.append(row)
        while dice.random() < 0.35:
            stop = dice.turning(max(first, min(day, last)), last)
            rows[-1]["end"] = stop
            day = stop + timedelta(days=dice.choice([1, 1, 1, 0, 2, -5]))
            following: Row = {"child_id": child, "iro_id": dice.choice([iro, *codes]), "end": None}
            rows.append({**following, "allocated_on": None, "start": day})
        if dice.random() < 0.1:
            rows[-1]["end"] = dice.choice([last, last - timedelta(days=1), dice.near(end)])
    if dice.random() < 0.3:
        dice.shuffle(rows)
    return rows


def checks(held: Held, dice: Dice) -> list[Row]:
    """Checks half-way to a review, on its day, or a day beside."""
    return [
        {"child_id": child, "date": day - timedelta(days=dice.choice([0, 1, 45, 90, 91, 92, -1]))}
        for child, day in held
        if dice.random() < 0.6
    ]
