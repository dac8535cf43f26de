"""What a count gained in a window of time, from the bounds of its series (docs/measures.md).

Frames in are those of `series.tightened`, or of `strange.settled`, whose gains rest on no strange sighting: sorted by
(key, time), whole entities.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counts.line import HOUR, Line
from analysis.counts.series import UNBOUNDED, key_of
from analysis.statistics.arrays import Bools, Ints, as_times, changes, microseconds
from analysis.statistics.tautstring import points
from analysis.terms.definitions import NEVER_FALL
from analysis.terms.errors import BadArgument

__all__ = ["HOUR", "best_gain", "gain_between", "possible_gain", "value_at"]

Floats = npt.NDArray[np.float64]


def best_gain(tight: pd.DataFrame, count: str, hours: float) -> pd.DataFrame:
    """Return each key's greatest guaranteed gain in one window of *hours*: one row a key, also where nothing is sure.

    A gain over several windows lies at least in part in one of them: the pair's lower bound / ceil(span / hours), the
    greatest over all pairs of sightings between which no fall lies; of equal ones the earliest, then the shortest.
    Columns: <key> (str), gain (Float64: certain; NA with fewer than two comparable sightings), start, end
    (datetime64[us, UTC]: the pair that shows it), windows (Int64: that the pair spans), moments (Int64: rows of the
    series).
    """
    line = Line.of(tight, count)
    begin = np.flatnonzero(changes(line.code))
    moments = np.diff(np.append(begin, len(line.code)))
    rate, far = _best_pairs(line, count, _microseconds(hours))
    row = _first_greatest(rate, begin)
    known = np.isfinite(rate[row])
    span = line.time[far[row]] - line.time[row]
    return pd.DataFrame(
        {
            key_of(count): line.keys[line.code[begin]].astype("str"),
            "gain": pd.arrays.FloatingArray(np.where(known, rate[row], 0.0), ~known),
            "start": pd.Series(as_times(line.time[row])).where(known),
            "end": pd.Series(as_times(line.time[far[row]])).where(known),
            "windows": pd.arrays.IntegerArray(-(-span // _microseconds(hours)), ~known),
            "moments": pd.array(moments, dtype="Int64"),
        }
    )


def possible_gain(tight: pd.DataFrame, count: str, hours: float) -> pd.DataFrame:
    """Return the most that each key can have gained in one window of *hours*: one row a key.

    Columns: <key> (str), possible (Int64: of any window between two sightings without a fall between; NA: unbounded, no
    two such sightings, or a count that may fall, of which nothing is known between sightings).
    """
    line = Line.of(tight, count)
    begin = np.flatnonzero(changes(line.code))
    best = np.full(len(begin), -1)
    if count in NEVER_FALL and len(begin):
        best = np.maximum.reduceat(_most_from(line, _microseconds(hours)), begin)
    possible = pd.arrays.IntegerArray(best, (best < 0) | (best == UNBOUNDED))
    return pd.DataFrame({key_of(count): line.keys[line.code[begin]].astype("str"), "possible": possible})


def gain_between(tight: pd.DataFrame, count: str, windows: pd.DataFrame, slack_hours: float) -> pd.DataFrame:
    """Return the gain of a key over each asked window, from the sightings nearest to its ends.

    windows: columns <key>, start, end (datetime64[us, UTC]); a key may be asked for more than once.
    Out, aligned with *windows* (its index and order): from, to (datetime64[us, UTC]: the sightings used, each within
    slack_hours of the end asked for; of two as near the earlier), hours (Float64), lo, hi (Int64), point (Float64).
    All NA where there is no sighting that near, where both ends find the same one, or where a fall lies between.
    """
    line = Line.of(tight, count)
    key = windows[key_of(count)]
    before, after = (line.nearest(key, microseconds(windows[end]), slack_hours) for end in ("start", "end"))
    good = (before >= 0) & (after > before)
    good[good] = line.segment[before[good]] == line.segment[after[good]]
    rows = before[good], after[good]
    least, most = line.gain(*rows, count)
    string = points(tight).to_numpy(np.float64, na_value=np.nan)
    out: dict[str, pd.Series] = {
        "from": pd.Series(as_times(line.time[rows[0]])),
        "to": pd.Series(as_times(line.time[rows[1]])),
        "hours": pd.Series((line.time[rows[1]] - line.time[rows[0]]) / HOUR, dtype="Float64"),
        "lo": pd.Series(least),
        "hi": pd.Series(most),
        "point": _floats(string[rows[1]] - string[rows[0]]),
    }
    return _spread(out, good, windows.index)


def value_at(tight: pd.DataFrame, count: str, times: pd.DataFrame) -> pd.DataFrame:
    """Return what a series says of moments between its rows.

    times: columns <key>, at (datetime64[us, UTC]). Out, aligned with *times* (its index and order): before, after
    (datetime64[us, UTC]: the sightings on both sides, *at* itself where there is one; NA outside the series), lo, hi
    (Int64: certain; between two sightings only for a count that never falls, and not across a fall), point (Float64:
    taut string; NA outside and across a fall).
    """
    line = Line.of(tight, count)
    at = microseconds(times["at"])
    before, after = line.rows(times[key_of(count)], at)
    good = (before >= 0) & (after >= 0)
    left, right = before[good], after[good]
    whole = line.segment[left] == line.segment[right]
    sure = whole if count in NEVER_FALL else left == right
    string = points(tight).to_numpy(np.float64, na_value=np.nan)
    share = (at[good] - line.time[left]) / np.maximum(line.time[right] - line.time[left], 1)
    drawn = np.where(whole, string[left] + share * (string[right] - string[left]), np.nan)
    out: dict[str, pd.Series] = {
        "before": pd.Series(as_times(line.time[left])),
        "after": pd.Series(as_times(line.time[right])),
        "lo": pd.Series(pd.arrays.IntegerArray(line.lo[left], ~sure)),
        "hi": pd.Series(pd.arrays.IntegerArray(line.hi[right], ~sure | (line.hi[right] == UNBOUNDED))),
        "point": _floats(drawn),
    }
    return _spread(out, good, times.index)


def _best_pairs(line: Line, count: str, window: int) -> tuple[Floats, Ints]:
    """For each row its best gain per window to a later row, and that row; -inf where it has none.

    All pairs of a segment, a lag at a time over all series together: the longest alone sets the number of steps.
    """
    rate, far = np.full(len(line.code), -np.inf), np.arange(len(line.code))
    end = np.flatnonzero(np.append(line.segment[1:] != line.segment[:-1], True))  # the last row of each segment
    last = end[line.segment - 1] if len(line.code) else far
    rows = np.flatnonzero((far < last) & (line.hi != UNBOUNDED))
    lag = 1
    while len(rows):
        other = rows + lag
        per_window = line.surely(rows, other, count) / -(-(line.time[other] - line.time[rows]) // window)
        better = per_window > rate[rows]
        rate[rows[better]], far[rows[better]] = per_window[better], other[better]
        lag += 1
        rows = rows[rows + lag <= last[rows]]
    return rate, far


def _first_greatest(values: Floats, begin: Ints) -> Ints:
    """The row of the greatest value of each group, the first of equal ones. begin: the groups' first rows."""
    if not len(begin):
        return begin
    top = np.repeat(np.maximum.reduceat(values, begin), np.diff(np.append(begin, len(values))))
    return np.minimum.reduceat(np.where(values == top, np.arange(len(values)), len(values)), begin)


