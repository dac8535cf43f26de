"""A Scrapy extension for tests: in which thread each driver call ran, and how often a ticker of the reactor did."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from selenium.webdriver.remote.webdriver import WebDriver

TICK_S = 0.02


class ThreadWatch:
    """Writes threads.json into TIKTOK_DATA_DIR when the spider closes."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._threads, self._ticks = folder, set[str](), 0
        execute = WebDriver.execute

        def watched(driver: WebDriver, *args: Any, **kwargs: Any) -> Any:
            self._threads.add(threading.current_thread().name)
            return execute(driver, *args, **kwargs)

        WebDriver.execute = watched  # type: ignore[method-assign]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        watch = cls(Path(crawler.settings["TIKTOK_DATA_DIR"]))
        crawler.signals.connect(watch.opened, signals.spider_opened)
        crawler.signals.connect(watch.closed, signals.spider_closed)
        return watch

    def opened(self) -> None:
        self._ticker = asyncio.get_running_loop().create_task(self._tick())

    def closed(self) -> None:
        self._ticker.cancel()
        told = {"reactor": threading.current_thread().name, "driver": sorted(self._threads), "ticks": self._ticks}
        (self._folder / "threads.json").write_text(json.dumps(told))

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self._ticks += 1
