"""/api/user/detail/: what the site answers about a creator, and the ways in which it refuses (site.md 4.4, 5.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from replica.items.addresses import Media
from replica.items.display import heart, rounded, shared, shown
from replica.world.chance import share
from replica.world.entities import Creator, CreatorCounts

REFUSALS = {
    "empty": "",
    "unknown": json.dumps({"statusCode": -1, "userInfo": {}}),
    "no-such-user": json.dumps({"statusCode": 10202, "statusMsg": "", "userInfo": {}}),
    "banned": json.dumps({"statusCode": 10221, "statusMsg": "", "userInfo": {}}),
    "private": json.dumps({"statusCode": 10222, "statusMsg": "", "userInfo": {}}),
}
# Of private accounts so many are named and told of all the same, beside the status that says that they are private.
PRIVATE_TELLS = 0.5
PRIVATE = 10222
# Of era b's time; statsV2 came about July 2025, before which replies had `stats` only (site.md 4.2).
LACKS_V2 = {"a": 1.0, "b": 0.1, "c": 0.0}


def refusal_of(creator: int, failures: float, seed: int) -> str | None:
    """The name of the refusal that the reply about creator number *creator* is; None where they are answered."""
    draw = share(seed, "refusal", creator)
    if draw >= failures:
        return None
    return tuple(REFUSALS)[int(draw / failures * len(REFUSALS))]


def detail(creator: Creator, counts: CreatorCounts, *, era: str, media: Media, at: float, seed: int) -> dict[str, Any]:
    """The reply about *creator*: `stats` rounded, likes wrapped; `statsV2` exact, where the era has it."""
    user = _user(creator, media, at)
    if era != "c":
        user["region"] = "US"  # until July 2025 (site.md 4.4)
    info: dict[str, Any] = {"user": user, **count_blocks(creator, counts, era=era, seed=seed), "itemList": []}
    return envelope(info, creator.handle, creator.nickname, printed=_printed(counts), at=at)


def private(told: Mapping[str, Any]) -> dict[str, Any]:
    """The detail reply *told*, of a private account that is named and told of all the same."""
    info = told["userInfo"]
    user = {**info["user"], "privateAccount": True}
    return {**told, "statusCode": PRIVATE, "status_code": PRIVATE, "userInfo": {**info, "user": user}}


def private_tells(creator: int, seed: int) -> bool:
    """Whether the reply about creator number *creator*, whose account is private, tells of them."""
    return share(seed, "private-tells", creator) < PRIVATE_TELLS


def count_blocks(creator: Creator, counts: CreatorCounts, *, era: str, seed: int) -> dict[str, Any]:
    """`stats`, and `statsV2` where the reply about *creator* has it."""
    told: dict[str, Any] = {"stats": _stats(counts)}
    if has_v2(creator, era=era, seed=seed):
        told["statsV2"] = _stats_v2(counts)
    return told


def best_block(creator: Creator, counts: CreatorCounts, *, era: str, seed: int) -> dict[str, Any]:
    """The one of the count blocks that says more: what a history needs of them."""
    return {"statsV2": _stats_v2(counts)} if has_v2(creator, era=era, seed=seed) else {"stats": _stats(counts)}


def has_v2(creator: Creator, *, era: str, seed: int) -> bool:
    """Whether the reply about *creator* has `statsV2`."""
    return share(seed, "lacks-v2", creator.id) >= LACKS_V2[era]


def envelope(
    info: Mapping[str, Any], handle: str, nickname: str, *, printed: tuple[str, str, str], at: float
) -> dict[str, Any]:
    """The reply around *info*; *printed* are followers, following and likes as shareMeta prints them."""
    followers, following, likes = printed
    return {
        "extra": {"fatal_item_ids": [], "logid": log_id(at, handle), "now": int(at * 1000)},
        "log_pb": {"impr_id": log_id(at, handle)},
        "needFix": True,
        "shareMeta": {
            "desc": f"@{handle} {followers} Followers, {following} Following, {likes} Likes - "
            f"Watch awesome short videos created by {nickname}",
            "title": f"{nickname} on TikTok",
        },
        "statusCode": 0,
        "statusMsg": "",
        "status_code": 0,
        "status_msg": "",
        "userInfo": dict(info),
    }


def log_id(at: float, *names: str) -> str:
    """A log id as replies carry it: the UTC time to the second and hexadecimal digits."""
    tail = f"{int(share(0, at, *names) * 2**72):018X}"
    return f"{datetime.fromtimestamp(at, UTC):%Y%m%d%H%M%S}{tail}"


def _stats(counts: CreatorCounts) -> dict[str, int]:
    likes = heart(counts.likes)
    return {
        "diggCount": counts.liked,
        "followerCount": rounded(counts.followers),
        "followingCount": counts.following,
        "friendCount": counts.friends,
        "heart": likes,
        "heartCount": likes,
        "videoCount": counts.videos,
    }


def _stats_v2(counts: CreatorCounts) -> dict[str, str]:
    return {
        "diggCount": str(counts.liked),
        "followerCount": str(counts.followers),
        "followingCount": str(counts.following),
        "friendCount": str(counts.friends),
        "heart": str(counts.likes),
        "heartCount": str(counts.likes),
        "videoCount": str(counts.videos),
    }


def _printed(counts: CreatorCounts) -> tuple[str, str, str]:
    return shared(counts.followers), shown(counts.following), shared(heart(counts.likes))


def _user(creator: Creator, media: Media, at: float) -> dict[str, Any]:
    link = {"bioLink": {"link": "https://example.com/links", "risk": 0}} if creator.id.endswith("3") else {}
    return {
        **link,
        "id": creator.id,
        "shortId": "",
        "uniqueId": creator.handle,
        "nickname": creator.nickname,
        "avatarLarger": media.avatar(creator.id, at, 1080),
        "avatarMedium": media.avatar(creator.id, at, 720),
        "avatarThumb": media.avatar(creator.id, at, 100),
        "signature": creator.signature,
        "createTime": creator.joined_at,
        "verified": creator.verified,
        "secUid": creator.sec_uid,
        "ftc": False,
        "relation": 0,
        "openFavorite": False,
        "commentSetting": 0,
        "commerceUserInfo": {"commerceUser": not creator.is_handle},
        "duetSetting": 0,
        "stitchSetting": 0,
        "privateAccount": False,
        "secret": False,
        "isADVirtual": False,
        "roomId": "",
        "uniqueIdModifyTime": 0,
        "ttSeller": False,
        "downloadSetting": 0,
        "profileTab": {"showMusicTab": False, "showQuestionTab": False, "showPlayListTab": False},
        "followingVisibility": 1,
        "recommendReason": "",
        "nowInvitationCardUrl": "",
        "nickNameModifyTime": creator.joined_at,
        "isEmbedBanned": False,
        "canExpPlaylist": True,
        "profileEmbedPermission": 1,
        "language": creator.language,
        "eventList": [],
        "suggestAccountBind": False,
        "isOrganization": 0,
        "UserStoryStatus": 0,
    }
