"""TIKTOK_KEEP_RAW: the replies of a run, scrubbed and gzipped, so that old runs can be parsed anew.

One gzip member a reply, each written at once: what a killed run wrote can be read to its last whole reply with
`gzip.open`. Scrubbed of what is not collected (captions, hashtags, texts on pictures, titles of broadcasts, places,
names to show, avatars, bios) and of every address, since addresses carry the visitor's own tokens. An audio keeps its
title and author, which are its name.
"""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from ..turn import Event

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
KEPT_PARAMETERS = ("uniqueId", "count", "pullType", "cursor")
MOST_TEXT = 500  # characters: longer values are links and blobs, never a count, an id or a name


class RawReplies:
    """Appends a run's replies to raw/RUN.jsonlines.gz below *folder*."""

    def __init__(self, folder: Path, run: str) -> None:
        self.path = folder / "raw" / f"{run or 'run'}.jsonlines.gz"

    def keep(self, event: Event) -> None:
        """Write one reply; a reply that is no JSON is kept by its length alone."""
        try:
            body = scrubbed(orjson.loads(event.body))
        except orjson.JSONDecodeError:
            body = length_alone(event.body)
        line = {"kind": event.kind, "at": event.at, "url": bare(event.url), "status": event.status, "body": body}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = gzip.compress(orjson.dumps(line) + b"\n")
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, whole)
        finally:
            os.close(file)


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


def bare(url: str) -> str:
    """Return the path of an address with the parameters that tell what was asked, and none that tell who asked."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in KEPT_PARAMETERS]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path
