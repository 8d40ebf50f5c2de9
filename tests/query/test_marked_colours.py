"""The colours of marks can be read and told apart, by colour-blind eyes too."""

from __future__ import annotations

from itertools import combinations
from math import dist

import pytest

from kg.query.marking import marking
from kg.records import Kind

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

# Machado, Oliveira and Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009, at
# full severity; on linear RGB.
EYES: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
# IEC 61966-2-1 (sRGB), to CIE XYZ.
XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)
APART = 11  # CIE 1976 colour difference; about 2 can just be seen side by side


def _times(matrix: Matrix, vector: Vector) -> Vector:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _linear(colour: str) -> Vector:
    r, g, b = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _light(r), _light(g), _light(b)


def _light(c: float) -> float:
    return c / 12.92 if c <= 0.04045 else float(((c + 0.055) / 1.055) ** 2.4)


def _lab(colour: str, eye: Matrix) -> Vector:
    r, g, b = (min(1.0, max(0.0, c)) for c in _times(eye, _linear(colour)))
    scaled = (c / w for c, w in zip(_times(XYZ, (r, g, b)), WHITE, strict=True))
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.1, https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio."""
    dark, bright = sorted(_times(XYZ, _linear(colour))[1] for colour in (one, other))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("ending", ["", "_line"])
@pytest.mark.parametrize("theme", ["terminal", "light", "dark"])
def test_the_colours_of_two_kinds_are_told_apart(theme: str, ending: str, eye: str) -> None:
    colours = getattr(marking(), theme)
    for one, other in combinations(Kind, 2):
        apart = dist(_lab(colours[one + ending], EYES[eye]), _lab(colours[other + ending], EYES[eye]))
        assert apart >= APART, f"{theme}: {one} and {other} are {apart:.1f} apart"


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("theme", ["terminal", "light", "dark"])
def test_words_on_the_colour_of_a_kind_can_be_read(theme: str, kind: Kind) -> None:
    colours = getattr(marking(), theme)
    assert _contrast(colours[kind], colours["ink"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("words", ["ink", "muted"])
def test_words_on_the_page_can_be_read(theme: str, words: str) -> None:
    colours = getattr(marking(), theme)
    assert _contrast(colours[words], colours["canvas"]) >= 4.5


@pytest.mark.parametrize("kind", Kind)
def test_a_mark_below_the_threshold_can_be_read_on_a_black_and_on_a_white_terminal(kind: Kind) -> None:
    for ground in ("#000000", "#ffffff"):
        assert _contrast(marking().terminal[f"{kind}_line"], ground) >= 4
