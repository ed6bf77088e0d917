"""The IRO service's own records: one schema a table, every table optional."""

from irostats.service.children import aligned
from irostats.service.model import Column, Kind, ServiceTable
from irostats.service.reading import ServiceTables, read_service, stack_service
from irostats.service.schemas import TABLES

__all__ = [
    "TABLES",
    "Column",
    "Kind",
    "ServiceTable",
    "ServiceTables",
    "aligned",
    "read_service",
    "stack_service",
]
