"""What is measured of the IRO service: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats import handbook
from irostats.measures.definitions.service_work import TEAM, TEAM_RULE, WORK
from irostats.measures.definitions.service_work import TERMS as OF_WORK
from irostats.registry import Breakdown, Measure, Stand, Sum, Term, Unit

SECTION = "service"
GUIDANCE = (50, 70)
"""Children for each full-time IRO that the IRO Handbook calls good practice."""

IN_FORCE = (
    "A row of the year's own iro_staff is in force that began by 31 March or has no start, and "
    "ends on that day or later or has no end."
)
ALLOCATED = (
    "Allocations are rows of the year's own iro_allocation in force on that day (start, else "
    "allocated_on, else from before; end, else still in force)."
)

TERMS = (Term("rows in force", IN_FORCE), Term("allocations", ALLOCATED), *OF_WORK)

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
        "Full-time-equivalent IRO posts on 31 March, filled or vacant: establishment_fte of the "
        f"rows in force. {IN_FORCE} Not recorded where none of them has it.",
        Unit.FTE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
        handbook=handbook.SERVICE,
    ),
    Measure(
        "service.in_post",
        "In post (FTE)",
        "Full-time-equivalent IROs in post on 31 March: fte of the rows in force that name an IRO. "
        "Not recorded where one of them lacks it; by contract and role, where one lacks either.",
        Unit.FTE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
        handbook=handbook.SERVICE,
        breakdowns=(CONTRACT, ROLE),
    ),
    Measure(
        "service.vacant",
        "Vacant (FTE)",
        "Posts in the establishment less IROs in post; nothing if more are in post than the "
        "establishment has. Not recorded where either is not.",
        Unit.FTE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1",
        handbook=handbook.SERVICE + handbook.RESOURCES,
    ),
    Measure(
        "service.headcount",
        "In post (people)",
        "IROs in post on 31 March, each counted once. " + TEAM_RULE,
        source="iro_staff",
        stand=Stand.STOCK,
        item="D1, D7",
        handbook=handbook.SERVICE,
        breakdowns=TEAM,
    ),
    Measure(
        "service.caseload",
        "Average caseload per full-time IRO",
        "Children looked after on 31 March divided by full-time-equivalent IROs in post. The IRO "
        "Handbook calls 50 to 70 good practice. Not recorded as IROs in post.",
        Unit.MEAN,
        numerator="Children looked after on 31 March",
        denominator="Full-time-equivalent IROs in post on 31 March",
        source="Episodes, iro_staff",
        stand=Stand.STOCK,
        item="D2",
        handbook=handbook.SERVICE,
        traps="Counts children looked after only; IROs who also chair conferences carry more.",
    ),
    Measure(
        "service.caseload_lowest",
        "Lowest caseload per full-time equivalent",
        "The lowest of the caseloads of IROs in post with children allocated on 31 March, each "
        f"divided by that IRO's full-time equivalent. {ALLOCATED} Not recorded where one of these "
        "IROs has no full-time equivalent above 0; not applicable where there are none.",
        Unit.MEAN,
        source="iro_allocation, iro_staff",
        stand=Stand.STOCK,
        item="D3",
    ),
    Measure(
        "service.caseload_highest",
        "Highest caseload per full-time equivalent",
        "The highest of these caseloads. Missing as the lowest.",
        Unit.MEAN,
        source="iro_allocation, iro_staff",
        stand=Stand.STOCK,
        item="D3",
    ),
    Measure(
        "service.iros",
        "IROs with children allocated",
        "IROs in post on 31 March to whom at least one child looked after was allocated. "
        f"{ALLOCATED} Bands are not recorded where the range is not.",
        source="iro_allocation, iro_staff",
        stand=Stand.STOCK,
        item="D3",
        handbook=handbook.SERVICE + handbook.RESOURCES,
        breakdowns=(BAND,),
        traps="Nobody is named, and no caseload of a single person is shown but the range.",
    ),
    Measure(
        "service.child_protection",
        "Children with a child protection plan",
        "Children with a child protection plan at the last count of the year's own cp_caseload on "
        "or before 31 March, of several on one day the last. Not recorded without a count.",
        source="cp_caseload",
        stand=Stand.STOCK,
        item="D4",
        protect=True,
    ),
    Measure(
        "service.in_need",
        "Children in need overseen by IROs",
        "Children in need whose plans IROs oversee, at the same count.",
        source="cp_caseload",
        stand=Stand.STOCK,
        item="D4",
        protect=True,
    ),
    Measure(
        "service.total_load",
        "Total load per full-time IRO",
        "Children looked after, children with a child protection plan and children in need "
        "overseen by IROs, divided by full-time-equivalent IROs in post; without children in need "
        "where their number is blank. Not recorded where the number with a plan is.",
        Unit.MEAN,
        numerator="Children looked after, with a plan, and in need overseen by IROs",
        denominator="Full-time-equivalent IROs in post on 31 March",
        source="Episodes, cp_caseload, iro_staff",
        stand=Stand.STOCK,
        item="D4",
        traps="There is no national guidance on a total load; 50 to 70 does not apply to it.",
    ),
    *WORK,
)

RELATIONS: tuple[Sum, ...] = ()
