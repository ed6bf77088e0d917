"""The theme: one Word file that is committed, and colours that can be read."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx

import irostats.render
from irostats.render.reference import SAMPLE_FOOTER, reference_document

THEME = Path(irostats.render.__file__).parent / "theme"
COLOUR = re.compile(r"--([\w-]+):\s*#([0-9a-f]{6});")


def test_the_committed_word_file_is_what_the_code_makes() -> None:
    """Run `python -m irostats.render.reference` after changing the styles."""
    assert (THEME / "reference.docx").read_bytes() == reference_document(SAMPLE_FOOTER)


def test_the_footer_stands_in_the_word_file() -> None:
    """Whatever is in it."""
    made = docx.Document(io.BytesIO(reference_document("Bath & North <East>\nSomerset")))
    assert made.sections[0].footer.paragraphs[0].text.startswith("Bath & North <East> Somerset")


def luminance(colour: str) -> float:
    """Relative luminance of a six-digit colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_and_white_is_21() -> None:
    """As WCAG defines it."""
    assert round(contrast("000000", "ffffff"), 1) == 21.0


def test_text_stands_out_in_both_colour_schemes() -> None:
    """At least 4.5:1 on every ground that it stands on (WCAG 2.2, 1.4.3)."""
    css = (THEME / "report.css").read_text(encoding="utf-8")
    light, dark = (dict(COLOUR.findall(block)) for block in css.split(":root")[1:3])
    for scheme in (light, dark):
        for text in ("ink", "quiet", "main", "link"):
            for ground in ("paper", "soft", "mark-paper"):
                assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
