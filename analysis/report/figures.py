"""Plots as pictures within the page, each in light and in dark; the same bytes from the same frames.

They are `img` elements with data: addresses, so nothing within a picture, a creator's name for instance, can act.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.parts.style import DARK, HALF_PAGE, LIGHT, Theme, new_figure, png, svg
from analysis.report.markup import Html, el

# A picture of vectors larger than this is dots by the thousand: pixels are smaller and open faster.
MOST_VECTOR_BYTES = 150_000
PIXELS_PER_INCH = 96  # of CSS

Draw = Callable[[Axes, Theme], object]


def address(mime: str, data: bytes) -> str:
    """The data: address that holds *data*."""
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


def picture(draw: Draw, theme: Theme, size: tuple[float, float]) -> tuple[str, bytes]:
    """The picture's type and bytes: SVG, or PNG where that would be large."""
    figure: Figure
    figure, ax = new_figure(size, theme)
    draw(ax, theme)
    vectors = svg(figure).encode()
    return ("image/svg+xml", vectors) if len(vectors) <= MOST_VECTOR_BYTES else ("image/png", png(figure))


@dataclass
class Figures:
    """Draws the figures of one report, numbered. simulated: each caption says so. paint: how a picture is made."""

    simulated: bool = False
    paint: Callable[[Draw, Theme, tuple[float, float]], tuple[str, bytes]] = picture
    drawn: int = 0
    named: dict[str, int] = field(default_factory=dict)
    """Key of a figure -> its number."""

    def __call__(
        self, draw: Draw, *, alt: str, caption: str, key: str | None = None, size: tuple[float, float] = HALF_PAGE
    ) -> Html:
        """The figure that *draw* puts on an empty Axes of *size* inches, with its caption; key: what links to it."""
        light, dark = (address(*self.paint(draw, theme, size)) for theme in (LIGHT, DARK))
        self.drawn += 1
        if key is not None:
            self.named[key] = self.drawn
        told = f"Figure {self.drawn}. {'Simulated: ' if self.simulated else ''}{caption}"
        width, height = (round(inches * PIXELS_PER_INCH) for inches in size)
        night = el("source", srcset=dark, media="screen and (prefers-color-scheme: dark)")
        image = el("picture", night, el("img", src=light, alt=alt, width=width, height=height))
        box = el("div", image, cls="plot", tabindex=0, role="group", aria_label=f"Figure {self.drawn}")
        return el("figure", box, el("figcaption", told), id=f"figure-{self.drawn}")
