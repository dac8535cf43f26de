"""What the spider asks of the browser.

`SeleniumRequest` is scrapy-selenium's, with its four fields kept through replace(), copies and retries.
`BrowserRequest` is a turn in the feed: it is answered by a `Turn` as JSON.
"""

from __future__ import annotations

from typing import Any

import scrapy_selenium
from scrapy import Request

SELENIUM_FIELDS = ("wait_time", "wait_until", "screenshot", "script")


class SeleniumRequest(scrapy_selenium.SeleniumRequest):  # type: ignore[misc]
    """A page drawn by the browser: scrapy-selenium's request, whose fields survive replace() and retries.

    Args:
        wait_time: seconds to wait at most for *wait_until*.
        wait_until: one of selenium's expected_conditions.
        screenshot: whether a PNG of the page is put into `response.meta["screenshot"]`.
        script: JavaScript that is run in the page before it is read.
    """

    attributes: tuple[str, ...] = (*Request.attributes, *SELENIUM_FIELDS)


class BrowserRequest(SeleniumRequest):
    """One turn in the feed.

    action: "robots", "open", "enter", "step", "back", "ask", "press", "look" (see browser/session.py).
    told: what the action needs, as plain values. not_before: time.monotonic() before which the turn does not begin:
    DOWNLOAD_DELAY does not reach pages that a middleware answers, so the pace is kept here.
    """

    attributes: tuple[str, ...] = (*SeleniumRequest.attributes, "action", "told", "not_before", "session")

    def __init__(
        self,
        url: str,
        action: str = "look",
        told: dict[str, Any] | None = None,
        not_before: float = 0.0,
        session: int = 1,
        **rest: Any,
    ) -> None:
        rest.setdefault("dont_filter", True)  # the address of the feed stays the same from turn to turn
        super().__init__(url=url, **rest)
        self.action = action
        self.told = told or {}
        self.not_before = not_before
        self.session = session
