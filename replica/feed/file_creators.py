"""What a file of real items tells about creators, and the detail replies made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from replica.feed.file_media import with_our_media
from replica.items.addresses import Media
from replica.items.creator_reply import envelope
from replica.items.display import shared

Held = Mapping[str, Any]  # {"user": {...}, "stats": {...}}, both as in the file


def held_in(told: Any) -> dict[str, Held]:
    """Creators by handle, where *told* gives both their followers and their likes; the last one told wins."""
    found: dict[str, Held] = {}
    for user, stats in _told_of(told):
        handle = user.get("uniqueId")
        if handle and stats.get("followerCount") and _likes(stats):
            found[handle] = {"user": user, "stats": stats}
    return found


def detail(held: Held, media: Media, at: float) -> dict[str, Any]:
    """The detail reply of a creator in the file: `stats` as there; no `statsV2`, for nothing exact is known."""
    user = with_our_media(dict(held["user"]), media, at)
    stats = held["stats"]
    printed = (shared(stats["followerCount"]), str(stats.get("followingCount", 0)), shared(_likes(stats)))
    info = {"user": user, "stats": dict(stats), "itemList": []}
    return envelope(info, user["uniqueId"], user.get("nickname", ""), printed=printed, at=at)


def truth(held: Held) -> dict[str, Any]:
    """What the file says, for the ledger: rounded and wrapped as it is there."""
    stats = held["stats"]
    return {
        "user_followers": stats["followerCount"],
        "user_likes": _likes(stats),
        "user_videos": stats.get("videoCount"),
    }


def author_of(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item's author as an object: in SIGI_STATE it is a name, and the rest stands on the item."""
    author = item.get("author")
    if isinstance(author, Mapping):
        return author
    return {
        "id": item.get("authorId", ""),
        "uniqueId": author,
        "nickname": item.get("nickname", ""),
        "secUid": item.get("authorSecId", ""),
        "avatarThumb": item.get("avatarThumb", ""),
    }


def _likes(stats: Mapping[str, Any]) -> int:
    return int(stats.get("heartCount") or stats.get("heart") or 0)


def _told_of(told: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """(user, stats) wherever both stand together: in items, in UserModule, in a userInfo."""
    if isinstance(told, list):
        for part in told:
            yield from _told_of(part)
    if not isinstance(told, dict):
        return
    if "authorStats" in told and "author" in told:
        yield author_of(told), told["authorStats"]
    if isinstance(told.get("user"), dict) and isinstance(told.get("stats"), dict):
        yield told["user"], told["stats"]
    if isinstance(told.get("users"), dict) and isinstance(told.get("stats"), dict):
        yield from ((user, told["stats"][name]) for name, user in told["users"].items() if name in told["stats"])
    for part in told.values():
        yield from _told_of(part)
