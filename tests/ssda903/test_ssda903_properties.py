"""However a return is written it reads the same; whatever is done to it, nothing is lost."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from made_return import (
    HEADINGS,
    IDENTIFIERS,
    YEAR,
    Manner,
    assert_accounted,
    assert_same,
    ddmmyyyy,
    reading,
    table,
    whole,
    write,
    xml_of,
    zipped,
)

from irostats.issues import Issue
from irostats.ssda903 import TABLES, Return, check, stack

_WHOLE = reading(whole())
_DATES = [
    ddmmyyyy,
    str,
    lambda iso: f"{iso}T00:00:00",
    lambda iso: f"{iso[8:]}/{iso[5:7]}/{iso[2:4]}",
    lambda iso: f"{int(iso[8:])}-{int(iso[5:7])}-{iso[:4]}",
]


def _shuffled(seed: int) -> object:
    def order(width: int) -> Sequence[int]:
        return sorted(range(width), key=lambda n: (n * 7919 + seed) % 101)

    return order


manners = st.builds(
    Manner,
    date=st.sampled_from(_DATES),
    delimiter=st.sampled_from([",", ";", "\t"]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    heading=st.sampled_from(
        [str, str.lower, str.title, lambda h: h.replace("_", " "), " {} ".format]
    ),
    value=st.sampled_from([str, str.lower, " {} ".format]),
    order=st.integers(0, 100).map(_shuffled),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)


def _la_year(manner: Manner) -> dict[str, bytes]:
    files = {}
    for key in TABLES:
        cells = table(key)
        extra = [["LA", "YEAR"], *([["York", "2017/18"]] * (len(cells) - 1))]
        other = [["ZQX009", *[""] * (len(cells[0]) - 1), "Barnet", "2017/18"]]
        files[f"{key}.csv"] = write(
            [[*row, *more] for row, more in zip(cells, extra, strict=True)] + other, manner
        )
    return files


_LAYOUTS = {
    "flat": lambda manner: whole(manner),
    "sub-folder": lambda manner: {f"2017_18/{n}": data for n, data in whole(manner).items()},
    "zip": lambda manner: {"return.zip": zipped(whole(manner))},
    "zip of a sub-folder": lambda manner: {
        "all.zip": zipped({f"2018/{n}": data for n, data in whole(manner).items()})
    },
    "la and year": _la_year,
}


@given(manners, st.sampled_from(sorted(_LAYOUTS)))
def test_however_it_is_written_it_reads_the_same(manner: Manner, layout: str) -> None:
    """Encoding, line ends, order, case, date formats and layout do not move a value."""
    found = reading(_LAYOUTS[layout](manner))
    assert_same(found, _WHOLE)
    assert_accounted(found)


_edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 3), st.binary(min_size=0, max_size=4)), max_size=6
)
_ORIGINALS = {
    "a.csv": b"\n".join([*write(table("episodes")).splitlines(), b""]),
    "b.csv": write(table("reviews"), Manner(encoding="utf-16")),
    "c.xml": xml_of({key: table(key) for key in TABLES}),
    "d.zip": zipped({"header.csv": write(table("header"))}),
}


def _mutated(data: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for where, removed, put in edits:
        at = int(where * len(data))
        data = data[:at] + put + data[at + removed :]
    return data


def _survives(files: dict[str, bytes]) -> Return:
    found = reading(files)
    assert_accounted(found)
    for key, frame in found.tables.items():
        assert frame.dtypes.to_dict() == _WHOLE.tables[key].dtypes.to_dict()
    _name_no_child(found.issues)
    return found


def _name_no_child(issues: Sequence[Issue]) -> None:
    for issue in issues:
        assert not any(secret in str(issue) for secret in IDENTIFIERS), issue


@given(st.fixed_dictionaries(dict.fromkeys(sorted(_ORIGINALS), _edits)))
def test_damaged_files_give_tables_and_issues(
    edits: dict[str, list[tuple[float, int, bytes]]],
) -> None:
    """No damage makes reading fail, and every row is still accounted for."""
    _survives({name: _mutated(_ORIGINALS[name], change) for name, change in edits.items()})


_cells = st.sampled_from(
    [
        "",
        " ",
        '"',
        ",",
        "\n",
        "ZQX001",
        "01/05/2017",
        "43191",
        "31/02/2018",
        "PN1",
        "1.2E+05",
        "2017-05-01",
        "S",
        "C2",
        "X1",
        "V4",
        "NULL",
        "\x00",
        "é",
        "zz/05/2016",
        "2016-17",
        "York",
    ]
)
_lines = st.lists(st.lists(_cells, max_size=16).map(",".join), max_size=12)


@given(st.sampled_from(sorted(TABLES)), _lines, st.sampled_from(["", ",LA,YEAR", ",,", ",CHILD"]))
def test_any_rows_under_headings_are_accounted_for(key: str, lines: list[str], more: str) -> None:
    """Whatever lies under the headings is kept or told, each row once."""
    text = "\n".join([HEADINGS[key] + more, *lines])
    found = _survives({f"{key}.csv": text.encode()})
    stacked = stack([found, _WHOLE], years=[YEAR])
    _name_no_child([*stacked.issues, *check(stacked, year=YEAR)])


@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xml", "a.zip", "a.txt", "a.bin"]))
def test_any_bytes_are_survived(data: bytes, name: str) -> None:
    """A file may hold anything."""
    _survives({name: data})
