"""Where placements lie, from postcodes and a directory; and that postcodes go no further."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_return import ROWS, YEAR, YORK, assert_accounted, rules, table, whole, write, xml_of

from irostats import parameters
from irostats.calendar import ReportingYear
from irostats.errors import CommandError, InputError
from irostats.issues import Severity
from irostats.postcodes import FILE, add, open_directory
from irostats.records import load
from irostats.ssda903 import AuthorityId, Return, read
from small_authority import HEADINGS, Child, figures, write_table, write_year

OLD = "pcd,pcd2,pcds,dointr,oscty,oslaua,oseast1m,osnrth1m,osgrdind"
NEW = "pcd7,pcd8,pcds,dointr,cty25cd,ced25cd,lad25cd,east1m,north1m,ctry25cd"
# Postcode, county, district, easting, northing.
PLACES = [
    ("ZZ1 1AA", "E99999999", "E06000014", "460000", "452000"),  # the home, in York
    ("ZZ2 2BB", "E99999999", "E06000014", "463000", "0456000"),  # 5 km away
    (
        "ZZ3 3CC",
        "E10000023",
        "E07000165",
        "460000",
        "484186",
    ),  # in a county, 32.186 km = 20.0 miles
    ("ZZ4 4DD", "W99999999", "W06000015", "320000", "175000"),
    ("ZZ5 5EE", "N99999999", "N09000003", "333000", "374000"),  # on the Irish grid
    ("ZZ6 6FF", "E99999999", "E06000014", "", ""),
    ("ZZ7 7GG", "", "", "", ""),
]


def lines(headings: str = OLD) -> str:
    """The directory as it is published, under the headings of one time or another."""
    names = headings.split(",")
    of = {"pcds": 0, "oscty": 1, "cty25cd": 1, "oslaua": 2, "lad25cd": 2}
    of |= {"oseast1m": 3, "east1m": 3, "osnrth1m": 4, "north1m": 4}
    rows = [
        ",".join(f'"{row[of[name]]}"' if name in of else '"x"' for name in names) for row in PLACES
    ]
    return "\n".join([headings, *rows]) + "\n"


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A directory that somebody has added to a data folder."""
    (tmp_path / "onspd.csv").write_text(lines(), encoding="utf-8")
    (tmp_path / "data").mkdir()
    return add(tmp_path / "onspd.csv", tmp_path / "data").path


def reading(
    tmp_path: Path, files: dict[str, bytes], directory: Path | None, who: AuthorityId = YORK
) -> Return:
    """Read these files with a directory."""
    folder = tmp_path / "york" / str(YEAR) / "ssda903"
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return read(
        folder, authority=who, year=YEAR, relative_to=tmp_path / "york", postcodes=directory
    )


def episodes(*pairs: tuple[str, str], extra: dict[str, list[str]] | None = None) -> bytes:
    """Episodes of one child each with these postcodes of home and placement."""
    cells = table("episodes", [])
    cells[0] += list(extra or {})
    for number, (home, place) in enumerate(pairs):
        row = f"ZQX1{number},2017-05-08,S,C1,N5,U6,PR1,,,,{home},{place},".split(",")
        cells.append([*row, *(values[number] for values in (extra or {}).values())])
    return write(cells)


def where(found: Return) -> list[tuple[object, object]]:
    """Location and distance of each episode, None where not known."""
    rows = found.tables["episodes"].sort_values("LINE")
    return [
        (None if pd.isna(side) else side, None if np.isnan(miles) else miles)
        for side, miles in zip(rows["PL_LOCATION"], rows["PL_DISTANCE"], strict=True)
    ]


def test_location_and_distance_follow_from_postcodes(tmp_path: Path, directory: Path) -> None:
    """Inside if the upper-tier authority is our own; miles in a straight line, one decimal."""
    pairs = [
        ("ZZ1 1AA", "ZZ2 2BB"),  # 5 km: 3.1 miles
        ("ZZ1 1AA", "ZZ3 3CC"),  # another authority, a county
        ("zz11aa", "zz1 1aa "),  # however it is written
        ("ZZ1 1AA", "ZZ4 4DD"),  # Wales: outside
        ("ZZ1 1AA", "ZZ5 5EE"),  # Northern Ireland: outside, on another grid
        ("ZZ1 1AA", "ZZ6 6FF"),  # no grid reference
        ("", "ZZ2 2BB"),  # no home
        ("ZZ1 1AA", ""),  # no placement
    ]
    found = reading(tmp_path, {"e.csv": episodes(*pairs)}, directory)
    wales = round(float(np.hypot(140000, 277000)) / 1609.3, 1)
    assert where(found) == [
        ("IN", 3.1),
        ("OUT", 20.0),
        ("IN", 0.0),
        ("OUT", wales),
        ("OUT", None),
        ("IN", None),
        ("IN", None),
        (None, None),
    ]
    assert rules(found) == []
    assert_accounted(found)


