"""The lines of runs.jsonlines that a history's runs would have written."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from replica.history.feed import feed
from replica.history.hours import Hour
from replica.history.lines import SCHEMA
from replica.history.visit import JITTER, Visit
from replica.items.truth import iso
from replica.world.chance import share

VIEWPORT, ZONE = "1280x800", "UTC"
COUNTED_NULL = (
    *("scraped_at", "url", "audio", "audio_url", "likes", "comments", "username", "user_followers", "user_likes"),
    *("shares", "views"),
)


@dataclass(frozen=True, slots=True)
class Appended:
    """What a run appended to tiktoks.jsonlines: its records, the byte offsets, SHA-256 of the bytes."""

    records: Sequence[dict[str, Any]]
    start: int
    end: int
    digest: str


def run_id(hour: Hour, started_at: float, seed: int) -> str:
    """The run's id: its UTC stamp and four hex digits."""
    tail = int(share(seed, "history", "run", hour.number) * 2**16)
    return f"{datetime.fromtimestamp(started_at, UTC):%Y%m%dT%H%M%SZ}-{tail:04x}"


def records(visit: Visit, run: str, appended: Appended, limit: int, pace: float) -> Iterator[dict[str, Any]]:
    """The lines of one run: its start, and its end unless it was killed. *pace*: seconds per TikTok."""
    yield {**_head("start", run, visit.started_at + 0.4), "asked": limit, "simulated": True, **_conditions(pace)}
    if not visit.hour.killed:
        yield _end(visit, run, appended, limit, pace)


def _end(visit: Visit, run: str, appended: Appended, limit: int, pace: float) -> dict[str, Any]:
    records = appended.records
    hour, written = visit.hour, len(records)
    fewest = math.ceil(limit * 9 / 10)
    because = [] if written >= fewest else [f"{written} TikToks, fewer than {fewest}"]
    null = Counter(name for record in records for name in COUNTED_NULL if record[name] is None)
    repaired = sum(record["user_likes_repair"] is not None for record in records)
    return {
        **_head("end", run, visit.ended_at),
        "reason": visit.reason,
        "verdict": "unfit" if because else "fit",
        "because": because,
        "warnings": [],
        "asked": limit,
        "seen": written,
        "unique": written,
        "written": written,
        "repeated": visit.repeated,
        "rejected": 0,
        "forgotten": 0,
        "live": visit.live,
        "ads": sum(record["ad"] for record in records),
        "creators_asked": visit.asked,
        "creators_answered": visit.answered,
        "source": _tally(record["source"] for record in records),
        "user_source": _tally(record["user_source"] for record in records),
        "note": dict(sorted(visit.notes.items())),
        "null": dict(sorted(null.items())),
        "name": {},
        "name_read": {},
        "feed": feed(records) if records else None,
        "repaired": repaired,
        "wrapped_positive": sum(_wrapped_positive(record) for record in records),
        "unreadable": 0,
        "zeroed": sum(record["views"] is None and record["views_shown"] == "0" for record in records),
        "era": hour.era if written else None,
        "region": "US" if written else None,
        "browser": "chrome",
        "browser_version": "simulated",
        "driver_version": "simulated",
        "agent": "simulated",
        "page_viewport": VIEWPORT if written else None,
        "page_zone": ZONE if written else None,
        "robots_hash": None,
        "robots_decision": "allowed",
        "bytes_from": appended.start if written else None,
        "bytes_to": appended.end if written else None,
        "sha256": appended.digest if written else None,
        "spooled": None,
        "absorbed": None,
        "simulated": True,
        "view": "viewer" if written else None,
        "contact": None,
        **_conditions(pace),
    }


def _wrapped_positive(record: dict[str, Any]) -> bool:
    return record["user_likes_repair"] == "evidence" and not (record["user_likes_shown"] or "").startswith("-")


def _head(event: str, run: str, at: float) -> dict[str, Any]:
    return {"event": event, "run": run, "schema": SCHEMA, "at": iso(at)}


def _conditions(pace: float) -> dict[str, Any]:
    """The crawl's defaults, but for the pace."""
    told = {
        "pace": pace,
        "jitter": JITTER,
        "locale": "en-US",
        "zone": ZONE,
        "viewport": VIEWPORT,
        "wanted_source": "auto",
        "wanted_view": "auto",
        "creator_counts": "always",
        "headless": True,
        "media": "loaded",
        "versions": {},
    }
    return {**told, "settings_hash": hashlib.sha256(json.dumps(told).encode()).hexdigest()}


def _tally(told: Iterable[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(name or "none" for name in told).items()))
