"""Axes that read at a glance: 12k and 3.4M, UTC dates, ages in hours, days and years."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FixedLocator, FuncFormatter, LogLocator, MaxNLocator, NullFormatter, NullLocator

from analysis.plots.arrays import Floats

MINUS = "\N{MINUS SIGN}"
_UNITS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
# Hours of the ages worth a tick, and their names; a month is 30.44 days.
_AGES = (
    (1 / 60, "1 min"), (1 / 6, "10 min"), (1, "1 h"), (6, "6 h"), (24, "1 d"), (168, "1 wk"),
    (730.5, "1 mo"), (8766, "1 yr"), (43830, "5 yr"),
)  # fmt: skip


def engineering(value: float) -> str:
    """12300 -> "12.3k", 3400000 -> "3.4M", 950 -> "950", 0.25 -> "0.25": at most three significant digits."""
    if not math.isfinite(value):
        return ""
    size = abs(value)
    sign = MINUS if value < 0 else ""
    for unit, name in _UNITS:
        if float(f"{size:.3g}") >= unit:
            return f"{sign}{_plain(size / unit)}{name}"
    return f"{sign}{_plain(size)}" if size else "0"


def _plain(size: float) -> str:
    """Three significant digits without an exponent and without trailing zeros."""
    rounded = float(f"{size:.3g}")
    if rounded >= 100:
        return f"{rounded:.0f}"
    text = f"{rounded:.{max(0, 2 - math.floor(math.log10(rounded)))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counts_axis(axis: Axis, *, log: bool = False, whole: bool = False, floor: float = -math.inf) -> None:
    """Engineering ticks on *axis*; with *log*, at powers of ten, or 1, 2 and 5 where few (the scale is the caller's).

    *whole*: no fractions. *floor*: no tick below it, where rugs stand.
    """
    axis.set_major_formatter(FuncFormatter(lambda value, _: engineering(value)))
    if log:
        low, high = axis.get_view_interval()
        few = low > 0 and high / low < 1e4
        # Within little more than a power of ten there may be no power to tick at, or only one.
        subs = (1.0, 2.0, 5.0) if low > 0 and high / low < 30 else (1.0,)
        axis.set_major_locator(LogLocator(base=10, subs=subs, numticks=8))
        axis.set_minor_locator(LogLocator(base=10, subs=range(2, 10), numticks=8) if few else NullLocator())
        axis.set_minor_formatter(NullFormatter())
    else:
        axis.set_major_locator(_Above(floor, whole=whole))


class _Above(MaxNLocator):
    """Round numbers, none below *floor*."""

    def __init__(self, floor: float, *, whole: bool) -> None:
        super().__init__(nbins=6, steps=[1, 2, 2.5, 5, 10], integer=whole)
        self._floor = floor

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        return [float(tick) for tick in super().tick_values(vmin, vmax) if tick >= self._floor]


def percent(share: float) -> str:
    """0.05 -> "5 %", -0.125 -> "-12.5 %" with a true minus."""
    size = abs(100 * share)
    return f"{MINUS if share < 0 else ''}{_plain(size)} %" if size > 1e-9 else "0 %"


def percent_axis(axis: Axis) -> None:
    """Shares between 0 and 1, written as percentages."""
    axis.set_major_formatter(FuncFormatter(lambda value, _: percent(value)))


def utc_axis(axis: Axis) -> None:
    """Dates in UTC, as few words as tell them apart, whatever the machine's zone or rcParams."""
    locator = AutoDateLocator(tz=dt.UTC, minticks=4, maxticks=8)  # type: ignore[no-untyped-call]
    axis.set_major_locator(locator)
    axis.set_major_formatter(ConciseDateFormatter(locator, tz=dt.UTC))  # type: ignore[no-untyped-call]


def time_limits(ax: Axes, first: float, last: float) -> None:
    """Show *first* to *last* (matplotlib's days) with a little air; a single moment gets half an hour on each side."""
    air = max((last - first) * 0.02, 0.5 / 24)
    ax.set_xlim(first - air, last + air)


def age_axis(axis: Axis) -> None:
    """Hours on a log axis, ticked at the ages people name."""
    low, high = axis.get_view_interval()
    ages = [(hours, name) for hours, name in _AGES if low <= hours <= high]
    if len(ages) < 2:
        counts_axis(axis, log=True)
        return
    axis.set_major_locator(FixedLocator([hours for hours, _ in ages]))
    names = dict(ages)
    axis.set_major_formatter(
        FuncFormatter(lambda value, _: names.get(min(names, key=lambda age: abs(age - value)), ""))
    )
    axis.set_minor_locator(NullLocator())


def log_limits(ax: Axes, axis: str, values: Floats) -> None:
    """Set a log scale on "x" or "y" of *ax* that holds every positive one of *values*, with air."""
    good = values[np.isfinite(values) & (values > 0)]
    if not good.size:
        return
    low, high = float(good.min()), float(good.max())
    air = max((high / low) ** 0.04, 1.15)
    if axis == "x":
        ax.set_xscale("log")
        ax.set_xlim(low / air, high * air)
    else:
        ax.set_yscale("log")
        ax.set_ylim(low / air, high * air)