def test_postcodes_that_the_directory_lacks_stay_unknown_in_one_note(
    tmp_path: Path, directory: Path
) -> None:
    """Counted by row, over all files; a placement whose authority is not known is not outside."""
    files = {
        "a.csv": episodes(("ZZ1 1AA", "ZZ9 9ZZ"), ("ZZ9 9ZZ", "ZZ2 2BB"), ("ZZ1 1AA", "ZZ7 7GG")),
        "b.csv": episodes(("nowhere at all", "ZZ2 2BB")).replace(b"ZQX1", b"ZQX2"),
    }
    found = reading(tmp_path, files, directory)
    assert where(found)[:1] == [(None, None)]
    assert sorted(str(side) for side, _ in where(found)) == ["IN", "IN", "None", "None"]
    (issue,) = found.issues
    assert (issue.severity, issue.rule, issue.rows) == (Severity.NOTE, "postcode-unknown", 3)
    assert "in 2 files" in issue.message


def test_without_a_directory_nothing_is_filled_in(tmp_path: Path, directory: Path) -> None:
    """Neither without one, nor with a name that leads nowhere."""
    data = {"e.csv": episodes(("ZZ1 1AA", "ZZ2 2BB"))}
    for number, path in enumerate([None, directory.with_name("none.npz")]):
        found = reading(tmp_path / str(number), data, path)
        assert where(found) == [(None, None)]
        assert (found.issues, len(found.files)) == ((), 1)


@pytest.mark.parametrize(
    ("extra", "expected"),
    [
        ({"PL_LOCATION": ["OUT", ""]}, [("OUT", 3.1), (None, 20.0)]),
        ({"PL_DISTANCE": ["999.9", "7.5"]}, [("IN", None), ("OUT", 7.5)]),
        ({"PL_LOCATION": ["", ""]}, [("IN", 3.1), ("OUT", 20.0)]),
        ({"PL_LOCATION": ["OUT", "IN"], "PL_DISTANCE": ["9.9", ""]}, [("OUT", 9.9), ("IN", None)]),
    ],
)
def test_a_column_that_the_extract_fills_stays_as_it_is(
    tmp_path: Path, directory: Path, extra: dict[str, list[str]], expected: list[object]
) -> None:
    """Blank or 999.9 in it means that whoever made it did not know either."""
    pairs = [("ZZ1 1AA", "ZZ2 2BB"), ("ZZ1 1AA", "ZZ3 3CC")]
    found = reading(tmp_path, {"e.csv": episodes(*pairs, extra=extra)}, directory)
    assert where(found) == expected
    used = [file.path for file in found.files if file.path == FILE]
    assert used == ([] if len(extra) == 2 else [FILE])


def test_a_directory_that_is_not_needed_is_not_opened(tmp_path: Path) -> None:
    """An extract that has both columns, or no postcode, does not fail over a damaged one."""
    broken = tmp_path / FILE
    broken.write_bytes(b"PK\x03\x04")
    extra = {"PL_LOCATION": ["IN"], "PL_DISTANCE": ["1.0"]}
    both = episodes(("ZZ1 1AA", "ZZ2 2BB"), extra=extra)
    assert where(reading(tmp_path / "a", {"e.csv": both}, broken)) == [("IN", 1.0)]
    assert where(reading(tmp_path / "b", {"e.csv": episodes(("", ""))}, broken)) == [(None, None)]
    with pytest.raises(InputError, match="cannot be read"):
        reading(tmp_path / "c", {"e.csv": episodes(("ZZ1 1AA", "ZZ2 2BB"))}, broken)


