"""Finished files made by hand, sound but for what is planted in them."""

from __future__ import annotations

import base64
import hashlib
import json
import pickle
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from docx import Document
from pypdf import PdfWriter
from pypdf.generic import (
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from irostats.documents import SIGN_OFF
from irostats.signoff import NOTHING
from made_workbook import xlsx

CAPTION = "Children looked after"
ROWS = (("Group", "2016-17"), ("Girls", "94"), ("Boys", "111"), ("Not known", "c"))
SAID = "Synthetic data: the numbers are made up."
Maker = Callable[[str], bytes]


def page(text: str = "", *, head: str = "", rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """A page with a table; ``text`` is put in as it is."""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>A report</title>{head}</head><body>'
        f"<p>{SAID}</p><table><caption>Table 1: {CAPTION}</caption>{body}</table>{text}"
        "</body></html>"
    ).encode()


def word(
    text: str = "",
    *,
    rows: Sequence[Sequence[str]] = ROWS,
    title: str = "A report",
    author: str = "",
    parts: Mapping[str, str] | None = None,
    inside: str = "",
) -> bytes:
    """A Word file with a table; ``inside`` is XML at the end of its body."""
    document = Document()
    document.core_properties.title = title
    document.core_properties.author = author
    document.core_properties.last_modified_by = ""
    document.core_properties.comments = ""
    document.add_paragraph(SAID)
    document.add_paragraph(f"Table 1: {CAPTION}")
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, said in zip(row.cells, cells, strict=True):
            cell.text = said
    if text:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return rezipped(buffer.getvalue(), parts or {}, inside)


def rezipped(data: bytes, parts: Mapping[str, str], inside: str = "") -> bytes:
    """A zip with parts added, and XML put in at the end of the document's body."""
    import zipfile

    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:sectPr", inside.encode() + b"<w:sectPr", 1)
            if name not in parts:
                new.writestr(name, content)
        for name, text in parts.items():
            new.writestr(name, text)
    return buffer.getvalue()


def pdf(
    text: str = SAID,
    *,
    tagged: bool = True,
    title: str = "A report",
    change: Callable[[PdfWriter], object] | None = None,
) -> bytes:
    """A PDF of one page with text that can be read back."""
    writer = PdfWriter()
    sheet = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1"))
    sheet[NameObject("/Contents")] = writer._add_object(stream)
    root = writer._root_object
    root[NameObject("/Lang")] = TextStringObject("en-GB")
    if tagged:
        root[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(value=True)}
        )
        tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        root[NameObject("/StructTreeRoot")] = writer._add_object(tree)
    writer.add_metadata({"/Title": title} if title else {})
    if change:
        change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def spoken(text: str) -> bytes:
    """A PDF whose structure has an alternative text."""

    def change(writer: PdfWriter) -> None:
        writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/StructElem"),
                    NameObject("/Alt"): TextStringObject(text),
                }
            )
        )

    return pdf(change=change)


def book(text: str, *, hidden: bool = False, core: str = "") -> bytes:
    """A workbook with a text in a cell of its second sheet."""
    sheets = {"Cover": [["A report"], [SAID]], "More": [["Measure", "Note"], ["Reviews", text]]}
    title = '<a xmlns:dc="d"><title>A report</title>' + core + "</a>"
    extra = {"docProps/core.xml": title}
    return xlsx(sheets, hidden=("More",) if hidden else (), extra=extra)


