"""The truth about a TikTok, in the names of tiktoks.jsonlines: exact, not as sent."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from replica.items.display import audio_slug, audio_text
from replica.world.entities import Counts, CreatorCounts, TikTok

SITE = "https://www.tiktok.com"
BLOCKS = ("stats", "statsV2", "authorStats", "authorStatsV2")


def truth_of(tiktok: TikTok, counts: Counts, creator: CreatorCounts, item: Mapping[str, Any]) -> dict[str, Any]:
    """The truth about *tiktok* sent as *item*.

    Beside the names of the file: `sent`, the count blocks as sent, and `creator_told`: "item" where the item tells
    the creator's counts, else "none". `language` and `audio_original` are as told, None where the item is silent;
    a photo post has no `duration`.
    """
    kind = "photo" if tiktok.photo else "video"
    audio = tiktok.audio
    return {
        "id": tiktok.id,
        "url": video_url(tiktok.creator.handle, kind, tiktok.id),
        "username": creator_url(tiktok.creator.handle),
        "audio": audio_text(audio.title, audio.author),
        "audio_url": audio_url(audio.title, audio.id) if audio.id else None,
        "likes": counts.likes,
        "comments": counts.comments,
        "shares": counts.shares,
        "views": counts.views,
        "saves": counts.saves,
        "user_followers": creator.followers,
        "user_likes": creator.likes,
        "user_videos": creator.videos,
        "creator_id": tiktok.creator.id,
        "audio_id": audio.id or None,
        "created_at": iso(tiktok.created_at),
        "ad": tiktok.ad,
        "kind": kind,
        "audio_original": item["music"].get("original"),
        "duration": None if tiktok.photo else tiktok.duration,
        "language": item.get("textLanguage"),
        "creator_told": "item" if item.get("authorStats", {}).get("heartCount") else "none",
        "sent": sent(item),
    }


def sent(item: Mapping[str, Any]) -> dict[str, Any]:
    """The count blocks of *item*."""
    return {name: item[name] for name in BLOCKS if name in item}


def creator_url(handle: str) -> str:
    """A creator's address; a name that is no handle is percent-encoded."""
    return f"{SITE}/@{quote(handle, safe='')}"


def video_url(handle: str, kind: str, id_: str) -> str:
    """A TikTok's address."""
    return f"{creator_url(handle)}/{kind}/{id_}"


def audio_url(title: str, id_: str) -> str:
    """An audio's address (site.md 8)."""
    return f"{SITE}/music/{audio_slug(title)}-{id_}"


def iso(at: float) -> str:
    """*at*, Unix seconds, as UTC ISO 8601 with milliseconds; put together here since a history writes half a million.

    As `datetime` does it: rounded to a microsecond, then cut to a millisecond.
    """
    fraction, whole = math.modf(at)
    microseconds = round(fraction * 1e6)
    day, second = divmod(int(whole) + microseconds // 1_000_000, 86_400)
    minute, second = divmod(second, 60)
    hour, minute = divmod(minute, 60)
    return f"{_date(day)}T{hour:02}:{minute:02}:{second:02}.{microseconds % 1_000_000 // 1000:03}+00:00"


@lru_cache(maxsize=1 << 12)
def _date(day: int) -> str:
    """The date of *day*, counted from 1970."""
    return datetime.fromtimestamp(day * 86_400, UTC).date().isoformat()
