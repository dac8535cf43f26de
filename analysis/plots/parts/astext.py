"""SVG whose letters stay text, in whatever script: the page's fonts draw them, and a search finds them.

Matplotlib measures text with one font, which has no letter of many scripts. Where it has none, something about as
broad is measured in its place, so that what stands beside a name keeps clear of it.
"""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backend_bases import FigureCanvasBase
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.figure import Figure

from analysis.plots.parts.label import drawable
from analysis.plots.parts.theme import VARIABLES

DPI = 144  # of what is dots by the thousand, and so a picture within the picture
# About as broad, in the font that measures, as a letter of one square (Chinese, emoji), and as any other.
_SQUARE, _LETTER = "W", "o"
_SETTINGS: Any = {
    "svg.hashsalt": "tiktok_scraper",
    "svg.fonttype": "none",
    "svg.image_inline": True,
    "path.simplify": True,
    "font.sans-serif": ["DejaVu Sans"],
}


def measured(text: str) -> str:
    """*text* as broad, of letters that the measuring font has."""
    return "".join(_stand_in(char) for char in text)


def _stand_in(char: str) -> str:
    if ord(char) in drawable():
        return char
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"} or "\U0001f3fb" <= char <= "\U0001f3ff":
        return ""
    return _SQUARE if unicodedata.east_asian_width(char) in "WF" else _LETTER


class _Renderer(RendererSVG):  # whose methods matplotlib does not type
    """Matplotlib's, but it measures what it writes as text, and lets the page colour dots by the thousand."""

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        matplotlibs: Any = super()
        width, height, descent = matplotlibs.get_text_width_height_descent(measured(s), prop, ismath)
        return float(width), float(height), float(descent)

    def draw_image(self, gc: Any, x: float, y: float, im: Any, transform: Any = None) -> None:
        """Where all dots are of one of the page's colours, only where they are goes into the picture, as a mask."""
        name = _one_color(im)
        matplotlibs: Any = super()
        if name is None or transform is not None:
            matplotlibs.draw_image(gc, x, y, im, transform)
            return
        writer: Any = self.writer
        many = im[..., 3]
        key = matplotlibs._make_id("mask", many.tobytes())
        writer.start("mask", id=key)
        matplotlibs.draw_image(gc, x, y, many)
        writer.end("mask")
        writer.element(
            "rect", width=f"{self.width:g}", height=f"{self.height:g}", mask=f"url(#{key})", style=f"fill: {name}"
        )


def _one_color(image: Any) -> str | None:
    """The page's colour that all of *image* (RGBA, 0-255) has, as far as it is seen; None where there is none."""
    seen = image[image[..., 3] >= image[..., 3].max() / 2][:, :3].astype(int)
    for color in VARIABLES:
        one = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
        if len(seen) and np.abs(seen - one).max() <= 4:
            return color
    return None


class _Canvas(FigureCanvasBase):
    """Has the layout measured by who draws."""

    def __init__(self, figure: Figure, renderer: Any) -> None:
        super().__init__(figure)
        self._renderer = renderer

    def get_renderer(self) -> Any:
        return self._renderer


def svg_with_text(figure: Figure) -> str:
    """*figure* as SVG, its texts as `text`; it is drawn once, and no other way afterwards."""
    out = io.StringIO()
    figure.set_dpi(72)  # SVG's points
    across, down = figure.get_size_inches()
    made: Any = _Renderer
    mixed: Any = MixedModeRenderer
    with mpl.rc_context(_SETTINGS):
        vectors = made(across * 72, down * 72, out, image_dpi=DPI, metadata={"Date": None, "Creator": None})
        renderer = mixed(figure, across, down, DPI, vectors)
        _Canvas(figure, renderer)
        figure.draw(renderer)
        vectors.finalize()
    return out.getvalue()
