"""What a file of real items tells about creators, and the detail replies made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from replica.feed.file_counts import counted, told_count
from replica.feed.file_media import with_our_media
from replica.items.addresses import Media
from replica.items.creator_reply import envelope, private
from replica.items.display import shared

Held = Mapping[str, Any]  # {"user": {...}, "stats": {...}}, both as in the file


def held_in(told: Any) -> dict[str, Held]:
    """Creators by handle, where *told* gives both their followers and their likes; the last one told wins."""
    found: dict[str, Held] = {}
    for user, stats in _told_of(told):
        handle = user.get("uniqueId")
        if isinstance(handle, str) and handle and counted(stats.get("followerCount")) and likes_of(stats):
            found[handle] = {"user": user, "stats": stats}
    return found


def detail(held: Held, media: Media, at: float) -> dict[str, Any]:
    """The detail reply of a creator in the file: `stats` as there; no `statsV2`, for nothing exact is known."""
    user = with_our_media(dict(held["user"]), media, at)
    stats = held["stats"]
    followers, likes = counted(stats["followerCount"]) or 0, likes_of(stats) or 0
    printed = (shared(followers), str(stats.get("followingCount", 0)), shared(likes))
    info = {"user": user, "stats": dict(stats), "itemList": []}
    told = envelope(info, user["uniqueId"], str(user.get("nickname") or ""), printed=printed, at=at)
    return private(told) if user.get("privateAccount") is True else told


def truth(held: Held) -> dict[str, Any]:
    """What the file says, for the ledger: rounded and wrapped as it is there."""
    stats = held["stats"]
    return {
        "user_followers": counted(stats["followerCount"]),
        "user_likes": likes_of(stats),
        "user_videos": counted(stats.get("videoCount")),
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


def likes_of(stats: Mapping[str, Any]) -> int | None:
    """A creator's likes as *stats* tell them, wrapped as they may be; `heart` where `heartCount` is 0 or not told."""
    told = [n for n in map(told_count, (stats.get("heartCount"), stats.get("heart"))) if n is not None and n != -1]
    return next((number for number in told if number), told[0] if told else None)


def _told_of(told: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """(user, stats) wherever both stand together: in items, in UserModule, in a userInfo."""
    if isinstance(told, list):
        for part in told:
            yield from _told_of(part)
    if not isinstance(told, dict):
        return
    if isinstance(told.get("authorStats"), dict) and "author" in told:
        yield author_of(told), told["authorStats"]
    if isinstance(told.get("user"), dict) and isinstance(told.get("stats"), dict):
        yield told["user"], told["stats"]
    if isinstance(told.get("users"), dict) and isinstance(told.get("stats"), dict):
        both = ((user, told["stats"].get(name)) for name, user in told["users"].items())
        yield from ((user, stats) for user, stats in both if isinstance(user, dict) and isinstance(stats, dict))
    for part in told.values():
        yield from _told_of(part)
