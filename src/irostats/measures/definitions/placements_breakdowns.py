"""How placements, absences and social workers are broken down, with DfE's groups and labels."""

from __future__ import annotations

from itertools import product

from irostats.registry import Breakdown
from irostats.ssda903 import codes

NOT_KNOWN = "not_known"
NOT_RECORDED = "not_recorded"
UNKNOWN = {NOT_KNOWN: "Not known"}

PLACEMENT = Breakdown(
    "placement",
    "Placement",
    {group.id: group.label for group in codes.load("PLACE").groups} | UNKNOWN,
    protect=True,
)
PLACEMENT_BEFORE_2018 = Breakdown(
    "placement_before_2018",
    "Placement, as DfE grouped them before 2018",
    {group.id: group.label for group in codes.load("PLACE").former_groups} | UNKNOWN,
    protect=True,
)
PROVIDER = Breakdown(
    "provider",
    "Provider",
    {group.id: group.label for group in codes.load("PLACE_PROVIDER").groups},
    protect=True,
)
LOCALITY = Breakdown(
    "locality",
    "Inside or outside the authority",
    {group.id: group.label for group in codes.load("PL_LOCATION").groups},
    protect=True,
)
DISTANCE = Breakdown(
    "distance",
    "Distance from home",
    {band.id: band.label for band in codes.bands("distance")} | UNKNOWN,
    protect=True,
)
CROSSING = Breakdown(
    "locality*distance",
    "Inside or outside the authority, and distance from home",
    {
        f"{side}*{far}": f"{where}, {miles[0].lower()}{miles[1:]}"
        for (side, where), (far, miles) in product(
            {**LOCALITY.categories, NOT_KNOWN: "Not known where"}.items(),
            {**DISTANCE.categories, NOT_KNOWN: "distance not known"}.items(),
        )
    },
    protect=True,
)
OF_PLACED = (PLACEMENT, PLACEMENT_BEFORE_2018, PROVIDER)
OF_LOCATED = (LOCALITY, DISTANCE, CROSSING)
TIME_IN_CARE = Breakdown(
    "time_in_care",
    "Time in care",
    {
        "under_6_months": "Under 6 months",
        "6_to_12_months": "6 months to under 1 year",
        "1_to_2_years": "1 year to under 2 years",
        "2_to_5_years": "2 years to under 5 years",
        "5_years_and_over": "5 years and over",
    }
    | UNKNOWN,
    protect=True,
)
IN_YEAR = Breakdown(
    "placements_in_year",
    "Placements in the year",
    {"1": "1 placement", "2": "2 placements", "3_or_more": "3 or more placements"},
    protect=True,
)
SOCIAL_WORKERS = Breakdown(
    "social_workers",
    "Social workers in the year",
    {
        "1": "1 social worker",
        "2": "2 social workers",
        "3_or_more": "3 or more social workers",
        NOT_RECORDED: "No social worker recorded",
    },
    protect=True,
)
REASON = Breakdown(
    "reason",
    "Reason for the move",
    {
        code.code.lower(): code.label[0].upper() + code.label[1:]
        for code in codes.load("REASON_PLACE_CHANGE").codes
    }
    | {NOT_RECORDED: "Not recorded"},
    protect=True,
)
KINDS = {"missing": "Missing", "away": "Away without authorisation", NOT_KNOWN: "Not known which"}
KIND = Breakdown("kind", "Kind of absence", KINDS, protect=True)
CHILDREN_BY_KIND = Breakdown("kind", "Kind of absence", KINDS, adds_up=False, protect=True)
