"""figures.csv and figures.meta.csv: every figure of a report in the shape of DfE's open data.

columns    what stands in each column, and the metadata file that says so
writing    figures as text, symbols where there is no number; reading them back
"""

from irostats.opendata.columns import COLUMNS, metadata
from irostats.opendata.writing import open_data, read, written

__all__ = ["COLUMNS", "metadata", "open_data", "read", "written"]
