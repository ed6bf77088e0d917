"""Text that a spreadsheet program could run as a formula, and how it is kept from running.

What people write (team names, themes, notes, names of authorities) reaches tables that are
opened in Excel and LibreOffice, where text in a CSV file that begins with ``=``, ``+``, ``-``
or ``@`` is computed. See OWASP, CSV Injection.
"""

from __future__ import annotations

import re

_STARTS = re.compile(r"""[\s"'\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\s]*[\t\r\n]""")
"""White space and quotes before the sign do not help: programs take them off."""

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


def could_run(text: str) -> bool:
    """Whether a spreadsheet program could compute the text instead of showing it.

    >>> could_run("=1+1"), could_run("  -2"), could_run("2016-17")
    (True, True, False)
    """
    return _STARTS.match(text) is not None


def printable(text: str) -> str:
    """The text on one line, without characters that XML cannot hold or nothing prints."""
    return _UNPRINTED.sub(" ", text)


def literal(text: str) -> str:
    """The text for a cell of a CSV file: on one line, and after an apostrophe if it could run.

    A line break within a cell is legal and yet begins a new row, with a new formula, in programs
    that read CSV line by line.

    >>> literal("@SUM(A1)"), literal("York")
    ("'@SUM(A1)", 'York')
    """
    line = printable(text)
    return f"'{line}" if could_run(text) else line
