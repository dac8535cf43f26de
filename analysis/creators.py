"""Creators: followers gained for sure, most followed, most prolific, likes per follower, and who went viral."""

from __future__ import annotations

import pandas as pd

from analysis.intervals import Estimate


def creator_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a creator, sorted by `creator`, from bounded sightings (`bounds.with_bounds`).

    creator, username (str); sightings, tiktoks, runs (Int64): how often and in what it was seen;
    first_at, last_at (datetime64[us, UTC]): its first and last sighting;
    audios (Int64): distinct audios it was seen with; ad (boolean): every sighting was an ad;
    followers_first, followers_last with _lo, _hi (Int64) and _at (datetime64[us, UTC]): the first and last count told;
    followers_days (Float64): days between these two;
    followers_gain_lo, followers_gain_hi (Int64): the gain between them lies in here; lo is the guaranteed gain. Followers
    may fall, so there is no floor at 0; NA with fewer than two counts told;
    followers_gain_per_day_lo, followers_gain_per_day_hi (Float64): the same per day, NA below 24 hours;
    log_gain_per_day_lo, log_gain_per_day_hi (Float64): natural logarithm points a day, counts below 1 taken as 1;
    user_likes_last, user_likes_last_lo, user_likes_last_hi (Int64): unwrapped (overflow), hi NA where only a lower bound;
    user_likes_wraps (Int64): wraps at least;
    likes_per_follower (Float64): user_likes_last / followers_last, NA at 0 followers;
    likes_per_tiktok (Float64): mean of the last likes told of each TikTok seen;
    videos_first, videos_last with _lo, _hi (Int64): the creator's number of videos.
    """
    raise NotImplementedError


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """All creators' rows with, added (Int64 ranks from 1, least rank for ties, NA where the value is):

    eligible (boolean): two counts of followers 24 h apart or more, and not only seen in ads;
    viral (boolean): eligible and log_gain_per_day_lo at or above its 99th percentile among the eligible, and above 0;
    viral_rank, gain_rank (by followers_gain_lo), followed_rank (by followers_last_lo), prolific_rank (by tiktoks seen).
    """
    raise NotImplementedError


def viral_threshold(rows: pd.DataFrame) -> Estimate:
    """The 99th percentile of log_gain_per_day_lo among eligible creators, interval by order statistics."""
    raise NotImplementedError


def follower_history(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row each time a creator's followers were told, sorted by (creator, at): for curves.

    creator (str), at (datetime64[us, UTC]: user_scraped_at, else scraped_at), run (str), followers, followers_lo,
    followers_hi, step (Int64), first_seen (datetime64[us, UTC]: the creator's first sighting). One reply read at several
    sightings of a run is one row.
    """
    raise NotImplementedError


def most_followed(bounded: pd.DataFrame) -> pd.DataFrame:
    """The most followed creator seen in each run, sorted by at: "most followed over time" is over who was seen.

    run (str), at (datetime64[us, UTC]), creator (str), followers, followers_lo, followers_hi (Int64),
    sure (boolean: its lower bound is above every other's upper), of (Int64: creators with followers told in that run).
    """
    raise NotImplementedError
