"""What went into two builds and differs: rows of tables, files, settings, versions.

Rows come in, only counts go out: nothing here can lead to a child.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from irostats.differences.builds import UNTOLD, Build, InputFile
from irostats.history import YearFolder
from irostats.service import TABLES as SERVICE
from irostats.ssda903 import TABLES as RETURN

Part = tuple[str, str, str]
"""Something that figures are made from: kind (``return``, ``service``, ``settings``,
``population``, ``postcodes``, ``year``), year's folder, table; empty where that says nothing."""


@dataclass(frozen=True, slots=True)
class RowsDiffer:
    """A table of one year's folder that is not the same for two builds.

    Attributes:
        kind: ``return`` or ``service``.
        folder: Year whose folder it lies in.
        table: Its name; several joined by commas for a file that holds several.
        rows_a: Rows in the first build; None if it has no such table.
        rows_b: Rows in the second.
        added: Rows that only the second has; None where rows cannot be compared.
        removed: Rows that only the first has.
        changed: Rows of the same identity in both, with other content.
    """

    kind: str
    folder: str
    table: str
    rows_a: int | None
    rows_b: int | None
    added: int | None = None
    removed: int | None = None
    changed: int | None = None

    @property
    def part(self) -> Part:
        """What it is, as a possible cause."""
        return self.kind, self.folder, self.table


@dataclass(frozen=True, slots=True)
class SettingDiffers:
    """A setting, or a version, that is not the same: its name and what each build says."""

    name: str
    a: str
    b: str


def compared_rows(
    a: pd.DataFrame, b: pd.DataFrame, columns: Sequence[str], identity: Sequence[str]
) -> tuple[int, int, int]:
    """Rows added, removed and changed between two tables.

    A row of which the other table has an equal one is the same row, wherever it stands. Of the
    others, those of one identity in both tables are changed, as many as there are in both.

    Args:
        a: The first table.
        b: The second.
        columns: What is compared.
        identity: What makes a row the same row; if empty, no row is changed.
    """
    before, after = _counted(a, columns), _counted(b, columns)
    where = [columns.index(name) for name in identity]
    only_a, only_b = _by_identity(before - after, where), _by_identity(after - before, where)
    changed = (only_a & only_b).total() if where else 0
    return only_b.total() - changed, only_a.total() - changed, changed


def _counted(frame: pd.DataFrame, columns: Sequence[str]) -> Counter[tuple[str, ...]]:
    cells = [frame[name].astype("string").fillna("") for name in columns]
    return Counter(zip(*cells, strict=True))


def _by_identity(
    rows: Mapping[tuple[str, ...], int], where: Sequence[int]
) -> Counter[tuple[str, ...]]:
    counted: Counter[tuple[str, ...]] = Counter()
    for row, number in rows.items():
        counted[tuple(row[position] for position in where)] += number
    return counted


def differing_tables(
    a: Iterable[YearFolder], b: Iterable[YearFolder], years: Iterable[str]
) -> list[RowsDiffer]:
    """Tables that differ, counted by row, newest folder first.

    Args:
        a: Year folders of the first build.
        b: Year folders of the second.
        years: Names of the folders to compare.
    """
    before = {str(folder.year): folder for folder in a}
    after = {str(folder.year): folder for folder in b}
    found = []
    for year in sorted(years, reverse=True):
        one, other = _tables(before.get(year)), _tables(after.get(year))
        for kind, table in [*(("return", t) for t in RETURN), *(("service", t) for t in SERVICE)]:
            differs = _table((kind, year, table), one, other)
            if differs:
                found.append(differs)
    return found


def _tables(folder: YearFolder | None) -> dict[tuple[str, str], pd.DataFrame | None]:
    """The tables that a year's folder holds, also without a row; None if it cannot be read."""
    if folder is None:
        return {}
    sent = {name for file in folder.returned.files for name in file.table.split(",")}
    returned = folder.returned.tables
    return {
        **{("return", name): returned[name] for name in RETURN if name in sent},
        **{("service", name): None for name in folder.service.unusable},
        **{("service", name): table for name, table in folder.service.tables.items()},
    }


