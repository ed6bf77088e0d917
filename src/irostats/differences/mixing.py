"""Inputs put together from parts of two builds' inputs, and the figures that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from irostats.calendar import ReportingYear
from irostats.derive import derive
from irostats.differences.inputs import Part
from irostats.disclosure import protect
from irostats.figures import Figure
from irostats.history import YearFolder
from irostats.inputs import Inputs
from irostats.measures import measure
from irostats.parameters import Audience
from irostats.records import assemble
from irostats.registry import Cell
from irostats.service import TABLES as SERVICE
from irostats.service import ServiceTables
from irostats.settings import Protection, YearSettings
from irostats.ssda903 import TABLES as RETURN
from irostats.ssda903 import Return
from irostats.ssda903.schema import empty

YEAR: Part = ("year", "", "")
"""The year reported on, with all returns and service tables since the other build's year."""
RULES: Part = ("settings", "", "")
POPULATION: Part = ("population", "", "")
POSTCODES: Part = ("postcodes", "", "")
"""The postcode directory; where rows are compared, it shows in the episodes that it located."""

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """The figures that some inputs give: by cell and year, and the year reported on."""

    year: ReportingYear
    figures: Mapping[tuple[Cell, ReportingYear], Figure]

    def get(self, cell: Cell, year: ReportingYear | None) -> Figure | None:
        """A figure of ``year``, or of the year reported on."""
        return self.figures.get((cell, year or self.year))


def figures_of(inputs: Inputs, protection: Protection, audience: Audience) -> Outcome:
    """Measure and protect inputs, without looking for what is wrong in them.

    Raises:
        InputError: Nothing can be computed from them.
    """
    protected = protect(measure(derive(assemble(inputs, examined=False))), protection, audience)
    return Outcome(
        inputs.parameters.year,
        {(figure.cell, ReportingYear.of_period(figure.period)): figure for figure in protected},
    )


def mixed(a: Inputs, b: Inputs, from_b: frozenset[Part]) -> Inputs:
    """The inputs of ``a``, but for those parts that are named: these are ``b``'s.

    Args:
        a: The first build's inputs.
        b: The second's.
        from_b: Parts by kind, folder and table. ``YEAR`` takes the year reported on, and with it
            the folders that only one of the builds can have.
    """
    with_year = b if YEAR in from_b else a
    shared = min(a.parameters.year, b.parameters.year)
    before = {folder.year: folder for folder in a.folders}
    after = {folder.year: folder for folder in b.folders}
    folders = [folder for folder in with_year.folders if folder.year > shared]
    folders += [
        _folder(year, before.get(year), after.get(year), from_b)
        for year in sorted({*before, *after}, reverse=True)
        if year <= shared
    ]
    rules = (b if RULES in from_b else a).authority.rules
    return replace(
        with_year,
        authority=replace(with_year.authority, rules=rules),
        folders=tuple(folders),
        population={
            year: found
            for source, later in ((b if POPULATION in from_b else a, False), (with_year, True))
            for year, found in source.population.items()
            if (year > shared) == later
        },
    )


def _folder(
    year: ReportingYear, a: YearFolder | None, b: YearFolder | None, from_b: frozenset[Part]
) -> YearFolder:
    one, other = a or _nothing(year), b or _nothing(year)

    def pick(kind: str, table: str) -> YearFolder:
        return other if (kind, str(year), table) in from_b else one

    return YearFolder(
        year,
        (a or other).settings,
        _returned(lambda table: pick("return", table).returned),
        _service(lambda table: pick("service", table).service),
    )


def _nothing(year: ReportingYear) -> YearFolder:
    """A folder of which nothing was read."""
    returned = Return({name: empty(name) for name in RETURN}, (), ())
    return YearFolder(year, YearSettings(), returned, ServiceTables({}, {}, {}))


def _returned(pick: Callable[[str], Return]) -> Return:
    """Each table from the return picked for it, with the files that held it there."""
    return Return(
        {name: pick(name).tables[name] for name in RETURN},
        (),
        tuple(
            replace(file, table=name)
            for name in RETURN
            for file in pick(name).files
            if name in file.table.split(",")
        ),
    )


def _service(pick: Callable[[str], ServiceTables]) -> ServiceTables:
    """Each table from the folder picked for it."""
    return ServiceTables(
        {name: pick(name).tables[name] for name in SERVICE if name in pick(name).tables},
        _each(pick, lambda tables: tables.years),
        _each(pick, lambda tables: tables.unusable),
        templates=_each(pick, lambda tables: tables.templates),
    )


def _each(
    pick: Callable[[str], ServiceTables], part: Callable[[ServiceTables], Mapping[str, T]]
) -> dict[str, T]:
    return {name: part(pick(name))[name] for name in SERVICE if name in part(pick(name))}


def stricter(protections: Iterable[Protection]) -> Protection:
    """Protection that hides all that any of them hides."""
    hiding = [found for found in protections if found.suppression != "none"]
    if not hiding:
        return Protection(suppression="none")
    return max(hiding, key=lambda found: found.threshold)
