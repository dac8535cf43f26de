"""What is pending when the run ends goes through the pipelines before they close.

After SIGTERM no request is sent, `spider_idle` does not fire, and all pipelines close together: a spider, an
extension or a pipeline comes too late on one path or another. Scrapy asks its item processor first on all of them.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.pipelines import ItemPipelineManager

from ..middlewares import SeleniumMiddleware

logger = logging.getLogger(__name__)
# Replies that are on their way are given this long, in seconds; a hung browser may not cost the lines.
LATE_REPLIES_S = 0.5
AT_MOST_S = 1.0


class LastItems(ItemPipelineManager):
    """Scrapy's pipelines, fed with the spider's `last_items()` before they close."""

    crawler: Crawler
    _unreadable: list[Any]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Remember the crawler: its spider holds what is pending."""
        manager = super().from_crawler(crawler)
        manager.crawler = crawler
        manager._unreadable = []
        return manager

    async def close_spider_async(self) -> None:
        """Give out the last items, then close the pipelines."""
        spider: Any = self.crawler.spider
        if hasattr(spider, "last_items"):
            if spider.is_waiting():
                await self._late_replies(spider)
            engine = self.crawler.engine
            assert engine is not None
            for item in (*self._unreadable, *spider.last_items()):
                await engine.scraper.start_itemproc_async(item, response=None)
        await super().close_spider_async()

    async def _late_replies(self, spider: Any) -> None:
        middleware = self.crawler.get_downloader_middleware(SeleniumMiddleware)
        if middleware is None:
            return
        try:
            async with asyncio.timeout(AT_MOST_S):
                await self._replies_until(time.monotonic() + LATE_REPLIES_S, middleware, spider)
        except Exception as error:  # noqa: BLE001  whatever a dying browser raises, the lines come first
            logger.warning("No late replies: %s", error or type(error).__name__)

    async def _replies_until(self, end: float, middleware: SeleniumMiddleware, spider: Any) -> None:
        """Take replies as they come: the first may be another's than the one that is waited for."""
        while spider.is_waiting() and (left := end - time.monotonic()) > 0:
            for session, turn in await middleware.last_events(left):
                self._unreadable += spider.take_events(session, turn)
