"""The runs themselves: which hours were looked at, how alike runs are, how fast new things turn up."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator

from analysis.plots.arrays import days, floats, truths
from analysis.plots.endlabels import LineEnd, name_lines
from analysis.plots.gaps import shade_gaps
from analysis.plots.label import plain
from analysis.plots.steps import MARKERS
from analysis.plots.style import LIGHT, SMALL_PT, Theme, dress, legend, no_data
from analysis.plots.ticks import counts_axis, engineering, percent_axis, time_limits, utc_axis

# Days that fit under one another at half a page; beyond, only every n-th is named.
_DAY_NAMES = 16


def run_calendar(hours: pd.DataFrame, ax: Axes, *, theme: Theme = LIGHT) -> Axes:
    """Draw a cell for each hour: shaded by its sightings where a healthy run began in it, crossed out in a gap.

    *hours*: `coverage.Coverage.hours`: `hour` (datetime64[us, UTC]), `healthy` (bool), `sightings` (Int64). Days go
    down, hours of the day (UTC) go right; cells before the first and after the last run stay empty.
    """
    title = "Runs: sightings by day and hour"
    if hours.empty:
        return no_data(ax, "no run and no sighting has a time", theme, title=title)
    day = (hours["hour"].dt.floor("D") - hours["hour"].min().floor("D")).dt.days.to_numpy(dtype=int)
    hour = hours["hour"].dt.hour.to_numpy(dtype=int)
    healthy = truths(hours["healthy"])
    seen = floats(hours["sightings"])
    most = float(np.nanmax(seen, initial=1.0))
    shades = theme.density_map
    cells = PolyCollection([_cell(x, y) for x, y in zip(hour[healthy], day[healthy], strict=True)], linewidths=0)
    cells.set_facecolor([shades(0.12 + 0.8 * (many / most if np.isfinite(many) else 0.0)) for many in seen[healthy]])
    ax.add_collection(cells)
    gaps = PolyCollection([_cell(x, y) for x, y in zip(hour[~healthy], day[~healthy], strict=True)], linewidths=0)
    gaps.set_facecolor(theme.gap)
    ax.add_collection(gaps)
    ax.plot(hour[~healthy] + 0.5, day[~healthy] + 0.5, "x", color=theme.faint, markersize=3, markeredgewidth=0.8)
    days = int(day.max()) + 1
    ax.set(xlim=(0, 24), ylim=(days, 0))
    dress(ax, theme, title=title, x="hour of the day (UTC)", grid="")
    first = hours["hour"].min().floor("D")
    every = -(-days // _DAY_NAMES)
    named = range(0, days, every)
    ax.set_yticks([d + 0.5 for d in named], [f"{first + pd.Timedelta(days=d):%a %d %b}" for d in named])
    ax.xaxis.set_major_locator(FixedLocator([*range(0, 25, 3)]))
    ax.tick_params(axis="y", length=0)
    _calendar_key(ax, theme, most, gaps=bool((~healthy).any()))
    return plain(ax)


def _cell(hour: int, day: int) -> list[tuple[float, float]]:
    air = 0.05
    left, right, top, bottom = hour + air, hour + 1 - air, day + air, day + 1 - air
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _calendar_key(ax: Axes, theme: Theme, most: float, *, gaps: bool) -> None:
    handles = [
        Patch(facecolor=theme.density_map(0.12 + 0.8 * share), label=engineering(round(most * share)))
        for share in (0.0, 0.5, 1.0)
    ]
    if gaps:
        handles.append(Patch(facecolor=theme.gap, label="gap"))
    drawn = ax.legend(
        handles=handles,
        title="sightings",
        loc="upper left",
        bbox_to_anchor=(1.01, 1),
        borderaxespad=0,
        frameon=False,
        fontsize=SMALL_PT,
        labelcolor=theme.ink,
        handlelength=1.1,
        handleheight=1.1,
    )
    drawn.get_title().set(color=theme.ink, fontsize=SMALL_PT)


def run_similarity(
    similarity: pd.DataFrame, ax: Axes, *, hours: pd.DataFrame | None = None, theme: Theme = LIGHT
) -> Axes:
    """Draw how alike each run and the one before it are, by two measures between 0 and 1.

    *similarity*: `sampling.similarity`: `at` (datetime64[us, UTC]), `jaccard`, `rbo` (Float64). *hours*:
    `coverage.Coverage.hours`; a point after a gap compares runs further apart, so no line crosses one.
    """
    title = "Similarity of runs"
    told = similarity.loc[similarity["at"].notna() & (similarity["jaccard"].notna() | similarity["rbo"].notna())]
    if told.empty:
        return no_data(ax, "fewer than two runs", theme, title=title)
    told = told.sort_values("at", kind="stable")
    at = days(told["at"])
    apart = floats(told["hours"]) > 1.5
    for (column, name), color, marker in zip(
        (("jaccard", "Jaccard"), ("rbo", "rank-biased overlap")),
        theme.cycle,
        MARKERS,
        strict=False,
    ):
        value = floats(told[column])
        line = np.insert(value, np.flatnonzero(apart), np.nan)
        ax.plot(np.insert(at, np.flatnonzero(apart), at[apart]), line, color=color, linewidth=0.8, alpha=0.4)
        ax.plot(at, value, marker, color=color, markersize=2.4, label=name)
    ax.set_ylim(
        0, max(0.05, float(np.nanmax(told[["jaccard", "rbo"]].to_numpy(dtype="float64", na_value=np.nan))) * 1.25)
    )
    shade_gaps(ax, hours, theme)
    dress(ax, theme, title=title, x="UTC", y="similarity with the run before")
    utc_axis(ax.xaxis)
    percent_axis(ax.yaxis)
    legend(ax, theme, where="above")
    return plain(ax)


def accumulation_curve(
    accumulation: pd.DataFrame, ax: Axes, *, hours: pd.DataFrame | None = None, theme: Theme = LIGHT
) -> Axes:
    """Draw how many different TikToks, creators and audios had been seen by each run's end.

    *accumulation*: `sampling.accumulation`: `at` (datetime64[us, UTC]), `tiktoks`, `creators`, `audios` (Int64,
    cumulative).
    """
    title = "Different things seen so far"
    rows = accumulation.loc[accumulation["tiktoks"].notna() & accumulation["at"].notna()]
    if rows.empty:
        return no_data(ax, "no run saw anything", theme, title=title)
    rows = rows.sort_values("at", kind="stable")
    at = days(rows["at"])
    ends = []
    for row, column in enumerate(("tiktoks", "creators", "audios")):
        value = floats(rows[column])
        color = theme.cycle[row]
        ax.plot(at, value, drawstyle="steps-post", color=color, linewidth=1.6)
        name = "TikToks" if column == "tiktoks" else column
        ends.append(
            LineEnd(
                float(value[-1]), f"{name} {value[-1]:,.0f}" if np.isfinite(value[-1]) else name, color, MARKERS[row]
            )
        )
    time_limits(ax, at[0], at[-1])
    ax.set_ylim(bottom=0)
    shade_gaps(ax, hours, theme)
    dress(ax, theme, title=title, x="UTC", y="different ones seen")
    utc_axis(ax.xaxis)
    counts_axis(ax.yaxis, whole=True)
    legend(ax, theme, where="above")
    name_lines(ax, ends, theme)
    return plain(ax)
