"""A small made-up authority on disk, for tests that start from a return."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from irostats import parameters
from irostats.derive import Derived, derive
from irostats.figures import Figures
from irostats.measures import measure
from irostats.records import load

HEADINGS = {
    "header": "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB",
    "episodes": "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE "
    "HOME_POST PL_POST URN",
    "reviews": "CHILD DOB REVIEW REVIEW_CODE",
    "uasc": "CHILD SEX DOB DUC",
}
SETTINGS = """
[authority]
name = "Smalltown"
council = "Smalltown Council"
code = "999"
"""


@dataclass
class Child:
    """A child with one period of care; dates as dd/mm/yyyy."""

    name: str
    start: str
    end: str = ""
    reviews: Mapping[str, str] = field(default_factory=dict)
    born: str = "01/01/2010"
    sex: str = "1"
    ethnic: str = "WBRI"
    legal: str = "C2"
    rne: str = "S"
    place: str = "U6"


def write_table(path: Path, headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV file with every heading, blank where a row says nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def write_year(
    folder: Path, year: str, children: Sequence[Child], *, synthetic: bool = True
) -> Path:
    """Write one year's return of the children as given, reviews of that year only."""
    home = folder / "smalltown" / year
    end = int(year[:4]) + 1
    rows: dict[str, list[dict[str, str]]] = {name: [] for name in HEADINGS}
    for child in children:
        rows["header"].append(
            {"CHILD": child.name, "SEX": child.sex, "DOB": child.born, "ETHNIC": child.ethnic}
        )
        rows["episodes"].append(
            {
                "CHILD": child.name,
                "DECOM": child.start,
                "RNE": child.rne,
                "LS": child.legal,
                "CIN": "N1",
                "PLACE": child.place,
                "PLACE_PROVIDER": "PR1",
                "DEC": child.end,
                "REC": "E4A" if child.end else "",
            }
        )
        for day, code in child.reviews.items():
            month, calendar_year = int(day[3:5]), int(day[6:])
            if calendar_year + (month >= 4) == end:
                rows["reviews"].append(
                    {"CHILD": child.name, "DOB": child.born, "REVIEW": day, "REVIEW_CODE": code}
                )
    for name, headings in HEADINGS.items():
        write_table(home / "ssda903" / f"{name}.csv", headings.split(), rows[name])
    (folder / "smalltown" / "authority.toml").write_text(SETTINGS, encoding="utf-8")
    (home / "year.toml").write_text(f"synthetic = {str(synthetic).lower()}\n", encoding="utf-8")
    return home


def derived(folder: Path, year: str) -> Derived:
    """Load and derive the small authority's year."""
    return derive(load(parameters.make("smalltown", year, data=folder)))


def figures(folder: Path, year: str) -> Figures:
    """The unprotected figures of the small authority's year."""
    return measure(derived(folder, year))
