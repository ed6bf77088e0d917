"""Text of exceptions, made fit to be shown or logged: no row of anybody's data in it.

A foreign exception (pandas', numpy's) may quote the value that it stumbled over, which can be
a child's identifier, date of birth or postcode. The messages of irostats itself never do.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable

from irostats import errors

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_HARMLESS = re.compile(r"['\"][a-z][a-z_.\-]*['\"]")
_WITH_DIGIT = re.compile(r"[\w/.:+\-]*\d[\w/.:+\-]*")
_STRUCTURE = ("Traceback", "File ", "Cell ", "The above exception", "During handling")
OWN = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.IrostatsError)
)
"""Names of the exceptions whose messages are written for analysts and hold no row data."""


def masked(text: str) -> str:
    """The first line of ``text`` without anything that could be a value from a row.

    Quoted text stays only if it is small letters, as names of figures and options are;
    every word with a digit in it goes.

    >>> masked("KeyError: 'A1234' is not in 'reviews.held' of 3 rows")
    "KeyError: … is not in 'reviews.held' of … rows"
    """
    first = text.strip().partition("\n")[0]
    kept = _QUOTED.sub(lambda match: match[0] if _HARMLESS.fullmatch(match[0]) else "…", first)
    return _WITH_DIGIT.sub("…", kept)


def cause(name: str, message: str) -> str:
    """The last line of an exception: its name and what it says, masked unless it is our own.

    Args:
        name: The exception's class name.
        message: Its text; for our own the second line on is the next step and is kept.
    """
    if name in OWN:
        return message
    shown = masked(message)
    return f"{name}: {shown}" if shown else name


def frames(entries: Iterable[str]) -> str:
    """A traceback of IPython's plain mode, one frame an entry, with exception texts masked."""
    lines = []
    for entry in entries:
        text = _ANSI.sub("", entry).rstrip("\n")
        if text.lstrip().startswith(_STRUCTURE):
            lines.append(text)
        elif text.strip():
            name, _, message = text.strip().partition(":")
            lines.append(cause(name.rpartition(".")[2], message.strip()))
    return "\n".join(lines) + "\n"


def of(error: BaseException) -> str:
    """The traceback of an exception, with exception texts masked."""
    return frames(traceback.format_exception(error))
