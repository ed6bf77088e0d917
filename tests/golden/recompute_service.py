"""The service's own records: officers, caseload, alerts, disputes, budget, monitoring."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from recompute_profile import looked_after, looked_after_count
from recompute_returns import AuthorityYear, Row, read_date


def in_force(row: Row, day: date) -> bool:
    """Begun by ``day`` and not ended before it."""
    start, end = read_date(row["START"]), read_date(row["END"])
    return start is not None and start <= day and (end is None or end >= day)


def officers(records: AuthorityYear) -> list[Row]:
    """Posts that are filled at 31 March."""
    return [r for r in records.service("iro_staff") or [] if in_force(r, records.end)]


def iro_fte(records: AuthorityYear) -> Fraction | None:
    posts = officers(records)
    return sum((Fraction(row["FTE"]) for row in posts), Fraction()) if posts else None


def average_caseload(records: AuthorityYear) -> Fraction | None:
    """Children looked after at 31 March to each full-time-equivalent officer in post."""
    fte = iro_fte(records)
    return looked_after_count(records) / fte if fte else None


def average_caseload_within_50_to_70(records: AuthorityYear) -> int | None:
    caseload = average_caseload(records)
    return None if caseload is None else int(50 <= caseload <= 70)


def caseloads(records: AuthorityYear) -> list[Fraction] | None:
    """Children looked after to a full post, of each officer in post who has any allocated."""
    allocations = records.service("iro_allocation")
    if not allocations or not officers(records):
        return None
    current = looked_after(records)
    children: dict[str, set[str]] = {}
    for row in allocations:
        if in_force(row, records.end) and row["CHILD_ID"] in current:
            children.setdefault(row["IRO_ID"], set()).add(row["CHILD_ID"])
    fte: dict[str, Fraction] = {}
    for row in officers(records):
        fte[row["IRO_ID"]] = fte.get(row["IRO_ID"], Fraction()) + Fraction(row["FTE"])
    return [len(children[iro]) / full for iro, full in fte.items() if iro in children]


def iros_outside_50_to_70(records: AuthorityYear) -> int | None:
    """Officers with fewer than 50 or more than 70 children to a full post on 31 March."""
    loads = caseloads(records)
    return None if loads is None else sum(not 50 <= load <= 70 for load in loads)


def chairs_conferences(records: AuthorityYear) -> int:
    return int(any(row["ROLE"] == "dual" for row in officers(records)))


def oversees_children_in_need(records: AuthorityYear) -> int | None:
    """Whether the row at or nearest before 31 March counts children in need."""
    dated = [(read_date(row["DATE"]), row) for row in records.service("cp_caseload") or []]
    known = [(day, row) for day, row in dated if day is not None and day <= records.end]
    if not known:
        return None
    _, last = max(known, key=lambda pair: pair[0])
    return int(int(last["CHILDREN_CIN"] or 0) > 0)


def alerts(records: AuthorityYear) -> int | None:
    rows = records.service("alerts")
    if rows is None:
        return None
    return len({row["ID"] for row in rows if records.in_year(read_date(row["RAISED"]))})


class Dispute:
    """A formal dispute: its rows, one for each stage that it reached."""

    def __init__(self, rows: list[Row], end: date) -> None:
        opened = [day for row in rows if (day := read_date(row["OPENED"])) is not None]
        closed = [day for row in rows if (day := read_date(row["CLOSED"])) is not None]
        self.opened = min(opened)
        self.closed = max(closed) if closed and max(closed) <= end else None
        reached = [r for r in rows if (read_date(r["STAGE_DATE"]) or date.max) <= end]
        self.stage = max(row["STAGE"] for row in reached)


def active_disputes(records: AuthorityYear) -> list[Dispute] | None:
    """Brought forward into the year or opened in it."""
    rows = records.service("disputes")
    if rows is None:
        return None
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        opened = read_date(row["OPENED"])
        if opened is not None and opened <= records.end:
            by_id.setdefault(row["ID"], []).append(row)
    disputes = [Dispute(found, records.end) for found in by_id.values()]
    return [d for d in disputes if d.closed is None or d.closed >= records.start]


def disputes_active(records: AuthorityYear) -> int | None:
    disputes = active_disputes(records)
    return None if disputes is None else len(disputes)


def disputes_closed(records: AuthorityYear) -> int:
    return sum(dispute.closed is not None for dispute in active_disputes(records) or [])


def disputes_open(records: AuthorityYear) -> int:
    return sum(dispute.closed is None for dispute in active_disputes(records) or [])


def disputes_highest_stage(records: AuthorityYear, category: str) -> int:
    return sum(dispute.stage == category for dispute in active_disputes(records) or [])


def disputes_closed_at_stage(records: AuthorityYear, category: str) -> int:
    return sum(
        dispute.stage == category and dispute.closed is not None
        for dispute in active_disputes(records) or []
    )


def disputes_recorded(records: AuthorityYear) -> int:
    return int(any(records.service(name) is not None for name in ("disputes", "alerts")))


def challenges(records: AuthorityYear) -> int | None:
    """Alerts raised and disputes opened in the year."""
    raised, active = alerts(records), active_disputes(records)
    if raised is None or active is None:
        return None
    return raised + sum(records.in_year(dispute.opened) for dispute in active)


def challenges_rose(records: AuthorityYear) -> int | None:
    before = records.last_year()
    now, then = challenges(records), challenges(before) if before else None
    return None if now is None or then is None else int(now > then)


def budget_gbp(records: AuthorityYear) -> Fraction | None:
    rows = records.service("budget") or []
    amounts = [Fraction(row["GBP"]) for row in rows if row["YEAR"] == records.year]
    return amounts[0] if amounts else None


def local_reviews(records: AuthorityYear, status: str) -> list[Row]:
    return [
        row
        for row in records.service("reviews_local") or []
        if row["STATUS"] == status
        and records.in_year(read_date(row["REVIEW_DATE"]) or read_date(row["DUE_DATE"]))
    ]


def reviews_cancelled(records: AuthorityYear) -> int | None:
    if records.service("reviews_local") is None:
        return None
    return len(local_reviews(records, "cancelled"))


def reviews_majority_virtual(records: AuthorityYear) -> int | None:
    held = local_reviews(records, "held")
    return int(2 * sum(row["METHOD"] == "virtual" for row in held) > len(held)) if held else None


def percent_of_looked_after(records: AuthorityYear, table: str, column: str) -> Fraction | None:
    rows = records.service(table)
    if rows is None:
        return None
    current = looked_after(records)
    children = {
        row["CHILD_ID"]
        for row in rows
        if row["CHILD_ID"] in current and records.in_year(read_date(row[column]))
    }
    return Fraction(100 * len(children), len(current))


def midpoint_percent(records: AuthorityYear) -> Fraction | None:
    """Children looked after at 31 March with a mid-point check in the year."""
    return percent_of_looked_after(records, "midpoint", "DATE")


def health_local_percent(records: AuthorityYear) -> Fraction | None:
    """Children looked after at 31 March with a health assessment in the year."""
    return percent_of_looked_after(records, "health_local", "ASSESSED")
