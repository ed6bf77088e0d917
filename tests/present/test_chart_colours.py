"""Colours of charts are told apart by colour-blind readers, in grey print, and from the paper."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

import matplotlib as mpl
import numpy as np
import pytest
from made_up_figures import view
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure as Paper

from irostats import present
from irostats.present import bars, canvas, charts, pictograms
from irostats.present.children import CHARTS as FOR_CHILDREN

# Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color
# vision deficiency, severity 1.0: of linear red, green and blue.
VISION = {
    "everyone": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
         [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
         [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
         [0.004733, 0.691367, 0.303900]]
    ),
}  # fmt: skip
# sRGB to CIE XYZ under D65 (IEC 61966-2-1).
XYZ = np.array(
    [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
)  # fmt: skip
PAPER = "#FFFFFF"
APART = 10.0
"""CIE 1976 difference: about four times what is just seen."""
IN_GREY = 1.4
"""Contrast of two fills in grey print; their edges and labels say the rest."""
DRAWN = [name for name in present.names()["chart"] if name not in FOR_CHILDREN]


def linear(colour: str) -> Any:
    """Linear red, green and blue."""
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def lab(rgb: Any) -> Any:
    """CIE 1976 L*a*b* of linear colour."""
    share = (XYZ @ np.clip(rgb, 0, 1)) / XYZ.sum(axis=1)
    root = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def colour_faults(colours: list[str]) -> list[str]:
    """Neighbours that somebody cannot tell apart."""
    found = []
    for one, other in pairwise(colours):
        for name, matrix in VISION.items():
            seen = [lab(matrix @ linear(colour)) for colour in (one, other)]
            if float(np.linalg.norm(seen[0] - seen[1])) < APART:
                found.append(f"{one} and {other}: {name}")
        if contrast(one, other) < IN_GREY:
            found.append(f"{one} and {other}: grey print")
    return found


def edge_faults(fills: list[tuple[str, str]]) -> list[str]:
    """Fills of which neither they nor their edges stand out from the paper."""
    return [
        f"{fill} with an edge of {edge}"
        for fill, edge in fills
        if max(contrast(fill, PAPER), contrast(edge, PAPER)) < 3
    ]


def drawn(name: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The axes of a chart of made-up figures of four years."""
    kept: list[Any] = []
    monkeypatch.setattr(charts, "draw", lambda painter, **_: kept.insert(0, painter))
    assert isinstance(present.chart(view(4), name), present.Chart)
    axes = Paper().add_subplot()
    with mpl.rc_context(cast("Any", canvas.STYLE)):
        kept[0](axes)
    return axes


@pytest.mark.parametrize("name", DRAWN)
def test_what_a_chart_shows_stands_out_and_apart(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every bar and line against the paper, and each series against the next."""
    axes = drawn(name, monkeypatch)
    fills = [
        (to_hex(patch.get_facecolor()), to_hex(patch.get_edgecolor()))
        for patch in axes.patches
        if to_hex(patch.get_facecolor()) != canvas.BAND.lower()
    ]
    lines = [to_hex(line.get_color()) for line in axes.lines]
    lines = [colour for colour in lines if colour not in ("#ffffff", canvas.GREY.lower())]
    assert fills or lines
    assert edge_faults([*fills, *((line, line) for line in lines)]) == []
    assert colour_faults(list(dict.fromkeys(fill for fill, _ in fills))) == []
    labels = [text.get_text() for text in axes.texts]
    assert any(any(letter.isdigit() for letter in text) for text in labels)


@pytest.mark.parametrize("count", range(1, 6))
def test_shades_of_years_are_told_apart(count: int) -> None:
    """However many years a chart has."""
    assert colour_faults(bars._shades(count)) == []


def test_bands_have_an_edge_that_stands_out() -> None:
    """They are too pale themselves."""
    assert edge_faults([(canvas.BAND, canvas.BAND_EDGE)]) == []


def test_pictures_for_children_differ_in_shape_and_stand_out() -> None:
    """Filled, begun and empty each have an edge of their own."""
    manners = pictograms._MANNER
    fills = [(manner["facecolor"], manner["edgecolor"]) for manner in manners.values()]
    assert edge_faults([(to_hex(fill), to_hex(edge)) for fill, edge in fills]) == []
    assert len({(str(m["facecolor"]), str(m.get("linestyle"))) for m in manners.values()}) == 4


def test_colours_that_look_alike_to_somebody_are_found() -> None:
    """Red and green of one lightness; two pale greys; a grey without an edge."""
    assert "deuteranopia" in "".join(colour_faults(["#A05A00", "#5F7A00"]))
    assert colour_faults(["#E4E4E4", "#D2D2D2"])
    assert edge_faults([("#BFBFBF", "#BFBFBF")])
    assert round(contrast("#000000", PAPER)) == 21
