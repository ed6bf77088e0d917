"""The IRO service: establishment, caseload and total load (D1-D4)."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.derive import Derived
from irostats.figures import Figure, Status
from irostats.measures.counting import Section
from irostats.registry import Breakdown, Measure, Stand, Sum, Unit
from irostats.ssda903 import child_id

SECTION = "service"
HANDBOOK = "Development of the IRO service: caseloads and make-up of the team"
GUIDANCE = (50, 70)
"""Children for each full-time IRO that the IRO Handbook calls good practice."""

CONTRACT = Breakdown("contract", "Contract", {"permanent": "Permanent", "agency": "Agency"})
ROLE = Breakdown(
    "role",
    "Role",
    {"cla": "Reviews of children looked after only", "dual": "Also chairs conferences"},
)
BAND = Breakdown(
    "band",
    "Children for each full-time equivalent",
    {"below": "Below 50", "within": "50 to 70", "above": "Above 70"},
)

MEASURES = (
    Measure(
        "service.establishment",
        "Posts in the establishment (FTE)",
        "Full-time-equivalent IRO posts on 31 March, filled or vacant.",
        Unit.FTE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
        handbook=HANDBOOK,
    ),
    Measure(
        "service.in_post",
        "In post (FTE)",
        "Full-time-equivalent IROs in post on 31 March.",
        Unit.FTE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
        handbook=HANDBOOK,
        breakdowns=(CONTRACT, ROLE),
    ),
    Measure(
        "service.vacant",
        "Vacant (FTE)",
        "Posts in the establishment less IROs in post; nothing if more are in post than the "
        "establishment has.",
        Unit.FTE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
        handbook=HANDBOOK,
    ),
    Measure(
        "service.headcount",
        "In post (people)",
        "IROs in post on 31 March, each counted once.",
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
    ),
    Measure(
        "service.caseload",
        "Average caseload per full-time IRO",
        "Children looked after on 31 March divided by full-time-equivalent IROs in post. The IRO "
        "Handbook calls 50 to 70 good practice.",
        Unit.MEAN,
        numerator="Children looked after on 31 March",
        denominator="Full-time-equivalent IROs in post on 31 March",
        source="Episodes, iro_staff",
        stand=Stand.STOCK,
        item="D2",
        handbook=HANDBOOK,
        traps="Counts children looked after only; IROs who also chair conferences carry more.",
    ),
    Measure(
        "service.caseload_lowest",
        "Lowest caseload per full-time equivalent",
        "The lowest of the caseloads of IROs in post with children allocated on 31 March, each "
        "divided by that IRO's full-time equivalent.",
        Unit.MEAN,
        source="iro_allocation, iro_staff",
        stand=Stand.STOCK,
        item="D3",
    ),
    Measure(
        "service.caseload_highest",
        "Highest caseload per full-time equivalent",
        "The highest of these caseloads.",
        Unit.MEAN,
        source="iro_allocation, iro_staff",
        stand=Stand.STOCK,
        item="D3",
    ),
    Measure(
        "service.iros",
        "IROs with children allocated",
        "IROs in post on 31 March to whom at least one child looked after was allocated.",
        source="iro_allocation, iro_staff",
        stand=Stand.STOCK,
        item="D3",
        handbook=HANDBOOK,
        breakdowns=(BAND,),
        traps="Nobody is named, and no caseload of a single person is shown but the range.",
    ),
    Measure(
        "service.child_protection",
        "Children with a child protection plan",
        "Children with a child protection plan at the count nearest before the end of 31 March.",
        source="cp_caseload",
        stand=Stand.STOCK,
        item="D4",
    ),
    Measure(
        "service.in_need",
        "Children in need overseen by IROs",
        "Children in need whose plans IROs oversee, at the count nearest before the end of "
        "31 March.",
        source="cp_caseload",
        stand=Stand.STOCK,
        item="D4",
    ),
    Measure(
        "service.total_load",
        "Total load per full-time IRO",
        "Children looked after, children with a child protection plan and children in need "
        "overseen by IROs, divided by full-time-equivalent IROs in post.",
        Unit.MEAN,
        numerator="Children looked after, with a plan, and in need overseen by IROs",
        denominator="Full-time-equivalent IROs in post on 31 March",
        source="Episodes, cp_caseload, iro_staff",
        stand=Stand.STOCK,
        item="D4",
        traps="There is no national guidance on a total load; 50 to 70 does not apply to it.",
    ),
)

RELATIONS: tuple[Sum, ...] = ()

BELOW, ABOVE = GUIDANCE
STAFF = ("establishment", "in_post", "vacant", "headcount", "caseload")
ALLOCATION = ("caseload_lowest", "caseload_highest", "iros")
LOAD = ("child_protection", "in_need", "total_load")


def compute(derived: Derived, year: ReportingYear) -> Iterator[Figure]:
    """Figures of the section for one year."""
    make = Section(MEASURES, year)
    records = derived.records
    children = derived.looked_after(year)["CHILD"]
    if not records.service_kept("iro_staff", year):
        missing = records.service_missing("iro_staff", year)
        yield from make.all_missing(_names(*STAFF, *ALLOCATION), missing)
        yield from _load(derived, make, len(children), None)
        return
    staff = _in_effect(records.service.tables["iro_staff"], year)
    posts = staff[staff["iro_id"].notna()]
    in_post = float(posts["fte"].sum())
    yield from _establishment(make, staff, posts)
    yield make.ratio("service.caseload", len(children), in_post)
    yield from _range(derived, make, posts, frozenset(children))
    yield from _load(derived, make, len(children), in_post)


def _names(*names: str) -> tuple[str, ...]:
    return tuple(f"{SECTION}.{name}" for name in names)


def _in_effect(table: pd.DataFrame, year: ReportingYear) -> pd.DataFrame:
    """Rows of the year's own file that hold on 31 March."""
    last = pd.Timestamp(year.last_day)
    rows = table[table["YEAR"] == year.end]
    return rows[~(rows["start"] > last) & ~(rows["end"] < last)]


