"""Likes per hour between sightings: a box between the certain bounds, a line for the taut string."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from analysis.plots.arrays import Floats, days, floats
from analysis.plots.gaps import shade_gaps
from analysis.plots.label import label, plain
from analysis.plots.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.ticks import counts_axis, time_limits, utc_axis

# Boxes of more TikToks than this cover one another.
LINES = 3
# Colour is never the only key.
DASHES = ("-", "--", ":")


def likes_per_hour(
    gains: pd.DataFrame,
    ax: Axes,
    *,
    ids: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
    hours: pd.DataFrame | None = None,
    what: str = "likes",
    theme: Theme = LIGHT,
) -> Axes:
    """Draw the gain an hour of the TikToks *ids* (at most `LINES`; None: as they come) between each two sightings.

    *gains*: `growth.gains`: `id` (str), `start`, `end` (datetime64[us, UTC]), `hours` (Float64), `lo`, `hi`
    (Int64), `point` (Float64, taut string). *names*: what to call each id. *hours*: `coverage.Coverage.hours`. The
    box spans what is certain; a box without a top is bounded below only and drawn up to the axis' end.
    """
    title = f"{what[:1].upper()}{what[1:]} an hour, between sightings"
    usable = gains.loc[gains["hours"].notna() & (gains["hours"] > 0) & gains["lo"].notna()]
    chosen = [key for key in (ids if ids is not None else dict.fromkeys(usable["id"])) if (usable["id"] == key).any()]
    if not chosen:
        return no_data(ax, f"no TikTok has two sightings that tell its {what}", theme, title=title)
    drawn = [_Rates.of(usable.loc[usable["id"] == key].sort_values("start", kind="stable")) for key in chosen[:LINES]]
    top = max((rates.top for rates in drawn), default=1.0)
    time_limits(ax, min(r.start[0] for r in drawn), max(r.end[-1] for r in drawn))
    ax.set_ylim(min(0.0, *(float(rates.low.min()) for rates in drawn)), top * 1.08)
    for row, (key, rates) in enumerate(zip(chosen, drawn, strict=False)):
        name = label((names or {}).get(key, f"…{key[-6:]}"), 24)
        rates.draw(ax, theme.cycle[row], DASHES[row], name, ceiling=top * 1.08)
    shade_gaps(ax, hours, theme)
    dress(ax, theme, title=title, x="UTC", y=f"{what} per hour")
    utc_axis(ax.xaxis)
    counts_axis(ax.yaxis)
    legend(ax, theme, where="upper right")
    return plain(ax)


class _Rates:
    """Gains over their hours of one TikTok, in likes per hour; start and end in matplotlib's days."""

    def __init__(self, start: Floats, end: Floats, low: Floats, high: Floats, point: Floats) -> None:
        self.start, self.end, self.low, self.high, self.point = start, end, low, high, point
        known = np.concatenate([high[np.isfinite(high)], point[np.isfinite(point)], low])
        self.top = max(float(known.max(initial=0.0)), 1.0)

    @classmethod
    def of(cls, rows: pd.DataFrame) -> _Rates:
        start, end = (days(rows[name]) for name in ("start", "end"))
        lo, hi, point, over = (floats(rows[name]) for name in ("lo", "hi", "point", "hours"))
        return cls(start, end, lo / over, hi / over, point / over)

    def draw(self, ax: Axes, color: str, dashes: str, name: str, *, ceiling: float) -> None:
        high = np.where(np.isfinite(self.high), self.high, ceiling)
        boxes = [
            [(a, lo), (b, lo), (b, hi), (a, hi)]
            for a, b, lo, hi in zip(self.start, self.end, self.low, high, strict=True)
        ]
        ax.add_collection(PolyCollection(boxes, facecolors=color, edgecolors="none", alpha=0.25, zorder=1.5))
        # A break where two intervals do not meet (a fall, or no count told): nothing is claimed across it.
        at = np.column_stack([self.start, self.end, self.end]).ravel()
        rate = np.column_stack([self.point, self.point, np.full_like(self.point, np.nan)]).ravel()
        meets = np.append(self.start[1:] == self.end[:-1], False)
        rate[2::3] = np.where(meets, self.point, np.nan)
        ax.plot(at, rate, color=color, linestyle=dashes, linewidth=1.5, label=name, zorder=2)
