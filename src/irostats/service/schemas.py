"""Every service table, and its pandera schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from irostats.service import quality, reviewing, staffing
from irostats.service.model import Kind, ServiceTable

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

TABLES: Mapping[str, ServiceTable] = MappingProxyType(
    {**staffing.TABLES, **reviewing.TABLES, **quality.TABLES}
)
"""Tables by the name of their file."""


@cache
def schema(name: str) -> DataFrameSchema:
    """The pandera schema of a typed table; a failure names column, check and row."""
    # Pandera takes half a second to load, and only reading needs it.
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            heading: pa.Column(
                column.kind.value,
                [
                    *([pa.Check.isin(column.choices)] if column.choices else []),
                    *(
                        [pa.Check.in_range(column.least, column.most)]
                        if column.kind is Kind.NUMBER
                        else []
                    ),
                ],
                nullable=not column.needed,
            )
            for heading, column in TABLES[name].columns.items()
        }
    )
