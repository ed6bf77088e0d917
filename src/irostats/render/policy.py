"""What a browser may do with a finished web page: show it, and nothing else.

The template states a Content-Security-Policy that allows no script, no address and no form, and any
style, since nobody knows the styles before they are written. Once they are, each is allowed by its
hash (CSP Level 3, 2.3.1) and every other one is not. A page that the policy would mar is refused.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from irostats.errors import RenderError

_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">')
_POLICY = (
    '<meta http-equiv="Content-Security-Policy" content="'
    "default-src 'none'; img-src data:; style-src {styles}; base-uri 'none'; form-action 'none'\">"
)
_LOADED = {"iframe", "object", "embed", "base", "form", "link", "audio", "video", "source", "track"}
_REFRESH = re.compile("refresh|set-cookie", re.IGNORECASE)
_Attributes = list[tuple[str, str | None]]


def apply_policy(path: Path) -> None:
    """Allow a finished page its own styles and nothing else, in place.

    Raises:
        RenderError: The page states no policy, or has what its policy would not let it show.
    """
    page = with_policy(path.read_text(encoding="utf-8"), path.name)
    path.write_text(page, encoding="utf-8", newline="\n")


def with_policy(page: str, name: str) -> str:
    """The page, its policy naming the hash of each of its styles.

    Args:
        page: HTML, finished.
        name: The file, for the error.

    Raises:
        RenderError: As `apply_policy`.
    """
    read = _Page()
    read.feed(page)
    read.close()
    if not _META.search(page):
        raise RenderError(f"{name} does not state the policy of its template.")
    if read.refused:
        raise RenderError(
            f"{name} holds {' and '.join(sorted(read.refused))}, which its policy forbids.",
            next_step="Only text, tables and charts stand in a report: take out all else.",
        )
    hashes = " ".join(dict.fromkeys(map(_hash, read.styles))) or "'none'"
    return _META.sub(lambda _: _POLICY.format(styles=hashes), page, count=1)


def _hash(style: str) -> str:
    digest = hashlib.sha256(style.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


class _Page(HTMLParser):
    """What the style elements of a page hold, and what its policy would forbid."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._stated = False
        self.styles: list[str] = []
        self.refused: set[str] = set()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self._stated = True
            return
        if not self._stated and tag not in ("html", "head", "meta"):
            self.refused.add(f"<{tag}> before its policy")
        self.refused.update(_refused(tag, attrs))
        self._in_style = tag == "style"
        if self._in_style:
            self.styles.append("")

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.styles[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"


def _refused(tag: str, attributes: _Attributes) -> Iterator[str]:
    if tag == "script":
        yield "a script"
    if tag in _LOADED:
        yield f"<{tag}>"
    for name, value in attributes:
        if name == "style":
            yield "a style on an element"
        elif name.startswith("on"):
            yield "code on an element"
        elif name in ("src", "srcset", "background") and not (value or "").startswith(
            "data:image/"
        ):
            yield "a picture that lies elsewhere"
        elif name == "href" and (value or "").strip().lower().startswith(("javascript:", "data:")):
            yield "a link that runs"
        elif name == "http-equiv" and _REFRESH.search(value or ""):
            yield "an order to go elsewhere"
