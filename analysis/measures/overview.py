"""The plain questions of the 2022 study: how many of what, who has most, when uploaded, and counts over time."""

from __future__ import annotations

import pandas as pd

from analysis.counts.histories import over_time, per_hour
from analysis.counts.overflow import unwrapped
from analysis.measures.followed import creator_days, most_followed
from analysis.measures.uploads import upload_hours, upload_weekdays
from analysis.terms.errors import need_columns

__all__ = [
    "creator_days",
    "creator_totals",
    "most_followed",
    "most_tiktoks",
    "over_time",
    "per_hour",
    "totals",
    "upload_hours",
    "upload_weekdays",
]

_CREATOR_COUNTS = ("user_followers", "user_likes", "user_videos")
_TIMES = "datetime64[us, UTC]"
_CREATOR = {
    "creator": "str",
    "simulated": "boolean",
    "first_at": _TIMES,
    "last_at": _TIMES,
    "sightings": "Int64",
    "tiktoks": "Int64",
    **{f"{count}{end}": "Int64" for count in _CREATOR_COUNTS for end in ("", "_lo", "_hi")},
    "likes_per_tiktok_seen": "Float64",
    "tiktoks_with_likes": "Int64",
    "likes_per_tiktok": "Float64",
    "likes_per_tiktok_lo": "Float64",
    "likes_per_tiktok_hi": "Float64",
}


def totals(sightings: pd.DataFrame, runs: pd.DataFrame | None = None) -> pd.DataFrame:
    """How many things were seen: quantity (str), n (Int64), missing (Int64: sightings that name none).

    n is NA where sightings are there but none names one: that ads were not told does not mean that there were none.
    Rows: sightings, runs (that have sightings), runs recorded (in *runs*; NA without), TikToks, creators, audios,
    TikTok-audio combinations, ads (sightings), days (UTC, with sightings).
    Needs the columns run, id, creator, audio_key, ad, scraped_at only. What was seen, not what there is.
    """
    need_columns(sightings, ["run", "id", "creator", "audio_key", "ad", "scraped_at"], "totals")
    whole = sightings[["id", "audio_key"]].dropna()
    days = sightings["scraped_at"].dt.floor("D")
    named = {
        "runs": (sightings["run"].nunique(), sightings["run"].count()),
        "TikToks": (sightings["id"].nunique(), sightings["id"].count()),
        "creators": (sightings["creator"].nunique(), sightings["creator"].count()),
        "audios": (sightings["audio_key"].nunique(), sightings["audio_key"].count()),
        "TikTok-audio combinations": (len(whole.drop_duplicates()), len(whole)),
        "ads": (sightings["ad"].sum(), sightings["ad"].count()),
        "days": (days.nunique(), days.count()),
    }
    every = len(sightings)
    rows: list[tuple[str, object, object]] = [("sightings", every, 0)]
    rows += [(quantity, n if told or not every else pd.NA, every - told) for quantity, (n, told) in named.items()]
    rows.insert(2, ("runs recorded", pd.NA if runs is None else len(runs), 0))
    return pd.DataFrame(rows, columns=["quantity", "n", "missing"]).astype(
        {"quantity": "str", "n": "Int64", "missing": "Int64"}
    )


def creator_totals(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a creator, sorted by creator; partitionable by creator.

    creator (str), simulated (boolean), first_at, last_at (datetime64[us, UTC]), sightings, tiktoks (Int64: seen),
    user_followers, user_likes, user_videos, each with _lo and _hi (Int64: last told; hi NA without upper bound),
    likes_per_tiktok_seen (Float64: mean of last told likes of its TikToks seen), tiktoks_with_likes (Int64: in that
    mean), likes_per_tiktok, likes_per_tiktok_lo, likes_per_tiktok_hi (Float64: user_likes / user_videos of the last
    sighting that tells both, none where there are 0 videos; NA where none does; the likes unwrapped over the creator's
    history, hi NA where nothing bounds them).
    The two answers differ: the feed shows what does well, so what was seen lies above what there is.
    """
    counts = [f"{count}{end}" for count in _CREATOR_COUNTS for end in ("", "_lo", "_hi")]
    need_columns(bounded, ["creator", "scraped_at", "id", "likes", "simulated", *counts], "creator_totals")
    ordered = bounded[bounded["creator"].notna()].sort_values(["creator", "scraped_at"], kind="stable")
    creators = ordered.groupby("creator", sort=True)
    rows = creators[["simulated"]].max()
    rows["first_at"], rows["last_at"] = creators["scraped_at"].min(), creators["scraped_at"].max()
    rows["sightings"], rows["tiktoks"] = creators.size(), creators["id"].nunique()
    for count in _CREATOR_COUNTS:
        # All three of one sighting: its own bounds, and no older upper bound where the last told has none.
        told = ordered[ordered[count].notna()].drop_duplicates("creator", keep="last").set_index("creator")
        rows = rows.join(told[[count, f"{count}_lo", f"{count}_hi"]])
    likes = ordered.groupby(["creator", "id"])["likes"].last().astype("Float64").groupby("creator")
    rows["likes_per_tiktok_seen"], rows["tiktoks_with_likes"] = likes.mean(), likes.count()
    return rows.join(_likes_per_tiktok(ordered)).reset_index()[list(_CREATOR)].astype(_CREATOR)


def _likes_per_tiktok(ordered: pd.DataFrame) -> pd.DataFrame:
    both = ordered["user_likes"].notna() & (ordered["user_videos"] > 0).fillna(False)
    last = ordered[both.astype(bool)].drop_duplicates("creator", keep="last").set_index("creator")
    least, most = _unwrapped_likes(ordered, last)
    lost = least - last["user_likes_lo"]  # what wraps took from the number told
    most_videos, least_videos = last["user_videos_hi"], last["user_videos_lo"]
    return pd.DataFrame(
        {
            "likes_per_tiktok": (last["user_likes"] + lost).astype("Float64") / last["user_videos"],
            "likes_per_tiktok_lo": least.astype("Float64") / most_videos,
            "likes_per_tiktok_hi": most.astype("Float64") / least_videos,
        }
    )


def _unwrapped_likes(ordered: pd.DataFrame, last: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Least and most likes of each creator at its sighting in *last*, by what its whole history says of wraps."""
    history = unwrapped(ordered).drop_duplicates(["creator", "scraped_at"], keep="last")
    told_at = last["scraped_at"]
    if "user_scraped_at" in last:
        told_at = last["user_scraped_at"].fillna(told_at)
    moments = pd.MultiIndex.from_arrays([last.index, told_at])
    found = history.set_index(["creator", "scraped_at"]).reindex(moments)
    return found["lo"].set_axis(last.index), found["hi"].set_axis(last.index)


def most_tiktoks(rows: pd.DataFrame, top: int = 20) -> pd.DataFrame:
    """The creators with most TikToks: rows of `creator_totals` by user_videos, then TikToks seen, descending.

    Creators whose number of TikToks was never told come last; of equal ones the first by name.
    """
    by = ["user_videos", "tiktoks", "creator"]
    ordered = rows.sort_values(by, ascending=[False, False, True], na_position="last", kind="stable")
    return ordered.head(top).reset_index(drop=True)
