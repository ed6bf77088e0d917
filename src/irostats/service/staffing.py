"""Tables of the service itself: posts, allocations, load, money, supervision."""

from __future__ import annotations

from collections.abc import Mapping

from irostats.service.model import (
    CHILD,
    IRO,
    YES_NO,
    Column,
    ServiceTable,
    date,
    number,
    one_of,
)

TABLES: Mapping[str, ServiceTable] = {
    "iro_staff": ServiceTable(
        "IRO posts, one row for each post and its holder; a vacancy is a row without a holder.",
        {
            "iro_id": Column(IRO + " Blank for a vacant post."),
            "start": date("First day in post; blank if before this year."),
            "end": date("Last day in post; blank if still in post."),
            "fte": number("The holder's full-time equivalent, such as 0.6.", most=2),
            "headcount": number("1 for a person, 0 for a second post.", most=1),
            "contract": one_of("permanent or agency.", "permanent", "agency"),
            "role": one_of("cla: reviews only; dual: also chairs conferences.", "cla", "dual"),
            "team": Column("Team, if there are several."),
            "establishment_fte": number("Full-time equivalent of the post.", most=2),
            "sex": Column("Optional, for the team's profile: male or female."),
            "ethnicity": Column("Optional, for the team's profile: a code such as WBRI."),
        },
        prints="posts, IROs in post and caseloads print",
        figures=("service",),
    ),
    "iro_allocation": ServiceTable(
        "Which IRO each child is allocated to.",
        {
            "child_id": Column(CHILD, needed=True),
            "iro_id": Column(IRO, needed=True),
            "allocated_on": date("Day of allocation."),
            "start": date("First day; blank means the day of allocation."),
            "end": date("Last day; blank if still allocated."),
        },
        prints="the range of caseloads, allocation in time and continuity of IRO print",
        figures=(
            "service.iros",
            "service.caseload_lowest",
            "service.caseload_highest",
            "service.same_iro_percent",
            "monitoring.allocated_percent",
        ),
    ),
    "cp_caseload": ServiceTable(
        "Children with a child protection plan, and children in need overseen by IROs.",
        {
            "date": date("Day of the count.", needed=True),
            "children_cp": number("Children with a child protection plan."),
            "children_cin": number("Children in need whose plans IROs oversee."),
        },
        prints="children with a child protection plan and the total load print",
        figures=("service.total_load",),
    ),
    "conferences": ServiceTable(
        "Child protection conferences that IROs chaired, one row each.",
        {
            "date": date("Day of the conference.", needed=True),
            "type": one_of("icpc: initial; rcpc: review.", "icpc", "rcpc", needed=True),
            "in_time": one_of(
                "Held within its time limit (initial: 15 working days): yes or no.",
                "yes",
                "no",
                also=YES_NO,
            ),
        },
        prints="child protection conferences and their timeliness print",
        figures=("service.conferences",),
    ),
    "budget": ServiceTable(
        "The service's budget, one row a year.",
        {
            "year": Column("Reporting year, such as 2020-21.", needed=True),
            "gbp": number("Pounds.", needed=True, most=1_000_000_000),
        },
        prints="the budget and the cost of a review print",
        figures=("service.budget",),
    ),
    "supervision": ServiceTable(
        "Supervision and training of IROs, one row for each IRO and occasion.",
        {
            "iro_id": Column(IRO, needed=True),
            "date": date("Day.", needed=True),
            "type": one_of("supervision or training.", "supervision", "training", needed=True),
        },
        prints="supervision and training print",
        figures=("service.supervision",),
    ),
}
