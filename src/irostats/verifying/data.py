"""CSV, JSON, plain text, notebooks and pickles."""

from __future__ import annotations

import base64
import binascii
import contextlib
import csv
import io
import json
import pickletools
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from irostats.ssda903.text import decode
from irostats.verifying import pages
from irostats.verifying.contents import Contents

_NUMBER = re.compile(r"[-+]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?%?")
_BINARY = frozenset({"image/png", "image/jpeg", "application/pdf"})


def text(data: bytes) -> Contents:
    """Any text, a line a piece."""
    found = Contents("text")
    for number, line in enumerate(decode(data)[0].split("\n"), start=1):
        found.add(f"line {number}", line)
    return found


def csv_(data: bytes) -> Contents:
    """A table: cells under their headings."""
    found = Contents("csv")
    plain = decode(data)[0]
    first = plain.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    rows = csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter)
    heads: list[str] = []
    for row in rows:
        if not heads and len(row) > 1:
            heads = row
            pages.headings(found, (tuple(row),), "the heading line")
        for place, cell in enumerate(row):
            under = heads[place] if place < len(heads) and row is not heads else ""
            at = f"line {rows.line_num}, column {place + 1}"
            found.add(at, cell, under=under, amount=bool(_NUMBER.fullmatch(cell.strip())))
    return found


def json_(data: bytes) -> Contents:
    """Every key and value of JSON, by path."""
    found = Contents("json")
    _walk(found, json.loads(data.decode("utf-8-sig")), "", "")
    return found


def _walk(found: Contents, value: Any, path: str, under: str) -> None:
    if isinstance(value, dict):
        for number, (key, inner) in enumerate(value.items()):
            found.add(f"{path or 'top'}, key {number + 1}", str(key), shown=False)
            _walk(
                found,
                inner,
                f"{path}/{key if re.fullmatch(r'[a-zA-Z_]+', key) else number}",
                str(key),
            )
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _walk(found, inner, f"{path}/{number}", under)
    elif isinstance(value, str):
        found.add(path, value, shown=False, under=under)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found.add(path, str(value), shown=False, under=under, amount=True)


def notebook(data: bytes, depth: int) -> Contents:
    """A notebook: sources, every output by its kind, and all metadata."""
    found = Contents("notebook")
    content = json.loads(data.decode("utf-8-sig"))
    _walk(found, content.get("metadata", {}), "metadata", "")
    for number, cell in enumerate(content.get("cells", ()), start=1):
        place = f"cell {number}"
        found.add(f"{place}, source", _whole(cell.get("source", "")))
        _walk(found, cell.get("metadata", {}), f"{place}, metadata", "")
        _walk(found, cell.get("attachments", {}), f"{place}, attachments", "")
        for at, output in enumerate(cell.get("outputs", ()), start=1):
            _output(found, f"{place}, output {at}", output, depth)
    return found


def _output(found: Contents, place: str, output: dict[str, Any], depth: int) -> None:
    rest = {key: value for key, value in output.items() if key not in ("data", "text")}
    _walk(found, rest, place, "")
    found.add(place, _whole(output.get("text", "")))
    for kind, value in output.get("data", {}).items():
        if isinstance(value, dict | int | float):
            _walk(found, value, f"{place} {kind}", "")
            continue
        body, at = _whole(value), f"{place} {kind}"
        if kind in _BINARY:
            _decoded(found, at, body, depth)
        elif kind in ("text/html", "image/svg+xml"):
            inner = pages.read(body, depth + 1)
            found.within(at, inner)
            found.tables += inner.tables
        else:
            found.add(at, body)
            found.tables += _in_markdown(body, depth)


def _in_markdown(body: str, depth: int) -> list[Any]:
    return pages.read(body, depth + 1).tables if "<table" in body else []


def _decoded(found: Contents, place: str, body: str, depth: int) -> None:
    from irostats.verifying.reading import read

    try:
        found.within(place, read("output", base64.b64decode(body), depth + 1))
    except (binascii.Error, ValueError):
        found.add(place, body, shown=False)


def _whole(value: Any) -> str:
    return "".join(map(str, value)) if isinstance(value, list) else str(value)


def pickled(data: bytes) -> Contents:
    """Every text, number and date of a pickle, which is never loaded: loading one runs it."""
    found = Contents("pickle")
    found.fault("row-pickle")
    for place, text_ in _texts(data):
        found.add(f"byte {place}", text_, shown=False, amount=bool(_NUMBER.fullmatch(text_)))
    return found


def _texts(data: bytes) -> Iterator[tuple[int, str]]:
    for _, argument, at in pickletools.genops(data):
        if isinstance(argument, bytes | bytearray):
            if len(argument) in (4, 10):  # how a date, or a date with its time, is written
                with contextlib.suppress(ValueError):
                    yield at or 0, date(argument[0] * 256 + argument[1], *argument[2:4]).isoformat()
            yield at or 0, argument.decode("latin-1")
        elif isinstance(argument, str | int) and not isinstance(argument, bool):
            yield at or 0, str(argument)
