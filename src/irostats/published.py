"""published.csv: what the authority or DfE has published, to compare with what is computed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from irostats.errors import SettingsError, UnknownName, nearest
from irostats.opening import there
from irostats.registry import TOTAL, Registry
from irostats.small_tables import read_table

LARGEST = Decimal(10**12)
MAX_SHOWN = 60
COLUMNS = ("measure", "breakdown", "category", "published", "source", "reason")


@dataclass(frozen=True, slots=True)
class Published:
    """A figure of this authority and year that somebody has published.

    Args:
        measure: The measure that it is to be compared with.
        value: As published.
        source: Where it was published.
        breakdown: Its breakdown, or ``total``.
        category: Its category, or ``total``.
        decimals: Decimals with which it was published.
        reason: Why the computed figure differs, if it does.
        line: Line of ``published.csv``.
    """

    measure: str
    value: Decimal
    source: str
    breakdown: str = TOTAL
    category: str = TOTAL
    decimals: int = 0
    reason: str = ""
    line: int = field(default=0, compare=False)


def read_published(path: Path, registry: Registry) -> tuple[Published, ...]:
    """Read a year's ``published.csv``; without one there is nothing to compare.

    Its columns are measure, breakdown, category (blank for the undivided figure), published
    (with the decimals it was published with), source, and reason (why the computed figure
    differs, blank if it should not).

    Raises:
        SettingsError: A column is missing, a number is not one, or a measure is not known.
    """
    if not there(path):
        return ()
    return tuple(
        replace(_published(row, registry, f"{path}, line {line}"), line=line)
        for line, row in read_table(path, COLUMNS)
    )


def _published(row: dict[str, str], registry: Registry, where: str) -> Published:
    try:
        number = Decimal(row["published"].replace(",", ""))
        if not number.is_finite() or abs(number) >= LARGEST:
            raise InvalidOperation
        measure = registry[row["measure"]]
        if row["breakdown"]:
            known = measure.breakdown(row["breakdown"]).categories
            if row["category"] not in known:
                raise UnknownName(
                    f"No category '{row['category']}'.{nearest(row['category'], known)}"
                )
    except InvalidOperation:
        raise SettingsError(f"{where}: '{row['published'][:MAX_SHOWN]}' is not a number.") from None
    except UnknownName as error:
        raise SettingsError(f"{where}: {error}") from None
    exponent = number.as_tuple().exponent
    return Published(
        measure=row["measure"],
        value=number,
        source=row["source"],
        breakdown=row["breakdown"] or TOTAL,
        category=row["category"] or TOTAL,
        decimals=-exponent if isinstance(exponent, int) else 0,
        reason=row["reason"],
    )
