"""A small authority with a canary in every field that a file of its folder can have.

A canary is a word that stands nowhere else; its number says which field it was put into.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from irostats.postcodes.directory import FILE, Directory, write_directory
from irostats.service import TABLES as SERVICE
from irostats.service.model import Column, Kind
from irostats.ssda903 import TABLES as RETURN
from made_workbook import xlsx
from small_authority import HEADINGS, Child, write_year

YEAR = "2016-17"
CANARY = re.compile(r"CANARY\s?\d{4}\s?Q", re.IGNORECASE)
BORN = ("17/10/2004", "09/12/2005", "23/02/2006", "14/03/2009", "21/07/2001", "05/11/2002")
"""Days that stand in no report; ``Canaries`` knows them in no other way."""
POSTCODES = ("QX17 4ZD", "QX3 9ZB")
PUPIL = "Q999400002102"
_STEMS = {
    "placed_adoption": "placed_for_adoption",
    "prev_perm": "previous_permanence",
    "sw_episodes": "social_worker",
}


class Canaries:
    """Makes canaries, and says where each was put."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.printed: set[str] = set()

    def __call__(self, field: str, *, printed: bool = False) -> str:
        """A new canary for a field; ``printed`` if its words are meant to be read."""
        word = f"CANARY{len(self.fields) + 1000}Q"
        self.fields[word] = field
        if printed:
            self.printed.add(word)
        return word

    def leaked(self, text: str) -> list[str]:
        """Fields whose canaries stand in a text and should not."""
        found = {re.sub(r"\s", "", match).upper() for match in CANARY.findall(text)}
        return sorted(self.fields.get(word, "unknown") for word in found - self.printed)


