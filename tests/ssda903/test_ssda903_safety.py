"""Files that are damaged or hostile: refused in plain words, and nothing else is harmed."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from pathlib import Path

import pytest
from made_return import (
    ROWS,
    YEAR,
    YORK,
    assert_accounted,
    assert_same,
    reading,
    rules,
    table,
    whole,
    write,
    xml_of,
    zipped,
)

from irostats.ssda903 import read

_BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>
<EXPSSDA903><CHILD><HEADER><CHILDID>&b;</CHILDID></HEADER></CHILD></EXPSSDA903>"""
_EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<EXPSSDA903><CHILD><HEADER><CHILDID>&a;</CHILDID></HEADER></CHILD></EXPSSDA903>"""
_TABLES = {key: table(key) for key in ROWS}


@pytest.mark.parametrize("data", [_BOMB, _EXTERNAL, b"<!DOCTYPE EXPSSDA903><EXPSSDA903/>"])
def test_entities_and_document_types_are_refused(data: bytes) -> None:
    """Nothing is expanded and nothing is fetched."""
    found = reading({"a.xml": data})
    assert "xml-broken" in rules(found)
    assert "not safe" in " ".join(issue.message for issue in found.issues)
    assert all(frame.empty for frame in found.tables.values())


@pytest.mark.parametrize(
    "data", [xml_of(_TABLES)[:-30], b"<OTHER><CHILD/></OTHER>", b"<?xml encoding='x'?><a/>", b"<"]
)
def test_xml_that_is_no_return_is_told(data: bytes) -> None:
    """Cut off, another root, an unknown encoding."""
    found = reading(whole() | {"a.xml": data})
    assert "xml-broken" in rules(found)
    assert_same(found, reading(whole()))


def test_xml_in_other_clothes() -> None:
    """Namespaces, lower case, indents and UTF-16 make no difference."""
    text = xml_of(_TABLES).decode()
    lower = text.replace("EXPSSDA903>", "expssda903>").replace("REVIEW_CODE", "review_code")
    spaced = text.replace("<EXPSSDA903>", '<EXPSSDA903 xmlns="urn:x">').replace("><", ">\n <")
    wide = text.replace("version='1.0'", "version='1.0' encoding='utf-16'").encode("utf-16")
    plain = reading({"a.xml": text.encode()})
    for data in (lower.encode(), spaced.encode(), wide):
        assert_same(reading({"a.xml": data}), plain)


def test_xml_rows_are_counted_and_numbered() -> None:
    """A row that cannot be used is told by its number in the table."""
    text = xml_of(_TABLES).decode().replace("<REVIEW>20/10/2017</REVIEW>", "<REVIEW>soon</REVIEW>")
    found = reading({"a.xml": text.encode()})
    assert [(i.rule, i.lines) for i in found.issues] == [("date-unreadable", (2,))]
    assert_accounted(found)


def test_xml_uasc_flag_makes_a_row() -> None:
    """Flag 0 or blank is no unaccompanied child; 1 or a DUC date is."""
    found = reading({"a.xml": xml_of(_TABLES)})
    assert found.tables["uasc"]["CHILD"].tolist() == ["ZQX003"]


def test_xml_elements_that_the_return_does_not_have_are_noted() -> None:
    """An unknown container is counted, the rest is read."""
    text = xml_of(_TABLES).decode().replace("<EPISODE>", "<NEW><A>1</A></NEW><EPISODE>", 1)
    found = reading({"a.xml": text.encode()})
    assert "xml-element-unknown" in rules(found)
    assert_same(found, reading({"a.xml": xml_of(_TABLES)}))


def _archive(name: str, data: bytes, mode: int = 0o644) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        archive.writestr("header.csv", write(table("header")))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "mode", "says"),
    [
        ("../../reviews.csv", b"x", 0o644, "leads outside"),
        ("/reviews.csv", b"x", 0o644, "leads outside"),
        ("C:\\reviews.csv", b"x", 0o644, "leads outside"),
        ("reviews.csv", b"/etc/passwd", stat.S_IFLNK | 0o777, "is a link"),
        ("reviews.csv", b"\0" * 5_000_000, 0o644, "too large"),
        ("inner.zip", zipped({"a.csv": b"x"}), 0o644, "zip inside a zip"),
        ("book.xlsx", zipped({"a.xml": b"x"}), 0o644, "workbook"),
    ],
)
def test_zip_members_that_are_refused_do_not_harm_the_others(
    name: str, data: bytes, mode: int, says: str
) -> None:
    """Each is told, and the good member beside it is read."""
    found = reading({"a.zip": _archive(name, data, mode)})
    (issue,) = found.issues
    assert (issue.rule, says in issue.message) == ("file-unreadable", True)
    assert len(found.tables["header"]) == 3


def test_a_damaged_zip_is_told() -> None:
    """Cut off, spoilt inside, or no zip at all."""
    good = zipped({"header.csv": write(table("header"))})
    spoilt = good[:45] + b"\xff\xff\xff" + good[48:]
    for data in (good[: len(good) // 2], b"not a zip", spoilt):
        found = reading({"a.zip": data})
        assert {"file-unreadable", "nothing-recognised"} <= set(rules(found))


def test_workbooks_are_told_to_be_saved_as_csv() -> None:
    """Whatever their name says."""
    for data in (zipped({"xl/a.xml": b"x"}), b"\xd0\xcf\x11\xe0rest"):
        found = reading(whole() | {"more.csv": data})
        (issue,) = [i for i in found.issues if i.rule == "file-unreadable"]
        assert "workbook" in issue.message
        assert "CSV" in issue.next_step


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "2017-18" / "ssda903"
    folder.mkdir(parents=True)
    (folder / "header.csv").write_bytes(write(table("header")))
    return folder


def _told(folder: Path, tmp_path: Path) -> list[tuple[str, str, str]]:
    found = read(folder, authority=YORK, year=YEAR, relative_to=tmp_path)
    assert len(found.tables["header"]) == 3
    return [(i.rule, i.file, i.message) for i in found.issues]


def test_a_folder_that_is_a_link_is_told_and_not_followed(tmp_path: Path) -> None:
    """What lies elsewhere, or leads round in a circle, is not read in silence or passed over so."""
    folder = _folder(tmp_path)
    (folder / "moved").symlink_to("..", target_is_directory=True)
    ((rule, file, message),) = _told(folder, tmp_path)
    assert (rule, file) == ("folder-closed", "2017-18/ssda903/moved")
    assert "link" in message


def test_a_folder_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files may be the ones that matter."""
    folder = _folder(tmp_path)
    (folder / "mine").mkdir()
    scan = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "mine":
            raise PermissionError(13, "refused", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ((rule, file, _),) = _told(folder, tmp_path)
    assert (rule, file) == ("folder-closed", "2017-18/ssda903/mine")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.timeout(20)
def test_a_named_pipe_is_not_opened(tmp_path: Path) -> None:
    """Opening it would wait for ever."""
    folder = _folder(tmp_path)
    os.mkfifo(folder / "reviews.csv")
    ((rule, file, message),) = _told(folder, tmp_path)
    assert (rule, file) == ("file-unreadable", "2017-18/ssda903/reviews.csv")
    assert "pipe" in message


def test_files_that_nobody_means_are_passed_over() -> None:
    """Hidden files and lock files are no part of a return; others are noted."""
    files = {".DS_Store": b"x", "~$header.csv": b"x", "__MACOSX/._a.csv": b"x", "notes.docx": b"x"}
    found = reading(whole() | files)
    assert [i.file for i in found.issues] == ["2017-18/ssda903/notes.docx"]


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff", "CHILD,DOB,REVIEW,REVIEW_CODE"])
def test_files_without_rows(text: str) -> None:
    """Empty, blank, or headings only: told and harmless."""
    found = reading(whole() | {"more.csv": text.encode()})
    assert {"file-empty", "file-no-rows"} & set(rules(found))
    assert_same(found, reading(whole()))
