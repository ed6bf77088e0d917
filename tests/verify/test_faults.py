"""Each check is seen to fail on a file with the fault planted, and to pass without it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from made_files import CAPTION, ROWS, SAID, book, page, pdf, word, write_build
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from irostats import cli
from irostats.documents import SIGN_OFF
from irostats.signoff import BEFORE
from irostats.verifying import reading
from irostats.verifying.checking import Asked, verify
from irostats.verifying.rules import RULES, Finding, Gravity
from small_authority import Child, write_year

SECRET = Child("SMALL00042", "01/05/2016", born="14/03/2009")
MARKED = "OFFICIAL-SENSITIVE"
_LINK = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="x/image" TargetMode="External" Target="http://x.test/a.png"/>'
    "</Relationships>"
)


def _annotated(writer: PdfWriter) -> None:
    note = {"/Type": NameObject("/Annot"), "/Subtype": NameObject("/Text")}
    writer._add_object(DictionaryObject({NameObject(key): value for key, value in note.items()}))


def _scripted(writer: PdfWriter) -> None:
    action = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("x")}
    writer._add_object(DictionaryObject({NameObject(key): value for key, value in action.items()}))


def _run(text: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


#: Rule, and a file in which it is broken.
PLANTED: tuple[tuple[str, str, bytes], ...] = (
    ("identifier", "a.html", page("<p>SMALL00042</p>")),
    ("row-data", "a.html", page(rows=(("CHILD", "SEX"), ("x", "1")))),
    ("row-data", "a.csv", b"child_id,date\nx,y\n"),
    ("row-data", "a.docx", word(rows=(("UPN", "SEX"), ("x", "1")))),
    ("row-pickle", "a.pickle", b"\x80\x04N."),
    ("unreadable", "a.docx", b"PK\x03\x04 damaged"),
    ("unreadable", "a.pdf", b"%PDF-1.7 damaged"),
    ("synthetic-unsaid", "a.pdf", pdf("A report")),
    ("tracked", "a.docx", word(inside="<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>")),
    (
        "tracked",
        "a.docx",
        word(inside="<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p>"),
    ),
    ("comment", "a.docx", word(parts={"word/comments.xml": "<c><comment><p>x</p></comment></c>"})),
    ("hidden-text", "a.docx", word(inside=_run("x", "<w:vanish/>"))),
    ("person", "a.docx", word(author="A Person")),
    ("person", "a.pdf", pdf(change=lambda writer: writer.add_metadata({"/Author": "A Person"}))),
    ("embedded", "a.docx", word(parts={"word/embeddings/a.csv": "a,b\n"})),
    ("embedded", "a.pdf", pdf(change=lambda writer: writer.add_attachment("a.txt", b"x"))),
    ("embedded", "a.html", page('<iframe srcdoc="x"></iframe>')),
    ("macro", "a.docx", word(parts={"word/vbaProject.bin": "x"})),
    ("linked", "a.docx", word(parts={"word/_rels/settings.xml.rels": _LINK})),
    ("hidden-sheet", "a.xlsx", book("x", hidden=True)),
    ("request", "a.html", page('<img alt="" src="https://x.test/a.png">')),
    ("request", "a.html", page(head='<link rel="stylesheet" href="//x.test/a.css">')),
    ("request", "a.html", page(head="<style>@import 'https://x.test/a.css';</style>")),
    ("request", "a.html", page('<a href="javascript:x()">x</a>')),
    ("no-title", "a.html", page().replace(b"A report", b"")),
    ("no-title", "a.docx", word(title="")),
    ("no-title", "a.pdf", pdf(title="")),
    ("no-language", "a.html", page().replace(b' lang="en-GB"', b"")),
    ("no-alt", "a.html", page('<img src="a.png">')),
    ("no-alt", "a.docx", word(inside='<w:p><docPr id="7" descr=""/></w:p>')),
    ("untagged", "a.pdf", pdf(tagged=False)),
    ("pdf-action", "a.pdf", pdf(change=_scripted)),
    ("pdf-annotation", "a.pdf", pdf(change=_annotated)),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """One child's return."""
    write_year(tmp_path / "data", "2016-17", [SECRET])
    return tmp_path / "data"


