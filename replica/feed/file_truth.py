"""What a real item says, in the names of tiktoks.jsonlines. Nothing truer than the item itself is known of it.

Whatever shape an item has, it is served; of one that tells something in no form known here, the truth says None.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from replica.feed.file_counts import counted, told_count
from replica.feed.file_creators import author_of, likes_of
from replica.items.display import audio_text
from replica.items.truth import audio_url, creator_url, iso, sent, video_url

COUNTS = {
    "likes": "diggCount",
    "comments": "commentCount",
    "shares": "shareCount",
    "views": "playCount",
    "saves": "collectCount",
}
AUTHOR_COUNTS = ("user_followers", "user_likes", "user_videos")


def truth_of_item(item: Mapping[str, Any]) -> dict[str, Any]:
    """The line of *item*: `statsV2` where sent, else `stats`; the creator's counts as `authorStats` has them.

    In an ad's `authorStats` a 0 means that nothing is told (site.md 5.1b), and so does a block of zeros only.
    An item without an author has no username, and no name stands in its address.
    """
    author, music = author_of(item), _part(item, "music")
    kind = "photo" if item.get("imagePost") else "video"
    id_, handle = str(item.get("id", "")), _text(author.get("uniqueId"))
    title, music_id = _text(music.get("title")), _text(music.get("id"))
    created = counted(item.get("createTime"))
    creator = _creator(item)
    return {
        "id": id_,
        "url": video_url(handle or "", kind, id_),
        "username": creator_url(handle) if handle else None,
        "audio": audio_text(title, _text(music.get("authorName"))) if title else None,
        "audio_url": audio_url(title, music_id) if title and music_id else None,
        **{name: _count(item, key) for name, key in COUNTS.items()},
        **creator,
        "creator_id": _text(author.get("id")),
        "audio_id": music_id,
        "created_at": iso(created) if created and created < 1 << 32 else None,
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
    told = counted(_part(item, "video").get("duration")) or None
    return round(told / 1000) if told and told > 3600 and item.get("isAd") else told


def _count(item: Mapping[str, Any], key: str) -> int | None:
    told = (counted(_part(item, block).get(key)) for block in ("statsV2", "stats"))
    return next((number for number in told if number is not None), None)


def _creator(item: Mapping[str, Any]) -> dict[str, int | None]:
    stats = _part(item, "authorStats")
    told = dict(
        zip(
            AUTHOR_COUNTS,
            (counted(stats.get("followerCount")), likes_of(stats), counted(stats.get("videoCount"))),
            strict=True,
        )
    )
    silent = bool(item.get("isAd")) or not any(told_count(number) for number in stats.values())
    return {name: None if silent and not number else number for name, number in told.items()}


def _part(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = item.get(key)
    return part if isinstance(part, Mapping) else {}


def _text(told: Any) -> str | None:
    """A name or an id; None where there is none, or something else in its place."""
    return str(told) if isinstance(told, str | int) and not isinstance(told, bool) and str(told) else None
