"""Counts over time: the likes of the top TikToks, the followers of the top creators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import Floats, day
from analysis.plots.parts.edges import Sight, beyond_told, point_beyond
from analysis.plots.parts.endlabels import LineEnd, name_lines
from analysis.plots.parts.gaps import gaps_told, mostly_gaps, on_own_clocks, show_coverage, show_own_coverage
from analysis.plots.parts.label import label, plain
from analysis.plots.parts.steps import (
    MARKERS,
    STRANGE,
    UNSEEN_DASHES,
    Steps,
    draw_rug,
    draw_steps,
    rug_room,
)
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis, since_axis, time_limits, utc_axis

# More lines than this on one Axes cannot be told apart.
LINES = 7


def change_in_likes(
    bounded: pd.DataFrame,
    ax: Axes,
    *,
    ids: Sequence[str] | None = None,
    hours: pd.DataFrame | None = None,
    theme: Theme = LIGHT,
) -> Axes:
    """Draw how the likes of the TikToks *ids* (at most `LINES`; None: as they come) changed since first seen.

    *bounded*: sightings with bounds: `id`, `creator` (str), `scraped_at` (datetime64[us, UTC]), `likes`,
    `likes_lo`, `likes_hi` (Int64). *hours*: `coverage.Coverage.hours`. A step holds a value until the next
    sighting; the band is what rounding leaves open; the rugs at the floor are the sightings. A TikTok seen once has
    no change and only a rug. Where most were seen for a small part of all the time, each begins at its first sighting,
    and its gaps are shaded beneath its own rug.
    """
    title = "Change in likes"
    lines = _changes(bounded, ids)
    names = {key: f"@{label(creator, 18)}" for key, creator in zip(bounded["id"], bounded["creator"], strict=True)}
    if not lines:
        return no_data(ax, "no sighting tells likes", theme, title=title)
    own = on_own_clocks([steps.at for steps in lines.values()])
    _draw_lines(ax, lines, {key: _apart(key, names, lines) for key in lines}, hours, theme, own=own)
    dress(ax, theme, title=title, x="time since first seen" if own else "UTC", y="likes gained since first seen")
    legend(ax, theme, where="above")
    return plain(ax)


def _changes(bounded: pd.DataFrame, ids: Sequence[str] | None) -> dict[str, Steps]:
    """By id, what `change_in_likes` draws."""
    told = bounded.loc[bounded["likes"].notna()]
    chosen = list(ids if ids is not None else dict.fromkeys(told["id"]))[:LINES]
    lines = {key: Steps.of(told.loc[told["id"] == key], at="scraped_at", count="likes").since_first() for key in chosen}
    return {key: steps for key, steps in lines.items() if len(steps.at)}


def changes_told(bounded: pd.DataFrame, *, ids: Sequence[str] | None = None, hours: pd.DataFrame | None = None) -> str:
    """What the caption of `change_in_likes` says of coverage, and of the sightings that lie beyond the axis."""
    return _told([list(_changes(bounded, ids).values())], hours, own=None)


def follower_curves(
    history: pd.DataFrame,
    ax: Axes,
    *,
    creators: Sequence[str] | None = None,
    hours: pd.DataFrame | None = None,
    change: bool = True,
    theme: Theme = LIGHT,
) -> Axes:
    """Draw the followers of *creators* (at most `LINES`; None: as they come), each marked where it was first seen.

    *history*: `creators.follower_history`: `creator` (str), `at`, `first_seen` (datetime64[us, UTC]), `followers`,
    `followers_lo`, `followers_hi` (Int64). *change*: since first told, which keeps creators of all sizes on one axis.
    """
    title = "Followers gained" if change else "Followers"
    lines = _followers(history, creators, change=change)
    if not lines:
        return no_data(ax, "no sighting tells followers", theme, title=title)
    _draw_lines(ax, lines, {key: f"@{label(key, 18)}" for key in lines}, hours, theme)
    told = history.loc[history["followers"].notna()]
    first = told.drop_duplicates("creator").set_index("creator")["first_seen"]
    for row, (key, steps) in enumerate(lines.items()):
        seen = day(first[key]) if pd.notna(first[key]) else np.nan
        ax.plot([seen], steps.value[:1], marker="v", markersize=6, color=theme.cycle[row], linestyle="none", zorder=4)
    ax.plot([], [], marker="v", color=theme.faint, linestyle="none", label="first seen")
    dress(ax, theme, title=title, x="UTC", y="gained since first told" if change else "followers")
    legend(ax, theme, where="above")
    return plain(ax)


def _followers(history: pd.DataFrame, creators: Sequence[str] | None, *, change: bool) -> dict[str, Steps]:
    """By creator, what `follower_curves` draws."""
    told = history.loc[history["followers"].notna()]
    chosen = list(creators if creators is not None else dict.fromkeys(told["creator"]))[:LINES]
    lines = {key: Steps.of(told.loc[told["creator"] == key], at="at", count="followers") for key in chosen}
    return {key: steps.since_first() if change else steps for key, steps in lines.items() if len(steps.at)}


def followers_told(
    history: pd.DataFrame,
    *,
    creators: Sequence[str] | None = None,
    hours: pd.DataFrame | None = None,
    change: bool = True,
) -> str:
    """What the caption of `follower_curves` says of coverage, and of the sightings that lie beyond the axis."""
    return _told([list(_followers(history, creators, change=change).values())], hours)


def count_history(
    bounded: pd.DataFrame,
    ax: Axes,
    *,
    count: str = "likes",
    title: str = "",
    hours: pd.DataFrame | None = None,
    theme: Theme = LIGHT,
) -> Axes:
    """Draw one *count* of one TikTok or creator as it was seen: *bounded* holds its sightings only.

    `scraped_at` (datetime64[us, UTC]), `<count>`, `<count>_lo`, `<count>_hi` (Int64).
    """
    what = count.replace("user_", "").replace("_", " ")
    title = title or what.capitalize()
    steps = Steps.of(bounded, at="scraped_at", count=count)
    if not len(steps.at):
        return no_data(ax, f"no sighting tells {what}", theme, title=title)
    _draw_lines(ax, {"": steps}, {}, hours, theme)
    dress(ax, theme, title=title, x="UTC", y=what)
    legend(ax, theme, where="above")
    return plain(ax)


def counts_told(bounded: pd.DataFrame, *, counts: Sequence[str], hours: pd.DataFrame | None = None) -> str:
    """What the caption of a `count_history` each of *counts* says of coverage, and of what lies beyond their axes."""
    return _told([[Steps.of(bounded, at="scraped_at", count=count)] for count in counts], hours)


def _told(panels: Sequence[Sequence[Steps]], hours: pd.DataFrame | None, *, own: bool | None = False) -> str:
    """What a caption says of coverage, and of the sightings beyond the axis of each of *panels*."""
    values = [_values(lines) for lines in panels]
    sights = [Sight.of(of) for of in values]
    coverage = dict.fromkeys(gaps_told(hours, [steps.at for steps in lines], own=own) for lines in panels)
    beyond = beyond_told(sights, sum(of.size for of in values), "sightings")
    return " ".join(told for told in (*coverage, beyond) if told)


def _values(lines: Sequence[Steps]) -> Floats:
    return np.concatenate([steps.value for steps in lines]) if lines else np.array([])


def _bands(lines: Sequence[Steps], sight: Sight) -> tuple[float, float]:
    """From where to where *sight* reaches with the bands of the values in it."""
    low, value, high = (np.concatenate([getattr(steps, of) for steps in lines]) for of in ("low", "value", "high"))
    there = (value >= sight.low) & (value <= sight.high)
    return float(np.nanmin([low[there], value[there]])), float(np.nanmax([high[there], value[there]]))


def _draw_lines(
    ax: Axes,
    lines: dict[str, Steps],
    names: dict[str, str],
    hours: pd.DataFrame | None,
    theme: Theme,
    *,
    own: bool = False,
) -> None:
    """Draw *lines* with rugs, gaps and names; *own*: each from its own first sighting."""
    seen = [steps.at for steps in lines.values()]
    lines = {key: steps.on_own_clock() for key, steps in lines.items()} if own else lines
    unseen = [draw_steps(ax, steps, color=theme.cycle[n], marker=MARKERS[n]) for n, steps in enumerate(lines.values())]
    if any(unseen):
        ax.plot([], [], color=theme.faint, linewidth=1, linestyle=UNSEEN_DASHES, label="unseen for a day")
    if any(len(steps.strange) for steps in lines.values()):
        ax.plot([], [], STRANGE, color=theme.faint, linestyle="none", label="contradicted by those beside it")
    courses = list(lines.values())
    sight = Sight.of(_values(courses))
    if sight.below or sight.above:
        low, high = _bands(courses, sight)
        air = 0.05 * (high - low)
        ax.set_ylim(low - air, high + air)
    time_limits(ax, min(steps.at[0] for steps in courses), max(steps.at[-1] for steps in courses))
    # On one calendar the visits, where they are drawn, stand in a row above the sightings.
    sparse = not own and mostly_gaps(hours, ax.get_xlim())
    floor = rug_room(ax, len(lines) + sparse)
    for row, steps in enumerate(lines.values()):
        draw_rug(ax, steps.seen, row=row, color=theme.cycle[row])
    if own:
        show_own_coverage(ax, hours, seen, theme)
        since_axis(ax.xaxis)
    else:
        show_coverage(ax, hours, theme, row=len(lines))
        utc_axis(ax.xaxis)
    counts_axis(ax.yaxis, floor=floor)
    point_beyond(ax, [steps.at for steps in courses], [steps.value for steps in courses], theme, floor=floor)
    ends = [
        LineEnd(float(steps.value[-1]), names[key], theme.cycle[row], MARKERS[row])
        for row, (key, steps) in enumerate(lines.items())
        if key in names
    ]
    name_lines(ax, ends, theme)


def _apart(key: str, names: dict[str, str], lines: dict[str, Steps]) -> str:
    """The creator's name, with the end of the TikTok's id where two lines are of one creator."""
    same = [other for other in lines if names[other] == names[key]]
    return names[key] if len(same) == 1 else f"{names[key]} …{key[-4:]}"
