"""Hours in which no healthy run looked: drawn on every axis of time, because not looking is not zero."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from analysis.plots.parts.arrays import Floats, days
from analysis.plots.parts.style import LIGHT, Theme

_HOUR = 1 / 24


def gap_spans(hours: pd.DataFrame) -> list[tuple[float, float]]:
    """Return each stretch of hours without a healthy run, as (start, length) in matplotlib's days.

    *hours*: `coverage.Coverage.hours`: `hour` (datetime64[us, UTC], its start), `healthy` (bool), sorted by hour.
    """
    bad = hours.loc[~hours["healthy"].astype(bool), "hour"].drop_duplicates().sort_values()
    starts = days(bad)
    if not starts.size:
        return []
    first = np.flatnonzero(np.diff(starts, prepend=-np.inf) > 1.5 * _HOUR)
    last = np.append(first[1:] - 1, starts.size - 1)
    return [(float(starts[i]), float(starts[j] - starts[i] + _HOUR)) for i, j in zip(first, last, strict=True)]


def shade_gaps(ax: Axes, hours: pd.DataFrame | None, theme: Theme = LIGHT) -> bool:
    """Shade each gap (`gap_spans`) behind what *ax* shows, limits unmoved; tell whether there was one in view.

    None, or hours without a gap, draw nothing.
    """
    if hours is None or hours.empty:
        return False
    low, high = ax.get_xlim()
    spans = [(start, length) for start, length in gap_spans(hours) if start < high and start + length > low]
    if not spans:
        return False
    ax.broken_barh(
        spans,
        (0, 1),
        transform=blended_transform_factory(ax.transData, ax.transAxes),
        facecolor=theme.gap,
        edgecolor="none",
        zorder=0.1,
        label="no healthy run",
    )
    ax.set_xlim(low, high)
    return True


def on_own_clocks(courses: Sequence[Floats]) -> bool:
    """Whether *courses* (the rising moments of each, in days) are best drawn side by side from their own beginnings.

    So where most last less than a quarter of all the time: on one calendar they would be strokes far apart.
    """
    if len(courses) < 2:
        return False
    lasted = [float(at[-1] - at[0]) for at in courses]
    whole = max(float(at[-1]) for at in courses) - min(float(at[0]) for at in courses)
    return float(np.median(lasted)) < whole / 4


def shade_own_gaps(
    ax: Axes, hours: pd.DataFrame | None, courses: Sequence[tuple[Floats, float]], *, height: float, theme: Theme
) -> bool:
    """Shade the gaps within each of *courses* as days since its first, in a strip at the foot of *ax*.

    For on a course's own clock the gaps are its own as well. A course: its moments in days, rising, and where its
    strip begins; that and *height* are shares of the Axes. Tells whether there was a gap.
    """
    if hours is None or hours.empty:
        return False
    across, named = blended_transform_factory(ax.transData, ax.transAxes), False
    for at, bottom in courses:
        low, high = float(at[0]), float(at[-1])
        cut = [(max(start, low), min(start + length, high)) for start, length in gap_spans(hours)]
        spans = [(start - low, end - start) for start, end in cut if end > start]
        if not spans:
            continue
        name = None if named else "no healthy run"
        ax.broken_barh(
            spans, (bottom, height), transform=across, color=theme.faint, alpha=0.35, linewidth=0, zorder=1, label=name
        )
        named = True
    return named
