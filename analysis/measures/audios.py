"""Audios: uses *seen*, never "uses": the feed shows a sample, so rates are per 1,000 sightings, with intervals."""

from __future__ import annotations

import re
from urllib.parse import quote

import numpy as np
import pandas as pd

from analysis.measures import ads
from analysis.measures.uses import uses_over_time
from analysis.statistics.intervals import poisson_interval
from analysis.statistics.ranks import rank_bounds
from analysis.statistics.thresholds import MEASURE, Cut, rank
from analysis.terms.definitions import AUDIO_RUNS_AT_LEAST, ORIGINAL_TITLES
from analysis.terms.errors import need_columns

__all__ = ["audio_rows", "ranked", "uses_over_time"]

_TIMES = "datetime64[us, UTC]"
_SUMS = ("likes", "likes_lo", "likes_hi", "comments", "comments_lo", "comments_hi")
_TYPES = {
    "audio_key": "str",
    "audio": "str",
    "audio_url": "str",
    "original": "boolean",
    "owner_only": "boolean",
    "simulated": "boolean",
    "first_at": _TIMES,
    "last_at": _TIMES,
    "sightings": "Int64",
    "runs": "Int64",
    "tiktoks": "Int64",
    "creators": "Int64",
    "new_creators": "Int64",
    "ad_sightings": "Int64",
    "ad_tiktoks": "Int64",
    "runs_ads_in": "Int64",
    "new_creators_ads_in": "Int64",
    **dict.fromkeys(_SUMS, "Int64"),
    "likes_tiktoks": "Int64",
    "comments_tiktoks": "Int64",
}
_READ = ["audio_key", "audio", "audio_url", "audio_original", "simulated", "scraped_at", "run", "id", "creator", "ad"]
_MEASURE = {**MEASURE, "owner_only": "Int64"}
# An original sound's title is one of these, or begins with one before the creator's name; its address begins with it.
_TITLED = "^(?:" + "|".join(map(re.escape, ORIGINAL_TITLES)) + ")(?: - |$)"
_SLUGS = [title.replace(" ", "-") for title in ORIGINAL_TITLES]
_ADDRESSED = "/music/(?:" + "|".join(re.escape(slug) for slug in [*_SLUGS, *map(quote, _SLUGS)]) + ")-"


