"""TIKTOK_KEEP_RAW: the replies of a run, scrubbed (pages/scrub.py) and gzipped, so that old runs can be parsed anew.

One gzip member a reply, each written at once: what a killed run wrote can be read to its last whole reply with
`gzip.open`.
"""

from __future__ import annotations

import fcntl
import gzip
import os
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson

from ..pages.scrub import length_alone, scrubbed
from ..pages.sent_json import loads
from ..turn import Event

KEPT_PARAMETERS = ("uniqueId", "count", "pullType", "cursor")


class RawReplies:
    """Appends a run's replies to raw/RUN.jsonlines.gz below *folder*."""

    def __init__(self, folder: Path, run: str) -> None:
        self.path = folder / "raw" / f"{run or 'run'}.jsonlines.gz"

    def keep(self, event: Event) -> None:
        """Write one reply; a reply that is no JSON is kept by its length alone."""
        try:
            body = scrubbed(loads(event.body))
        except orjson.JSONDecodeError:
            body = length_alone(event.body)
        line = {"kind": event.kind, "at": event.at, "url": bare(event.url), "status": event.status, "body": body}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        whole = gzip.compress(orjson.dumps(line) + b"\n")
        while True:
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX)
                # It may have been replaced since it was opened, by one without somebody.
                if self.path.exists() and os.path.samestat(os.fstat(file), self.path.stat()):
                    os.write(file, whole)
                    return
            finally:
                os.close(file)


def bare(url: str) -> str:
    """Return the path of an address with the parameters that tell what was asked, and none that tell who asked."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name in KEPT_PARAMETERS]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path
