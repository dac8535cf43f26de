"""The shortest line that passes within all bounds of a series: the point estimate (Davies & Kovac 2001, section 2.1).

Between sightings it is straight; it bends only where the bounds force it to. It begins and ends half-way between the
bounds of the first and the last sighting: ends left free would make every gain as small as the bounds allow.
It says nothing before the first sighting or after the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics.arrays import Bools, Ints, changes, microseconds

Floats = npt.NDArray[np.float64]

_HOUR = 3_600_000_000


def points(tight: pd.DataFrame) -> pd.Series:
    """Return the taut string's value at each row of a `growth.tightened` frame: Float64, aligned, lo <= value <= hi.

    Each segment of each key is a string of its own. NA: no upper bound holds the segment anywhere.
    First and last row of a segment stand half-way between their bounds, where both are known.
    """
    if not len(tight):
        return pd.Series([], dtype="Float64", index=tight.index)
    key = pd.factorize(tight.iloc[:, 0])[0].astype(np.int64)
    start = changes(key) | changes(tight["segment"].to_numpy(np.int64))
    time = microseconds(tight["scraped_at"])
    lo = tight["lo"].to_numpy(np.float64)
    hi = tight["hi"].to_numpy(np.float64, na_value=np.inf)
    starts = np.flatnonzero(start)
    # Hours since the series' own start: another origin would change last bits with whatever else is measured.
    hours = (time - np.repeat(time[starts], np.diff(np.append(starts, len(time))))) / _HOUR
    found = np.clip(taut(hours, *_pinned(lo, hi, starts), starts), lo, hi)
    return pd.Series(pd.arrays.FloatingArray(found, np.isnan(found)), index=tight.index)


def taut(times: Floats, lo: Floats, hi: Floats, starts: Ints) -> Floats:
    """Return the taut strings of many series at once; NaN throughout a series that no upper bound holds.

    times: strictly increasing within a series; hi may be inf; starts: the first row of each series, starts[0] == 0.
    An end whose bounds lie apart is free between them: the line is level there if it can be. Each series is a funnel of
    slopes seen from its last bend (Lee & Preparata 1984); all funnels move on together.
    """
    value, bend, active = _level_starts(lo, hi, starts)
    last = np.append(starts[1:], len(lo)) - 1
    _Funnels(times, lo, hi, value, bend, np.flatnonzero(bend), last[active]).run()
    between = _interpolated(times, value, bend, starts)
    return np.clip(between, lo, hi)


def _pinned(lo: Floats, hi: Floats, starts: Ints) -> tuple[Floats, Floats]:
    """Hold both ends of each series half-way between their bounds; one that has no upper bound stays free."""
    ends = np.unique(np.concatenate([starts, np.append(starts[1:], len(lo)) - 1]))
    ends = ends[np.isfinite(hi[ends])]
    lo, hi = lo.copy(), hi.copy()
    lo[ends] = hi[ends] = lo[ends] + (hi[ends] - lo[ends]) / 2
    return lo, hi


def _level_starts(lo: Floats, hi: Floats, starts: Ints) -> tuple[Floats, Bools, Bools]:
    """Start every string level: a free end stays level until a bound forces a slope.

    Returns the value at each row known so far (NaN: not known), True at the row where a series leaves its level, and
    which series do. One that never does stands half-way between its highest lower and its lowest upper bound.
    """
    lengths = np.diff(np.append(starts, len(lo)))
    series = np.repeat(np.arange(len(starts)), lengths)
    floor = pd.Series(lo).groupby(series, sort=False).cummax().to_numpy(np.float64)
    ceiling = pd.Series(hi).groupby(series, sort=False).cummin().to_numpy(np.float64)
    level = floor <= ceiling  # True up to the row that ends the level, then False
    rows = np.arange(len(lo))
    stays = np.add.reduceat(level.astype(np.int64), starts)
    held = starts + stays - 1  # the last row that one level reaches
    active = stays < lengths
    upward = np.zeros(len(starts), bool)
    upward[active] = lo[held[active] + 1] > ceiling[held[active]]
    half = floor[held] + (ceiling[held] - floor[held]) / 2
    height = np.where(active, np.where(upward, ceiling[held], floor[held]), np.where(np.isinf(half), np.nan, half))
    touches = level & np.where(upward[series], hi == height[series], lo == height[series])
    leave = np.maximum.reduceat(np.where(touches, rows, -1), starts)
    value = np.where(~active[series] | (rows <= leave[series]), height[series], np.nan)
    bend = np.zeros(len(lo), bool)
    bend[leave[active]] = True
    return value, bend, active


@dataclass(slots=True)
class _Funnels:
    """The funnels of all series that bend: each looks from its last bend, row `at`, at the bounds ahead.

    low, high: the slopes between which a straight line from there passes all bounds seen; low_row, high_row: the
    rows whose bounds they are.
    """

    times: Floats
    lo: Floats
    hi: Floats
    value: Floats
    bend: Bools
    at: Ints
    last: Ints
    ahead: Ints = field(init=False)
    low: Floats = field(init=False)
    high: Floats = field(init=False)
    low_row: Ints = field(init=False)
    high_row: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.ahead = self.at + 1
        self.low, self.high = np.full(len(self.at), -np.inf), np.full(len(self.at), np.inf)
        self.low_row, self.high_row = self.at.copy(), self.at.copy()

    def run(self) -> None:
        """Bend all strings on to their ends; fills `value` and `bend`."""
        while len(self.at):
            ended = self.ahead > self.last
            at_upper, at_lower = ended & (self.high < 0), ended & (self.low > 0)  # a free end: level if it can be
            inside = np.flatnonzero(~ended)
            below, above = self._slopes(inside)
            at_upper[inside] = too_high = below > self.high[inside]
            at_lower[inside] = too_low = above < self.low[inside]
            fits = ~(too_high | too_low)
            self._narrow(inside[fits], below[fits], above[fits])
            self._bend(at_upper, self.high_row, self.hi)
            self._bend(at_lower, self.low_row, self.lo)
            self._keep(~ended | at_upper | at_lower)

    def _slopes(self, which: Ints) -> tuple[Floats, Floats]:
        row, at = self.ahead[which], self.at[which]
        length = self.times[row] - self.times[at]
        return (self.lo[row] - self.value[at]) / length, (self.hi[row] - self.value[at]) / length

    def _narrow(self, which: Ints, below: Floats, above: Floats) -> None:
        row = self.ahead[which]
        higher, lower = below >= self.low[which], above <= self.high[which]
        self.low[which] = np.where(higher, below, self.low[which])
        self.low_row[which] = np.where(higher, row, self.low_row[which])
        self.high[which] = np.where(lower, above, self.high[which])
        self.high_row[which] = np.where(lower, row, self.high_row[which])
        self.ahead[which] += 1

    def _bend(self, which: Bools, rows: Ints, bound: Floats) -> None:
        row = rows[which]
        self.value[row] = bound[row]
        self.bend[row] = True
        self.at[which], self.ahead[which] = row, row + 1
        self.low[which], self.high[which] = -np.inf, np.inf
        self.low_row[which] = self.high_row[which] = row

    def _keep(self, kept: Bools) -> None:
        for name in ("at", "ahead", "low", "high", "low_row", "high_row", "last"):
            setattr(self, name, getattr(self, name)[kept])


def _interpolated(times: Floats, value: Floats, bend: Bools, starts: Ints) -> Floats:
    """Draw straight lines between the bends of each series, and level ones before the first and after the last."""
    rows = np.arange(len(times))
    series = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(times))))
    before = np.maximum.accumulate(np.where(bend, rows, -1))
    after = np.minimum.accumulate(np.where(bend, rows, len(rows))[::-1])[::-1]
    has_before = (before >= 0) & (before >= starts[series])
    last = np.append(starts[1:], len(times)) - 1
    has_after = (after < len(rows)) & (after <= last[series])
    out = value.copy()
    inner = np.flatnonzero(has_before & has_after & (before < after))
    left, right = before[inner], after[inner]
    share = (times[inner] - times[left]) / (times[right] - times[left])
    out[inner] = value[left] + share * (value[right] - value[left])
    level = np.flatnonzero(has_before & ~has_after)
    out[level] = value[before[level]]
    return out
