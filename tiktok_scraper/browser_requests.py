"""What the spider asks of the browser.

`SeleniumRequest` is scrapy-selenium's, with its four fields kept through replace(), copies and retries.
`BrowserRequest` is a turn in the feed: it is answered by a `Turn` as JSON.
"""

from __future__ import annotations

import math
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
    DOWNLOAD_DELAY does not reach pages that a middleware answers, so the pace is kept here. ends_at: time.monotonic()
    at which the run should be over: a turn that has not come back soon after it is given up.
    """

    attributes: tuple[str, ...] = (*SeleniumRequest.attributes, "action", "told", "not_before", "session", "ends_at")

    def __init__(
        self,
        url: str,
        action: str = "look",
        told: dict[str, Any] | None = None,
        not_before: float = 0.0,
        session: int = 1,
        *,
        ends_at: float = math.inf,
        **rest: Any,
    ) -> None:
        rest.setdefault("dont_filter", True)  # the address of the feed stays the same from turn to turn
        super().__init__(url=url, **rest)
        self.action = action
        self.told = told or {}
        self.not_before = not_before
        self.session = session
        self.ends_at = ends_at


# In a request's meta; longer than "selenium", which spiders and other middlewares have uses of their own for.
KEPT = "tiktok_scraper.selenium"


def remembered(request: Request) -> dict[str, Any]:
    """The four fields of a scrapy-selenium request.

    The stock class loses them on replace(), so they are kept in its meta from the moment it comes here.
    """
    before = request.meta.get(KEPT, {})
    kept = dict(before.get("fields", {})) if before.get("url") == request.url else {}  # else another page's
    kept |= {name: value for name in SELENIUM_FIELDS if (value := getattr(request, name, None))}
    request.meta[KEPT] = {"url": request.url, "fields": kept}
    return kept


def cookies_of(request: Request) -> list[dict[str, Any]]:
    """The request's cookies as WebDriver takes them, from either of the two forms that Scrapy takes.

    Of the longer form domain, path and secure are kept where they are told.
    """
    if isinstance(request.cookies, dict):
        return [{"name": as_text(name), "value": as_text(value)} for name, value in request.cookies.items()]
    return [
        {"name": as_text(cookie["name"]), "value": as_text(cookie["value"])}
        | {part: value for part in ("domain", "path", "secure") if (value := cookie.get(part)) not in (None, "")}
        for cookie in request.cookies
    ]


def as_text(told: Any) -> str:
    """A cookie's name or value: Scrapy takes text, bytes and numbers."""
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)
