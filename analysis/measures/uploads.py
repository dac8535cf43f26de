"""When TikToks were uploaded: hour and weekday, in UTC, because creators' zones are not told."""

from __future__ import annotations

import math

import pandas as pd
from scipy.stats import chisquare

from analysis.measures.ads import is_ad
from analysis.statistics.intervals import share_interval
from analysis.terms.definitions import INTERVAL
from analysis.terms.errors import need_columns

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHARES = {
    "tiktoks": "Int64",
    "share": "Float64",
    "share_lo": "Float64",
    "share_hi": "Float64",
    "likes_median": "Float64",
}


def upload_hours(rows: pd.DataFrame) -> pd.DataFrame:
    """Upload hour of TikToks (`virality.tiktok_rows`, ads out), in UTC: 24 rows.

    hour (Int64, UTC), tiktoks (Int64), share, share_lo, share_hi (Float64; Wilson's interval, which holds for all 24
    at once by Bonferroni's correction, as the greatest is looked for among them; NA without TikToks), likes_median
    (Float64: of likes last told; NA where none were). Of the TikToks that the feed chose to show.
    """
    uploaded = _uploaded(rows)
    return (
        _shares(uploaded, uploaded["created_at"].dt.hour, 24)
        .rename_axis("hour")
        .reset_index()
        .astype({"hour": "Int64"})
    )


def upload_weekdays(rows: pd.DataFrame) -> pd.DataFrame:
    """Upload weekday of TikToks, as `upload_hours`, in UTC: 7 rows from Monday.

    weekday (str, English), number (Int64, 0 is Monday), tiktoks, share, share_lo, share_hi, likes_median.
    """
    uploaded = _uploaded(rows)
    days = _shares(uploaded, uploaded["created_at"].dt.day_of_week, 7).rename_axis("number").reset_index()
    days.insert(0, "weekday", pd.Series(WEEKDAYS, dtype="str"))
    return days.astype({"number": "Int64"})


def evenness(rows: pd.DataFrame) -> float:
    """The p value of Pearson's chi-squared test that all *rows* of `upload_hours` or `upload_weekdays` are alike.

    nan without TikToks.
    """
    count = rows["tiktoks"].to_numpy(dtype=float)
    return float(chisquare(count).pvalue) if count.sum() else math.nan


def _uploaded(rows: pd.DataFrame) -> pd.DataFrame:
    need_columns(rows, ["created_at", "ad", "likes_last"], "uploads")
    return rows[rows["created_at"].notna() & ~is_ad(rows)]


def _shares(uploaded: pd.DataFrame, bins: pd.Series, how_many: int) -> pd.DataFrame:
    every = pd.RangeIndex(how_many)
    count = bins.value_counts().reindex(every, fill_value=0)
    frame = pd.DataFrame({"tiktoks": count}, index=every)
    frame[["share", "share_lo", "share_hi"]] = pd.NA
    if len(uploaded):
        low, high = share_interval(count.to_numpy(), len(uploaded), 1 - (1 - INTERVAL) / how_many)
        frame["share"], frame["share_lo"], frame["share_hi"] = count / len(uploaded), low, high
    frame["likes_median"] = uploaded["likes_last"].astype("Float64").groupby(bins).median().reindex(every)
    return frame.astype(_SHARES)
