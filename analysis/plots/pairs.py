"""Two quantities of one association, a point a unit: what stands behind a correlation."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import Floats, floats
from analysis.plots.parts.label import label, plain
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis

# More points than this are pixels within a vector file, which would otherwise take seconds to open.
MANY = 2000
# A few far points would squeeze all others into a line: what lies this many times the middle 95 % away is at the edge.
FAR = 1.5
# What the halves of `association.pair_points`' pairs are, in the units they come in.
QUANTITIES = {
    "likes gain": "likes gained (log points a day)",
    "follower gain": "followers gained (log points a day)",
    "follower growth": "followers gained (log points a day)",
    "posting": "log (1 + posts a day)",
    "likes": "log mean likes of its TikToks",
}


def association(points: pd.DataFrame, ax: Axes, *, pair: str, told: str = "", theme: Theme = LIGHT) -> Axes:
    """Draw the points behind one *pair* of `association.pair_points`, named "x ~ y"; *told* is added to the title.

    *points*: `x`, `y` (Float64, natural logs). *told*: for instance the correlation and its interval, in words.
    Points far from all others stand at the edge as triangles, counted in the legend.
    """
    x_name, _, y_name = pair.partition(" ~ ")
    title = f"{pair[:1].upper()}{pair[1:].replace(' ~ ', ' and ')}{': ' if told else ''}{told}"
    xs, ys = floats(points["x"]), floats(points["y"])
    good = np.isfinite(xs) & np.isfinite(ys)
    if not good.any():
        return no_data(ax, f"no unit tells both {x_name} and {y_name}", theme, title=label(title, 80))
    xs, ys = xs[good], ys[good]
    x_edge, y_edge = _edges(xs), _edges(ys)
    near = (xs >= x_edge[0]) & (xs <= x_edge[1]) & (ys >= y_edge[0]) & (ys <= y_edge[1])
    ax.plot(
        xs[near],
        ys[near],
        "o",
        color=theme.main,
        markersize=3.5,
        alpha=0.6 if near.sum() < 300 else 0.35,
        markeredgewidth=0,
        rasterized=bool(near.sum() > MANY),
    )
    ax.set(xlim=x_edge, ylim=y_edge)
    if not near.all():
        _at_the_edge(ax, xs, ys, theme)
    x_told, y_told = (QUANTITIES.get(name, label(name)) for name in (x_name, y_name))
    dress(ax, theme, title=label(title, 80), x=f"{x_told}, n = {good.sum():,}", y=y_told, grid="both")
    counts_axis(ax.xaxis)
    counts_axis(ax.yaxis)
    legend(ax, theme, where="above")
    return plain(ax)


def _at_the_edge(ax: Axes, xs: Floats, ys: Floats, theme: Theme) -> None:
    """A triangle for each point beyond *ax*'s limits, at the edge and pointing to where it lies."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    sides = {">": xs > right, "<": xs < left}
    sides |= {"^": (ys > high) & ~sides[">"] & ~sides["<"], "v": (ys < low) & ~sides[">"] & ~sides["<"]}
    beyond = sum(int(there.sum()) for there in sides.values())
    for mark, there in sides.items():
        if there.any():
            x, y = np.clip(xs[there], left, right), np.clip(ys[there], low, high)
            ax.plot(x, y, mark, color=theme.accent, markersize=5, alpha=0.8, clip_on=False)
    ax.plot([], [], "^", color=theme.accent, markersize=5, label=f"{beyond} beyond the edge")


def _edges(values: Floats) -> tuple[float, float]:
    """Limits that hold *values*, unless some are so far that the middle 95 % would be hard to see."""
    low, high = np.quantile(values, [0.025, 0.975])
    reach = FAR * max(float(high - low), 1e-9)
    least, most = max(float(values.min()), float(low) - reach), min(float(values.max()), float(high) + reach)
    # All of one value: an axis about it rather than a line with digits without end.
    air = 0.03 * (most - least) if most - least > 1e-9 else max(0.1 * abs(most), 0.1)
    return least - air, most + air
