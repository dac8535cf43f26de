"""What a crawl makes of the count blocks it is sent: one number a count, its step, and the text that differs.

The rules of the file (data.md), written anew from the replica's side: `statsV2` before `stats`, the creator's own reply
before the item, a V2 block with anything finer than the display grid exact throughout, saves exact in every V2 block,
a creator's zeros untold where all are zero or the TikTok is paid for, a negative total 2^32 added once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
_FIRST_COARSE = 10_000  # from here on the grid is coarser than 1


def of_tiktok(item: Blocks) -> dict[str, Count]:
    """The TikTok's own counts, of the blocks of its item."""
    told = _exact_or_rounded(item.get("statsV2"), _KEYS)
    if len(told) < len(_KEYS):
        told = {**_rounded(item.get("stats"), _KEYS), **told}
    return {name: told.get(name, NOTHING) for name in OF_TIKTOK}


def untold(counts: dict[str, Count], *, failed: bool) -> dict[str, Count]:
    """*counts* of a TikTok; where it has no views and anything else is above 0, its counts failed, and no 0 is told.

    *failed*: its whole reply did, so nothing need be above 0. Comments are right also in such replies (site.md 5.1c).
    """
    if counts["views"].value != 0 or not (failed or any(count.value for count in counts.values())):
        return counts
    zeros = {name: Count(shown="0") for name, count in counts.items() if name != "comments" and count.value == 0}
    return {**counts, **zeros}


def of_creator(item: Blocks, reply: Blocks | None, *, ad: bool) -> Creator:
    """The creator's counts, of the blocks of their own reply and of the item; *ad*: the TikTok is paid for."""
    counts: dict[str, Count] = {}
    source = None
    for block, told in _blocks_of_creator(item, reply or {}, ad=ad):
        for name, count in told.items():
            known = counts.get(name)
            if known is None or (known.value is None and count.value is not None):
                counts[name] = count
                source = source or (block if count.value is not None else None)
        if len(counts) == len(OF_CREATOR) and all(count.value is not None for count in counts.values()):
            break
    counts = {name: counts.get(name, NOTHING) for name in OF_CREATOR}
    likes, wraps = counts["user_likes"], None
    if likes.value is not None and likes.value < 0:
        # No block beside it says more: where one tells the true total, it comes first.
        counts["user_likes"], wraps = Count(likes.value + INT32, likes.step, likes.shown or str(likes.value)), 1
    return Creator(counts, source, wraps)


def _blocks_of_creator(item: Blocks, reply: Blocks, *, ad: bool) -> Iterator[tuple[str, dict[str, Count]]]:
    """("detail" or "item", the counts of one block) each, the one that says most first."""
    yield "detail", _told(_exact_or_rounded(reply.get("statsV2"), _CREATOR_KEYS), ad=False)
    yield "detail", _told(_rounded(reply.get("stats"), _CREATOR_KEYS), ad=False)
    yield "item", _told(_exact_or_rounded(item.get("authorStatsV2"), _CREATOR_KEYS), ad=ad)
    yield "item", _told(_rounded(item.get("authorStats"), _CREATOR_KEYS), ad=ad)


def grid(value: int) -> int:
    """The spacing of the display grid at *value* as sent."""
    return 1 if value < 10_000 else 100 if value < 10**6 else 100_000 if value < 10**9 else 100_000_000


def _rounded(block: Mapping[str, Any] | None, keys: Mapping[str, str]) -> dict[str, Count]:
    told: dict[str, Count] = {}
    for name, key in keys.items() if block else ():
        if block and key in block:
            value = int(block[key])
            told[name] = Count(value, _step(value))
    return told


def _exact_or_rounded(block: Mapping[str, Any] | None, keys: Mapping[str, str]) -> dict[str, Count]:
    told = _rounded(block, keys)
    if any(
        step == 1 and value is not None and value >= _FIRST_COARSE and name != "saves"
        for name, (value, step, _) in told.items()
    ):
        return {name: count if count.step == 1 else Count(count.value, 1) for name, count in told.items()}
    if "saves" in told:
        told["saves"] = Count(told["saves"].value, 1)
    return told


def _step(value: int) -> int:
    """The spacing of the display grid where *value* lies on it, else 1."""
    step = grid(value)
    return step if value >= 0 and value % step == 0 else 1


def _told(counts: dict[str, Count], *, ad: bool) -> dict[str, Count]:
    if not ad and any(count.value for count in counts.values()):
        return counts
    return {name: Count(shown="0") if count.value == 0 else count for name, count in counts.items()}
