"""Identifiers that lost their leading zeros in some files or years, as spreadsheets make them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from irostats.ssda903.findings import Finding, in_one


def restored(
    tables: Mapping[str, pd.DataFrame],
) -> tuple[Mapping[str, pd.DataFrame], list[Finding]]:
    """Tables in which a child has the leading zeros that other files or years give it.

    A spreadsheet drops them from a whole column. So a number that occurs with and without zeros
    is one child's where the files and years that have it without hold no leading zero at all;
    where one does, the zeros tell children apart, and nothing is changed.

    Args:
        tables: Any tables with ``CHILD``, ``YEAR``, ``FILE``, ``LINE``.

    Returns:
        The tables, and one finding where spellings differ in leading zeros only.
    """
    needed = ["CHILD", "YEAR", "FILE", "LINE"]
    rows = pd.concat([table[needed] for table in tables.values()], ignore_index=True)
    rows = rows[rows["CHILD"].str.fullmatch(r"[0-9]+")]
    bare = rows["CHILD"].str.replace(r"^0+(?=[0-9])", "", regex=True)
    longest = rows.loc[rows["CHILD"].str.len().sort_values(kind="stable").index, "CHILD"]
    full = bare.map(longest.groupby(bare).last())
    shorter = rows["CHILD"] != full
    if not shorter.any():
        return tables, []
    zeros = (rows["CHILD"] != bare).groupby([rows["FILE"], rows["YEAR"]]).transform("any")
    unclear = bool((shorter & zeros).any())
    rule = "zeros-unclear" if unclear else "zeros-lost"
    found = in_one(
        [
            Finding(rule, str(file), lines=tuple(int(line) for line in lines))
            for file, lines in rows[shorter].groupby("FILE")["LINE"]
        ]
    )
    if unclear:
        return tables, [found]
    spelt = dict(zip(rows.loc[shorter, "CHILD"], full[shorter], strict=True))
    return {
        key: table.assign(CHILD=table["CHILD"].map(spelt).astype("string").fillna(table["CHILD"]))
        for key, table in tables.items()
    }, [found]
