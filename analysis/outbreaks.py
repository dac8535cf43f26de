"""The most that a count is guaranteed to have grown within a window of time, over all pairs of its sightings.

Two sightings i < j prove a gain of at least lo_j - hi_i. If they are no further apart than the window, it happened
within one; if ceil(days apart / window) = k windows cover the time between, at least a k-th of it happened within one
of them (pigeonhole).
"""

from __future__ import annotations

import pandas as pd


def most_gained(series: pd.DataFrame, window: str, *, pigeonhole: bool) -> pd.DataFrame:
    """Most that each key is guaranteed to have gained within *window*.

    *series*: key (any, no NA), segment (Int64; pairs never straddle two), at (datetime64[us, UTC]), lo, hi (Int64),
    sorted by key, segment, at. Rows without lo or hi are passed over. *pigeonhole*: also pairs further apart than the
    window, their gain divided by the windows between them; without it only pairs within one window count.

    Returns one row a key, sorted by key, RangeIndex: key; pairs (boolean: it has a pair that could tell);
    most (Float64, counts per window; 0 where nothing is guaranteed, NA without a pair); began, ended (datetime64[us, UTC]:
    the pair that proves it, NA where most is 0 or NA). Of equal pairs the one over the fewest windows is told, of those
    the one that ends first, of those the one that begins last.
    """
    raise NotImplementedError
