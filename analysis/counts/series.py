"""What is known of one count of one TikTok or creator over time: bounds, tightened by each other.

Frames here are sorted by (key, time) with a RangeIndex; key is the column `id` for a TikTok's counts, `creator` for a
creator's. All functions take whole entities and keep no global statistic, so they run per partition of the key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.arrays import Bools, Ints, as_times, changes, microseconds
from analysis.terms.definitions import COUNTS, NEVER_FALL, OF_CREATOR
from analysis.terms.errors import BadArgument, need_columns

UNBOUNDED = np.iinfo(np.int64).max
"""Stands for "no upper bound" where bounds are plain integers."""


@dataclass(frozen=True, slots=True)
class Moments:
    """A series as plain arrays, one element a moment. code: of the key, ascending; time: microseconds since 1970.

    start: True where a segment begins. hi: UNBOUNDED where nothing is known.
    """

    keys: pd.Index
    code: Ints
    time: Ints
    lo: Ints
    hi: Ints
    lines: Ints
    start: Bools


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where series were cut: row indices, one element a fall. It fell after `last` and not after `first`."""

    last: Ints
    first: Ints


def key_of(count: str) -> str:
    """Return the column that a series of *count* is keyed by: "id" or "creator".

    Raises:
        BadArgument: there is no such count.
    """
    if count not in COUNTS:
        raise BadArgument(
            expected=f"one of {', '.join(COUNTS)}", found=repr(count), where="count", next_step="name one of these"
        )
    return "creator" if count in OF_CREATOR else "id"


