"""Items of one list in forms that are met seldom, each with what its line says.

The last two digits of an id tell which it is. For tests of the readers, of the replica's `--items` and of whole crawls.
"""

from __future__ import annotations

from typing import Any

ID = "75123456789012345"  # and two digits; uploaded 2025-06-05 by its upper bits
CREATED = 1_749_000_000
MUSIC = {"id": "7500000000000000001", "title": "a tune", "authorName": "someone"}
STATS = {"diggCount": 71, "commentCount": 13, "shareCount": 5, "playCount": 4021, "collectCount": 8}
LIKES = 71


def odd_item(number: int, **told: Any) -> dict[str, Any]:
    """The item of that *number*; a key *told* as ... is left out."""
    made = {
        "id": f"{ID}{number:02}",
        "desc": "words",
        "createTime": CREATED,
        "author": {"id": f"70000000000000000{number:02}", "uniqueId": f"maker_{number}", "nickname": "Maker"},
        "music": MUSIC,
        "video": {"id": f"{ID}{number:02}", "duration": 21, "cover": "", "playAddr": ""},
        "stats": STATS,
    }
    return {key: value for key, value in (made | told).items() if value is not ...}


def nameless(number: int) -> dict[str, Any]:
    """What a line says of a TikTok whose creator has no name."""
    return {"username": None, "url": f"https://www.tiktok.com/@/video/{ID}{number:02}", "likes": LIKES}


NO_COUNTS = dict.fromkeys(("likes", "comments", "shares", "views", "saves"))
AUTHOR = {"followerCount": 8_100_000, "videoCount": 310}
V2 = {"diggCount": "40317", "commentCount": "912", "shareCount": "77", "playCount": "903216", "collectCount": "1450"}
ODD_TEXTS = {
    "diggCount": "3.4M",
    "commentCount": "56,7K",
    "shareCount": "2 345",
    "playCount": "6,543,210",
    "collectCount": "1.1B",
}
PHOTO = {"images": [{"imageURL": {"urlList": ["https://elsewhere.example/1.jpeg"]}}]}

# number -> (the item, what its line says of it)
ODD: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {
    1: (
        odd_item(1),
        {"username": "https://www.tiktok.com/@maker_1", "likes": LIKES, "creator_id": "7000000000000000001"},
    ),
    2: (odd_item(2, author=...), {**nameless(2), "creator_id": None}),
    3: (odd_item(3, author=None), {**nameless(3), "creator_id": None}),
    4: (
        odd_item(4, author={"id": "7000000000000000004", "uniqueId": "", "nickname": "N"}),
        {**nameless(4), "creator_id": "7000000000000000004"},
    ),
    5: (
        odd_item(5, stats=..., statsV2=V2),
        {"likes": 40_317, "comments": 912, "shares": 77, "views": 903_216, "saves": 1_450, "likes_step": 1},
    ),
    6: (
        odd_item(6, authorStats={**AUTHOR, "heartCount": 0, "heart": 3_900_000_000}),
        {"user_likes": 3_900_000_000, "user_likes_repair": None, "user_followers": 8_100_000},
    ),
    7: (  # 6,100,000,000 less 2^32
        odd_item(7, authorStats={**AUTHOR, "heartCount": 1_805_032_704, "heart": 6_100_000_000}),
        {"user_likes": 6_100_000_000, "user_likes_repair": "evidence", "user_likes_wraps": 1},
    ),
    8: (
        odd_item(8, video={"id": "", "duration": 0}, imagePost=PHOTO),
        {"kind": "photo", "duration": None, "url": f"https://www.tiktok.com/@maker_8/photo/{ID}08"},
    ),
    9: (odd_item(9, music=...), {"audio": None, "audio_url": None, "duration": 21}),
    10: (odd_item(10, music={"id": "", "title": "", "authorName": ""}), {"audio": None, "audio_url": None}),
    11: (odd_item(11, createTime=...), {"created_at": "2025-06-05T06:17:59+00:00", "created_from": "id"}),
    12: (
        odd_item(12, author={"id": "7", "uniqueId": "x.y_z.w", "nickname": "x"}),
        {"username": "https://www.tiktok.com/@x.y_z.w"},
    ),
    13: (odd_item(13, stats=dict.fromkeys(STATS, -1)), {**NO_COUNTS, "likes_shown": "-1", "likes_step": None}),
    14: (
        odd_item(14, stats=ODD_TEXTS),
        {
            "likes": 3_400_000,
            "likes_step": 100_000,
            "comments": None,
            "comments_shown": "56,7K",
            "shares": 2_345,
            "views": 6_543_210,
            "saves": 1_100_000_000,
            "saves_step": 100_000_000,
        },
    ),
    15: (odd_item(15, stats=...), NO_COUNTS),
    16: (odd_item(16, video=...), {"duration": None, "kind": "video", "likes": LIKES}),
    17: (
        odd_item(17, author={"id": "8", "uniqueId": "žlutý_kůň", "nickname": "x"}),
        {"username": "https://www.tiktok.com/@%C5%BElut%C3%BD_k%C5%AF%C5%88", "audio": "a tune - someone"},
    ),
    18: (
        odd_item(18, author={"id": "9", "uniqueId": "100% mine", "nickname": "100% mine"}),
        {"username": "https://www.tiktok.com/@100%25%20mine", "likes": LIKES},
    ),
}
UNREADABLE = 6  # counts of these that are told in no form of a count: five times -1, once "56,7K"
