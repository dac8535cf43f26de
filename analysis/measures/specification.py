"""Would other definitions of "viral" find the same TikToks? All 60, drawn, not chosen (Simonsohn et al. 2020)."""

from __future__ import annotations

from itertools import product

import pandas as pd

from analysis.counts import growth
from analysis.measures.ads import is_ad
from analysis.statistics.thresholds import Cut
from analysis.terms.definitions import SPECIFICATION_COUNTS, SPECIFICATION_LEVELS, SPECIFICATION_WINDOWS_H
from analysis.terms.errors import need_columns

_CELL = {
    "count": "str",
    "window_h": "Int64",
    "level": "Float64",
    "n": "Int64",
    "of": "Int64",
    "threshold": "Float64",
    "viral": "Int64",
    "compared": "Int64",
    "headline": "Int64",
    "both": "Int64",
    "overlap": "Float64",
    "also_headline": "Float64",
}


def specification_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by id: id (str), ad (boolean: ever), and 20 columns `<count>_<window>h` (Float64).

    Each is the most that the count is guaranteed to have gained within any such window (`growth.best_gain`): 0 where
    nothing is sure, NA where the count was not told twice. Counts: likes, views, shares, comments, saves; windows: 6,
    24, 72, 168 hours.
    """
    need_columns(bounded, ["id", "ad", "scraped_at"], "specification_rows")
    rows = bounded.groupby("id", sort=True)[["ad"]].max().astype("boolean")
    for count in SPECIFICATION_COUNTS:
        tight = growth.settled(bounded, count)
        for hours in SPECIFICATION_WINDOWS_H:
            gain = growth.best_gain(tight, count, float(hours)).set_index("id")["gain"]
            rows[_column(count, hours)] = gain.reindex(rows.index).astype("Float64").clip(lower=0)
    return rows.reset_index().astype({"id": "str"})


def specification(rows: pd.DataFrame, verdict_rows: pd.DataFrame) -> pd.DataFrame:
    """The 60 cells, from `specification_rows` and `virality.ranked(...).rows`; ads out.

    Always 60 rows, ordered by count, window, level: count (str), window_h (Int64), level (Float64), n (Int64: TikToks
    with a gain to rank), of (Int64: TikToks that are no ads), threshold (Float64, gain), viral (Int64: gain above 0
    and at or above the threshold); then, among the `compared` (Int64) that the headline ranked too: headline (Int64:
    viral by the headline), both (Int64: by this cell too), overlap (Float64: Jaccard of the two sets), also_headline
    (Float64: both / those viral by this cell). NA, not 0, where fewer than 100 could be ranked or there is nothing to
    divide by.
    """
    organic = rows[~is_ad(rows)].set_index("id")
    headline = verdict_rows.set_index("id")["viral_for_age"].reindex(organic.index)
    cells = [
        _cell(organic[_column(count, hours)], headline, level) | {"count": count, "window_h": hours}
        for count, hours, level in product(SPECIFICATION_COUNTS, SPECIFICATION_WINDOWS_H, SPECIFICATION_LEVELS)
    ]
    return pd.DataFrame(cells)[list(_CELL)].astype(_CELL)


def _cell(gain: pd.Series, headline: pd.Series, level: float) -> dict[str, object]:
    cut = Cut.of(gain, level)
    cell: dict[str, object] = {"level": level, "n": cut.n, "of": len(gain), "threshold": cut.threshold}
    viral = cut.passed(gain, above=0)
    compared = viral.notna() & headline.notna()
    mine, theirs = viral[compared].astype(bool), headline[compared].astype(bool)
    either, both = int((mine | theirs).sum()), int((mine & theirs).sum())
    if viral.notna().any():
        cell["viral"] = int(viral.sum())
    if compared.any():
        cell |= {"compared": len(mine), "headline": int(theirs.sum()), "both": both}
        cell["overlap"] = both / either if either else None
        cell["also_headline"] = both / int(mine.sum()) if mine.any() else None
    return dict.fromkeys(_CELL, pd.NA) | {name: value for name, value in cell.items() if value is not None}


def _column(count: str, hours: int) -> str:
    return f"{count}_{hours}h"
