"""How far a rank may move when the numbers behind it are known only within bounds.

A row whose interval overlaps others' may stand before or after them. Its best possible rank counts only rows that are
surely above it, its worst possible rank all rows that are not surely below it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd


def rank_bounds(lo: pd.Series, hi: pd.Series) -> pd.DataFrame:
    """Best and worst possible rank of each row, 1 being the highest value, given the bounds of its value.

    *lo*, *hi*: numbers, one a row, lo <= hi; a missing *hi* with a *lo* told means "no upper bound".
    Returns, on the index of *lo*: `rank_best` Int64 (1 + rows with lo above this hi), `rank_worst` Int64 (rows whose hi
    is at or above this lo, itself among them); both NA where *lo* is missing, and such rows move no other rank.
    O(n log n). Equal exact values share both ranks: three rows of one value have best 1, worst 3.
    """
    told = lo.notna().to_numpy()
    low = lo.to_numpy(dtype=float, na_value=np.nan)[told]
    high = hi.to_numpy(dtype=float, na_value=np.inf)[told]
    best = 1 + told.sum() - np.searchsorted(np.sort(low), high, side="right")
    worst = told.sum() - np.searchsorted(np.sort(high), low, side="left")
    ranks = pd.DataFrame({"rank_best": pd.NA, "rank_worst": pd.NA}, index=lo.index, dtype="Int64")
    ranks.loc[told, "rank_best"] = best
    ranks.loc[told, "rank_worst"] = worst
    return ranks
