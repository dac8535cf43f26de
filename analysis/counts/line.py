"""A series' frame as plain arrays, and what was gained from row to row: what growth and windows are computed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.counts.series import UNBOUNDED, key_of
from analysis.statistics.arrays import Ints, changes, microseconds
from analysis.terms.definitions import NEVER_FALL

HOUR = 3_600_000_000
"""Microseconds."""


@dataclass(frozen=True, slots=True)
class Line:
    """A series' frame as plain arrays, one element a row. code: of the key, ascending; segment: over all keys.

    held_lo, held_hi: what the sightings beside it leave of lo and hi, where the frame tells (`strange.settled`).
    """

    keys: pd.Index
    code: Ints
    time: Ints
    lo: Ints
    hi: Ints
    segment: Ints
    held_lo: Ints
    held_hi: Ints

    @classmethod
    def of(cls, tight: pd.DataFrame, count: str) -> Line:
        code, keys = pd.factorize(tight[key_of(count)])
        new = changes(code) | changes(tight["segment"].to_numpy(np.int64))
        lo, hi = tight["lo"].to_numpy(np.int64), tight["hi"].fillna(UNBOUNDED).to_numpy(np.int64)
        held = "held_lo" in tight
        return cls(
            keys=pd.Index(keys),
            code=code.astype(np.int64),
            time=microseconds(tight["scraped_at"]),
            lo=lo,
            hi=hi,
            segment=np.cumsum(new, dtype=np.int64),
            held_lo=tight["held_lo"].to_numpy(np.int64) if held else lo,
            held_hi=tight["held_hi"].to_numpy(np.int64) if held else hi,
        )

    def surely(self, before: Ints, after: Ints, count: str) -> Ints:
        """The least gain from rows *before* to rows *after*, whose upper bounds are known.

        Of a gain that the sightings beside it do not leave, nothing is sure; 0 at least for counts that never fall.
        """
        least = self.lo[after] - self.hi[before]
        held = self.held_lo[after] - self.held_hi[before]
        least = np.where(least > 0, np.maximum(held, 0), least)
        return np.maximum(least, 0) if count in NEVER_FALL else least

    def gain(self, before: Ints, after: Ints, count: str) -> tuple[pd.arrays.IntegerArray, pd.arrays.IntegerArray]:
        """Return the bounds of the gain from rows *before* to rows *after* (Int64; NA: unbounded on that side)."""
        most = np.where(self.hi[after] == UNBOUNDED, 0, self.hi[after]) - self.lo[before]
        unknown = self.hi[before] == UNBOUNDED
        least = np.where(unknown, 0, self.surely(before, after, count))
        if count in NEVER_FALL:
            unknown = np.zeros(len(before), bool)
        return pd.arrays.IntegerArray(least, unknown), pd.arrays.IntegerArray(most, self.hi[after] == UNBOUNDED)

    def rows(self, keys: pd.Series, times: Ints) -> tuple[Ints, Ints]:
        """Return the row of each key at or just before, and at or just after each time; -1 where there is none."""
        asked = self.keys.get_indexer(pd.Index(keys)).astype(np.int64)
        own = np.arange(len(self.code) + len(times)) < len(self.code)
        code, time = np.concatenate([self.code, asked]), np.concatenate([self.time, times])
        order = np.lexsort((~own, time, code))  # merges two lists that are mostly sorted already
        passed = np.empty(len(order), np.int64)
        passed[order] = np.cumsum(own[order])
        before = passed[len(self.code) :] - 1
        same = (before >= 0) & (code[before] == asked)
        after = np.where(same & (time[before] == times), before, before + 1)
        return np.where(same, before, -1), np.where(np.append(self.code, -2)[after] == asked, after, -1)

    def nearest(self, keys: pd.Series, times: Ints, slack_hours: float) -> Ints:
        """Return the row of each key nearest to each time, the earlier of two as near; -1: none within the slack."""
        before, after = self.rows(keys, times)
        far = np.iinfo(np.int64).max
        time = np.append(self.time, 0)  # row -1 of no rows at all
        to_before = np.where(before >= 0, times - time[before], far)
        to_after = np.where(after >= 0, time[after] - times, far)
        row = np.where(to_before <= to_after, before, after)
        return np.where(np.minimum(to_before, to_after) <= slack_hours * HOUR, row, -1)
