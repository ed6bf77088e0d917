"""Returns as other people's software writes them give the figures of the plain layout.

The authority is made up from a seed and named by nothing but name, council and code.
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

import irostats
from irostats.errors import InputError
from irostats.report import Report

COLUMNS = {
    "header": ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
    "episodes": [
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
    ],
    "reviews": ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
    "uasc": ["CHILD", "SEX", "DOB", "DUC"],
}
ENDS = (2019, 2020, 2021)
NEWEST = "2020-21"

Cell = str | date | None
Row = list[Cell]
Tables = dict[str, list[tuple[int, Row]]]
"""Table -> rows, each with the end year of the return that holds it."""
Figures = dict[tuple[str, ...], str]
Spell = Callable[[str, Sequence[Row]], bytes]


@dataclass(frozen=True)
class _Episode:
    start: date
    rne: str
    legal: str
    end: date | None
    reason: str | None


def name(end: int) -> str:
    """The reporting year's folder."""
    return f"{end - 1}-{end % 100:02d}"


def add_child(
    tables: Tables, child: str, born: date, episodes: Sequence[_Episode], reviews: Sequence[date]
) -> None:
    """Share a child's episodes and reviews out among the returns that hold them."""
    for end in ENDS:
        first, last = date(end - 1, 4, 1), date(end, 3, 31)
        here = [e for e in episodes if e.start <= last and (e.end is None or e.end >= first)]
        for e in here:
            known = (e.end, e.reason) if e.end and e.end <= last else (None, None)
            row: Row = [child, e.start, e.rne, e.legal, "N1", "U6", "PR1", *known, "", "", "", ""]
            tables["episodes"].append((end, row))
        if here:
            tables["header"].append((end, [child, "1", born, "WBRI", "UN1", "", ""]))
            tables["uasc"].append((end, [child, "1", born, date(2019, 9, 1)]))
        for held in reviews:
            if first <= held <= last:
                tables["reviews"].append((end, [child, born, held, "PN1"]))


def authority(seed: int, children: int) -> Tables:
    """A made-up authority: care and short breaks, ended and open, late and early reviews."""
    rng = random.Random(seed)
    tables: Tables = {table: [] for table in COLUMNS}
    for number in range(children):
        start = date(2017, 6, 1) + timedelta(days=rng.randrange(1300))
        cut = start + timedelta(days=rng.randint(5, 200))
        end = cut + timedelta(days=rng.randint(5, 500)) if rng.random() < 0.6 else None
        legal, rne = rng.choice([("V4", "L"), ("V2", "L"), ("C1", "P")])
        episodes = [
            _Episode(start, "S", legal, cut, "X1"),
            _Episode(cut, rne, "C2", end, "E4A" if end else None),
        ]
        reviews, held = [], start + timedelta(days=rng.randint(15, 60))
        while held <= (end or date(2021, 3, 31)):
            reviews.append(held)
            held += timedelta(days=rng.choice([60, 90, 93, 120, 180, 190]))
        born = date(rng.randint(2003, 2016), rng.randint(1, 12), rng.randint(1, 28))
        add_child(tables, f"Q{number:03d}", born, episodes, reviews)
    return tables


def written(columns: Sequence[str], rows: Sequence[Sequence[Cell]], day: str = "%d/%m/%Y") -> str:
    """Rows as a CSV file."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([c.strftime(day) if isinstance(c, date) else c for c in r] for r in rows)
    return file.getvalue()


def place(data: Path, files: Mapping[str, bytes | str]) -> Path:
    """Put files into the authority's folder, and the smallest authority.toml there is."""
    settings = '[authority]\nname = "Saltby"\ncouncil = "Saltby City Council"\ncode = "999"\n'
    for path, content in {"authority.toml": settings, **files}.items():
        target = data / "saltby" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return data


def plainly(table: str, rows: Sequence[Row]) -> bytes:
    """As DfE asks."""
    return written(COLUMNS[table], rows).encode()


def folder_a_year(tables: Tables, spell: Spell = plainly) -> dict[str, bytes | str]:
    """One folder a year, one file a table."""
    return {
        f"{name(end)}/ssda903/{table}.csv": spell(table, [r for e, r in rows if e == end])
        for table, rows in tables.items()
        for end in ENDS
    }


def opened(data: Path, year: str = NEWEST) -> Report:
    """The report, unprotected."""
    return irostats.open("saltby", year, audience="internal", data=str(data))


def figures(report: Report) -> Figures:
    """Every figure as text, so that "not a number" equals itself."""
    return {(*f.cell, f.period): f"{f.value} {f.status}" for f in report.figures}


def value(report: Report, measure: str, year: int = 2021) -> float:
    """One total of a year."""
    periods = {name(year), date(year, 3, 31).isoformat()}
    return next(
        f.value
        for f in report.figures
        if f.cell == (measure, "total", "total") and f.period in periods
    )


