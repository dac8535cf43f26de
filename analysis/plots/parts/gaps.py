"""Which hours a healthy run looked in: drawn on every axis of time, because not looking is not zero.

Where most hours were looked in the others are shaded; where most were not, a grey wall would tell nothing, and the
hours that were looked in are marked instead. `mostly_gaps` decides for all figures, and for their captions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from analysis.plots.parts.arrays import Floats, days
from analysis.plots.parts.steps import rug_height, rug_room, rug_row
from analysis.plots.parts.style import LIGHT, Theme
from analysis.plots.parts.ticks import aired
from analysis.terms.definitions import GAPS_SHADED_AT_MOST

_HOUR = 1 / 24
_ROUNDED = 1e-6  # days: sums of hours in matplotlib's numbers are off by less
GAP, VISIT = "no healthy run", "healthy run looked"


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


def mostly_gaps(hours: pd.DataFrame | None, *stretches: tuple[float, float]) -> bool:
    """Whether more than `GAPS_SHADED_AT_MOST` of *stretches* (from, to; matplotlib's days) lies in gaps of *hours*."""
    if hours is None or hours.empty:
        return False
    unseen, whole = _unseen(hours, stretches)
    return bool(unseen - GAPS_SHADED_AT_MOST * whole > _ROUNDED and whole > 0)


def _unseen(hours: pd.DataFrame, stretches: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """How much of *stretches* lies in gaps, and how long they are as far as *hours* tell of them, in days.

    Neither the air at an axis' ends nor what lies before the first and after the last run is told of.
    """
    told = days(hours["hour"])
    known = [(max(low, float(told.min())), min(high, float(told.max()) + _HOUR)) for low, high in stretches]
    gaps = gap_spans(hours)
    unseen = sum(max(0.0, min(high, at + length) - max(low, at)) for low, high in known for at, length in gaps)
    return unseen, sum(max(0.0, high - low) for low, high in known)


def visits(hours: pd.DataFrame, low: float, high: float) -> Floats:
    """The middle of each hour of *hours* in which a healthy run looked, from *low* to *high*, in matplotlib's days."""
    middle = days(hours.loc[hours["healthy"].astype(bool), "hour"].drop_duplicates().sort_values()) + _HOUR / 2
    return middle[(middle >= low) & (middle <= high)]


def show_coverage(ax: Axes, hours: pd.DataFrame | None, theme: Theme = LIGHT, *, row: int | None = None) -> bool:
    """Shade the gaps in what *ax* shows, or mark the visits where gaps are most of it; tell whether either was drawn.

    None, or hours without a gap in view, draw nothing. *row*: the row of rugs that has been kept free for visits;
    without one the floor of *ax* is lowered by a row. Call once the limits are final; those of time do not move.
    """
    if hours is None or hours.empty:
        return False
    low, high = ax.get_xlim()
    spans = [(start, length) for start, length in gap_spans(hours) if start < high and start + length > low]
    if not spans:
        return False
    if not mostly_gaps(hours, (low, high)):
        _shade(ax, spans, theme)
    else:
        if row is None:
            rug_room(ax, 1)
        _mark(ax, visits(hours, low, high), rug_row(ax, row or 0), theme, VISIT)
    ax.set_xlim(low, high)
    return True


def _shade(ax: Axes, spans: list[tuple[float, float]], theme: Theme) -> None:
    ax.broken_barh(
        spans,
        (0, 1),
        transform=blended_transform_factory(ax.transData, ax.transAxes),
        facecolor=theme.gap,
        edgecolor="none",
        zorder=0.1,
        label=GAP,
    )


def _mark(ax: Axes, at: Floats, bottom: float, theme: Theme, name: str | None) -> None:
    """A tick at each of *at*, its foot at *bottom* (a share of the Axes); fainter than the sightings of a rug."""
    across = blended_transform_factory(ax.transData, ax.transAxes)
    ax.vlines(
        at, bottom, bottom + rug_height(ax), transform=across, color=theme.faint, linewidth=0.7, alpha=0.7, zorder=1
    )
    if name is not None:
        # The handle of vlines would be a level stroke.
        ax.plot([], [], "|", color=theme.faint, markersize=6, label=name)


def gaps_told(hours: pd.DataFrame | None, courses: Sequence[Floats], *, own: bool | None = None) -> str:
    """What a caption says of coverage where *courses* (the rising moments of each, in days) are drawn; "" without any.

    The same as is drawn: of one calendar, or of each course's *own* time (None: as `on_own_clocks` tells).
    """
    courses = [at for at in courses if at.size]
    if hours is None or hours.empty or not courses:
        return ""
    own = on_own_clocks(courses) if own is None else own
    whole = (min(float(at[0]) for at in courses), max(float(at[-1]) for at in courses))
    stretches = [(float(at[0]), float(at[-1])) for at in courses] if own else [aired(*whole)]
    if mostly_gaps(hours, *stretches):
        return "Grey ticks are the hours in which a healthy run looked; most had none."
    return "Grey is where no healthy run looked." if _unseen(hours, stretches)[0] > 0 else ""


def on_own_clocks(courses: Sequence[Floats]) -> bool:
    """Whether *courses* (the rising moments of each, in days) are best drawn side by side from their own beginnings.

    So where most last less than a quarter of all the time: on one calendar they would be strokes far apart.
    """
    if len(courses) < 2:
        return False
    lasted = [float(at[-1] - at[0]) for at in courses]
    whole = max(float(at[-1]) for at in courses) - min(float(at[0]) for at in courses)
    return float(np.median(lasted)) < whole / 4


def show_own_coverage(ax: Axes, hours: pd.DataFrame | None, courses: Sequence[Floats], theme: Theme = LIGHT) -> bool:
    """As `show_coverage`, within each of *courses* as days since its first, in its row of the rugs at *ax*'s foot.

    For on a course's own clock the gaps are its own as well. A course: its moments in days, rising. All rows show
    gaps, or all show visits.
    """
    if hours is None or hours.empty:
        return False
    sparse = mostly_gaps(hours, *((float(at[0]), float(at[-1])) for at in courses))
    across, name = blended_transform_factory(ax.transData, ax.transAxes), VISIT if sparse else GAP
    left: str | None = name
    for row, at in enumerate(courses):
        low, high, bottom = float(at[0]), float(at[-1]), rug_row(ax, row)
        if sparse:
            _mark(ax, visits(hours, low, high) - low, bottom, theme, left)
            left = None
            continue
        cut = [(max(start, low), min(start + length, high)) for start, length in gap_spans(hours)]
        spans = [(start - low, end - start) for start, end in cut if end > start]
        if not spans:
            continue
        ax.broken_barh(
            spans,
            (bottom, rug_height(ax)),
            transform=across,
            color=theme.faint,
            alpha=0.35,
            linewidth=0,
            zorder=1,
            label=left,
        )
        left = None
    return left is None
