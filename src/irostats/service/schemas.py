"""What each service table holds: its columns, and what a row must satisfy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema


class Kind(Enum):
    """What a column holds."""

    TEXT = "string"
    DATE = "datetime64[us]"
    NUMBER = "float64"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a service table.

    Args:
        guide: What to write in it, for the person who fills it in.
        kind: Text, date or number.
        needed: Whether a row without it cannot be used.
        choices: The only words allowed, if any.
        least: The smallest number allowed.
        most: The largest number allowed.
    """

    guide: str
    kind: Kind = Kind.TEXT
    needed: bool = False
    choices: tuple[str, ...] = ()
    least: float = 0
    most: float = 1_000_000


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """One service table.

    Args:
        guide: What the table is for.
        columns: By heading, in order.
        prints: What prints "not recorded" without it, with its verb.
        identity: Columns that make a row the same record in another year's file; empty if
            every year's file stands for itself.
        figures: Measures or sections that its rows move.
    """

    guide: str
    columns: Mapping[str, Column]
    prints: str
    identity: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def _date(guide: str, *, needed: bool = False) -> Column:
    return Column(guide, Kind.DATE, needed=needed)


def _number(guide: str, *, needed: bool = False, most: float = 1_000_000) -> Column:
    return Column(guide, Kind.NUMBER, needed=needed, most=most)


IRO = "A code for the IRO, not a name."
CHILD = "The child's identifier, as in the SSDA903 return."

TABLES: Mapping[str, ServiceTable] = MappingProxyType(
    {
        "iro_staff": ServiceTable(
            "IRO posts, one row for each post and its holder; a vacancy is a row without a holder.",
            {
                "iro_id": Column(IRO + " Blank for a vacant post."),
                "start": _date("First day in post; blank if before this year."),
                "end": _date("Last day in post; blank if still in post."),
                "fte": _number("The holder's full-time equivalent, such as 0.6.", most=2),
                "headcount": _number("1 for a person, 0 for a second post.", most=1),
                "contract": Column("permanent or agency.", choices=("permanent", "agency")),
                "role": Column(
                    "cla: reviews only; dual: also chairs conferences.", choices=("cla", "dual")
                ),
                "team": Column("Team, if there are several."),
                "establishment_fte": _number("Full-time equivalent of the post.", most=2),
                "sex": Column("Optional, for the team's profile."),
                "ethnicity": Column("Optional, for the team's profile."),
            },
            prints="posts, IROs in post and caseloads print",
            figures=("service",),
        ),
        "iro_allocation": ServiceTable(
            "Which IRO each child is allocated to.",
            {
                "child_id": Column(CHILD, needed=True),
                "iro_id": Column(IRO, needed=True),
                "allocated_on": _date("Day of allocation."),
                "start": _date("First day; blank means the day of allocation."),
                "end": _date("Last day; blank if still allocated."),
            },
            prints="the range of caseloads prints",
            figures=("service.iros", "service.caseload_lowest", "service.caseload_highest"),
        ),
        "cp_caseload": ServiceTable(
            "Children with a child protection plan, and children in need overseen by IROs.",
            {
                "date": _date("Day of the count.", needed=True),
                "children_cp": _number("Children with a child protection plan."),
                "children_cin": _number("Children in need whose plans IROs oversee."),
            },
            prints="children with a child protection plan and the total load print",
            figures=("service.total_load",),
        ),
        "alerts": ServiceTable(
            "Informal challenges (alerts) by IROs.",
            {
                "id": Column("A number for the alert.", needed=True),
                "child_id": Column(CHILD),
                "raised": _date("Day on which it was raised.", needed=True),
                "category": Column("What it was about."),
                "closed": _date("Day on which it was closed; blank if open."),
            },
            prints="alerts print",
            identity=("id",),
            figures=("challenge.alerts",),
        ),
        "disputes": ServiceTable(
            "Formal disputes, one row for each stage that a dispute reached.",
            {
                "id": Column("A number for the dispute.", needed=True),
                "child_id": Column(CHILD),
                "opened": _date("Day on which the dispute was opened.", needed=True),
                "stage": Column(
                    "Stage reached: 1 to 5.", Kind.NUMBER, needed=True, least=1, most=5
                ),
                "stage_date": _date("Day on which that stage was reached."),
                "closed": _date("Day on which the dispute was closed; blank if open."),
                "outcome": Column("What came of it."),
                "themes": Column("What it was about; several with a semicolon between."),
            },
            prints="disputes print",
            identity=("id", "stage"),
            figures=("challenge",),
        ),
    }
)
"""Tables by the name of their file. Others that a folder holds wait for their measures."""

LATER = (
    "reviews_local",
    "midpoint",
    "health_local",
    "plans",
    "permanence",
    "audits",
    "conferences",
    "participation_local",
    "feedback",
    "referrals",
    "inspections",
    "supervision",
    "budget",
    "priorities",
)
"""Tables that may lie in the folder already, whose measures are not registered yet."""


@cache
def schema(name: str) -> DataFrameSchema:
    """The pandera schema of a typed table; a failure names column, check and row."""
    # Pandera takes half a second to load, and only reading needs it.
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            heading: pa.Column(
                column.kind.value,
                [
                    *([pa.Check.isin(column.choices)] if column.choices else []),
                    *(
                        [pa.Check.in_range(column.least, column.most)]
                        if column.kind is Kind.NUMBER
                        else []
                    ),
                ],
                nullable=not column.needed,
            )
            for heading, column in TABLES[name].columns.items()
        }
    )
