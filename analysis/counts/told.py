"""When a creator's counts were told: one reply may be read at several sightings of a run, and tells once."""

from __future__ import annotations

import pandas as pd


def told(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    """One row each time *count* (user_followers, user_videos) was told, sorted by (creator, at), RangeIndex.

    creator (str), at (datetime64[us, UTC]: user_scraped_at, when the creator's counts were received, else scraped_at),
    run (str), value, lo, hi, step (Int64). Sightings without the count or the creator have no row.
    """
    names = {f"{count}": "value", f"{count}_lo": "lo", f"{count}_hi": "hi", f"{count}_step": "step"}
    has = bounded[bounded["creator"].notna() & bounded[count].notna()]
    rows = has[["creator", "run", *names]].rename(columns=names)
    rows.insert(1, "at", has["user_scraped_at"].fillna(has["scraped_at"]))
    rows = rows.drop_duplicates(["creator", "at", "value", "lo", "hi"])
    return rows.sort_values(["creator", "at"], kind="stable", ignore_index=True)


def first_and_last(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """The first and last row of each creator in `told` rows, indexed by creator.

    <name>_first, <name>_last with _lo, _hi (Int64) and _at (datetime64[us, UTC]), <name>_days (Float64, between them).
    """
    groups = rows.groupby("creator", sort=True)[["at", "value", "lo", "hi"]]
    columns = {}
    for end, frame in (("first", groups.nth(0)), ("last", groups.nth(-1))):
        frame.index = pd.Index(rows.loc[frame.index, "creator"], name="creator", dtype="str")
        for column, suffix in (("value", ""), ("lo", "_lo"), ("hi", "_hi"), ("at", "_at")):
            columns[f"{name}_{end}{suffix}"] = frame[column]
    both = pd.DataFrame(columns)
    both[f"{name}_days"] = days_between(both[f"{name}_first_at"], both[f"{name}_last_at"])
    return both


def days_between(earlier: pd.Series, later: pd.Series) -> pd.Series:
    """Days from one time to the other, row by row (Float64)."""
    return (later - earlier).dt.total_seconds().astype("Float64") / 86_400
