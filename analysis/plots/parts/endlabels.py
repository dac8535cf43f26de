"""Names beside the ends of lines, moved apart where they would overlap: no legend to look up, no colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from analysis.plots.parts.arrays import Floats
from analysis.plots.parts.style import SMALL_PT, Theme


@dataclass(frozen=True, slots=True)
class LineEnd:
    """Where a line ends in data coordinates (*y*), its safe name (of one or two lines), its colour and its mark."""

    y: float
    name: str
    color: str
    marker: str = ""


def name_lines(ax: Axes, ends: Sequence[LineEnd], theme: Theme) -> None:
    """Write each name right of *ax*, level with its line's end or as near as may be. Call once limits are final."""
    known = sorted((end for end in ends if np.isfinite(end.y)), key=lambda end: end.y)
    if not known:
        return
    to_axes = ax.transData + ax.transAxes.inverted()
    wanted = np.array([to_axes.transform((ax.get_xlim()[1], end.y))[1] for end in known])
    height_pt = ax.get_window_extent().height / ax.figure.dpi * 72
    across = ax.transAxes
    lines = max(end.name.count("\n") + 1 for end in known)
    apart = SMALL_PT * (1.15 * lines + 0.2) / height_pt
    for end, at in zip(known, within(spread(wanted, apart), apart), strict=True):
        ax.plot([1.03], [at], end.marker, transform=across, color=end.color, markersize=4.5, clip_on=False)
        ax.annotate(
            end.name,
            xy=(1.045, float(at)),
            xycoords="axes fraction",
            va="center",
            ha="left",
            color=theme.ink,
            fontsize=SMALL_PT,
            linespacing=1.0,
            annotation_clip=False,
        )


def within(placed: Floats, apart: float) -> Floats:
    """*placed*, from 0 to 1 where that many fit *apart*: names beyond the Axes would squeeze it."""
    n = len(placed)
    if (n - 1) * apart > 1:
        return placed
    least = apart * np.arange(n)
    inside: Floats = np.clip(placed, least, 1 - least[::-1])
    return inside


def spread(wanted: Floats, apart: float) -> Floats:
    """Move sorted positions so that neighbours stand at least *apart*, each cluster centred on what it wanted.

    Pools adjacent violators (as isotonic regression does), which is the least-squares answer.
    """
    groups: list[list[float]] = []  # [sum of wanted minus own offset, how many]
    shifted = np.asarray(wanted, dtype=float) - apart * np.arange(len(wanted))
    for value in shifted:
        groups.append([float(value), 1.0])
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            total, count = groups.pop()
            groups[-1][0] += total
            groups[-1][1] += count
    level = np.concatenate([np.full(int(count), total / count) for total, count in groups]) if groups else shifted
    placed: Floats = level + apart * np.arange(len(wanted))
    return placed
