"""How two quantities that span many orders of magnitude go together: hexagons on log-log axes, shaded by how many."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm

from analysis.plots.parts.arrays import Floats
from analysis.plots.parts.label import plain
from analysis.plots.parts.style import LIGHT, Theme, dress, legend, no_data
from analysis.plots.parts.ticks import counts_axis, engineering, log_limits

# Below this many points hexagons hide more than they show, and each point is drawn.
FEW = 60


def followers_and_likes(tiktoks: pd.DataFrame, ax: Axes, *, theme: Theme = LIGHT) -> Axes:
    """Draw likes of TikToks over followers of their creators, with the line of one like a follower.

    *tiktoks*: a row a TikTok, `user_followers` and `likes` (Int64, counts). Rows without both, or with a zero,
    which a log axis cannot hold, are left out, and the title says how many.
    """
    title = "Likes and followers, one TikTok each"
    both = log_density(
        tiktoks,
        ax,
        x="user_followers",
        y="likes",
        x_name="followers of its creator",
        y_name="likes",
        title=title,
        theme=theme,
    )
    if both:
        _one_to_one(ax, theme)
        legend(ax, theme, title="TikToks", where="outside")
    return plain(ax)


def comments_per_like_and_followers(tiktoks: pd.DataFrame, ax: Axes, *, theme: Theme = LIGHT) -> Axes:
    """Draw comments per like of TikToks over followers of their creators.

    *tiktoks*: a row a TikTok, `user_followers`, `likes`, `comments` (Int64, counts).
    """
    likes = tiktoks["likes"].astype("Float64")
    frame = tiktoks.assign(comments_per_like=tiktoks["comments"].astype("Float64") / likes.mask(likes <= 0))
    log_density(
        frame,
        ax,
        x="user_followers",
        y="comments_per_like",
        x_name="followers of its creator",
        y_name="comments per like",
        title="Comments per like and followers, one TikTok each",
        theme=theme,
    )
    return plain(ax)


def log_density(
    frame: pd.DataFrame,
    ax: Axes,
    *,
    x: str,
    y: str,
    x_name: str,
    y_name: str,
    title: str,
    theme: Theme = LIGHT,
) -> bool:
    """Draw *y* over *x* on log axes, hexagons or (below `FEW`) points; tell whether any was drawn."""
    both = frame[[x, y]].astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    good = (both > 0).all(axis=1) & np.isfinite(both).all(axis=1)
    if not good.any():
        why = "no rows" if frame.empty else f"no row of {len(frame)} has both {x_name} and {y_name} above zero"
        no_data(ax, why, theme, title=title)
        return False
    xs, ys = both[good, 0], both[good, 1]
    log_limits(ax, "x", xs)
    log_limits(ax, "y", ys)
    if len(xs) < FEW:
        ax.plot(xs, ys, "o", color=theme.main, markersize=4, alpha=0.7, label="one each")
    else:
        _hexagons(ax, xs, ys, theme)
    left_out = len(both) - len(xs)
    told = f"n = {len(xs):,}" + (f", {left_out:,} not drawn" if left_out else "")
    dress(ax, theme, title=title, x=f"{x_name} ({told})", y=y_name, grid="both")
    counts_axis(ax.xaxis, log=True)
    counts_axis(ax.yaxis, log=True)
    return True


def _hexagons(ax: Axes, xs: Floats, ys: Floats, theme: Theme) -> None:
    x_extent, y_extent = np.log10(ax.get_xlim()), np.log10(ax.get_ylim())
    hexagons = ax.hexbin(
        xs,
        ys,
        gridsize=(36, 20),
        xscale="log",
        yscale="log",
        extent=(x_extent[0], x_extent[1], y_extent[0], y_extent[1]),
        mincnt=1,
        cmap=theme.density_map,
        norm=LogNorm(vmin=1),
        linewidths=0.1,
    )
    # Swatches instead of a colour bar, which would need an Axes of its own.
    most = int(np.asarray(hexagons.get_array()).max())
    for many in _swatches(most):
        ax.scatter(
            [], [], marker="h", s=60, color=hexagons.cmap(hexagons.norm(np.array([many]))), label=engineering(many)
        )
    legend(ax, theme, title="TikToks", where="outside")


def _swatches(most: int) -> list[int]:
    """1, 3, 10, 30 and so on, and *most* where the last of them is far from it."""
    steps = [step * 10**power for power in range(len(str(most))) for step in (1, 3)]
    below = [many for many in steps if many <= most]
    return [*below, most] if most >= 1.5 * below[-1] else below


def _one_to_one(ax: Axes, theme: Theme) -> None:
    limits = ax.get_xlim(), ax.get_ylim()
    low, high = max(limits[0][0], limits[1][0]), min(limits[0][1], limits[1][1])
    if low >= high:
        return
    # On paper of its own, or it is lost where the hexagons are as dark as the line.
    ax.plot([low, high], [low, high], color=theme.paper, linewidth=3.2, alpha=0.75, zorder=2.9)
    ax.plot(
        [low, high], [low, high], color=theme.accent, linewidth=1.6, linestyle="--", zorder=3, label="one a follower"
    )
    ax.set(xlim=limits[0], ylim=limits[1])
