"""PDF: pages, every text of every object, metadata, attachments, tags."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from irostats.verifying.contents import Contents

_SPOKEN = re.compile(rb"/(?:ActualText|Alt|E)\s*(\((?:\\.|[^\\)])*\)|<[0-9A-Fa-f\s]*>)")
_ACTIONS = frozenset({"/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch"})
_RUNNING = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR"})
_QUIET_NOTES = frozenset({"/Link"})
MAX_OBJECTS = 500_000


def read(data: bytes, depth: int) -> Contents:
    """Lay a PDF out.

    Raises:
        Exception: It is damaged, or protected by a password.
    """
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it may quote what it stumbles over
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError
    found = Contents("pdf")
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        found.pages.append(text)
        for line in text.split("\n"):
            found.add(f"page {number}", line)
        found.add(f"page {number}", text, shown=False, joined=True)
    _properties(found, reader)
    _objects(found, reader, depth)
    return found


def _properties(found: Contents, reader: Any) -> None:
    root = reader.trailer["/Root"]
    marked = root.get("/MarkInfo", {})
    tagged = bool(marked and marked.get_object().get("/Marked")) and "/StructTreeRoot" in root
    if not tagged:
        found.fault("untagged")
    if not str(root.get("/Lang", "")).strip():
        found.fault("no-language")
    information = reader.metadata or {}
    if not str(information.get("/Title", "")).strip():
        found.fault("no-title")
    if str(information.get("/Author", "")).strip():
        found.fault("person", "document information", "Author")


def _objects(found: Contents, reader: Any, depth: int) -> None:
    """Every text that any object holds, whether or not a page leads to it."""
    numbers = {number for kept in reader.xref.values() for number in kept}
    numbers |= set(reader.xref_objStm)
    for number in sorted(numbers)[:MAX_OBJECTS]:
        try:
            value = reader.get_object(number)
        except Exception:  # noqa: BLE001 - an object that nobody can read says nothing
            value = None
        _walk(found, value, f"object {number}", depth)
    trailer = reader.trailer.get("/Info")
    if trailer is not None:
        _walk(found, trailer.get_object(), "document information", depth)


def _walk(found: Contents, value: Any, place: str, depth: int) -> None:
    from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, TextStringObject

    if isinstance(value, DictionaryObject):
        _dictionary(found, value, place, depth)
        for key, inner in value.items():
            _walk(
                found,
                inner,
                f"{place.partition(' /')[0]} {key}" if len(str(key)) < 25 else place,
                depth,
            )
    elif isinstance(value, ArrayObject):
        for inner in value:
            _walk(found, inner, place, depth)
    elif isinstance(value, TextStringObject):
        found.add(place, str(value), shown=False, amount=str(value).isdigit())
    elif isinstance(value, ByteStringObject):
        found.add(place, bytes(value).decode("latin-1"), shown=False, amount=True)


def _dictionary(found: Contents, value: Any, place: str, depth: int) -> None:
    from pypdf.generic import StreamObject

    kind, sub = str(value.get("/Type", "")), str(value.get("/Subtype", ""))
    if _ACTIONS & value.keys() and not _is_destination(value.get("/OpenAction")):
        found.fault("pdf-action", place)
    if str(value.get("/S", "")) in _RUNNING:
        found.fault("pdf-action", place)
    if kind == "/Annot" and sub not in _QUIET_NOTES:
        found.fault("pdf-annotation", place, sub.strip("/") if sub[1:].isalpha() else "")
    if kind == "/Filespec" or "/EF" in value:
        found.fault("embedded", place)
    if isinstance(value, StreamObject):
        _stream(found, value, kind, sub, place, depth)


def _is_destination(value: Any) -> bool:
    """Whether a document opens at a page, which is no action."""
    from pypdf.generic import ArrayObject

    return isinstance(value.get_object(), ArrayObject) if value is not None else False


def _stream(found: Contents, value: Any, kind: str, sub: str, place: str, depth: int) -> None:
    from irostats.verifying.reading import read as read_file

    if sub == "/Image" or "/FontFile" in kind or "/Length1" in value:
        return
    try:
        data = value.get_data()
    except Exception:  # noqa: BLE001 - an unknown filter; pages that need it show nothing either
        return
    if kind == "/Metadata" or sub == "/XML":
        found.add(
            f"{place}, metadata",
            re.sub(r"<[^>]*>", " ", data.decode("utf-8", "replace")),
            shown=False,
        )
        found.add(f"{place}, metadata", data.decode("utf-8", "replace"), shown=False)
    elif kind == "/EmbeddedFile":
        found.within(f"{place}, embedded file", read_file("embedded", data, depth + 1))
    else:
        for said in _SPOKEN.findall(data):
            found.add(f"{place}, text for speech", _string(said), shown=False)


def _string(said: bytes) -> str:
    if said.startswith(b"<"):
        raw = bytes.fromhex(re.sub(rb"\s", b"", said[1:-1]).decode("ascii"))
    else:
        raw = re.sub(rb"\\(.)", rb"\1", said[1:-1], flags=re.DOTALL)
    return (
        raw.decode("utf-16")
        if raw.startswith((b"\xfe\xff", b"\xff\xfe"))
        else raw.decode("latin-1")
    )
