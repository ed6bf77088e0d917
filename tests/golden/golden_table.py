"""The table of published figures and the list of those that the samples cannot meet."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
SHIPPED = {
    "central-bedfordshire": ("2010-11", "2011-12", "2017-18", "2018-19"),
    "bath-and-north-east-somerset": ("2016-17", "2017-18", "2018-19"),
    "peterborough": ("2017-18", "2018-19", "2019-20", "2020-21"),
    "york": ("2015-16", "2016-17", "2017-18", "2018-19"),
    "lancashire": ("2016-17", "2017-18", "2018-19"),
}
AUTHORITY_YEARS = [(authority, year) for authority, years in SHIPPED.items() for year in years]

Key = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Published:
    """One published figure: what was printed, to how many decimals, and where."""

    authority: str
    year: str
    figure: str
    category: str
    value: Decimal
    decimals: int
    source: str
    place: str
    issue: int
    note: str

    @property
    def key(self) -> Key:
        """What an exception names it by."""
        return (self.authority, self.year, self.figure, self.category, str(self.value))

    @property
    def name(self) -> str:
        """As it reads in a test's id."""
        return "-".join(part for part in self.key if part)


def read(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PUBLISHED = [
    Published(
        authority=row["authority"],
        year=row["year"],
        figure=row["figure"],
        category=row["category"],
        value=Decimal(row["value"]),
        decimals=int(row["decimals"]),
        source=row["source"],
        place=row["place"],
        issue=int(row["issue"]),
        note=row["note"],
    )
    for row in read("published.csv")
]
# What the samples do not meet, keyed like the table, with the reason.
EXCEPTIONS: dict[Key, str] = {
    (row["authority"], row["year"], row["figure"], row["category"], row["published"]): row["reason"]
    for row in read("exceptions.csv")
}