TABLES = authority(903, 25)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Figures]:
    """Figures of each year from the plain layout."""
    data = place(tmp_path_factory.mktemp("plain"), folder_a_year(TABLES))
    return {name(end): figures(opened(data, name(end))) for end in ENDS}


@pytest.mark.parametrize("end", ENDS)
def test_returns_that_repeat_all_earlier_rows_change_no_figure(
    tmp_path: Path, plain: dict[str, Figures], end: int
) -> None:
    """Each year's files hold all reviews and episodes so far, in ISO dates: figures stay."""
    files: dict[str, bytes | str] = {}
    for year in ENDS:
        for table, rows in TABLES.items():
            again = table in ("reviews", "episodes")
            sent = {
                (str(r[0]), str(r[2 if table == "reviews" else 1])): r
                for e, r in rows
                if e == year or (again and e < year)
            }
            text = written(COLUMNS[table], list(sent.values()), "%Y-%m-%d")
            files[f"{name(year)}/ssda903/{table}.csv"] = text
    assert figures(opened(place(tmp_path, files), name(end))) == plain[name(end)]


def test_one_file_of_several_authorities_and_years_gives_each_its_own(
    tmp_path: Path, plain: dict[str, Figures]
) -> None:
    """LA as name or code and YEAR in four spellings are told apart, though identifiers clash."""
    ours, theirs = ["Saltby", "999", "SALTBY CITY COUNCIL"], ["Brineham", "998"]
    years: list[Callable[[int], str]] = [
        str,
        name,
        lambda end: f"{end - 1}/{end % 100:02d}",
        lambda end: f"{end}.0",
    ]
    files: dict[str, bytes | str] = {}
    other = authority(77, 10)
    for table, columns in COLUMNS.items():
        rows: list[Row] = [
            [names[n % len(names)], years[n % 4](end), *row]
            for tables, names in ((TABLES, ours), (other, theirs))
            for n, (end, row) in enumerate(tables[table])
        ]
        files[f"{NEWEST}/ssda903/{table}.csv"] = written(["LA", "YEAR", *columns], rows)
    report = opened(place(tmp_path, files))
    assert figures(report) == plain[NEWEST]
    left = [issue.rows for issue in report.issues if issue.rule == "other-authority"]
    assert left == [sum(map(len, other.values()))]


@pytest.mark.parametrize("where", ["folders", "zip"])
def test_years_nested_in_the_newest_folder_give_the_same_figures(
    tmp_path: Path, plain: dict[str, Figures], where: str
) -> None:
    """Sub-folders by year, loose or in a zip, are as good as a folder a year."""
    nested = {
        f"Export {end - 1}-{end}/{table.upper()}.CSV": plainly(
            table, [r for e, r in rows if e == end]
        )
        for table, rows in TABLES.items()
        for end in ENDS
    }
    files: dict[str, bytes | str] = {f"{NEWEST}/ssda903/{k}": v for k, v in nested.items()}
    if where == "zip":
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for path, content in nested.items():
                zipped.writestr(f"out/{path}", content)
        files = {f"{NEWEST}/ssda903/all.zip": archive.getvalue()}
    assert figures(opened(place(tmp_path, files))) == plain[NEWEST]


def _reversed(table: str, rows: Sequence[Row]) -> bytes:
    turned = [[*row[::-1], "", ""] for row in rows]
    return written([*COLUMNS[table][::-1], "", ""], turned).encode()


def _labelled(table: str, rows: Sequence[Row]) -> bytes:
    labels = {"C2": "C2 - Full care order", "X1": "X1: Episode ceases", "1": "Male"}
    told = [[labels.get(str(c), c) for c in row] for row in rows]
    return written(COLUMNS[table], told).lower().encode()


def _concatenated(table: str, rows: Sequence[Row]) -> bytes:
    half = len(rows) // 2
    return plainly(table, rows[:half]) + b"\n" + plainly(table, rows[half:]) + b"Total\n\n"


def _numbered(table: str, rows: Sequence[Row]) -> bytes:
    """Identifiers as whole numbers, in one table with a spreadsheet's ``.0``."""
    after = ".0" if table == "reviews" else ""
    return plainly(table, [[f"7{str(row[0])[1:]}{after}", *row[1:]] for row in rows])


def _turned_halfway(table: str, rows: Sequence[Row]) -> bytes:
    """Two exports joined, of which the second has its columns the other way round."""
    half = len(rows) // 2
    return plainly(table, rows[:half]) + _reversed(table, rows[half:])


def _zeros_lost(table: str, rows: Sequence[Row]) -> bytes:
    """Identifiers with leading zeros, which a spreadsheet has dropped from the reviews."""
    zeros = "" if table == "reviews" else "00"
    return plainly(table, [[f"{zeros}{1000 + int(str(row[0])[1:])}", *row[1:]] for row in rows])


