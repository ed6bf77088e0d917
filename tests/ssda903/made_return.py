"""A small made-up return, and ways in which software may write it."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pandas as pd

from irostats.calendar import ReportingYear
from irostats.ssda903 import TABLES, AuthorityId, Return, read

YORK = AuthorityId("816", "E06000014", ("York", "City of York Council", "york"))
YEAR = ReportingYear(2018)

HEADINGS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,"
    "HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "uasc": "CHILD,SEX,DOB,DUC",
    "oc2": "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,"
    "HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
    "oc3": "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM",
    "ad1": "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
    "placed_adoption": "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
    "prev_perm": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
    "dolo": "CHILD,DOB,DOLO_START,DOLO_END",
}

_A, _B, _C = "ZQX001,2009-05-14", "ZQX002,2015-11-02", "ZQX003,2001-08-15"
ROWS = {
    "header": [
        "ZQX001,1,2009-05-14,WBRI,A123456789012,,",
        "ZQX002,2,2015-11-02,MWBC,UN1,,",
        "ZQX003,2,2001-08-15,BAFR,B123456789012,1,2017-12-24",
    ],
    "episodes": [
        "ZQX001,2016-07-04,S,V2,N1,U6,PR1,2017-09-01,X1,CARPL,ZZ1 1AA,ZZ2 2BB,",
        "ZQX001,2017-09-01,P,C2,N1,K2,PR4,,,,ZZ1 1AA,ZZ3 3CC,SC999999",
        "ZQX002,2017-05-08,S,C1,N5,A5,PR1,2018-02-12,E12,,ZZ1 1AA,ZZ2 2BB,",
        "ZQX003,2017-06-30,S,V2,N8,H5,PR4,,,,,ZZ4 4DD,",
    ],
    "reviews": [
        f"{_A},2017-04-28,PN1",
        f"{_A},2017-10-20,PN5",
        f"{_B},2017-06-02,PN0",
        f"{_B},2017-08-31,PN0",
        f"{_C},2017-07-27,PN2",
    ],
    "uasc": ["ZQX003,2,2001-08-15,2019-08-15"],
    "oc2": [f"{_A},12,,0,,1,1,1,0,,"],
    "oc3": ["ZQX004,1998-09-09,YES,F1,U1"],
    "ad1": [f"{_B},2017-11-20,2017-10-02,1,2,MF,L11"],
    "placed_adoption": [f"{_B},2017-11-20,2018-02-12,RD1"],
    "prev_perm": [f"{_A},P1,816,2012-02-01", f"{_B},Z1,,"],
    "missing": [f"{_A},M,2017-12-01,2017-12-03"],
    "sw_episodes": [f"{_A},SW1,2017-04-03,,"],
    "dolo": [f"{_A},2018-01-10,2018-02-01"],
}
IDENTIFIERS = ("ZQX", "2009-05-14", "14/05/2009", "A123456789012", "ZZ1 1AA", "SC999999")


def ddmmyyyy(iso: str) -> str:
    """As DfE asks."""
    return date.fromisoformat(iso).strftime("%d/%m/%Y")


def is_date(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


@dataclass(frozen=True)
class Manner:
    """How a program writes CSV."""

    date: Callable[[str], str] = ddmmyyyy
    delimiter: str = ","
    newline: str = "\n"
    encoding: str = "utf-8"
    heading: Callable[[str], str] = str
    value: Callable[[str], str] = str
    order: Callable[[int], Sequence[int]] = range
    quoting: int = csv.QUOTE_MINIMAL


def table(key: str, rows: Sequence[str] | None = None) -> list[list[str]]:
    """Headings and rows of a made-up table, dates in ISO form."""
    body = ROWS[key] if rows is None else rows
    return [HEADINGS[key].split(","), *(row.split(",") for row in body)]


def write(cells: Sequence[Sequence[str]], manner: Manner = Manner()) -> bytes:
    """Cells as the bytes of a delimited file."""
    order = list(manner.order(len(cells[0])))
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=manner.delimiter,
        lineterminator=manner.newline,
        quoting=manner.quoting,  # type: ignore[arg-type]
    )
    writer.writerow([manner.heading(cells[0][i]) for i in order])
    for row in cells[1:]:
        tidy = [manner.date(c) if is_date(c) else manner.value(c) for c in row]
        writer.writerow([tidy[i] for i in order])
    return text.getvalue().encode(manner.encoding)


def whole(manner: Manner = Manner()) -> dict[str, bytes]:
    """Every table as a file."""
    return {f"{key}.csv": write(table(key), manner) for key in TABLES}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files in a zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def reading(files: Mapping[str, bytes], *, year: ReportingYear = YEAR, **more: object) -> Return:
    """Read files from a folder."""
    with tempfile.TemporaryDirectory() as base:
        folder = Path(base, str(year), "ssda903")
        for name, data in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        folder.mkdir(parents=True, exist_ok=True)
        return read(folder, authority=YORK, year=year, relative_to=Path(base), **more)  # type: ignore[arg-type]


def reading_csv(key: str, text: str) -> Return:
    """Read one file of the table's headings and these lines."""
    return reading({f"{key}.csv": f"{HEADINGS[key]}\n{text}".encode()})


