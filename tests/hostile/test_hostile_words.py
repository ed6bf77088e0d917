"""Words of the service that would run if anything did: they are printed, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pypdf import PdfReader

from small_authority import Child, write_year
from whole_reports import PROJECT

WORDS = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> {{< include /etc/passwd >}} "
    "{{< env HOME >}} `<b>`{=html} ![x](file:///etc/passwd) [y](javascript:alert(3)) @nobody "
    '#eval("1") #read("/etc/passwd") \\input{/etc/passwd} $x^2$ *b* ~~~ "q" \'s & %ZZ'
)
SHORT = "</style><img src=x onerror=alert(4)> *b* {{< env HOME >}} $x$ #eval(1) \\x"
RUNS = re.compile(r"root:x:0|" + re.escape(os.environ.get("HOME", "/nowhere-at-all")) + r"\b")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of an authority whose every text is hostile; where its files lie."""
    folder = tmp_path_factory.mktemp("hostile")
    home = write_year(
        folder / "data",
        "2020-21",
        [
            Child(f"ZQ{n:02d}", "01/05/2019", reviews={"20/05/2020": "PN1", "02/11/2020": "PN3"})
            for n in range(12)
        ],
    )
    short = _quoted(SHORT)
    (home.parent / "authority.toml").write_text(
        f"[authority]\nname = {short}\ncouncil = {short}\ncode = '999'\n[words]\n"
        + "".join(f"{name} = {short}\n" for name in ("children", "child", "service", "panel")),
        encoding="utf-8",
    )
    (home.parent / "committee.toml").write_text(
        f"[text]\nsummary = {_quoted('Words: <script>alert(5)</script> `b`{=html} *b*')}\n",
        encoding="utf-8",
    )
    service = home / "service"
    service.mkdir()
    cell = '"' + WORDS.replace('"', '""') + '"'
    (service / "priorities.csv").write_text(
        f"year,priority,status,note\n2020-21,{cell},done,{cell}\n2021-22,{cell},,\n", "utf-8"
    )
    (service / "inspections.csv").write_text(
        f"date,body,judgement,finding\n01/06/2020,{cell},{cell},{cell}\n", "utf-8"
    )
    odd = home / "ssda903" / "<img src=x onerror=alert(6)>.csv"
    odd.write_text("CHILD,SEX,DOB,ETHNIC\nZQ01,1,01/01/2010,WBRI\n", "utf-8")
    narrative = home / "narrative"
    narrative.mkdir()
    (narrative / "reviews.md").write_text(
        "We *saw* them. <b>Bold</b> <script>alert(7)</script> <a href='javascript:x' onclick=x>"
        "go</a> <iframe src='https://x.org'></iframe> a < b. [Law](https://www.legislation.gov.uk)",
        "utf-8",
    )
    folders = ["--data", str(folder / "data"), "--output", str(folder / "output")]
    done = subprocess.run(
        [sys.executable, "-m", "irostats.cli", "build", "smalltown", "2020-21", *folders],
        env=os.environ | {"SOURCE_DATE_EPOCH": "1640995200"},
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "output" / "smalltown" / "2020-21"


class _Elements(HTMLParser):
    """Tags and attributes of a page, and what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One more."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Some more."""
        self.words.append(data)


@pytest.mark.timeout(900)
def test_no_element_of_a_page_comes_from_the_inputs(printed: Path) -> None:
    """No script, picture, frame or handler; links lead to the page itself or to https."""
    for path in printed.glob("*.html"):
        page = _Elements()
        page.feed(path.read_text(encoding="utf-8"))
        for tag, attributes in page.tags:
            assert "alert" not in str(attributes.get("style"))
            assert tag not in ("iframe", "object", "embed", "form", "base", "textarea")
            assert not [name for name in attributes if name.startswith("on")], (path.name, tag)
            assert (attributes.get("src") or "data:").startswith("data:"), attributes
            assert (attributes.get("href") or "#").startswith(("#", "https://", "mailto:"))
        assert [tag for tag, _ in page.tags].count("style") <= 3
        text = " ".join("".join(page.words).split())
        assert "alert(7)" not in text
        assert not RUNS.search(text)
        if path.name.startswith("report"):
            assert "<script>alert(1)</script>" in text
            assert "{{< include /etc/passwd >}}" in text
            assert "Bold" in text


@pytest.mark.timeout(900)
def test_word_and_pdf_print_the_words_and_take_in_nothing(printed: Path) -> None:
    """Neither a file nor the environment is read; what was written can be read."""
    for path in printed.glob("report*.docx"):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            xml = archive.read("word/document.xml").decode()
            links = archive.read("word/_rels/document.xml.rels").decode()
        text = " ".join(re.sub(r"<[^>]+>", "", xml).split())
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert not RUNS.search(text)
        assert "alert(7)" not in text
        assert not re.search(r'Target="(?:file|javascript|data|\.\.|/)', links)
        assert all(name.endswith((".xml", ".rels", ".png")) for name in names)
    for path in printed.glob("report*.pdf"):
        pages = [page.extract_text() for page in PdfReader(path).pages]
        text = " ".join(" ".join(pages).split())
        assert "alert(1)" in text
        assert not RUNS.search(text)
        assert "alert(7)" not in text
