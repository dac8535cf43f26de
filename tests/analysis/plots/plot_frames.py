"""Frames of every kind that the plots take, made by hand with the columns their docstrings name."""

from __future__ import annotations

import numpy as np
import pandas as pd

START = pd.Timestamp("2022-08-01T00:00", tz="UTC")
HOSTILE = (
    "plain",
    "$x_1$ and \\frac{1}{$",
    "\U0001f525\U0001f525\U0001f1e9\U0001f1ea fire \U0001f9d1\U0001f3fd\u200d\U0001f4bb",
    "\u202egnirts desrever\u202c",
    "مرحبا بالعالم",
    "שלום עולם",
    "z" * 80,
    "日本語の音楽",
    "a\u0301\u0302\u0303\u0304\u0305zalgo",
    "<script>alert(1)</script>",
    "line\nbreak\ttab\x00nul",
)


def moments(hours: np.ndarray | list[float]) -> pd.Series:
    return pd.Series(START + pd.to_timedelta(np.asarray(hours, dtype=float), unit="h")).astype("datetime64[us, UTC]")


def int64(values: list[int | None] | np.ndarray) -> pd.Series:
    return pd.Series(pd.array(values, dtype="Int64"))


def hours_frame(days: int = 15, gaps: tuple[int, ...] = (30, 31, 32, 100)) -> pd.DataFrame:
    """Of `coverage.Coverage.hours`: healthy but for *gaps*."""
    hour = np.arange(days * 24)
    healthy = ~np.isin(hour, gaps)
    seen = np.where(healthy, 72 + (hour * 7) % 29, 0)
    return pd.DataFrame(
        {
            "hour": moments(hour),
            "healthy": healthy,
            "run": pd.Series([f"r{h}" if ok else None for h, ok in zip(hour, healthy, strict=True)], dtype="str"),
            "sightings": pd.array([int(n) if ok else None for n, ok in zip(seen, healthy, strict=True)], dtype="Int64"),
        }
    )


