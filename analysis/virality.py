"""Viral TikToks, by three measures, each with how many it could rank. Followers are in none: success adds followers.

`tiktok_rows` is the entity half (one row a TikTok, partitionable by id), `ranked` the gathered half.

1. *headline*: gains faster than 99 % of TikToks of its age: log10 of likes per hour of life at first sighting, minus its
   LOWESS on log10 age.
2. *outbreak*: the most likes it is guaranteed to have gained in one day, over all pairs of its sightings.
3. *first day*: the most likes it is guaranteed to have gained in one day of its first 36 hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Verdicts:
    """What `ranked` found.

    rows: those of `tiktok_rows`, same order, plus
        expected (Float64, log10 likes/h that the LOWESS gives at its age), excess, excess_lo, excess_hi (Float64, log10
        units: 1 is ten times the likes of its age; lo and hi by the rounding of likes), excess_rank, excess_rank_best,
        excess_rank_worst (Int64), viral_for_age (boolean; NA where not ranked or too few), viral_for_age_surely,
        viral_for_age_possibly (boolean: whether rounding and the threshold's interval leave no or any doubt),
        outbreak_rank (Int64), viral_outbreak (boolean), viral_week (boolean: a million in a week guaranteed),
        first_day_rank (Int64), viral_first_day (boolean). Ads have NA in all of these.
    measures: one row a measure and treatment of ads:
        measure (str: "headline", "outbreak", "first day", "million in a week"), ads (str: "out", "in"), n (Int64: ranked),
        of (Int64: TikToks there were), threshold, threshold_lo, threshold_hi (Float64; log10 units for the headline, likes per
        day else; the interval by order statistics, NA where n is too small for that end), viral (Int64; NA where too few).
    line: the LOWESS for the plot: age_h, rate_log10 (Float64), sorted by age, ads out.
    """

    rows: pd.DataFrame
    measures: pd.DataFrame
    line: pd.DataFrame


def tiktok_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by id, from all its bounded sightings (ads too; `ranked` leaves them out).

    id, url, creator, audio_key (str: as last seen), ad (boolean: ever), kind (str), simulated (boolean), created_at,
    first_at, last_at (datetime64[us, UTC]), sightings, runs (Int64),
    age_h (Float64: hours of life at first sighting), likes_first, likes_first_lo, likes_first_hi (Int64: at first sighting),
    rate_log10, rate_log10_lo, rate_log10_hi (Float64: log10 of likes per hour of life at first sighting; NA where likes are
    0 or missing or age is not above 0),
    outbreak_lo (Float64, likes per day guaranteed; NA with one sighting), outbreak_from, outbreak_to (datetime64[us, UTC]),
    week_lo (Float64, likes per 7 days guaranteed),
    first_day_lo (Float64, likes per day guaranteed up to age 36 h, from 0 at birth; NA without such a sighting),
    first_day_age_h (Float64: age of the sighting that proves it), likes_falls (Int64: cuts in its likes),
    likes_last, likes_last_lo, likes_last_hi, comments_last, shares_last, views_last, saves_last, user_followers_last
    (Int64: last told).
    """
    raise NotImplementedError


def ranked(rows: pd.DataFrame) -> Verdicts:
    """Rank the rows of `tiktok_rows` by the three measures; ads out of every ranking, a row of `measures` shows them in."""
    raise NotImplementedError


def threshold_interval(values: pd.Series, level: float, confidence: float = 0.95) -> tuple[float, float, float]:
    """The *level* quantile of *values* with its distribution-free interval by order statistics (David & Nagaraja 2003, 7.1).

    Returns threshold, lo, hi; nan where there are no values, or too few for that end of the interval.
    """
    raise NotImplementedError
