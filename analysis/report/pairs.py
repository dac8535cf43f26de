"""Two quantities of creators or TikToks against each other, a point each: what a correlation is of."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.label import plain
from analysis.plots.style import LIGHT, Theme, dress, no_data


def pair_scatter(points: pd.DataFrame, ax: Axes, *, title: str, x: str, y: str, theme: Theme = LIGHT) -> Axes:
    """Draw *points* (`association.pair_points`: `x`, `y`, Float64, at the middle of their bounds)."""
    known = points.dropna(subset=["x", "y"])
    if known.empty:
        return no_data(ax, "none tells both", theme, title=title)
    ax.plot(
        known["x"].astype(float), known["y"].astype(float), "o", markersize=3, alpha=0.45, color=theme.main, linewidth=0
    )
    ax.axhline(0, color=theme.faint, linewidth=0.8)
    dress(ax, theme, title=f"{title} (n = {len(known):,})", x=x, y=y, grid="both")
    return plain(ax)
