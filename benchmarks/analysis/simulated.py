"""Sightings by the million, made quickly with numpy: for tests and benches where only their number matters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.terms.schema import SIGHTINGS, typed

HOUR_US = 3_600_000_000
START_US = 1_659_312_000_000_000  # 2022-08-01T00:00:00Z


def sightings(number: int, seed: int = 1, hours: int = 360) -> pd.DataFrame:
    """*number* sightings in the contract's columns and order: 13 a TikTok, some without audio, likes rounded."""
    rng = np.random.default_rng(seed)
    tiktoks = max(1, number // 13)
    of = rng.integers(0, tiktoks, number)
    creator = (of * 4 // 5).astype(np.int64)  # five TikToks share four creators
    audio = np.minimum(rng.zipf(1.4, tiktoks), tiktoks)[of]
    born = START_US - rng.integers(1, 24 * 30, tiktoks)[of] * HOUR_US
    hour = np.sort(rng.integers(0, hours, number))
    at = START_US + hour * HOUR_US + np.arange(number) % 3000 * 1_000_000
    likes = np.floor(np.exp(rng.normal(9, 2.5, tiktoks))[of] * np.log1p((at - born) / HOUR_US)).astype(np.int64)
    followers = np.floor(np.exp(rng.normal(10, 2, tiktoks)[creator])).astype(np.int64) + hour
    ids = pd.Series(7_000_000_000_000_000_000 + of * 1_000_003, dtype="str")
    names = pd.Series("u" + pd.Series(creator).astype("str"), dtype="str")
    music = pd.Series(6_900_000_000_000_000_000 + audio, dtype="str").mask(of % 17 == 0)
    rounded, step = on_grid(likes)
    frame = pd.DataFrame(
        {
            "scraped_at": stamps(at),
            "created_at": stamps(born),
            "user_scraped_at": stamps(at),
            "url": "https://www.tiktok.com/@" + names + "/video/" + ids,
            "username": "https://www.tiktok.com/@" + names,
            "creator": names,
            "id": ids,
            "audio_id": music,
            "audio_key": music,
            "audio": pd.Series("sound " + music, dtype="str"),
            "likes": rounded,
            "likes_step": step,
            "run": stamps(START_US + hour * HOUR_US).dt.strftime("%Y-%m-%dT%H").astype("str"),
            "position": np.arange(number) % 3000 + 1,
            "ad": rng.random(number) < 0.03,
            "audio_original": audio % 3 == 0,
            "simulated": True,
            "schema": 2,
            "kind": "video",
            "line_from": np.arange(number) * 900,
        }
    )
    for count, value in {
        "comments": likes // 50,
        "shares": likes // 30,
        "views": likes * 12,
        "saves": likes // 20,
    }.items():
        frame[count], frame[f"{count}_step"] = on_grid(value)
    frame["user_followers"], frame["user_followers_step"] = on_grid(followers)
    frame["user_likes"], frame["user_likes_step"] = followers * 9, 1
    frame["user_videos"], frame["user_videos_step"] = 100 + hour // 24, 1
    told = pd.Series(rng.random(number) < 0.9)
    for name in ("user_followers", "user_likes", "user_videos"):
        frame[name], frame[f"{name}_step"] = frame[name].where(told), frame[f"{name}_step"].where(told)
    return typed(frame, SIGHTINGS).sort_values(["scraped_at", "run", "position"], kind="stable", ignore_index=True)


def on_grid(values: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """Counts as the site rounds them, with their steps."""
    steps = np.select([values < 10_000, values < 1_000_000, values < 10**9], [1, 100, 100_000], 100_000_000)
    return pd.Series((values + steps // 2) // steps * steps, dtype="Int64"), pd.Series(steps, dtype="Int64")


def stamps(microseconds: np.ndarray) -> pd.Series:
    """Instants, UTC."""
    return pd.Series(pd.to_datetime(microseconds, unit="us", utc=True)).dt.as_unit("us")
