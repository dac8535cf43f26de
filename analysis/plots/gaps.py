"""Hours in which no healthy run looked: drawn on every axis of time, because not looking is not zero."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.transforms import blended_transform_factory

from analysis.plots.style import LIGHT, Theme


def shade_gaps(ax: Axes, gaps: pd.DataFrame | None, theme: Theme = LIGHT) -> Axes:
    """Shade each gap behind what *ax* shows, without moving its limits.

    *gaps*: `started`, `ended` (datetime64[us, UTC]), a row a stretch of hours without a healthy run
    (`analysis.coverage.gaps`). None or empty draws nothing.
    """
    if gaps is None or gaps.empty:
        return ax
    limits = ax.get_xlim()
    spans = [
        (date2num(started), date2num(ended) - date2num(started))
        for started, ended in zip(gaps["started"], gaps["ended"], strict=True)
    ]
    ax.broken_barh(
        spans,
        (0, 1),
        transform=blended_transform_factory(ax.transData, ax.transAxes),
        facecolor=theme.gap,
        edgecolor="none",
        zorder=0.1,
        label="no healthy run",
    )
    ax.set_xlim(limits)
    return ax