def audio_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row an audio, sorted by audio_key, from all its sightings; ads (`analysis.measures.ads`) counted apart.

    audio_key, audio, audio_url (str: as last told), original (boolean: an original sound: one sighting tells so, or its
    title or address does (`ORIGINAL_TITLES`); else False where any tells that it is none, and NA), owner_only (boolean:
    original, and seen with one creator at most), simulated (boolean), first_at, last_at (datetime64[us, UTC]),
    sightings, runs, tiktoks, creators, new_creators (Int64: creators first seen with it after the run that first showed
    it), all without ads; ad_sightings, ad_tiktoks, runs_ads_in, new_creators_ads_in (Int64); likes, likes_lo, likes_hi,
    comments, comments_lo, comments_hi (Int64: sum of the last told counts of its TikToks seen, no ads; NA where none
    was told), likes_tiktoks, comments_tiktoks (Int64: TikToks in that sum).
    """
    need_columns(bounded, [*_READ, *_SUMS], "audio_rows")
    ordered = bounded[bounded["audio_key"].notna()].sort_values(["audio_key", "scraped_at"], kind="stable")
    paid = ads.advertised(ordered, "audio_key")
    organic, paid_for = ordered[~paid], ordered[paid]
    audios = ordered.groupby("audio_key", sort=True)
    rows = audios[["audio", "audio_url"]].last()
    rows["simulated"] = audios["simulated"].max()
    rows["first_at"], rows["last_at"] = audios["scraped_at"].min(), audios["scraped_at"].max()
    for name, count in _how_many(ordered, organic, paid_for).items():
        rows[name] = count.reindex(rows.index, fill_value=0)
    rows["original"] = _original(rows, audios["audio_original"].max())
    rows["owner_only"] = rows["original"] & (rows["creators"] <= 1)
    return rows.join(_sums(organic)).reset_index()[list(_TYPES)].astype(_TYPES)


def _original(rows: pd.DataFrame, told: pd.Series) -> pd.Series:
    """Whether each is an original sound; a told True, a title or an address outweighs what says it is none.

    Most replies say "original": false of every sound, also of those whose title says what they are.
    """
    named = rows["audio"].str.contains(_TITLED) | rows["audio_url"].str.contains(_ADDRESSED)
    named = named.fillna(False).astype("boolean")
    return told.astype("boolean") | named.where(named)


def _how_many(ordered: pd.DataFrame, organic: pd.DataFrame, paid_for: pd.DataFrame) -> dict[str, pd.Series]:
    """Counts by audio_key; an audio that is not in one of the frames has 0 there."""
    audios, advertised = organic.groupby("audio_key"), paid_for.groupby("audio_key")
    told = organic.drop_duplicates(["audio_key", "id"])[["audio_key", "id"]]
    last = organic.groupby(["audio_key", "id"])[["likes", "comments"]].last().groupby("audio_key").count()
    return {
        "sightings": audios.size(),
        "runs": audios["run"].nunique(),
        "tiktoks": told.groupby("audio_key").size(),
        "creators": audios["creator"].nunique(),
        "new_creators": _new_creators(organic),
        "ad_sightings": advertised.size(),
        "ad_tiktoks": advertised["id"].nunique(),
        "runs_ads_in": ordered.groupby("audio_key")["run"].nunique(),
        "new_creators_ads_in": _new_creators(ordered),
        "likes_tiktoks": last["likes"],
        "comments_tiktoks": last["comments"],
    }


def _new_creators(ordered: pd.DataFrame) -> pd.Series:
    """Creators by audio_key that were first seen with it after the run that first showed it."""
    first_run = ordered.drop_duplicates("audio_key").set_index("audio_key")["run"]
    arrivals = ordered[ordered["creator"].notna()].drop_duplicates(["audio_key", "creator"])
    later = arrivals[arrivals["run"] != first_run.reindex(arrivals["audio_key"]).set_axis(arrivals.index)]
    return later.groupby("audio_key").size()


def _sums(organic: pd.DataFrame) -> pd.DataFrame:
    last = organic.groupby(["audio_key", "id"])[list(_SUMS)].last()
    return last.groupby("audio_key").sum(min_count=1)


def ranked(rows: pd.DataFrame, sightings: int, organic: int | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rank the rows of `audio_rows`.

    sightings, organic: how many there are in all, and without those of ads (default: there are none): the denominators
    of rates with ads in and with ads out. All audios share one denominator, so the ranking is by how many new creators
    came while the runs looked; an audio first seen late had less time to gather them.

    Returns rows and measures. rows: those given, same order, plus creators_rate, tiktoks_rate, new_rate, each with _lo
    and _hi (Float64: per 1,000 sightings, exact Poisson intervals), new_rank, new_rank_best, new_rank_worst (Int64, by
    the intervals), viral (boolean: new_rate above 0 and at or above the 99th percentile of the audios ranked; NA where
    not ranked: fewer than 3 runs, owner_only, or fewer than 100 audios to rank).
    measures: measure (str: "new creators"), ads (str: "out", "in"), n, of (Int64), threshold, threshold_lo,
    threshold_hi (Float64), viral (Int64), owner_only (Int64: set apart).
    """
    need_columns(rows, _TYPES, "audios.ranked")
    added = pd.DataFrame(index=rows.index)
    for name, column in (("creators", "creators"), ("tiktoks", "tiktoks"), ("new", "new_creators")):
        added = added.join(_rates(rows[column], sightings if organic is None else organic, f"{name}_rate"))
    eligible = _eligible(rows, "runs")
    rate = added["new_rate"].where(eligible)
    added["new_rank"] = rank(rate)
    added[["new_rank_best", "new_rank_worst"]] = rank_bounds(
        added["new_rate_lo"].where(eligible), added["new_rate_hi"].where(eligible)
    )
    cut = Cut.of(rate)
    added["viral"] = cut.passed(rate, above=0)
    measures = [_measure(rows, cut, added["viral"], "out", "runs")]
    with_ads = _rates(rows["new_creators_ads_in"], sightings, "rate")["rate"].where(_eligible(rows, "runs_ads_in"))
    cut = Cut.of(with_ads)
    measures.append(_measure(rows, cut, cut.passed(with_ads, above=0), "in", "runs_ads_in"))
    return pd.concat([rows, added], axis=1), pd.DataFrame(measures)[list(_MEASURE)].astype(_MEASURE)


def _eligible(rows: pd.DataFrame, runs: str) -> pd.Series:
    alone = rows["owner_only"].fillna(False).astype(bool)
    return (rows[runs] >= AUDIO_RUNS_AT_LEAST).astype(bool) & ~alone


def _measure(rows: pd.DataFrame, cut: Cut, viral: pd.Series, ads: str, runs: str) -> dict[str, object]:
    apart = (rows[runs] >= AUDIO_RUNS_AT_LEAST) & rows["owner_only"].fillna(False)
    of = len(rows) if ads == "in" else int((rows["sightings"] > 0).sum())
    return {**cut.row("new creators", of, viral), "ads": ads, "owner_only": int(apart.sum())}


def _rates(events: pd.Series, sightings: int, name: str) -> pd.DataFrame:
    """Events per 1,000 sightings with their exact Poisson interval (NA where there were no sightings)."""
    low, high = poisson_interval(events.to_numpy(dtype=float))
    per = 1000 / sightings if sightings > 0 else np.nan
    values = {"": events.to_numpy(dtype=float), "_lo": low, "_hi": high}
    return pd.DataFrame(
        {f"{name}{end}": pd.Series(v * per, index=events.index).astype("Float64") for end, v in values.items()}
    )
