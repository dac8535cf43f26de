"""How often creators post: by their number of videos where told, by seen uploads as a lower bound, else no answer."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.counts.told import days_between, first_and_last, told
from analysis.statistics.answer import RATIO, too_wide
from analysis.statistics.intervals import estimates_frame, poisson_interval, quantile_estimate
from analysis.terms.definitions import CREATOR_DAYS_AT_LEAST, DAY_HOURS, GAP_PERCENTILES, INTERVAL, UPLOADS_AT_LEAST

BY_VIDEOS, BY_IDS, NO_ANSWER = "videos", "ids", "not answerable"
GAP = "days between an upload seen and the creator's previous upload seen (never less than the true gap)"


RATES = RATIO.at_least(0.1)  # posts a day: once in ten days and less are alike seldom
GAPS = RATIO.at_least(1 / DAY_HOURS)  # days: within an hour is at once


def posting_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a creator, sorted by `creator`, RangeIndex, from bounded sightings.

    creator (str);
    basis (str): "videos": the difference of two user_videos told 24 h apart or more; "ids": two uploads seen or more, a
    lower bound only; "not answerable": neither, or more videos were deleted than posted;
    from_at, to_at (datetime64[us, UTC]): the window, between the two counts or the first and last upload seen;
    days (Float64): its length; uploads_seen (Int64): uploads seen that fall in it, without the one that begins it;
    posted_lo, posted_hi (Int64): posts in the window by the bounds of both counts, lo at least uploads_seen; hi NA for
    "ids". A deletion hides a post, so both are net of deletions;
    rate (Float64, posts a day): by the middle of posted_lo and posted_hi; NA for "ids";
    rate_low, rate_high (Float64, posts a day): the exact 95 % Poisson interval, low from posted_lo, high from
    posted_hi;
    for "ids" the high end is NA; rate_answerable (boolean: that interval is an answer, `analysis.statistics.answer`; NA
    without a rate).
    """
    known = bounded[bounded["creator"].notna()]
    creators = pd.Index(np.sort(known["creator"].unique()), name="creator", dtype="str")
    uploads = upload_gaps(known)
    rows = _by_videos(creators, known)
    rows = rows.where(rows["basis"].notna(), _by_ids(creators, uploads))
    rows["basis"] = rows["basis"].fillna(NO_ANSWER)
    rows = rows.join(_uploads_within(rows, uploads))
    by_videos = rows["basis"] == BY_VIDEOS
    rows["posted_lo"] = rows["posted_lo"].where(~by_videos, rows[["posted_lo", "uploads_seen"]].max(axis="columns"))
    rows["posted_hi"] = rows[["posted_hi", "posted_lo"]].max(axis="columns").where(by_videos)
    return _with_rates(rows).reset_index()


COLUMNS = {
    "basis": "str",
    "from_at": "datetime64[us, UTC]",
    "to_at": "datetime64[us, UTC]",
    "days": "Float64",
    "posted_lo": "Int64",
    "posted_hi": "Int64",
}


def _by_videos(creators: pd.Index[str], known: pd.DataFrame) -> pd.DataFrame:
    ends = first_and_last(told(known, "user_videos"), "videos").reindex(creators)
    lo = ends["videos_last_lo"] - ends["videos_first_hi"]
    hi = ends["videos_last_hi"] - ends["videos_first_lo"]
    enough = (ends["videos_days"] >= CREATOR_DAYS_AT_LEAST).fillna(False) & (hi >= 0).fillna(False)
    rows = pd.DataFrame(
        {
            "basis": pd.Series(BY_VIDEOS, index=creators, dtype="str"),
            "from_at": ends["videos_first_at"],
            "to_at": ends["videos_last_at"],
            "days": ends["videos_days"],
            "posted_lo": lo.clip(lower=0),
            "posted_hi": hi,
        }
    )
    return rows.where(enough).astype(COLUMNS)


