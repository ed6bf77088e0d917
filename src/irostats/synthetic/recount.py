"""Counting again from the rows as written, with none of what the simulation knows.

Plain loops over dictionaries, by the definitions of the return's guide; used by ``checks``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from irostats.synthetic.blemishes import read
from irostats.synthetic.workdays import add_months, age_on, working_days_after, year_end, year_start

if TYPE_CHECKING:
    from irostats.synthetic.returns import Row, Rows

Tables = dict[str, "Rows"]
NEVER = date(2999, 1, 1)
MAIN = {f"PN{n}" for n in range(1, 8)}
TOOK_PART = {"PN1", "PN2", "PN3", "PN5", "PN6"}


@dataclass
class Stay:
    """A period of care found in the rows."""

    start: date
    end: date
    known: bool
    episodes: list[Row]

    def on(self, day: date) -> bool:
        """Looked after at the end of a day."""
        return self.start <= day < self.end


def stays(returns: dict[str, Tables]) -> dict[str, list[Stay]]:
    """Periods of care from the stacked Episodes of consecutive years, short breaks left out."""
    latest: dict[tuple[str, str], Row] = {}
    for label in sorted(returns):
        for row in returns[label]["episodes"]:
            if row["LS"] not in {"V3", "V4"}:
                latest[row["CHILD"], row["DECOM"]] = row
    by_child: dict[str, list[Row]] = {}
    for row in latest.values():
        by_child.setdefault(row["CHILD"], []).append(row)
    return {
        child: _periods(sorted(rows, key=lambda r: read(r["DECOM"])))
        for child, rows in by_child.items()
    }


def _periods(rows: list[Row]) -> list[Stay]:
    found: list[Stay] = []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        end = read(row["DEC"]) if row["DEC"] else NEVER
        rec = row["REC"]
        if following is not None and end > read(following["DECOM"]):
            end, rec = read(following["DECOM"]), "X1"
        row = {**row, "_end": f"{end:%d/%m/%Y}", "_rec": rec}
        if found and found[-1].episodes[-1]["_rec"] == "X1" and found[-1].end == read(row["DECOM"]):
            found[-1].episodes.append(row)
            found[-1].end = end
        else:
            found.append(Stay(read(row["DECOM"]), end, row["RNE"] == "S", [row]))
    return found


def on_31_march(found: dict[str, list[Stay]], label: str) -> dict[str, Row]:
    """The episode open at the end of 31 March of each child looked after then."""
    day = year_end(label)
    return {
        child: next(e for e in stay.episodes if read(e["DECOM"]) <= day < read(e["_end"]))
        for child, periods in found.items()
        for stay in periods
        if stay.on(day)
    }


def flows(found: dict[str, list[Stay]], label: str) -> dict[str, int]:
    """Children started, ceased, looked after in the year, and looked after all year."""
    first, last = year_start(label), year_end(label)
    counts = {"started": 0, "ceased": 0, "in_year": 0, "continuous_12_months": 0}
    for periods in found.values():
        counts["started"] += any(p.known and first <= p.start <= last for p in periods)
        counts["ceased"] += any(first <= p.end <= last for p in periods)
        counts["in_year"] += any(p.start <= last and p.end >= first for p in periods)
        counts["continuous_12_months"] += any(p.start <= first and p.end > last for p in periods)
    return counts


def leaving(found: dict[str, list[Stay]], label: str) -> dict[str, int]:
    """Periods of care that ended in the year by reason."""
    counts: dict[str, int] = {}
    for periods in found.values():
        for stay in periods:
            if year_start(label) <= stay.end <= year_end(label):
                reason = f"leaving.{stay.episodes[-1]['_rec']}"
                counts[reason] = counts.get(reason, 0) + 1
    return counts


def placements_in_year(found: dict[str, list[Stay]], label: str) -> dict[str, int]:
    """How many placements each child looked after on 31 March had in the year."""
    first, last = year_start(label), year_end(label)
    counts = {}
    for child in on_31_march(found, label):
        count = 0
        for stay in found[child]:
            moves = [
                e
                for e in stay.episodes
                if not e["PLACE"].startswith("T") and e["RNE"] in {"S", "P", "B"}
            ]
            opened = [read(e["DECOM"]) for e in moves]
            count += sum(first <= day <= last for day in opened)
            count += stay.start < first <= stay.end
        counts[child] = count
    return counts


@dataclass
class Held:
    """A usable review: in a period of care, once."""

    child: str
    day: date
    code: str
    age: int
    late: bool | None


def held_reviews(
    returns: dict[str, Tables], found: dict[str, list[Stay]], label: str
) -> list[Held]:
    """A year's usable reviews, each judged on time, late, or not assessable (None)."""
    rows: dict[str, dict[date, Row]] = {}
    for year in sorted(returns):
        for row in returns[year]["reviews"]:
            rows.setdefault(row["CHILD"], {})[read(row["REVIEW"])] = row
    held = []
    for child, by_day in rows.items():
        for stay in found.get(child, []):
            days = sorted(day for day in by_day if stay.start <= day <= stay.end)
            whole = stay.known and stay.start >= year_start(min(returns))
            for n, day in enumerate(days):
                if not year_start(label) <= day <= year_end(label):
                    continue
                due = _due(stay.start, days[:n], whole=whole)
                row = by_day[day]
                late = None if due is None else day > due
                held.append(
                    Held(
                        child, day, row["REVIEW_CODE"].upper(), age_on(read(row["DOB"]), day), late
                    )
                )
    return held


def _due(start: date, before: list[date], *, whole: bool) -> date | None:
    if not before:
        if not whole:
            return None
        return (
            start + timedelta(days=28)
            if start < date(2011, 4, 1)
            else working_days_after(start, 20)
        )
    return add_months(before[-1], 3 if len(before) == 1 and whole else 6)
