"""Made-up figures of every measure in the registry, and views of them, for tests of present."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from irostats.calendar import ReportingYear
from irostats.disclosure import protect
from irostats.figures import Figure, Figures, Status
from irostats.intervals import wilson
from irostats.issues import Issue, IssueLog, Severity
from irostats.measures import REGISTRY
from irostats.parameters import Audience
from irostats.present import View
from irostats.published import Published
from irostats.registry import TOTAL, Measure, Unit
from irostats.settings import Authority, Identity, Protection, Words

YEAR = ReportingYear(2021)
CELL = tuple[str, str, str]

TOTALS = {
    "profile.looked_after": 351,
    "profile.in_year": 498,
    "profile.periods_started": 147,
    "profile.children_started": 141,
    "profile.periods_ended": 160,
    "profile.children_ceased": 155,
    "profile.periods_open_before": 364,
    "profile.periods_in_year": 511,
    "profile.periods_open": 351,
    "reviews.held": 1021,
    "reviews.children": 421,
    "reviews.on_time": 1009,
    "reviews.late": 12,
    "reviews.not_assessable": 0,
    "reviews.due": 1003,
    "reviews.due_met": 990,
    "reviews.due_missed": 13,
    "reviews.children_all_on_time": 318,
    "reviews.children_some_late": 9,
    "reviews.children_not_assessable": 4,
    "reviews.overdue": 2,
    "reviews.adoption": 41,
    "participation.counted": 830,
    "participation.took_part": 792,
    "participation.attended": 655,
    "participation.took_part_all": 795,
    "participation.codes": 1021,
    "participation.children": 340,
    "participation.children_any": 333,
    "participation.children_every": 312,
    "participation.parents": 1021,
    "participation.carers": 1021,
    "participation.advocacy": 1021,
    "participation.chaired": 1021,
    "participation.visited": 1021,
    "participation.feedback": 85,
    "service.establishment": 6.5,
    "service.in_post": 6.0,
    "service.vacant": 0.5,
    "service.headcount": 7,
    "service.iros": 7,
    "service.caseload_lowest": 52.5,
    "service.caseload_highest": 68.0,
    "service.child_protection": 240,
    "service.in_need": 90,
    "service.conferences": 412,
    "service.all_year": 262,
    "service.budget": 468_000,
    "service.supervision": 91,
    "service.without_supervision": 0,
    "service.without_training": 1,
    "challenge.alerts": 102,
    "challenge.brought_forward": 2,
    "challenge.opened": 11,
    "challenge.active": 13,
    "challenge.closed": 11,
    "challenge.open": 2,
    "challenge.alerts_closed": 100,
    "challenge.cafcass": 0,
    "challenge.legal_advice": 1,
}
"""Of the last year; earlier years are scaled down from these."""

RATIOS: Mapping[str, tuple[str | float, str | float, float]] = {
    "profile.looked_after_percent": ("profile.looked_after", "profile.looked_after", 100),
    "profile.rate": ("profile.looked_after", 50310, 10_000),
    "reviews.per_child": ("reviews.held", "reviews.children", 1),
    "reviews.on_time_percent": ("reviews.on_time", "reviews.held", 100),
    "reviews.due_met_percent": ("reviews.due_met", "reviews.due", 100),
    "reviews.children_all_on_time_percent": ("reviews.children_all_on_time", 327, 100),
    "participation.percent": ("participation.took_part", "participation.counted", 100),
    "participation.attended_percent": ("participation.attended", "participation.counted", 100),
    "participation.percent_of_all": ("participation.took_part_all", "reviews.held", 100),
    "participation.children_any_percent": (
        "participation.children_any",
        "participation.children",
        100,
    ),
    "participation.children_every_percent": (
        "participation.children_every",
        "participation.children",
        100,
    ),
    "participation.parents_percent": (540, 980, 100),
    "participation.carers_percent": (760, 980, 100),
    "participation.advocacy_percent": (88, 980, 100),
    "participation.chaired_percent": (14, 980, 100),
    "participation.visited_percent": (610, 960, 100),
    "participation.visited_children_percent": (301, 402, 100),
    "participation.unrecorded_percent": (21, 1021, 100),
    "service.caseload": ("profile.looked_after", "service.in_post", 1),
    "service.total_load": (681, "service.in_post", 1),
    "service.conferences_in_time_percent": (377, 401, 100),
    "service.same_iro_percent": (243, 262, 100),
    "service.iro_changes_per_child": (19, 262, 1),
    "service.cost_per_review": ("service.budget", "reviews.held", 1),
    "service.supervision_per_iro": (84, 7, 1),
    "challenge.closed_in_time_percent": (8, 11, 100),
    "challenge.alerts_in_time_percent": (91, 100, 100),
    "challenge.alerts_per_100": ("challenge.alerts", "profile.looked_after", 100),
    "challenge.disputes_per_100": ("challenge.opened", "profile.looked_after", 100),
}
CHANGED = ("profile.looked_after", "reviews.held")
CHANGES = ("_change", "_change_percent")
RARE = {
    "not_known": 0.0,
    "not_recorded": 0.0,
    "freeing_order": 0.0,
    "under_1": 0.3,
    "white_british": 6,
    "n1": 6,
    "n7": 0.02,
    "uasc": 0.06,
    "n2": 0.1,
    "pn3": 0.1,
    "4": 0.0,
    "5": 0.0,
    "first": 0.3,
    "second": 0.3,
    "agency": 0.2,
    "compliance": 0.0,
    "no": 0.3,
    "within": 8,
}
"""How common a category is beside the others of its breakdown; 1 unless given."""

AUTHORITY = Authority(
    slug="made-up",
    identity=Identity("Peterborough", "Peterborough City Council", "874"),
    words=Words(
        "children in care", "child in care", "IRO service", "Corporate Parenting Committee"
    ),
    # Made-up figures do not hang together: what one tells of another is nobody's business here.
    protection=Protection("primary"),
)


def split(total: float, keys: Sequence[str], random: Random) -> dict[str, float]:
    """A whole number divided among keys so that the parts add up to it."""
    weights = [RARE.get(key, 1) * random.uniform(0.5, 1.5) for key in keys]
    parts = [float(int(total * weight / sum(weights))) for weight in weights]
    parts[weights.index(max(weights))] += total - sum(parts)
    return dict(zip(keys, parts, strict=True))


def figures_of(
    year: ReportingYear, *, scale: float = 1.0, before: float = 1.0, seed: int = 7
) -> Iterator[Figure]:
    """Every figure of the registry for one year; ``before`` is the scale of the year before."""
    random = Random(f"{seed} {year}")
    cells: dict[CELL, float] = {}
    for name, total in TOTALS.items():
        _fill(cells, REGISTRY[name], total, scale, random)
    for (name, breakdown, key), value in cells.items():
        yield Figure(name, REGISTRY[name].period(year), value, breakdown, key)
    for name, (above, below, times) in RATIOS.items():
        yield from _ratios(cells, REGISTRY[name], (above, below), times, year)
    for name in CHANGED:
        yield from _changes(name, cells[name, TOTAL, TOTAL], TOTALS[name] * before, year)
    named = {*TOTALS, *RATIOS, *(f"{name}{end}" for name in CHANGED for end in CHANGES)}
    for name, measure in REGISTRY.measures.items():
        if name not in named:
            yield from _any(measure, year, scale, random)


def _any(measure: Measure, year: ReportingYear, scale: float, random: Random) -> Iterator[Figure]:
    """Some number for each cell of a measure that no total is given for."""
    period = measure.period(year)
    total = round(random.randint(20, 90) * scale)
    counts = measure.unit is Unit.COUNT
    if counts or measure.unit is not Unit.PERCENT:
        yield Figure(measure.name, period, float(total))
    else:
        yield _share(measure, period, TOTAL, TOTAL, total, random)
    for breakdown in measure.breakdowns:
        for key, part in split(total, tuple(breakdown.categories), random).items():
            if counts or measure.unit is not Unit.PERCENT:
                yield Figure(measure.name, period, part, breakdown.name, key)
            else:
                yield _share(measure, period, breakdown.name, key, int(part), random)


def _share(
    measure: Measure, period: str, breakdown: str, key: str, below: int, random: Random
) -> Figure:
    figure = Figure(measure.name, period, breakdown=breakdown, category=key)
    if below == 0:
        return figure.without_value(Status.NOT_APPLICABLE)
    above = random.randint(0, below)
    lower, upper = wilson(above, below)
    return replace(
        figure,
        value=100 * above / below,
        numerator=float(above),
        denominator=float(below),
        lower=lower,
        upper=upper,
    )


def _fill(
    cells: dict[CELL, float], measure: Measure, total: float, scale: float, random: Random
) -> None:
    whole = measure.unit is Unit.COUNT
    value = float(round(total * scale)) if whole else total
    cells[measure.name, TOTAL, TOTAL] = value
    for breakdown in measure.breakdowns:
        keys = tuple(breakdown.categories)
        parts = split(value, keys, random)
        if measure.name in ("reviews.on_time", "participation.took_part"):
            base = "reviews.held" if measure.section == "reviews" else "participation.counted"
            parts = {
                key: float(int(cells[base, breakdown.name, key] * random.uniform(0.93, 1)))
                for key in keys
            }
        for key, part in parts.items():
            cells[measure.name, breakdown.name, key] = part


def _ratios(
    cells: Mapping[CELL, float],
    measure: Measure,
    parts: tuple[str | float, str | float],
    times: float,
    year: ReportingYear,
) -> Iterator[Figure]:
    places = [(TOTAL, TOTAL)]
    places += [(b.name, key) for b in measure.breakdowns for key in b.categories]
    of_whole = measure.name == "profile.looked_after_percent"
    for breakdown, key in places:
        above, below = (
            cells[part, breakdown, key] if isinstance(part, str) else part for part in parts
        )
        if of_whole:
            below = cells["profile.looked_after", TOTAL, TOTAL]
        period = measure.period(year)
        figure = Figure(measure.name, period, breakdown=breakdown, category=key)
        if below == 0:
            yield figure.without_value(Status.NOT_APPLICABLE)
        else:
            value = times * above / below
            yield replace(figure, value=value, numerator=above, denominator=below)


def _changes(name: str, now: float, before: float, year: ReportingYear) -> Iterator[Figure]:
    before = float(round(before))
    period = REGISTRY[name].period(year)
    yield Figure(f"{name}_change", period, now - before)
    percent = Figure(f"{name}_change_percent", period)
    if before == 0:
        yield percent.without_value(Status.NOT_APPLICABLE)
    else:
        yield replace(
            percent,
            value=100 * (now - before) / before,
            numerator=now - before,
            denominator=before,
        )


def view(
    years: int = 4,
    *,
    scale: float = 1.0,
    change: Callable[[Figure], Figure] = lambda figure: figure,
    authority: Authority = AUTHORITY,
    audience: Audience = Audience.PUBLIC,
    seed: int = 7,
) -> View:
    """A view of made-up figures.

    Args:
        years: How many years were given.
        scale: What every number is multiplied by.
        change: Applied to each figure before protection.
        authority: Settings.
        audience: Public figures are protected.
        seed: Of the made-up numbers.
    """
    history = tuple(ReportingYear(end) for end in range(YEAR.end - years + 1, YEAR.end + 1))
    scales = [scale * times for times in (1.0, 0.96, 0.99, 0.9, 0.85, 0.8, 0.75, 0.7)]
    rows = [
        change(figure)
        for n, year in enumerate(reversed(history))
        for figure in figures_of(year, scale=scales[n], before=scales[n + 1], seed=seed)
    ]
    figures = Figures.collect(rows, REGISTRY, authority=authority.slug)
    return View(
        figures=protect(figures, authority.protection, audience),
        authority=authority,
        year=YEAR,
        history=history,
        audience=audience,
        synthetic=True,
        status="final",
        issues=ISSUES,
        published=PUBLISHED,
    )


def without(sections: Sequence[str], status: Status) -> Callable[[Figure], Figure]:
    """A change that takes the value of every figure of some sections."""

    def change(figure: Figure) -> Figure:
        gone = figure.measure.partition(".")[0] in sections
        return figure.without_value(status) if gone else figure

    return change


def as_first_year(figure: Figure) -> Figure:
    """What a single year cannot tell: changes, and whether reviews were on time."""
    lost = ("_change", "on_time", "late", "due", "children_some")
    if any(word in figure.measure for word in lost):
        return figure.without_value(Status.NOT_ASSESSABLE)
    return figure


ISSUES = IssueLog(
    (
        Issue(
            Severity.WARNING,
            "review-outside-period",
            "3 reviews lie outside any period of care and were left out.",
            table="Reviews",
            file="2020-21/ssda903/Reviews.csv",
            rows=3,
            figures=("reviews.held", "participation"),
        ),
        Issue(Severity.NOTE, "extra-column", "A column 'Notes' is not read.", table="Episodes"),
    )
)
PUBLISHED = (
    Published("profile.looked_after", Decimal(351), "DfE 2021"),
    Published("profile.looked_after", Decimal(204), "DfE 2021", "sex", "male"),
    Published(
        "reviews.on_time_percent", Decimal("99.9"), "Seed 5.1", decimals=1, reason="Counted later."
    ),
)
SECTIONS = tuple(dict.fromkeys(measure.section for measure in REGISTRY.measures.values()))
VIEWS: Mapping[str, Callable[[], View]] = {
    "full": view,
    "first year": lambda: view(1, change=as_first_year),
    "no service tables": lambda: view(
        change=without(("service", "challenge", "monitoring", "priorities"), Status.NOT_RECORDED)
    ),
    "all suppressed": lambda: view(change=without(SECTIONS, Status.SUPPRESSED)),
    "zero children": lambda: view(scale=0.0),
    "few children": lambda: view(scale=0.05),
    "seven years": lambda: view(7, audience=Audience.INTERNAL),
}
"""Reports of every kind that a chart or table must survive."""
