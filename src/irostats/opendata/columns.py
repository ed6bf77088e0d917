"""The columns of figures.csv, and figures.meta.csv, which describes them.

Names, order and metadata follow the Department for Education's Explore Education Statistics:
place and time first, then what is filtered by, then the numbers. Its metadata file has a row for
each filter and each indicator, and none for place and time.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

PLACE_AND_TIME = (
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "la_name",
    "new_la_code",
)
META = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that figures are filtered by, or of numbers.

    Args:
        name: Its heading.
        label: What it is called in words.
        hint: What a reader must know of it.
        grouping: For a filter, the column whose values group its own.
        unit: For numbers, the unit of all of them; empty where the column ``unit`` says it.
    """

    name: str
    label: str
    hint: str = ""
    grouping: str = ""
    unit: str = ""


FILTERS = (
    Column("authority", "Authority, short name"),
    Column("period", "Year, quarter or day", "2016-17; 2016-17:Q1; the day of a snapshot"),
    Column("section", "Section of the report"),
    Column("measure", "Measure, short name", grouping="section"),
    Column("label", "Measure", "What tables call it", "section"),
    Column("breakdown", "Breakdown, short name", "total: the figure is not divided"),
    Column("breakdown_label", "Breakdown"),
    Column("category", "Category, short name", "total: the figure is not divided", "breakdown"),
    Column("category_label", "Category", "", "breakdown_label"),
    Column("unit", "Unit of the value", "count, percent, rate, mean, fte or pounds"),
)
NUMBERS = (
    Column("value", "Value", "In the unit that the row gives; not rounded"),
    Column("numerator", "Numerator", "z: the figure is not a ratio"),
    Column("denominator", "Denominator", "z: the figure is not a ratio"),
    Column("lower", "95% interval, lower limit", "z: the figure has no interval", unit="%"),
    Column("upper", "95% interval, upper limit", "z: the figure has no interval", unit="%"),
)
AFTER = (
    Column(
        "status",
        "Why there is no value",
        "blank: there is one; c: hidden; x: not available; z: not applicable; low: rounds to "
        "zero; not_recorded: no record is kept; not_assessable: the returns do not reach far "
        "enough back. In the number columns the last two are x",
    ),
    Column("source", "Source", "local: computed from the authority's own records"),
    Column(
        "data_status",
        "Status of the data",
        "Provisional or final; whether synthetic; OFFICIAL-SENSITIVE where internal",
    ),
    Column("definition", "Definition of the measure", grouping="label"),
)
COLUMNS = (*PLACE_AND_TIME, *(column.name for column in (*FILTERS, *NUMBERS, *AFTER)))


def metadata() -> str:
    """figures.meta.csv: a row for each filter and each indicator, in the order of figures.csv."""
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(META)
    for column in (*FILTERS, *NUMBERS, *AFTER):
        kind = "Indicator" if column in NUMBERS else "Filter"
        rows.writerow(
            (column.name, kind, column.label, "", column.unit, "", column.hint, column.grouping)
        )
    return file.getvalue()
