"""When what the feed showed was uploaded, and how two log gains go together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import floats
from analysis.plots.parts.label import plain
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import percent_axis


def upload_times(times: pd.DataFrame, ax: Axes, *, by: str = "hour", theme: Theme = LIGHT) -> Axes:
    """Draw the share of TikToks uploaded in each hour of the day, or on each weekday, with its interval.

    *times*: `overview.upload_hours` (*by* "hour") or `overview.upload_weekdays` (*by* "weekday"): *by*, `tiktoks`
    (Int64), `share`, `share_lo`, `share_hi` (Float64, Wilson for all bars at once). The dashed line is an even spread.
    """
    title = f"Upload {by} (UTC) of the TikToks seen"
    share, low, high = (floats(times[column]) for column in ("share", "share_lo", "share_hi"))
    if not np.isfinite(share).any():
        return no_data(ax, "no TikTok tells when it was uploaded", theme, title=title)
    at = np.arange(len(times))
    ax.bar(at, share, color=theme.main, alpha=0.8, width=0.8)
    ax.vlines(at, low, high, color=theme.ink, linewidth=1.2)
    ax.axhline(1 / len(times), color=theme.accent, linewidth=1.3, linestyle="--", label="an even spread")
    dress(ax, theme, title=title, x=f"{by} (UTC, n = {int(times['tiktoks'].sum()):,})", y="share of TikToks")
    every = 3 if len(times) > 12 else 1
    ax.set_xticks(at[::every], [str(name)[:3] for name in times[by]][::every])
    percent_axis(ax.yaxis)
    legend(ax, theme, where="above")
    return plain(ax)