def write_canaries(data: Path) -> Canaries:
    """Write the authority ``smalltown`` with two years below ``data``."""
    canaries = Canaries()
    children = [
        Child(
            canaries(f"CHILD of child {number}"),
            f"{3 + number:02}/05/2015",
            {0: "10/01/2017", 3: "12/02/2017"}.get(number % 6, ""),
            {f"{10 + number}/06/2015": "PN1", f"{10 + number}/06/2016": "PN1"},
            born,
        )
        for number, born in enumerate(BORN * 5)
    ]
    for year in ("2015-16", YEAR):
        home = write_year(data, year, children)
        if year == YEAR:
            _returns(canaries, home / "ssda903", children)
            _service(canaries, home / "service", children)
            _words(canaries, data / "smalltown", home)
    _postcodes(data)
    return canaries


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, headings: Iterable[str], rows: Iterable[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(headings), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _returns(canaries: Canaries, folder: Path, children: list[Child]) -> None:
    """Every table of the return: good rows, and for each column a row with a canary in it."""
    for key, table in RETURN.items():
        stem = _STEMS.get(key, key)
        path = folder / f"{stem}.csv"
        good = _rows(path) if key in HEADINGS else [_return_row(key, child) for child in children]
        heads = [*table.headings, "KNOWN_AS", "NOTES"]
        for row, child in zip(good, children, strict=False):
            row.update(_hidden(table.headings, child))
            row["KNOWN_AS"] = f"Zebedee {canaries(f'{key}.KNOWN_AS')}"
        bad = []
        for head in heads:
            row = dict(good[0]) if good else dict.fromkeys(heads, "")
            row[head] = canaries(f"{key}.{head}")
            bad.append(row)
        named = f"{stem} {canaries(f'file name of {key}')}.csv"
        path.unlink(missing_ok=True)
        _write(path.with_name(named), heads, [*good, *bad])
    note = folder / f"{canaries('name of a file that is no table')}.csv"
    note.write_text(f"{canaries('heading of no table')}\n{canaries('row of no table')}\n")


def _hidden(headings: Iterable[str], child: Child) -> dict[str, str]:
    dropped = {
        "UPN": PUPIL,
        "HOME_POST": POSTCODES[0],
        "PL_POST": POSTCODES[1],
        "MC_DOB": child.born,
    }
    return {name: value for name, value in dropped.items() if name in set(headings)}


def _return_row(key: str, child: Child) -> dict[str, str]:
    values = {"CHILD": child.name, "DOB": child.born, "MISSING": "M", "SW_ID": "SW1"}
    dates = {"MIS_START", "SW_DECOM", "DOLO_START", "DATE_PLACED", "DATE_INT", "DATE_PERM"}
    return {
        head: values.get(head, "05/06/2016" if head in dates else "")
        for head in RETURN[key].headings
    }


def _service(canaries: Canaries, folder: Path, children: list[Child]) -> None:
    """Every service table, one of them in a workbook with more sheets than it needs."""
    printed = {"priorities": ("priority", "note"), "inspections": ("body", "judgement", "finding")}
    for name, table in SERVICE.items():
        heads = [*table.columns, "child_name"]
        good = []
        for child in children[:8]:
            row = {key: _valid(key, column, child) for key, column in table.columns.items()}
            good.append({**row, "child_name": canaries(f"{name}.child_name")})
        bad = []
        for key in heads:
            may = key in printed.get(name, ())
            row = {**good[0], key: canaries(f"{name}.{key}", printed=may)}
            bad.append(row)
        if name == "supervision":
            sheets = {
                name: [heads, *([row[key] for key in heads] for row in [*good, *bad])],
                canaries("name of a sheet"): [
                    [canaries("heading of a sheet")],
                    [canaries("cell of a sheet")],
                ],
            }
            core = {"docProps/core.xml": f"<a>{canaries('properties of a workbook')}</a>"}
            data = xlsx(sheets, extra=core)
            (folder / f"{canaries('name of a workbook')}.xlsx").write_bytes(data)
        else:
            _write(folder / f"{name}.csv", heads, [*good, *bad])
    (folder / f"{canaries('name of an unknown service file')}.csv").write_text("a,b\n1,2\n")


def _valid(key: str, column: Column, child: Child) -> str:
    if key == "child_id":
        return child.name
    if column.choices:
        return column.choices[0]
    if key == "year":
        return YEAR
    plain = {Kind.DATE: "15/06/2016", Kind.NUMBER: "1", Kind.TEXT: "Team A"}
    return {"sex": "female", "ethnicity": "WBRI"}.get(key, plain[column.kind])


def _words(canaries: Canaries, folder: Path, home: Path) -> None:
    """Settings and what people write: their values are printed, their comments are not."""

    def said(field: str) -> str:
        return canaries(field, printed=True)

    (folder / "authority.toml").write_text(
        f"# {canaries('comment in authority.toml')}\n[authority]\n"
        f'name = "Smalltown {said("name")}"\ncouncil = "Smalltown Council {said("council")}"\n'
        'code = "999"\n\n[words]\n'
        f'service = "Reviewing Service {said("words.service")}"\n',
        encoding="utf-8",
    )
    (home / "year.toml").write_text(
        f"# {canaries('comment in year.toml')}\nsynthetic = true\n", encoding="utf-8"
    )
    (folder / "committee.toml").write_text(
        f"# {canaries('comment in committee.toml')}\n[text]\n"
        f'background = "{said("committee background")}"\n',
        encoding="utf-8",
    )
    narrative = home / "narrative"
    narrative.mkdir()
    for section in ("reviews", "service"):
        (narrative / f"{section}.md").write_text(
            f"<!-- {canaries(f'hint in {section}.md')} -->\n"
            f"What we did: {said(f'narrative {section}')}.\n",
            encoding="utf-8",
        )
    (folder / "population.csv").write_text(
        f"year,population,source\n{YEAR},4000,ONS {said('source of population')}\n",
        encoding="utf-8",
    )
    (home / "published.csv").write_text(
        "measure,breakdown,category,published,source,reason\n"
        f"profile.looked_after,,,30,DfE {said('source published')},{said('reason published')}\n",
        encoding="utf-8",
    )


def _postcodes(data: Path) -> None:
    keys = sorted(code.replace(" ", "").encode() for code in POSTCODES)
    write_directory(
        Directory(
            np.array(keys, "S7"),
            np.array([100, 90000], "i4"),
            np.array([100, 90000], "i4"),
            np.array([0, 0], "u2"),
            np.array([b"E06999999"], "S9"),
        ),
        data / FILE,
    )