def rules(returned: Return) -> list[str]:
    """The rules of all issues."""
    return [issue.rule for issue in returned.issues]


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """A table without where its rows came from, in order."""
    kept = [name for name in frame.columns if name not in ("FILE", "LINE")]
    return frame[kept].sort_values(kept, ignore_index=True)


def assert_same(one: Return, other: Return) -> None:
    """Two returns hold the same rows."""
    for key in TABLES:
        pd.testing.assert_frame_equal(plain(one.tables[key]), plain(other.tables[key]), obj=key)


def assert_accounted(returned: Return) -> None:
    """Every data row of every file is in a table or in an issue, and never in both."""
    from irostats.ssda903 import LEFT_OUT

    for file in returned.files:
        kept = sum(int((frame["FILE"] == file.path).sum()) for frame in returned.tables.values())
        assert kept + file.left_out == file.rows, file
    told = sum(issue.rows for issue in returned.issues if issue.rule in LEFT_OUT)
    assert told == sum(file.left_out for file in returned.files)


def xml_of(rows: Mapping[str, list[list[str]]], dates: Callable[[str], str] = ddmmyyyy) -> bytes:
    """The XML return of made-up tables, as DfE lays it out."""

    def leaf(name: str, value: str) -> str:
        text = escape(dates(value) if is_date(value) else value)
        return f"<{name}>{text}</{name}>" if text else f"<{name} />"

    def of(key: str, child: str) -> list[dict[str, str]]:
        head, *body = rows[key]
        return [dict(zip(head, r, strict=True)) for r in body if r[0] == child]

    def element(tag: str, row: Mapping[str, str], skip: Sequence[str] = ("CHILD", "DOB")) -> str:
        inner = "".join(
            leaf("PL" if n == "PLACE" else n, v) for n, v in row.items() if n not in skip
        )
        return f"<{tag}>{inner}</{tag}>"

    def flat(row: Mapping[str, str], skip: Sequence[str] = ("CHILD", "DOB", "SEX")) -> str:
        return "".join(leaf(n, v) for n, v in row.items() if n not in skip)

    children = []
    for child in [row[0] for row in rows["header"][1:]]:
        (header,) = of("header", child)
        uasc = of("uasc", child)
        inner = (
            leaf("CHILDID", child) + flat(header, ("CHILD",)) + leaf("UASC", "1" if uasc else "0")
        )
        inner += "".join(flat(row) for key in ("uasc", "ad1", "oc3") for row in of(key, child))
        for key, tag in (
            ("missing", "AMISSING"),
            ("reviews", "AREVIEW"),
            ("prev_perm", "PERMANENCE"),
            ("oc2", "OC2"),
            ("placed_adoption", "AD_PLACED"),
        ):
            inner += "".join(element(tag, row) for row in of(key, child))
        episodes = "".join(element("EPISODE", row, ("CHILD",)) for row in of("episodes", child))
        children.append(f"<CHILD><HEADER>{inner}</HEADER>{episodes}</CHILD>")
    return f"<?xml version='1.0'?>\n<EXPSSDA903>{''.join(children)}</EXPSSDA903>".encode()
