"""What a count gained between sightings: bounds that are certain, and what they rest on (DESIGN section 8).

A *series* is what is known of one count of one TikTok or creator over time. Every frame here is sorted by (key, time),
where key is the column `id` for a TikTok's counts and `creator` for a creator's, and has a RangeIndex.
All functions take whole entities and keep no global statistic, so they run per partition of the key.
"""

from __future__ import annotations

import pandas as pd


def key_of(count: str) -> str:
    """Return the column that a series of *count* is keyed by: "id" or "creator"."""
    raise NotImplementedError


def tightened(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the series of *count*: one row a moment at which it was told.

    Columns out: <key> (str), scraped_at (datetime64[us, UTC]; for a creator's count user_scraped_at where told),
    lo, hi (Int64; hi NA: no upper bound), segment (Int64, from 0 per key), sightings (Int64: lines merged into the row).
    Lines of one key and moment are one row: the intersection of their bounds, or, where they disagree, their hull.
    Likes, shares, views and saves are tightened within a segment (they never fall there); the others stand as they are.
    """
    raise NotImplementedError


def falls(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the falls that a count which should never fall shows: one row a cut.

    Columns: <key> (str), start, end (datetime64[us, UTC]: it fell between these sightings), lost (Int64: at least so many),
    unplaced (Int64: sightings in between that may be before or after it; each is a segment of its own).
    """
    raise NotImplementedError


def gains(tight: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the gain between each two consecutive rows of a segment.

    Columns: <key> (str), start, end (datetime64[us, UTC]), hours (Float64), lo, hi (Int64: bounds of the gain; lo is 0
    or more for counts that never fall; NA: unbounded on that side), point (Float64: taut string).
    """
    raise NotImplementedError


def best_gain(tight: pd.DataFrame, count: str, hours: float) -> pd.DataFrame:
    """Return each key's greatest guaranteed gain in one window of *hours*: one row a key, also where nothing is sure.

    Columns: <key> (str), gain (Float64: the most it is certain to have gained in some window of that length; NA with fewer
    than two comparable sightings), start, end (datetime64[us, UTC]: the pair of sightings that shows it), windows (Int64:
    windows that the pair spans; the gain is the pair's lower bound divided by it), moments (Int64: rows of the series).
    """
    raise NotImplementedError


def gain_between(tight: pd.DataFrame, count: str, windows: pd.DataFrame, slack_hours: float) -> pd.DataFrame:
    """Return the gain of a key over each asked window, from the sightings nearest to its ends.

    windows: columns <key>, start, end (datetime64[us, UTC]); a key may be asked for more than once.
    Out, aligned with *windows* (its index and order): from, to (datetime64[us, UTC]: the sightings used, each within
    slack_hours of the end asked for), hours (Float64), lo, hi (Int64), point (Float64). All NA where there is no sighting
    that near, where both ends find the same one, or where a fall lies between.
    """
    raise NotImplementedError


def value_at(tight: pd.DataFrame, times: pd.DataFrame) -> pd.DataFrame:
    """Return what a series says of moments between its rows.

    times: columns <key>, at (datetime64[us, UTC]). Out, aligned with *times*: before, after (datetime64[us, UTC]: the
    sightings on both sides, either may be *at* itself; NA outside the series), lo, hi (Int64: certain where the count never
    falls and both sides lie in one segment), point (Float64: taut string, NA outside).
    """
    raise NotImplementedError
