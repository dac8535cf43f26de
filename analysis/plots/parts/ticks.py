"""Axes that read at a glance: 12k and 3.4M, UTC dates, ages in hours, days and years, time since first seen."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import (
    FixedLocator,
    Formatter,
    FuncFormatter,
    LogLocator,
    MaxNLocator,
    NullFormatter,
    NullLocator,
)

from analysis.plots.parts.arrays import Floats

MINUS = "\N{MINUS SIGN}"
# Below this a number is written with a power of ten.
_TINY = 1e-4
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
HOURLY = 3.0  # days that are still counted in hours
_HOUR_STEPS = (1, 2, 3, 6, 12, 24)
_DAY_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
# Ticks of dates so many days apart, on an axis of so many days: matplotlib begins anew with each month, and sets 31 Jan
# and 1 Feb side by side.
_DATE_STEPS, _DATED = (1, 2, 3, 5, 7, 10, 14, 21, 28), (4.0, 110.0)
_DATE_PT = 46  # points that a date and the air beside it take
_UNITS = ((1e9, "B"), (1e6, "M"), (1e3, "k"))
# Hours of the ages worth a tick, and their names; a month is 30.44 days.
_AGES = (
    (1 / 60, "1 min"), (1 / 6, "10 min"), (1, "1 h"), (6, "6 h"), (24, "1 d"), (168, "1 wk"),
    (730.5, "1 mo"), (8766, "1 yr"), (43830, "5 yr"),
)  # fmt: skip


def engineering(value: float, digits: int = 3) -> str:
    """12300 -> "12.3k", 3400000 -> "3.4M", 950 -> "950", 0.25 -> "0.25": with at most so many significant *digits*."""
    if not math.isfinite(value):
        return ""
    size = abs(value)
    sign = MINUS if value < 0 else ""
    for unit, name in _UNITS:
        if float(f"{size:.{digits}g}") >= unit:
            return f"{sign}{_plain(size / unit, digits)}{name}"
    if 0 < size < _TINY:
        return sign + _powered(size, digits)
    return f"{sign}{_plain(size, digits)}" if size else "0"


def _powered(size: float, digits: int) -> str:
    """0.00002 -> "2·10⁻⁵": nobody counts so many zeros."""
    mantissa, _, power = f"{size:.{digits - 1}e}".partition("e")
    factor = mantissa.rstrip("0").rstrip(".")
    return ("" if factor == "1" else f"{factor}·") + "10" + str(int(power)).translate(_RAISED)


def _plain(size: float, digits: int = 3) -> str:
    """So many significant digits without an exponent and without trailing zeros."""
    rounded = float(f"{size:.{digits}g}")
    text = f"{rounded:.{max(0, digits - 1 - math.floor(math.log10(rounded)))}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Engineering(Formatter):
    """`engineering`, with as many digits as it takes for no two ticks to read the same."""

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        different = len(set(values))
        told = ([engineering(value, digits) for value in values] for digits in range(3, 14))
        labels = next((texts for texts in told if len(set(texts)) == different), None)
        return labels or [engineering(value) for value in values]

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002 (matplotlib's own signature)
        return engineering(x)


def counts_axis(axis: Axis, *, log: bool = False, whole: bool = False, floor: float = -math.inf) -> None:
    """Engineering ticks on *axis*; with *log*, at powers of ten, or 1, 2 and 5 where few (the scale is the caller's).

    *whole*: no fractions. *floor*: no tick below it, where rugs stand.
    """
    axis.set_major_formatter(_Engineering())
    if log:
        _log_ticks(axis)
    else:
        axis.set_major_locator(_Above(floor, whole=whole))


def _log_ticks(axis: Axis) -> None:
    low, high = axis.get_view_interval()
    reach = high / low if low > 0 else math.inf
    # Within three powers of ten too few of them are in view to read by; within less than one, perhaps none.
    subs = (1.0, 2.0, 5.0) if reach < 1e3 else (1.0,)
    few = reach < 1e4
    axis.set_major_locator(_Above(0.0, whole=False) if reach < 10 else LogLocator(base=10, subs=subs, numticks=8))
    minor = few and reach >= 10
    axis.set_minor_locator(LogLocator(base=10, subs=range(2, 10), numticks=8) if minor else NullLocator())
    axis.set_minor_formatter(NullFormatter())


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
    """Dates in UTC, each with its month, whatever the machine's zone or rcParams; the year stands at the end."""
    locator = _EvenDays(tz=dt.UTC, minticks=4, maxticks=8)  # type: ignore[no-untyped-call]
    axis.set_major_locator(locator)
    axis.set_major_formatter(_Dates(locator))


class _EvenDays(AutoDateLocator):
    """Midnights (UTC) equally far apart from the first in view, where the axis holds some days; else matplotlib's."""

    def __call__(self) -> Sequence[float]:
        low, high = sorted(self.axis.get_view_interval()) if isinstance(self.axis, Axis) else (0.0, 0.0)
        if not isinstance(self.axis, Axis) or not _DATED[0] <= high - low <= _DATED[1]:
            return super().__call__()  # type: ignore[no-untyped-call, no-any-return]
        box = self.axis.axes.bbox
        room = min(8, int(box.width / self.axis.axes.figure.dpi * 72 / _DATE_PT))
        first = math.ceil(low)
        step = next((step for step in _DATE_STEPS if math.floor(high - first) // step < room), _DATE_STEPS[-1])
        return [float(day) for day in range(first, math.floor(high) + 1, step)]


class _Dates(ConciseDateFormatter):
    """5 Nov, 08:00, 2026: a "05" alone would leave open of what."""

    def __init__(self, locator: AutoDateLocator) -> None:
        hours, day = ["%H:%M"] * 2, "%d %b"
        super().__init__(  # type: ignore[no-untyped-call]
            locator,
            tz=dt.UTC,
            formats=["%Y", "%b", day, *hours, "%S.%f"],
            zero_formats=["", "%Y", day, day, *hours],
            offset_formats=["", "%Y", "%Y", f"{day} %Y", f"{day} %Y", f"{day} %Y %H:%M"],
        )

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        told = super().format_ticks(values)  # type: ignore[no-untyped-call]
        return [text.removeprefix("0") if " " in text else text for text in told]

    def get_offset(self) -> str:
        return str(super().get_offset()).removeprefix("0")  # type: ignore[no-untyped-call]


def since_axis(axis: Axis) -> None:
    """Days since something, from 0: ticks at whole hours, or at whole days where the axis holds more than three."""
    _, last = axis.get_view_interval()
    unit, name, steps = (1.0, "d", _DAY_STEPS) if last > HOURLY else (1 / 24, "h", _HOUR_STEPS)
    step = next((step for step in steps if last / unit / step <= 8), steps[-1])
    names = {tick * unit: f"{tick} {name}" if tick else "0" for tick in range(0, math.floor(last / unit) + 1, step)}
    axis.set_major_locator(FixedLocator(list(names)))
    axis.set_major_formatter(FuncFormatter(lambda value, _: names.get(float(value), "")))


def time_limits(ax: Axes, first: float, last: float) -> None:
    """Show *first* to *last* (matplotlib's days) with a little air; a single moment gets half an hour on each side."""
    ax.set_xlim(*aired(first, last))


def aired(first: float, last: float) -> tuple[float, float]:
    """The limits that `time_limits` sets."""
    air = max((last - first) * 0.02, 0.5 / 24)
    return first - air, last + air


def age_axis(axis: Axis) -> None:
    """Hours on a log axis, ticked at the ages people name."""
    low, high = axis.get_view_interval()
    ages = [(hours, name) for hours, name in _AGES if low <= hours <= high]
    if len(ages) < 2:
        counts_axis(axis, log=True)
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{engineering(value)} h"))
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
