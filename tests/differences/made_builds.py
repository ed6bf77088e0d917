"""Two builds of a small authority without rendering: provisional and final returns on disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import irostats
from irostats import opendata
from irostats.build import run
from irostats.differences.builds import Build, read_build
from irostats.differences.figures import Moved
from irostats.documents import FIGURES, named
from small_authority import Child, write_year

YEAR, BEFORE = "2020-21", "2019-20"

ANN = Child(
    "SECRET1",
    "01/05/2019",
    born="14/02/2009",
    reviews={
        "20/05/2019": "PN1",
        "19/08/2019": "PN1",
        "10/02/2020": "PN1",
        "05/08/2020": "PN1",
        "04/02/2021": "PN3",
    },
)
BEN = Child(
    "SECRET2",
    "03/06/2019",
    born="15/02/2008",
    reviews={"20/06/2019": "PN1", "10/09/2019": "PN1", "02/03/2020": "PN7", "01/09/2020": "PN1"},
)
"""Six calendar months after 1 September 2020 is 1 March 2021; 183 days after it, 3 March."""
CHILDREN = (ANN, BEN)


def with_review(child: Child, **held: str) -> Child:
    """The child with one more review: ``d02_03_2021="PN1"``."""
    more = {day[1:].replace("_", "/"): code for day, code in held.items()}
    return replace(child, reviews={**child.reviews, **more})


def write(
    data: Path,
    now: Sequence[Child] = CHILDREN,
    before: Sequence[Child] | None = None,
    settings: str = "",
) -> Path:
    """Both years' returns: this year's of ``now``, last year's of ``before`` (the same)."""
    for year, children in ((BEFORE, now if before is None else before), (YEAR, now)):
        write_year(data, year, children)
    if settings:
        path = data / "smalltown" / "authority.toml"
        path.write_text(path.read_text(encoding="utf-8") + settings, encoding="utf-8")
    return data


def build(data: Path, folder: Path, year: str = YEAR, audience: str = "internal") -> Build:
    """What ``irostats build`` writes beside the documents."""
    report = irostats.open("smalltown", year, data=str(data), audience=audience)
    folder.mkdir(parents=True)
    name = named(FIGURES, report.parameters.audience.marking)
    (folder / name).write_bytes(opendata.written(report))
    run._write_provenance(folder, report, (name,), datetime(2021, 6, 1, tzinfo=UTC), "-")
    return read_build(folder)


def file_of(made: Build, name: str) -> Path:
    """A file of a build: ``figures.csv`` or ``provenance.json``, with its marking."""
    return made.folder / named(name, made.audience.marking)


def altered(made: Build, change: Callable[[dict[str, Any]], None]) -> Build:
    """The build with another provenance."""
    path = file_of(made, "provenance.json")
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    path.write_text(json.dumps(said), encoding="utf-8")
    return read_build(made.folder)


def find(moved: Sequence[Moved], measure: str, category: str = "", year: str = "") -> Moved:
    """A figure that moved, undivided unless a category is named."""
    (found,) = [
        figure
        for figure in moved
        if figure.cell[0] == measure
        and (figure.cell[2] == category if category else figure.undivided)
        and (str(figure.year) == year if year else figure.year is None)
    ]
    return found
