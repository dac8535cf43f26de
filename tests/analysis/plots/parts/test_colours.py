"""The colours of lines stay apart for eyes of every common kind, by a simulation of colour blindness."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from analysis.plots.parts.arrays import Floats
from analysis.plots.parts.style import DARK, LIGHT, Theme

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "trichromat": np.eye(3),
    "deuteranope": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanope": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "tritanope": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
D65 = np.array([0.9505, 1.0, 1.089])
# CIE 1976: about 2.3 is just noticed side by side; thin lines some way apart need several times that.
APART = 15.0


def linear(color: str) -> Floats:
    parts = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: Floats) -> Floats:
    relative = TO_XYZ @ np.clip(rgb, 0, 1) / D65
    x, y, z = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_differ_in_colour_for_every_sight(theme: Theme, sight: str) -> None:
    seen = {color: lab(np.asarray(SIGHT[sight]) @ linear(color)) for color in theme.cycle}
    near = {pair: np.linalg.norm(seen[pair[0]] - seen[pair[1]]) for pair in combinations(seen, 2)}
    assert {pair: distance for pair, distance in near.items() if distance < APART} == {}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_more_is_further_from_the_paper_and_the_least_is_still_seen(theme: Theme) -> None:
    paper = lab(linear(theme.paper))[0]
    shades = [lab(linear(color))[0] for color in theme.density]
    away = [abs(float(shade - paper)) for shade in shades]
    assert away == sorted(away)
    assert away[0] > 10
