"""Reproducible annual reports of Independent Reviewing Officers.

A notebook's first line after its parameters is::

    report = irostats.open(authority, year, audience=audience, data=data)

and every cell after it asks ``report`` for a table, a chart or a sentence.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from irostats.report import Report

__all__ = ["__version__", "open"]
__version__ = version("irostats")


def open(  # noqa: A001 - irostats.open is how it reads in a notebook
    authority: str, year: str, *, audience: str = "public", data: str = ""
) -> Report:
    """Read, derive, measure and protect one authority's reporting year.

    Args:
        authority: Name of its folder under the data folder, such as ``york``.
        year: Such as ``2016-17``.
        audience: ``public`` (protected figures) or ``internal``.
        data: Folder of authorities; empty means ``IROSTATS_DATA``, else the project's.

    Raises:
        IrostatsError: A parameter, a setting or the inputs are not usable; the message says
            which, and what to do next.
    """
    # The command line's --help must not wait for pandas.
    from irostats import parameters
    from irostats.opened import handed_on
    from irostats.report import open_report

    wanted = parameters.make(authority, year, audience=audience, data=data)
    return handed_on(wanted) or open_report(wanted)
