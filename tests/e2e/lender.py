"""One Chromium for many crawls: each is a fork of the process that started it, and finds it as if it were new.

A crawl that wants any other browser than the plain one, or a second one, starts its own.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from scrapy.settings import Settings
from selenium.common.exceptions import WebDriverException
from urllib3.exceptions import HTTPError

import tiktok_scraper.browser.session
from tiktok_scraper.browser.start.launch import Launched, launch
from tiktok_scraper.config import BrowserConfig

HERE = "http://127.0.0.1/"  # as root Chromium has no sandbox, and is started for this machine alone


@dataclass(slots=True)
class Lent:
    """The borrower's own view of the browser, which stays when the crawl has ended."""

    whole: Launched

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def close(self) -> None:
        """The lender makes it as new, also where a crawl does not come so far."""


class Lender:
    """Holds the browser. All of it runs in the one thread of a process that forks."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True)
        given = Settings()
        given.setmodule("tiktok_scraper.settings")
        given.setdict({"TIKTOK_DATA_DIR": self._folder.name, "TIKTOK_BLOCK_MEDIA": True})
        self._config = BrowserConfig.from_settings(given)
        self._launched: Launched | None = None

    def make_ready(self) -> None:
        """Have a browser that shows nothing and remembers nothing: the last one, or where it is no good another."""
        if self._launched is not None and not self._is_as_new():
            self.close()
        if self._launched is None:
            self._launched = launch(self._config, HERE)

    def _is_as_new(self) -> bool:
        assert self._launched is not None
        driver = self._launched.driver
        try:
            driver.get("about:blank")
            driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
            driver.execute_cdp_cmd("Network.clearBrowserCache", {})
            for log in ("performance", "browser"):
                driver.execute("getLog", {"type": log})
            return len(driver.window_handles) == 1
        except (WebDriverException, HTTPError, OSError):
            return False

    def lend(self) -> None:
        """In the fork: the first browser like ours that it asks for is ours, over connections of its own."""
        assert self._launched is not None
        with contextlib.suppress(AttributeError):
            self._launched.driver.command_executor._conn.clear()  # type: ignore[union-attr]
        left = [self._launched]

        def borrowed(config: BrowserConfig, url: str, needless: Callable[[], bool] = lambda: False) -> Launched | Lent:
            if left and replace(config, runs_dir=self._config.runs_dir) == self._config:
                return Lent(left.pop())
            return launch(config, url, needless)

        tiktok_scraper.browser.session.launch = borrowed  # type: ignore[assignment]

    def close(self) -> None:
        """End the browser, if there is one."""
        if self._launched is not None:
            self._launched.close()
        self._launched = None

    def end(self) -> None:
        """End it for good, and what was on disk for it."""
        self.close()
        self._folder.cleanup()
