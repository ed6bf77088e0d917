"""data/README.md: what the sample data hold, contradict and leave out."""

from __future__ import annotations

from irostats.synthetic.writing import Made


def readme(made: list[Made]) -> str:
    """Stub"""
    return ""