def test_unaccompanied_children_have_no_distance(tmp_path: Path, directory: Path) -> None:
    """Those who are so at the end of the year; what an extract says of them is not touched."""
    uasc = ["ZQX10,2,2001-08-15,2019-08-15", "ZQX11,2,2001-08-15,2017-12-01"]
    pairs = [("ZZ1 1AA", "ZZ2 2BB")] * 3
    files = {"u.csv": write(table("uasc", uasc)), "e.csv": episodes(*pairs)}
    found = reading(tmp_path / "a", files, directory)
    assert where(found) == [("IN", None), ("IN", 3.1), ("IN", 3.1)]
    files["e.csv"] = episodes(*pairs, extra={"PL_DISTANCE": ["4.0", "4.0", "4.0"]})
    assert where(reading(tmp_path / "b", files, directory))[0] == ("IN", 4.0)


def test_xml_is_located_as_csv_is(tmp_path: Path, directory: Path) -> None:
    """From the same elements."""
    tables = {key: table(key) for key in ROWS}
    by_xml = reading(tmp_path / "a", {"r.xml": xml_of(tables)}, directory)
    by_csv = reading(tmp_path / "b", whole(), directory)
    for column in ("PL_LOCATION", "PL_DISTANCE"):
        first, second = (
            found.tables["episodes"].sort_values(["CHILD", "DECOM"])[column].tolist()
            for found in (by_xml, by_csv)
        )
        assert str(first) == str(second)
    assert by_xml.tables["episodes"]["PL_LOCATION"].notna().any()


def test_an_authority_that_the_directory_does_not_have_is_told(
    tmp_path: Path, directory: Path
) -> None:
    """Or every placement would be outside; distances are worked out all the same."""
    nobody = AuthorityId("999", "", ("Smalltown",))
    found = reading(tmp_path, {"e.csv": episodes(("ZZ1 1AA", "ZZ2 2BB"))}, directory, nobody)
    assert where(found) == [(None, 3.1)]
    assert rules(found) == ["postcode-authority"]


def test_every_code_that_the_authority_has_borne_is_its_own() -> None:
    """A directory of another year may use an earlier one, or authority.toml may."""
    assert AuthorityId("825", "e06000060", ()).ons_codes == {"E10000002", "E06000060"}


def test_no_postcode_is_left_after_reading(tmp_path: Path, directory: Path) -> None:
    """Neither in a table, nor in an issue, nor in provenance."""
    found = reading(
        tmp_path, {"e.csv": episodes(("ZZ1 1AA", "ZZ2 2BB"), ("ZZ9 9ZZ", "QQ8 8QQ"))}, directory
    )
    assert not {"HOME_POST", "PL_POST"} & set(found.tables["episodes"].columns)
    text = found.tables["episodes"].to_csv() + repr(found.issues) + repr(found.files)
    for postcode in ("ZZ1", "ZZ2", "ZZ9", "QQ8", "1AA", "8QQ"):
        assert postcode not in text


def test_two_years_use_one_directory_and_provenance_names_it_once(
    tmp_path: Path, directory: Path
) -> None:
    """With its SHA-256; the figures of the section are then recorded."""
    data = directory.parent
    for year in ("2019-20", "2020-21"):
        home = write_year(data, year, [Child("A", "01/05/2018"), Child("B", "01/05/2018")])
        rows = [
            {"CHILD": child, "DECOM": "01/05/2018", "RNE": "S", "LS": "C2", "PLACE": "U6"}
            | {"HOME_POST": "ZZ1 1AA", "PL_POST": place}
            for child, place in (("A", "ZZ2 2BB"), ("B", "ZZ3 3CC"))
        ]
        write_table(home / "ssda903" / "episodes.csv", HEADINGS["episodes"].split(), rows)
    settings = data / "smalltown" / "authority.toml"
    settings.write_text(settings.read_text() + 'ons_code = "E06000014"\n', encoding="utf-8")
    records = load(parameters.make("smalltown", "2020-21", data=data))
    (file,) = [file for file in records.files if file.path == FILE]
    assert (file.sha256, file.size) == (
        open_directory(directory).sha256,
        directory.stat().st_size,
    )
    found = figures(data, "2020-21").by("placements.located", "locality", ReportingYear(2021))
    assert {key: figure.value for key, figure in found.items()} == {
        "inside": 1,
        "outside": 1,
        "not_known": 0,
    }