def _filled_up(table: str, rows: Sequence[Row]) -> bytes:
    """Blanks as a database prints them."""
    end = COLUMNS[table].index("DEC") if table == "episodes" else -1
    blanks = ["31/12/9999" if n == end else ("NULL", "--")[n % 2] for n in range(len(rows[0]))]
    return plainly(table, [[c or b for c, b in zip(r, blanks, strict=True)] for r in rows])


SPELLINGS: dict[str, Spell] = {
    "utf-16 with tabs": lambda t, r: plainly(t, r).decode().replace(",", "\t").encode("utf-16"),
    "semicolons and CRLF": lambda t, r: (
        b"\xef\xbb\xbf" + plainly(t, r).replace(b",", b";").replace(b"\n", b"\r\n")
    ),
    "times": lambda t, r: written(COLUMNS[t], r, "%d/%m/%Y 00:00:00").encode(),
    "months in words": lambda t, r: written(COLUMNS[t], r, "%d-%b-%y").encode(),
    "columns turned round": _reversed,
    "labels and small letters": _labelled,
    "exports joined, with totals": _concatenated,
    "exports joined, the second turned round": _turned_halfway,
    "identifiers as numbers": _numbered,
    "leading zeros lost": _zeros_lost,
    "blanks filled up": _filled_up,
    "dates as one number": lambda t, r: written(COLUMNS[t], r, "%Y%m%d").encode(),
}


@pytest.mark.parametrize("spell", SPELLINGS.values(), ids=SPELLINGS)
def test_how_a_file_is_spelt_changes_no_figure(
    tmp_path: Path, plain: dict[str, Figures], spell: Spell
) -> None:
    """Encodings, delimiters, dates, labels and joined exports all read alike."""
    report = opened(place(tmp_path, folder_a_year(TABLES, spell)))
    assert figures(report) == plain[NEWEST]


def test_an_authority_that_nobody_knows_stops_the_report_and_says_what_to_do(
    tmp_path: Path,
) -> None:
    """Rows under a name that is in no list, with none of ours beside them, are never nought."""
    files: dict[str, bytes | str] = {
        f"{NEWEST}/ssda903/{table}.csv": written(
            ["LA", *columns], [["Saltbeigh", *row] for end, row in TABLES[table] if end == ENDS[-1]]
        )
        for table, columns in COLUMNS.items()
    }
    with pytest.raises(InputError, match=r"authority\.toml"):
        opened(place(tmp_path, files))


def test_every_row_that_is_left_out_is_counted(tmp_path: Path) -> None:
    """Rows that cannot be used are in an issue of their file, each once."""
    rubbish = b'Q000,,NaD,PN1\n,,01/05/2020,PN1\nQ001,,31/06/2020,PN1\nQ001,,1,PN1,x,y\n"Q2\n'
    path = f"{NEWEST}/ssda903/reviews.csv"
    reviews = [row for end, row in TABLES["reviews"] if end == ENDS[-1]]
    files = folder_a_year(TABLES) | {path: plainly("reviews", reviews) + rubbish}
    report = opened(place(tmp_path, files))
    (source,) = [file for file in report.files if file.path == path]
    assert source.left_out == 5
    rules = {"date-unreadable", "child-blank", "row-too-long", "row-unreadable"}
    told = [issue for issue in report.issues if issue.file == path and issue.rule in rules]
    assert sum(issue.rows for issue in told) == 5


def test_short_breaks_that_turn_into_care_start_the_clock_on_that_day(tmp_path: Path) -> None:
    """From V4 to C2 on 1 June 2020, 29 June (20 working days) is on time; the break is no care."""
    tables: Tables = {table: [] for table in COLUMNS}
    episodes = [
        _Episode(date(2020, 4, 6), "S", "V4", date(2020, 6, 1), "X1"),
        _Episode(date(2020, 6, 1), "L", "C2", None, None),
    ]
    add_child(tables, "Q1", date(2010, 1, 1), episodes, [date(2020, 5, 1), date(2020, 6, 29)])
    report = opened(place(tmp_path, folder_a_year(tables)))
    names = ("held", "on_time", "late", "not_assessable")
    assert [value(report, f"reviews.{n}") for n in names] == [1, 1, 0, 0]
    assert value(report, "profile.periods_started") == 1


def test_care_that_ends_and_begins_on_one_day_is_two_periods(tmp_path: Path) -> None:
    """REC E4A and RNE S on one day restart the clock: 20 working days from there."""
    tables: Tables = {table: [] for table in COLUMNS}
    again = date(2020, 9, 1)
    episodes = [
        _Episode(date(2020, 6, 1), "S", "V2", again, "E4A"),
        _Episode(again, "S", "C2", None, None),
    ]
    held = [date(2020, 6, 29), date(2020, 9, 30)]
    add_child(tables, "Q1", date(2016, 2, 29), episodes, held)
    report = opened(place(tmp_path, folder_a_year(tables)))
    assert [value(report, f"reviews.{n}") for n in ("on_time", "late")] == [1, 1]
    started = ("profile.periods_started", "profile.children_started", "profile.looked_after")
    assert [value(report, n) for n in started] == [2, 1, 1]
