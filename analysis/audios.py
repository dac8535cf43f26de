"""Audios: uses *seen*, never "uses": the feed shows a sample, so rates are per 1,000 sightings with Poisson intervals."""

from __future__ import annotations

import pandas as pd


def audio_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row an audio, sorted by audio_key, from all its sightings; ads counted apart.

    audio_key, audio, audio_url (str: as last seen), original (boolean: an original sound; NA where not told),
    owner_only (boolean: original, and seen with one creator), simulated (boolean), first_at, last_at (datetime64[us, UTC]),
    sightings, runs, tiktoks, creators, new_creators (Int64: creators first seen with it after the run that first showed it),
    all without ads; ad_sightings, ad_tiktoks, new_creators_ads_in (Int64); likes, likes_lo, likes_hi, comments,
    comments_lo, comments_hi (Int64: sum of the last told counts of its TikToks seen, no ads; NA where none was told),
    likes_tiktoks, comments_tiktoks (Int64: TikToks in that sum).
    """
    raise NotImplementedError


def ranked(rows: pd.DataFrame, sightings: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rank the rows of `audio_rows`; *sightings*: how many there are in all, the denominator.

    Returns rows and measures. rows: those given, same order, plus creators_rate, creators_rate_lo, creators_rate_hi,
    tiktoks_rate, tiktoks_rate_lo, tiktoks_rate_hi, new_rate, new_rate_lo, new_rate_hi (Float64: per 1,000 sightings, exact
    Poisson intervals), new_rank, new_rank_best, new_rank_worst (Int64, by the intervals), viral (boolean: new_rate above 0
    and at or above the 99th percentile of the audios ranked; NA where not ranked: fewer than 3 runs, owner_only).
    measures: measure (str: "new creators"), ads (str: "out", "in"), n, of (Int64), threshold, threshold_lo, threshold_hi
    (Float64), viral (Int64), owner_only (Int64: set apart).
    """
    raise NotImplementedError


def uses_over_time(bounded: pd.DataFrame) -> pd.DataFrame:
    """What was seen of each audio up to each of its sightings; partitionable by audio_key.

    One row a sighting with an audio_key, sorted by audio_key, at: audio_key (str), at (datetime64[us, UTC]), run, id (str),
    new_use (boolean: the first sighting of this TikTok with this audio), uses_seen (Int64, cumulative TikTok-audio
    combinations), creators_seen (Int64, cumulative), likes_seen, comments_seen (Int64: sum over TikToks seen of what was last
    told; NA until one was told).
    """
    raise NotImplementedError