def checked(
    folder: Path, data: Path, files: Mapping[str, bytes], audience: str = "", **said: object
) -> list[Finding]:
    """Findings in a folder of files, as a build left them."""
    write_build(folder, files, **said)
    return list(verify([folder], Asked(data, folder / "nothing", audience)).findings)


def rules(findings: list[Finding]) -> set[str]:
    """Rules broken, but for what is a note."""
    return {f.rule for f in findings if f.gravity is not Gravity.NOTE}


SOUND = {"a.html": page(), "a.docx": word(), "a.pdf": pdf(), "a.xlsx": book("x"), "a.csv": b"a,b\n"}


def test_sound_files_have_no_fault(tmp_path: Path, data: Path) -> None:
    """Neither are they changed."""
    assert rules(checked(tmp_path / "out", data, SOUND)) == set()


@pytest.mark.parametrize(("rule", "name", "content"), PLANTED)
def test_a_planted_fault_is_found(
    rule: str, name: str, content: bytes, tmp_path: Path, data: Path
) -> None:
    """And it stops publication."""
    findings = checked(tmp_path / "out", data, {name: content})
    assert rule in rules(findings)
    assert RULES[rule].gravity is Gravity.STOP
    assert all(finding.next_step for finding in findings)


def test_what_was_edited_is_compared_with_what_was_built(tmp_path: Path, data: Path) -> None:
    """A number, a hidden number, a small number typed; the unchanged page is the witness."""
    folder = write_build(tmp_path / "out", {"a.html": page(), "a.docx": word()})
    rows = (ROWS[0], ("Girls", "95"), ROWS[2], ("Not known", "3"))
    (folder / "a.docx").write_bytes(word("We spoke with three unaccompanied boys.", rows=rows))
    found = verify([folder], Asked(data, folder / "nothing")).findings
    assert [(f.rule, f.place) for f in found if f.rule != "changed"] == [
        ("figure-differs", f"table '{CAPTION}', row 2, column 2"),
        ("suppressed-shown", f"table '{CAPTION}', row 4, column 2"),
        ("small-count", "word/document.xml, paragraph 11"),
    ]


def test_figures_changed_by_hand_stop_publication(tmp_path: Path, data: Path) -> None:
    """A file of data has no other use than to be what was built."""
    folder = write_build(tmp_path / "out", {"figures.csv": b"value\n94\n"})
    (folder / "figures.csv").write_bytes(b"value\n95\n")
    assert rules(list(verify([folder], Asked(data)).findings)) == {"data-changed"}


def test_an_edited_file_without_a_witness_is_for_sign_off(tmp_path: Path, data: Path) -> None:
    """Nothing can say what its numbers were."""
    folder = write_build(tmp_path / "out", {"a.docx": word(), "a.pdf": pdf()})
    (folder / "a.docx").write_bytes(word("More words."))
    (folder / "a.pdf").write_bytes(pdf(f"{SAID} More words."))
    found = verify([folder], Asked(data, folder / "nothing")).findings
    assert [f.rule for f in found if f.gravity is not Gravity.NOTE] == ["not-compared"] * 2


def test_a_table_with_other_rows_or_another_caption_is_told(tmp_path: Path, data: Path) -> None:
    """It cannot be compared cell by cell."""
    folder = write_build(tmp_path / "out", {"a.html": page(), "b.html": page(), "c.html": page()})
    (folder / "b.html").write_bytes(page(rows=ROWS[:2]))
    (folder / "c.html").write_bytes(page().replace(CAPTION.encode(), b"Other children"))
    found = {f.rule for f in verify([folder], Asked(data)).findings}
    assert {"table-differs", "table-unknown", "changed"} <= found