def _establishment(make: Section, staff: pd.DataFrame, posts: pd.DataFrame) -> Iterator[Figure]:
    in_post = float(posts["fte"].sum())
    if staff["establishment_fte"].notna().any():
        establishment = float(staff["establishment_fte"].sum())
        yield make.value("service.establishment", establishment)
        yield make.value("service.vacant", max(0.0, establishment - in_post))
    else:
        yield from make.all_missing(_names("establishment", "vacant"), Status.NOT_RECORDED)
    yield make.value("service.in_post", in_post)
    for breakdown in (CONTRACT, ROLE):
        recorded = posts[breakdown.name].notna().all()
        for key in breakdown.categories:
            where = {"breakdown": breakdown.name, "category": key}
            if recorded:
                share = posts.loc[posts[breakdown.name] == key, "fte"].sum()
                yield make.value("service.in_post", float(share), **where)
            else:
                yield make.missing("service.in_post", Status.NOT_RECORDED, **where)
    yield make.value("service.headcount", posts["iro_id"].nunique())


def _range(
    derived: Derived, make: Section, posts: pd.DataFrame, children: frozenset[str]
) -> Iterator[Figure]:
    year = make.year
    if not derived.records.service_kept("iro_allocation", year):
        missing = derived.records.service_missing("iro_allocation", year)
        yield from make.all_missing(_names(*ALLOCATION), missing)
        return
    allocations = derived.records.service.tables["iro_allocation"]
    dated = allocations.assign(start=allocations["start"].fillna(allocations["allocated_on"]))
    current = _in_effect(dated, year)
    own = current[current["child_id"].str.upper().map(child_id).isin(children)]
    each = own.groupby("iro_id")["child_id"].nunique()
    fte = posts.groupby("iro_id")["fte"].sum()
    loads = (each / fte[fte > 0]).dropna()
    if loads.empty:
        yield from make.all_missing(_names(*ALLOCATION), Status.NOT_AVAILABLE)
        return
    yield make.value("service.caseload_lowest", float(loads.min()))
    yield make.value("service.caseload_highest", float(loads.max()))
    yield make.value("service.iros", len(loads))
    bands = loads.map(
        lambda load: "below" if load < BELOW else "above" if load > ABOVE else "within"
    )
    yield from make.counts("service.iros", "band", bands)


def _load(
    derived: Derived, make: Section, children: int, in_post: float | None
) -> Iterator[Figure]:
    table = derived.records.service.tables["cp_caseload"]
    last = pd.Timestamp(make.year.last_day)
    counts = table[(table["YEAR"] == make.year.end) & (table["date"] <= last)]
    if counts.empty:
        missing = derived.records.service_missing("cp_caseload", make.year)
        yield from make.all_missing(_names(*LOAD), missing)
        return
    latest = counts.sort_values("date", kind="stable").iloc[-1]
    total = float(children)
    for name, column in (("child_protection", "children_cp"), ("in_need", "children_cin")):
        number = latest[column]
        if pd.isna(number):
            yield make.missing(f"service.{name}", Status.NOT_RECORDED)
        else:
            total += float(number)
            yield make.value(f"service.{name}", float(number))
    if in_post is None or pd.isna(latest["children_cp"]):
        yield make.missing("service.total_load", Status.NOT_RECORDED)
    else:
        yield make.ratio("service.total_load", total, in_post)
