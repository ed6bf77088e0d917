"""What is measured of the service's priorities: definitions, breakdowns, sums."""

from __future__ import annotations

from irostats.registry import Breakdown, Measure, Sum

SECTION = "priorities"
UNUSABLE = " A row whose year cannot be read as a reporting year is left out."

STATUS = Breakdown(
    "status",
    "What became of it",
    {
        "done": "Done",
        "in_progress": "In progress",
        "not_done": "Not done",
        "not_recorded": "Not recorded",
    },
)

MEASURES = (
    Measure(
        "priorities.total",
        "Priorities for the year",
        "Rows of the year's own table of priorities whose year is the year of the report, by "
        "status; a blank status is not recorded." + UNUSABLE,
        cohort="Priorities set for the year of the report",
        source="priorities",
        item="F6",
        breakdowns=(STATUS,),
        traps="Priorities differ in size: the number done says little by itself.",
    ),
    Measure(
        "priorities.next_year",
        "Priorities for next year",
        "Rows of the year's own table of priorities whose year is the year after the report's, "
        "whatever their status." + UNUSABLE,
        cohort="Priorities set for the year after the report's",
        source="priorities",
        item="F7",
    ),
)

RELATIONS: tuple[Sum, ...] = ()
