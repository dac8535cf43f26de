"""What was seen of each audio up to each of its sightings."""

from __future__ import annotations

import pandas as pd

from analysis.measures import ads
from analysis.terms.errors import need_columns

_TYPES = {
    "audio_key": "str",
    "at": "datetime64[us, UTC]",
    "run": "str",
    "id": "str",
    "new_use": "boolean",
    "uses_seen": "Int64",
    "creators_seen": "Int64",
    "likes_seen": "Int64",
    "comments_seen": "Int64",
}


def uses_over_time(bounded: pd.DataFrame) -> pd.DataFrame:
    """What was seen of each audio up to each of its sightings, ads left out; partitionable by audio_key.

    One row a sighting with an audio_key, sorted by audio_key, at: audio_key (str), at (datetime64[us, UTC]), run, id
    (str), new_use (boolean: the first sighting of this TikTok with this audio), uses_seen (Int64, cumulative
    TikTok-audio combinations), creators_seen (Int64, cumulative), likes_seen, comments_seen (Int64: sum over TikToks
    seen of what was last told; NA until one was told; may fall where likes do).
    """
    need_columns(
        bounded, ["audio_key", "scraped_at", "run", "id", "creator", "ad", "likes", "comments"], "uses_over_time"
    )
    kept = bounded[bounded["audio_key"].notna() & ~ads.advertised(bounded, "audio_key")]
    ordered = kept.sort_values(["audio_key", "scraped_at"], kind="stable", ignore_index=True)
    rows = ordered[["audio_key", "run", "id"]].assign(at=ordered["scraped_at"])
    rows["new_use"] = ~ordered.duplicated(["audio_key", "id"])
    new_creator = ~ordered.duplicated(["audio_key", "creator"]) & ordered["creator"].notna()
    rows["uses_seen"] = _so_far(rows["new_use"].astype("Int64"), ordered["audio_key"])
    rows["creators_seen"] = _so_far(new_creator.astype("Int64"), ordered["audio_key"])
    for count in ("likes", "comments"):
        rows[f"{count}_seen"] = _last_told(ordered, count)
    return rows[list(_TYPES)].astype(_TYPES)


def _so_far(values: pd.Series, audio: pd.Series) -> pd.Series:
    return values.groupby(audio).cumsum()


def _last_told(ordered: pd.DataFrame, count: str) -> pd.Series:
    """Sum, over the TikToks of each audio, of what *count* was last told to be, up to each row."""
    told = ordered[count].astype("Int64").groupby([ordered["audio_key"], ordered["id"]])
    known = told.ffill()
    before = known.groupby([ordered["audio_key"], ordered["id"]]).shift(1)
    sums = _so_far((known.fillna(0) - before.fillna(0)).astype("Int64"), ordered["audio_key"])
    return sums.where(_so_far(known.notna().astype("Int64"), ordered["audio_key"]) > 0)
