"""As a run ends, replies that are on their way are taken as they come, as long as one is waited for, and no longer."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from tiktok_scraper.runs import last_items
from tiktok_scraper.runs.last_items import LastItems


class Browser:
    """Gives one turn a call; how often it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked, self.error = 0, error

    async def last_events(self, wait: float) -> list[tuple[int, int]]:
        self.asked += 1
        await asyncio.sleep(min(wait, 0.01))
        if self.error is not None:
            raise self.error
        return [(1, self.asked)]


class Waiting:
    """A spider that waits until its *needs*-th turn."""

    def __init__(self, needs: int) -> None:
        self.needs, self.taken = needs, list[int]()

    def is_waiting(self) -> bool:
        return len(self.taken) < self.needs

    def take_events(self, _: int, turn: int) -> list[Any]:
        self.taken.append(turn)
        return []


def late_replies(spider: Waiting, browser: Browser | None) -> None:
    class Crawler:
        def get_downloader_middleware(self, _: object) -> Browser | None:
            return browser

    manager = LastItems.__new__(LastItems)
    manager.crawler, manager._unreadable = Crawler(), []  # type: ignore[assignment]
    asyncio.run(manager._late_replies(spider))


def test_the_reply_that_is_waited_for_may_be_the_second_to_come() -> None:
    spider, browser = Waiting(needs=2), Browser()
    late_replies(spider, browser)
    assert spider.taken == [1, 2]


def test_a_reply_that_never_comes_costs_its_time_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_items, "LATE_REPLIES_S", 0.1)
    began = time.monotonic()
    late_replies(Waiting(needs=10**9), Browser())
    assert 0.1 <= time.monotonic() - began < last_items.AT_MOST_S


def test_a_dying_browser_or_none_costs_nothing() -> None:
    spider = Waiting(needs=1)
    late_replies(spider, Browser(OSError("gone")))
    late_replies(spider, None)
    assert spider.taken == []
