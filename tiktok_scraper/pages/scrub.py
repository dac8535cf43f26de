"""What may be kept of a reply or a card as it came: of people no more than a line would hold.

Left out is what is not collected (captions, hashtags, texts on pictures, titles of broadcasts, places, names to show,
avatars, bios) and every address, since addresses carry the visitor's own tokens. An audio keeps its title and author,
which are its name.
"""

from __future__ import annotations

import re
from typing import Any

# What a reply holds of people beyond their handle, id and counts; where they are; and free text. The names are from
# site.md 4.2 and from the lists and pages saved between 2021 and 2026.
DROPPED = re.compile(
    r"^(desc|description|title|title_?desc|contents|suggestedWords|videoSuggestWordsList|keyword\w*|warnInfo|anchors|"
    r"AIGCDescription|subtitle\w*|claInfo|eventList|playlist\w*|"
    r"textExtra|challenges?|challengeInfo\w*|hashtag\w*|stickersOnItem|stickerText|effectStickers|"
    r"poi|poi_?(id|name|info|type|category|address)\w*|locationCreated|contentLocation|location|address|city|region|"
    r"nickname|signature|bio\w*|avatar\w*|shareMeta|comments?|ownerInfo|secUid|\w*SecId|"
    r"webid|verifyFp|msToken|log_?pb|logid|extra)$",
    re.IGNORECASE,
)
AUDIO = "music"  # the one block whose title is collected
BROADCAST = "liveRoomInfo"  # that it is there says that a card is none of a TikTok; nothing in it is collected
DEEPEST = 60  # levels of JSON: real replies have less than twenty, and deeper ones are there to harm readers
MOST_TEXT = 500  # characters: longer values are links and blobs, never a count, an id or a name


def kept(raw: Any) -> Any:
    """Return what is kept of a card as it came: JSON scrubbed, text by its length alone."""
    return length_alone(raw) if isinstance(raw, str) else scrubbed(raw)


def length_alone(text: str) -> dict[str, int]:
    """Return what is kept of text in which nothing can be told apart."""
    return {"unreadable_characters": len(text)}


def scrubbed(told: Any, *, block: str = "", depth: int = DEEPEST) -> Any:
    """Return JSON without what is not collected. block: the key that *told* stands under, if it is an object."""
    if depth == 0:
        return None
    if isinstance(told, dict):
        if block == BROADCAST:
            return {"scrubbed": True} if told else {}
        return {
            key: scrubbed(value, block=key, depth=depth - 1)
            for key, value in told.items()
            if not DROPPED.match(key) or (key == "title" and block == AUDIO)
        }
    if isinstance(told, list):
        return [scrubbed(value, block=block, depth=depth - 1) for value in told]
    if isinstance(told, str) and ("://" in told or len(told) > MOST_TEXT):
        return ""
    return told
