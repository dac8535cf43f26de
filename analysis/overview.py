"""The plain questions of the 2022 study: how many of what, when uploaded, and counts over time."""

from __future__ import annotations

import pandas as pd


def totals(sightings: pd.DataFrame, runs: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many things were seen: quantity (str), n (Int64), missing (Int64: sightings that name none).

    Rows: sightings, runs, runs recorded, TikToks, creators, audios, TikTok-audio combinations, ads (sightings), days.
    Needs the columns run, id, creator, audio_key, ad, scraped_at only.
    """
    raise NotImplementedError


def creator_totals(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a creator, sorted by creator; partitionable by creator.

    creator (str), simulated (boolean), first_at, last_at (datetime64[us, UTC]), sightings, tiktoks (Int64: seen),
    user_followers, user_followers_lo, user_followers_hi, user_likes(.._lo, .._hi), user_videos(.._lo, .._hi)
    (Int64: last told; hi NA without upper bound), likes_per_tiktok_seen (Float64: mean of last told likes of its TikToks
    seen), tiktoks_with_likes (Int64), likes_per_tiktok, likes_per_tiktok_lo, likes_per_tiktok_hi (Float64: user_likes /
    user_videos of the last sighting that tells both; NA where none does).
    """
    raise NotImplementedError


def most_tiktoks(rows: pd.DataFrame, top: int = 20) -> pd.DataFrame:
    """The creators with most TikToks: rows of `creator_totals` by user_videos, then TikToks seen, descending."""
    raise NotImplementedError


def creator_days(bounded: pd.DataFrame) -> pd.DataFrame:
    """Followers last told on each UTC day: creator (str), day (datetime64[us, UTC]), user_followers, _lo, _hi (Int64)."""
    raise NotImplementedError


def most_followed(days: pd.DataFrame) -> pd.DataFrame:
    """The most followed creator of each day with sightings, from `creator_days`, and the most followed so far.

    day (datetime64[us, UTC]), creator (str), user_followers, user_followers_lo, user_followers_hi (Int64), creators (Int64:
    seen that day with followers told), tied (Int64: others whose bounds reach it), record_creator (str), record_followers
    (Int64): the most followed by what each creator was last told to have, up to that day.
    """
    raise NotImplementedError


def upload_hours(rows: pd.DataFrame) -> pd.DataFrame:
    """Upload hour of TikToks (`tiktok_rows`, ads out), in UTC: 24 rows.

    hour (Int64, UTC), tiktoks (Int64), share, share_lo, share_hi (Float64, Wilson), likes_median (Float64: of likes last told).
    """
    raise NotImplementedError


def upload_weekdays(rows: pd.DataFrame) -> pd.DataFrame:
    """As `upload_hours`, by weekday, in UTC: 7 rows from Monday: weekday (str), number (Int64, 0 is Monday), ..."""
    raise NotImplementedError


def over_time(bounded: pd.DataFrame) -> pd.DataFrame:
    """Likes, comments and shares of each TikTok at each sighting; filter the sightings first to draw a few.

    One row a sighting and count that was told, sorted by id, count, at: id, creator (str), count (str), at
    (datetime64[us, UTC]), age_h (Float64), value, lo, hi (Int64; lo and hi tightened for likes and shares), step (Int64).
    """
    raise NotImplementedError


def per_hour(bounded: pd.DataFrame) -> pd.DataFrame:
    """Growth per hour of each TikTok's likes, comments and shares between consecutive sightings.

    id (str), count (str), began, ended (datetime64[us, UTC]), hours (Float64), gain_lo, gain_hi (Int64), per_hour_lo,
    per_hour_hi (Float64); nothing is claimed across a fall.
    """
    raise NotImplementedError
