"""The inputs read again for their identifiers, by the readers of the report itself."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from irostats.calendar import ReportingYear
from irostats.postcodes import FILE as POSTCODES
from irostats.service import TABLES as SERVICE
from irostats.service.cells import headings_of
from irostats.service.files import hold
from irostats.service.sheets import Sheet, from_csv
from irostats.ssda903 import TABLES as RETURN
from irostats.ssda903 import dates
from irostats.ssda903.findings import Finding as Passed
from irostats.ssda903.rows import TextRows, read_csv
from irostats.ssda903.schema import BIRTHS
from irostats.ssda903.sources import Source, find
from irostats.ssda903.text import decode, heading_key
from irostats.ssda903.xml_rows import looks_like, read_xml
from irostats.verifying.known import Allowed, Kind, Known

_ALSO = frozenset({name for table in RETURN.values() for name in table.dropped})
_KINDS = {
    "CHILD": Kind.CHILD,
    "UPN": Kind.PUPIL,
    "URN": Kind.PLACEMENT,
    "child_id": Kind.CHILD,
    "iro_id": Kind.WORKER,
    "id": Kind.CASE,
    "series_id": Kind.CASE,
}
_POSTCODES = frozenset({"HOME_POST", "PL_POST"})
_HEADINGS = frozenset(heading_key(name) for table in RETURN.values() for name in table.headings)
PRINTED = {"priorities": ("priority", "note"), "inspections": ("body", "judgement", "finding")}
"""Columns of service tables whose words are printed as they are."""


def read_inputs(folder: Path, years: Iterable[str]) -> Known:
    """Identifiers in the year folders of an authority.

    Args:
        folder: The authority's folder.
        years: Names of year folders; those that are not there are passed over.
    """
    known = Known()
    allowed = [*_settings(folder)]
    for year in sorted(set(years)):
        home = folder / year
        end = ReportingYear.parse(year).end
        if (home / "ssda903").is_dir():
            for source in find(home / "ssda903", relative_to=folder):
                if not isinstance(source, Passed):
                    _return(known, source, end)
        if (home / "service").is_dir():
            for path in sorted((home / "service").glob("*")):
                if path.is_file():
                    allowed += _service(known, path, folder)
        allowed += _written(home)
    known.without(Allowed.of("\n".join(allowed)))
    known.without(_own_words())
    return known


def _return(known: Known, source: Source, end: int) -> None:
    xml = looks_like(source.data)
    read = (read_xml if xml else read_csv)(source, _ALSO)
    for rows in read.tables:
        _rows(known, rows, end)
    text = decode(source.data)[0]
    for number, line in enumerate(text.split("\n"), start=1):
        known.patterns(line, f"{source.path}, line {number}")
    if not xml:
        _others(known, from_csv(source.data), source.path)


def _rows(known: Known, rows: TextRows, end: int) -> None:
    for name, values in rows.columns.items():
        places = [f"{rows.file}, line {line}" for line in rows.lines]
        if name in BIRTHS:
            ends = np.full(len(values), end, dtype=np.int64)
            read = dates.read(values, ends, name).values.astype("datetime64[D]")
            for day, where in zip(read.tolist(), places, strict=True):
                if day is not None:
                    known.birth(day, where)
            continue
        for value, where in zip(values, places, strict=True):
            if value and name in _POSTCODES:
                known.postcode(value, where)
            elif value and name in _KINDS and any(sign.isdigit() for sign in value):
                known.identifier(value, _KINDS[name], where)


def _others(known: Known, sheet: Sheet, path: str) -> None:
    """Words under headings that the return does not have: extracts may hold names."""
    if not sheet.records:
        return
    strange = [
        place for place, head in enumerate(sheet.records[0]) if heading_key(head) not in _HEADINGS
    ]
    _phrases(known, sheet, strange, path)


def _phrases(known: Known, sheet: Sheet, columns: Sequence[int], path: str) -> None:
    for line, record in zip(sheet.lines[1:], sheet.records[1:], strict=True):
        for place in columns:
            cell = record[place] if place < len(record) else ""
            if any(sign.isalpha() for sign in cell):
                known.phrase(cell, f"{path}, line {line}")


def _service(known: Known, path: Path, folder: Path) -> list[str]:
    """Identifiers of a service file; returns the words in it that may be printed."""
    relative = path.relative_to(folder).as_posix()
    printed: list[str] = []
    for name, sheet in hold(path, relative, folder).sheets:
        table = SERVICE[name]
        heads = headings_of(sheet.records[0], table) if sheet.records else []
        free = []
        for place, head in enumerate(heads):
            column = table.columns.get(head)
            cells = [record[place] if place < len(record) else "" for record in sheet.records]
            if head in PRINTED.get(name, ()) or (name == "inspections" and head == "date"):
                printed += cells
            elif head in _KINDS:
                for line, cell in zip(sheet.lines[1:], cells[1:], strict=True):
                    if any(sign.isdigit() for sign in cell):
                        known.identifier(cell, _KINDS[head], f"{relative}, line {line}")
            elif column is None or not column.choices:
                free.append(place)
        _phrases(known, sheet, free, relative)
        for line, record in zip(sheet.lines, sheet.records, strict=True):
            known.patterns(" | ".join(record), f"{relative}, line {line}")
    return printed


def _written(home: Path) -> Iterator[str]:
    """Narrative, and settings of the year: words meant to be printed."""
    for path in (
        *sorted(home.glob("narrative/*.md")),
        *sorted(home.glob("*.toml")),
        home / "published.csv",
    ):
        if path.is_file():
            yield path.read_text(encoding="utf-8-sig", errors="replace")


def _settings(folder: Path) -> Iterator[str]:
    for path in (*sorted(folder.glob("*.toml")), folder / "population.csv"):
        if path.is_file():
            yield path.read_text(encoding="utf-8-sig", errors="replace")


@cache
def _own_words() -> Allowed:
    """All that irostats itself may say: its modules, its lists, and the documents' sources."""
    package = Path(str(resources.files("irostats")))
    paths = [
        path
        for path in sorted(package.rglob("*"))
        if path.suffix in (".py", ".toml", ".csv") and "synthetic" not in path.parts
    ]
    paths += sorted(package.parent.parent.glob("*.qmd"))
    paths += sorted(package.parent.parent.glob("notebooks/*.ipynb"))
    return Allowed.of(
        "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
    )


def changed(folder: Path, inputs: Iterable[Mapping[str, str]]) -> list[str]:
    """Paths of inputs of a build that are not there as they were, under any name.

    Args:
        folder: The authority's folder.
        inputs: Each with ``path`` and ``sha256``, as provenance.json lists them.
    """
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    here = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    for home in sorted(folder.glob("*/ssda903")):
        found = find(home, relative_to=folder)
        here |= {source.sha256 for source in found if not isinstance(source, Passed)}
    postcodes = folder.parent / POSTCODES
    if postcodes.is_file():
        here.add(hashlib.sha256(postcodes.read_bytes()).hexdigest())
    return [entry["path"] for entry in inputs if entry["sha256"] not in here]
