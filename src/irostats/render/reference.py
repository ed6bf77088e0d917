"""The Word file that pandoc takes styles, page, footer and header from.

It is made by code: the styles are `theme/word-styles.xml`, and the footer names this report, so
that each page says it is synthetic where it is; the header of a marked report is its marking. Run
as a module, it writes the committed copy that `quarto render report.qmd` uses in the root.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

_THEME = Path(__file__).parent / "theme"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DATED = (1980, 1, 1, 0, 0, 0)

#: What the committed copy says at the foot of its pages.
SAMPLE_FOOTER = "Synthetic data, calibrated to published totals: not a publication of the council"

_CONTENT_TYPES = f"""{_XML}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_MIME}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_MIME}.styles+xml"/>
<Override PartName="/word/footer1.xml" ContentType="{_MIME}.footer+xml"/>
</Types>"""
_HEADER_TYPE = f'<Override PartName="/word/header1.xml" ContentType="{_MIME}.header+xml"/>'

_ROOT_RELATIONS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>
</Relationships>"""

_RELATIONS = f"""{_XML}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId9" Type="{_OFFICE}/footer" Target="footer1.xml"/>
</Relationships>"""
_HEADER_RELATION = f'<Relationship Id="rId8" Type="{_OFFICE}/header" Target="header1.xml"/>'

_DOCUMENT = f"""{_XML}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body><w:p/><w:sectPr>
<w:footerReference w:type="default" r:id="rId9"/>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="1134" w:right="1275" w:bottom="1247" w:left="1275" w:header="567" w:footer="567"
 w:gutter="0"/>
</w:sectPr></w:body></w:document>"""
_HEADER_REFERENCE = '<w:headerReference w:type="default" r:id="rId8"/>'


def reference_document(footer: str, marking: str = "") -> bytes:
    """A Word file with the house style and this footer on every page.

    Args:
        footer: One line of Markdown without formatting; the page number stands beside it.
        marking: What stands at the head of every page; without one there is no header.
    """
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT_RELATIONS,
        "word/document.xml": _DOCUMENT,
        "word/_rels/document.xml.rels": _RELATIONS,
        "word/styles.xml": (_THEME / "word-styles.xml").read_text(encoding="utf-8"),
        "word/footer1.xml": _footer(unescaped(footer)),
    }
    if marking:
        parts |= _header(parts, marking)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATED), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unescaped(markdown: str) -> str:
    """The text of Markdown that has no formatting."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown)


def _header(parts: Mapping[str, str], marking: str) -> dict[str, str]:
    """The parts that a header is made of, and those that name it."""

    def with_header(name: str, before: str, said: str) -> str:
        return parts[name].replace(before, f"{said}{before}", 1)

    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    return {
        types: with_header(types, "</Types>", _HEADER_TYPE),
        relations: with_header(relations, "</Relationships>", _HEADER_RELATION),
        "word/document.xml": with_header(
            "word/document.xml", "<w:footerReference", _HEADER_REFERENCE
        ),
        "word/header1.xml": (
            f'{_XML}<w:hdr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
            f"<w:r><w:t>{escape(marking)}</w:t></w:r></w:p></w:hdr>"
        ),
    }


def _footer(text: str) -> str:
    said = f'<w:r><w:t xml:space="preserve">{escape(" ".join(text.split()))}</w:t></w:r>'
    page = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        if kind
        else '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        for kind in ("begin", "", "separate", "end")
    )
    return (
        f'{_XML}<w:ftr xmlns:w="{_WORD}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f'{said}</w:p><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">Page </w:t></w:r>{page}</w:p></w:ftr>'
    )


if __name__ == "__main__":
    (_THEME / "reference.docx").write_bytes(reference_document(SAMPLE_FOOTER))
