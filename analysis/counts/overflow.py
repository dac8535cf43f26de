"""A creator's likes over time, unwrapped: the field is a signed 32-bit number that wraps (site.md 7.4).

One sighting tells the total modulo 2^32, or rounded, or exactly. A creator's sightings together tell more, on one
assumption: between two of them the total changes by less than 2^31. Then the number of wraps between any two is known,
so the gain is exact even where the total is not; and one sighting that tells the total outright tells it of all.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counts.bounds import display_step
from analysis.counts.series import tightened
from analysis.statistics.arrays import Bools, Ints, as_times, changes, microseconds
from analysis.terms.definitions import EXACT_BELOW, INT32_TOP, WRAP
from analysis.terms.errors import need_columns

MODULO, ROUNDED, EXACT, TOLD = "modulo", "rounded", "exact", "told"


def unwrapped(bounded: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of user_likes, unwrapped over each creator's history, sorted by (creator, time), RangeIndex.

    Columns: creator (str), scraped_at (datetime64[us, UTC]; user_scraped_at where told), kind (str), sent (Int64: the
    32-bit number; NA where the total was rounded), wraps (Int64: 2^32 that were lost, at least), lo, hi (Int64: of the
    total; hi NA where nothing bounds it), known (boolean: the number of wraps is certain, on the assumption above),
    cumulative (Int64: exact gain since the creator's first sighting that isn't rounded; NA for rounded ones).
    kind: "exact", "rounded": a total that no 32-bit wrap can have made; "modulo": certainly wrapped;
    "told": a number that looks like a total, and is one unless another sighting of the creator says that it wrapped.
    Equal numbers of one creator and moment are one row.
    """
    rows = _rows(bounded)
    told = rows["told"].to_numpy(np.int64)
    new = changes(rows["code"].to_numpy(np.int64))
    kind = rows["kind"].to_numpy(object)
    offset = _offsets(told, new)
    added, known = _constants(rows, offset, new)
    shift = (offset + added) * WRAP
    lo, hi = rows["lo"].to_numpy(np.int64) + shift, rows["top"].to_numpy(np.int64) + shift
    wraps = (lo + INT32_TOP + 1) // WRAP
    fixed = lo == hi
    ever = _any_in_group(wraps > 0, new)  # without any sign of a wrap a number is what it says
    return pd.DataFrame(
        {
            "creator": rows["creator"],
            "scraped_at": as_times(rows["time"].to_numpy(np.int64)),
            "kind": pd.array(kind, dtype="str"),
            "sent": pd.arrays.IntegerArray(lo - wraps * WRAP, ~fixed),
            "wraps": pd.array(wraps, dtype="Int64"),
            "lo": pd.array(lo, dtype="Int64"),
            "hi": pd.arrays.IntegerArray(hi, ever & ~known),
            "known": pd.array(known | ~ever, dtype="boolean"),
            "cumulative": _cumulative(lo, fixed, new),
        }
    )


def overflowed(bounded: pd.DataFrame) -> pd.DataFrame:
    """Return the creators whose likes have wrapped: one row a creator, sorted.

    Columns: creator (str), sightings (Int64), wraps (Int64: 2^32 lost at the latest sighting, at least), lo, hi (Int64;
    hi NA: unbounded; of the latest total), known (boolean), silent (Int64: sightings whose number looked like a
    plausible total and had wrapped), first, last (datetime64[us, UTC]), gained (Int64: between the first and the last
    sighting that isn't rounded, exactly).
    """
    rows = unwrapped(bounded)
    ever = rows.loc[rows["wraps"] > 0, "creator"].unique()
    rows = rows[rows["creator"].isin(ever)]
    silent = ((rows["wraps"] > 0) & rows["sent"].ge(0).fillna(False)).astype("Int64")
    groups = rows.assign(silent=silent).groupby("creator", sort=True)
    last = rows.drop_duplicates("creator", keep="last").set_index("creator")
    return pd.DataFrame(
        {
            "sightings": groups.size().astype("Int64"),
            "wraps": last["wraps"],
            "lo": last["lo"],
            "hi": last["hi"],
            "known": last["known"],
            "silent": groups["silent"].sum(),
            "first": groups["scraped_at"].min(),
            "last": groups["scraped_at"].max(),
            "gained": groups["cumulative"].last(),
        }
    ).reset_index()


def history(bounded: pd.DataFrame) -> pd.DataFrame:
    """Return the unwrapped totals as a `growth.tightened` frame of user_likes, for `growth.gains` and its like.

    Where the number of wraps isn't known, lo and hi are of the least total; differences between rows hold all the same.
    """
    rows = unwrapped(bounded)
    top = rows["hi"].fillna(rows["lo"].where(rows["sent"].notna()))
    return tightened(rows.assign(user_likes_lo=rows["lo"], user_likes_hi=top), "user_likes")


def _rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """What each sighting tells of its creator's likes: code, time, told (a number in its place), lo, top, kind."""
    need_columns(
        bounded, ("creator", "scraped_at", "user_likes", "user_likes_lo", "user_likes_hi"), "overflow.unwrapped"
    )
    names = ["creator", "scraped_at", "user_scraped_at", "user_likes", "user_likes_lo", "user_likes_hi"]
    names += ["user_likes_step", "user_likes_repair", "user_source", "user_followers", "user_followers_step"]
    frame = bounded.reindex(columns=names)
    frame = frame[frame["creator"].notna() & frame["user_likes"].notna()]
    when = frame["scraped_at"]
    if "user_scraped_at" in bounded:
        when = frame["user_scraped_at"].fillna(when)
    code, _ = pd.factorize(frame["creator"], sort=True)
    lo = frame["user_likes_lo"].to_numpy(np.int64)
    rows = pd.DataFrame(
        {
            "creator": frame["creator"].astype("str"),
            "code": code,
            "time": microseconds(when),
            "told": frame["user_likes"].to_numpy(np.int64),
            "lo": lo,
            "top": np.where(frame["user_likes_hi"].isna(), lo, frame["user_likes_hi"].fillna(0).to_numpy(np.int64)),
            "kind": _kinds(frame),
        }
    )
    rows = rows.drop_duplicates(["code", "time", "told", "lo", "top", "kind"])
    return rows.sort_values(["code", "time", "told"], kind="stable", ignore_index=True)


