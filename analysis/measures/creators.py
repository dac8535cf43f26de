"""Creators: followers gained for sure, most followed, most prolific, likes per follower, and who went viral."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.counts.overflow import unwrapped
from analysis.counts.told import first_and_last, told
from analysis.measures.together.ratios import quotient
from analysis.statistics.intervals import Estimate, quantile_estimate
from analysis.statistics.ranks import rank_bounds
from analysis.statistics.thresholds import MEASURE, Cut
from analysis.terms.definitions import CREATOR_DAYS_AT_LEAST, RANKED_AT_LEAST, VIRAL_LEVEL

THRESHOLD = (
    "99th percentile of the guaranteed follower gain per day, in natural log points, of creators whose followers were "
    "told twice, 24 hours apart or more, ads out; interval by order statistics"
)


def creator_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a creator, sorted by `creator`, RangeIndex, from bounded sightings (`bounds.with_bounds`).

    Of what they are given: a ranking is given those that `ads.left_out` leaves.

    creator, username (str: as last seen); sightings, tiktoks, runs, audios (Int64): how often and in what it was seen;
    first_at, last_at (datetime64[us, UTC]): its first and last sighting;
    ad (boolean): it was seen in ads only; simulated (boolean);
    followers_first, followers_last with _lo, _hi (Int64) and _at (datetime64[us, UTC]): the first and last count told;
    followers_days (Float64): days between these two; followers_gain (Int64): the one as told less the other;
    followers_gain_lo, followers_gain_hi (Int64): the gain between them lies in here, so lo is the guaranteed one;
    followers may fall, so there is no floor at 0; NA with fewer than two counts told;
    followers_gain_per_day_lo, followers_gain_per_day_hi (Float64): the same per day; NA below 24 hours;
    log_gain_per_day_lo, log_gain_per_day_hi (Float64): in natural log points a day, a count below 1 taken as 1;
    user_likes_last, user_likes_last_lo, user_likes_last_hi (Int64): unwrapped (overflow); hi NA where only a lower
    bound, and user_likes_last is then that lower bound; user_likes_wraps (Int64): wraps at least;
    likes_per_follower, likes_per_follower_lo, likes_per_follower_hi (Float64): user_likes_last / followers_last, and
    what the bounds of both leave open; NA at 0 followers, hi NA too where nothing bounds the likes above or the
    followers from 0;
    likes_per_tiktok_seen with _lo and _hi (Float64): mean of the last likes told of each TikTok seen;
    videos_first, videos_last with _lo, _hi (Int64) and _at, videos_days: the creator's number of videos, likewise.
    """
    known = bounded[bounded["creator"].notna()]
    rows = _seen(known)
    rows = rows.join(first_and_last(told(known, "user_followers"), "followers")).pipe(_with_gains)
    rows = rows.join(_likes_last(known))
    for end, other in (("", ""), ("_lo", "_hi"), ("_hi", "_lo")):
        rows[f"likes_per_follower{end}"] = quotient(rows[f"user_likes_last{end}"], rows[f"followers_last{other}"])
    rows = rows.join(_likes_per_tiktok_seen(known))
    rows = rows.join(first_and_last(told(known, "user_videos"), "videos"))
    return rows.reset_index().astype({"creator": "str"})


def _seen(known: pd.DataFrame) -> pd.DataFrame:
    groups = known.groupby("creator", sort=True)
    rows = groups.agg(
        username=("username", "last"),
        sightings=("scraped_at", "size"),
        tiktoks=("id", "nunique"),
        runs=("run", "nunique"),
        audios=("audio_key", "nunique"),
        first_at=("scraped_at", "min"),
        last_at=("scraped_at", "max"),
    )
    for flag in ("ad", "simulated"):
        rows[flag] = known[flag].fillna(False).groupby(known["creator"], sort=True).all().astype("boolean")
    return rows.astype({"username": "str"} | dict.fromkeys(("sightings", "tiktoks", "runs", "audios"), "Int64"))


def _with_gains(rows: pd.DataFrame) -> pd.DataFrame:
    """Between first and last count: [lo_last - hi_first, hi_last - lo_first] (docs/measures.md)."""
    twice = rows["followers_days"].gt(0).fillna(False)
    days = rows["followers_days"].where(rows["followers_days"] >= CREATOR_DAYS_AT_LEAST)
    rows["followers_gain"] = (rows["followers_last"] - rows["followers_first"]).where(twice)
    for end, other in (("lo", "hi"), ("hi", "lo")):
        last, first = rows[f"followers_last_{end}"], rows[f"followers_first_{other}"]
        rows[f"followers_gain_{end}"] = (last - first).where(twice)
        rows[f"followers_gain_per_day_{end}"] = rows[f"followers_gain_{end}"].astype("Float64") / days
        rows[f"log_gain_per_day_{end}"] = (_log(last) - _log(first)) / days
    return rows


def _log(counts: pd.Series) -> pd.Series:
    values = counts.clip(lower=1).astype("Float64").to_numpy(dtype=float, na_value=np.nan)
    return pd.Series(np.log(values), index=counts.index).astype("Float64")


