"""A TikTok as the replies send it: the item of /api/recommend/item_list/ (site.md 4.2 and 5.1b).

Shape and key order are those of real replies after 2023; the items of 2022 are made of them (item_2022.py), and
so are those embedded in pages (embedded.py).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from replica.items import flavours, item_extras, item_parts
from replica.items.addresses import Media
from replica.items.item_2022 import made_old
from replica.world.chance import dice
from replica.world.entities import Counts, CreatorCounts, TikTok

# Keys that come and go, and the share of items that lack them (site.md 5.1b).
GOING = {
    "shareEnabled": 0.03,
    "diversificationId": 0.03,
    "textExtra": 0.08,
    "challenges": 0.12,
    "duetEnabled": 0.20,
    "stitchEnabled": 0.20,
}
LACKS_A_COUNT = 0.004


def list_item(
    tiktok: TikTok,
    counts: Counts,
    creator: CreatorCounts,
    *,
    era: str,
    author_stats: str,
    media: Media,
    at: float,
    seed: int,
) -> dict[str, Any]:
    """The item of *tiktok* as sent at *at* in *era*, telling of its creator what *author_stats* says."""
    flavour = flavours.flavour_of(tiktok, author_stats, seed)
    told = _advert(tiktok, media, at) if tiktok.ad else _post(tiktok, flavour, media, at)
    told |= count_blocks(tiktok, counts, creator, era=era, author_stats=author_stats, seed=seed)
    _let_keys_go(told, tiktok)
    if era == "a":
        made_old(told)
    return dict(sorted(told.items()))


def count_blocks(
    tiktok: TikTok,
    counts: Counts,
    creator: CreatorCounts,
    *,
    era: str,
    author_stats: str,
    seed: int,
    best: bool = False,
) -> dict[str, Any]:
    """The count blocks of the item of *tiktok*, by their keys; *best*: without `stats` where `statsV2` says all."""
    flavour = flavours.flavour_of(tiktok, author_stats, seed)
    told: dict[str, Any] = {}
    if era == "a" or not best:
        told["stats"] = flavours.stats(counts)
    if era != "a":
        told["statsV2"] = flavours.stats_v2(counts, exact=flavours.is_exact(tiktok, flavour, seed))
    authors = flavours.author_stats(creator, flavour)
    if authors is not None:
        told["authorStats"] = authors
        if era == "c" and flavour == "full":
            told["authorStatsV2"] = flavours.author_stats_v2(creator)
    if missing := lacking(tiktok.id):
        flavours.without(told, missing)
    if era == "a":
        told["stats"].pop("collectCount", None)
    return told


def _common(tiktok: TikTok, media: Media, at: float) -> dict[str, Any]:
    return {
        "author": item_parts.author(tiktok.creator, media, at, ad=tiktok.ad),
        "createTime": tiktok.created_at,
        "desc": tiktok.caption,
        "digged": False,
        "duetDisplay": 0,
        "forFriend": False,
        "id": tiktok.id,
        "itemCommentStatus": 0,
        "officalItem": False,
        "originalItem": False,
        "privateItem": False,
        "secret": False,
        "shareEnabled": True,
        "stitchDisplay": 0,
        "textExtra": item_parts.text_extra(tiktok),
        "video": item_parts.video(tiktok, media, at),
    }


def _advert(tiktok: TikTok, media: Media, at: float) -> dict[str, Any]:
    return {
        **_common(tiktok, media, at),
        "CategoryType": 0,
        "ad_info": {"is_normal": True, "tag_text": "Sponsored"},
        "isAd": True,
        "item_control": {"can_comment": True, "can_repost": False, "can_share": True},
        "music": item_parts.music(tiktok.audio, media, at, original=False, ad=True),
    }


def _post(tiktok: TikTok, flavour: str, media: Media, at: float) -> dict[str, Any]:
    # Items without authorStats say "original": false even of original sounds (all 131 of the 12 pulls).
    original = tiktok.audio.original and flavour == "full"
    told = {
        **_common(tiktok, media, at),
        "AIGCDescription": "",
        "CategoryType": 100 + int(tiktok.id[-2:]) % 24,
        "anchors": [],
        "backendSourceEventTracking": "fyp_32",
        "challenges": item_parts.challenges(tiktok),
        "collected": False,
        "contents": [{"desc": tiktok.caption, "textExtra": item_parts.text_extra(tiktok)}],
        "diversificationId": 10_000 + int(tiktok.id[-3:]) % 90,
        "duetEnabled": True,
        "item_control": {"can_repost": True},
        "music": item_parts.music(tiktok.audio, media, at, original=original, ad=False),
        "stitchEnabled": True,
        "textLanguage": tiktok.language,
        "textTranslatable": True,
    }
    told |= item_extras.seldom(tiktok, dice(0, "seldom", tiktok.id))
    if flavour == "full":
        told |= item_extras.of_full_items()
        told["challenges"] = item_parts.challenges(tiktok, **item_extras.TAGS_OF_FULL_ITEMS)
        item_extras.video_of_full_items(told["video"], tiktok, media, at)
    if not tiktok.hashtags:
        del told["challenges"]
    if tiktok.photo:
        told["imagePost"] = item_parts.photos(tiktok, media, at)
    return told


def _let_keys_go(told: dict[str, Any], tiktok: TikTok) -> None:
    random = dice(0, "keys", tiktok.id)
    for key, rate in GOING.items():
        if random.random() < rate:
            told.pop(key, None)


@lru_cache(maxsize=1 << 16)
def lacking(tiktok_id: str) -> str | None:
    """The count that the item is sent without, of the few that lack one."""
    random = dice(0, "keys", tiktok_id)
    for _ in GOING:
        random.random()
    if random.random() < LACKS_A_COUNT:
        return random.choice(("shareCount", "commentCount", "playCount", "collectCount"))
    return None
