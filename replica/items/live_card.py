"""LIVE cards: entries of a list that are no TikTok (site.md 4.2, 5.1b)."""

from __future__ import annotations

from typing import Any

from replica.items import item_parts
from replica.items.addresses import Media
from replica.world.chance import dice
from replica.world.entities import Creator


def live_card(owner: Creator, media: Media, at: float) -> dict[str, Any]:
    """The card of *owner*'s LIVE room: empty id, no author, no music, no stats."""
    random = dice(0, "live", owner.id)
    room = str((int(at) << 32) | random.getrandbits(32))
    tag = {"content": "LIVE now", "da_info": "", "id": 4, "recommond_info": "", "style": 1}
    return {
        "CategoryType": 120,
        "containerType": 2,
        "createTime": 0,
        "desc": "",
        "digged": False,
        "forFriend": False,
        "id": "",
        "itemCommentStatus": 0,
        "liveRoomInfo": {
            "coverUrl": media.cover(room, at, "live"),
            "followStatus": 0,
            "fypRoomTag": {"tag": [tag]},
            "landscape": 2,
            "likeCount": random.randrange(50, 90_000),
            "liveRoomStats": {"userCount": random.randrange(3, 4_000)},
            "liveSubOnly": 0,
            "liveUrl": "",
            "mode": 0,
            "ownerInfo": item_parts.author(owner, media, at),
            "roomID": room,
            "shareCount": random.randrange(40),
            "status": 2,
            "streamData": "",
            "title": random.choice(("come say hi", "night shift", "building things", "Q&A")),
        },
        "officalItem": False,
        "originalItem": False,
        "privateItem": False,
        "secret": False,
    }
