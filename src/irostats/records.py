"""Records: one authority's inputs for one reporting year, with the earlier years behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.figures import Status
from irostats.history import contiguous, refuse_gaps, refuse_mixture, sent_tables
from irostats.inputs import Inputs, gather
from irostats.issues import Issue, Severity
from irostats.narrative import examine
from irostats.parameters import Parameters
from irostats.service import (
    TABLES,
    ServiceTables,
    aligned,
    closed_too_early,
    stack_service,
    unknown_wordings,
)
from irostats.settings import Authority, YearSettings
from irostats.ssda903 import Return, SourceFile, check


@dataclass(frozen=True)
class Records:
    """Typed tables of one authority and reporting year.

    Attributes:
        authority: Settings from authority.toml.
        year: The year reported on.
        history: The years in use, oldest first, without a gap, ending with ``year``.
        settings: What year.toml says of the year reported on.
        tables: SSDA903 tables of all years in use, stacked; a later return wins.
        sent: For each of them, the end years of the returns that hold it.
        service: Service tables of all years in use, stacked.
        population: Children aged 0 to 17, and the source, by year.
        narrative: What people wrote for this year, by section, unchecked.
        files: Every file that was read, relative to the authority's folder, with SHA-256.
        issues: What reading found.
    """

    authority: Authority
    year: ReportingYear
    history: tuple[ReportingYear, ...]
    settings: YearSettings
    tables: Mapping[str, pd.DataFrame]
    sent: Mapping[str, frozenset[int]]
    service: ServiceTables
    population: Mapping[ReportingYear, tuple[float, str]]
    narrative: Mapping[str, str]
    files: tuple[SourceFile, ...]
    issues: tuple[Issue, ...]

    def kept(self, table: str, year: ReportingYear) -> bool:
        """Whether a return of the year has the table in use, even without rows."""
        return year.end in self.sent[table]

    def service_kept(self, table: str, year: ReportingYear) -> bool:
        """Whether the service keeps the table for the year."""
        return year in self.service.years.get(table, frozenset())

    def service_rows(self, table: str, year: ReportingYear) -> pd.DataFrame:
        """Rows of the year's own file of a service table; none if there is no file."""
        rows = self.service.tables[table]
        return rows[rows["YEAR"] == year.end]

    def service_missing(self, table: str, year: ReportingYear) -> Status:
        """Why the service's table is not in use: not kept, or kept and not readable."""
        unusable = year in self.service.unusable.get(table, frozenset())
        return Status.NOT_AVAILABLE if unusable else Status.NOT_RECORDED

    @property
    def reviews_known_from(self) -> ReportingYear:
        """The first year from which every year in use has a Reviews table."""
        known = self.year
        for year in reversed(self.history):
            if not self.kept("reviews", year):
                break
            known = year
        return known

    def reviews_kept(self, year: ReportingYear) -> bool:
        """Whether the year's reviews are all in use."""
        return year in self.history and year >= self.reviews_known_from


def load(parameters: Parameters) -> Records:
    """Read everything that the report of one authority and year may use.

    Raises:
        InputError: The year has no return, a table is missing without which nothing can be
            computed, or synthetic and real years would be mixed.
        SettingsError: A settings file cannot be used.
    """
    return assemble(gather(parameters))


def assemble(inputs: Inputs, *, examined: bool = True) -> Records:
    """Join the years that were read.

    Args:
        inputs: What was read.
        examined: Whether to look for what is wrong in rows, which no figure depends on.

    Raises:
        InputError: A table is missing without which nothing can be computed, or synthetic and
            real years would be mixed.
    """
    parameters, found = inputs.parameters, inputs.folders
    refuse_mixture(parameters, found)
    returned, history = contiguous([part.returned for part in found], parameters.year)
    sent = sent_tables(part.returned for part in found)
    refuse_gaps(parameters, returned, sent)
    service = stack_service([part.service for part in reversed(found) if part.year in history])
    return Records(
        authority=inputs.authority,
        year=parameters.year,
        history=history,
        settings=found[0].settings,
        tables=returned.tables,
        sent=sent,
        service=replace(
            service, tables=aligned(service.tables, returned.tables["header"]["CHILD"])
        ),
        population=inputs.population,
        narrative=inputs.narrative,
        # Several years' returns may have used one postcode directory.
        files=tuple(dict.fromkeys((*returned.files, *service.files, *inputs.files))),
        issues=_issues(inputs, returned, history, service) if examined else (),
    )


def _issues(
    inputs: Inputs, returned: Return, history: tuple[ReportingYear, ...], service: ServiceTables
) -> tuple[Issue, ...]:
    """What reading found, and what is wrong in rows that were read."""
    year = inputs.parameters.year
    return (
        *returned.issues,
        *check(returned, year=year),
        *service.issues,
        *closed_too_early(service.tables),
        *unknown_wordings(service.tables),
        *_not_given(year, history, service, inputs.population),
        *examine(inputs.narrative),
    )


def _not_given(
    year: ReportingYear,
    history: tuple[ReportingYear, ...],
    service: ServiceTables,
    population: Mapping[ReportingYear, tuple[float, str]],
) -> list[Issue]:
    """A note for each optional input that is not there, with what it costs the report."""
    costs = []
    if len(history) == 1:
        costs.append(
            f"No return for {year.previous} was given: changes on the year before, and reviews "
            "whose due dates depend on it, are not assessable unless reviews_local gives them."
        )
    if year not in population:
        costs.append(f"population.csv has no row for {year}: the rate prints not available.")
    costs += [
        f"The year's service folder has no {name}.csv: {table.prints} not recorded."
        for name, table in TABLES.items()
        if not any(
            year in years[name] for years in (service.years, service.unusable, service.templates)
        )
    ]
    return [
        Issue(Severity.NOTE, "not-given", cost, next_step="Give it if the authority has it.")
        for cost in costs
    ]
