"""Marks that a file must bear: for whom it is, that its returns are made up or not final."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from irostats.parameters import Audience
from irostats.verifying.builds import Said
from irostats.verifying.contents import Contents, Fault

MARK = "OFFICIAL-SENSITIVE"
_MARK = re.compile(r"OFFICIAL[\s\-\u2010\u2011\u2013:]{1,3}SENSITIVE", re.IGNORECASE)
_MADE_UP = re.compile(r"synthetic data|made[\s-]up", re.IGNORECASE)
_PROVISIONAL = re.compile(r"provisional|still checking", re.IGNORECASE)
PROVENANCE = "provenance"
DOCUMENTS = frozenset({"html", "docx", "pdf", "xlsx"})


def marks(
    path: Path, contents: Contents, said: Said | None, digest: str, audience: str
) -> Iterator[Fault]:
    """What is wrong with the marks of a file.

    Args:
        path: The file.
        contents: What it holds.
        said: What its build says, if there is one.
        digest: SHA-256 of it, by which a renamed file is known.
        audience: ``public`` if all is to be published, ``internal`` if nothing is; empty if each
            file says for whom it is.
    """
    if path.name.startswith(PROVENANCE):  # it tells of all builds of a folder, and no figure
        return
    named = MARK in path.name
    shown = any(_MARK.match(piece.text) for piece in contents.pieces if piece.shown)
    built = said is not None and said.internal(path.name, digest)
    internal = named or built or (shown and contents.kind in DOCUMENTS) or audience == "internal"
    if internal:
        yield from _internal(path, contents, named=named, audience=audience)
    if said is not None and contents.kind in DOCUMENTS:
        yield from _banners(contents, said)


def _internal(path: Path, contents: Contents, *, named: bool, audience: str) -> Iterator[Fault]:
    if audience == Audience.PUBLIC:
        yield Fault("internal-in-public")
    else:
        yield Fault("internal-here")
    if not named:
        yield Fault("internal-unmarked", "name of the file")
    if contents.kind in DOCUMENTS:
        bare = [
            number for number, page in enumerate(contents.pages, start=1) if not _MARK.search(page)
        ]
        if bare or not contents.pages:
            noun = {"pdf": "page", "xlsx": "sheet"}.get(contents.kind, "")
            of = {"docx": "header and footer", "html": "page"}.get(contents.kind, "")
            yield Fault("internal-unmarked", f"{noun} {bare[0]}" if noun and bare else of)
    mode = path.stat().st_mode
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Fault("internal-open")


def _banners(contents: Contents, said: Said) -> Iterator[Fault]:
    text = contents.text + "\n" + "\n".join(contents.pages)
    if said.synthetic and not _MADE_UP.search(text):
        yield Fault("synthetic-unsaid")
    if said.status == "provisional" and not _PROVISIONAL.search(text):
        yield Fault("provisional-unsaid")
