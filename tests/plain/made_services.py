"""Random service tables: each absent, unreadable, empty or with rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import made_logs
from made_episodes import Dice

from irostats.service import TABLES, Column, Kind

Row = dict[str, "str | date | float | None"]
Tables = dict[str, list[Row]]

TEXTS: dict[str, tuple[str, ...]] = {
    "iro_id": ("I1", "I2", "I3", "I4", "I5", "I6"),
    "team": ("North", "South"),
    "sex": ("female", "Female", "male", "F", "prefer not to say", "?"),
    "ethnicity": ("WBRI", "White", "AOTH", "BAFR", "mixed", "NOBT", "refused", "Martian"),
    "participation": ("PN0", "PN1", "PN4", "PN7"),
    "late_reason": (
        "court",
        "IRO sick",
        "placement move",
        "Child missing",
        "Social worker absent",
        "Report not ready",
        "late notification",
        "Parent's request",
        "child's request",
        "school holiday",
        "admin error",
        "no idea",
        "Other",
    ),
    "series_id": ("1", "2"),
    "category": (*made_logs.THEMES, "drift; PEP", "something else", "plan;", "other"),
    "themes": (
        *made_logs.THEMES,
        "drift; PEP",
        "plan; care plan",
        "something else; health",
        ";",
        "other",
    ),
    "outcome": (*made_logs.OUTCOMES, "other"),
    "from": ("child", "Mother", "foster carer", "teacher", "a friend", "other"),
    "type": ("review record", "observation", "case file", "care plan", "Review record", "desk"),
    "body": ("Ofsted", "Peer review"),
    "judgement": ("Good", "Requires improvement"),
    "finding": ("IROs know the children.", "Challenge has no effect that is seen."),
    "priority": ("See children before reviews.", "Send records in time.", "Fewer late reviews."),
    "note": ("Begun.",),
}
NUMBERS: dict[str, tuple[float, ...]] = {
    "fte": (0.0, 0.4, 0.5, 0.6, 1.0, 1.0),
    "establishment_fte": (0.0, 0.5, 0.6, 1.0, 1.0, 1.2),
    "headcount": (0.0, 1.0, 1.0),
    "stage": (1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 5.0),
    "gbp": (0.0, 100_000.0, 849_000.0),
}
ROWS = {"iro_staff": 6, "iro_allocation": 12, "reviews_local": 10, "disputes": 7, "plans": 8}
BY_REVIEW = ("reviews_local", "participation_local", "plans")


def services(
    years: tuple[int, ...], returned: dict[int, dict[str, list[Row]]], dice: Random
) -> tuple[dict[int, Tables], dict[int, frozenset[str]]]:
    """Every year's service tables, and the names of those whose file cannot be read."""
    names = sorted({str(row["CHILD"]) for end in years for row in returned[end]["episodes"]})
    kept: dict[int, Tables] = {}
    unreadable: dict[int, frozenset[str]] = {}
    usual = {name: dice.random() for name in TABLES}
    whole = _whole(years, returned, names, dice)
    for end in years:
        kept[end] = {}
        broken: set[str] = set()
        for name in TABLES:
            own = Dice(dice.getrandbits(32))
            if usual[name] < 0.25 or own.random() < 0.08:
                continue
            if own.random() < 0.03:
                broken.add(name)
                continue
            held = _held(returned[end])
            count = own.choice([0, 1, 3, ROWS.get(name, 5)])
            if (name, end) in whole and own.random() < 0.95:
                kept[end][name] = whole[name, end]
            else:
                kept[end][name] = _rows(name, end, names, held, count, own)
        unreadable[end] = frozenset(broken)
    return kept, unreadable


def _held(tables: Tables) -> list[tuple[str, date]]:
    rows = tables.get("reviews", [])
    return [(str(row["CHILD"]), day) for row in rows if isinstance(day := row["REVIEW"], date)]


