"""The flavours of items: what an item tells of its creator, and how exactly it tells its own counts.

Shares and rules: site.md 5.1b (43,757 items of logged-in sessions) and 4.2. Flavours:

- "bare": no `authorStats`, `statsV2` rounded but for saves (93 %);
- "full": `authorStats` whole, `statsV2` exact but for a few (4 %);
- "followers": an ad that tells the followers only, every other number 0;
- "zeros": an ad whose `authorStats` are all 0, which means that nothing is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from replica.items.display import heart, rounded
from replica.world.chance import share
from replica.world.entities import Counts, CreatorCounts, TikTok

FULL_SHARE = 1785 / (1785 + 40729)
FOLLOWERS_SHARE_OF_ADS = 474 / (474 + 769)
ROUNDED_SHARE_OF_FULL = 16 / 2074

NAMES: Mapping[str, str] = {
    "collectCount": "saves",
    "commentCount": "comments",
    "diggCount": "likes",
    "playCount": "views",
    "shareCount": "shares",
}


def flavour_of(tiktok: TikTok, author_stats: str, seed: int) -> str:
    """Which flavour *tiktok* is sent in; the same each time. *author_stats*: "mixed", "full" or "none"."""
    if author_stats != "mixed":
        return "full" if author_stats == "full" else "bare"
    draw = share(seed, "flavour", tiktok.id)
    if tiktok.ad:
        return "zeros" if not tiktok.creator.is_handle or draw >= FOLLOWERS_SHARE_OF_ADS else "followers"
    return "full" if draw < FULL_SHARE else "bare"


def is_exact(tiktok: TikTok, flavour: str, seed: int) -> bool:
    """Whether likes, comments, shares and views of `statsV2` are exact in this item."""
    return flavour != "bare" and share(seed, "rounded", tiktok.id) >= ROUNDED_SHARE_OF_FULL


def stats(counts: Counts) -> dict[str, int]:
    """`stats`: every count rounded to what the pages print."""
    return {key: rounded(getattr(counts, name)) for key, name in NAMES.items()}


def stats_v2(counts: Counts, *, exact: bool) -> dict[str, str]:
    """`statsV2`: text; saves exact always, the others where *exact*."""
    told = {}
    for key, name in NAMES.items():
        value = getattr(counts, name)
        told[key] = str(value if exact or name == "saves" else rounded(value))
    return {**told, "repostCount": "0"}


def author_stats(counts: CreatorCounts, flavour: str) -> dict[str, int] | None:
    """`authorStats` of an item in *flavour*: rounded, likes wrapped; None where the item has none."""
    if flavour == "bare":
        return None
    followers = rounded(counts.followers) if flavour in ("full", "followers") else 0
    if flavour != "full":
        counts = CreatorCounts(followers=0, following=0, likes=0, videos=0)
    likes = heart(counts.likes)
    return {
        "diggCount": counts.liked,
        "followerCount": followers,
        "followingCount": counts.following,
        "friendCount": counts.friends,
        "heart": likes,
        "heartCount": likes,
        "videoCount": counts.videos,
    }


def author_stats_v2(counts: CreatorCounts) -> dict[str, str]:
    """`authorStatsV2` of an item: text, rounded like the block it stands beside, not wrapped (site.md 4.2, 7.4)."""
    likes = str(rounded(counts.likes))
    return {
        "diggCount": str(counts.liked),
        "followerCount": str(rounded(counts.followers)),
        "followingCount": str(counts.following),
        "friendCount": str(counts.friends),
        "heart": likes,
        "heartCount": likes,
        "videoCount": str(counts.videos),
    }


def without(item: dict[str, Any], key: str) -> None:
    """Take a count out of both blocks of *item*, as in the few items that lack one."""
    for block in ("stats", "statsV2"):
        item.get(block, {}).pop(key, None)
