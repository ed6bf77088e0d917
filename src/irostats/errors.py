"""The exceptions of irostats, and nothing else.

```
IrostatsError            anything that an analyst can act on; printed without a traceback
├── CommandError         the command or a parameter was wrong (exit code 2)
├── SettingsError        authority.toml, year.toml or population.csv cannot be used
├── InputError           the returns or service tables cannot give this report
├── IncompleteReport     --strict was asked for, and the report lacks what the Handbook asks
├── UnknownName          a figure, table, chart or sentence that does not exist
├── NotebookError        a notebook did not run to its end
└── RenderError          the report could not be assembled or rendered
```
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class IrostatsError(Exception):
    """A problem that an analyst can act on.

    Args:
        message: Which report, file or cell, and what is wrong, in a sentence or two.
        next_step: What to do about it.
    """

    exit_code = 1

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}\n{self.next_step}" if self.next_step else self.message


class CommandError(IrostatsError, ValueError):
    """The command or a parameter is wrong; nothing was read or written."""

    exit_code = 2


class SettingsError(IrostatsError, ValueError):
    """A settings file of the authority or the year cannot be used."""


class InputError(IrostatsError, ValueError):
    """The inputs cannot give this report; a figure that is needed cannot be computed."""


class DisclosureError(IrostatsError):
    """Figures cannot be shown without giving away what must not be."""


class IncompleteReport(IrostatsError):  # noqa: N818 - reads as what it is
    """A complete report was asked for, and an item of the Handbook's list is not answered."""


class UnknownName(IrostatsError, KeyError):  # noqa: N818 - reads as what it is
    """A name that nothing bears: a figure, a table, a chart, a sentence."""

    __str__ = IrostatsError.__str__


class NotebookError(IrostatsError, RuntimeError):
    """A notebook did not run to its end, or ran on other inputs than the report's."""


class RenderError(IrostatsError, RuntimeError):
    """The report could not be assembled or rendered."""


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint naming the known name most like ``name``.

    Returns:
        `` Did you mean 'york'?`` with a leading space, or an empty string.

    >>> nearest("yrok", ["york", "peterborough"])
    " Did you mean 'york'?"
    """
    matches = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Did you mean '{matches[0]}'?" if matches else ""