def _whole(
    years: tuple[int, ...],
    returned: dict[int, dict[str, list[Row]]],
    names: list[str],
    dice: Random,
) -> dict[tuple[str, int], list[Row]]:
    """Tables that hang together, of some authorities: logs, rosters, a row for each review."""
    own = Dice(dice.getrandbits(32))
    found: dict[tuple[str, int], list[Row]] = {}
    if own.random() < 0.6:
        logs = made_logs.disputes(years, names, own), made_logs.alerts(years, names, own)
        for end in years:
            found["disputes", end], found["alerts", end] = logs[0][end], logs[1][end]
    busy = any(len(_held(returned[end])) > 20 for end in years)
    together, roster = busy or own.random() < 0.5, busy or own.random() < 0.6
    for end in years:
        held = _held(returned[end])
        if roster:
            staff = found["iro_staff", end] = made_logs.staff(end, own)
            begun = {str(row["CHILD"]): row["DECOM"] for row in returned[end]["episodes"]}
            starts = [(child, day) for child, day in begun.items() if isinstance(day, date)]
            found["iro_allocation", end] = made_logs.allocations(end, starts, len(staff), own)
        if together:
            found["midpoint", end] = made_logs.checks(held, own)
            for name in BY_REVIEW:
                found[name, end] = [
                    _of(one, row, own)
                    for one in held
                    for row in _rows(name, end, [one[0]], [one], 1, own)
                ]
    return found


def _of(one: tuple[str, date], row: Row, dice: Dice) -> Row:
    """A row of the case system about a review that was mostly held, by an IRO."""
    found: Row = {**row, "child_id": one[0], "review_date": one[1]}
    if "status" in row and dice.random() < 0.8:
        found |= {"status": dice.choice(["held", None]), "iro_id": dice.choice(TEXTS["iro_id"])}
    return found


def _rows(
    name: str,
    end: int,
    children: list[str],
    held: Sequence[tuple[str, date]],
    count: int,
    dice: Dice,
) -> list[Row]:
    blank = frozenset(
        key for key, column in TABLES[name].columns.items() if not column.needed and _rarely(dice)
    )
    rows: list[Row] = []
    for number in range(count):
        row: Row = {
            key: None if key in blank else _cell(key, column, end, children, number, dice)
            for key, column in TABLES[name].columns.items()
        }
        if name in BY_REVIEW and held and dice.random() < 0.75:
            child, day = dice.choice(held)
            row |= {"child_id": child, "review_date": day}
            _around(row, day, blank, dice)
        rows.append(row)
        if dice.random() < 0.06:
            rows.append(dict(row))
    return rows


def _rarely(dice: Dice) -> bool:
    return dice.random() < 0.1


def _around(row: Row, day: date, blank: frozenset[str], dice: Dice) -> None:
    """Days of a review's paper trail near the review."""
    spans = {
        "due_date": (0, 0, 1, -1, 5, -5, 30),
        "report_received": (-2, -3, -4, -5, -6, 0, 1),
        "decisions_sent": (4, 5, 6, 7, 8, 9, -1, 0),
        "record_completed": (14, 20, 21, 22, 23, -1),
        "record_sent": (20, 27, 28, 29, 30, 0),
    }
    for key, days in spans.items():
        if key in row and key not in blank and dice.random() < 0.85:
            row[key] = day + timedelta(days=dice.choice(days))


def _cell(
    key: str, column: Column, end: int, children: list[str], number: int, dice: Dice
) -> str | date | float | None:
    if not column.needed and dice.random() < 0.2:
        return None
    if column.choices:
        return dice.choice(column.choices)
    if column.kind is Kind.DATE:
        return dice.near(end)
    if column.kind is Kind.NUMBER:
        return dice.choice(NUMBERS.get(key, (0.0, 1.0, 7.0, 30.0)))
    if key == "child_id":
        return dice.choice([*children, "X99"]) if children else "X99"
    if key == "id":
        return str(dice.choice([number + 1, number + 1, number, 100 * end + number]))
    if key == "year":
        year = end + dice.choice([0, 0, 0, 1, -1])
        return f"{year - 1}-{year % 100:02d}"
    return dice.choice(TEXTS[key])
