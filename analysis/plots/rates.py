"""Likes per hour: between sightings, with certain bounds; and over a whole life, against age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.transforms import blended_transform_factory

from analysis.plots.parts.arrays import Floats, days, floats, truths
from analysis.plots.parts.edges import Sight, beyond_told, point_beyond, wide_axis
from analysis.plots.parts.gaps import gaps_told, on_own_clocks, show_coverage, show_own_coverage
from analysis.plots.parts.label import label, plain
from analysis.plots.parts.steps import rug_height, rug_room, rug_row
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import age_axis, counts_axis, log_limits, since_axis, time_limits, utc_axis

NAME = 25  # letters of a name: a creator's first 18 with the end of an id
# Boxes of more TikToks than this cover one another.
LINES = 3
# Boxes are in view up to this many times the greatest rate that is claimed.
TOPS = 2.0
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
    box spans what is certain; a box that reaches the axis' end goes on: it is bounded below only, or, as within
    minutes of each other rounding leaves anything open, by more than `TOPS` times what is certain. A lone rate many
    times all others is an arrow at that end. Where most were seen for a small part of all the time, each begins at its
    first sighting, its coverage in a row at the foot.
    """
    title = f"{what[:1].upper()}{what[1:]} an hour, between sightings"
    chosen = _Rates.chosen(gains, ids)
    if not chosen:
        return no_data(ax, f"no TikTok has two sightings that tell its {what}", theme, title=title)
    drawn = list(chosen.values())
    seen = [rates.seen for rates in drawn]
    own = on_own_clocks(seen)
    drawn = [rates.on_own_clock() for rates in drawn] if own else drawn
    time_limits(ax, min(r.start[0] for r in drawn), max(r.end[-1] for r in drawn))
    sight = Sight.of(_claimed(drawn))
    tops = np.concatenate([rates.high[np.isfinite(rates.high) & (rates.claimed <= sight.high)] for rates in drawn])
    # Where next to nothing is certain, the boxes are what is to be seen.
    loose = max(TOPS * sight.high, float(np.median(tops)) if tops.size else 0.0)
    end = max(sight.high, min(float(tops.max(initial=0.0)), loose), 1.0) * 1.08
    ax.set_ylim(min(0.0, sight.low), end)
    wide = wide_axis(ax, _claimed(drawn))
    for row, (key, rates) in enumerate(zip(chosen, drawn, strict=False)):
        name = label((names or {}).get(key, f"…{key[-6:]}"), NAME)
        rates.draw(ax, theme.cycle[row], DASHES[row], name, ceiling=ax.get_ylim()[1])
    floor = -np.inf
    if own:
        floor = rug_room(ax, len(drawn))
        _shade_own(ax, seen, hours, theme)
        since_axis(ax.xaxis)
    else:
        show_coverage(ax, hours, theme)
        utc_axis(ax.xaxis)
    y = f"{what} per hour{', log axis' if wide else ''}"
    dress(ax, theme, title=title, x="time since first seen" if own else "UTC", y=y)
    if not wide:
        counts_axis(ax.yaxis, floor=floor)
    point_beyond(ax, [(rates.start + rates.end) / 2 for rates in drawn], [rates.claimed for rates in drawn], theme)
    # One line needs no column of names beside it.
    legend(ax, theme, where="outside" if len(drawn) > 1 else "above")
    return plain(ax)


def rates_told(gains: pd.DataFrame, *, ids: Sequence[str] | None = None, hours: pd.DataFrame | None = None) -> str:
    """What the caption of `likes_per_hour` says of coverage, and of the rates that lie beyond the axis."""
    drawn = list(_Rates.chosen(gains, ids).values())
    claimed = _claimed(drawn)
    coverage = gaps_told(hours, [rates.seen for rates in drawn])
    return " ".join(told for told in (coverage, beyond_told([Sight.of(claimed)], claimed.size, "rates")) if told)


def _claimed(drawn: Sequence[_Rates]) -> Floats:
    """All rates that are claimed and not merely possible."""
    claimed: Floats = np.concatenate([rates.claimed for rates in drawn]) if drawn else np.array([])
    return claimed[np.isfinite(claimed)]


def _shade_own(ax: Axes, seen: list[Floats], hours: pd.DataFrame | None, theme: Theme) -> None:
    """A row for each course: the stretch it was seen in its colour, the gaps within it shaded."""
    across = blended_transform_factory(ax.transData, ax.transAxes)
    for row, at in enumerate(seen):
        span, middle = [0.0, float(at[-1] - at[0])], rug_row(ax, row) + rug_height(ax) / 2
        ax.plot(span, [middle] * 2, DASHES[row], color=theme.cycle[row], lw=1, transform=across)
    show_own_coverage(ax, hours, seen, theme)


class _Rates:
    """Gains over their hours of one TikTok, in likes per hour; start and end in matplotlib's days."""

    def __init__(self, start: Floats, end: Floats, low: Floats, high: Floats, point: Floats) -> None:
        self.start, self.end, self.low, self.high, self.point = start, end, low, high, point
        self.claimed = np.where(np.isfinite(point), point, low)
        self.seen = np.append(start, end[-1])

    @classmethod
    def chosen(cls, gains: pd.DataFrame, ids: Sequence[str] | None) -> dict[str, _Rates]:
        """By id: of *ids* (None: as they come), at most `LINES`, those with two sightings that tell."""
        usable = gains.loc[gains["hours"].notna() & (gains["hours"] > 0) & gains["lo"].notna()]
        of = {str(key): rows for key, rows in usable.groupby("id", sort=False)}
        keys = [key for key in (of if ids is None else dict.fromkeys(ids)) if key in of][:LINES]
        return {key: cls.of(of[key].sort_values("start", kind="stable")) for key in keys}

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
