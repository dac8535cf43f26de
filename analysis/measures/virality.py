"""Viral TikToks, by three measures, each with how many it could rank. Followers are in none: success adds followers.

`tiktok_rows` is the entity half (one row a TikTok, partitionable by id), `ranked` the gathered half.

1. *headline*: gains faster than 99 % of TikToks of its age: log10 of likes per hour of life at first sighting, minus
   its LOWESS on log10 age.
2. *outbreak*: the most likes it is guaranteed to have gained in one day, over all pairs of its sightings.
3. *first day*: the most likes it is guaranteed to have gained in one day of its first 36 hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.counts import growth
from analysis.measures.ads import is_ad
from analysis.measures.headline import by_age
from analysis.statistics.ranks import rank_bounds
from analysis.statistics.thresholds import MEASURE, Cut, rank
from analysis.terms.definitions import ABSOLUTE_LIKES, ABSOLUTE_WINDOW_H, FIRST_DAY_AGE_H, OUTBREAK_WINDOW_H
from analysis.terms.errors import need_columns

_TIMES = "datetime64[us, UTC]"
_TYPES = {
    "id": "str",
    "url": "str",
    "creator": "str",
    "audio_key": "str",
    "ad": "boolean",
    "kind": "str",
    "simulated": "boolean",
    "created_at": _TIMES,
    "first_at": _TIMES,
    "last_at": _TIMES,
    "sightings": "Int64",
    "runs": "Int64",
    "age_h": "Float64",
    "likes_first": "Int64",
    "likes_first_lo": "Int64",
    "likes_first_hi": "Int64",
    "rate_log10": "Float64",
    "rate_log10_lo": "Float64",
    "rate_log10_hi": "Float64",
    "outbreak_lo": "Float64",
    "outbreak_hi": "Int64",
    "outbreak_from": _TIMES,
    "outbreak_to": _TIMES,
    "week_lo": "Float64",
    "first_day_lo": "Float64",
    "first_day_age_h": "Float64",
    "likes_falls": "Int64",
    "likes_last": "Int64",
    "likes_last_lo": "Int64",
    "likes_last_hi": "Int64",
    "comments_last": "Int64",
    "shares_last": "Int64",
    "views_last": "Int64",
    "saves_last": "Int64",
    "user_followers_last": "Int64",
}
_AS_LAST_TOLD = ("url", "creator", "audio_key", "kind", "created_at")
_LAST_COUNTS = ("likes", "likes_lo", "likes_hi", "comments", "shares", "views", "saves", "user_followers")


@dataclass(frozen=True)
class Verdicts:
    """What `ranked` found.

    rows: those of `tiktok_rows`, same order, plus
        expected (Float64, log10 likes/h that the LOWESS gives at its age), excess, excess_lo, excess_hi (Float64, log10
        units: 1 is ten times the likes of its age; lo and hi by the rounding of likes), excess_rank, excess_rank_best,
        excess_rank_worst (Int64), viral_for_age (boolean; NA where not ranked or too few), viral_for_age_surely,
        viral_for_age_possibly (boolean: whether rounding and the threshold's interval leave no or any doubt),
        outbreak_rank, outbreak_rank_best, outbreak_rank_worst (Int64; a day's gain lies between the guaranteed and the
        possible one), viral_outbreak (boolean), viral_week (boolean: a million in a week guaranteed),
        first_day_rank (Int64), viral_first_day (boolean). Ads have NA in all of these.
    measures: one row a measure and treatment of ads:
        measure (str: "headline", "outbreak", "first day", "million in a week"), ads (str: "out", "in"), n (Int64:
        ranked), of (Int64: TikToks there were), threshold, threshold_lo, threshold_hi (Float64; log10 units for the
        headline, likes per day or week else; the interval by order statistics, NA where n is too small for that end),
        viral (Int64; NA where fewer than 100 could be ranked).
    line: the LOWESS for the plot: age_h, rate_log10 (Float64), sorted by age, ads out.
    """

    rows: pd.DataFrame
    measures: pd.DataFrame
    line: pd.DataFrame


def tiktok_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by id, from all its bounded sightings (ads too; `ranked` leaves them out).

    id, url, creator, audio_key (str: as last told), ad (boolean: ever; NA if never told), kind (str), simulated
    (boolean), created_at, first_at, last_at (datetime64[us, UTC]), sightings, runs (Int64),
    age_h (Float64: hours of life at first sighting), likes_first, likes_first_lo, likes_first_hi (Int64: at first
    sighting), rate_log10, rate_log10_lo, rate_log10_hi (Float64: log10 of likes per hour of life at first sighting; NA
    where likes are 0 or missing or age is not above 0); of these five the first sighting is the first that tells likes
    which the ones beside it don't contradict (`counts.strange`),
    outbreak_lo (Float64, likes per day guaranteed; NA with one sighting), outbreak_hi (Int64: the most it can have
    gained in any one day between its sightings; NA where nothing bounds it), outbreak_from, outbreak_to
    (datetime64[us, UTC]: the two sightings that prove it),
    week_lo (Float64, likes per 7 days guaranteed),
    first_day_lo (Float64, likes per day guaranteed up to age 36 h, from 0 at birth; NA without such a sighting),
    first_day_age_h (Float64: age of the sighting that proves it), likes_falls (Int64: cuts in its likes),
    likes_last, likes_last_lo, likes_last_hi, comments_last, shares_last, views_last, saves_last, user_followers_last
    (Int64: last told; missing is NA).

    Raises:
        MissingColumn: *bounded* lacks a column.
    """
    need_columns(bounded, ["id", "scraped_at", "run", "ad", "simulated", *_AS_LAST_TOLD, *_LAST_COUNTS], "tiktok_rows")
    ordered = bounded.sort_values(["id", "scraped_at"], kind="stable")
    tiktoks = ordered.groupby("id", sort=True)
    rows = tiktoks[list(_AS_LAST_TOLD)].last()
    rows[["ad", "simulated"]] = tiktoks[["ad", "simulated"]].max()
    rows["first_at"], rows["last_at"] = tiktoks["scraped_at"].min(), tiktoks["scraped_at"].max()
    rows["sightings"], rows["runs"] = tiktoks.size(), tiktoks["run"].nunique()
    rows = rows.join(tiktoks[list(_LAST_COUNTS)].last().rename(columns=_last_name))
    rows = rows.join(_at_first_sighting(_sure_first(ordered), rows["created_at"])).join(
        _from_series(bounded, rows["created_at"])
    )
    return rows.reset_index()[list(_TYPES)].astype(_TYPES)


def _last_name(column: str) -> str:
    count, bound, end = column.partition("_lo") if column.endswith("_lo") else column.partition("_hi")
    return f"{count}_last{bound}{end}"


def _sure_first(ordered: pd.DataFrame) -> pd.DataFrame:
    """The first sighting of each TikTok whose likes are told and not strange; where there is none, the first of all."""
    strange = growth.strange(ordered, "likes")
    wrong = pd.MultiIndex.from_frame(ordered[["id", "scraped_at"]]).isin(
        pd.MultiIndex.from_arrays([strange["id"], strange["at"]])
    )
    sure = ordered[ordered["likes"].notna() & ~wrong]
    return pd.concat([sure, ordered[~ordered["id"].isin(sure["id"])]]).drop_duplicates("id")


def _at_first_sighting(firsts: pd.DataFrame, created_at: pd.Series) -> pd.DataFrame:
    """age_h, likes_first and rate_log10, with bounds, by id."""
    first = firsts.set_index("id")
    known = pd.DataFrame({"age_h": _hours(first["scraped_at"] - created_at)})
    for bound in ("", "_lo", "_hi"):
        known[f"likes_first{bound}"] = first[f"likes{bound}"]
        likes, age = first[f"likes{bound}"].astype("Float64"), known["age_h"]
        rate = (likes / age).where((likes > 0) & (age > 0))
        known[f"rate_log10{bound}"] = pd.Series(_log10(rate), index=known.index, dtype="Float64")
    return known


def _from_series(bounded: pd.DataFrame, created_at: pd.Series) -> pd.DataFrame:
    """What rests on the series of likes without its strange sightings, by id: outbreak, week, first day, falls."""
    tight = growth.settled(bounded, "likes")
    day = growth.best_gain(tight, "likes", OUTBREAK_WINDOW_H).set_index("id")
    proven = day["gain"] > 0
    known = pd.DataFrame(index=created_at.index)
    known["outbreak_lo"] = day["gain"]
    known["outbreak_hi"] = growth.possible_gain(tight, "likes", OUTBREAK_WINDOW_H).set_index("id")["possible"]
    known["outbreak_from"], known["outbreak_to"] = day["start"].where(proven), day["end"].where(proven)
    known["week_lo"] = growth.best_gain(tight, "likes", ABSOLUTE_WINDOW_H).set_index("id")["gain"]
    known = known.join(_first_day(tight, created_at))
    cuts = growth.falls(bounded, "likes").groupby("id").size().astype("Int64")
    known["likes_falls"] = cuts.reindex(known.index, fill_value=0)
    return known


def _first_day(tight: pd.DataFrame, created_at: pd.Series) -> pd.DataFrame:
    """first_day_lo and first_day_age_h, by id, where there is a sighting young enough.

    It had no likes when it was posted, so what it had by age a came within the ceil(a / 24 h) days since.
    """
    born = created_at.reindex(tight["id"]).set_axis(tight.index)
    age = _hours(tight["scraped_at"] - born)
    young = pd.DataFrame({"id": tight["id"], "first_day_age_h": age, "lo": tight["held_lo"]})
    young = young[(age > 0) & (age <= FIRST_DAY_AGE_H) & tight["lo"].notna()]
    young["first_day_lo"] = young["lo"].astype("Float64") / np.ceil(young["first_day_age_h"] / 24)
    best = young.sort_values(["id", "first_day_lo", "first_day_age_h"], ascending=[True, False, True])
    return best.drop_duplicates("id").set_index("id")[["first_day_lo", "first_day_age_h"]]


def _hours(span: pd.Series) -> pd.Series:
    hours: pd.Series = span.dt.total_seconds() / 3600
    return hours.astype("Float64")


def _log10(values: pd.Series) -> NDArray[np.float64]:
    return np.asarray(np.log10(values.to_numpy(dtype=float, na_value=np.nan)))


def ranked(rows: pd.DataFrame) -> Verdicts:
    """Rank the rows of `tiktok_rows` by the three measures; ads out of every ranking, rows of `measures` show them in.

    Fewer than 100 TikToks to rank: no verdict (NA), which is not "not viral".
    """
    need_columns(rows, _TYPES, "ranked")
    out, everything = ~is_ad(rows), pd.Series(True, index=rows.index)
    judged, measures, line = _judged(rows, out)
    _, with_ads, _ = _judged(rows, everything)
    table = pd.DataFrame(
        [
            {**row, "ads": ads}
            for both in zip(measures, with_ads, strict=True)
            for ads, row in zip(("out", "in"), both, strict=True)
        ]
    )
    return Verdicts(rows=pd.concat([rows, judged], axis=1), measures=table[list(MEASURE)].astype(MEASURE), line=line)


def _judged(rows: pd.DataFrame, eligible: pd.Series) -> tuple[pd.DataFrame, list[dict[str, object]], pd.DataFrame]:
    """The columns that `Verdicts.rows` adds, a row a measure, and the LOWESS line, all among *eligible* rows."""
    of = int(eligible.sum())
    judged, cut, line = by_age(rows, eligible)
    measures = [cut.row("headline", of, judged["viral_for_age"])]
    for measure, column, name in (("outbreak", "outbreak_lo", "outbreak"), ("first day", "first_day_lo", "first_day")):
        values = rows[column].where(eligible)
        cut = Cut.of(values)
        judged[f"{name}_rank"] = rank(values)
        judged[f"viral_{name}"] = cut.passed(values, above=0)
        measures.append(cut.row(measure, of, judged[f"viral_{name}"]))
    places = rank_bounds(rows["outbreak_lo"].where(eligible), rows["outbreak_hi"])
    judged[["outbreak_rank_best", "outbreak_rank_worst"]] = places
    week = rows["week_lo"].where(eligible)
    judged["viral_week"] = week >= ABSOLUTE_LIKES
    fixed = Cut(int(week.notna().sum()), ABSOLUTE_LIKES, np.nan, np.nan)
    measures.append(fixed.row("million in a week", of, judged["viral_week"]))
    return judged, measures, line
