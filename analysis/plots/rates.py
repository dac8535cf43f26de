"""Likes per hour: between sightings, with certain bounds; and over a whole life, against age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.transforms import blended_transform_factory

from analysis.plots.parts.arrays import Floats, days, floats, truths
from analysis.plots.parts.gaps import on_own_clocks, shade_gaps, shade_own_gaps
from analysis.plots.parts.label import label, plain
from analysis.plots.parts.steps import RUG_HEIGHT, rug_room, rug_row
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import age_axis, counts_axis, log_limits, since_axis, time_limits, utc_axis

# Boxes of more TikToks than this cover one another.
LINES = 3
# Colour is never the only key.
DASHES = ("-", "--", ":")
# More points than this are drawn as pixels within a vector file, which would otherwise take seconds to open.
MANY = 2000


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
    box spans what is certain; a box without a top is bounded below only and drawn up to the axis' end. Where most
    were seen for a small part of all the time, each begins at its first sighting, its gaps shaded in a row at the foot.
    """
    title = f"{what[:1].upper()}{what[1:]} an hour, between sightings"
    usable = gains.loc[gains["hours"].notna() & (gains["hours"] > 0) & gains["lo"].notna()]
    chosen = [key for key in (ids if ids is not None else dict.fromkeys(usable["id"])) if (usable["id"] == key).any()]
    if not chosen:
        return no_data(ax, f"no TikTok has two sightings that tell its {what}", theme, title=title)
    drawn = [_Rates.of(usable.loc[usable["id"] == key].sort_values("start", kind="stable")) for key in chosen[:LINES]]
    top = max((rates.top for rates in drawn), default=1.0)
    seen = [np.append(rates.start, rates.end[-1]) for rates in drawn]
    own = on_own_clocks(seen)
    drawn = [rates.on_own_clock() for rates in drawn] if own else drawn
    time_limits(ax, min(r.start[0] for r in drawn), max(r.end[-1] for r in drawn))
    ax.set_ylim(min(0.0, *(float(rates.low.min()) for rates in drawn)), top * 1.08)
    for row, (key, rates) in enumerate(zip(chosen, drawn, strict=False)):
        name = label((names or {}).get(key, f"…{key[-6:]}"), 18)
        rates.draw(ax, theme.cycle[row], DASHES[row], name, ceiling=top * 1.08)
    floor = -np.inf
    if own:
        floor = rug_room(ax, len(drawn))
        _shade_own(ax, seen, hours, theme)
        since_axis(ax.xaxis)
    else:
        shade_gaps(ax, hours, theme)
        utc_axis(ax.xaxis)
    dress(ax, theme, title=title, x="time since first seen" if own else "UTC", y=f"{what} per hour")
    counts_axis(ax.yaxis, floor=floor)
    # One line needs no column of names beside it.
    legend(ax, theme, where="outside" if len(drawn) > 1 else "above")
    return plain(ax)


def _shade_own(ax: Axes, seen: list[Floats], hours: pd.DataFrame | None, theme: Theme) -> None:
    """A row for each course: the stretch it was seen in its colour, the gaps within it shaded."""
    courses = [(at, rug_row(row)) for row, at in enumerate(seen)]
    across = blended_transform_factory(ax.transData, ax.transAxes)
    for row, (at, bottom) in enumerate(courses):
        span = [0.0, float(at[-1] - at[0])]
        ax.plot(span, [bottom + RUG_HEIGHT / 2] * 2, DASHES[row], color=theme.cycle[row], lw=1, transform=across)
    shade_own_gaps(ax, hours, courses, height=RUG_HEIGHT, theme=theme)


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

    def on_own_clock(self) -> _Rates:
        first = self.start[0]
        return _Rates(self.start - first, self.end - first, self.low, self.high, self.point)

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
        meets = np.append(np.isclose(self.start[1:], self.end[:-1], rtol=0, atol=1e-9), False)
        rate[2::3] = np.where(meets, self.point, np.nan)
        ax.plot(at, rate, color=color, linestyle=dashes, linewidth=1.5, label=name, zorder=2)


def rate_against_age(rows: pd.DataFrame, line: pd.DataFrame, ax: Axes, *, theme: Theme = LIGHT) -> Axes:
    """Draw likes per hour of life at first sighting over age, with the LOWESS line, and mark what is viral for its age.

    *rows*: `virality.Verdicts.rows`: `age_h`, `rate_log10` (Float64), `ad`, `viral_for_age` (boolean, NA: not
    ranked); ads are left out. *line*: `virality.Verdicts.line`: `age_h`, `rate_log10` (Float64), sorted by age.
    """
    title = "Likes per hour of life when first seen, against age"
    told = rows.loc[rows["age_h"].notna() & rows["rate_log10"].notna() & ~rows["ad"].fillna(value=False).astype(bool)]
    told = told.loc[told["age_h"] > 0]
    if told.empty:
        return no_data(ax, "no TikTok tells both its age and likes above zero", theme, title=title)
    age = floats(told["age_h"])
    rate = 10.0 ** floats(told["rate_log10"])
    viral = truths(told["viral_for_age"])
    log_limits(ax, "x", age)
    log_limits(ax, "y", rate)
    faint = (0.45 if len(told) < 500 else 0.22) * (1.5 if theme.name == "dark" else 1)
    flat = len(told) > MANY
    ax.plot(
        age[~viral], rate[~viral], "o", color=theme.main, markersize=3, alpha=faint, markeredgewidth=0, rasterized=flat
    )
    if viral.any():
        ax.plot(
            age[viral], rate[viral], "D", color=theme.accent, markersize=4.5, label=f"viral for its age ({viral.sum()})"
        )
    if len(line):
        at, expected = (floats(line[name]) for name in ("age_h", "rate_log10"))
        ax.plot(at, 10.0**expected, color=theme.ink, linewidth=1.8, label="expected at its age (LOWESS)")
    dress(ax, theme, title=title, x=f"age when first seen (n = {len(told):,})", y="likes per hour of life", grid="both")
    age_axis(ax.xaxis)
    counts_axis(ax.yaxis, log=True)
    legend(ax, theme, where="above")
    return plain(ax)
