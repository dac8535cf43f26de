"""Plots as pictures within the page, drawn once: the page's style sheet colours them for light, dark and paper.

They are elements of the page, of shapes and text only (`plots.parts.inline`), so a name within a picture is a name.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from matplotlib.axes import Axes

from analysis.plots.parts.astext import svg_with_text
from analysis.plots.parts.inline import inline
from analysis.plots.parts.label import names_as_text
from analysis.plots.parts.style import PAGE, Theme, new_figure
from analysis.report.later import Workers
from analysis.report.markup import Html, el
from analysis.terms.errors import AnalysisError

# Inches: as broad as a figure stands beside another on a desk's screen, so that its letters keep their size.
BESIDE = (5.6, 3.7)

Draw = Callable[[Axes, Theme], object]
Paint = Callable[[Draw, tuple[float, float], str, str], Html]


def address(mime: str, data: bytes) -> str:
    """The data: address that holds *data*."""
    return f"data:{mime};base64,{base64.b64encode(data).decode('ascii')}"


def drawn(draw: Draw, size: tuple[float, float], key: str, told: str) -> Html:
    """What *draw* puts on an Axes of *size* inches, as an element of the page. key: of its ids; told: in words."""
    figure, ax = new_figure(size, PAGE)
    with names_as_text():
        draw(ax, PAGE)
        return Html(inline(svg_with_text(figure), key, told))


def _painted(paint: Paint, draw: Draw, size: tuple[float, float], key: str, told: str) -> Html:
    """The picture, or why there is none, whoever makes it."""
    try:
        return paint(draw, size, key, told)
    except AnalysisError as error:
        return el("p", f"Not drawn: it needs {error.expected}; found: {error.found}.", cls="unanswerable")


@dataclass
class Figures:
    """Draws the figures of one report, numbered.

    simulated: each caption says so. workers: who draws. paint: how a picture is made.
    """

    simulated: bool = False
    workers: Workers = field(default_factory=Workers)
    paint: Paint = drawn
    drawn: int = 0
    named: dict[str, int] = field(default_factory=dict)
    """Key of a figure -> its number."""

    def __call__(
        self, draw: Draw, *, alt: str, caption: str, key: str | None = None, size: tuple[float, float] = BESIDE
    ) -> Html:
        """The figure that *draw* puts on an empty Axes of *size* inches, with its caption; key: what links to it."""
        self.drawn += 1
        if key is not None:
            self.named[key] = self.drawn
        told = f"Figure {self.drawn}. {'Simulated: ' if self.simulated else ''}{caption}"
        image = self.workers.later(partial(_painted, self.paint, draw, size, f"f{self.drawn}", alt)).text(Html)
        box = el("div", image, cls="plot", tabindex=0, role="group", aria_label=f"Figure {self.drawn}")
        return el("figure", box, el("figcaption", told), id=f"figure-{self.drawn}")
