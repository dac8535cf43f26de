"""The specification curve: all 60 definitions of "viral" at once, and what each one is (Simonsohn et al. 2020)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import Floats, floats
from analysis.plots.parts.label import plain
from analysis.plots.parts.style import LIGHT, SMALL_PT, Theme, dress, no_data
from analysis.plots.parts.ticks import percent

_CHOICES = ("count", "window_h", "level")
# The curve, in shares of its axis' end, stands on [0, 1]; the choices stand in rows this far apart below it.
_ROW = 0.085
_GAP = 0.05


def specification_curve(
    cells: pd.DataFrame,
    ax: Axes,
    *,
    outcome: str = "overlap",
    name: str = "overlap with the headline",
    theme: Theme = LIGHT,
) -> Axes:
    """Draw *outcome* (a share) of every cell, sorted, and below it a dot for each choice the cell is made of.

    *cells*: `specification.specification`: `count` (str), `window_h` (Int64), `level` (Float64), `n` (Int64), and
    *outcome* (Float64, NA where the cell cannot answer: such cells stand at the right, as crosses on the floor,
    never as zeros).
    """
    title = f"{len(cells)} definitions of viral"
    if cells.empty:
        return no_data(ax, "no definitions were tried", theme, title=title)
    ordered = cells.sort_values(
        [outcome, *_CHOICES], ascending=[False, True, True, True], na_position="last", kind="stable"
    )
    share = floats(ordered[outcome])
    told = np.isfinite(share)
    at = np.arange(len(ordered), dtype=float)
    top = _top(share[told])
    ax.vlines(at[told], 0, share[told] / top, color=theme.grid, linewidth=1, zorder=1)
    ax.plot(at[told], share[told] / top, "o", color=theme.accent, markersize=4, label="answered", zorder=3)
    if not told.all():
        ax.plot(at[~told], np.full((~told).sum(), 0.03), "x", color=theme.faint, markersize=4, label="too few to tell")
        ax.axvspan(told.sum() - 0.5, len(ordered) - 0.5, color=theme.gap, alpha=0.6, linewidth=0, zorder=0.2)
    dress(ax, theme, title=title, y="", grid="")
    ticks = [0.0, 0.25, 0.5, 0.75, 1.0] if top in (1.0, 0.1) else [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    words = [percent(tick * top) for tick in ticks]
    for share_at in ticks:
        ax.axhline(share_at, color=theme.grid, linewidth=0.7, zorder=0.3)
    floor = -_GAP
    for choice in _CHOICES:
        floor, rows = _draw_choice(ax, ordered[choice], choice, floor, theme)
        ticks += [row for row, _ in rows]
        words += [word for _, word in rows]
    ax.set_yticks(ticks, words, parse_math=False)
    ax.tick_params(axis="y", length=0, labelsize=SMALL_PT)
    ax.set_xticks([])
    ax.set_xlim(-1, len(ordered))
    ax.set_ylim(floor, 1.06)
    ax.spines["bottom"].set_visible(False)
    ax.set_title(f"{name}, {told.sum()} of {len(ordered)} told", loc="right", fontsize=SMALL_PT, color=theme.faint)
    return plain(ax)


def _top(share: Floats) -> float:
    """Where the curve's axis ends: all of it, unless the curve would lie on the floor of that."""
    most = float(share.max(initial=0.0))
    return next(top for top in (0.1, 0.25, 0.5, 1.0) if most <= top or top == 1.0)


def _draw_choice(
    ax: Axes, chosen: pd.Series, choice: str, floor: float, theme: Theme
) -> tuple[float, list[tuple[float, str]]]:
    """Draw a row of dots for each value of one choice below *floor*; return the new floor, and the rows."""
    rows = []
    at = np.arange(len(chosen), dtype=float)
    values = list(dict.fromkeys(chosen)) if choice == "count" else sorted(set(chosen))
    if choice == "count":
        values = sorted(values)
    for value in values:
        floor -= _ROW
        here = (chosen == value).to_numpy(dtype=bool)
        ax.plot(at[~here], np.full((~here).sum(), floor), "s", color=theme.grid, markersize=2.2, zorder=1)
        ax.plot(at[here], np.full(here.sum(), floor), "s", color=theme.main, markersize=4, zorder=2)
        rows.append((floor, _named(choice, value)))
    return floor - _GAP, rows


def _named(choice: str, value: object) -> str:
    if choice == "window_h":
        return f"in {value} h"
    return f"top {100 * (1 - float(str(value))):.3g} %" if choice == "level" else str(value)
