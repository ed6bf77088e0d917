"""What pandoc and Quarto leave to Word's own habits, set in the finished file."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_PAGE_BREAK = re.compile(
    r'<w:p><w:r><w:br w:type="page"\s*/></w:r></w:p>'
    r"((?:\s|<w:bookmark(?:Start|End)\b[^>]*/>)*<w:p>\s*<w:pPr>\s*<w:pStyle[^>]*/>)"
)
_LOOK = re.compile(r"<w:tblLook\b[^>]*/>")
_PICTURE = re.compile(
    r'(<wp:docPr\b[^>]*?\bdescr=")([^"]*)("(?:(?!<pic:cNvPr\b).)*<pic:cNvPr\b[^>]*?\bdescr=")[^"]*"',
    re.DOTALL,
)
_HOUSE_LOOK = (
    '<w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" '
    'w:noVBand="1" w:val="06A0"/>'
)
_DATED = (1980, 1, 1, 0, 0, 0)


def finish_word(path: Path, marking: str = "") -> None:
    """Set in a Word file what its writers cannot, in place.

    The first column of each table names its rows; a page begins at its heading, not behind an empty
    paragraph; a picture has one description; the language is British English wherever Word looks
    for it; a marked file bears its marking in its properties.

    Args:
        path: The file, by pandoc or Quarto.
        marking: Such as `OFFICIAL-SENSITIVE`; empty for a public file.
    """
    with zipfile.ZipFile(path) as archive:
        parts = {each.filename: archive.read(each) for each in archive.infolist()}
    for name, change in (
        ("word/document.xml", _document),
        ("word/settings.xml", _settings),
        ("docProps/core.xml", lambda text: _properties(text, marking)),
    ):
        parts[name] = change(parts[name].decode("utf-8")).encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _DATED), content, zipfile.ZIP_DEFLATED)


def _document(text: str) -> str:
    text = _PAGE_BREAK.sub(r"\1<w:pageBreakBefore/>", text)
    text = _LOOK.sub(_HOUSE_LOOK, text)
    return _PICTURE.sub(r'\1\2\3\2"', text)


def _settings(text: str) -> str:
    return re.sub(r"<w:themeFontLang\b[^>]*/>", '<w:themeFontLang w:val="en-GB"/>', text)


def _properties(text: str, marking: str) -> str:
    """The marking where Word, Windows and SharePoint show it: title, keywords, category."""
    if not marking:
        return text
    said = escape(marking)
    text = text.replace("<dc:title>", f"<dc:title>{said}: ", 1)
    text = re.sub(r"<cp:(keywords|category)>.*?</cp:\1>|<cp:(keywords|category)\s*/>", "", text)
    more = f"<cp:keywords>{said}</cp:keywords><cp:category>{said}</cp:category>"
    return text.replace("</cp:coreProperties>", f"{more}</cp:coreProperties>")
