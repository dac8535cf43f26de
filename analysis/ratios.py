"""Likes to comments, likes to followers: constant per creator? constant as a video grows? how are they spread?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.intervals import Estimate


@dataclass(frozen=True, slots=True)
class Slope:
    """Comments as a video grows: the slope of log comments on log likes; 1 means a constant ratio."""

    mixed: Estimate
    """statsmodels MixedLM, random creator and TikTok; not answerable where it did not converge."""
    within: Estimate
    """The same within TikToks only (fixed effects), interval by clusters of creators: needs no convergence."""
    converged: bool
    messages: tuple[str, ...]
    """What statsmodels warned of, verbatim."""


def ratio_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by (creator, id), at the last sighting that tells likes.

    creator, id (str); likes, comments, followers (Int64, as told at that sighting); likes_per_comment (Float64, NA at 0
    comments); comments_per_like (Float64, NA at 0 likes); likes_per_follower (Float64, NA at 0 followers).
    """
    raise NotImplementedError


def likes_to_comments_icc(rows: pd.DataFrame) -> Estimate:
    """The share of the variance of log(likes / comments) that lies between creators, one row a TikTok, comments >= 20."""
    raise NotImplementedError


def comments_slope(bounded: pd.DataFrame) -> Slope:
    """log comments on log likes over the sightings of TikToks seen twice or more with comments >= 20."""
    raise NotImplementedError


def likes_to_followers_percentiles(rows: pd.DataFrame, creators: pd.DataFrame) -> pd.DataFrame:
    """`estimates_frame` rows, intervals by order statistics.

    Names "tiktok p5", "tiktok p50", "tiktok p95" (a TikTok's likes / its creator's followers) and "creator p5", ...
    (user_likes / user_followers).
    """
    raise NotImplementedError