@pytest.mark.parametrize("headings", [OLD, NEW, OLD.upper(), OLD.replace("oslaua", "laua")])
def test_headings_of_any_release_are_understood(tmp_path: Path, headings: str) -> None:
    """The numbers in them are years, and NSPL's names differ from ONSPD's."""
    text = lines(headings.lower()).replace(headings.lower(), headings)
    if "laua" in headings and "oslaua" not in headings.lower():
        text = lines(OLD).replace("oslaua", "laua").replace("oscty", "cty")
    (tmp_path / "d.csv").write_text(text, encoding="utf-8-sig")
    added = add(tmp_path / "d.csv", tmp_path)
    assert (added.postcodes, added.authorities, added.left_out) == (7, 4, 0)
    found = open_directory(added.path)
    assert found.authority_of(found.find(["ZZ33CC", "ZZ2 2BB", "ZZ77GG", None])) == [
        "E10000023",
        "E06000014",
        "",
        "",
    ]


def test_the_published_zip_is_read_without_unpacking(tmp_path: Path) -> None:
    """The whole file in it, not its parts by area, nor lists of names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Documents/LA names.csv", "LAD25CD,LAD25NM\nE06000014,York\n")
        archive.writestr("Data/multi_csv/ONSPD_ZZ.csv", lines(NEW).replace("ZZ7 7GG", "ZZ8 8HH"))
        archive.writestr("Data/ONSPD_UK.csv", lines(NEW))
    (tmp_path / "d.zip").write_bytes(buffer.getvalue())
    added = add(tmp_path / "d.zip", tmp_path)
    assert added.postcodes == 7
    assert open_directory(added.path).find(["ZZ8 8HH"]).tolist() == [-1]


def test_a_newer_directory_takes_the_place_of_the_earlier(tmp_path: Path) -> None:
    """And the same directory makes the same bytes."""
    (tmp_path / "d.csv").write_text(lines(), encoding="utf-8")
    first = add(tmp_path / "d.csv", tmp_path).path.read_bytes()
    (tmp_path / "e.csv").write_text(lines().replace("ZZ7 7GG", "ZZ8 8HH"), encoding="utf-8")
    path = add(tmp_path / "e.csv", tmp_path).path
    assert open_directory(path).find(["ZZ8 8HH"]).tolist() != [-1]
    assert add(tmp_path / "d.csv", tmp_path).path.read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.csv", "e.csv", FILE]


def test_lines_that_hold_no_postcode_are_counted(tmp_path: Path) -> None:
    """And left out; of a postcode that is there twice the later line counts."""
    more = "x,x,ZZ1,x,,E06000014,1,1,1\nx,x,ZZ2 2BB,x,,E06000001,1,1,1\n"
    (tmp_path / "d.csv").write_text(lines() + more, encoding="utf-8")
    added = add(tmp_path / "d.csv", tmp_path)
    assert (added.postcodes, added.left_out) == (7, 1)
    found = open_directory(added.path)
    assert found.authority_of(found.find(["ZZ2 2BB"])) == ["E06000001"]


def test_only_what_placements_need_is_kept(directory: Path) -> None:
    """Postcode, grid reference and upper-tier authority."""
    with np.load(directory) as held:
        assert set(held) == {"postcode", "east", "north", "authority", "authorities"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"CHILD,DOB\n1,2\n", "no postcode directory"),
        (OLD.encode() + b"\n", "holds no postcode"),
        (b"PK\x03\x04damaged", "damaged"),
        (b"", "no postcode directory"),
        (b"PK\x03\x04", "damaged"),
    ],
)
def test_a_file_that_is_no_directory_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """In a sentence; one that is there stays."""
    (tmp_path / FILE).write_bytes(b"the earlier one")
    (tmp_path / "d.csv").write_bytes(data)
    with pytest.raises(InputError, match=says):
        add(tmp_path / "d.csv", tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"the earlier one"


def test_a_file_or_folder_that_is_not_there_is_an_error_of_the_command(tmp_path: Path) -> None:
    """Nothing is made."""
    with pytest.raises(CommandError, match="no file"):
        add(tmp_path / "none.csv", tmp_path)
    (tmp_path / "d.csv").write_text(lines(), encoding="utf-8")
    with pytest.raises(CommandError, match="no folder"):
        add(tmp_path / "d.csv", tmp_path / "none")


def test_git_ignores_a_postcode_directory() -> None:
    """It is licensed to others, and never shipped."""
    root = Path(__file__).parents[2]
    if not (root / ".git").exists():
        pytest.skip("not a git checkout, so nothing is tracked")
    ignored = subprocess.run(["git", "check-ignore", "-q", f"data/{FILE}"], cwd=root, check=False)
    tracked = subprocess.run(
        ["git", "ls-files", "--", "*.npz"], cwd=root, capture_output=True, check=True
    )
    assert (ignored.returncode, tracked.stdout) == (0, b"")
