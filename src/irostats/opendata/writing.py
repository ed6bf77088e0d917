"""Figures as DfE prints them in its open data, and read back."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.figures import KEY, VALUES, Figure, Status
from irostats.formulas import literal
from irostats.opendata.columns import COLUMNS, NUMBERS
from irostats.present.numbers import status
from irostats.registry import TOTAL, Measure, Unit
from irostats.ssda903.codes import authorities, regions

if TYPE_CHECKING:
    from irostats.report import Report

SYMBOLS: Mapping[Status, str] = {
    Status.SUPPRESSED: "c",
    Status.NOT_AVAILABLE: "x",
    Status.NOT_APPLICABLE: "z",
    Status.LOW: "low",
    Status.NOT_RECORDED: "x",
    Status.NOT_ASSESSABLE: "x",
}
"""What DfE prints in place of a number; it has no symbol of its own for our last two."""
NONE = "z"
NEEDED = {*KEY, *VALUES, "label", "unit"}
ENGLAND = ("E92000001", "England")
_RATIOS = (Unit.PERCENT, Unit.RATE, Unit.MEAN)


def open_data(report: Report) -> pd.DataFrame:
    """Every protected figure of a report as text, one row each, columns ``COLUMNS``.

    Every number column of a row has a number or a symbol, as in DfE's files. Text is as it may
    stand in a CSV file (see ``formulas``).
    """
    place = _place(report)
    marking = report.parameters.audience.marking
    about = f"{marking + ': ' * bool(marking)}{report.settings.status.capitalize()}"
    about += ", synthetic: not a publication of the council" if report.settings.synthetic else ""
    rows = [
        {
            **_time(figure.period),
            **place,
            **_described(figure, report.figures.registry[figure.measure]),
            **_numbers(figure, report.figures.registry[figure.measure]),
            "data_status": about,
        }
        for figure in report.figures
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="object")
    texts = [name for name in COLUMNS if name not in {column.name for column in NUMBERS}]
    return frame.assign(**{name: frame[name].map(literal) for name in texts})


def written(report: Report) -> bytes:
    """figures.csv: UTF-8 with a byte order mark, by which Excel knows it, as DfE's files have."""
    text = open_data(report).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8-sig")


def read(path: Path) -> pd.DataFrame:
    """A figures.csv that ``written`` made, numbers as numbers, NaN for a symbol.

    Raises:
        ValueError: It lacks a column, or a number is neither a number nor a symbol.
    """
    numbers = [column.name for column in NUMBERS]
    frame = pd.read_csv(
        path,
        encoding="utf-8-sig",
        dtype="string",
        keep_default_na=False,
        na_values={name: ["", *SYMBOLS.values()] for name in numbers},
    )
    if NEEDED - set(frame.columns):
        raise ValueError
    return frame.astype(dict.fromkeys(numbers, "float64"))


def _time(period: str) -> dict[str, str]:
    """Year and its kind as DfE writes them: 2017, or 201617 with a quarter.

    DfE's files on children looked after name a year by its end and call it a reporting year, for
    snapshots on 31 March and for the year alike.
    """
    name, _, quarter = period.partition(":")
    if quarter:
        return {
            "time_period": name.replace("-", ""),
            "time_identifier": f"Financial year {quarter}",
        }
    end = int(name[:4]) if name.count("-") == 2 else ReportingYear.parse(name).last_day.year
    return {"time_period": str(end), "time_identifier": "Reporting year"}


def _place(report: Report) -> dict[str, str]:
    """The authority and its region as DfE names them; blank where the code is not known."""
    identity = report.authority.identity
    region, named = regions().get(identity.code, ("", ""))
    known = [each.ons[-1] for each in authorities() if each.code == identity.code and each.ons]
    return {
        "geographic_level": "Local authority",
        "country_code": ENGLAND[0],
        "country_name": ENGLAND[1],
        "region_code": region,
        "region_name": named,
        "old_la_code": identity.code,
        "la_name": identity.name,
        "new_la_code": identity.ons_code or next(iter(known), ""),
    }


def _described(figure: Figure, measure: Measure) -> dict[str, str]:
    breakdown = None if figure.breakdown == TOTAL else measure.breakdown(figure.breakdown)
    return {
        "authority": figure.authority,
        "period": figure.period,
        "section": measure.section,
        "measure": measure.name,
        "label": measure.label,
        "breakdown": figure.breakdown,
        "breakdown_label": breakdown.label if breakdown else "Total",
        "category": figure.category,
        "category_label": breakdown.categories[figure.category] if breakdown else "Total",
        "unit": measure.unit.value,
        "status": "" if figure.known else status(figure).value,
        "source": figure.source,
        "definition": measure.definition,
    }


def _numbers(figure: Figure, measure: Measure) -> dict[str, str]:
    """The five number columns: of a figure without value nothing but why."""
    if not figure.known:
        why, divided = SYMBOLS[status(figure)], measure.unit in _RATIOS
        share = why if measure.unit is Unit.PERCENT else NONE
        counts = why if divided else NONE
        return dict(
            zip((c.name for c in NUMBERS), (why, counts, counts, share, share), strict=True)
        )
    return {column.name: _number(getattr(figure, column.name)) for column in NUMBERS}


def _number(value: float) -> str:
    if math.isnan(value):
        return NONE
    return str(int(value)) if float(value).is_integer() else repr(float(value))
