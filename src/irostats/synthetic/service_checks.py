"""The service's own tables against what was published about the service."""

from __future__ import annotations

from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from irostats.synthetic.blemishes import read
from irostats.synthetic.workdays import year_end, year_start

if TYPE_CHECKING:
    from collections.abc import Collection

    from irostats.synthetic import recount
    from irostats.synthetic.plan import Plan, YearPlan
    from irostats.synthetic.returns import Rows


def service_counts(
    tables: recount.Tables, year: YearPlan, present: Collection[str]
) -> dict[str, int]:
    """What the service's own tables say, of children looked after on 31 March where it matters."""
    first, last = year_start(year.label), year_end(year.label)
    in_post = [
        row
        for row in tables["iro_staff"]
        if row.get("iro_id") and not row["end"] and read(row["start"]) <= last
    ]
    raised = [row for row in tables.get("alerts", []) if first <= read(row["raised"]) <= last]
    return {
        "iro_fte_tenths": round(10 * sum(float(row["fte"]) for row in in_post)),
        "alerts": len(raised),
        "midpoint": _children(tables.get("midpoint", []), present),
        "health_local": _children(tables.get("health_local", []), present),
        "disputes_active": len({row["id"] for row in tables.get("disputes", [])}),
        "disputes_closed": sum(bool(row["closed"]) for row in tables.get("disputes", [])),
        "average_caseload": _average(in_post, year.at_31_march),
        "reviews_cancelled": sum(r["status"] == "cancelled" for r in tables["reviews_local"]),
        "allocated": _allocated(tables["iro_allocation"], {row["iro_id"] for row in in_post}),
    }


def _children(rows: Rows, present: Collection[str]) -> int:
    """How many of those looked after on 31 March have a row."""
    return len({row["child_id"] for row in rows} & set(present))


def _allocated(rows: Rows, in_post: set[str]) -> int:
    """Children allocated at 31 March; counted as -1 if an officer is no longer in post."""
    still = [row for row in rows if not row["end"]]
    if any(row["iro_id"] not in in_post for row in still):
        return -1
    children = [row["child_id"] for row in still]
    return len(children) if len(set(children)) == len(children) else -1


def _average(in_post: Rows, children: int) -> int:
    """Children to a full post, rounded half up."""
    fte = sum(Decimal(row["fte"]) for row in in_post)
    return int((Decimal(children) / fte).quantize(Decimal(1), ROUND_HALF_UP))


def broken_promises(plan: Plan, tables: recount.Tables, year: YearPlan) -> list[str]:
    """What the targets say of the service in other ways than by one number, and is not so."""
    label, wrong = year.label, []
    counts = service_counts(tables, year, ())
    if counts["allocated"] != year.at_31_march:
        wrong.append(f"{label}: {counts['allocated']} children allocated at 31 March")
    if year.settings.get("cancelled") == 0 and counts["reviews_cancelled"]:
        wrong.append(f"{label}: {counts['reviews_cancelled']} reviews cancelled")
    if not plan.service.get("challenge", True):
        kept = tables.keys() & {"alerts", "disputes"}
        return wrong + [f"{label}: {name} should not be recorded" for name in sorted(kept)]
    wanted = {name: n for name, n in year.settings["disputes"].items() if n}
    if _by_stage(tables["disputes"]) != wanted:
        wrong.append(f"{label}: disputes {_by_stage(tables['disputes'])}, not {wanted}")
    low, high = year.settings.get("caseload_range", (0, 999))
    loads = _caseloads(tables)
    if not all(low <= load <= high for load in loads):
        wrong.append(f"{label}: caseloads from {min(loads):.1f} to {max(loads):.1f}")
    return wrong


def _by_stage(rows: Rows) -> dict[str, int]:
    """Disputes by highest stage reached, those still open apart."""
    last = {row["id"]: row for row in rows}
    return dict(
        Counter(("stage" if row["closed"] else "open") + row["stage"] for row in last.values())
    )


def _caseloads(tables: recount.Tables) -> list[float]:
    """Children to a full post of each officer in post at 31 March."""
    posts = {
        row["iro_id"]: float(row["fte"])
        for row in tables["iro_staff"]
        if row.get("iro_id") and not row["end"]
    }
    children = Counter(row["iro_id"] for row in tables["iro_allocation"] if not row["end"])
    return [children[officer] / fte for officer, fte in posts.items()]
