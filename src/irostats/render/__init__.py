"""Rendering: from executed notebooks and the documents' sources to HTML, Word and PDF.

Knows nothing of children: it assembles what the notebooks print.
"""

from __future__ import annotations

from irostats.render.assemble import render
from irostats.render.find import Renderer, Survey, choose, described, find_renderer
from irostats.render.job import FORMATS, PARTS, RENDERERS, SECTIONS, RenderJob
from irostats.render.notebooks import annotate
from irostats.render.staging import write_sources

__all__ = [
    "FORMATS",
    "PARTS",
    "RENDERERS",
    "SECTIONS",
    "RenderJob",
    "Renderer",
    "Survey",
    "annotate",
    "choose",
    "described",
    "find_renderer",
    "render",
    "write_sources",
]
