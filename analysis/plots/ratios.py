"""How ratios are spread: histograms on a log axis, with the 5th and 95th percentile."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from analysis.plots.parts.arrays import floats
from analysis.plots.parts.label import plain
from analysis.plots.parts.style import LIGHT, SMALL_PT, Theme, dress, no_data
from analysis.plots.parts.ticks import counts_axis, engineering, log_limits


def ratio_histogram(
    ratios: pd.Series,
    ax: Axes,
    *,
    percentiles: pd.DataFrame | None = None,
    prefix: str = "tiktok",
    name: str = "likes per follower",
    units: str = "TikToks",
    theme: Theme = LIGHT,
) -> Axes:
    """Draw how *ratios* (one a unit; NA is left out, and so is what is not above zero, both counted) are spread.

    *percentiles*: `ratios.likes_to_followers_percentiles`: `name` (str: "<prefix> p5", "<prefix> p50", "<prefix> p95"),
    `estimate`, `low`, `high` (Float64), `answerable` (boolean): a line each, its interval shaded; one whose interval is
    no answer (`analysis.statistics.answer`) is left out. None: the plot draws no percentile.
    """
    title = f"{name[:1].upper()}{name[1:]}, {units}"
    values = floats(ratios)
    good = values[np.isfinite(values) & (values > 0)]
    if not good.size:
        return no_data(ax, f"none of {len(values)} {units} has {name} above zero", theme, title=title)
    marks = _marks(percentiles, prefix)
    log_limits(ax, "x", np.concatenate([good, *([mark[1]] for mark in marks)]))
    edges = np.geomspace(*ax.get_xlim(), num=int(np.clip(np.sqrt(good.size) * 1.5, 8, 45)) + 1)
    ax.hist(good, bins=edges.tolist(), color=theme.main, alpha=0.75, linewidth=0)
    _draw_percentiles(ax, marks, theme)
    dress(ax, theme, title=title, x=f"{name} (n = {good.size:,} of {len(values):,} {units})", y=units)
    counts_axis(ax.xaxis, log=True)
    counts_axis(ax.yaxis, whole=True)
    return plain(ax)


def _marks(percentiles: pd.DataFrame | None, prefix: str) -> list[tuple[int, float, float, float]]:
    """Percentile, estimate, low and high (NaN: open) of each percentile that was told and stands on a log axis."""
    if percentiles is None:
        return []
    answered = percentiles[percentiles["answerable"]]
    numbers = zip(*(floats(answered[column]) for column in ("estimate", "low", "high")), strict=True)
    rows = dict(zip(answered["name"], numbers, strict=True))
    told = [(p, *rows.get(f"{prefix} p{p}", (np.nan, np.nan, np.nan))) for p in (5, 50, 95)]
    return [mark for mark in told if mark[1] > 0 and np.isfinite(mark[1])]


def _draw_percentiles(ax: Axes, marks: list[tuple[int, float, float, float]], theme: Theme) -> None:
    above = blended_transform_factory(ax.transData, ax.transAxes)
    limits = ax.get_xlim()
    ax.set_ylim(top=ax.get_ylim()[1] * 1.2)
    sides = {5: "right", 50: "center", 95: "left"}
    for percentile, at, low, high in marks:
        # The median's name stands above the others', which may be near it.
        top = 0.94 if percentile == 50 else 0.88
        ax.axvline(at, ymax=top, color=theme.accent, linewidth=1.5, linestyle="-" if percentile == 50 else "--")
        if np.isfinite(low) and np.isfinite(high):
            ax.axvspan(max(low, limits[0]), min(high, limits[1]), ymax=top, color=theme.accent, alpha=0.2, linewidth=0)
        text = f"p{percentile} {engineering(at)}"
        ax.text(
            at, top + 0.01, text, transform=above, ha=sides[percentile], va="bottom", fontsize=SMALL_PT, color=theme.ink
        )
    ax.set_xlim(limits)
