"""Two logged quantities of one association, a point a unit: what stands behind a correlation."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.arrays import floats
from analysis.plots.label import label, plain
from analysis.plots.style import LIGHT, Theme, dress, no_data
from analysis.plots.ticks import counts_axis

# More points than this are pixels within a vector file, which would otherwise take seconds to open.
MANY = 2000


def association(points: pd.DataFrame, ax: Axes, *, pair: str, told: str = "", theme: Theme = LIGHT) -> Axes:
    """Draw the points behind one *pair* of `association.pair_points`, named "x ~ y"; *told* is added to the title.

    *points*: `x`, `y` (Float64, natural logs). *told*: for instance the correlation and its interval, in words.
    """
    x_name, _, y_name = pair.partition(" ~ ")
    title = f"{pair.replace(' ~ ', ' and ')}{': ' if told else ''}{told}"
    xs, ys = floats(points["x"]), floats(points["y"])
    good = np.isfinite(xs) & np.isfinite(ys)
    if not good.any():
        return no_data(ax, f"no unit tells both {x_name} and {y_name}", theme, title=label(title, 80))
    faint = 0.6 if good.sum() < 300 else 0.3
    ax.plot(
        xs[good],
        ys[good],
        "o",
        color=theme.main,
        markersize=3.5,
        alpha=faint,
        markeredgewidth=0,
        rasterized=bool(good.sum() > MANY),
    )
    dress(
        ax,
        theme,
        title=label(title, 80),
        x=f"{x_name} (log, n = {good.sum():,})",
        y=f"{y_name or 'y'} (log)",
        grid="both",
    )
    counts_axis(ax.xaxis)
    counts_axis(ax.yaxis)
    return plain(ax)
