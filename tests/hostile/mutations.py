"""A small authority's files, and ways in which they arrive damaged; each follows from a seed."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from random import Random
from xml.sax.saxutils import escape

from plain_records import SLUG, write
from test_plain import one

from irostats.calendar import ReportingYear
from made_workbook import ods, xlsx

Files = dict[str, bytes]
SEEDS = (2, 11, 13, 17, 23, 29)
"""Authorities with one year of their own: little to read, and something in most tables."""

JUNK = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b"\r", b"\n", b"\r\n", b"\x1a",
    b"=1+1", b"-", b"<", b"&a;", b"{{< include x >}}", b"31/02/2020", b"00/00/0000", b"9" * 400,
    b"1e999", b"nan", b"-inf", b"0x10", b"\xe2\x80\xae", b"\xc3\x28", b"A" * 140_000, b"NULL",
    "\u0660\u0661/\u0660\u0662/\u0662\u0660\u0661\u0669".encode(), b"99999-99-99", b"1/1/1",
    b"44000", b"\t",
    "\uff11\uff12".encode(), b"0.1.2", b"T" * 40 + b"!", b"(((((((((",
)  # fmt: skip
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_CHILD = re.compile(rb"(?<![A-Z0-9])([CL][0-9]{2})(?![A-Z0-9])")
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "cp500", "utf-7")


@cache
def base(seed: int) -> tuple[ReportingYear, Files]:
    """The year reported on and the files of an authority, below its folder."""
    plain = one(seed)
    with tempfile.TemporaryDirectory() as folder:
        write(plain, Path(folder))
        home = Path(folder) / SLUG
        files = {
            path.relative_to(home).as_posix(): _CHILD.sub(rb"ZQ\1X", path.read_bytes())
            for path in sorted(home.rglob("*"))
            if path.is_file()
        }
    return ReportingYear(plain.last), files


IDENTIFIER = re.compile(r"ZQ[CL][0-9]{2}X", re.IGNORECASE)
"""What every child's identifier looks like, and nothing else."""


