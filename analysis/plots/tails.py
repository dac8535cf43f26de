"""The tail: the share of TikToks at or above each rate, with the threshold of the viral and its interval."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import floats
from analysis.plots.parts.label import plain
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis, engineering, log_limits, percent_axis


def ccdf_with_threshold(
    ccdf: pd.DataFrame,
    ax: Axes,
    *,
    threshold: float = float("nan"),
    threshold_lo: float = float("nan"),
    threshold_hi: float = float("nan"),
    log10_units: bool = False,
    name: str = "likes per day, guaranteed",
    title: str = "How many gain at least so much",
    theme: Theme = LIGHT,
) -> Axes:
    """Draw the share of TikToks at or above each value, on log-log axes, with the threshold and its interval.

    *ccdf*: `tails.ccdf`: `value` (Float64, distinct, rising), `n` (Int64, at or above), `share` (Float64).
    *threshold*, _lo, _hi: of `virality.Verdicts.measures`; NaN draws none. *log10_units*: values and threshold are
    log10, as the headline's excess. Values that are not above zero cannot stand on a log axis; the shares still
    count them.
    """
    value, share = (floats(ccdf[column]) for column in ("value", "share"))
    ends = np.array([threshold, threshold_lo, threshold_hi], dtype=float)
    if log10_units:
        value, ends = 10.0**value, 10.0**ends
    good = (value > 0) & (share > 0)
    if not good.any():
        return no_data(ax, "no value above zero" if len(ccdf) else "nothing to rank", theme, title=title)
    log_limits(ax, "x", value[good])
    log_limits(ax, "y", share[good])
    # A power of ten at least: of few values all shares are near one.
    ax.set_ylim(min(ax.get_ylim()[0], 0.08), 1.3)
    limits = ax.get_xlim()
    if np.isfinite(ends[0]):
        low = ends[1] if np.isfinite(ends[1]) else limits[0]
        high = ends[2] if np.isfinite(ends[2]) else limits[1]
        ax.axvspan(low, high, color=theme.accent, alpha=0.18, linewidth=0, label="its 95 % interval")
        ax.axvline(ends[0], color=theme.accent, linewidth=1.5, label=f"99th percentile: {engineering(float(ends[0]))}")
        ax.set_xlim(min(limits[0], float(ends[0])), max(limits[1], float(ends[0])))
    ax.plot(value[good], share[good], drawstyle="steps-pre", color=theme.main, linewidth=1.6, zorder=3)
    ax.plot(value[good][-8:], share[good][-8:], "o", color=theme.main, markersize=3, zorder=3)
    dress(ax, theme, title=title, x=f"{name} (n = {int(ccdf['n'].max()):,})", y="share at or above", grid="both")
    counts_axis(ax.xaxis, log=True)
    counts_axis(ax.yaxis, log=True)
    percent_axis(ax.yaxis)
    legend(ax, theme, where="lower left")
    return plain(ax)
