"""What the bounds assume, broken on purpose in series whose truth is known. Pure, by seed. Frames: bounds_judged.py."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.analysis.bounds_judged import rounded

Break = Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]

_HOUR = pd.Timedelta(hours=1)


def likes_removed(told: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    """A tenth of the TikToks lose 0.1 to 30 % of what they have at a random sighting, for good."""
    told = told.sort_values(["key", "scraped_at"], ignore_index=True)
    code = pd.factorize(told["key"])[0]
    first = np.flatnonzero(np.append(True, code[1:] != code[:-1]))
    size = np.diff(np.append(first, len(code)))
    hit = draw.random(len(first)) < 0.1
    since = first + (draw.random(len(first)) * size).astype(np.int64)
    lost = np.where(hit, 10 ** draw.uniform(-3, np.log10(0.3), len(first)), 0.0)
    truth = told["truth"].to_numpy(np.int64)
    gone = np.where(np.arange(len(code)) >= since[code], (lost[code] * truth[since[code]]).astype(np.int64), 0)
    return _told_anew(told, np.maximum(truth - gone, 0))


def clocks_wrong(told: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    """A tenth of the hours are written by a machine whose clock is up to 6 hours off, either way."""
    hour = told["scraped_at"].dt.floor("h")
    hours = hour.drop_duplicates().sort_values()
    off = np.where(draw.random(len(hours)) < 0.1, draw.uniform(-6, 6, len(hours)), 0.0)
    moved = hour.map(dict(zip(hours, off * _HOUR, strict=True)))
    shifted = (told["scraped_at"] + moved).astype("datetime64[us, UTC]")
    return told.assign(scraped_at=shifted).drop_duplicates(["key", "scraped_at"], ignore_index=True)


def shown_are_avoided(told: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:
    """The feed doesn't show a TikTok again within 12 to 48 hours: those sightings are not there."""
    told = told.sort_values(["key", "scraped_at"], ignore_index=True)
    wait = pd.to_timedelta(draw.uniform(12, 48, len(told)), unit="h")
    kept, key, free = [], None, pd.Timestamp.min.tz_localize("UTC")
    for at, (name, time) in enumerate(zip(told["key"], told["scraped_at"], strict=True)):
        if name != key or time >= free:
            kept.append(at)
            key, free = name, time + wait[at]
    return told.iloc[kept].reset_index(drop=True)


def always_rounded(told: pd.DataFrame, draw: np.random.Generator) -> pd.DataFrame:  # noqa: ARG001 a Break draws
    """No exact sighting among them, as in the 2022 file: assumptions hold, bounds are as wide as they come."""
    return _told_anew(told.assign(step=0), told["truth"].to_numpy(np.int64))


BREAKS: dict[str, Break] = {
    "all rounded": always_rounded,
    "likes removed": likes_removed,
    "shown avoided": shown_are_avoided,
    "clocks wrong": clocks_wrong,
}


def _told_anew(told: pd.DataFrame, truth: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pd.DataFrame:
    """Write *truth* as the file would: exact where it was, else rounded."""
    value, step = rounded(truth)
    exact = told["step"].to_numpy(np.int64) == 1
    return told.assign(truth=truth, value=np.where(exact, truth, value), step=np.where(exact, 1, step))
