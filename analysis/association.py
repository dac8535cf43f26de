"""Do followers, likes and posting go together? Pearson of log gains and Spearman, clusters and rounding included.

Each interval rests on 200 bootstrap replicates that draw creators whole, each with its own draw of every count within
its rounding bounds; false discoveries are controlled over the family of tests (Benjamini & Hochberg 1995).
An association in what one feed showed; nothing here says what causes what.
"""

from __future__ import annotations

import pandas as pd


def association_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by (creator, id): the first and last sighting that tell its likes and creator's followers.

    creator, id (str); days (Float64, between the two); likes_first_lo, likes_first_hi, likes_last_lo, likes_last_hi,
    followers_first_lo, followers_first_hi, followers_last_lo, followers_last_hi (Int64). Whole creators in.
    """
    raise NotImplementedError


def associations(rows: pd.DataFrame, posting: pd.DataFrame, creators: pd.DataFrame, *, seed: int = 1) -> pd.DataFrame:
    """The family of tests, six rows: three pairs by two methods.

    pair (str: "likes gain ~ follower gain", "posting ~ follower growth", "posting ~ likes"), method (str: "pearson of
    logs", "spearman"), estimate, low, high, level (Float64), p (Float64), p_adjusted (Float64, Benjamini-Hochberg),
    n (Int64, units used), of (Int64, units), clusters (Int64, creators), definition (str).
    rows: association_rows; posting: posting.posting_rows; creators: creators.creator_rows.
    """
    raise NotImplementedError


def pair_points(rows: pd.DataFrame, posting: pd.DataFrame, creators: pd.DataFrame, pair: str) -> pd.DataFrame:
    """The points behind one pair, at the middle of their bounds, for a plot: creator, id (str), x, y (Float64)."""
    raise NotImplementedError
