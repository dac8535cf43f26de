"""A feed of our own, of one post of each kind, as real items have them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CREATED = 1_759_327_766


def post(number: int, **told: Any) -> dict[str, Any]:
    """An item with 61 likes and so on; *told* replaces parts of it."""
    id_ = str(7_691_701_295_229_564_400 + number)
    return {
        "id": id_,
        "desc": "a caption",
        "createTime": CREATED,
        "author": {"id": f"70189670538511580{number:02}", "uniqueId": f"user_{number}", "nickname": f"User {number}"},
        "music": audio("A Song", "An Artist"),
        "video": {"id": id_, "duration": 30, "height": 1024, "width": 576, "cover": "", "playAddr": ""},
        "stats": {"diggCount": 61, "commentCount": 53, "shareCount": 22, "playCount": 2907, "collectCount": 12},
        **told,
    }


def audio(title: str, author: str, *, original: bool = False) -> dict[str, Any]:
    """A track."""
    return {"id": "7689324488571077201", "title": title, "authorName": author, "original": original, "playUrl": ""}


LINES = "a longer caption\nof several lines\n#tagone #tagtwo "
OWN = audio("original sound", "User 2", original=True)
SLIDES = {"images": [{"imageURL": {"urlList": ["https://example.com/1.jpeg"]}}]}
NOT_SHARED = {"diggCount": 61, "commentCount": 53, "shareCount": 0, "playCount": 2907, "collectCount": 12}
# In order: somebody else's audio, a creator's own with a long caption, a photo post, one that nobody shared.
KINDS = (post(1), post(2, desc=LINES, music=OWN), post(3, imagePost=SLIDES, video={}), post(4, stats=NOT_SHARED))
# Enough to scroll away from the first.
FEED = [*KINDS, *(post(number) for number in range(5, 12))]


# For where a player has to play.
PLAYABLE = [
    {**each, "video": {**each["video"], "playAddr": "https://example.com/v.mp4"}} for each in FEED if each["video"]
]


def written(folder: Path, items: list[dict[str, Any]] = FEED) -> Path:
    """A file of *items* for `--items`."""
    path = folder / "items.json"
    path.write_text(json.dumps(items), encoding="utf-8")
    return path