@pytest.mark.parametrize("audience", ["", "public"])
def test_an_internal_file_bears_its_mark_and_is_its_owners(
    audience: str, tmp_path: Path, data: Path
) -> None:
    """In its name and on every page; where all is to be published it has no place."""
    marked = f"<p>{MARKED}</p>"
    files = {f"a-{MARKED}.html": page(marked), f"b-{MARKED}.pdf": pdf(f"{MARKED} {SAID}")}
    folder = write_build(tmp_path / "out", files, audience="internal")
    for name in files:
        (folder / name).chmod(0o600)
    every = list(verify([folder], Asked(data, None, audience)).findings)
    assert ("internal-here" in {f.rule for f in every}) is not bool(audience)
    found = rules(every)
    assert found == ({"internal-in-public"} if audience else set())


def test_an_internal_file_without_its_mark_is_found(tmp_path: Path, data: Path) -> None:
    """In its name, on a page, in its header; and one that others can read."""
    files = {
        f"a-{MARKED}.html": page(),
        f"b-{MARKED}.docx": word(MARKED),
        f"c-{MARKED}.pdf": pdf(),
        "d.html": page(f"<p>{MARKED}</p>"),
    }
    folder = write_build(tmp_path / "out", files, audience="internal")
    for name in files:
        (folder / name).chmod(0o644)
    found = verify([folder], Asked(data)).findings
    bare = {f.file for f in found if f.rule == "internal-unmarked"}
    assert bare == set(files)
    assert {f.file for f in found if f.rule == "internal-open"} == (
        set(files) if os.name == "posix" else set()
    )


def test_an_internal_file_that_was_renamed_is_known_by_its_bytes(
    tmp_path: Path, data: Path
) -> None:
    """As when somebody copies it over the public one."""
    content = page("<p>x</p>")
    folder = write_build(tmp_path / "out", {f"a-{MARKED}.html": content}, audience="internal")
    (folder / "a.html").write_bytes(content)
    found = verify([folder / "a.html"], Asked(data, None, "public")).findings
    assert "internal-in-public" in {f.rule for f in found}


def test_a_report_on_a_provisional_return_says_so(tmp_path: Path, data: Path) -> None:
    """As long as the build's return was."""
    said = {"return_status": "provisional"}
    assert rules(checked(tmp_path / "a", data, {"a.html": page()}, **said)) == {
        "provisional-unsaid"
    }
    shown = {"a.html": page("<p>Provisional: figures may change.</p>")}
    assert rules(checked(tmp_path / "b", data, shown, **said)) == set()


def test_without_inputs_nothing_is_called_clean(tmp_path: Path) -> None:
    """Nor without a build's own word; inputs that changed are told."""
    (tmp_path / "empty").mkdir()
    assert rules(checked(tmp_path / "a", tmp_path / "empty", {"a.csv": b"a,b\n"})) == {"no-inputs"}
    write_year(tmp_path / "data", "2016-17", [SECRET])
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.csv").write_bytes(b"a,b\nSMALL00042,1\n")
    found = rules(list(verify([tmp_path / "b"], Asked(tmp_path / "data")).findings))
    assert found == {"no-provenance", "identifier"}
    inputs = [{"path": "2016-17/ssda903/header.csv", "sha256": "0" * 64}]
    found = rules(checked(tmp_path / "c", tmp_path / "data", {"a.csv": b"a,b\n"}, inputs=inputs))
    assert found == {"inputs-changed"}


def test_short_identifiers_are_told(tmp_path: Path) -> None:
    """They cannot be told from counts."""
    write_year(tmp_path / "data", "2016-17", [Child("12", "01/05/2016")])
    found = checked(tmp_path / "a", tmp_path / "data", {"a.csv": b"measure,value\nx,12\n"})
    assert [f.rule for f in found] == ["short-identifiers"]


