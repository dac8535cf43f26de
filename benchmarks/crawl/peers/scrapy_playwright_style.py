"""scrapy-playwright with the system's Chromium, as its documents would have one write it.

The page is asked for with `playwright_include_page`, opened with a `PageMethod` and walked in an async callback; what
is no text is aborted (PLAYWRIGHT_ABORT_REQUEST). Three ways to read:

- `page`: locators read what is drawn, and the pointer hovers over each creator until the card shows their counts;
- `replies`: `page.on("response")` keeps the lists' items, which tell the creator's counts with them;
- `details`: the same, and each creator is hovered over within `page.expect_response`, which waits for their own reply.

Run as `python -m benchmarks.crawl.peers.scrapy_playwright_style URL TIKTOKS page|replies|details`; prints what
`told.py` says. Its trips are messages from Python to Playwright's own process, whose own are not counted.
"""

from __future__ import annotations

import sys
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Page, TimeoutError
from playwright.async_api import Request as PageRequest
from playwright.async_api import Response as PageResponse
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from scrapy_playwright.page import PageMethod

from benchmarks.crawl.peers.names import (
    AGAIN_S,
    AWAY,
    CARD_FOLLOWERS,
    CARD_LIKES,
    CARD_USERNAME,
    CREATOR,
    DETAIL,
    FIELDS,
    LISTS,
    OPENER,
    STEPS,
    WAIT_S,
    arguments,
    chromium,
)
from benchmarks.crawl.peers.told import Trips, tell, tell_trips_at_the_end

POST_JS = "last => /[/](video|photo)[/][0-9]+/.test(location.pathname) && location.pathname !== last"
CARD_JS = """([user, name, followers]) => {
  const text = (css) => (document.querySelector(css) || {}).textContent || "";
  return text(name).replace(/^@/, "") === user && text(followers) && !text(followers).includes("--");
}"""


def is_no_text(request: PageRequest) -> bool:
    """What PLAYWRIGHT_ABORT_REQUEST aborts."""
    return request.resource_type in {"image", "media", "font"}


class FeedSpider(Spider):
    """Walks the viewer in one async callback. reads: "page", "replies" or "details"."""

    name = "feed"

    def __init__(self, url: str, tiktoks: int, reads: str) -> None:
        super().__init__()
        self.url, self.tiktoks, self.reads = url, tiktoks, reads
        self.items: dict[str, dict[str, Any]] = {}
        self.creators: dict[str, tuple[str, str]] = {}

    async def start(self) -> AsyncIterator[Request]:
        """The feed, with its first video opened."""
        yield Request(
            self.url,
            meta={
                "playwright": True,
                "playwright_include_page": True,
                "playwright_page_init_callback": self.listen,
                "playwright_page_methods": [
                    PageMethod("wait_for_selector", OPENER),
                    PageMethod("click", OPENER),
                    PageMethod("wait_for_selector", CREATOR),
                ],
            },
        )

    async def listen(self, page: Page, _request: Request) -> None:
        """Keep what the lists bring."""
        if self.reads != "page":
            page.on("response", self.keep)

    async def keep(self, response: PageResponse) -> None:
        """Keep one list's items by their ids."""
        if LISTS in response.url:
            for item in (await response.json()).get("itemList") or []:
                self.items[str(item.get("id"))] = item

    async def parse(self, response: Response) -> AsyncIterator[dict[str, Any]]:
        """A TikTok after another."""
        page: Page = response.meta["playwright_page"]
        page.set_default_timeout(WAIT_S * 1000)
        path, seen = "", set[str]()
        while len(seen) < self.tiktoks:
            await self.step(page, path)
            path, began = urlsplit(page.url).path, time.monotonic()
            row = await (self.read_page(page) if self.reads == "page" else self.read_replies(page, path))
            if path not in seen:
                seen.add(path)
                tell(url=path, **row, began=began, ended=time.monotonic())
                yield row
        await page.close()

    async def step(self, page: Page, last: str) -> None:
        """On from *last*, "" at the first, the key pressed anew where it fell while the page was busy."""
        for _ in range(STEPS):
            if last:
                await page.keyboard.press("ArrowDown")
            with suppress(TimeoutError):
                await page.wait_for_function(POST_JS, arg=last, timeout=AGAIN_S * 1000)
                return
        raise TimeoutError(f"nothing came after {last}")

    async def read_page(self, page: Page) -> dict[str, str]:
        """What is drawn, the card's counts too."""
        name = page.locator(CREATOR, has_text=username_in(page.url))
        await name.wait_for()
        row = {field: (await page.locator(css).first.text_content()) or "" for field, css in FIELDS.items()}
        username = row["username"].lstrip("@")
        await name.hover()
        await page.wait_for_function(CARD_JS, arg=[username, CARD_USERNAME, CARD_FOLLOWERS])
        counts = [await page.locator(css).first.text_content() for css in (CARD_FOLLOWERS, CARD_LIKES)]
        await page.mouse.move(*AWAY)
        return {**row, "user_followers": counts[0] or "", "user_likes": counts[1] or ""}

    async def read_replies(self, page: Page, path: str) -> dict[str, str]:
        """What the replies tell."""
        item, username = self.items.get(path.rpartition("/")[2], {}), username_in(page.url)
        stats = item.get("authorStats") or {}
        told = str(stats.get("followerCount", "")), str(stats.get("heartCount", ""))
        if self.reads == "details":
            told = self.creators[username] = self.creators.get(username) or await self.ask(page, username)
        likes = str((item.get("stats") or {}).get("diggCount", ""))
        return {"username": username, "likes": likes, "user_followers": told[0], "user_likes": told[1]}

    async def ask(self, page: Page, username: str) -> tuple[str, str]:
        """Hover over the creator's name, and read the reply that the page fetches."""
        async with page.expect_response(lambda reply: DETAIL in reply.url and username in reply.url) as reply:
            await page.locator(CREATOR, has_text=username).hover()
        info = (await (await reply.value).json()).get("userInfo") or {}
        stats = info.get("stats") or info.get("statsV2") or {}
        return str(stats.get("followerCount", "")), str(stats.get("heartCount", ""))


def username_in(url: str) -> str:
    """The handle in a TikTok's address."""
    return urlsplit(url).path.split("/")[1].removeprefix("@")


def playwright_trips() -> Trips:
    """Count the messages from Python to Playwright's own process."""
    from playwright._impl.transport import Transport  # noqa: PLC0415  of this peer alone, and none of its public names

    trips = Trips()
    trips.of(Transport, "serialize_message")
    return trips


def main() -> None:
    """Crawl as `scrapy crawl` would."""
    url, tiktoks, reads = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    tell_trips_at_the_end(playwright_trips())
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "REMOTE_CONTROL_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
            "PLAYWRIGHT_LAUNCH_OPTIONS": {"executable_path": chromium(), "args": arguments()},
            "PLAYWRIGHT_ABORT_REQUEST": is_no_text,
        }
    )
    process.crawl(FeedSpider, url=url, tiktoks=tiktoks, reads=reads)
    process.start()


if __name__ == "__main__":
    main()
