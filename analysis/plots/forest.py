"""Intervals under one another, a row each: the gains of creators."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import floats, truths
from analysis.plots.parts.label import label, plain
from analysis.plots.parts.style import LIGHT, SMALL_PT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis, log_limits

# Rows that stay readable at half a page.
ROWS = 20
WIDE = 30  # times the least: beyond, gains stand on a log axis


def creator_gains(ranked: pd.DataFrame, ax: Axes, *, rows: int = ROWS, theme: Theme = LIGHT) -> Axes:
    """Draw, for the creators with the greatest guaranteed gain of followers, the interval their gain lies in.

    *ranked*: `creators.ranked`: `creator` (str), `followers_gain_lo`, `followers_gain_hi` (Int64), `gain_rank`
    (Int64, NA where no gain is known), `viral` (boolean). The left end is guaranteed; a width is what rounding
    leaves open.
    """
    title = "Followers gained, first to last told"
    known = ranked.loc[ranked["gain_rank"].notna() & ranked["followers_gain_hi"].notna()]
    known = known.sort_values(["gain_rank", "creator"], kind="stable").head(rows)
    if known.empty:
        return no_data(ax, "no creator's followers were told twice", theme, title=title)
    low, high = (floats(known[name]) for name in ("followers_gain_lo", "followers_gain_hi"))
    viral = truths(known["viral"])
    at = np.arange(len(known))
    for chosen, color, marker, name in (
        (~viral, theme.main, "o", "not viral"),
        (viral, theme.accent, "D", "viral"),
    ):
        if chosen.any():
            ax.hlines(at[chosen], low[chosen], high[chosen], color=color, linewidth=2.2, zorder=2)
            ax.plot(low[chosen], at[chosen], marker, color=color, markersize=4, zorder=3, label=name)
    # A few of millions would press all others against zero.
    wide = low.min() > 0 and high.max() > WIDE * low.min()
    if wide:
        log_limits(ax, "x", np.concatenate([low, high]))
    else:
        ax.axvline(0, color=theme.faint, linewidth=0.8)
    ax.set_ylim(len(known) - 0.4, -0.6)
    dress(ax, theme, title=title, x="followers gained: from guaranteed (mark) to at most (line)", grid="x")
    ax.set_yticks(at, [f"@{label(name, 24)}" for name in known["creator"]], parse_math=False)
    ax.tick_params(axis="y", length=0, labelsize=SMALL_PT)
    counts_axis(ax.xaxis, log=wide)
    if viral.any():
        legend(ax, theme, where="above")
    return plain(ax)
