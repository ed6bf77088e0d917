"""HTML and SVG: text, attributes, comments, scripts, styles, what lies in ``data:`` addresses."""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote_to_bytes

from irostats.verifying.contents import Contents, Printed, on_one_line

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tspan",
        "u",
        "var",
        "wbr",
        "font",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "path",
        "rect",
        "line",
        "circle",
        "use",
    ]
)
_GEOMETRY = frozenset(
    {"d", "points", "transform", "viewbox", "x", "y", "width", "height", "x1", "x2"}
)
_FETCHING = frozenset(
    {"src", "srcset", "data", "action", "formaction", "poster", "background", "xlink:href"}
)
_LINKING = frozenset({"link", "image", "use", "base", "feimage", "script"})
"""Elements whose ``href`` is fetched; that of ``a`` only when a reader follows it."""
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w=.+-]+)*),([^\"')\s]*)")
_ELSEWHERE = re.compile(
    r"\s*(?:[a-z][a-z0-9+.-]*:)?//|\s*(?:file|ftp|javascript|vbscript):", re.IGNORECASE
)
_IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", re.IGNORECASE)
_NUMBERED = re.compile(r"^Table\s+[\w.]+:\s*")
_WORDS = re.compile(r"[A-Za-z]{2}")


def caption(text: str) -> str:
    """A caption without the number that numbering gave it."""
    return _NUMBERED.sub("", on_one_line([text]))


def read(text: str, depth: int = 0) -> Contents:
    """Lay a page, a fragment of one, or an SVG out."""
    page = _Page(depth)
    page.feed(text)
    page.close()
    page.flush()
    return page.finished(whole="<html" in text[:4000].lower())


class _Page(HTMLParser):
    def __init__(self, depth: int) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Contents("html")
        self.depth = depth
        self.open: list[str] = []
        self.block: list[str] = []
        self.begun = 1
        self.title = ""
        self.lang = ""
        self.table: dict[str, Any] | None = None
        self.cell: list[str] | None = None
        self.named_svg = True

    @property
    def here(self) -> str:
        return f"line {self.getpos()[0]}"

    def flush(self) -> None:
        """End of a block: what was gathered is one piece."""
        text, self.block = on_one_line(self.block), []
        raw = self.open[-1] if self.open else ""
        self.found.add(
            f"line {self.begun}, {raw or 'text'}", text, shown=raw not in ("script", "style")
        )
        self.begun = self.getpos()[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.flush()
        elif tag == "wbr":
            return
        values = {name: value or "" for name, value in attrs}
        self._attributes(tag, values)
        self._faults(tag, values)
        if tag == "html":
            self.lang = values.get("lang", "")
        if tag == "table":
            self.table = {"caption": [], "rows": []}
        elif tag == "tr" and self.table is not None:
            self.table["rows"].append([])
        elif tag in ("td", "th") and self.table is not None:
            self.cell = []
        if tag not in _VOID and tag not in _INLINE:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            return
        self.flush()
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if self.table is None:
            return
        if tag in ("td", "th") and self.cell is not None:
            if self.table["rows"]:
                self.table["rows"][-1].append(on_one_line(self.cell))
            self.cell = None
        elif tag == "table":
            rows = tuple(tuple(row) for row in self.table["rows"])
            self.found.tables.append(Printed(caption("".join(self.table["caption"])), rows))
            self.table = None

    def handle_data(self, data: str) -> None:
        self.block.append(data)
        if self.open[-1:] == ["title"] and "svg" not in self.open:
            self.title += data
        if self.open[-1:] == ["style"]:
            self._style(data, "style")
        if self.table is not None and "caption" in self.open:
            self.table["caption"].append(data)
        elif self.cell is not None:
            self.cell.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.add(f"{self.here}, comment", data, shown=False)

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_pi(self, data: str) -> None:
        self.found.add(f"{self.here}, instruction", data, shown=False)

    def _attributes(self, tag: str, values: dict[str, str]) -> None:
        for name, value in values.items():
            place = f"{self.here}, attribute {name} of {tag}"
            rest = self._opened(value, place)
            if name not in _GEOMETRY or _WORDS.search(rest):
                self.found.add(place, rest, shown=False)
            if name == "style":
                self._style(rest, f"style of {tag}")

    def _opened(self, text: str, place: str) -> str:
        """The text without the ``data:`` addresses in it, which are read."""
        return _DATA.sub(lambda match: self._inner(match, place), text)

    def _inner(self, match: re.Match[str], place: str) -> str:
        """What a ``data:`` address holds is read as the file that it is."""
        from irostats.verifying.reading import read as read_file

        kind, options, body = match[1] or "text/plain", match[2], match[3]
        data = unquote_to_bytes(body)
        if "base64" in options:
            try:
                data = base64.b64decode(data + b"=" * (-len(data) % 4))
            except (binascii.Error, ValueError):
                return body
        suffix = {"svg+xml": ".svg", "plain": ".txt"}.get(
            kind.partition("/")[2], "." + kind.partition("/")[2]
        )
        self.found.within(place, read_file(f"data{suffix}", data, self.depth + 1))
        return ""

    def _style(self, text: str, of: str) -> None:
        rest = self._opened(text, f"{self.here}, {of}")
        for groups in _IN_STYLE.findall(rest):
            address = groups[0] or groups[1]
            if _ELSEWHERE.match(address):
                self.found.fault("request", f"{self.here}, {of}")

    def _faults(self, tag: str, values: dict[str, str]) -> None:
        fetched = [values.get(name, "") for name in _FETCHING]
        if tag in _LINKING:
            fetched.append(values.get("href", ""))
        if any(_ELSEWHERE.match(part) for value in fetched for part in value.split(", ")):
            self.found.fault("request", f"{self.here}, {tag}")
        href = values.get("href", "").strip().lower()
        if tag == "a" and href.startswith(("javascript:", "vbscript:", "file:", "data:")):
            self.found.fault("request", f"{self.here}, link to a file or script")
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.found.fault("request", f"{self.here}, page that turns to another")
        if tag in ("iframe", "object", "embed", "applet"):
            self.found.fault("embedded", f"{self.here}, {tag}")
        if tag == "img" and "alt" not in values:
            self.found.fault("no-alt", f"{self.here}, img")
        hidden = values.get("aria-hidden") == "true" or values.get("role") == "presentation"
        named = {"aria-label", "aria-labelledby", "aria-describedby"} & values.keys()
        if tag == "svg" and values.get("role") == "img" and not (hidden or named):
            self.found.fault("no-alt", f"{self.here}, svg")

    def finished(self, *, whole: bool) -> Contents:
        found = self.found
        if whole:
            found.pages.append(found.text)
            if not self.title.strip():
                found.fault("no-title")
            if not self.lang.strip():
                found.fault("no-language")
        for table in found.tables:
            headings(found, table.rows[:1], table.caption or "a table")
        return found


ROW_HEADINGS = frozenset(
    {"CHILD", "CHILD_ID", "CHILD ID", "UPN", "DOB", "DATE OF BIRTH", "HOME_POST", "PL_POST"}
)


def headings(found: Contents, rows: tuple[tuple[str, ...], ...], place: str) -> None:
    """A fault for a table whose headings are those of rows about children."""
    for row in rows:
        for cell in row:
            if cell.strip().upper() in ROW_HEADINGS:
                found.fault("row-data", place, f"heading {cell.strip().upper()}")
