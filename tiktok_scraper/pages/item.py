"""One item of the page's JSON -> ItemFacts, in every shape known since 2021 (site.md section 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiktok_scraper.pages.audio import audio_name, audio_url
from tiktok_scraper.pages.facts import HEART, LIVE_CARD, ItemFacts, Unreadable

ITEM_COUNTS = {
    "diggCount": "likes",
    "commentCount": "comments",
    "shareCount": "shares",
    "playCount": "views",
    "collectCount": "saves",
}
CREATOR_COUNTS = {
    "followerCount": "user_followers",
    "heartCount": "user_likes",
    "videoCount": "user_videos",
}
# Known and not collected; `heart` is read beside heartCount.
_IGNORED = frozenset({"repostCount", "followingCount", "diggCount", "friendCount", "heart"})
_ITEM_BLOCKS = {
    "stats": ITEM_COUNTS,
    "statsV2": ITEM_COUNTS,
    "authorStats": CREATOR_COUNTS,
    "authorStatsV2": CREATOR_COUNTS,
}
# Ads give milliseconds where other items give seconds: 10,006 to 735,401 in all 28 ads of the capture of
# 2025-02, at most 600 in its 131 other items. An ad of an hour is as unlikely as one of 3.6 s.
_LONGEST_AD_S = 3600
_LONGEST_TOLD = 64  # characters of a key or of what is no id, in the log and in notes: it may be a megabyte


def read_item(raw: Any) -> ItemFacts | Unreadable:
    """Read one item of a list, of SIGI_STATE's ItemModule or of a video page; never raises."""
    if not isinstance(raw, Mapping):
        return Unreadable(f"expected an item as a JSON object, found {type(raw).__name__}", raw)
    item_id = text(raw.get("id")) or ""
    if is_live(raw, item_id):
        return Unreadable(LIVE_CARD, raw)
    if not (item_id.isascii() and item_id.isdigit()):
        return Unreadable(f"expected an item's id in digits, found {item_id[:_LONGEST_TOLD]!r}", raw)
    told, unread = {}, []
    for block, names in _ITEM_BLOCKS.items():
        if isinstance(sent := raw.get(block), Mapping):
            told[block], unknown = read_counts(sent, names)
            unread += [f"{block}.{key}" for key in unknown]
    photo = isinstance(raw.get("imagePost"), Mapping)
    ad = raw.get("isAd") is True  # sent only where it is true (43,757 items), so silence means no ad
    return ItemFacts(
        id=item_id,
        **_author(raw),
        told=told,
        **_audio(raw.get("music")),
        created_at=_positive(raw.get("createTime")),
        kind="photo" if photo else "video",
        ad=ad,
        duration=None if photo else _duration_s(raw.get("video"), ad=ad),
        language=text(raw.get("textLanguage")) or None,
        caption=text(raw.get("desc")),
        hashtags=_hashtags(raw),
        unread=tuple(unread),
    )


def is_live(raw: Mapping[str, Any], item_id: str) -> bool:
    """Tell whether *raw* is a LIVE card: it has a room and none of a TikTok's own fields (site.md 4.2)."""
    in_room = bool(raw.get("liveRoomInfo")) or raw.get("containerType") == 2
    return item_id.startswith("live_") or (in_room and not (item_id and raw.get("stats")))


def read_counts(block: Mapping[str, Any], names: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return the counts of *block* as text under the file's names, and the keys that could not be read."""
    counts = {name: shown for key, name in names.items() if (shown := text(block.get(key)))}
    if "heartCount" in names and (heart := text(block.get("heart"))):
        if counts.get("user_likes", "0") == "0":
            counts["user_likes"] = heart  # wraps were once sent as 0 beside the true number (2020-11, site.md 7.4)
        elif heart != counts["user_likes"]:
            counts[HEART] = heart  # one of the two has wrapped (2021, site.md 7.4)
    unread = [key for key in block if key not in names and key not in _IGNORED]
    unread += [key for key in names if block.get(key) is not None and text(block[key]) is None]
    return counts, sorted(str(key)[:_LONGEST_TOLD] for key in unread)


def text(value: Any) -> str | None:
    """Return a JSON string or number as text, None for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(int(value)) if isinstance(value, int) or value.is_integer() else repr(value)


def _author(raw: Mapping[str, Any]) -> dict[str, Any]:
    author = raw.get("author")
    if isinstance(author, Mapping):
        return {
            "username": text(author.get("uniqueId")) or None,
            "creator_id": text(author.get("id")) or None,
        }
    # SIGI_STATE keeps the author's fields on the item itself.
    return {"username": text(author) or None, "creator_id": text(raw.get("authorId")) or None}


def _audio(music: Any) -> dict[str, Any]:
    if not isinstance(music, Mapping):
        return {}
    title, audio_id = text(music.get("title")), text(music.get("id")) or None
    original = music.get("original")
    return {
        "audio": audio_name(title, text(music.get("authorName"))),
        "audio_id": audio_id,
        "audio_url": audio_url(title, audio_id) if audio_id else None,
        "audio_original": original if isinstance(original, bool) else None,
    }


def _duration_s(video: Any, *, ad: bool) -> int | None:
    sent = _positive(video.get("duration")) if isinstance(video, Mapping) else None
    return round(sent / 1000) if ad and sent and sent > _LONGEST_AD_S else sent


def _positive(value: Any) -> int | None:
    """A whole number above 0, sent as number or text; 0 stands for "none" where this is used."""
    sent = text(value) or ""
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 and int(sent) else None


def _hashtags(raw: Mapping[str, Any]) -> tuple[str, ...]:
    extra = raw.get("textExtra")
    tags = [part.get("hashtagName") for part in extra if isinstance(part, Mapping)] if isinstance(extra, list) else []
    challenges = raw.get("challenges")
    if not any(tags) and isinstance(challenges, list):
        tags = [challenge.get("title") for challenge in challenges if isinstance(challenge, Mapping)]
    return tuple(dict.fromkeys(tag for tag in map(text, tags) if tag))