def tightened(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the series of *count*: one row a moment at which it was told.

    Columns out: <key> (str), scraped_at (datetime64[us, UTC]; for a creator's count user_scraped_at where told), lo, hi
    (Int64; hi NA: no upper bound), segment (Int64, from 0 per key), sightings (Int64: lines merged into the row).
    Lines of one key and moment are one row: the intersection of their bounds, or, where they disagree, their hull.
    Likes, shares, views and saves are tightened within a segment (they never fall there): lower bounds by a running
    maximum, upper by a reverse running minimum. The others stand as they are. Lines without the count say nothing.

    A series is cut where it cannot have risen all the way: at the first sighting whose upper bound lies below an
    earlier lower bound. Which of the wide sightings just before it belong to which side is not known (they fit both),
    so each of those stands alone, untightened. This assumes no more falls than the bounds prove.
    """
    moments, _ = raised(moments_of(bounded, count), count)
    return frame_of(moments, key_of(count))


def falls(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the falls that a count which should never fall shows: one row a cut; none for counts that may fall.

    Columns: <key> (str), start, end (datetime64[us, UTC]: it fell between these sightings), lost (Int64: at least so
    many), unplaced (Int64: sightings in between that may be before or after it; each is a segment of its own).
    """
    moments, cuts = raised(moments_of(bounded, count), count)
    return pd.DataFrame(
        {
            key_of(count): moments.keys[moments.code[cuts.first]].astype("str"),
            "start": as_times(moments.time[cuts.last]),
            "end": as_times(moments.time[cuts.first]),
            "lost": pd.array(moments.lo[cuts.last] - moments.hi[cuts.first], dtype="Int64"),
            "unplaced": pd.array(cuts.first - cuts.last - 1, dtype="Int64"),
        }
    )


def raised(moments: Moments, count: str) -> tuple[Moments, Cuts]:
    """Cut the series and tighten each segment, where *count* never falls; else as they are. Return the cuts too."""
    nothing = np.zeros(0, np.int64)
    if count not in NEVER_FALL or not len(moments.code):
        return moments, Cuts(nothing, nothing)
    start, cuts = _cut(moments)
    group = np.cumsum(start)
    lo = pd.Series(moments.lo).groupby(group, sort=False).cummax().to_numpy(np.int64)
    hi = pd.Series(moments.hi[::-1]).groupby(group[::-1], sort=False).cummin().to_numpy(np.int64)[::-1]
    return Moments(moments.keys, moments.code, moments.time, lo, hi.copy(), moments.lines, start), cuts


def moments_of(bounded: pd.DataFrame, count: str) -> Moments:
    """Sort what was told of *count*, and merge what was told at one moment."""
    need_columns(bounded, (key_of(count), "scraped_at", f"{count}_lo", f"{count}_hi"), "growth.tightened")
    when = bounded["scraped_at"]
    if count in OF_CREATOR and "user_scraped_at" in bounded:
        when = bounded["user_scraped_at"].fillna(when)
    key = bounded[key_of(count)]
    told = (bounded[f"{count}_lo"].notna() & key.notna() & when.notna()).to_numpy(bool)
    code, keys = pd.factorize(key[told], sort=True)
    time = microseconds(when[told])
    lo = bounded.loc[told, f"{count}_lo"].to_numpy(np.int64)
    hi = bounded.loc[told, f"{count}_hi"].fillna(UNBOUNDED).to_numpy(np.int64)
    order = np.lexsort((time, code))
    code, time, lo, hi = code[order].astype(np.int64), time[order], lo[order], hi[order]
    new = changes(code) | changes(time)
    every = Moments(pd.Index(keys), code, time, lo, hi, np.ones(len(code), np.int64), changes(code))
    return _merged(every, np.flatnonzero(new))


def _merged(every: Moments, firsts: Ints) -> Moments:
    """Merge the lines from each of *firsts* to the next."""
    code, time, lo, hi = every.code, every.time, every.lo, every.hi
    lines = np.diff(np.append(firsts, len(code)))
    if len(firsts) < len(code):
        inner_lo, inner_hi = np.maximum.reduceat(lo, firsts), np.minimum.reduceat(hi, firsts)
        agree = inner_lo <= inner_hi
        lo = np.where(agree, inner_lo, np.minimum.reduceat(lo, firsts))
        hi = np.where(agree, inner_hi, np.maximum.reduceat(hi, firsts))
        code, time = code[firsts], time[firsts]
    return Moments(every.keys, code, time, lo, hi, lines, changes(code))


def _cut(moments: Moments) -> tuple[Bools, Cuts]:
    """Cut every series where it cannot have risen all the way; return the segments' starts and the cuts."""
    start = moments.start.copy()
    first = _first_conflicts(moments, start)
    last = _last_above(moments, start, first)
    alone = np.zeros(len(start) + 1, np.int64)
    alone[last + 1] += 1
    alone[first] -= 1  # the rows between the two may be on either side; where there are none these two cancel
    return start | (np.cumsum(alone)[:-1] > 0), Cuts(last, first)


def _first_conflicts(moments: Moments, start: Bools) -> Ints:
    """Mark in *start* the row where each segment can go on no longer; return those rows. A round a further fall."""
    found: list[Ints] = []
    rows = np.arange(len(start))
    while len(rows):
        group: Ints = np.cumsum(start[rows])
        top = pd.Series(moments.lo[rows]).groupby(group, sort=False).cummax().to_numpy(np.int64)
        conflict: Bools = np.zeros(len(rows), bool)
        conflict[1:] = (moments.hi[rows[1:]] < top[:-1]) & ~start[rows[1:]]
        at = np.flatnonzero(conflict)
        at = at[changes(group[at])]  # the first of its segment: what follows it is judged anew
        first = rows[at]
        found.append(first)
        start[first] = True
        rows = _rest(rows, at, group)
    return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)


def _rest(rows: Ints, at: Ints, group: Ints) -> Ints:
    """The rows from each position *at* to the end of its segment."""
    if not len(at):
        return rows[:0]
    cut_at = np.full(int(group[-1]) + 1, len(rows))
    cut_at[group[at]] = at
    return rows[np.arange(len(rows)) >= cut_at[group]]


def _last_above(moments: Moments, start: Bools, first: Ints) -> Ints:
    """For each cut at *first*, the last row before it, of the segment it ends, that lies above it for certain."""
    if not len(first):
        return first
    begin = np.flatnonzero(start)
    ends = np.searchsorted(begin, first) - 1  # the segment before each cut
    limit = np.full(len(begin), UNBOUNDED)
    limit[ends] = moments.hi[first]
    above = moments.lo > limit[np.cumsum(start) - 1]
    return np.maximum.reduceat(np.where(above, np.arange(len(start)), -1), begin)[ends]


def frame_of(moments: Moments, key: str) -> pd.DataFrame:
    """The frame of `tightened`, of moments that `raised` gave."""
    group: Ints = np.cumsum(moments.start)
    begin = np.flatnonzero(changes(moments.code))
    segment: Ints = group - np.repeat(group[begin], np.diff(np.append(begin, len(group))))
    return pd.DataFrame(
        {
            key: moments.keys[moments.code].astype("str"),
            "scraped_at": as_times(moments.time),
            "lo": pd.array(moments.lo, dtype="Int64"),
            "hi": pd.arrays.IntegerArray(moments.hi.copy(), moments.hi == UNBOUNDED),
            "segment": pd.array(segment, dtype="Int64"),
            "sightings": pd.array(moments.lines, dtype="Int64"),
        }
    )
