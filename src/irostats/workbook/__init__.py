"""tables.xlsx: every table of the report, and every chart's numbers, as an accessible workbook.

values     what a printed cell is in a spreadsheet: a number with its format, or text
sheets     which sheets there are, from the report's own tables and charts
about      cover, symbols, definitions
writer     gptables, made to write every text as text
book       the workbook as bytes, the same for the same report and time
"""

from irostats.workbook.book import workbook
from irostats.workbook.sheets import Sheet, sheets

__all__ = ["Sheet", "sheets", "workbook"]
