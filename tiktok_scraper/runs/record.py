"""The run's record: a line when it starts and a line when it ends, in runs.jsonlines.

A start without an end is a run that was killed. Of numbers only what the run's stats hold is written. Before a run
starts, what the spools of earlier ones hold is appended.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import platform
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings as Settings

from ..config import BrowserConfig, CrawlConfig, data_dir
from ..items import SCHEMA, stamp
from ..lines.spool import KeptFile, kept_aside
from .earlier import append_spooled, telling_of_spools
from .process import this_process
from .ready import check_folders

logger = logging.getLogger(__name__)

FILE = "runs.jsonlines"
HOUR = "TIKTOK_CRON_HOUR"  # in the environment: the hour that a run of the hourly job is for, see hours/begin.py
# Settings that change no line of a run; whoever knows the address to ping may not read it out of a hash either.
SHAPELESS = {
    *("TIKTOK_DATA_DIR", "TIKTOK_PSEUDONYM_KEY", "TIKTOK_SCHEDULE", "TIKTOK_BACK_OFF"),
    "TIKTOK_BROWSERS_WHY",
    *("TIKTOK_PING_URL", "TIKTOK_ON_UNFIT", "TIKTOK_ALERTS"),
}
SPIDER = "tiktok"  # other spiders may run in this project; they keep no record
COUNTED = (
    "seen",
    "unique",
    "written",
    "repeated",
    "rejected",
    "forgotten",
    "live",
    "ads",
    "creators_asked",
    "creators_answered",
)
TOLD = (
    *(
        "era",
        "region",
        "browser",
        "browser_version",
        "driver_version",
        "agent",
        "page_viewport",
        "page_zone",
        "robots_hash",
        "robots_decision",
    ),
    *("bytes_from", "bytes_to", "sha256", "spooled", "absorbed"),
)


def new_run_id(now: datetime) -> str:
    """Return a new run's id: its UTC stamp and four hex digits, such as 20261122T220700Z-3fa9; ids sort by time."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"


class RunRecord:
    """Scrapy extension: gives the run its id (stat tiktok/run) and writes its start and its end."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler, self._stats = crawler, crawler.stats
        self._conditions = conditions(crawler.settings)
        folder = data_dir(crawler.settings)
        self._file = KeptFile(folder / FILE, lambda: str(self._stats.get_value("tiktok/run")), sync_lines=1)
        with telling_of_spools(folder):
            check_folders(CrawlConfig.from_settings(crawler.settings))
            # Opened now, because a place that can't be written to should end the run before a browser starts.
            self._file.open()
            if absorbed := append_spooled(folder, {FILE}, lambda _: False):  # it names nobody
                self._stats.set_value("tiktok/absorbed", absorbed)
        self._stats.set_value("tiktok/run", new_run_id(datetime.now(UTC)))
        self._stats.set_value("tiktok/asked", getattr(crawler.spider, "limit", None))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the start and the end of the spider.

        Raises:
            NotConfigured: the spider is not ours.
            BadSetting: a setting can't be used.
            CouldNotWrite: runs.jsonlines can't be opened, or nothing can be written beside it.
        """
        if crawler.spidercls.name != SPIDER:
            raise NotConfigured
        record = cls(crawler)
        crawler.signals.connect(record.spider_opened, signals.spider_opened)
        crawler.signals.connect(record.spider_closed, signals.spider_closed)
        return record

    def spider_opened(self) -> None:
        """Write the start."""
        asked = {"asked": self._stats.get_value("tiktok/asked"), **self._browsers()}
        by = {"scheduled": os.environ.get(HOUR) or None, "process": this_process()}
        if not self._file.append({**self._head("start"), **by, **asked, **self._conditions}):
            # The disk filled since it was looked at: a run that can't keep a record does not begin.
            self._stats.set_value("tiktok/usage_error", str(self._file.refused))
            self._stats.set_value("tiktok/reason", "could-not-write")
            engine = self._crawler.engine
            assert engine is not None
            self._ending = asyncio.ensure_future(engine.close_spider_async(reason="could-not-write"))

    def spider_closed(self, reason: str) -> None:
        """Write the end, with the verdict that stands in the stats by then."""
        stats = self._stats.get_stats()
        ending = {
            "reason": stats.get("tiktok/reason", reason),
            "verdict": stats.get("tiktok/verdict"),
            "because": stats.get("tiktok/because", []),
            "warnings": stats.get("tiktok/warnings", []),
        }
        self._file.append({**self._head("end"), **ending, **outcome(stats), **self._conditions})
        self._file.close()
        if told := kept_aside(self._file):
            logger.error("The run's record: %s", told)

    def _browsers(self) -> dict[str, Any]:
        """How many browsers were asked for, and what was said why; null where nothing was."""
        why = BrowserConfig.from_settings(self._crawler.settings).browsers_why
        return {"browsers": getattr(self._crawler.spider, "browsers", 1), "browsers_why": why or None}

    def _head(self, event: str) -> dict[str, Any]:
        run = self._stats.get_value("tiktok/run")
        return {"event": event, "run": run, "schema": SCHEMA, "at": stamp(time.time())}


