"""Lines of tiktoks.jsonlines and runs.jsonlines for tests, made by hand of the contract."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2026, 8, 1, 14, tzinfo=UTC)
OLD = {
    "scraped_at": "2022-08-01T14:00:05",
    "url": "https://www.tiktok.com/@someone/video/7126812345678901234",
    "audio": "original sound - someone",
    "audio_url": "https://www.tiktok.com/music/original-sound-7126812345678901235",
    "likes": 12300,
    "comments": 456,
    "username": "https://www.tiktok.com/@someone",
    "user_followers": 340700,
    "user_likes": -1934013585,
}
IDS = 7530000000000000000  # uploads of July 2025


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def line(number: int = 0, *, run: str = "r1", hours: float = 0, **fields: Any) -> dict[str, Any]:
    """A line of schema 2: the *number*-th TikTok, sighted *hours* after START."""
    at = START + timedelta(hours=hours, seconds=number)
    return {
        "scraped_at": stamp(at),
        "url": f"https://www.tiktok.com/@creator{number}/video/{IDS + number}",
        "audio": "a song",
        "audio_url": f"https://www.tiktok.com/music/a-song-{IDS - number}",
        "likes": 12300 + number,
        "comments": 456,
        "username": f"https://www.tiktok.com/@creator{number}",
        "user_followers": 340700,
        "user_likes": 1200000,
        "likes_step": 1,
        "comments_step": 1,
        "user_followers_step": 100,
        "user_likes_step": 100000,
        "id": str(IDS + number),
        "audio_id": str(IDS - number),
        "created_at": "2026-07-31T00:00:00+00:00",
        "created_from": "page",
        "shown_at": stamp(at),
        "run": run,
        "position": number + 1,
        "session": 1,
        "era": "b",
        "source": "json",
        "ad": False,
        "kind": "video",
        "duration": 12,
        "simulated": False,
        "schema": 2,
        **fields,
    }


def encoded(*records: Any) -> bytes:
    """The file's bytes: each record as a line; bytes as they are."""
    return b"".join(record if isinstance(record, bytes) else json.dumps(record).encode() + b"\n" for record in records)


def written(folder: Path, *records: Any, runs: list[dict[str, Any]] | None = None) -> Path:
    """A data folder with these lines; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tiktoks.jsonlines").write_bytes(encoded(*records))
    if runs is not None:
        (folder / "runs.jsonlines").write_bytes(encoded(*runs))
    return folder


def run_events(
    run: str, hours: float, *, verdict: str | None = "fit", written: int | None = None, **conditions: Any
) -> list[dict[str, Any]]:
    """A run's start and, unless the verdict is None (killed), its end six minutes later."""
    head = {"run": run, "schema": 2, "asked": 100, "pace": 3, "media": "loaded", "headless": True, **conditions}
    begun = START + timedelta(hours=hours)
    events = [{"event": "start", "at": stamp(begun), **head}]
    if verdict is not None:
        ended = stamp(begun + timedelta(minutes=6))
        events.append({"event": "end", "at": ended, **head, "verdict": verdict, "reason": "limit", "written": written})
    return events
