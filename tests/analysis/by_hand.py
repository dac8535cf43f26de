"""Bounded sightings written by hand: what a test says of each, and a plain rest."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.terms.schema import SIGHTINGS, typed

START = pd.Timestamp("2026-03-02T00:00:00", tz="UTC")  # a Monday


def at(hours: float) -> pd.Timestamp:
    return START + pd.Timedelta(hours=hours)


def sighting(id_: str, hours: float, **fields: Any) -> dict[str, Any]:
    """A sighting of the TikTok *id_*, *hours* after START, in a run of that hour; counts are exact unless told."""
    row: dict[str, Any] = {
        "id": id_,
        "scraped_at": at(hours),
        "run": f"run {int(hours):04d}",
        "position": 1,
        "url": f"https://www.tiktok.com/@of_{id_}/video/{id_}",
        "creator": f"of_{id_}",
        "created_at": at(-100),
        "ad": False,
        "kind": "video",
        "simulated": False,
        "audio_key": "1",
        "schema": 2,
    }
    row |= fields
    return row | {
        f"{name}_step": 1
        for name, value in fields.items()
        if name in COUNTS and f"{name}_step" not in fields and value is not None
    }


COUNTS = ("likes", "comments", "shares", "views", "saves", "user_followers", "user_likes", "user_videos")


def sightings(*rows: dict[str, Any]) -> pd.DataFrame:
    """The contract's frame of *rows*, in its order."""
    frame = pd.DataFrame(list(rows), columns=list({name: None for row in rows for name in row} or {"id": None}))
    return typed(frame, SIGHTINGS).sort_values(["scraped_at", "run", "position"], kind="stable", ignore_index=True)


def bounded(*rows: dict[str, Any]) -> pd.DataFrame:
    return with_bounds(sightings(*rows))


def without_counts(frame: pd.DataFrame) -> pd.DataFrame:
    """*frame* of sightings with every count and step missing."""
    lost = {f"{count}{end}": pd.array([pd.NA] * len(frame), dtype="Int64") for count in COUNTS for end in ("", "_step")}
    return frame.assign(**lost)