def conditions(settings: Settings) -> dict[str, Any]:
    """Return under which conditions the feed is asked: it answers to them, so a change among them matters.

    Times in seconds. Read as the walk and the browser read them, so that what is recorded is what is used.

    Raises:
        BadSetting: one of them can't be used.
    """
    crawl, browser = CrawlConfig.from_settings(settings), BrowserConfig.from_settings(settings)
    width, height = browser.viewport
    return {
        "pace": crawl.pace,
        "jitter": crawl.jitter,
        "locale": browser.locale,
        "zone": browser.zone,
        "viewport": f"{width}x{height}",
        "wanted_source": crawl.source,
        "wanted_view": crawl.view,
        "creator_counts": crawl.creator_counts,
        "headless": browser.headless,
        "pseudonymised": crawl.pseudonymise,
        "media": "blocked" if browser.block_media else "loaded",
        "versions": versions(),
        "settings_hash": settings_hash(settings),
    }


def outcome(stats: Mapping[str, Any]) -> dict[str, Any]:
    """Return what came of the run, by its stats: counts are 0 where nothing was counted, the rest null."""
    return {
        "asked": stats.get("tiktok/asked"),
        **{name: stats.get(f"tiktok/{name}", 0) for name in COUNTED},
        **{name: _under(stats, name) for name in ("source", "user_source", "note", "null")},
        "name": name_hits(stats),
        "name_read": {name: sum(counts) for name, counts in name_counts(stats).items()},
        "feed": stats.get("tiktok/feed"),
        **{name: stats.get(f"tiktok/{name}", 0) for name in ("repaired", "wrapped_positive", "unreadable", "zeroed")},
        **{name: stats.get(f"tiktok/{name}") for name in TOLD},
        "simulated": stats.get("tiktok/simulated"),  # null where no page was reached that could tell
        "view": (stats.get("tiktok/contact") or {}).get("view"),
        "contact": stats.get("tiktok/contact"),
    }


def name_hits(stats: Mapping[str, Any]) -> dict[str, float]:
    """Return how often a field of the displayed page was where its name says, as a share of the times it was read.

    From the stats tiktok/name/<field>/hit and /missed; a field that was never read is left out.
    """
    return {field: round(hit / (hit + missed), 3) for field, (hit, missed) in name_counts(stats).items()}


def name_counts(stats: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Return how often each field that was read was where its name says, and how often not."""
    counts = _under(stats, "name")
    fields = sorted({key.rpartition("/")[0] for key in counts})
    both = {field: (counts.get(f"{field}/hit", 0), counts.get(f"{field}/missed", 0)) for field in fields}
    return {field: (hit, missed) for field, (hit, missed) in both.items() if hit + missed}


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages whose change could change the lines."""
    return {"python": platform.python_version(), **{name: version(name) for name in ("scrapy", "selenium")}}


def settings_hash(settings: Mapping[str, Any]) -> str:
    """Return a hash of all settings that shape a run: TIKTOK_* and SELENIUM_*, but not when and where."""
    shaping = {
        name: str(settings.get(name))  # on the command line a number is text
        for name in sorted(settings)
        if name.startswith(("TIKTOK_", "SELENIUM_")) and name not in SHAPELESS
    }
    return hashlib.sha256(json.dumps(shaping).encode()).hexdigest()


def _under(stats: Mapping[str, Any], name: str) -> dict[str, Any]:
    prefix = f"tiktok/{name}/"
    return {key.removeprefix(prefix): value for key, value in sorted(stats.items()) if key.startswith(prefix)}