def likes_frame(keys: int = 6, seed: int = 1, names: tuple[str, ...] = ()) -> pd.DataFrame:
    """Bounded sightings of *keys* TikToks: likes on the 100 and 100,000 grids, growing."""
    rng = np.random.default_rng(seed)
    parts = []
    for key in range(keys):
        at = np.sort(rng.choice(15 * 24, size=40 + 10 * key, replace=False)).astype(float)
        likes = 20_000 * (key + 1) + np.cumsum(rng.exponential(3_000 * (key + 1), size=at.size))
        step = np.where(likes < 1_000_000, 100, 100_000).astype(np.int64)
        value = (np.round(likes / step) * step).astype(np.int64)
        parts.append(
            pd.DataFrame(
                {
                    "id": pd.Series([f"712681234567890123{key}"] * at.size, dtype="str"),
                    "creator": pd.Series([names[key] if key < len(names) else f"creator{key}"] * at.size, dtype="str"),
                    "scraped_at": moments(at),
                    "likes": int64(value),
                    "likes_lo": int64(value - step // 2),
                    "likes_hi": int64(value + step // 2 - 1),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def followers_frame(keys: int = 6) -> pd.DataFrame:
    """Of `creators.follower_history`."""
    likes = likes_frame(keys).drop(columns=["id"])
    frame = likes.rename(
        columns={"scraped_at": "at", "likes": "followers", "likes_lo": "followers_lo", "likes_hi": "followers_hi"}
    )
    frame["first_seen"] = frame.groupby("creator")["at"].transform("min")
    return frame


def gains_frame(keys: int = 3) -> pd.DataFrame:
    """Of `growth.gains` for likes: consecutive pairs of `likes_frame`, the point in the middle."""
    likes = likes_frame(keys)
    after = likes.groupby("id").shift(-1)
    hours = (after["scraped_at"] - likes["scraped_at"]) / pd.Timedelta(hours=1)
    lo = (after["likes_lo"] - likes["likes_hi"]).clip(lower=0)
    hi = after["likes_hi"] - likes["likes_lo"]
    frame = pd.DataFrame(
        {
            "id": likes["id"],
            "start": likes["scraped_at"],
            "end": after["scraped_at"],
            "hours": hours.astype("Float64"),
            "lo": lo,
            "hi": hi,
            "point": (lo + hi).astype("Float64") / 2,
        }
    )
    return frame.loc[frame["end"].notna()].reset_index(drop=True)


def verdict_rows(n: int = 1500, seed: int = 2) -> pd.DataFrame:
    """Of `virality.Verdicts.rows`, the columns that plots read."""
    rng = np.random.default_rng(seed)
    age = 10 ** rng.uniform(0.3, 4.2, n)
    rate = 3.2 - 0.35 * np.log10(age) + rng.normal(0, 0.8, n)
    excess = rate - (3.2 - 0.35 * np.log10(age))
    likes = (10**rate * age).astype(np.int64)
    return pd.DataFrame(
        {
            "age_h": pd.array(age, dtype="Float64"),
            "rate_log10": pd.array(rate, dtype="Float64"),
            "excess": pd.array(excess, dtype="Float64"),
            "ad": pd.array(rng.random(n) < 0.03, dtype="boolean"),
            "viral_for_age": pd.array(excess >= np.quantile(excess, 0.99), dtype="boolean"),
            "likes": int64(likes),
            "comments": int64((likes * rng.lognormal(-4.5, 0.7, n)).astype(np.int64)),
            "user_followers": int64((10 ** rng.normal(5, 1.1, n)).astype(np.int64)),
        }
    )


def lowess_line() -> pd.DataFrame:
    """Of `virality.Verdicts.line`."""
    age = np.geomspace(2, 15_000, 50)
    return pd.DataFrame({"age_h": age, "rate_log10": 3.2 - 0.35 * np.log10(age)}).astype("Float64")


def ccdf_frame(values: np.ndarray | None = None) -> pd.DataFrame:
    """Of `tails.ccdf`, by a plain loop."""
    values = np.random.default_rng(3).lognormal(8, 2, 800) if values is None else values
    distinct = sorted(set(values.tolist()))
    at_or_above = [int((values >= value).sum()) for value in distinct]
    return pd.DataFrame(
        {
            "value": pd.array(distinct, dtype="Float64"),
            "n": pd.array(at_or_above, dtype="Int64"),
            "share": pd.array([n / len(values) for n in at_or_above], dtype="Float64"),
        }
    )


def uses_frame(keys: int = 6) -> pd.DataFrame:
    """Of `audios.uses_over_time`."""
    rng = np.random.default_rng(4)
    parts = []
    for key in range(keys):
        at = np.sort(rng.choice(360, size=30 + 12 * key, replace=False)).astype(float)
        new = rng.random(at.size) < 0.4
        new[0] = True
        parts.append(
            pd.DataFrame(
                {
                    "audio_key": pd.Series([f"69{key}"] * at.size, dtype="str"),
                    "at": moments(at),
                    "new_use": pd.array(new, dtype="boolean"),
                    "uses_seen": int64(np.cumsum(new)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def ranked_creators(n: int = 40, names: tuple[str, ...] = ()) -> pd.DataFrame:
    """Of `creators.ranked`, the columns that the forest plot reads; the last two have no gain."""
    lo = np.array([round(900_000 / (1 + rank) ** 1.1) - 15_000 for rank in range(n)])
    known = np.arange(n) < n - 2
    return pd.DataFrame(
        {
            "creator": pd.Series([names[i] if i < len(names) else f"creator{i}" for i in range(n)], dtype="str"),
            "followers_gain_lo": pd.array(
                [int(v) if ok else None for v, ok in zip(lo, known, strict=True)], dtype="Int64"
            ),
            "followers_gain_hi": pd.array(
                [
                    int(v) + (100_000 if i % 3 else 99) if ok else None
                    for i, (v, ok) in enumerate(zip(lo, known, strict=True))
                ],
                dtype="Int64",
            ),
            "gain_rank": pd.array([i + 1 if ok else None for i, ok in enumerate(known)], dtype="Int64"),
            "viral": pd.array([i in {1, 4} for i in range(n)], dtype="boolean"),
        }
    )


def course_frame() -> pd.DataFrame:
    """Of `events.EventStudy.course`."""
    day = np.arange(-7, 8)
    parts = []
    for group, slope, n in (("onset", 0.02, 21), ("matched", 0.004, 63)):
        gain = np.where(day > 0, slope * day, 0.003 * day)
        parts.append(
            pd.DataFrame(
                {
                    "day": int64(day),
                    "group": pd.Series([group] * day.size, dtype="str"),
                    "log_gain": pd.array(gain, dtype="Float64"),
                    "low": pd.array(gain - 0.004 * abs(day), dtype="Float64"),
                    "high": pd.array(gain + 0.004 * abs(day), dtype="Float64"),
                    "n": int64(n - abs(day)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def percentiles_frame() -> pd.DataFrame:
    """Of `ratios.likes_to_followers_percentiles`."""
    names = [f"{unit} p{p}" for unit in ("tiktok", "creator") for p in (5, 50, 95)]
    estimate = [0.02, 0.8, 40.0, 1.0, 20.0, 300.0]
    return pd.DataFrame(
        {
            "name": pd.Series(names, dtype="str"),
            "estimate": pd.array(estimate, dtype="Float64"),
            "low": pd.array([0.8 * e for e in estimate], dtype="Float64"),
            "high": pd.array([1.25 * e for e in estimate], dtype="Float64"),
            "answerable": pd.array([True] * len(estimate), dtype="boolean"),
        }
    )


def cells_frame(unanswered: int = 7) -> pd.DataFrame:
    """Of `specification.specification`: 60 cells, the last *unanswered* NA."""
    rng = np.random.default_rng(5)
    rows = [
        {"count": count, "window_h": window, "level": level}
        for count in ("likes", "views", "shares", "comments", "saves")
        for window in (6, 24, 72, 168)
        for level in (0.95, 0.99, 0.995)
    ]
    overlap: list[float | None] = [float(share) for share in rng.beta(2, 3, len(rows))]
    overlap[len(rows) - unanswered :] = [None] * unanswered
    frame = pd.DataFrame(rows).astype({"count": "str", "window_h": "Int64", "level": "Float64"})
    return frame.assign(overlap=pd.array(overlap, dtype="Float64"), n=pd.array([400] * len(rows), dtype="Int64"))


def similarity_frame() -> pd.DataFrame:
    """Of `sampling.similarity`, with a gap of three hours."""
    rng = np.random.default_rng(6)
    hours = np.array([h for h in range(1, 360) if h not in (30, 31, 32, 100)], dtype=float)
    return pd.DataFrame(
        {
            "at": moments(hours),
            "hours": pd.array(np.diff(hours, prepend=0), dtype="Float64"),
            "jaccard": pd.array(rng.beta(3, 30, hours.size), dtype="Float64"),
            "rbo": pd.array(rng.beta(2, 40, hours.size), dtype="Float64"),
        }
    )


def accumulation_frame() -> pd.DataFrame:
    """Of `sampling.accumulation`."""
    hours = np.arange(0, 360, dtype=float)
    seen = (2000 * (1 - np.exp(-hours / 150)) + 60).astype(np.int64)
    return pd.DataFrame(
        {"at": moments(hours), "tiktoks": int64(seen), "creators": int64(seen * 4 // 5), "audios": int64(seen * 3 // 4)}
    )


def upload_times_frame() -> pd.DataFrame:
    """Of `overview.upload_hours`."""
    counts = np.array([60 + round(40 * np.sin(hour / 24 * 2 * np.pi)) for hour in range(24)])
    share = counts / counts.sum()
    return pd.DataFrame(
        {
            "hour": int64(np.arange(24)),
            "tiktoks": int64(counts),
            "share": pd.array(share, dtype="Float64"),
            "share_lo": pd.array(share * 0.8, dtype="Float64"),
            "share_hi": pd.array(share * 1.2, dtype="Float64"),
        }
    )