def place(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write files below ``folder/smalltown``."""
    for name, data in files.items():
        path = folder / SLUG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def tables_of(files: Mapping[str, bytes], kind: str = "") -> list[str]:
    """Names of the CSV files in a return or among service tables, with a row at least."""
    return [
        name
        for name in sorted(files)
        if name.endswith(".csv") and name.count("/") == 2 and kind in name
    ]


def damaged(dice: Random, files: Files) -> tuple[Files, list[str]]:
    """One to three damages, and the files that they touched."""
    found = dict(files)
    touched = []
    for _ in range(dice.randint(1, 3)):
        name = dice.choice(sorted(found))
        touched.append(name)
        dice.choice(DAMAGES)(dice, found, name)
    return found, touched


def _bytes(dice: Random, files: Files, name: str) -> None:
    """Some bytes are others."""
    data = bytearray(files[name])
    for _ in range(dice.choice((1, 1, 3, 20))):
        if data:
            data[dice.randrange(len(data))] = dice.randrange(256)
    files[name] = bytes(data)


def _junk(dice: Random, files: Files, name: str) -> None:
    """Something stands where nothing should."""
    data, at = files[name], dice.randint(0, len(files[name]))
    files[name] = data[:at] + dice.choice(JUNK) + data[at:]


def _cut(dice: Random, files: Files, name: str) -> None:
    """The end, or a piece, is missing."""
    data = files[name]
    a, b = sorted((dice.randint(0, len(data)), dice.randint(0, len(data))))
    files[name] = dice.choice((data[:a], data[a:], data[:a] + data[b:]))


def _cell(dice: Random, files: Files, name: str) -> None:
    """A cell holds something else."""
    rows = [line.split(b",") for line in files[name].split(b"\n")]
    row = dice.choice(rows)
    row[dice.randrange(len(row))] = dice.choice(JUNK)
    files[name] = b"\n".join(b",".join(row) for row in rows)


def _column(dice: Random, files: Files, name: str) -> None:
    """A column is gone, twice there, or named otherwise."""
    rows = [line.split(b",") for line in files[name].split(b"\n")]
    at, what = dice.randrange(len(rows[0])), dice.randrange(3)
    for row in rows:
        if at < len(row):
            row[at : at + 1] = ([], [row[at], row[at]], [row[at]])[what]
    if what == 2 and at < len(rows[0]):
        rows[0][at] = dice.choice(JUNK)
    files[name] = b"\n".join(b",".join(row) for row in rows)


def _lines(dice: Random, files: Files, name: str) -> None:
    """Rows are gone, repeated, or in another order."""
    head, *rows = files[name].split(b"\n")
    what = dice.randrange(4)
    if what == 0:
        rows = rows[: dice.randint(0, len(rows))]
    elif what == 1:
        rows = rows * dice.choice((2, 50))
    elif what == 2:
        dice.shuffle(rows)
    else:
        head = dice.choice((b"", head + b",", b'"' + head, head.lower(), head.replace(b",", b";")))
    files[name] = b"\n".join((head, *rows))


def _encoded(dice: Random, files: Files, name: str) -> None:
    """Another encoding, or one that the file says and has not."""
    text = files[name].decode("utf-8", errors="replace")
    files[name] = text.encode(dice.choice(ENCODINGS), errors="replace")


def _gone(dice: Random, files: Files, name: str) -> None:
    """A file is missing, twice there, or called otherwise."""
    data, path = files[name], PurePosixPath(name)
    what = dice.randrange(4)
    if what == 0:
        del files[name]
    elif what == 1:
        files[str(path.with_name(f"copy of {path.name}"))] = data
    elif what == 2:
        del files[name]
        suffix = dice.choice((".xml", ".zip", ".xlsx", ".ods", ".xls", ".txt", ".toml", ".md", ""))
        files[str(path.with_suffix(suffix))] = data
    else:
        files[name] = files[dice.choice(sorted(files))]


def _zipped(dice: Random, files: Files, name: str) -> None:
    """In a zip, whole or damaged."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PurePosixPath(name).name, files[name])
    files[str(PurePosixPath(name).with_suffix(".zip"))] = buffer.getvalue()
    del files[name]
    if dice.random() < 0.7:
        dice.choice((_bytes, _cut, _junk))(
            dice, files, str(PurePosixPath(name).with_suffix(".zip"))
        )


def _as_xml(dice: Random, files: Files, name: str) -> None:
    """The return as XML, damaged."""
    year = name.split("/", maxsplit=1)[0]
    if not year[:1].isdigit():
        return
    tables = {}
    for table in ("header", "episodes", "reviews"):
        text = files.pop(f"{year}/ssda903/{table}.csv", b"").decode("utf-8", errors="replace")
        head, *lines = text.splitlines() or [""]
        tables[table] = [
            dict(zip(head.split(","), line.split(","), strict=False)) for line in lines
        ]
    path = f"{year}/ssda903/return.xml"
    files[path] = _xml(tables)
    dice.choice((_bytes, _cut, _junk))(dice, files, path)


def _xml(tables: Mapping[str, list[dict[str, str]]]) -> bytes:
    """The return in XML's shape."""

    def element(tag: str, row: Mapping[str, str]) -> str:
        leaves = (
            f"<{name}>{escape(value)}</{name}>"
            for name, value in row.items()
            if name.isidentifier()
        )
        return f"<{tag}>{''.join(leaves)}</{tag}>"

    children = []
    for header in tables["header"]:
        child = header.get("CHILD", "")
        own = [
            element(tag, row)
            for table, tag in (("episodes", "EPISODE"), ("reviews", "AREVIEW"))
            for row in tables[table]
            if row.get("CHILD") == child
        ]
        head = element("HEADER", {"CHILDID": child, **header})
        children.append(f"<CHILD>{head}{''.join(own)}</CHILD>")
    return f"<EXPSSDA903>{''.join(children)}</EXPSSDA903>".encode()


def _as_workbook(dice: Random, files: Files, name: str) -> None:
    """A table as a workbook, damaged in its bytes or within its parts."""
    rows = [line.split(",") for line in files[name].decode("utf-8", errors="replace").split("\n")]
    rows = [[_NOT_XML.sub("", cell) for cell in row] for row in rows[:200]]
    kind, made = dice.choice(((".xlsx", xlsx), (".ods", ods)))
    path = str(PurePosixPath(name).with_suffix(kind))
    data = made({"Sheet1": rows})
    del files[name]
    if dice.random() < 0.5:
        files[path] = data
        dice.choice((_bytes, _cut))(dice, files, path)
        return
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    dice.choice((_bytes, _cut, _junk))(dice, parts, dice.choice(sorted(parts)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    files[path] = buffer.getvalue()


DAMAGES: tuple[Callable[[Random, Files, str], None], ...] = (
    _bytes, _junk, _junk, _cut, _cell, _cell, _cell, _column, _lines, _encoded, _gone, _zipped,
    _as_xml, _as_workbook,
)  # fmt: skip
