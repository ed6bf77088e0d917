"""The further service tables against their targets, counted again from the rows as written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from irostats.synthetic.blemishes import read
from irostats.synthetic.workdays import is_working_day, year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from irostats.synthetic.plan import YearPlan
    from irostats.synthetic.returns import Rows

ANSWERS = {
    "parents": "parent_attended",
    "carers": "carer_attended",
    "advocate": "advocate",
    "chaired": "chaired",
    "visited": "visited_before",
}
DATES = {
    "plans": "review_date",
    "midpoint": "date",
    "health_local": "assessed",
    "permanence": "disruption_meeting_date",
    "audits": "date",
    "conferences": "date",
    "participation_local": "review_date",
    "feedback": "date",
    "referrals": "date",
    "inspections": "date",
    "supervision": "date",
}


def not_as_asked(tables: Mapping[str, Rows], year: YearPlan, present: Collection[str]) -> list[str]:
    """What the targets ask of a further table and its rows do not give, in words.

    ``present`` are the children looked after on 31 March.
    """
    wrong = []
    for name, target in year.kept.items():
        rows = tables[name]
        counted = COUNTS[name](rows, target) if name in COUNTS else {}
        if name in {"midpoint", "health_local"}:
            wanted = round(target["children"] * year.at_31_march)
            there = {row["child_id"] for row in rows} & set(present)
            counted = {"children": (len(there), wanted)}
        wrong += [
            f"{year.label} {name}, {part}: {count}, not {wanted}"
            for part, (count, wanted) in counted.items()
            if count != wanted
        ]
        days = [row[DATES[name]] for row in rows if row.get(DATES.get(name, ""))]
        outside = sum(not year_start(year.label) <= read(d) <= year_end(year.label) for d in days)
        idle = sum(not is_working_day(read(day)) for day in days)
        if outside or (idle and name != "health_local"):
            wrong.append(f"{year.label} {name}: {outside} days out of the year, {idle} days off")
    return wrong


Counted = dict[str, tuple[object, object]]


def _share(answers: Iterable[str], share: float) -> tuple[int, int]:
    """How many say yes, and how many should, of those that say yes or no."""
    counts = Counter(answers)
    return counts["yes"], round(share * (counts["yes"] + counts["no"]))


def _plans(rows: Rows, target: Mapping[str, Any]) -> Counted:
    return {
        plan: _share((row["up_to_date"] for row in rows if row["plan"] == plan), target[plan])
        for plan in ("care", "health", "pep", "pathway")
    }


def _participation(rows: Rows, target: Mapping[str, Any]) -> Counted:
    return {
        part: _share((row[column] for row in rows), target[part])
        for part, column in ANSWERS.items()
    }


def _permanence(rows: Rows, target: Mapping[str, Any]) -> Counted:
    met = sum(bool(row.get("disruption_meeting_date")) for row in rows)
    stories = _share((row.get("life_story", "") for row in rows), target["life_story"])
    return {"life_story": stories, "meetings": (met, target["meetings"])}


def _conferences(rows: Rows, target: Mapping[str, Any]) -> Counted:
    counted: Counted = {}
    for kind in ("icpc", "rcpc"):
        answers = [row["in_time"] for row in rows if row["type"] == kind]
        counted[kind] = (len(answers), target[kind])
        counted[f"{kind}_in_time"] = _share(answers, target[f"{kind}_in_time"])
    return counted


def _by(column: str) -> Any:
    """Rows of each word of a column against the targets of the same names."""

    def counted(rows: Rows, target: Mapping[str, Any]) -> Counted:
        counts = Counter(row[column] for row in rows)
        return {part: (counts[part], n) for part, n in target.items() if part != "source"}

    return counted


COUNTS = {
    "plans": _plans,
    "participation_local": _participation,
    "permanence": _permanence,
    "conferences": _conferences,
    "audits": _by("grade"),
    "feedback": _by("kind"),
    "referrals": _by("type"),
    "budget": lambda rows, target: {"gbp": (rows[0]["gbp"], str(target["gbp"]))},
}
