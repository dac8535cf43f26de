"""The runs themselves: which hours were looked at, how alike runs are, how fast new things turn up."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator

from analysis.plots.parts.arrays import Floats, days, floats, truths
from analysis.plots.parts.endlabels import LineEnd, name_lines
from analysis.plots.parts.gaps import gaps_told, mostly_gaps, show_coverage
from analysis.plots.parts.label import plain
from analysis.plots.parts.steps import MARKERS
from analysis.plots.parts.style import HALF_PAGE, LIGHT, SMALL_PT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis, engineering, percent_axis, time_limits, utc_axis

# Days that fit under one another at half a page; beyond, only every n-th is named.
_DAY_NAMES = 16
# Days whose rows are high enough for a cross in each gap; beyond, a gap is its shade alone.
_DAYS_CROSSED = 70
_DAY_INCHES = 0.12
_LEAST_DAYS = 5  # a cell stays a cell on the first day
# Runs in a day's width of which each is a dot of its own; of more, the days' medians are drawn through fainter dots.
_MANY_RUNS = 150


def calendar_size(hours: pd.DataFrame) -> tuple[float, float]:
    """Inches for `run_calendar` of *hours*: half a page, or higher where there are more days than that holds."""
    if hours.empty:
        return HALF_PAGE
    days = (hours["hour"].max().floor("D") - hours["hour"].min().floor("D")).days + 1
    return HALF_PAGE[0], float(np.clip(0.8 + _DAY_INCHES * days, HALF_PAGE[1], 9.0))


def run_calendar(hours: pd.DataFrame, ax: Axes, *, theme: Theme = LIGHT) -> Axes:
    """Draw a cell for each hour: shaded by its sightings where a healthy run looked in it, crossed out in a gap.

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
    # A wall of crosses would be what is seen of a sparse history: there the visits alone have a colour.
    sparse = mostly_gaps(hours, (-np.inf, np.inf))
    gaps.set(facecolor="none" if sparse else theme.gap, edgecolor=theme.grid, linewidth=0.6 if sparse else 0)
    ax.add_collection(gaps)
    days = int(day.max()) + 1
    crossed = days <= _DAYS_CROSSED and not sparse
    if crossed:
        ax.plot(hour[~healthy] + 0.5, day[~healthy] + 0.5, "x", color=theme.faint, markersize=3, markeredgewidth=0.8)
    ax.set(xlim=(0, 24), ylim=(max(days, _LEAST_DAYS), 0))
    first, last = hours["hour"].min().floor("D"), hours["hour"].max()
    years = f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    dress(ax, theme, title=f"{title}, {years}", x="hour of the day (UTC)", grid="")
    every = -(-days // max(_DAY_NAMES, round(ax.figure.bbox.height / ax.figure.dpi / 0.28)))
    named = range(0, days, every)
    ax.set_yticks([d + 0.5 for d in named], [_day_name(first + pd.Timedelta(days=d)) for d in named])
    ax.xaxis.set_major_locator(FixedLocator([*range(0, 25, 3)]))
    ax.tick_params(axis="y", length=0)
    _calendar_key(ax, theme, most, gap=gaps if (~healthy).any() else None, crossed=crossed)
    return plain(ax)


def _day_name(day: pd.Timestamp) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _cell(hour: int, day: int) -> list[tuple[float, float]]:
    air = 0.05
    left, right, top, bottom = hour + air, hour + 1 - air, day + air, day + 1 - air
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def _calendar_key(ax: Axes, theme: Theme, most: float, *, gap: PolyCollection | None, crossed: bool) -> None:
    handles: list[Artist | tuple[Artist, Artist]] = [
        Patch(facecolor=theme.density_map(0.12 + 0.8 * share)) for share in (0.0, 0.5, 1.0)
    ]
    names = [engineering(round(most * share)) for share in (0.0, 0.5, 1.0)]
    if gap is not None:
        patch = Patch(facecolor="none" if len(gap.get_facecolor()) == 0 else theme.gap, edgecolor=theme.grid)
        cross = Line2D([], [], linestyle="none", marker="x", color=theme.faint, markersize=4, markeredgewidth=0.8)
        handles.append((patch, cross) if crossed else patch)
        names.append("gap")
    drawn = ax.legend(
        handles,
        names,
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
    `coverage.Coverage.hours`; a point after a gap compares runs further apart, so no line crosses one. Of more runs
    than can be told apart the line is each day's (UTC) median.
    """
    title = "Similarity of runs"
    told = _drawn(similarity)
    if told.empty:
        return no_data(ax, "fewer than two runs", theme, title=title)
    at = days(told["at"])
    apart = floats(told["hours"]) > 1.5
    many = len(told) > _MANY_RUNS and at[-1] - at[0] > 3
    for (column, name), color, marker in zip(
        (("jaccard", "Jaccard"), ("rbo", "rank-biased overlap")),
        theme.cycle,
        MARKERS,
        strict=False,
    ):
        value = floats(told[column])
        if many:
            ax.plot(at, value, marker, color=color, markersize=2, alpha=0.45, markeredgewidth=0)
            noons, middle = _day_medians(at, value)
            ax.plot(noons, middle, marker + "-", color=color, markersize=3.5, label=name)
            continue
        line = np.insert(value, np.flatnonzero(apart), np.nan)
        ax.plot(np.insert(at, np.flatnonzero(apart), at[apart]), line, color=color, linewidth=0.8, alpha=0.4)
        ax.plot(at, value, marker, color=color, markersize=2.4, label=name)
    time_limits(ax, at[0], at[-1])
    most = float(np.nanmax(told[["jaccard", "rbo"]].to_numpy(dtype="float64", na_value=np.nan)))
    ax.set_ylim(0, max(0.05, min(most * 1.1, 1.02)))
    show_coverage(ax, hours, theme)
    x = "UTC; the lines: each day's median" if many else "UTC"
    dress(ax, theme, title=title, x=x, y="similarity with the run before")
    utc_axis(ax.xaxis)
    percent_axis(ax.yaxis)
    legend(ax, theme, where="above")
    return plain(ax)


def runs_told(rows: pd.DataFrame, hours: pd.DataFrame) -> str:
    """What the caption of `run_similarity` or `accumulation_curve` of *rows* says of coverage."""
    return gaps_told(hours, [days(_drawn(rows)["at"])], own=False)


def _drawn(rows: pd.DataFrame) -> pd.DataFrame:
    """Those of `sampling.similarity` or `sampling.accumulation` that tell when and what, by time."""
    counts = rows[[name for name in ("jaccard", "rbo", "tiktoks") if name in rows]]
    return rows.loc[rows["at"].notna() & counts.notna().any(axis=1)].sort_values("at", kind="stable")


def _day_medians(at: Floats, value: Floats) -> tuple[Floats, Floats]:
    """The noon of each day (UTC) from the first to the last of *at*, and the median that day; NaN where nothing is."""
    day = np.floor(at)
    days = np.arange(day[0], day[-1] + 1)
    middle = floats(pd.Series(value).groupby(day).median().reindex(days))
    return days + 0.5, middle


def accumulation_curve(
    accumulation: pd.DataFrame, ax: Axes, *, hours: pd.DataFrame | None = None, theme: Theme = LIGHT
) -> Axes:
    """Draw how many different TikToks, creators and audios had been seen by each run's end.

    *accumulation*: `sampling.accumulation`: `at` (datetime64[us, UTC]), `tiktoks`, `creators`, `audios` (Int64,
    cumulative).
    """
    title = "Different things seen so far"
    rows = _drawn(accumulation)
    if rows.empty:
        return no_data(ax, "no run saw anything", theme, title=title)
    at = days(rows["at"])
    ends = []
    for row, column in enumerate(("tiktoks", "creators", "audios")):
        value = floats(rows[column])
        color = theme.cycle[row]
        ax.plot(at, value, drawstyle="steps-post", color=color, linewidth=1.6)
        ax.plot(at[-1:], value[-1:], MARKERS[row], color=color, markersize=4.5, zorder=3)
        name = "TikToks" if column == "tiktoks" else column
        ends.append(
            LineEnd(
                float(value[-1]), f"{name} {value[-1]:,.0f}" if np.isfinite(value[-1]) else name, color, MARKERS[row]
            )
        )
    time_limits(ax, at[0], at[-1])
    ax.set_ylim(bottom=0)
    show_coverage(ax, hours, theme)
    dress(ax, theme, title=title, x="UTC", y="different ones seen")
    utc_axis(ax.xaxis)
    counts_axis(ax.yaxis, whole=True)
    legend(ax, theme, where="above")
    name_lines(ax, ends, theme)
    return plain(ax)
