"""gptables, with every text written as text.

gptables makes cover, contents, headings and marked tables as the Analysis Function's guidance
"Releasing statistics in spreadsheets" asks. By itself it also takes ``[words](address)`` and
``$$word$$`` in any text for a link and a note, and hands text to XlsxWriter, which takes ``=...``
for a formula; what people wrote must stay what they wrote.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from irostats.formulas import could_run, printable
from irostats.workbook.values import Value


@contextmanager
def quietly() -> Iterator[None]:
    """Without what gptables 2.0.2 provokes: a file left to be closed, a form that pandas 4 drops.

    Neither is anything that who builds a report could act on, and the tests take warnings for
    errors.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


with quietly():
    from gptables import Cover, GPTable, GPWorkbook
    from gptables.core.wrappers import GPWorksheet

__all__ = ["Cover", "GPTable", "Workbook", "Worksheet", "quietly"]


class Worksheet(GPWorksheet):  # type: ignore[misc]
    """A sheet on which text is text and a ``Value`` is a number where it has one."""

    @staticmethod
    def _replace_url(string: str) -> str:
        return string

    @staticmethod
    def _replace_reference(string: str, reference_order: list[str]) -> str:  # noqa: ARG004
        return string

    def _smart_write(self, row: int, col: int, data: Any, format_dict: Any, *args: Any) -> None:
        """Write a cell; only what gptables itself made, such as a link, is left to it."""
        if isinstance(data, Value) and data.number is not None:
            form = {**format_dict, "num_format": data.form}
            self.write_number(row, col, data.number, self._workbook.add_format(form))
        elif isinstance(data, Value | str):
            text = printable(data.text if isinstance(data, Value) else data)
            # The quote prefix keeps Excel from computing the text when somebody edits the cell.
            quoted = {"quote_prefix": True} if could_run(text) else {}
            form = {**format_dict, **quoted}
            self.write_string(row, col, text, self._workbook.add_format(form))
        else:
            super()._smart_write(row, col, data, format_dict, *args)


class Workbook(GPWorkbook):  # type: ignore[misc]
    """A workbook of such sheets."""

    def add_worksheet(self, name: str | None = None, gridlines: str = "hide_all") -> Worksheet:
        """As gptables does, with our kind of sheet."""
        worksheet: Worksheet = super(GPWorkbook, self).add_worksheet(name, Worksheet)
        worksheet.theme = self.theme
        worksheet._workbook = self
        worksheet.hide_gridlines({"show_all": 0, "hide_printed": 1, "hide_all": 2}[gridlines])
        return worksheet