def _kinds(frame: pd.DataFrame) -> npt.NDArray[np.object_]:
    """Tell totals from numbers that have wrapped, as far as one sighting shows (site.md 7.1, 7.4).

    A total that a 32-bit field cannot hold did not come from one; below 2^32 the card may have added 2^32 to it.
    `stats` round what they don't wrap, so a likes number finer than the grid beside rounded followers has wrapped;
    beside followers that are themselves finer it's statsV2's, which never wraps.
    """
    value = frame["user_likes"].to_numpy(np.int64)
    step = frame["user_likes_step"].fillna(1).to_numpy(np.int64)
    followers = frame["user_followers"].fillna(0).to_numpy(np.int64)
    rounded = frame["user_followers_step"].fillna(1).to_numpy(np.int64) > 1
    repair, source = frame["user_likes_repair"].astype("str"), frame["user_source"].astype("str")
    page = source.isin(["item", "detail"]).to_numpy(bool)
    fine = (step == 1) & (value >= EXACT_BELOW) & (value % display_step(value) != 0)
    fine_followers = page & (followers % display_step(followers) != 0)
    beyond = (value >= WRAP) | ((value > INT32_TOP) & page)
    exact = (repair == "evidence").to_numpy(bool) | ((step == 1) & (beyond | fine_followers))
    return np.select(
        [(repair == "minimum").to_numpy(bool), exact, (step > 1) & (beyond | page), fine & rounded & page],
        [MODULO, EXACT, ROUNDED, MODULO],
        TOLD,
    ).astype(object)


def _offsets(told: Ints, new: Bools) -> Ints:
    """Wraps to add to each number so that none differs by 2^31 or more from the one before it; 0 at the first."""
    step = np.zeros(len(told), np.int64)
    step[1:] = -((told[1:] - told[:-1] + INT32_TOP + 1) // WRAP)
    step[new] = 0
    total = np.cumsum(step)
    return total - _spread(total, new)


def _constants(rows: pd.DataFrame, offset: Ints, new: Bools) -> tuple[Ints, Bools]:
    """Wraps to add to a creator's numbers beyond *offset*, and whether that is certain.

    A total told outright says it of every sighting up to the next one that does; without any it's the fewest that fit.
    A rounded number that a 32-bit field can hold counts only where nothing speaks against it: one in 100,000 wrapped
    ones lies on the grid by chance.
    """
    if not len(rows):
        return offset, np.zeros(0, bool)
    kind = rows["kind"].to_numpy(object)
    code = rows["code"]
    least = _fewest(rows, offset, new)
    rounded = kind == ROUNDED
    sure = (kind == EXACT) | (rounded & (rows["told"].to_numpy(np.int64) > INT32_TOP))
    says = sure | (rounded & ~_any_in_group(sure, new) & (-offset >= least))
    said = pd.Series(np.where(says, -offset, np.nan))
    before, after = said.groupby(code).ffill(), said.groupby(code).bfill()
    agree = (before == after) | before.isna() | after.isna()
    chosen = before.fillna(after).where(agree, np.fmin(before, after)).fillna(pd.Series(least))
    return chosen.to_numpy(np.int64), (agree & (before.notna() | after.notna())).to_numpy(bool)


def _fewest(rows: pd.DataFrame, offset: Ints, new: Bools) -> Ints:
    """The fewest wraps that leave none of a creator's totals below nought, and a wrapped one no less than one wrap."""
    told = rows["told"].to_numpy(np.int64)
    own = (told + INT32_TOP + 1) // WRAP  # wraps that the number holds already
    wrapped = rows["kind"].to_numpy(object) == MODULO
    need = np.where(wrapped, 1, 0) - own - offset
    begin = np.flatnonzero(new)
    most = np.maximum(np.maximum.reduceat(need, begin), np.maximum.reduceat(-offset, begin))
    return np.repeat(np.maximum(most, 0), np.diff(np.append(begin, len(told))))


def _cumulative(total: Ints, fixed: Bools, new: Bools) -> pd.arrays.IntegerArray:
    """Gain since the first exact row of each creator; NA for rows that are rounded."""
    if not len(total):
        return pd.arrays.IntegerArray(total, fixed)
    begin = np.flatnonzero(new)
    first = np.minimum.reduceat(np.where(fixed, np.arange(len(total)), len(total) - 1), begin)
    base = np.repeat(total[first], np.diff(np.append(begin, len(total))))
    return pd.arrays.IntegerArray(total - base, ~fixed)


def _spread(values: Ints, new: Bools) -> Ints:
    """Each group's first value at all its rows."""
    begin = np.flatnonzero(new)
    return np.repeat(values[begin], np.diff(np.append(begin, len(values))))


def _any_in_group(flags: Bools, new: Bools) -> Bools:
    begin = np.flatnonzero(new)
    if not len(begin):
        return flags
    return np.repeat(np.logical_or.reduceat(flags, begin), np.diff(np.append(begin, len(flags))))
