"""What is looked at from within a crawl: the event loop, the moments of the steps, a signal sent at a chosen moment.

All are loaded by the bench alone, with -s, into a crawl that is otherwise its user's, and tell what they saw
in JSON lines appended to the file of the setting BENCH_FILE.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from benchmarks.crawl.peers.told import selenium_trips
from tiktok_scraper.browser import session
from tiktok_scraper.browser.view.step import step
from tiktok_scraper.browser.view.viewer import Viewer
from tiktok_scraper.browser_requests import BrowserRequest
from tiktok_scraper.turn import Turn

EVERY_S = 0.02
IN_A_STEP_S = 0.005  # a step takes several times as long


def note(crawler: Crawler, **told: Any) -> None:
    """Append one line to BENCH_FILE."""
    with Path(crawler.settings["BENCH_FILE"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(told) + "\n")


class Ticker:
    """Scrapy extension: how late a call due every 20 ms is, and when the last TikTok was complete.

    Its line: `ticks`, `longest` (seconds), `last_item` (Unix seconds, or null).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._ticks, self._longest, self._due = 0, 0.0, 0.0
        self._last_item: float | None = None
        self._ticking: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the engine's start and end."""
        ticker = cls(crawler)
        crawler.signals.connect(ticker.start, signals.engine_started)
        crawler.signals.connect(ticker.item_scraped, signals.item_scraped)
        crawler.signals.connect(ticker.stop, signals.engine_stopped)
        return ticker

    def start(self) -> None:
        """Begin to tick."""
        self._due = time.monotonic() + EVERY_S
        self._ticking = asyncio.get_running_loop().call_later(EVERY_S, self._tick)

    def item_scraped(self) -> None:
        """Note the moment."""
        self._last_item = time.time()

    def stop(self) -> None:
        """Tell what was seen."""
        if self._ticking is not None:
            self._ticking.cancel()
        note(self._crawler, ticks=self._ticks, longest=self._longest, last_item=self._last_item)

    def _tick(self) -> None:
        self._ticks += 1
        self._longest = max(self._longest, time.monotonic() - self._due)
        self.start()


class Steps:
    """Scrapy extension: when each step forward begins, which is what a pace is counted from.

    Its lines: `step`, in seconds of time.monotonic().
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Have every viewer tell of its steps."""

        def told(viewer: Viewer, timeout: float, *, back: bool = False, **rest: Any) -> Any:
            if not back:
                note(crawler, step=time.monotonic())
            return step(viewer, timeout, back=back, **rest)

        session.step = told  # type: ignore[attr-defined]
        return cls()


class Trips:
    """Scrapy extension: how often the browser or its driver was asked something.

    Its line: `trips`.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Count from before the browser's start until after its end."""
        trips = selenium_trips()
        crawler.signals.connect(lambda: note(crawler, trips=trips.count), signals.engine_stopped, weak=False)
        return cls()


class Stopper:
    """Downloader middleware before the browser's: sends SIGTERM to its own process where BENCH_STOP says.

    BENCH_STOP: "pace" in the wait before the step number BENCH_STEP, "step" while it is in the browser, "between"
    when it has come back and no other was sent.
    Its lines: `shown` a TikTok's id; `signal` time.monotonic() when it was sent, `as_meant` whether it fell there.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._where, self._at = str(crawler.settings["BENCH_STOP"]), crawler.settings.getint("BENCH_STEP")
        self._steps = 0
        self._returned = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read BENCH_STOP and BENCH_STEP."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Send the signal in the pace or in the step that *request* is about to take."""
        if not isinstance(request, BrowserRequest) or request.action != "step":
            return
        self._steps += 1
        wait = max(0.0, request.not_before - time.monotonic())
        if self._steps == self._at and self._where != "between":
            later = wait / 2 if self._where == "pace" else wait + IN_A_STEP_S
            asyncio.get_running_loop().call_later(later, self._stop, wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note what the viewer showed; send the signal between two requests."""
        if isinstance(request, BrowserRequest):
            turn = Turn.from_json(response.body)
            if request.action in {"enter", "step"} and turn.outcome == "ok" and turn.current and turn.current.id:
                note(self._crawler, shown=turn.current.id)
            if request.action == "step" and self._steps == self._at:
                self._returned = True
                if self._where == "between":
                    self._stop(0.0)
        return response

    def _stop(self, paced: float) -> None:
        """Send the signal; *paced*: seconds that the step had to wait for its pace."""
        as_meant = {"pace": paced > 0, "step": not self._returned, "between": True}[self._where]
        note(self._crawler, signal=time.monotonic(), as_meant=as_meant)
        os.kill(os.getpid(), signal.SIGTERM)