def _by_ids(creators: pd.Index[str], uploads: pd.DataFrame) -> pd.DataFrame:
    """The window begins with the first upload seen, so the others are what was posted in it, at least."""
    groups = uploads.groupby("creator", sort=True)["created_at"]
    seen = groups.agg(["min", "max", "size"]).reindex(creators)
    days = days_between(seen["min"], seen["max"])
    enough = (seen["size"] >= UPLOADS_AT_LEAST) & (days > 0).fillna(False)
    rows = pd.DataFrame(
        {
            "basis": pd.Series(BY_IDS, index=creators, dtype="str"),
            "from_at": seen["min"],
            "to_at": seen["max"],
            "days": days,
            "posted_lo": (seen["size"] - 1).astype("Int64"),
            "posted_hi": pd.Series(pd.NA, index=creators, dtype="Int64"),
        }
    )
    return rows.where(enough).astype(COLUMNS)


def _uploads_within(rows: pd.DataFrame, uploads: pd.DataFrame) -> pd.Series:
    window = rows[["from_at", "to_at"]].reindex(uploads["creator"]).set_axis(uploads.index)
    within = (uploads["created_at"] > window["from_at"]) & (uploads["created_at"] <= window["to_at"])
    counted = within.groupby(uploads["creator"], sort=True).sum().reindex(rows.index, fill_value=0)
    return counted.astype("Int64").where(rows["from_at"].notna()).rename("uploads_seen")


def _with_rates(rows: pd.DataFrame) -> pd.DataFrame:
    days = rows["days"].to_numpy(dtype=float, na_value=np.nan)
    lo, hi = (rows[f"posted_{end}"].to_numpy(dtype=float, na_value=np.nan) for end in ("lo", "hi"))
    for name, posts in (
        ("rate", (lo + hi) / 2),
        ("rate_low", poisson_interval(lo, INTERVAL)[0]),
        ("rate_high", poisson_interval(hi, INTERVAL)[1]),
    ):
        rows[name] = pd.Series(posts / days, index=rows.index).astype("Float64")
    ends = zip(*(rows[f"rate_{end}"].to_numpy(dtype=float, na_value=np.nan) for end in ("low", "high")), strict=True)
    answers = pd.Series([not too_wide(low, high, RATES) for low, high in ends], index=rows.index, dtype="boolean")
    rows["rate_answerable"] = answers.where(rows["rate"].notna())
    order = [
        "basis",
        "from_at",
        "to_at",
        "days",
        "uploads_seen",
        "posted_lo",
        "posted_hi",
        "rate",
        "rate_low",
        "rate_high",
        "rate_answerable",
    ]
    return rows[order]


def upload_gaps(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok seen with its upload time: days since the creator's previous upload that was seen.

    creator, id (str), created_at (datetime64[us, UTC]), previous_id (str), days_since_previous (Float64; both NA for
    the first), sorted by (creator, created_at, id), RangeIndex. An upload that the feed never showed is missing between
    two, so each is at least the true gap.
    """
    has = bounded[bounded["creator"].notna() & bounded["id"].notna() & bounded["created_at"].notna()]
    rows = has.drop_duplicates(["creator", "id"], keep="last")[["creator", "id", "created_at"]]
    rows = rows.sort_values(["creator", "created_at", "id"], kind="stable", ignore_index=True)
    previous = rows.groupby("creator", sort=True).shift()
    rows["previous_id"] = previous["id"].astype("str")
    rows["days_since_previous"] = days_between(previous["created_at"], rows["created_at"])
    return rows


def gap_summary(gaps: pd.DataFrame) -> pd.DataFrame:
    """Percentiles of days_since_previous over all TikToks with a previous one seen: `estimates_frame` rows.

    Names "p5", "p25", "p50", "p75", "p95"; intervals by order statistics, as if TikToks were independent.
    """
    values = gaps["days_since_previous"].dropna().to_numpy(dtype=float)
    estimates = {}
    for percent in GAP_PERCENTILES:
        definition = f"{percent}th percentile of {GAP}; interval by order statistics"
        estimates[f"p{percent}"] = quantile_estimate(
            values, percent / 100, of=len(gaps), definition=definition, scale=GAPS, units="TikToks"
        )
    return estimates_frame(estimates)
