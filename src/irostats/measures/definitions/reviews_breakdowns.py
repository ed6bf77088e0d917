"""The ways in which reviews are divided."""

from __future__ import annotations

from irostats.registry import Breakdown

NOT_KNOWN = "not_known"
NOT_RECORDED = "not_recorded"
OTHERS = "others"
MOST_TEAMS = 8
"""Teams that are shown by their number; those beyond are counted with the others."""
TEAM_IROS = 3
TEAM_REVIEWS = 10
"""What a team must have in a year to be shown by itself: no figure may speak of one or two IROs."""

SEQUENCE = Breakdown(
    "sequence",
    "Which review",
    {"first": "First review", "second": "Second review", "later": "Third and later reviews"},
)
QUARTER = Breakdown(
    "quarter",
    "Quarter",
    {
        "q1": "April to June",
        "q2": "July to September",
        "q3": "October to December",
        "q4": "January to March",
    },
)
LEGAL_STATUS = Breakdown(
    "legal_status",
    "Legal status on the day",
    {
        "full_care_order": "Full care order",
        "interim_care_order": "Interim care order",
        "placement_order": "Placement order granted",
        "section_20": "Voluntary agreement under section 20",
        "child_protection": "Detained for child protection",
        "youth_justice": "Youth justice",
        "freeing_order": "Freeing order (historic)",
        NOT_KNOWN: "Not known",
    },
    protect=True,
)
PLACEMENT = Breakdown(
    "placement_type",
    "Placement on the day",
    {
        "foster": "Foster placements",
        "adoption": "Placed for adoption",
        "parents": "Placed with parents",
        "childrens_homes": "Secure homes and children's homes",
        "independent": "Independent and semi-independent living",
        "residential_schools": "Residential schools",
        "other_residential": "Other residential settings",
        "other": "Other placements",
        NOT_KNOWN: "Not known",
    },
    protect=True,
)
TEAM = Breakdown(
    "team",
    "Team",
    {
        **{f"team_{n}": f"Team {n}" for n in range(1, MOST_TEAMS + 1)},
        OTHERS: "All other teams",
        NOT_RECORDED: "Team not recorded",
    },
    protect=True,
)
SPLITS = (SEQUENCE, QUARTER, LEGAL_STATUS, PLACEMENT, TEAM)
"""By each of these, reviews are held, on time, late or not assessable."""

PER_CHILD = Breakdown(
    "reviews_per_child",
    "Reviews in the year",
    {"1": "1 review", "2": "2 reviews", "3": "3 reviews", "4_or_more": "4 or more reviews"},
    protect=True,
)
LATENESS = Breakdown(
    "lateness",
    "Working days late",
    {
        "1_to_5": "1 to 5",
        "6_to_10": "6 to 10",
        "11_to_20": "11 to 20",
        "21_or_more": "21 or more",
    },
)
REASON = Breakdown(
    "reason",
    "Reason",
    {
        "social_worker_absent": "Social worker absent",
        "report_not_ready": "Report not ready",
        "iro_capacity": "IRO's sickness or capacity",
        "late_notification": "Late notification of a new child",
        "parent_request": "Parent's request",
        "child_request": "Child's request",
        "placement_move": "Placement move",
        "child_missing": "Child missing",
        "school_holiday": "School holiday",
        "administrative_error": "Administrative error",
        "awaiting_court": "Awaiting court",
        "other": "Other reason",
        NOT_RECORDED: "Reason not recorded",
    },
    protect=True,
)
METHOD = Breakdown(
    "method",
    "How the review was held",
    {
        "in_person": "In person",
        "virtual": "Virtually",
        "hybrid": "Both (hybrid)",
        NOT_RECORDED: "Not recorded",
    },
)
