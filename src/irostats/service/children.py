"""Children's identifiers in service tables, spelt as the return spells them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from irostats.ssda903 import child_id

COLUMN = "child_id"


def aligned(
    tables: Mapping[str, pd.DataFrame], children: pd.Series[str]
) -> dict[str, pd.DataFrame]:
    """Service tables whose identifiers can be joined to the return's.

    Capitals are made and a spreadsheet's ``.0`` is dropped, as in the return; where a number has
    lost leading zeros and only one child of the return bears it with them, they are put back.

    Args:
        tables: Service tables by name; those without ``child_id`` stay as they are.
        children: CHILD of every row of the return.
    """
    known = frozenset(children.dropna())
    bare = pd.Series(sorted(known), dtype="string")
    spelt = bare.groupby(bare.str.lstrip("0")).agg(list)
    full = {short: found[0] for short, found in spelt.items() if len(found) == 1}
    return {
        name: table.assign(**{COLUMN: table[COLUMN].map(lambda text: _spelt(text, known, full))})
        if COLUMN in table
        else table
        for name, table in tables.items()
    }


def _spelt(text: object, known: frozenset[str], full: Mapping[object, str]) -> object:
    if not isinstance(text, str):
        return text
    own = child_id(text.upper())
    if own is None or own in known:
        return own
    return full.get(own.lstrip("0"), own)