def png(text: str) -> bytes:
    """An image with a text beside its pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    return b"\x89PNG\r\n\x1a\n" + chunk(b"tEXt", b"Comment\0" + text.encode()) + chunk(b"IEND", b"")


def notebook(text: str, *, kind: str = "text/plain") -> bytes:
    """An executed notebook with one output."""
    output = {"output_type": "display_data", "data": {kind: [text]}, "metadata": {}}
    cell = {"cell_type": "code", "source": ["1"], "metadata": {}, "outputs": [output]}
    return json.dumps(
        {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    ).encode()


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _svg(text: str) -> str:
    return _encoded(f"<svg><desc>{text}</desc></svg>")


def _paragraph(runs: str) -> str:
    return f"<w:p>{runs}</w:p>"


#: Where something can hide, and a file with it there.
PLACES: Mapping[str, tuple[str, Maker]] = {
    "text of a page": ("a.html", lambda t: page(f"<p>About {t} here</p>")),
    "text cut by a tag": ("a.html", lambda t: page(f"<p>{t[:4]}<b>{t[4:]}</b></p>")),
    "attribute": ("a.html", lambda t: page(f'<p title="{escape(t)}">x</p>')),
    "comment": ("a.html", lambda t: page(f"<!-- {t} -->")),
    "character references": (
        "a.html",
        lambda t: page("<p>" + "".join(f"&#{ord(sign)};" for sign in t) + "</p>"),
    ),
    "inline SVG": ("a.html", lambda t: page(f"<svg><title>x</title><text>{t}</text></svg>")),
    "data address": (
        "a.html",
        lambda t: page(f'<img alt="" src="data:image/svg+xml;base64,{_svg(t)}">'),
    ),
    "data address in a style": (
        "a.html",
        lambda t: page(
            head=f"<style>a{{background:url(data:text/plain;base64,{_encoded(t)})}}</style>"
        ),
    ),
    "script": ("a.html", lambda t: page(f"<script>var a = '{t}';</script>")),
    "metadata of a page": ("a.html", lambda t: page(head=f'<meta name="author" content="{t}">')),
    "text of a Word file": ("a.docx", word),
    "runs of a Word file": (
        "a.docx",
        lambda t: word(
            inside=_paragraph(f"<w:r><w:t>{t[:3]}</w:t></w:r><w:r><w:t>{t[3:]}</w:t></w:r>")
        ),
    ),
    "deleted text": (
        "a.docx",
        lambda t: word(inside=_paragraph(f"<w:del><w:r><w:delText>{t}</w:delText></w:r></w:del>")),
    ),
    "Word comment": (
        "a.docx",
        lambda t: word(parts={"word/comments.xml": f"<c><comment><p><t>{t}</t></p></comment></c>"}),
    ),
    "header": ("a.docx", lambda t: word(parts={"word/header9.xml": f"<h><p><t>{t}</t></p></h>"})),
    "footnote": (
        "a.docx",
        lambda t: word(parts={"word/footnotes.xml": f"<h><p><t>{t}</t></p></h>"}),
    ),
    "custom property": (
        "a.docx",
        lambda t: word(parts={"docProps/custom.xml": f"<P><property><s>{t}</s></property></P>"}),
    ),
    "alternative text": (
        "a.docx",
        lambda t: word(inside=_paragraph(f'<docPr id="7" descr="Chart of {t}"/>')),
    ),
    "embedded workbook": (
        "a.docx",
        lambda t: word(parts={"word/embeddings/sheet.csv": f"a,b\n1,{t}\n"}),
    ),
    "text of a PDF": ("a.pdf", lambda t: pdf(f"{SAID} {t}")),
    "information of a PDF": (
        "a.pdf",
        lambda t: pdf(change=lambda writer: writer.add_metadata({"/Keywords": t})),
    ),
    "attachment of a PDF": (
        "a.pdf",
        lambda t: pdf(change=lambda writer: writer.add_attachment("a.txt", t.encode())),
    ),
    "alternative text of a PDF": ("a.pdf", spoken),
    "cell": ("a.xlsx", book),
    "cell of a hidden sheet": ("a.xlsx", lambda t: book(t, hidden=True)),
    "properties of a workbook": ("a.xlsx", lambda t: book("x", core=f"<subject>{t}</subject>")),
    "CSV": ("a.csv", lambda t: f"measure,note\nreviews,{t}\n".encode()),
    "JSON": ("a.json", lambda t: json.dumps({"issues": [f"row of {t}"]}).encode()),
    "key of JSON": ("a.json", lambda t: json.dumps({t: 1}).encode()),
    "notebook": ("a.ipynb", notebook),
    "page in a notebook": ("a.ipynb", lambda t: notebook(f"<b>{t}</b>", kind="text/html")),
    "image": ("a.png", png),
    "pickle": ("a.pickle", lambda t: pickle.dumps({"a": [t]})),
    "log": ("a.log", lambda t: f"Traceback\nKeyError: {t}\n".encode()),
    "log in UTF-16": ("a.log", lambda t: f"KeyError: {t}\n".encode("utf-16")),
}


def write_build(folder: Path, files: Mapping[str, bytes], **said: object) -> Path:
    """A folder as a build leaves it, with its provenance, and nothing to be signed off."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / SIGN_OFF).write_text(NOTHING + "\n", encoding="utf-8")
    for name, data in files.items():
        (folder / name).write_bytes(data)
    content = {
        "authority": "smalltown",
        "year": "2016-17",
        "audience": "public",
        "synthetic": True,
        "return_status": "final",
        "inputs": [],
        "libraries": {"matplotlib": "3.10.09"},
        "outputs": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        **said,
    }
    (folder / "provenance.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
