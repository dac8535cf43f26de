"""Counts over time: the likes of the top TikToks, the followers of the top creators."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import day
from analysis.plots.parts.endlabels import LineEnd, name_lines
from analysis.plots.parts.gaps import on_own_clocks, shade_gaps, shade_own_gaps
from analysis.plots.parts.label import label, plain
from analysis.plots.parts.steps import (
    MARKERS,
    RUG_HEIGHT,
    STRANGE,
    UNSEEN_DASHES,
    Steps,
    draw_rug,
    draw_steps,
    rug_room,
    rug_row,
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
    told = bounded.loc[bounded["likes"].notna()]
    chosen = list(ids if ids is not None else dict.fromkeys(told["id"]))[:LINES]
    names = {key: f"@{label(creator, 18)}" for key, creator in zip(told["id"], told["creator"], strict=True)}
    lines = {key: Steps.of(told.loc[told["id"] == key], at="scraped_at", count="likes").since_first() for key in chosen}
    lines = {key: steps for key, steps in lines.items() if len(steps.at)}
    if not lines:
        return no_data(ax, "no sighting tells likes", theme, title=title)
    own = on_own_clocks([steps.at for steps in lines.values()])
    _draw_lines(ax, lines, {key: _apart(key, names, lines) for key in lines}, hours, theme, own=own)
    dress(ax, theme, title=title, x="time since first seen" if own else "UTC", y="likes gained since first seen")
    legend(ax, theme, where="above")
    return plain(ax)


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
    told = history.loc[history["followers"].notna()]
    chosen = list(creators if creators is not None else dict.fromkeys(told["creator"]))[:LINES]
    lines = {key: Steps.of(told.loc[told["creator"] == key], at="at", count="followers") for key in chosen}
    lines = {key: steps.since_first() if change else steps for key, steps in lines.items() if len(steps.at)}
    if not lines:
        return no_data(ax, "no sighting tells followers", theme, title=title)
    _draw_lines(ax, lines, {key: f"@{label(key, 18)}" for key in lines}, hours, theme)
    first = told.drop_duplicates("creator").set_index("creator")["first_seen"]
    for row, (key, steps) in enumerate(lines.items()):
        seen = day(first[key]) if pd.notna(first[key]) else np.nan
        ax.plot([seen], steps.value[:1], marker="v", markersize=6, color=theme.cycle[row], linestyle="none", zorder=4)
    ax.plot([], [], marker="v", color=theme.faint, linestyle="none", label="first seen")
    dress(ax, theme, title=title, x="UTC", y="gained since first told" if change else "followers")
    legend(ax, theme, where="above")
    return plain(ax)


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
    courses = lines.values()
    time_limits(ax, min(steps.at[0] for steps in courses), max(steps.at[-1] for steps in courses))
    floor = rug_room(ax, len(lines))
    for row, steps in enumerate(lines.values()):
        draw_rug(ax, steps.seen, row=row, color=theme.cycle[row])
    if own:
        strips = [(at, rug_row(row)) for row, at in enumerate(seen)]
        shade_own_gaps(ax, hours, strips, height=RUG_HEIGHT, theme=theme)
        since_axis(ax.xaxis)
    else:
        shade_gaps(ax, hours, theme)
        utc_axis(ax.xaxis)
    counts_axis(ax.yaxis, floor=floor)
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
