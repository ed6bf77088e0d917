"""Reads shipped returns row by row and joins episodes into periods of care.

Standard library only, and nothing of irostats: the golden tests must not be able to agree with the
measures, or with the generator of the samples, on a mistake.
"""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
SHORT_BREAKS = frozenset({"V3", "V4"})
DATE_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y", "%Y-%m-%d %H:%M:%S")
# The headings that tell one table of the return from the others.
TABLES = {
    "episodes": {"CHILD", "DECOM", "LS"},
    "reviews": {"CHILD", "REVIEW", "REVIEW_CODE"},
    "header": {"CHILD", "SEX", "DOB", "ETHNIC"},
    "uasc": {"CHILD", "DUC"},
    "oc2": {"CHILD", "SDQ_SCORE", "HEALTH_ASSESSMENT"},
}

Row = dict[str, str]


def read_date(text: str) -> date | None:
    """The day that a cell holds, or None when it is blank or cannot be read."""
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day, not an instant)
        except ValueError:
            continue
    return None


def rows_of(path: Path) -> list[Row]:
    """Every row of a CSV file, headings and cells stripped, headings in capitals."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252")
    reader = csv.DictReader(text.splitlines())
    return [
        {key.strip().upper(): (value or "").strip() for key, value in row.items() if key}
        for row in reader
    ]


@dataclass(frozen=True)
class Episode:
    """One readable row of Episodes; ``dec`` is None while it is open."""

    child: str
    decom: date
    dec: date | None
    rne: str
    rec: str
    row: Row

    @property
    def is_short_break(self) -> bool:
        """Legal status V3 or V4."""
        return self.row["LS"].upper() in SHORT_BREAKS

    def covers(self, day: date) -> bool:
        """Open at the end of ``day``: a child whose episode ends that day has left."""
        return self.decom <= day and (self.dec is None or self.dec > day)

    def code(self, column: str) -> str:
        """A cell in capitals, blank where the column is absent."""
        return self.row.get(column, "").upper()


@dataclass
class Period:
    """One unbroken time of being looked after, V3 and V4 left out."""

    child: str
    episodes: list[Episode] = field(default_factory=list)
    start_known: bool = True

    @property
    def start(self) -> date:
        """The day of becoming looked after, or the earliest day loaded."""
        return self.episodes[0].decom

    @property
    def end(self) -> date | None:
        """The day of leaving; None while it runs."""
        return self.episodes[-1].dec


def year_name(end_year: int) -> str:
    return f"{end_year - 1}-{end_year % 100:02d}"


def end_year_of(year: str) -> int:
    return int(year[:4]) + 1


def year_folders(folder: Path, year: str) -> list[Path]:
    """That year's folder and the earlier ones without a break, earliest first."""
    found: list[Path] = []
    end = end_year_of(year)
    while (folder / year_name(end)).is_dir():
        found.insert(0, folder / year_name(end))
        end -= 1
    return found


def tables_of(year_folder: Path) -> dict[str, list[Row]]:
    """The rows of each table of one year's return, told apart by their headings."""
    tables: dict[str, list[Row]] = {name: [] for name in TABLES}
    for path in sorted((year_folder / "ssda903").glob("*.csv")):
        rows = rows_of(path)
        for name, headings in TABLES.items():
            if rows and headings <= set(rows[0]):
                tables[name].extend(rows)
                break
    return tables


@dataclass(frozen=True)
class AuthorityYear:
    """What one authority's returns say up to 31 March of one year."""

    folder: Path
    year: str
    start: date
    end: date
    first_day_loaded: date
    header: dict[str, Row]
    births: dict[str, date]
    episodes: list[Episode]
    periods: list[Period]
    reviews: dict[tuple[str, date], str]
    uasc: dict[str, Row]
    oc2: dict[str, Row]

    def service(self, table: str) -> list[Row] | None:
        """The service's own records of this year; None when the table is not kept."""
        path = self.folder / "service" / f"{table}.csv"
        return rows_of(path) if path.is_file() else None

    def last_year(self) -> AuthorityYear | None:
        """The year before, where it is shipped."""
        name = year_name(self.start.year)
        if not (self.folder.parent / name).is_dir():
            return None
        return load(self.folder.parent, name)

    def in_year(self, day: date | None) -> bool:
        """From 1 April to 31 March."""
        return day is not None and self.start <= day <= self.end


def readable_episodes(tables: list[dict[str, list[Row]]], children: set[str]) -> list[Episode]:
    """Episodes of known children; sent again for the same start, the later return wins."""
    kept: dict[tuple[str, date], Episode] = {}
    for table in tables:
        for row in table["episodes"]:
            decom = read_date(row["DECOM"])
            dec = read_date(row["DEC"])
            if row["CHILD"] not in children or decom is None or (row["DEC"] and dec is None):
                continue
            episode = Episode(row["CHILD"], decom, dec, row["RNE"].upper(), row["REC"].upper(), row)
            kept[episode.child, episode.decom] = episode
    return sorted(kept.values(), key=lambda e: (e.child, e.decom, e.dec or date.max))


def periods_of(episodes: list[Episode]) -> list[Period]:
    """Periods of care: a new one at a first row, a gap, an ending, or RNE S after no X1."""
    periods: list[Period] = []
    last_short_break: dict[str, date | None] = {}
    for episode in episodes:
        if episode.is_short_break:
            last_short_break[episode.child] = episode.dec
            continue
        before = periods[-1].episodes[-1] if periods else None
        continues = (
            before is not None
            and before.child == episode.child
            and before.rec == "X1"
            and before.dec == episode.decom
        )
        if continues:
            periods[-1].episodes.append(episode)
            continue
        known = (
            episode.rne == "S"
            or (before is not None and before.child == episode.child)
            or last_short_break.get(episode.child) == episode.decom
        )
        periods.append(Period(episode.child, [episode], known))
    return periods


@functools.cache
def load(authority_folder: Path, year: str) -> AuthorityYear:
    """Read one authority-year and the unbroken years before it.

    Raises:
        FileNotFoundError: when the year's folder is not there.
    """
    folders = year_folders(authority_folder, year)
    if not folders:
        raise FileNotFoundError(f"no shipped data: {authority_folder / year} is missing")
    tables = [tables_of(folder) for folder in folders]
    header = {row["CHILD"]: row for table in tables for row in table["header"] if row["CHILD"]}
    births = {
        child: born for child, row in header.items() if (born := read_date(row["DOB"])) is not None
    }
    episodes = readable_episodes(tables, set(header))
    reviews: dict[tuple[str, date], str] = {}
    for table in tables:
        for row in table["reviews"]:
            day = read_date(row["REVIEW"])
            if day is not None and row["CHILD"] in header:
                reviews[row["CHILD"], day] = row["REVIEW_CODE"].upper()
    end = end_year_of(year)
    return AuthorityYear(
        folder=folders[-1],
        year=year,
        start=date(end - 1, 4, 1),
        end=date(end, 3, 31),
        first_day_loaded=date(int(folders[0].name[:4]), 4, 1),
        header=header,
        births=births,
        episodes=episodes,
        periods=periods_of(episodes),
        reviews=reviews,
        uasc={row["CHILD"]: row for table in tables for row in table["uasc"]},
        oc2={row["CHILD"]: row for row in tables[-1]["oc2"]},
    )
