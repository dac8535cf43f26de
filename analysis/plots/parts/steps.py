"""A count over time as it was seen: steps from sighting to sighting, the band rounding leaves, a rug of sightings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from analysis.counts.strange import strange
from analysis.plots.parts.arrays import Floats, days, floats
from analysis.terms.definitions import REMOVED_AT_MOST

# One a line, at its end and beside its name: colour is never the only key. "v" marks where one was first seen.
MARKERS = ("o", "s", "D", "^", "<", "P", "X")
# A row of a rug, and the air below it, in points: as shares they would be specks where an Axes is one of several.
_RUG_PT, _RUG_AIR_PT = 5.0, 1.9
# A line of no more sightings has a dot at each: on a sparse history its steps stand far apart, or on one another.
FEW_SIGHTINGS = 30
# Days without a sighting after which a held value is drawn as unknown.
UNSEEN_DAYS = 1.0
STRANGE = "x"


def _nothing() -> Floats:
    return np.zeros(0)


UNSEEN_DASHES = (0, (1, 2))


@dataclass(frozen=True, slots=True)
class Steps:
    """One count's course. *at*: matplotlib day numbers, rising; *low*, *high*: NaN where nothing bounds it.

    *strange_at*, *strange*: sightings that those beside them contradict (`counts.strange`), which are no part of it.
    """

    at: Floats
    value: Floats
    low: Floats
    high: Floats
    strange_at: Floats = field(default_factory=_nothing)
    strange: Floats = field(default_factory=_nothing)

    @classmethod
    def of(cls, frame: pd.DataFrame, *, at: str, count: str) -> Steps:
        """The rows of *frame*, of one entity, that tell *count*, by time *at*, with `<count>_lo` and `<count>_hi`."""
        told = frame.loc[frame[count].notna() & frame[at].notna()].sort_values(at, kind="stable")
        wrong = np.zeros(len(told), bool)
        if count in REMOVED_AT_MOST:
            wrong = told[at].isin(strange(told.assign(id="", scraped_at=told[at]), count)["at"]).to_numpy(bool)
        value, low, high = (floats(told[name]) for name in (count, f"{count}_lo", f"{count}_hi"))
        when = days(told[at])
        return cls(when[~wrong], value[~wrong], low[~wrong], high[~wrong], when[wrong], value[wrong])

    @property
    def seen(self) -> Floats:
        """When it was seen, the strange sightings too, by time."""
        return np.sort(np.append(self.at, self.strange_at))

    def on_own_clock(self) -> Steps:
        """The same, *at* in days since the first sighting."""
        first = self.at[0] if len(self.at) else 0.0
        return replace(self, at=self.at - first, strange_at=self.strange_at - first)

    def since_first(self) -> Steps:
        """The same less the first value: change since the first sighting, the band still only of each rounding."""
        base = self.value[0] if len(self.value) else 0.0
        value, low, high, odd = (column - base for column in (self.value, self.low, self.high, self.strange))
        return replace(self, value=value, low=low, high=high, strange=odd)


def draw_steps(ax: Axes, steps: Steps, *, color: str, marker: str = "o") -> bool:
    """Draw *steps* on *ax*: the line holds each value until the next sighting, and ends with the last.

    Where it was not seen for longer than `UNSEEN_DAYS` the hold is dotted and has no band, for a level line would say
    that nothing changed. Tells whether there was such a stretch. A cross marks each strange sighting, at its height or
    where the line ends, which it would else press flat.
    """
    after = np.flatnonzero(np.diff(steps.at) > UNSEEN_DAYS) + 1
    # A break stands at the sighting before it, or the step would still be drawn to where the break is.
    at = np.insert(steps.at, after, steps.at[after - 1])
    value, low, high = (np.insert(column, after, np.nan) for column in (steps.value, steps.low, steps.high))
    band = np.isfinite(low) & np.isfinite(high)
    ax.fill_between(at, low, high, where=band.tolist(), step="post", color=color, alpha=0.2, linewidth=0, zorder=1.5)
    ax.plot(at, value, drawstyle="steps-post", color=color, linewidth=1.5, zorder=2)
    if after.size:
        before, none = after - 1, np.full(after.size, np.nan)
        held = np.column_stack([steps.at[before], steps.at[after], steps.at[after], none]).ravel()
        level = np.column_stack([steps.value[before], steps.value[before], steps.value[after], none]).ravel()
        ax.plot(held, level, color=color, linewidth=1, linestyle=UNSEEN_DASHES, zorder=1.8)
    if len(steps.strange) and len(steps.value):
        heights = np.clip(steps.strange, steps.value.min(), steps.value.max())
        ax.plot(steps.strange_at, heights, STRANGE, color=color, markersize=6, linestyle="none", zorder=3)
    if len(steps.at) <= FEW_SIGHTINGS:
        ax.plot(steps.at, steps.value, marker, color=color, markersize=2.6, zorder=2.8)
    ax.plot(steps.at[-1:], steps.value[-1:], marker, color=color, markersize=4.5, zorder=3)
    return bool(after.size)


def rug_height(ax: Axes) -> float:
    """How high a row of rugs is, as a share of *ax*."""
    return _RUG_PT / _points(ax)


def rug_row(ax: Axes, row: int) -> float:
    """Where row *row* of the rugs begins, as a share of *ax*."""
    return (1.4 + row * (_RUG_PT + _RUG_AIR_PT)) / _points(ax)


def _points(ax: Axes) -> float:
    """About how many points *ax* is high, before its figure is laid out."""
    return float(ax.get_position().height * ax.figure.bbox.height / ax.figure.dpi * 72)


def draw_rug(ax: Axes, at: Floats, *, row: int, color: str) -> None:
    """Draw a tick for each sighting, in row *row* from 0, under the plot's floor (make room with `rug_room`)."""
    across = blended_transform_factory(ax.transData, ax.transAxes)
    bottom = rug_row(ax, row)
    top = bottom + rug_height(ax)
    ax.vlines(at, bottom, top, transform=across, color=color, linewidth=0.8, alpha=0.9, zorder=2.5)


def rug_room(ax: Axes, rows: int) -> float:
    """Lower *ax*'s floor so that *rows* of rugs stand below everything that is drawn; return where it was."""
    floor, high = ax.get_ylim()
    share = rug_row(ax, rows) + _RUG_AIR_PT / _points(ax)
    scale = ax.yaxis.get_transform()
    low, top = scale.transform(np.array([floor, high]))
    ax.set_ylim(float(scale.inverted().transform(np.array([low - (top - low) * share / (1 - share)]))[0]), high)
    return floor
