"""Likes to comments, likes to followers: constant per creator? how are they spread? (`slopes`: as a video grows.)"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.together.slopes import Slope, comments_slope
from analysis.statistics.answer import RATIO, SHARE
from analysis.statistics.icc import intraclass
from analysis.statistics.intervals import Estimate, estimates_frame, quantile_estimate
from analysis.terms.definitions import INTERVAL, RATIO_COMMENTS_AT_LEAST, RATIO_PERCENTILES

__all__ = ["Slope", "comments_slope", "likes_to_comments_icc", "likes_to_followers_percentiles", "ratio_rows"]

ICC = (
    "share of the variance of log(likes / comments) that lies between creators (intraclass correlation), one row a "
    f"TikTok at its last sighting with comments >= {RATIO_COMMENTS_AT_LEAST}, ads out; the wider of Wald's exact "
    "interval and the jackknife's over creators. 1: constant per creator, 0: creators do not differ"
)


def ratio_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by (creator, id), RangeIndex, at the last sighting that tells its likes.

    creator, id (str); ad (boolean); likes, comments, followers (Int64, as told at that sighting); likes_per_comment
    (Float64, NA at 0 comments); comments_per_like (Float64, NA at 0 likes); likes_per_follower (Float64, NA at 0
    followers), likes_per_follower_lo, likes_per_follower_hi (Float64: what the rounding of both leaves open).
    """
    has = bounded[bounded["creator"].notna() & bounded["id"].notna() & bounded["likes"].notna()]
    rows = has.drop_duplicates(["creator", "id"], keep="last").sort_values(["creator", "id"], ignore_index=True)
    ends = {
        end: (rows[f"likes{end}"], rows[f"user_followers{other}"]) for end, other in (("_lo", "_hi"), ("_hi", "_lo"))
    }
    rows = rows[["creator", "id", "ad", "likes", "comments", "user_followers"]]
    rows = rows.rename(columns={"user_followers": "followers"})
    rows["ad"] = rows["ad"].fillna(False)
    for over, under in (("likes", "comments"), ("comments", "likes"), ("likes", "followers")):
        rows[f"{over}_per_{under.removesuffix('s')}"] = quotient(rows[over], rows[under])
    for end, (likes, followers) in ends.items():
        rows[f"likes_per_follower{end}"] = quotient(likes, followers)
    return rows


def quotient(over: pd.Series, under: pd.Series) -> pd.Series:
    """One count over another (Float64); NA where either is, and where the lower one is 0."""
    below = under.astype("Float64")
    return over.astype("Float64") / below.mask(below == 0)


def likes_to_comments_icc(rows: pd.DataFrame) -> Estimate:
    """Is the ratio of likes to comments constant per creator? The intraclass correlation over `ratio_rows`.

    n counts the TikToks used; not answerable with one creator, or where none has two TikToks.
    """
    use = rows[(rows["comments"] >= RATIO_COMMENTS_AT_LEAST).fillna(False) & (rows["likes"] > 0) & ~rows["ad"]]
    values = np.log(use["likes_per_comment"].to_numpy(dtype=float))
    code = pd.factorize(use["creator"], sort=True)[0]
    sizes = np.bincount(code).astype(float)
    means = np.bincount(code, values) / sizes
    squares = np.bincount(code, (values - means[code]) ** 2).astype(np.float64)
    estimate, low, high = (float(end) for end in intraclass(sizes, means, squares, INTERVAL))
    found = Estimate(estimate, low, high, INTERVAL, len(use), len(rows), ICC)
    return found.judged(SHARE, "TikToks") if found.answerable else found


def likes_to_followers_percentiles(rows: pd.DataFrame, creators: pd.DataFrame) -> pd.DataFrame:
    """`estimates_frame` rows: percentiles with intervals by order statistics, ads out.

    Names "tiktok p5", "tiktok p50", "tiktok p95" (a TikTok's likes over its creator's followers) and "creator p5",
    "creator p50", "creator p95" (all likes of a creator over its followers). rows: `ratio_rows`; creators:
    `creators.creator_rows`.
    """
    estimates = {}
    for name, units, frame, what in (
        ("tiktok", "TikToks", rows, "a TikTok's likes over its creator's followers, at its last sighting"),
        ("creator", "creators", creators, "a creator's likes, unwrapped, over its followers, as last told"),
    ):
        values = frame.loc[~frame["ad"], "likes_per_follower"].dropna().to_numpy(dtype=float)
        for percent in RATIO_PERCENTILES:
            definition = f"{percent}th percentile of {what}; ads out; interval by order statistics"
            estimates[f"{name} p{percent}"] = quantile_estimate(
                values, percent / 100, of=len(frame), definition=definition, scale=RATIO, units=units
            )
    return estimates_frame(estimates)


def likes_to_comments_percentiles(rows: pd.DataFrame) -> pd.DataFrame:
    """`estimates_frame` rows "tiktok p5", "tiktok p50", "tiktok p95": likes per comment over `ratio_rows`, ads out."""
    values = rows.loc[~rows["ad"], "likes_per_comment"].dropna().to_numpy(dtype=float)
    what = "a TikTok's likes over its comments, at its last sighting; ads out; interval by order statistics"
    return estimates_frame(
        {
            f"tiktok p{percent}": quantile_estimate(
                values,
                percent / 100,
                of=len(rows),
                definition=f"{percent}th percentile of {what}",
                scale=RATIO,
                units="TikToks",
            )
            for percent in RATIO_PERCENTILES
        }
    )