def _microseconds(hours: float) -> int:
    if not hours > 0:
        raise BadArgument(
            expected="a window of more than 0 hours",
            found=str(hours),
            where="hours",
            next_step="give a length, such as 24",
        )
    return max(1, int(hours * HOUR))


def _most_from(line: Line, window: int) -> Ints:
    """The most a window can have held that opens between rows i and i + 1: it closes before t[i + 1] + window.

    One element a row; -1 at the last of each segment.
    """
    end = np.flatnonzero(np.append(line.segment[1:] != line.segment[:-1], True))
    last = end[line.segment - 1]
    row = np.flatnonzero(np.arange(len(last)) < last)
    segments = replace(line, keys=pd.RangeIndex(int(line.segment[-1]) + 1), code=line.segment)
    _, after = segments.rows(pd.Series(line.segment[row]), line.time[row + 1] + window)
    after = np.where(after < 0, last[row], after)
    most = np.full(len(last), -1)
    most[row] = np.where(line.hi[after] == UNBOUNDED, UNBOUNDED, line.hi[after] - line.lo[row])
    return most


def _floats(values: Floats) -> pd.Series:
    return pd.Series(pd.arrays.FloatingArray(values, np.isnan(values)))


def _spread(columns: dict[str, pd.Series], good: Bools, index: pd.Index) -> pd.DataFrame:
    """Set rows found for the *good* ones into a frame on *index*, NA elsewhere."""
    return pd.DataFrame(columns).set_axis(np.flatnonzero(good)).reindex(np.arange(len(good))).set_axis(index)
