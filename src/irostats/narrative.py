"""What people write: read without their templates' hints, measured for plain English."""

from __future__ import annotations

import re
from collections.abc import Mapping

from irostats.issues import Issue, Severity

PLAIN = 14
"""Reading age up to which a text is plain English enough for members and the public."""
FEWEST_WORDS = 60
"""Words below which a readability formula says nothing."""
_HINT = re.compile(r"<!--.*?-->", re.DOTALL)
_SHORTCODE = re.compile(r"\{\{<.*?>\}\}")
_NUMBER = re.compile(r"(?<![\w./-])\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w/-])")
_MARKS = re.compile(r"^[#>*\-\s]+|[*_`]", re.MULTILINE)
_TAG = re.compile(r"</?[A-Za-z](?![A-Za-z+.-]*:)|<!")
_YEARS = (1900, 2100)


def without_hints(text: str) -> str:
    """The text without ``<!-- hints -->`` of its template; lines keep their numbers."""
    return _HINT.sub(lambda hint: "\n" * hint[0].count("\n"), text)


def reading_age(text: str) -> float | None:
    """Age at which a text is read with ease, in years; None if it is too short to tell.

    The Automated Readability Index (Senter and Smith 1967) gives a school grade, which is an age
    less five. It counts letters, words and sentences, and so needs no dictionary.
    """
    plain = _MARKS.sub("", _SHORTCODE.sub("ten", text))
    if len(plain.split()) < FEWEST_WORDS:
        return None
    # textstat takes a fifth of a second to load, and only a report with narrative needs it.
    import textstat

    return float(textstat.automated_readability_index(plain)) + 5


def examine(narrative: Mapping[str, str]) -> list[Issue]:
    """Notes on text that is hard to read, and on numbers typed by hand.

    Args:
        narrative: Markdown by section.
    """
    return [
        issue
        for section, text in narrative.items()
        for issue in (*_hard(section, text), *_typed(section, text), *_html(section, text))
    ]


def _hard(section: str, text: str) -> list[Issue]:
    age = reading_age(text)
    if age is None or age <= PLAIN:
        return []
    return [
        Issue(
            Severity.NOTE,
            "narrative-hard",
            f"the text reads at the age of {age:.0f}; plain English is {PLAIN} or less.",
            file=f"narrative/{section}.md",
            next_step="Shorten the sentences, and use shorter words.",
        )
    ]


def _typed(section: str, text: str) -> list[Issue]:
    """Numbers that nothing checks: they should be named, so that they equal the tables."""
    lines = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if any(map(_is_figure, _NUMBER.findall(_SHORTCODE.sub("", line))))
    ]
    if not lines:
        return []
    return [
        Issue(
            Severity.NOTE,
            "narrative-number",
            "a number is typed; nothing checks it against the figures.",
            file=f"narrative/{section}.md",
            rows=len(lines),
            lines=tuple(lines[:10]),
            next_step="Name the figure instead, as in {{< var reviews.held >}}.",
        )
    ]


def _html(section: str, text: str) -> list[Issue]:
    """HTML, of which the report prints less than its author may think."""
    lines = [n for n, line in enumerate(text.splitlines(), start=1) if _TAG.search(line)]
    if not lines:
        return []
    return [
        Issue(
            Severity.WARNING,
            "narrative-html",
            "HTML is cleaned: its text and plain formatting are printed, and all else is left out.",
            file=f"narrative/{section}.md",
            rows=len(lines),
            lines=tuple(lines[:10]),
            next_step="Write Markdown: **bold**, [text](https://...), lists that begin with -.",
        )
    ]


def _is_figure(text: str) -> bool:
    """Whether a typed number could be a figure: not a year, nor the number of a day or stage."""
    if "%" in text:
        return True
    number = float(text.replace(",", ""))
    return number > 31 and not ("," not in text and _YEARS[0] <= number <= _YEARS[1])
