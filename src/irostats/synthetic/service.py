"""The service's own records: reviews as held, child protection, checks between reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic import kept
from irostats.synthetic.challenge import alerts, disputes
from irostats.synthetic.model import Child, Period, Review, periods_of, stream
from irostats.synthetic.quotas import weighted
from irostats.synthetic.returns import Row, Rows, written
from irostats.synthetic.staffing import (
    Holder,
    allocate,
    allocation_rows,
    assignments,
    officer_on,
    staff,
    staff_rows,
)
from irostats.synthetic.workdays import (
    working_day_on_or_before,
    working_days_after,
    year_end,
    year_start,
)

if TYPE_CHECKING:
    import random

    from irostats.synthetic.history import History
    from irostats.synthetic.plan import Plan, YearPlan

COLUMNS = {
    "iro_staff": "iro_id,start,end,fte,headcount,contract,role,team,establishment_fte,sex,"
    "ethnicity",
    "iro_allocation": "child_id,iro_id,allocated_on,start,end",
    "reviews_local": "child_id,review_date,due_date,type,status,late_reason,method,iro_id,"
    "series_id,report_received,decisions_sent,record_completed,record_sent,permanence_plan",
    "alerts": "id,child_id,raised,category,closed",
    "disputes": "id,child_id,opened,stage,stage_date,closed,outcome,themes",
    "cp_caseload": "date,children_cp,children_cin",
    **kept.COLUMNS,
}
PAPER_TRAIL = (
    "late_reason",
    "report_received",
    "decisions_sent",
    "record_completed",
    "record_sent",
    "permanence_plan",
)
PLANNED_BY_SECOND = 0.87
PANDEMIC = date(2020, 3, 23)
Spans = dict[str, list[tuple[Child, Holder, date, date | None]]]


def tables(plan: Plan, history: History) -> dict[str, dict[str, Rows]]:
    """All service tables, by year and name; a table that the service does not keep is left out."""
    posts = staff(plan, history)
    allocate(history, posts, plan.slug)
    spans: Spans = {}
    for span in assignments(posts):
        spans.setdefault(span[0].identifier, []).append(span)
    challenges = {}
    if plan.service.get("challenge", True):
        challenges = {
            "alerts": alerts(plan, history, plan.slug),
            "disputes": disputes(plan, history, plan.slug),
        }
    protected = protection(plan, history.block.years)
    by_year: dict[str, dict[str, Rows]] = {}
    for label in history.block.years:
        year = plan.years[label]
        by_year[label] = {
            "iro_staff": staff_rows(posts, plan, label),
            "iro_allocation": allocation_rows(posts, label),
            "reviews_local": local_reviews(plan, history, year, spans),
            "cp_caseload": protected[label],
            **{name: rows[label] for name, rows in challenges.items()},
            **kept.tables(plan, history, posts, label),
        }
    return by_year


def local_reviews(plan: Plan, history: History, year: YearPlan, spans: Spans) -> Rows:
    """Each review held with its due date and paper trail; meetings cancelled or adjourned."""
    rng = stream(plan.slug, year.label, "local reviews")
    first, last = year_start(year.label), year_end(year.label)
    rows: Rows = []
    lost_share = year.settings.get("cancelled", 0.02)
    for child, period in periods_of(history.children):
        for review in period.reviews:
            if not first <= review.held <= last:
                continue
            row = _local_review(plan, child, period, review, rng)
            row["iro_id"] = officer_on(spans[child.identifier], review.held)
            before = working_day_on_or_before(review.held - timedelta(days=rng.randint(4, 15)))
            earlier = {**row, "review_date": written(before)}
            dull = dict.fromkeys(PAPER_TRAIL, "")
            free = before > max(
                [period.start, first, *(r.held for r in period.reviews if r.held < review.held)]
            )
            if free and rng.random() < lost_share:
                rows.append({**earlier, **dull, "status": "cancelled", "method": ""})
            elif free and rng.random() < 0.004:
                row["series_id"] = f"S{child.key}-{review.sequence}"
                rows.append(
                    {**earlier, **dull, "status": "adjourned", "series_id": row["series_id"]}
                )
            rows.append(row)
    _plan_by_second(plan, year, rows)
    return rows


def _plan_by_second(plan: Plan, year: YearPlan, rows: Rows) -> None:
    """Whether second reviews had a plan for permanence: about as many as in other years."""
    rng = stream(plan.slug, year.label, "permanence plans")
    second = [row for row in rows if row["permanence_plan"]]
    share = PLANNED_BY_SECOND + rng.uniform(-0.025, 0.025)
    planned = set(rng.sample(range(len(second)), round(share * len(second))))
    for i, row in enumerate(second):
        row["permanence_plan"] = "yes" if i in planned else "no"


def _local_review(
    plan: Plan, child: Child, period: Period, review: Review, rng: random.Random
) -> Row:
    held = review.held
    kind = {1: "first", 2: "second"}.get(review.sequence, "subsequent")
    episode = [e for e in period.episodes if e.decom <= held]
    if episode and episode[-1].placement.place[0] == "A":
        kind = "adoption"
    completed = working_days_after(held, rng.randint(6, 17))
    return {
        "child_id": child.identifier,
        "review_date": written(held),
        "due_date": written(review.due),
        "type": kind,
        "status": "held",
        "late_reason": review.reason if review.late else "",
        "method": _method(plan, held, rng),
        "series_id": "",
        "report_received": written(
            working_day_on_or_before(
                held - timedelta(days=rng.choices([1, 3, 5, 7, 10], [1, 2, 5, 5, 2])[0])
            )
        ),
        "decisions_sent": written(working_days_after(held, rng.randint(1, 7))),
        "record_completed": written(completed),
        "record_sent": written(working_days_after(completed, rng.randint(1, 5))),
        "permanence_plan": "no" if review.sequence == 2 else "",
    }


def _method(plan: Plan, held: date, rng: random.Random) -> str:
    if held < PANDEMIC:
        return weighted({"in_person": 0.985, "hybrid": 0.01, "virtual": 0.005}, rng)
    virtual = plan.service.get("virtual_share", 0.8)
    rest = 1 - virtual
    return weighted({"virtual": virtual, "hybrid": rest / 2, "in_person": rest / 2}, rng)


def protection(plan: Plan, years: tuple[str, ...]) -> dict[str, Rows]:
    """Children with a child protection plan (and in need) at the end of each month, by year.

    The numbers wander from month to month, also over 31 March, around what is usual.
    """
    rng = stream(plan.slug, years[0], "child protection")
    usual = (plan.service["children_cp"], plan.service["children_cin"])
    cp, cin = (float(number) for number in usual)
    day = year_start(years[0])
    tables: dict[str, Rows] = {label: [] for label in years}
    for label in years:
        for _ in range(12):
            day = (day.replace(day=28) + timedelta(days=5)).replace(day=1)
            cp += rng.uniform(-0.03, 0.03) * cp + 0.15 * (usual[0] - cp)
            cin += rng.uniform(-0.03, 0.03) * cin + 0.15 * (usual[1] - cin)
            tables[label].append(
                {
                    "date": written(day - timedelta(days=1)),
                    "children_cp": f"{cp:.0f}",
                    "children_cin": f"{cin:.0f}" if usual[1] else "",
                }
            )
    return tables
