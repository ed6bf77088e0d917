"""Reading SSDA903 returns of any year, from any software.

``read`` takes one folder, ``stack`` joins several years' returns, ``check`` looks at the
result. ``codes`` holds what the codes mean.
"""

from __future__ import annotations

from irostats.ssda903.authorities import AuthorityId
from irostats.ssda903.checks import check
from irostats.ssda903.clean import child_id
from irostats.ssda903.model import Return, SourceFile
from irostats.ssda903.reader import read
from irostats.ssda903.rules import LEFT_OUT
from irostats.ssda903.schema import TABLES
from irostats.ssda903.stacking import stack

__all__ = [
    "LEFT_OUT",
    "TABLES",
    "AuthorityId",
    "Return",
    "SourceFile",
    "check",
    "child_id",
    "read",
    "stack",
]
