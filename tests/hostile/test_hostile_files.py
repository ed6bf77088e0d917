"""Files that no folder should hold: refused in words, at once, with nothing read of them."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from irostats import parameters
from irostats.errors import IrostatsError
from irostats.records import Records, load
from irostats.report import open_report
from irostats.service.workbooks import read_workbook
from irostats.settings import read_authority, read_population
from made_workbook import ods_of, xlsx
from small_authority import SETTINGS, Child, write_year

CHILD = Child("SECRET99", "01/05/2020", reviews={"20/05/2020": "PN1"})
POSIX = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The year's folder of a small authority."""
    return write_year(tmp_path / "data", "2020-21", [CHILD])


def opened(home: Path) -> Records:
    """What is read of it."""
    return load(parameters.make("smalltown", "2020-21", data=home.parents[1]))


PLACES = (
    "authority.toml", "population.csv", "committee.toml", "2020-21/year.toml",
    "2020-21/published.csv", "2020-21/narrative/reviews.md", "2020-21/ssda903/more.csv",
    "2020-21/service/disputes.csv",
)  # fmt: skip


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _leading_out(path: Path) -> None:
    path.symlink_to(os.environ["HOSTILE_OUTSIDE"])


def _leading_nowhere(path: Path) -> None:
    path.symlink_to("nowhere-at-all")


@POSIX
@pytest.mark.parametrize("made", [_pipe, _device, _leading_out, _leading_nowhere])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_file_of_the_folder_is_told_and_not_read(
    place: str,
    made: Callable[[Path], None],
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pipe, a device, a link that leads out or nowhere: named, and never passed over."""
    outside = tmp_path / "outside"
    outside.write_text("root:x:0:0\n", encoding="utf-8")
    monkeypatch.setenv("HOSTILE_OUTSIDE", str(outside))
    path = home.parent / place
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    made(path)
    try:
        report = open_report(parameters.make("smalltown", "2020-21", data=home.parents[1]))
        told = "\n".join(map(str, report.issues))
    except IrostatsError as error:
        told = str(error)
    assert path.name in told or path.parent.parent.name in told
    assert any(why in told for why in ("pipe or a device", "leads out", "cannot be opened", "toml"))
    assert "root:x" not in told


TOML = {
    "threshold = 1" + "0" * 5000: "TOML",
    "threshold = 0x1" + "0" * 5000: "beyond",
    "threshold = 1.5": "whole number",
    "threshold = nan": "whole number",
    "threshold = [1]": "whole number",
    "threshold = 1979-05-27": "whole number",
    "suppression = ['none']": "known choice",
    "suppression = {}": "known choice",
    "suppression = " + "[" * 20_000: "TOML",
    "x" * 100_000 + " = 1": "known",
    'suppression = "\x00"': "TOML",
}


@pytest.mark.parametrize(("line", "says"), TOML.items(), ids=range(len(TOML)))
def test_odd_settings_are_refused(line: str, says: str, tmp_path: Path) -> None:
    """Numbers without end, lists within lists, other types: in a message that can be read."""
    path = tmp_path / "authority.toml"
    path.write_text(f"{SETTINGS}[protection]\n{line}\n", encoding="utf-8")
    with pytest.raises(IrostatsError, match=says):
        read_authority(path)


@pytest.mark.parametrize("name", ["", " ", "a\\nb", "a\\u202eb", "x" * 200, "a\\u0007"])
def test_a_name_is_one_line_of_ordinary_characters(name: str, tmp_path: Path) -> None:
    """It stands in titles, footers and file descriptions."""
    path = tmp_path / "authority.toml"
    path.write_text(SETTINGS.replace("Smalltown Council", name), encoding="utf-8")
    with pytest.raises(IrostatsError, match="one line"):
        read_authority(path)


POPULATION = {
    b"": "no column",
    b"\x00\xff\xfe": "damaged",
    b"year,population,source\n2020-21,1,2,3,4\n": "line 2: there are more cells",
    b'year,population,source\n2020-21,"1\n': "line 2",
    b"year,population,source\n2020-21,nan,x\n": "not a population",
    b"year,population,source\n2020-21,1e999,x\n": "not a population",
    b"year,population,source\n2020-99,100,x\n": "line 2",
    b"year,population,source\n2020-21,100,x\n2020-21,200,y\n": "line 3",
    b"year,year,population,source\n": "more than one",
}


@pytest.mark.parametrize(("data", "says"), POPULATION.items(), ids=range(len(POPULATION)))
def test_a_population_that_is_none_is_refused(data: bytes, says: str, tmp_path: Path) -> None:
    """By line; a number is never taken from a neighbouring column."""
    path = tmp_path / "population.csv"
    path.write_bytes(data)
    with pytest.raises(IrostatsError, match=says):
        read_population(path)


def _sheet(rows: str, shared: str = "") -> bytes:
    data = xlsx({"a": [["id"]]})
    parts = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace("</sheetData>", f"{rows}</sheetData>")
    if shared:
        parts["xl/sharedStrings.xml"] = shared
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


WORKBOOKS = {
    "far out": lambda: _sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "unplaced": lambda: _sheet('<row r="1048576">' + "<c><v>1</v></c>" * 16_000 + "</row>"),
    "one text many times": lambda: _sheet(
        "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30_000)),
        f"<sst><si><t>{'x' * 1_000_000}</t></si></sst>",
    ),
    "repeated": lambda: ods_of(
        '<table:table table:name="a"><table:table-row table:number-rows-repeated="1000">'
        '<table:table-cell table:number-columns-repeated="1000" office:value-type="string" '
        f'office:string-value="x"><text:p>{"x" * 100_000}</text:p></table:table-cell>'
        "</table:table-row></table:table>"
    ),
}


@pytest.mark.parametrize("made", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_that_would_fill_all_memory_is_refused(made: Callable[[], bytes]) -> None:
    """Before it is opened, by what it says of itself."""
    assert "larger than irostats opens" in read_workbook(made()).refused


@pytest.mark.parametrize("unit", ['<c r="', "<c ", '<row r="1" ', "<table:table ", "<si>"])
def test_tags_that_never_end_take_no_time(unit: str) -> None:
    """Each is looked at once."""
    begun = time.monotonic()
    read_workbook(_sheet(unit * (2_000_000 // len(unit))))
    read_workbook(ods_of(unit * (2_000_000 // len(unit))))
    assert time.monotonic() - begun < 60


def test_a_cell_of_ten_megabytes_and_a_million_columns_are_read_or_told(home: Path) -> None:
    """The rows beside them stay, and the message is one that can be read."""
    folder = home / "ssda903"
    (folder / "wide.csv").write_text("CHILD,DOB," + ",".join("x" * 1 for _ in range(200_000)))
    (folder / "long.csv").write_text("CHILD,DOB,REVIEW,REVIEW_CODE\n" + "x" * 10_000_000 + ",,,\n")
    found = opened(home)
    assert len(found.tables["reviews"]) == 1
    assert len("\n".join(map(str, found.issues))) < 20_000
