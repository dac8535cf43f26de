"""Sightings that the ones beside them contradict, and the series without them: what a finding may rest on.

A count that falls by more than people plausibly take back (`definitions.REMOVED_AT_MOST`) was wrong at one of the two
sightings: one in 1,300 real posts seen repeatedly goes to and fro so, and a reply whose counts failed to 0 does
(site.md 5.1c). Which of the two was wrong, the sightings beside them say:

- the higher one is *taken back*, unless the sighting after the lower one is back up with it;
- the lower one *stands alone* where the sighting after it agrees with the higher one;
- where the one before the higher agrees with the lower, too, the count goes to and fro, and both are strange.

Rounding is taken against calling anything strange: a fall counts by what it must at least have been.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.counts.series import Moments, frame_of, key_of, moments_of, raised
from analysis.statistics.arrays import Bools, Ints, as_times, changes
from analysis.terms.definitions import NEVER_FALL, REMOVED_AT_MOST, REMOVED_FEW

TAKEN_BACK, ALONE = "taken back by the next", "alone between two that agree"


@dataclass(frozen=True, slots=True)
class Strange:
    """Which rows of a series are strange, and how (bool, one element a moment); one may be both."""

    taken: Bools
    alone: Bools

    @property
    def any(self) -> Bools:
        """Either."""
        return self.taken | self.alone


def strange(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the strange sightings of *count*: one row a moment, sorted by key and time.

    Columns: <key> (str), count (str), at (datetime64[us, UTC]), kind (str: TAKEN_BACK or ALONE; of one that is both, as
    where a count goes to and fro, TAKEN_BACK), lo, hi (Int64: what it said), before_lo, before_hi, after_lo, after_hi
    (Int64: what the sightings beside it said; NA where there is none). None for a creator's counts.
    """
    moments = moments_of(bounded, count)
    found = _judged(moments, count)
    rows = np.flatnonzero(found.any)
    beside: dict[str, object] = {}
    for name, step in (("before", -1), ("after", 1)):
        there = _same(moments, rows, rows + step)
        other = np.clip(rows + step, 0, max(len(moments.code) - 1, 0))
        beside |= {f"{name}_lo": pd.arrays.IntegerArray(moments.lo[other], ~there)}
        beside |= {f"{name}_hi": pd.arrays.IntegerArray(moments.hi[other], ~there)}
    return pd.DataFrame(
        {
            key_of(count): moments.keys[moments.code[rows]].astype("str"),
            "count": pd.Series([count] * len(rows), dtype="str"),
            "at": as_times(moments.time[rows]),
            "kind": pd.Series(np.where(found.taken[rows], TAKEN_BACK, ALONE), dtype="str"),
            "lo": pd.array(moments.lo[rows], dtype="Int64"),
            "hi": pd.array(moments.hi[rows], dtype="Int64"),
            **beside,
        }
    )


def every_strange(bounded: pd.DataFrame) -> pd.DataFrame:
    """`strange` of all of a TikTok's counts, sorted by id, count and time."""
    found = pd.concat([strange(bounded, count) for count in REMOVED_AT_MOST], ignore_index=True)
    return found.sort_values(["id", "count", "at"], kind="stable", ignore_index=True)


def settled(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return `series.tightened` of *count* without its strange sightings, and what of each the ones beside it leave.

    Added columns: held_lo (Int64: lo, or what the next sighting leaves of it, if that is less), held_hi (Int64: hi, or
    what the sighting before had, if that is more). A gain counts from held_hi to held_lo: what the next sighting takes
    back, however little, was not gained for sure, and what only makes up for a fall neither.
    """
    moments = moments_of(bounded, count)
    if count in REMOVED_AT_MOST:
        moments = _without(moments, _judged(moments, count).any)
    tight, cuts = raised(moments, count)
    frame = frame_of(tight, key_of(count))
    if count not in REMOVED_AT_MOST:
        return frame
    above, below = cuts.last, cuts.first
    if count not in NEVER_FALL:  # not cut: each row is held by the one beside it
        below = np.flatnonzero(~changes(tight.code))
        above = below - 1
    held_lo, held_hi = tight.lo.copy(), tight.hi.copy()
    held_lo[above] = np.minimum(tight.lo[above], tight.hi[below])
    held_hi[below] = np.maximum(tight.hi[below], tight.lo[above])
    return frame.assign(held_lo=pd.array(held_lo, dtype="Int64"), held_hi=pd.array(held_hi, dtype="Int64"))


def _judged(moments: Moments, count: str) -> Strange:
    size = len(moments.code)
    taken, alone = np.zeros(size, bool), np.zeros(size, bool)
    if count not in REMOVED_AT_MOST or size < 2:
        return Strange(taken, alone)
    share = REMOVED_AT_MOST[count]
    high = np.arange(size - 1)
    high = high[_same(moments, high, high + 1) & _fell(moments, high, high + 1, share)]
    low = high + 1
    back = _same(moments, high, low + 1) & ~_fell(moments, high, low + 1, share)
    surely = back & _fell(moments, low + 1, low, share)  # so far above the lower one that it can't agree with both
    to_and_fro = _same(moments, high, high - 1) & ~_fell(moments, high - 1, low, share)
    alone[low[back]] = True
    back_down = ~(surely & ~to_and_fro)
    if count not in NEVER_FALL:  # only what had been gained is taken back; else some were deleted
        back_down &= _same(moments, high, high - 1)
    taken[high[back_down]] = True
    return Strange(taken, alone)


def _fell(moments: Moments, one: Ints, other: Ints, share: float) -> Bools:
    """Whether *other* lies below *one* by more than people plausibly take back, whatever rounding hides."""
    one, other = (np.clip(rows, 0, len(moments.code) - 1) for rows in (one, other))
    allowed = np.maximum(REMOVED_FEW, share * moments.lo[one])
    fell: Bools = moments.lo[one] - moments.hi[other] > allowed
    return fell


def _same(moments: Moments, rows: Ints, others: Ints) -> Bools:
    """Whether each of *others* is a row, of the same series as each of *rows*."""
    size = len(moments.code)
    there = (others >= 0) & (others < size)
    same: Bools = there.copy()
    same[there] = moments.code[others[there]] == moments.code[rows[there]]
    return same


def _without(moments: Moments, rows: Bools) -> Moments:
    """The moments but those *rows*. The last of a series is never strange, so each key keeps one."""
    kept = ~rows
    code = moments.code[kept]
    columns = {name: getattr(moments, name)[kept] for name in ("time", "lo", "hi", "lines")}
    return replace(moments, code=code, start=changes(code), **columns)
