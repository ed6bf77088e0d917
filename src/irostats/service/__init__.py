"""The IRO service's own records: one schema a table, every table optional."""

from irostats.service.children import aligned
from irostats.service.closing import closed_too_early, usable_closing
from irostats.service.matching import unmatched_participation
from irostats.service.model import Column, Kind, ServiceTable
from irostats.service.reading import ServiceTables, read_service, stack_service
from irostats.service.schemas import TABLES
from irostats.service.wordings import unknown_wordings

__all__ = [
    "TABLES",
    "Column",
    "Kind",
    "ServiceTable",
    "ServiceTables",
    "aligned",
    "closed_too_early",
    "read_service",
    "stack_service",
    "unknown_wordings",
    "unmatched_participation",
    "usable_closing",
]
