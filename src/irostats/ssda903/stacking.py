"""Joining several years' returns: a review or an episode that was sent twice counts once.

An episode that is open on 31 March is sent again in the next return, and some authorities send
reviews again too. Where two returns hold the same one, the later year's is used; within a year
the later return, file and line. A difference between the two is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.ssda903.findings import Finding, issues
from irostats.ssda903.model import Return
from irostats.ssda903.schema import TABLES, empty
from irostats.ssda903.zeros import restored

ACROSS_YEARS = frozenset({"episodes", "reviews"})
"""Tables whose rows keep their identity from one year's return to the next."""

_STATED = ("RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER")
"""What an episode is from its first day, so that two returns must agree on it."""


def _by_file(rows: pd.DataFrame, rule: str, key: str, detail: str = "") -> Iterator[Finding]:
    for file, part in rows.groupby("FILE", sort=True):
        lines = tuple(int(line) for line in part["LINE"])
        yield Finding(rule, str(file), key, lines, detail, detail)


def _ordered(key: str, returns: Sequence[Return]) -> pd.DataFrame:
    """All rows of a table, the later ones last."""
    frames = [
        found.tables[key].assign(_RETURN=number)
        for number, found in enumerate(returns)
        if len(found.tables[key])
    ]
    if not frames:
        return empty(key).assign(_RETURN=0)
    rows = pd.concat(frames, ignore_index=True)
    return rows.sort_values(["YEAR", "_RETURN", "FILE", "LINE"], kind="stable", ignore_index=True)


def identity(key: str) -> list[str]:
    """The columns by which two rows are the same row."""
    return [*TABLES[key].identity, *([] if key in ACROSS_YEARS else ["YEAR"])]


def _fill_extras(rows: pd.DataFrame, key: str) -> pd.DataFrame:
    """What only some extracts hold, such as the distance, from the last one that holds it."""
    extras = list(TABLES[key].extras)
    if not extras:
        return rows
    filled = rows.groupby(identity(key), dropna=False)[extras].transform("last")
    return rows.assign(**{name: rows[name].fillna(filled[name]) for name in extras})


def _changed(pairs: pd.DataFrame, column: str) -> pd.Series:
    """Where the earlier row says something and the later says another thing, or nothing."""
    before, after = pairs[f"{column}_BEFORE"], pairs[column]
    return before.notna() & (after.isna() | (before != after).fillna(False))


def _compared(key: str, pairs: pd.DataFrame) -> Iterable[tuple[str, pd.Series]]:
    """Columns in which two sendings of one row may not differ, and where they do."""
    if key == "episodes":
        ended = pairs["DEC_BEFORE"].notna()
        yield from ((name, _changed(pairs, name) & pairs[name].notna()) for name in _STATED)
        yield "DEC", _changed(pairs, "DEC")
        yield "REC", _changed(pairs, "REC") & ended
    elif key == "reviews":
        yield "REVIEW_CODE", _changed(pairs, "REVIEW_CODE")
    else:
        names = [name for name in TABLES[key].columns if name not in identity(key)]
        yield from ((name, _changed(pairs, name)) for name in names)


def _once(key: str, rows: pd.DataFrame) -> tuple[pd.DataFrame, list[Finding]]:
    """Each row once, the last sending of it; and in what the sendings differ."""
    by = identity(key)
    superseded = rows.duplicated(by, keep="last")
    if not superseded.any():
        return rows, []
    rows = _fill_extras(rows, key)
    last, before = rows.loc[~superseded], rows.loc[superseded]
    pairs = last.merge(before, on=by, suffixes=("", "_BEFORE"))
    found = list(_by_file(before, "sent-again", key))
    for column, differs in _compared(key, pairs):
        if differs.any():
            changed = pairs.loc[differs, ["FILE", "LINE"]].drop_duplicates()
            found += _by_file(changed, "sent-differently", key, column)
    return last.reset_index(drop=True), found


def _header_changes(header: pd.DataFrame) -> Iterator[Finding]:
    """Children whose date of birth, sex or ethnicity is another than in the year before."""
    ordered = header.sort_values(["CHILD", "YEAR"], kind="stable")
    for column, rule in (
        ("DOB", "header-changed"),
        ("SEX", "header-changed"),
        ("ETHNIC", "ethnic-changed"),
    ):
        before = ordered.groupby("CHILD")[column].shift()
        now = ordered[column]
        differs = before.notna() & now.notna() & (before != now).fillna(False)
        yield from _by_file(ordered.loc[differs], rule, "header", column)


def stack(returns: Sequence[Return], *, years: Sequence[ReportingYear]) -> Return:
    """Join returns of several years into one.

    Args:
        returns: From the earliest folder to the latest; where two say different things of the
            same year, the later one is used.
        years: The reporting years in use; rows of other years are left out and counted.

    Returns:
        Tables in which a review (``CHILD``, ``REVIEW``) and an episode (``CHILD``, ``DECOM``)
        occur once, with the ``YEAR`` of the last return that sent it, and every other row once
        a year; the issues of all returns and those found here.
    """
    wanted = {year.end for year in years}
    tables: dict[str, pd.DataFrame] = {}
    sent, found = restored({key: _ordered(key, returns) for key in TABLES})
    for key, rows in sent.items():
        used = rows["YEAR"].isin(wanted)
        found += _by_file(rows.loc[~used], "year-not-used", key)
        once, differing = _once(key, rows.loc[used].reset_index(drop=True))
        tables[key] = once.drop(columns="_RETURN")
        found += differing
    found += _header_changes(tables["header"])
    told = tuple(issue for one in returns for issue in one.issues)
    files = tuple(file for one in returns for file in one.files)
    return Return(tables, told + issues(found), files)
