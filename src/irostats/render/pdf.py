"""What Typst cannot say in a tagged PDF, set in the finished file.

Typst knows no header cells but those of the first row, and calls every link "page 40". A reader who
listens needs the name of each row, and of each link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from irostats.errors import RenderError

#: What `house.lua` writes into the Typst source before each table: how many columns name a row.
NAMING = re.compile(r"^// naming columns: (\d+)$", re.MULTILINE)

_LINK = re.compile(r'#link\((?:<[^>]*>|"(?P<address>(?:[^"\\]|\\.)*)")\)')
_COMMAND = re.compile(r"#[\w.]+(?:\([^()]*\))?(?=\[)|[\[\]*_]")
_PAGE = re.compile(r"page \d+$")
_ESCAPED = re.compile(r"\\(.)")


def finish_pdf(path: Path, source: str) -> None:
    """Set row headers and the words of links in a tagged PDF, in place.

    Args:
        path: The PDF.
        source: The Typst source that it was made from.

    Raises:
        RenderError: It does not hold the tables or links of its source, one for one.
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot))
        tables = [each for each in elements if each.S == "/Table"]
        links = [each for each in elements if each.S == "/Link" and not _in_contents(each)]
        names, words = [int(n) for n in NAMING.findall(source)], list(link_words(source))
        if (len(tables), len(links)) != (len(names), len(words)):
            raise RenderError(
                f"The PDF holds {len(tables)} tables and {len(links)} links, and its source "
                f"{len(names)} and {len(words)}.",
                next_step="Report this, with the versions that pip list gives of typst and pandoc.",
            )
        for table, count in zip(tables, names, strict=True):
            _name_rows(table, count)
        for link, said in zip(links, words, strict=True):
            _say(link, said)
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)


def link_words(source: str) -> Iterator[str]:
    """What each link of a Typst source says, in order, without its markup."""
    for found in _LINK.finditer(source):
        body = _bracketed(source, found.end())
        said = body or _ESCAPED.sub(r"\1", found["address"] or "")
        yield " ".join(_ESCAPED.sub(r"\1", _COMMAND.sub("", said)).replace("~", " ").split())


def _bracketed(source: str, start: int) -> str:
    """What stands in the square brackets that open at ``start``."""
    if source[start : start + 1] != "[":
        return ""
    depth, at = 0, start
    while at < len(source):
        if source[at] == "\\":
            at += 1
        elif source[at] in "[]":
            depth += 1 if source[at] == "[" else -1
            if depth == 0:
                return source[start + 1 : at]
        at += 1
    return ""


def _elements(node: Any) -> Iterator[Any]:
    """The structure elements below one, in reading order."""
    for child in _children(node):
        yield child
        yield from _elements(child)


def _children(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in listed if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _in_contents(link: Any) -> bool:
    """Whether a link is an entry of the table of contents, which Typst names by itself."""
    return bool(link.P.S == "/Reference")


def _name_rows(table: Any, names: int) -> None:
    """Make header cells of the first cells of each body row.

    Typst's own lists of each cell's headers go: they name columns only, and where there is a list
    the scopes are not looked at. These tables have no joined cells, so that scopes say all.
    """
    for part in _children(table):
        for row in _children(part) if part.S in ("/THead", "/TBody") else []:
            for column, cell in enumerate(_children(row)):
                own = _table_attributes(cell)
                if "/Headers" in own:
                    del own["/Headers"]
                if part.S == "/TBody" and column < names:
                    cell.S = pikepdf.Name.TH
                    own.Scope = pikepdf.Name.Row


def _table_attributes(cell: Any) -> Any:
    """A cell's attributes that belong to its table; made if there are none."""
    given = cell.get("/A", [])
    listed = list(given) if isinstance(given, pikepdf.Array) else [given]
    for each in listed:
        if each.get("/O") == "/Table":
            return each
    made = pikepdf.Dictionary(O=pikepdf.Name.Table)
    cell.A = pikepdf.Array([*listed, made])
    return cell.A[-1]


def _say(link: Any, words: str) -> None:
    """Let every part of a link say what it leads to: its words, and the page that Typst names."""
    for part in list(link.K):
        if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/OBJR":
            page = _PAGE.search(str(part.Obj.get("/Contents", "")))
            part.Obj.Contents = pikepdf.String(f"{words} ({page[0]})" if page else words)