def _table(
    part: Part,
    one: Mapping[tuple[str, str], pd.DataFrame | None],
    other: Mapping[tuple[str, str], pd.DataFrame | None],
) -> RowsDiffer | None:
    kind, _, name = part
    a, b = one.get((kind, name)), other.get((kind, name))
    columns, identity = _shape(kind, name)
    lacking = pd.DataFrame({column: pd.Series(dtype="string") for column in columns})
    before, after = (lacking if frame is None else frame for frame in (a, b))
    counts = compared_rows(before, after, columns, identity)
    alike = (a is None) == (b is None) and ((kind, name) in one) == ((kind, name) in other)
    if alike and not any(counts):
        return None
    rows = [None if frame is None else len(frame) for frame in (a, b)]
    return RowsDiffer(*part, rows[0], rows[1], *counts)


def _shape(kind: str, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Columns of a table, and those that make a row the same row.

    A service table whose rows have no identity of their own is compared by what none lacks.
    """
    if kind == "return":
        return (*RETURN[name].kept, "YEAR"), (*RETURN[name].identity, "YEAR")
    table = SERVICE[name]
    needed = tuple(key for key, column in table.columns.items() if column.needed)
    return (*table.columns, "YEAR"), table.identity or needed


def differing_files(a: Build, b: Build, years: Iterable[str]) -> list[RowsDiffer]:
    """Tables whose files differ, as far as the builds noted it: without the files themselves.

    A file that only bears another name is the same file.
    """
    before, after, wanted = _files(a.inputs), _files(b.inputs), set(years)
    return [
        RowsDiffer(*part, _rows(before.get(part)), _rows(after.get(part)))
        for part in sorted({*before, *after}, key=lambda part: (part[0], part[2]))
        if part[1] in wanted and _prints(before.get(part)) != _prints(after.get(part))
    ]


def _files(inputs: Iterable[InputFile]) -> dict[Part, list[InputFile]]:
    found: dict[Part, list[InputFile]] = defaultdict(list)
    for file in inputs:
        if file.kind in ("return", "service"):
            name = file.tables or file.path.rpartition("/")[2].partition(".")[0]
            found[file.kind, file.folder, name].append(file)
    return found


def _rows(files: Sequence[InputFile] | None) -> int | None:
    if files is None:
        return None
    untold = any(file.rows == UNTOLD for file in files)
    return UNTOLD if untold else sum(file.rows for file in files)


def _prints(files: Sequence[InputFile] | None) -> list[str]:
    return sorted(file.sha256 for file in files or ())


def differing_settings(a: Build, b: Build) -> list[SettingDiffers]:
    """Settings, populations and versions that differ."""
    before, after = _settings(a), _settings(b)
    return [
        SettingDiffers(name, before.get(name, "-"), after.get(name, "-"))
        for name in dict.fromkeys((*before, *after))
        if before.get(name, "-") != after.get(name, "-")
    ]


def postcodes(build: Build) -> str:
    """SHA-256 of the postcode directory that placements were located by; empty if by none."""
    return next((file.sha256 for file in build.inputs if file.kind == "postcodes"), "")


def _settings(build: Build) -> dict[str, str]:
    nested: dict[str, Mapping[str, Any]] = {
        name: content
        for name, content in asdict(build.authority).items()
        if isinstance(content, dict)
    }
    people = build.population or {}
    return {
        "return": build.status,
        "audience": build.audience.value,
        "years in use": ", ".join(map(str, build.history)),
        **{f"[{s}] {k}": _text(v) for s, part in nested.items() for k, v in part.items()},
        **{f"population {year}": f"{number:,.0f}" for year, number in people.items()},
        "postcode directory": postcodes(build)[:12] or "none",
        "irostats": f"{build.code[1]} ({build.code[0][:12]})",
        **build.libraries,
    }


def _text(value: object) -> str:
    return ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else str(value)
