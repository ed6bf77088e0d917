"""The paper that takes the report to committee: what the council says in it, and in which order.

Words and posts come from `committee.toml`, the order and names of the parts from a layout.
"""

from __future__ import annotations

from irostats.committee.layouts import LAYOUTS, Layout, Part, read_layout
from irostats.committee.paper import Paper, read_paper
from irostats.committee.settings import IMPLICATIONS, Committee, read_committee

__all__ = [
    "IMPLICATIONS",
    "LAYOUTS",
    "Committee",
    "Layout",
    "Paper",
    "Part",
    "read_committee",
    "read_layout",
    "read_paper",
]
