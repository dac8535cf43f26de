"""What a real item says, in the names of tiktoks.jsonlines. Nothing truer than the item itself is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from replica.feed.file_creators import author_of
from replica.items.display import audio_text
from replica.items.truth import audio_url, creator_url, iso, sent, video_url

COUNTS = {
    "likes": "diggCount",
    "comments": "commentCount",
    "shares": "shareCount",
    "views": "playCount",
    "saves": "collectCount",
}
AUTHOR_COUNTS = {"user_followers": "followerCount", "user_likes": "heartCount", "user_videos": "videoCount"}


def truth_of_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The line of *item*: `statsV2` where sent, else `stats`; the creator's counts as `authorStats` has them.

    In an ad's `authorStats` a 0 means that nothing is told (site.md 5.1b), and so does a block of zeros only.
    """
    author, music = author_of(item), item.get("music") or {}
    kind = "photo" if item.get("imagePost") else "video"
    handle = str(author.get("uniqueId") or "")
    title, music_id = music.get("title"), music.get("id")
    created = int(item["createTime"]) if item.get("createTime") else None
    creator = _creator(item)
    return {
        "id": item["id"],
        "url": video_url(handle, kind, item["id"]),
        "username": creator_url(handle),
        "audio": audio_text(title, music.get("authorName")) if title else None,
        "audio_url": audio_url(title, music_id) if title and music_id else None,
        **{name: _count(item, key) for name, key in COUNTS.items()},
        **creator,
        "creator_id": author.get("id") or None,
        "audio_id": music_id or None,
        "created_at": iso(created) if created else None,
        "ad": bool(item.get("isAd")),
        "kind": kind,
        "audio_original": music.get("original"),
        "duration": None if kind == "photo" else _duration_s(item),
        "language": item.get("textLanguage"),
        "creator_told": "item" if creator["user_likes"] else "none",
        "sent": sent(item),
    }


def _duration_s(item: Mapping[str, Any]) -> int | None:
    """Seconds; an ad tells milliseconds, as all 28 of the twelve pulls do (the shortest 10,006)."""
    told = (item.get("video") or {}).get("duration") or None
    return round(told / 1000) if told and told > 3600 and item.get("isAd") else told


def _count(item: Mapping[str, Any], key: str) -> int | None:
    for block in ("statsV2", "stats"):
        value = (item.get(block) or {}).get(key)
        if value is not None:
            return int(value)
    return None


def _creator(item: Mapping[str, Any]) -> dict[str, int | None]:
    stats = item.get("authorStats") or {}
    silent = bool(item.get("isAd")) or not any(stats.values())
    return {name: None if silent and not stats.get(key) else stats.get(key) for name, key in AUTHOR_COUNTS.items()}
