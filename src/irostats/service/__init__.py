"""The IRO service's own records: one schema a table, every table optional."""

from irostats.service.reading import ServiceTables, read_service, stack_service
from irostats.service.schemas import TABLES, Column, Kind, ServiceTable

__all__ = [
    "TABLES",
    "Column",
    "Kind",
    "ServiceTable",
    "ServiceTables",
    "read_service",
    "stack_service",
]
