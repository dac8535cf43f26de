"""TIKTOK_PING_URL: a dead man's switch, such as healthchecks.io, is told when a run begins and how it ended.

It raises the alarm when nothing is heard, which no message of a machine that is down could.
"""

from __future__ import annotations

import http.client
import logging
import threading
import time
import urllib.error
import urllib.request
from typing import Self
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings as Settings

from ...config import data_dir
from ...config.alerts import PING, ping_url
from ...errors import BadSetting
from ..monitors import read_last
from ..record import FILE, SPIDER
from .aside import Aside
from .words import verdict_text

logger = logging.getLogger(__name__)

START, FIT, FAIL = "/start", "", "/fail"
TIMEOUT_S = 10.0
PAUSES_S = (1.0, 3.0)  # before each of the two retries
MOST_BYTES = 90_000  # of a body; healthchecks.io keeps the first 100 kB
# What a start that hangs and an end that does take together, and some.
PATIENCE_S = 4 * TIMEOUT_S + sum(PAUSES_S) + 2
_LOST = (OSError, http.client.HTTPException, ValueError)


class Pinger:
    """Pings *url* in a thread of its own. An address is kept out of every message."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._aside = Aside(f"{PING}'s thread", PATIENCE_S)
        self._last = threading.Event()

    def started(self) -> None:
        """Tell that the run begins."""
        self._aside.do(lambda: self._send(START, None))

    def ended(self, text: str, *, well: bool) -> None:
        """Tell how the run ended; a start that still is on its way is tried no further."""
        self._last.set()
        body = text.encode("utf-8", "replace")[:MOST_BYTES]
        self._aside.do(lambda: self._send(FIT if well else FAIL, body))

    def wait(self) -> bool:
        """Wait until all is sent or given up; return whether it is."""
        return self._aside.wait()

    def _send(self, suffix: str, body: bytes | None) -> None:
        for pause in (*PAUSES_S, None):
            if (lost := _tried(with_suffix(self._url, suffix), body)) is None:
                return
            if pause is None or (body is None and self._last.is_set()):
                break
            time.sleep(pause) if body is not None else self._last.wait(pause)
        logger.warning("The ping %s%s did not arrive: %s", PING, suffix, lost)


def with_suffix(url: str, suffix: str) -> str:
    """Return the address with *suffix* at the end of its path, before any query."""
    parts = urlsplit(url)
    return parts._replace(path=parts.path.rstrip("/") + suffix if suffix else parts.path, fragment="").geturl()


def _tried(url: str, body: bytes | None) -> str | None:
    """Ping once; return what came in the way, None where nothing did. Errors tell addresses, so few words are kept."""
    request = urllib.request.Request(url, body, {"User-Agent": "tiktok_scraper"})
    if body is not None:
        request.add_header("Content-Type", "text/plain; charset=utf-8")
    try:
        # An opener of its own, which reads from the environment which proxies there are now.
        urllib.request.build_opener().open(request, timeout=TIMEOUT_S).close()
    except urllib.error.HTTPError as error:
        error.close()
        return f"it was answered with {error.code}"
    except TimeoutError:
        return f"no answer in {TIMEOUT_S:g} s"
    except _LOST as error:
        inner = getattr(error, "reason", error)
        if isinstance(inner, TimeoutError):
            return f"no answer in {TIMEOUT_S:g} s"
        return str(getattr(inner, "strerror", None) or type(inner).__name__)
    return None


class Ping:
    """Scrapy extension: pings at the start and at the end of a run. Stands behind what judges and records it."""

    def __init__(self, crawler: Crawler, pinger: Pinger) -> None:
        self._stats = crawler.stats
        self._pinger = pinger

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the start and the end of the spider.

        Raises:
            NotConfigured: there is no address to ping, or the spider is not ours.
            BadSetting: TIKTOK_PING_URL is no address.
        """
        if crawler.spidercls.name != SPIDER or (url := ping_url(crawler.settings)) is None:
            raise NotConfigured
        ping = cls(crawler, Pinger(url))
        crawler.signals.connect(ping.spider_opened, signals.spider_opened)
        crawler.signals.connect(ping.spider_closed, signals.spider_closed)
        return ping

    def spider_opened(self) -> None:
        """Tell that the run begins."""
        self._pinger.started()

    def spider_closed(self) -> None:
        """Tell the verdict."""
        stats = self._stats.get_stats()
        self._pinger.ended(verdict_text(stats), well=stats.get("tiktok/verdict") == "fit")


def ping_once(settings: Settings, text: str, *, well: bool) -> None:
    """Tell what became of a run that did not begin; nothing where there is no address, or none that can be used."""
    try:
        url = ping_url(settings)
    except BadSetting:
        return
    if url is not None:
        Pinger(url).ended(text, well=well)


def ping_waits(settings: Settings, why: str) -> None:
    """Tell that the job is alive and waits: what the last run came to still holds, so its ping is sent again."""
    ended = [record for record in read_last(data_dir(settings) / FILE) if record.get("event") == "end"]
    ping_once(settings, f"backed off: {why}", well=bool(ended) and ended[-1].get("verdict") == "fit")
