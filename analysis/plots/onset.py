"""The event study: followers before and after the onset of an outbreak, beside matched creators without one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator

from analysis.plots.parts.arrays import floats
from analysis.plots.parts.label import plain
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis

_GROUPS = (("onset", "with an onset", "o-"), ("matched", "matched, without one", "s--"))


def followers_around_onset(course: pd.DataFrame, ax: Axes, *, theme: Theme = LIGHT) -> Axes:
    """Draw the mean follower gain since onset, day by day, for both groups with their intervals.

    *course*: `events.EventStudy.course`: `day` (Int64, from onset), `group` (str: "onset", "matched"), `log_gain`,
    `low`, `high` (Float64, natural log points), `n` (Int64, creators that day).
    """
    title = "Followers around the onset of an outbreak"
    told = course.loc[course["log_gain"].notna()]
    if told.empty:
        return no_data(ax, "no creator with an onset could be followed around it", theme, title=title)
    for (group, name, form), color in zip(_GROUPS, (theme.accent, theme.main), strict=True):
        rows = told.loc[told["group"] == group].sort_values("day", kind="stable")
        if rows.empty:
            continue
        day, gain, low, high = (floats(rows[column]) for column in ("day", "log_gain", "low", "high"))
        ax.fill_between(
            day, low, high, where=np.isfinite(low) & np.isfinite(high), color=color, alpha=0.18, linewidth=0
        )
        fewest, most = int(rows["n"].min()), int(rows["n"].max())
        many = f"{most}" if fewest == most else f"{fewest} to {most}"
        ax.plot(day, gain, form, color=color, markersize=4, linewidth=1.6, label=f"{name} (n = {many})")
    ax.axvline(0, color=theme.faint, linewidth=1, linestyle=":")
    ax.axhline(0, color=theme.faint, linewidth=0.8)
    dress(ax, theme, title=title, x="days from onset", y="followers gained since onset (log points)")
    ax.xaxis.set_major_locator(FixedLocator([-7, -5, -3, -1, 0, 1, 3, 5, 7]))
    counts_axis(ax.yaxis)
    legend(ax, theme, where="above")
    return plain(ax)
