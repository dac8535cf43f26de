"""Likes, comments and shares of each TikTok over time, and per hour."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.counts import growth
from analysis.terms.definitions import LIVE_TO_HOURS
from analysis.terms.errors import need_columns

COUNTS = ("likes", "comments", "shares")
_TIMES = "datetime64[us, UTC]"
_OVER_TIME = {
    "id": "str",
    "creator": "str",
    "count": "str",
    "at": _TIMES,
    "run": "str",
    "age_h": "Float64",
    "value": "Int64",
    "lo": "Int64",
    "hi": "Int64",
    "step": "Int64",
    "segment": "Int64",
    "strange": "boolean",
}
_PER_HOUR = {
    "id": "str",
    "count": "str",
    "began": _TIMES,
    "ended": _TIMES,
    "hours": "Float64",
    "gain_lo": "Int64",
    "gain_hi": "Int64",
    "per_hour_lo": "Float64",
    "per_hour_hi": "Float64",
    "per_hour": "Float64",
}


def over_time(bounded: pd.DataFrame) -> pd.DataFrame:
    """Likes, comments and shares of each TikTok at each sighting; filter the sightings first to draw a few.

    One row a sighting and count that was told, sorted by id, count, at: id, creator (str), count (str), at
    (datetime64[us, UTC]), run (str), age_h (Float64), value, lo, hi (Int64; lo and hi tightened for likes and shares),
    step (Int64), segment (Int64: a new one after each fall of likes or shares), strange (boolean: the sightings beside
    it contradict it, see `counts.strange`; lo, hi and segment are NA then).
    """
    told = [f"{count}{end}" for count in COUNTS for end in ("", "_step", "_lo", "_hi")]
    need_columns(bounded, ["id", "creator", "run", "scraped_at", "created_at", *told], "over_time")
    return _stacked([_of_one(bounded, count) for count in COUNTS], "at", _OVER_TIME)


def _of_one(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    told = bounded.loc[
        bounded[count].notna(), ["id", "creator", "run", "scraped_at", "created_at", count, f"{count}_step"]
    ]
    tight = growth.settled(bounded, count)[["id", "scraped_at", "lo", "hi", "segment"]]
    rows = told.rename(columns={count: "value", f"{count}_step": "step"}).merge(
        tight, on=["id", "scraped_at"], how="left"
    )
    rows["strange"] = rows["segment"].isna()
    rows["age_h"] = (rows["scraped_at"] - rows["created_at"]).dt.total_seconds() / 3600
    return rows.rename(columns={"scraped_at": "at"}).assign(count=count)


def per_hour(bounded: pd.DataFrame) -> pd.DataFrame:
    """Growth per hour of each TikTok's likes, comments and shares between consecutive sightings that none contradicts.

    Sorted by id, count, began: id (str), count (str), began, ended (datetime64[us, UTC]), hours (Float64), gain_lo,
    gain_hi (Int64), per_hour_lo, per_hour_hi (Float64: what rounding leaves, and the time between, which is known to a
    minute, see LIVE_TO_HOURS; NA where they leave it open), per_hour (Float64: by the taut string); nothing is claimed
    across a fall, nor of a gain that the next sighting takes back.
    """
    need_columns(bounded, ["id", "scraped_at", *[f"{count}_lo" for count in COUNTS]], "per_hour")
    return _stacked([_gains(bounded, count) for count in COUNTS], "began", _PER_HOUR)


def _gains(bounded: pd.DataFrame, count: str) -> pd.DataFrame:
    gains = growth.gains(growth.settled(bounded, count), count)
    rows = gains.rename(columns={"start": "began", "end": "ended", "lo": "gain_lo", "hi": "gain_hi"}).assign(
        count=count
    )
    longest, shortest = rows["hours"] + LIVE_TO_HOURS, rows["hours"] - LIVE_TO_HOURS
    shortest = shortest.where(shortest > 0)
    return rows.assign(
        per_hour_lo=(rows["gain_lo"] / longest).where(rows["gain_lo"] >= 0, rows["gain_lo"] / shortest),
        per_hour_hi=(rows["gain_hi"] / shortest).where(rows["gain_hi"] >= 0, rows["gain_hi"] / longest),
        per_hour=rows["point"] / rows["hours"],
    )


def _stacked(parts: list[pd.DataFrame], time: str, types: dict[str, Any]) -> pd.DataFrame:
    typed = [part[list(types)].astype(types) for part in parts]
    return pd.concat(typed).sort_values(["id", "count", time], kind="stable", ignore_index=True)