def _likes_last(known: pd.DataFrame) -> pd.DataFrame:
    """The last total of likes of each creator; where nothing bounds it above, its lower bound stands for it."""
    last = unwrapped(known).groupby("creator", sort=True).nth(-1).set_index("creator")
    middle = (last["lo"] + (last["hi"] - last["lo"]) // 2).fillna(last["lo"])
    columns = {"user_likes_last": middle, "user_likes_last_lo": last["lo"], "user_likes_last_hi": last["hi"]}
    return pd.DataFrame({**columns, "user_likes_wraps": last["wraps"]}).astype("Int64")


def _likes_per_tiktok_seen(known: pd.DataFrame) -> pd.DataFrame:
    likes = ["likes", "likes_lo", "likes_hi"]
    has = known[known["likes"].notna() & known["id"].notna()]
    last = has.groupby(["creator", "id"], sort=True)[likes].nth(-1).astype("Float64")
    means = pd.DataFrame(last).groupby(has.loc[last.index, "creator"], sort=True).mean()
    means.columns = pd.Index([f"likes_per_tiktok_seen{end}" for end in ("", "_lo", "_hi")])
    return means


def ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """All creators' rows with, added (ranks Int64 from 1, ties at the least, NA where the value is or only in ads):

    eligible (boolean): followers told twice, 24 h apart or more, and not only seen in ads;
    viral (boolean): eligible, and log_gain_per_day_lo above 0 and at or above its 99th percentile among the eligible;
    NA where not eligible, or where fewer than `RANKED_AT_LEAST` are;
    viral_rank (by log_gain_per_day_lo), gain_rank (by followers_gain_lo: greatest follower increase), followed_rank (by
    followers_last_lo: most followed), prolific_rank (by tiktoks seen);
    viral_rank_best, viral_rank_worst, and of gain and followed likewise (Int64): where else it may stand, as each
    value lies anywhere within its bounds.
    """
    marked = rows.copy()
    marked["eligible"] = eligible(rows)
    gain = rows["log_gain_per_day_lo"].where(marked["eligible"])
    threshold = viral_threshold(rows)
    verdict = (gain >= threshold.estimate) & (gain > 0)
    marked["viral"] = verdict.where(marked["eligible"] & threshold.answerable).astype("boolean")
    for name, value in (
        ("viral", gain),
        ("gain", rows["followers_gain_lo"]),
        ("followed", rows["followers_last_lo"]),
        ("prolific", rows["tiktoks"]),
    ):
        marked[f"{name}_rank"] = value.where(~rows["ad"]).rank(method="min", ascending=False).astype("Int64")
    for name, column, who in (
        ("viral", "log_gain_per_day", marked["eligible"]),
        ("gain", "followers_gain", ~rows["ad"]),
        ("followed", "followers_last", ~rows["ad"]),
    ):
        places = rank_bounds(rows[f"{column}_lo"].where(who), rows[f"{column}_hi"])
        marked[[f"{name}_rank_best", f"{name}_rank_worst"]] = places
    return marked


def eligible(rows: pd.DataFrame) -> pd.Series:
    """Which creators may be viral (boolean): followers told twice, 24 h apart or more, and seen outside ads."""
    return (rows["log_gain_per_day_lo"].notna() & ~rows["ad"]).astype("boolean")


def viral_threshold(rows: pd.DataFrame) -> Estimate:
    """The 99th percentile of log_gain_per_day_lo among eligible creators, interval by order statistics."""
    gains = rows.loc[eligible(rows), "log_gain_per_day_lo"].to_numpy(dtype=float)
    if len(gains) < RANKED_AT_LEAST:
        return Estimate.not_answerable(THRESHOLD, n=len(gains), of=len(rows))
    return quantile_estimate(gains, VIRAL_LEVEL, of=len(rows), definition=THRESHOLD)


def measures(rows: pd.DataFrame, with_ads: pd.DataFrame) -> pd.DataFrame:
    """The measure behind viral creators, ads out and ads in: two rows as `Verdicts.measures` of TikToks has them.

    measure (str), ads (str: "out", "in"), n, of (Int64: creators eligible, creators there were), threshold,
    threshold_lo, threshold_hi (Float64: natural log points a day), viral (Int64; NA where fewer than
    `RANKED_AT_LEAST` could be ranked). rows: `creator_rows` of what `ads.left_out` leaves; with_ads: of all sightings.
    """
    found = []
    for ads, chosen in (("out", rows[~rows["ad"]]), ("in", with_ads.assign(ad=False))):
        gains = chosen.loc[eligible(chosen), "log_gain_per_day_lo"]
        cut = Cut.of(gains)
        found.append({**cut.row("guaranteed follower gain a day", len(chosen), cut.passed(gains, above=0)), "ads": ads})
    return pd.DataFrame(found)[list(MEASURE)].astype(MEASURE)


def follower_history(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row each time a creator's followers were told, sorted by (creator, at): for curves.

    creator (str), at (datetime64[us, UTC]: user_scraped_at, else scraped_at), run (str), followers, followers_lo,
    followers_hi, step (Int64), first_seen (datetime64[us, UTC]: the creator's first sighting). One reply read at
    several sightings of a run is one row.
    """
    rows = told(bounded, "user_followers")
    rows = rows.rename(columns={"value": "followers", "lo": "followers_lo", "hi": "followers_hi"})
    first = bounded.groupby("creator", sort=True)["scraped_at"].min()
    rows["first_seen"] = first.reindex(rows["creator"]).set_axis(rows.index)
    return rows
