"""What one report shows from: protected figures, settings and the problems found."""

from __future__ import annotations

from dataclasses import dataclass, field

from irostats.calendar import ReportingYear
from irostats.due_dates import YearReconciled
from irostats.figures import Figure, Figures, Status
from irostats.issues import IssueLog
from irostats.parameters import Audience
from irostats.published import Published
from irostats.registry import TOTAL, Measure
from irostats.settings import Authority
from irostats.ssda903 import SourceFile
from irostats.texts import Texts

SHOWN_YEARS = 5
"""How many years a table or chart shows at most: more do not fit a page."""


@dataclass(frozen=True)
class View:
    """All that tables, charts and sentences are made from.

    Args:
        figures: Figures that disclosure control has already passed.
        authority: Settings of the authority: its name and its words.
        year: The year reported on.
        history: The years given without a break, oldest first, ``year`` last.
        audience: Who may read the report.
        synthetic: Whether the returns are made up.
        status: ``provisional`` or ``final``.
        issues: Problems found in the inputs.
        published: Published figures to compare with.
        texts: The service's own words that may be printed.
        published_before: Those of the year before.
        written: Sections for which somebody wrote a narrative.
        files: The files that were read.
        reconciled: Reviews of the return beside those of the case system, year by year.
    """

    figures: Figures
    authority: Authority
    year: ReportingYear
    history: tuple[ReportingYear, ...]
    audience: Audience = Audience.PUBLIC
    synthetic: bool = False
    status: str = "provisional"
    issues: IssueLog = field(default_factory=IssueLog)
    published: tuple[Published, ...] = ()
    texts: Texts = field(default_factory=Texts)
    published_before: tuple[Published, ...] = ()
    written: frozenset[str] = frozenset()
    files: tuple[SourceFile, ...] = ()
    reconciled: tuple[YearReconciled, ...] = ()

    @property
    def name(self) -> str:
        """The authority's name."""
        return self.authority.identity.name

    @property
    def last_year(self) -> ReportingYear | None:
        """The year before, if its return was given."""
        return self.year.previous if self.year.previous in self.history else None

    @property
    def shown(self) -> tuple[ReportingYear, ...]:
        """The years that tables and charts show, oldest first."""
        return self.history[-SHOWN_YEARS:]

    @property
    def two_years(self) -> tuple[ReportingYear, ...]:
        """This year and, if given, the year before: newest first, as charts lay them over it."""
        return (self.year,) if self.last_year is None else (self.year, self.last_year)

    def measure(self, name: str) -> Measure:
        """What the registry knows of a measure."""
        return self.figures.registry[name]

    def get(
        self,
        measure: str,
        year: ReportingYear | None = None,
        *,
        breakdown: str = TOTAL,
        category: str = TOTAL,
    ) -> Figure:
        """A figure of ``year``, or of the year reported on."""
        return self.figures.get(measure, year or self.year, breakdown=breakdown, category=category)

    def before(self, measure: str, *, breakdown: str = TOTAL, category: str = TOTAL) -> Figure:
        """The same figure of the year before; not available if no return was given for it."""
        if self.last_year is None:
            previous = self.get(measure, self.year.previous, breakdown=breakdown, category=category)
            return previous.without_value(Status.NOT_AVAILABLE)
        return self.get(measure, self.last_year, breakdown=breakdown, category=category)

    def by(
        self, measure: str, breakdown: str, year: ReportingYear | None = None
    ) -> dict[str, Figure]:
        """The figures of a breakdown by category, in the order of publication."""
        return self.figures.by(measure, breakdown, year or self.year)
