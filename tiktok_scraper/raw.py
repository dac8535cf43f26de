"""TIKTOK_KEEP_RAW: the replies of a run, scrubbed and gzipped, so that old runs can be parsed anew.

One gzip member a reply, each written at once: what a killed run wrote can be read to its last whole reply with
`gzip.open`. Scrubbed of what is not collected (captions, names to show, avatars, bios) and of every address, since
addresses carry the visitor's own tokens.
"""

from __future__ import annotations

import gzip
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from .turn import Event

# What a reply holds of people beyond their handle, id and counts; and free text.
DROPPED = re.compile(
    r"^(desc|title_?desc|contents|textExtra|suggestedWords|nickname|signature|bio\w*|avatar\w*|shareMeta|"
    r"comments?|ownerInfo|secUid|webid|verifyFp|msToken|log_?pb|logid|extra)$",
    re.IGNORECASE,
)
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
            body = {"unreadable_characters": len(event.body)}
        line = {"kind": event.kind, "at": event.at, "url": bare(event.url), "status": event.status, "body": body}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = gzip.compress(orjson.dumps(line) + b"\n")
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(file, whole)
        finally:
            os.close(file)


def scrubbed(told: Any) -> Any:
    """Return JSON without what is not collected."""
    if isinstance(told, dict):
        return {key: scrubbed(value) for key, value in told.items() if not DROPPED.match(key)}
    if isinstance(told, list):
        return [scrubbed(value) for value in told]
    if isinstance(told, str) and ("://" in told or len(told) > MOST_TEXT):
        return ""
    return told


def bare(url: str) -> str:
    """Return the path of an address with the parameters that tell what was asked, and none that tell who asked."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in KEPT_PARAMETERS]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path
