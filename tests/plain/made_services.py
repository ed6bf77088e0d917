"""Random service tables: each absent, unreadable, empty or with rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from made_episodes import Dice

from irostats.service import TABLES, Column, Kind

Row = dict[str, "str | date | float | None"]
Tables = dict[str, list[Row]]

THEMES = ("drift", "care plan", "Placement", "health", "PEP", "visits", "family time", "resources")
TEXTS: dict[str, tuple[str, ...]] = {
    "iro_id": ("I1", "I2", "I3", "I4", "I5"),
    "team": ("North", "South"),
    "sex": ("female", "Female", "male", "F", "prefer not to say", "?"),
    "ethnicity": ("WBRI", "White", "AOTH", "BAFR", "mixed", "NOBT", "refused", "Martian"),
    "participation": ("PN0", "PN1", "PN4", "PN7"),
    "late_reason": ("court", "IRO sick", "placement move", "Child missing", "no idea", "Other"),
    "series_id": ("1", "2"),
    "category": (*THEMES, "drift; PEP", "something else", "plan;", "other"),
    "themes": (*THEMES, "drift; PEP", "plan; care plan", "something else; health", ";", "other"),
    "outcome": ("agreed", "plan changed", "no change", "withdrawn", "who knows", "other"),
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
            held = [(str(row["CHILD"]), row["REVIEW"]) for row in returned[end].get("reviews", [])]
            count = own.choice([0, 1, 3, ROWS.get(name, 5)])
            kept[end][name] = _rows(name, end, names, held, count, own)
        unreadable[end] = frozenset(broken)
    return kept, unreadable


def _rows(
    name: str,
    end: int,
    children: list[str],
    held: Sequence[tuple[str, object]],
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
            assert isinstance(day, date)
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
