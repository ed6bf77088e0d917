"""Who started, ceased and moved in the year."""

from __future__ import annotations

from fractions import Fraction

from recompute_profile import TEMPORARY, looked_after, looked_after_count
from recompute_returns import AuthorityYear, Episode, Period


def periods_started(records: AuthorityYear) -> list[Period]:
    return [p for p in records.periods if p.start_known and records.in_year(p.start)]


def periods_ceased(records: AuthorityYear) -> list[Period]:
    return [
        p for p in records.periods if records.in_year(p.end) and p.episodes[-1].rec.startswith("E")
    ]


def started(records: AuthorityYear) -> int:
    """Children, each once, as DfE counts them."""
    return len({period.child for period in periods_started(records)})


def ceased(records: AuthorityYear) -> int:
    """Children, each once, as DfE counts them."""
    return len({period.child for period in periods_ceased(records)})


def children_in_year(records: AuthorityYear) -> int:
    """Looked after at any time in the year."""
    return len(
        {
            period.child
            for period in records.periods
            if period.start <= records.end and (period.end is None or period.end >= records.start)
        }
    )


def placements_of(records: AuthorityYear, episodes: list[Episode]) -> int:
    """A child's placements in the year: moves between carers, without temporary ones."""
    found, last = 0, None
    for episode in episodes:
        if episode.is_short_break or episode.code("PLACE") in TEMPORARY:
            continue
        where = tuple(episode.code(column) for column in ("PLACE", "PL_POST", "URN"))
        moved = episode.rne in {"S", "P", "B"} and (episode.rne == "S" or where != last)
        in_this_year = episode.dec is None or episode.dec > records.start
        if in_this_year and (moved or not found):
            found += 1
        last = where
    return found


def placements_in_year(records: AuthorityYear, category: str) -> int:
    """Children looked after at 31 March by how many placements they had in the year."""
    episodes: dict[str, list[Episode]] = {child: [] for child in looked_after(records)}
    for episode in records.episodes:
        if episode.child in episodes and episode.decom <= records.end:
            episodes[episode.child].append(episode)
    counts = [min(placements_of(records, rows), 3) for rows in episodes.values()]
    return counts.count(3 if category == "3_or_more" else int(category))


def placements_percent(records: AuthorityYear) -> Fraction:
    return Fraction(100 * placements_in_year(records, "3_or_more"), looked_after_count(records))
