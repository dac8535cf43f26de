"""What a crawl makes of the count blocks it is sent: one number a count, its step, and the text that differs.

The rules of the file (data.md), written anew from the replica's side: `statsV2` before `stats`, the creator's own reply
before the item, a V2 block with anything finer than the display grid exact throughout, saves exact in every V2 block,
a creator's zeros untold where all are zero or the TikTok is paid for, a negative total 2^32 added once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from replica.items.display import INT32

OF_TIKTOK = ("likes", "comments", "shares", "views", "saves")
OF_CREATOR = ("user_followers", "user_likes", "user_videos")
COUNTS = (*OF_TIKTOK, *OF_CREATOR)
_KEYS = {
    "likes": "diggCount",
    "comments": "commentCount",
    "shares": "shareCount",
    "views": "playCount",
    "saves": "collectCount",
}
_CREATOR_KEYS = {"user_followers": "followerCount", "user_likes": "heartCount", "user_videos": "videoCount"}
Blocks = Mapping[str, Mapping[str, Any]]


class Count(NamedTuple):
    """A count as the file has it."""

    value: int | None = None
    step: int | None = None
    shown: str | None = None


class Creator(NamedTuple):
    """A creator's counts, where they are from ("detail", "item", None), and whether likes were repaired."""

    counts: Mapping[str, Count]
    source: str | None
    wraps: int | None = None


NOTHING = Count()


def of_tiktok(item: Blocks) -> dict[str, Count]:
    """The TikTok's own counts, of the blocks of its item."""
    blocks = [_exact_or_rounded(item.get("statsV2"), _KEYS), _rounded(item.get("stats"), _KEYS)]
    return {name: _first(name, blocks) for name in OF_TIKTOK}


def of_creator(item: Blocks, reply: Blocks | None, *, ad: bool) -> Creator:
    """The creator's counts, of the blocks of their own reply and of the item; *ad*: the TikTok is paid for."""
    reply = reply or {}
    blocks = {
        "detailV2": _told(_exact_or_rounded(reply.get("statsV2"), _CREATOR_KEYS), ad=False),
        "detail": _told(_rounded(reply.get("stats"), _CREATOR_KEYS), ad=False),
        "itemV2": _told(_exact_or_rounded(item.get("authorStatsV2"), _CREATOR_KEYS), ad=ad),
        "item": _told(_rounded(item.get("authorStats"), _CREATOR_KEYS), ad=ad),
    }
    counts = {name: _first(name, list(blocks.values())) for name in OF_CREATOR}
    source = next((_source(name, blocks) for name in OF_CREATOR if counts[name].value is not None), None)
    likes, wraps = counts["user_likes"], None
    if likes.value is not None and likes.value < 0:
        # No block beside it says more: where one tells the true total, it comes first.
        counts["user_likes"], wraps = Count(likes.value + INT32, likes.step, likes.shown or str(likes.value)), 1
    return Creator(counts, source, wraps)


def grid(value: int) -> int:
    """The spacing of the display grid at *value* as sent."""
    return 1 if value < 10_000 else 100 if value < 10**6 else 100_000 if value < 10**9 else 100_000_000


def _source(name: str, blocks: Mapping[str, Mapping[str, Count]]) -> str:
    told = next(block for block, counts in blocks.items() if name in counts and counts[name].value is not None)
    return told.removesuffix("V2")


def _first(name: str, blocks: list[dict[str, Count]]) -> Count:
    told = [block[name] for block in blocks if name in block]
    return next((count for count in told if count.value is not None), next(iter(told), NOTHING))


def _numbers(block: Mapping[str, Any] | None, keys: Mapping[str, str]) -> dict[str, int]:
    return {name: int(block[key]) for name, key in keys.items() if key in block} if block else {}


def _rounded(block: Mapping[str, Any] | None, keys: Mapping[str, str]) -> dict[str, Count]:
    return {n: Count(value, grid(value) if _on_grid(value) else 1) for n, value in _numbers(block, keys).items()}


def _exact_or_rounded(block: Mapping[str, Any] | None, keys: Mapping[str, str]) -> dict[str, Count]:
    read = _numbers(block, keys)
    exact = any(value >= 0 and not _on_grid(value) for name, value in read.items() if name != "saves")
    return {
        name: Count(value, 1 if exact or name == "saves" or not _on_grid(value) else grid(value))
        for name, value in read.items()
    }


def _told(counts: dict[str, Count], *, ad: bool) -> dict[str, Count]:
    silent = ad or not any(count.value for count in counts.values())
    if not silent:
        return counts
    return {name: Count(shown="0") if count.value == 0 else count for name, count in counts.items()}


def _on_grid(value: int) -> bool:
    return value >= 0 and value % grid(value) == 0
