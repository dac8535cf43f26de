"""Axes that end near what is to be seen: a lone extreme does not squeeze all else, and is not hidden either.

A false count, or two sightings a minute apart, give one value many times all others. The axis then ends without it,
and it stands at the edge as an arrow with its number; `beyond_told` counts such arrows for the caption.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from analysis.plots.parts.arrays import Floats
from analysis.plots.parts.style import SMALL_PT, Theme
from analysis.plots.parts.ticks import engineering
from analysis.terms.definitions import LOG_TIMES, LONE_AT_MOST, LONE_TIMES

# Fewer values have no rest that one of them could stand apart from.
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Sight:
    """From where to where an axis has to reach (*low*, *high*), and how many values lie beyond either end."""

    low: float
    high: float
    below: int = 0
    above: int = 0

    @classmethod
    def of(cls, values: Floats) -> Sight:
        """All of *values* (NaN, infinite: passed over), but for lone extremes at either end.

        Lone are at most `LONE_AT_MOST` of them, and one of a few, that lie `LONE_TIMES` as far from the rest's other
        end as the next one does. Without any finite value: 0 to 0.
        """
        told = np.sort(values[np.isfinite(values)])
        if not told.size:
            return cls(0.0, 0.0)
        most = max(1, int(LONE_AT_MOST * told.size)) if told.size >= _LEAST else 0
        above = _lone(told - told[most], most)
        below = _lone(told[-1 - most] - told[::-1], most)
        return cls(float(told[below]), float(told[-1 - above]), below, above)


def _lone(rising: Floats, most: int) -> int:
    """How many of the last of *rising*, at most *most*, stand apart from the one before them."""
    return max(
        (many for many in range(1, most + 1) if rising[-many] > LONE_TIMES * rising[-1 - many] > 0),
        default=0,
    )


def wide_axis(ax: Axes, values: Floats) -> bool:
    """Make *ax*'s vertical axis logarithmic above a power of ten, and linear from there to 0, where *values* need that.

    They do where none is below zero and the greatest is over `LOG_TIMES` the tenth percentile of those above: on a
    linear axis such a tenth would lie on its foot. Call once limits are set; ticks are set too. Tells whether it did.
    """
    good = values[np.isfinite(values) & (values > 0)]
    low, high = ax.get_ylim()
    if not good.size or low < 0 or min(float(good.max()), high) <= LOG_TIMES * float(np.quantile(good, 0.1)):
        return False
    first = int(np.floor(np.log10(np.quantile(good, 0.1))))
    powers = range(first, int(np.floor(np.log10(high))) + 1)
    ax.set_yscale("symlog", linthresh=10.0**first, linscale=0.5)
    ax.set_ylim(low, high * 1.3)  # what is air on a linear axis is none on this
    every = -(-len(powers) // 6)
    ax.yaxis.set_major_locator(FixedLocator([0.0, *(10.0**power for power in powers[::every])]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: engineering(value)))
    ax.yaxis.set_minor_locator(NullLocator())
    return True


def point_beyond(
    ax: Axes, at: Sequence[Floats], values: Sequence[Floats], theme: Theme, *, floor: float | None = None
) -> int:
    """Point from the edges of *ax* to each of *values* above or below; return how many. Call once limits are final.

    *at*, *values*: the points of each line, in data coordinates. An edge with one arrow tells its value, an edge with
    several from where to where they reach. *floor*: the lower edge where rugs stand below it.
    """
    x, y = np.concatenate(at), np.concatenate(values)
    low, high = ax.get_ylim()
    low = low if floor is None else floor
    left, right = ax.get_xlim()
    foot = float(ax.transLimits.transform(ax.transScale.transform((left, low)))[1])
    told = np.isfinite(x) & np.isfinite(y)
    found = 0
    for mark, there, edge, side in (("^", told & (y > high), 1.0, "top"), ("v", told & (y < low), foot, "bottom")):
        if not there.any():
            continue
        found += int(there.sum())
        across = ax.get_xaxis_transform()
        ax.plot(
            x[there], np.full(there.sum(), edge), mark, transform=across, color=theme.accent, markersize=7, zorder=5
        ).pop().set_clip_on(False)
        ends = [engineering(end) for end in (float(y[there].min()), float(y[there].max()))]
        outermost = float(x[there][np.argmax(np.abs(y[there]))])
        on_the_left = outermost < (left + right) / 2
        ax.annotate(
            ends[0] if there.sum() == 1 else f"{there.sum()}: {ends[0]} to {ends[1]}",
            xy=(outermost, edge),
            xycoords=across,
            xytext=(7 if on_the_left else -7, -2 if side == "top" else 2),
            textcoords="offset points",
            ha="left" if on_the_left else "right",
            va=side,
            color=theme.ink,
            fontsize=SMALL_PT,
            zorder=5,
            # Or the line that goes to where the arrow points would strike it out.
            bbox={"facecolor": theme.paper, "edgecolor": "none", "alpha": 0.8, "pad": 0.5},
        )
    if found:
        ax.plot([], [], "^", color=theme.accent, markersize=6, label="beyond the axis")
    return found


def beyond_told(sights: Sequence[Sight], of: int, what: str) -> str:
    """What a caption says of those among *of* values that lie beyond the axes of *sights*; "" where all are on them."""
    beyond = sum(sight.below + sight.above for sight in sights)
    if not beyond:
        return ""
    return f"{beyond:,} of {of:,} {what} {'lies' if beyond == 1 else 'lie'} beyond the axis: arrows, with the values."
