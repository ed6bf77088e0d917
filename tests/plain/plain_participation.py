"""How children took part in their reviews, and who else did: computed plainly."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from authorities import (
    NOT_AVAILABLE,
    NOT_RECORDED,
    TOTAL,
    Expected,
    Plain,
    Row,
    age,
    missing,
    number,
    ratio,
)
from plain_care import care, described
from plain_reviewed import Held, reviewed
from plain_tables import Cells, day, in_year, kept, own, text, total, why_missing

TOOK_PART = ("PN1", "PN2", "PN3", "PN5", "PN6")
ATTENDED = ("PN1", "PN2", "PN3", "PN4")
VALID = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
CODES = ("pn0", *(code.lower() for code in VALID), "not_recorded")
AGES = {"4_to_9": range(4, 10), "10_to_15": range(10, 16), "16_and_over": range(16, 100)}
QUESTIONS = {
    "parents": "parent_attended",
    "carers": "carer_attended",
    "advocacy": "advocate",
    "chaired": "chaired",
    "visited": "visited_before",
}
ANSWERS = ("yes", "no", "not_recorded")
KINDS = ("form", "compliment", "complaint")
GIVEN_BY = {
    "child": "child",
    "mother": "parent",
    "parent": "parent",
    "foster carer": "carer",
    "teacher": "professional",
}
GIVERS = ("child", "parent", "carer", "professional", "other", "not_recorded")


def figures(plain: Plain, end: int) -> Cells:
    """Each cell of the section in the year that ends in ``end``."""
    found = reviewed(plain, care(plain))
    held = found.in_year(end)
    cells = {**_codes(plain, held, end), **_questions(plain, held, end)}
    if not found.known_in(end):
        cells = dict.fromkeys(cells, missing(NOT_AVAILABLE))
    return cells | _feedback(plain, end)


def _ages(plain: Plain, held: Sequence[Held]) -> list[int | None]:
    """Age on the day of each review; None where the date of birth is not known, or later."""
    header = described(plain)
    found: list[int | None] = []
    for one in held:
        born = day(header.get(one.child, {}), "DOB") or one.born
        found.append(age(born, one.day) if born and born <= one.day else None)
    return found


def _code(one: Held, years: int | None) -> str:
    """The code, if there is one and the age does not rule it out."""
    if one.code is None:
        return "not_recorded"
    if years is not None and (years >= 4) == (one.code == "PN0"):
        return "not_recorded"
    return one.code.lower()


def _codes(plain: Plain, held: Sequence[Held], end: int) -> Cells:
    ages = _ages(plain, held)
    codes = [_code(one, years) for one, years in zip(held, ages, strict=True)]
    counted = [
        (one, years)
        for one, years in zip(held, ages, strict=True)
        if years is not None and years >= 4 and one.code in VALID
    ]
    attended = sum(one.code in ATTENDED for one, _ in counted)
    any_age = sum(one.code in TOOK_PART for one in held)
    cells: Cells = {
        total("participation.attended"): number(attended),
        total("participation.attended_percent"): ratio(attended, len(counted)),
        total("participation.took_part_all"): number(any_age),
        total("participation.percent_of_all"): ratio(any_age, len(held)),
        total("participation.codes"): number(len(held)),
        total("participation.unrecorded_percent"): ratio(codes.count("not_recorded"), len(held)),
    }
    for key in CODES:
        cells["participation.codes", "code", key] = number(codes.count(key))
    cells |= _of_part(TOTAL, TOTAL, [one for one, _ in counted])
    for key, years in AGES.items():
        cells |= _of_part("age", key, [one for one, years_old in counted if years_old in years])
    unaccompanied = {row["CHILD"] for row in plain.returned[end].get("uasc", [])}
    no_table = "uasc" not in plain.returned[end]
    for key in ("uasc", "other"):
        part = [one for one, _ in counted if (one.child in unaccompanied) == (key == "uasc")]
        of_uasc = _of_part("uasc", key, part)
        cells |= dict.fromkeys(of_uasc, missing(NOT_AVAILABLE)) if no_table else of_uasc
    for key in ("n2", "other"):
        part = [one for one, _ in counted if (_need(one) == "N2") == (key == "n2")]
        cells |= _of_part("need", key, part)
    return cells | _children([one for one, _ in counted])


def _of_part(breakdown: str, key: str, part: Sequence[Held]) -> Cells:
    took_part = sum(one.code in TOOK_PART for one in part)
    return {
        ("participation.counted", breakdown, key): number(len(part)),
        ("participation.took_part", breakdown, key): number(took_part),
        ("participation.percent", breakdown, key): ratio(took_part, len(part)),
    }


def _need(one: Held) -> str | None:
    """The first need code of the period of care that the review lies in."""
    return next((episode.need for episode in one.period.episodes if episode.need), None)


def _children(counted: Sequence[Held]) -> Cells:
    codes: dict[str, list[str | None]] = {}
    for one in counted:
        codes.setdefault(one.child, []).append(one.code)
    some = sum(any(code in TOOK_PART for code in each) for each in codes.values())
    every = sum(all(code in TOOK_PART for code in each) for each in codes.values())
    return {
        total("participation.children"): number(len(codes)),
        total("participation.children_any"): number(some),
        total("participation.children_any_percent"): ratio(some, len(codes)),
        total("participation.children_every"): number(every),
        total("participation.children_every_percent"): ratio(every, len(codes)),
    }


def _questions(plain: Plain, held: Sequence[Held], end: int) -> Cells:
    rows = own(plain, "participation_local", end)
    cells: Cells = {}
    for name, column in QUESTIONS.items():
        answers = [_answer(rows, one, column) for one in held]
        cells[total(f"participation.{name}")] = number(len(held))
        for key in ANSWERS:
            cells[f"participation.{name}", "answer", key] = number(answers.count(key))
        cells[total(f"participation.{name}_percent")] = _yes_of_said(answers)
    seen: dict[str, list[str]] = {}
    for one in held:
        seen.setdefault(one.child, []).append(_answer(rows, one, "visited_before"))
    children = [_together(answers) for answers in seen.values()]
    cells[total("participation.visited_children_percent")] = _yes_of_said(children)
    if kept(plain, "participation_local", end):
        return cells
    return dict.fromkeys(cells, why_missing(plain, "participation_local", end))


def _answer(rows: Iterable[Row], one: Held, column: str) -> str:
    return _together(
        text(row, column) or "not_recorded"
        for row in rows
        if row["child_id"] == one.child and row["review_date"] == one.day
    )


def _together(answers: Iterable[str]) -> str:
    """Yes if one says yes, no if one says no."""
    said = set(answers)
    return next((answer for answer in ("yes", "no") if answer in said), "not_recorded")


def _yes_of_said(answers: Sequence[str]) -> Expected:
    said = answers.count("yes") + answers.count("no")
    return missing(NOT_RECORDED) if answers and not said else ratio(answers.count("yes"), said)


def _feedback(plain: Plain, end: int) -> Cells:
    rows = [row for row in own(plain, "feedback", end) if in_year(day(row, "date"), end)]
    from_whom = [_giver(text(row, "from")) for row in rows]
    kinds = [row["kind"] for row in rows]
    cells: Cells = {total("participation.feedback"): number(len(rows))}
    for key in KINDS:
        cells["participation.feedback", "kind", key] = number(kinds.count(key))
    for key in GIVERS:
        cells["participation.feedback", "given_by", key] = number(from_whom.count(key))
    there = kept(plain, "feedback", end)
    return cells if there else dict.fromkeys(cells, why_missing(plain, "feedback", end))


def _giver(said: str | None) -> str:
    return GIVEN_BY.get(said.lower(), "other") if said else "not_recorded"
