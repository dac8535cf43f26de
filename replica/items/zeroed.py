"""Whole replies in which counts failed: 0 likes, views, shares and saves, and the right comments (site.md 5.1c)."""

from __future__ import annotations

from typing import Any

from replica.world.chance import once, share

KEYS = ("diggCount", "playCount", "shareCount", "collectCount")
OF_A_REPLY = 60 / 62  # of the items of such replies: "nearly every one"


def is_zeroed_reply(visit: int, reply: int, rate: float, seed: int) -> bool:
    """Whether the counts of the *reply*-th list reply, from 0, of visitor *visit* have failed."""
    return rate > 0 and once(seed, "zeroed", visit, reply) < rate


def is_zeroed(tiktok_id: str, seed: int) -> bool:
    """Whether this TikTok is zeroed in a reply that is."""
    return share(seed, "zeroed-item", tiktok_id) < OF_A_REPLY


def zero(item: dict[str, Any]) -> None:
    """Let both count blocks of *item* tell 0 of what has failed; a count that is missing stays so."""
    for block, nothing in (("stats", 0), ("statsV2", "0")):
        told = item.get(block, {})
        told.update({key: nothing for key in KEYS if key in told})