def test_executed_notebooks_and_logs_are_looked_through(tmp_path: Path, data: Path) -> None:
    """They lie in the build folder, and may leave the machine with a plea for help."""
    home = tmp_path / "build" / "smalltown" / "2016-17"
    (home / "logs").mkdir(parents=True)
    (home / "logs" / "reviews.log").write_text("KeyError: SMALL00042\n", encoding="utf-8")
    folder = write_build(tmp_path / "output" / "smalltown" / "2016-17", {"a.html": page()})
    found = verify([folder], Asked(data)).findings
    assert [(f.rule, f.file) for f in found] == [("identifier", "build: logs/reviews.log")]


def test_the_command_ends_as_a_script_needs_it(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """0 where nothing stops publication, 1 where something does, 2 where nothing was found."""

    def ends(folder: Path) -> tuple[int, str]:
        code = 0
        try:
            cli.main(["verify", str(folder), "--data", str(data), "--build", str(tmp_path)])
        except SystemExit as ended:
            code = int(str(ended.code))
        printed = capsys.readouterr()
        return code, printed.out + printed.err

    clean = write_build(tmp_path / "a", {"a.html": page()})
    code, said = ends(clean)
    assert code == 0
    assert said.endswith("Nothing was found that would stop publication.\n")
    code, said = ends(write_build(tmp_path / "b", {"a.html": page("<p>SMALL00042</p>")}))
    assert code == 1
    assert "1 thing would stop publication." in said
    assert "SMALL00042" not in said
    assert "episodes.csv, line 2" in said
    assert ends(tmp_path / "none")[0] == 2


def test_a_file_that_is_gone_is_told(tmp_path: Path, data: Path) -> None:
    """Somebody may look for it."""
    folder = write_build(tmp_path / "a", {"a.html": page(), "a.csv": b"a,b\n"})
    (folder / "a.csv").unlink()
    found = verify([folder], Asked(data)).findings
    assert [(f.rule, f.file) for f in found] == [("missing", "a.csv")]


def test_what_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what lies too deep in other files."""
    monkeypatch.setattr(reading, "MAX_BYTES", 3)
    assert [fault.rule for fault in reading.read("a.csv", b"a,b\n").faults] == ["too-large"]
    assert [fault.rule for fault in reading.read("a", b"a", depth=9).faults] == ["too-large"]


def test_what_is_to_be_signed_off_is_told(tmp_path: Path, data: Path) -> None:
    """As the list sums it up, also once it is signed; a public report without a list is found."""
    folder = write_build(tmp_path / "out", {"a.html": page()})
    page_ = f"SIGN-OFF LIST\n{BEFORE}3 texts.\n\nLooked through by (post): Service Manager\n"
    (folder / SIGN_OFF).write_text(page_, encoding="utf-8")
    found = verify([folder], Asked(data, folder / "nothing")).findings
    told = [(f.rule, f.file, f.what.rpartition(": ")[2]) for f in found]
    assert told == [("on-trust", SIGN_OFF, "3 texts")]
    (folder / SIGN_OFF).unlink()
    assert rules(list(verify([folder], Asked(data)).findings)) == {"no-sign-off"}


def test_an_internal_report_needs_no_sign_off_list(tmp_path: Path, data: Path) -> None:
    """It is not published."""
    folder = write_build(tmp_path / "out", {}, audience="internal")
    (folder / SIGN_OFF).unlink()
    assert rules(list(verify([folder], Asked(data)).findings)) == set()


def test_every_rule_is_planted_somewhere() -> None:
    """A check that was never seen to fail may not work."""
    here = Path(__file__).read_text(encoding="utf-8")
    looking = Path(__file__).with_name("test_looking.py").read_text(encoding="utf-8")
    assert not [rule for rule in RULES if f'"{rule}"' not in here + looking]
