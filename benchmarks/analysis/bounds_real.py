"""Real counts that are known exactly, rounded by the site's rule (the saved pages beside the checkout, README there).

Yields nothing where the captures aren't beside the checkout.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.analysis.bounds_judged import rounded
from benchmarks.places import CAPTURES

_PULLS = "json/2025-02_recommend_item_list_12_pulls.json"
_VIDEOS = "csv/2026_video_observations_changes_berktore.csv"
_PROFILE = "csv/2026_profile_timeseries_berktore.csv"


def real(captures: Path = CAPTURES) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Yield (what, count, told): see bounds_judged."""
    if (captures / _PULLS).exists():
        yield from _pulls(captures / _PULLS)
    if (captures / _VIDEOS).exists():
        videos = pd.read_csv(captures / _VIDEOS, dtype={"video_id": "str"})
        for column, count in {"plays": "views", "likes": "likes", "comments": "comments", "shares": "shares"}.items():
            yield "berktore's videos", count, _told(videos["video_id"], videos["observed"], videos[column])
        yield "berktore's videos", "saves", _told(videos["video_id"], videos["observed"], videos["saves"])
        bigger = videos["plays"] * 1_237 + 611  # past the grid's edges, growing as they did
        yield "berktore's videos, plays x 1,237", "views", _told(videos["video_id"], videos["observed"], bigger)
    if (captures / _PROFILE).exists():
        profile = pd.read_csv(captures / _PROFILE)
        name = pd.Series("berktore", index=profile.index)
        bigger = profile["followers"] * 37 + np.arange(len(profile))
        yield "berktore's profile, x 37 + n", "user_followers", _told(name, profile["observed"], bigger)


def _pulls(path: Path) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Saves are exact in statsV2 and rounded in stats: by our rule, and as the site itself rounded them."""
    items = [
        (item["id"], pull["extra"]["now"] // 1000, item["statsV2"]["collectCount"], item["stats"]["collectCount"])
        for pull in json.loads(path.read_text(encoding="utf-8"))
        for item in pull["itemList"]
        if item.get("id") and "statsV2" in item
    ]
    frame = pd.DataFrame(items, columns=["id", "second", "exact", "shown"])
    observed = pd.to_datetime(frame["second"], unit="s", utc=True).astype("str")
    exact, shown = frame["exact"].astype("int64"), frame["shown"].astype("int64")
    told = _told(frame["id"], observed, exact)
    yield "12 pulls", "saves", told
    step = rounded(np.asarray(shown, np.int64))[1]
    yield "12 pulls, as the site rounded", "saves", told.assign(value=shown, step=step)


def _told(key: pd.Series, observed: pd.Series, exact: pd.Series) -> pd.DataFrame:
    truth = exact.to_numpy(np.int64)
    value, step = rounded(truth)
    times = pd.to_datetime(observed, utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    return pd.DataFrame({"key": key, "scraped_at": times, "truth": truth, "value": value, "step": step})
