"""What every figure shares: the sizes, how its Axes are dressed, and files whose bytes repeat.

Nothing here touches pyplot or leaves an rcParam changed: a figure is made, dressed and written by calls on it
alone.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from analysis.plots.parts.label import label
from analysis.plots.parts.lean import lean
from analysis.plots.parts.theme import DARK, LIGHT, PAGE, Theme
from analysis.writing.output import write

__all__ = [  # the themes stand in a module of their own
    "DARK",
    "HALF_PAGE",
    "LIGHT",
    "NOTHING",
    "PAGE",
    "SIZE_PT",
    "SMALL_PT",
    "STRIP",
    "TALL",
    "Theme",
    "dress",
    "legend",
    "new_figure",
    "no_data",
    "png",
    "save",
    "svg",
]
SIZE_PT = 10.0
SMALL_PT = 8.5
# Inches. Half a page of A4 within its margins is about 6.5 x 4.4; at these sizes the text prints at its own point size.
HALF_PAGE = (6.8, 4.2)
TALL = (6.8, 6.0)
STRIP = (6.8, 3.2)
NOTHING = 1.5  # inches high: a figure that says only why nothing is drawn
AIR = 0.08  # inches between what is drawn and the figure's edge
# A letter's width in its size, on the safe side, and the points a legend's mark takes.
_LETTER, _MARK_PT = 0.58, 30


def new_figure(size: tuple[float, float] = HALF_PAGE, theme: Theme = LIGHT) -> tuple[Figure, Axes]:
    """Return a figure of *size* inches and its one Axes. It belongs to no window and no pyplot state."""
    ground = "none" if theme is PAGE else theme.paper  # the page has a ground already
    figure = Figure(figsize=size, layout=ConstrainedLayoutEngine(w_pad=AIR, h_pad=AIR), facecolor=ground)
    return figure, figure.add_subplot()


def dress(ax: Axes, theme: Theme, *, title: str = "", x: str = "", y: str = "", grid: str = "y") -> None:
    """Give *ax* the theme's ink, quiet spines, a grid ("x", "y", "both" or "") and its words."""
    ax.set_facecolor("none")
    ax.set_axisbelow(True)
    for side, spine in ax.spines.items():
        spine.set_visible(side in {"left", "bottom"})
        spine.set_color(theme.faint)
    ax.tick_params(which="both", colors=theme.faint, labelcolor=theme.ink, labelsize=SMALL_PT)
    ax.xaxis.get_offset_text().set(fontsize=SMALL_PT, color=theme.ink)
    if grid:
        ax.grid(visible=True, which="major", axis=grid, color=theme.grid, linewidth=0.7)  # type: ignore[arg-type]
    if title:
        ax.set_title(title, loc="left", fontsize=SIZE_PT + 0.5, color=theme.ink)
    if x:
        ax.set_xlabel(x, fontsize=SIZE_PT - 0.5, color=theme.ink)
    if y:
        ax.set_ylabel(y, fontsize=SIZE_PT - 0.5, color=theme.ink)


def no_data(ax: Axes, why: str, theme: Theme = LIGHT, *, title: str = "") -> Axes:
    """Say on *ax* that there is nothing to draw, and why: an empty frame is an answer, not a failure.

    A figure of nothing else is as high as that needs.
    """
    figure = ax.figure
    if isinstance(figure, Figure) and figure.axes == [ax]:
        figure.set_figheight(min(figure.get_figheight(), NOTHING))
    dress(ax, theme, title=title, grid="")
    ax.set_xticks([])
    ax.set_yticks([])
    for spine in ax.spines.values():
        spine.set_visible(False)
    # From the left, where a narrow screen begins.
    ax.text(
        0,
        0.5,
        f"no data: {label(why, 160)}",
        transform=ax.transAxes,
        ha="left",
        va="center",
        wrap=True,
        color=theme.faint,
        fontsize=SIZE_PT,
    )
    return ax


def legend(ax: Axes, theme: Theme, *, where: str = "best", columns: int = 1, title: str = "") -> None:
    """A small legend without a frame, in the theme's ink; nothing if no artist has a name.

    *where*: matplotlib's `loc`, or what hides nothing: "above" (right of the title, or in a row of its own beneath it
    where both would not fit; call after `dress`), "outside" (right of the Axes).
    """
    handles, names = ax.get_legend_handles_labels()
    if not handles:
        return
    places: dict[str, dict[str, Any]] = {
        "above": {
            "loc": "lower right",
            "bbox_to_anchor": (1, 1),
            "borderaxespad": 0.2,
            "ncols": len(names),
            "columnspacing": 1.0 if len(names) < 3 else 0.7,
            "handlelength": 1.6 if len(names) < 3 else 1.0,
            "handletextpad": 0.8 if len(names) < 3 else 0.4,
        },
        "outside": {"loc": "upper left", "bbox_to_anchor": (1.01, 1), "borderaxespad": 0, "ncols": columns},
    }
    place = places.get(where, {"loc": where, "ncols": columns})
    if where == "above" and not _fits_beside_title(ax, names):
        place |= {"loc": "lower left", "bbox_to_anchor": (0, 1)}
        written = ax.get_title(loc="left")
        ax.set_title(written, loc="left", fontsize=SIZE_PT + 0.5, color=theme.ink, pad=6 + 2 * SMALL_PT)
    drawn = ax.legend(
        handles,
        names,
        frameon=False,
        fontsize=SMALL_PT,
        labelcolor=theme.ink,
        title=title or None,
        **{"handlelength": 1.6, **place},
    )
    drawn.get_title().set(color=theme.ink, fontsize=SMALL_PT)


def _fits_beside_title(ax: Axes, names: Sequence[str]) -> bool:
    """Whether a legend of *names* has room right of the title, the Axes being at least as broad as names beside it."""
    title = len(ax.get_title(loc="left")) * _LETTER * (SIZE_PT + 0.5)
    beside = sum(len(name) * _LETTER * SMALL_PT + _MARK_PT for name in names)
    return title + beside < 0.6 * 72 * ax.figure.bbox.width / ax.figure.dpi


def png(figure: Figure, *, dpi: float = 150) -> bytes:
    """*figure* as PNG: the same figure gives the same bytes (no date, no version inside)."""
    return _written(figure, "png", dpi, {"Software": None})


def svg(figure: Figure) -> str:
    """*figure* as SVG text, letters as paths (no font needed), ids from a fixed salt, no date inside."""
    return lean(_written(figure, "svg", 100, {"Date": None, "Creator": None}).decode("utf-8"))


def save(figure: Figure, path: Path, *, dpi: float = 150) -> Path:
    """Write *figure* to *path*, as SVG where the name ends so, else as PNG; return *path*. Raises AnalysisError."""
    write(path, svg(figure).encode() if path.suffix.lower() == ".svg" else png(figure, dpi=dpi))
    return path


def _written(figure: Figure, kind: str, dpi: float, metadata: dict[str, str | None]) -> bytes:
    out = io.BytesIO()
    settings: Any = {
        "svg.hashsalt": "tiktok_scraper",
        "svg.fonttype": "path",
        "path.simplify": True,
        "font.sans-serif": ["DejaVu Sans"],
        "savefig.bbox": None,
    }
    with mpl.rc_context(settings):
        figure.savefig(out, format=kind, dpi=dpi, metadata=metadata)
    return out.getvalue()
