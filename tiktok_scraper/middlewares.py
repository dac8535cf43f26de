"""request -> a turn in the browser's own thread -> response.

The reactor never blocks and no driver call runs on its thread: each browser has an executor of one thread, which
owns the driver and lives to the end of the run. Requests that are none of the browser's pass through untouched.
"""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Self, TypeVar

import scrapy_selenium
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse, JsonResponse, Response

from .browser.draw import Drawn, draw
from .browser.patience import TURN_WITHIN_S, gives_up_at
from .browser.session import Session
from .browser.start.display import VirtualDisplay
from .browser.start.safety import check_certificates, needs_no_sandbox
from .browser_requests import BrowserRequest, cookies_of, remembered
from .config import BrowserConfig
from .config.known import check_names
from .errors import BrowserDied, BrowserError, DriverWithheld
from .needs.reactor import check_loop
from .turn import Turn

logger = logging.getLogger(__name__)
# At DEBUG it holds every reply and page whole, with what is not collected.
logging.getLogger("selenium").setLevel(logging.INFO)
T = TypeVar("T")
# How often a wait looks whether the run is ending.
CUT_EVERY_S = 0.05
# While a turn is in the browser, it is looked this often whether the run is ending meanwhile, or the turn hangs.
HUNG_LOOK_S = 0.5
# A browser that does not end in this time is killed, and then given as long again.
CLOSE_WITHIN_S = 5.0


class SeleniumMiddleware(scrapy_selenium.SeleniumMiddleware):  # type: ignore[misc]
    """Answers scrapy-selenium's requests and our turns with what a browser shows.

    Settings: scrapy-selenium's SELENIUM_* and the TIKTOK_* of `BrowserConfig`. The browser starts with the first
    request that needs it. Its place is above 850, so that DownloaderStats counts what it answers.
    """

    def __init__(self, crawler: Crawler, config: BrowserConfig) -> None:
        # scrapy-selenium's own __init__ would start a browser here, on the reactor's thread.
        self._crawler, self._config = crawler, config
        self._threads: dict[int, ThreadPoolExecutor] = {}
        self._sessions: dict[int, Session] = {}
        self._display = VirtualDisplay(config.viewport)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the settings and check them against the address to be opened.

        Raises:
            BadSetting: a setting can't be used; the run ends with exit code 1 before a browser starts.
        """
        check_names(crawler.settings.keys())  # of any spider: only ours has looked at them by now
        check_loop(crawler.settings)
        browsers = getattr(crawler.spider, "browsers", 1)
        config = BrowserConfig.from_settings(crawler.settings).of_run(browsers)
        middleware = cls(crawler, config)
        if url := getattr(crawler.spider, "url", None):
            middleware._check(url)
        if config.allow_no_sandbox and config.driver_name == "chrome":
            logger.warning("TIKTOK_ALLOW_NO_SANDBOX: a page that breaks out of the browser has this user's rights")
        crawler.signals.connect(middleware.spider_closed, signals.spider_closed)
        return middleware

    async def process_request(self, request: Request) -> Response | None:
        """Answer a browser's request; let all others pass.

        Raises:
            CouldNotStart: there is no browser, or it does not start.
            BrowserDied, BrowserError: it is gone, or refused a turn; the next request starts a new one.
        """
        if isinstance(request, BrowserRequest):
            return await self._take_turn(request)
        if isinstance(request, scrapy_selenium.SeleniumRequest):
            return await self._draw(request)
        return None

    async def last_events(self, wait: float) -> list[tuple[int, Turn]]:
        """What each browser's page received since its last turn, waiting *wait* seconds at most for all of them.

        One that fails says nothing, unless it is the only one.

        Raises:
            BrowserError: none of them could tell.
        """
        told = {"wait": wait, "closing": True}

        async def ask(number: int, session: Session) -> tuple[int, Turn]:
            return number, await self._run(number, partial(session.turn, "look", told))

        asked = (ask(number, session) for number, session in list(self._sessions.items()))
        heard = await asyncio.gather(*asked, return_exceptions=True)
        turns = [each for each in heard if not isinstance(each, BaseException)]
        if heard and not turns and isinstance(heard[0], BaseException):
            raise heard[0]
        return turns

    async def spider_closed(self) -> None:
        """End every browser, all at once, as who stops a run waits for the last; kill what does not end."""
        ends = await asyncio.gather(*map(self._end, list(self._threads)), return_exceptions=True)
        self._display.stop()
        for error in (each for each in ends if isinstance(each, BaseException)):
            raise error

    async def _take_turn(self, request: BrowserRequest) -> Response:
        await self._until(request.not_before)
        gives_up = partial(gives_up_at, request.action, request.told, self._config.page_timeout, request.ends_at)
        try:
            turn = await self._run(request.session, partial(self._turn, request), gives_up)
        except BrowserError:
            await self._end(request.session)
            raise
        return JsonResponse(request.url, body=turn.to_json(), request=request)

    async def _draw(self, request: Request) -> Response:
        wanted = remembered(request)
        try:
            drawn: Drawn = await self._run(1, partial(self._drawn, request, wanted))
        except BrowserDied:
            await self._end(1)
            raise
        if drawn.screenshot is not None:
            request.meta["screenshot"] = drawn.screenshot
        request.meta["driver"] = Withheld()
        return HtmlResponse(drawn.url, body=drawn.html, encoding="utf-8", request=request)

    async def _until(self, moment: float) -> None:
        """Sleep until time.monotonic() is *moment*, or the run ends."""
        while (left := moment - time.monotonic()) > 0 and self._crawler.crawling:  # noqa: ASYNC110
            await asyncio.sleep(min(CUT_EVERY_S, left))  # Scrapy has no event for the start of closing

    async def _run(
        self, number: int, work: Callable[[], T], gives_up: Callable[[float], float] = lambda _: math.inf
    ) -> T:
        """Do *work* in the browser's thread. When it is given up, or soon after the run was told to end, the browser is
        killed, with which the command that it did not answer ends.

        gives_up: when that is, by the time.monotonic() of the beginning; one that has to be started begins then.
        """
        if number not in self._threads:
            self._threads[number] = ThreadPoolExecutor(1, thread_name_prefix=f"browser-{number}")
        turn = asyncio.get_running_loop().run_in_executor(self._threads[number], work)
        hung_at = math.inf
        while not turn.done():
            if number in self._sessions:
                hung_at = min(hung_at, gives_up(time.monotonic()))  # the first of these is the least
            await asyncio.wait({turn}, timeout=HUNG_LOOK_S)
            if not self._crawler.crawling:
                hung_at = min(hung_at, time.monotonic() + TURN_WITHIN_S)
            if time.monotonic() >= hung_at and (session := self._sessions.get(number)) is not None:
                logger.warning("The browser does not answer, and is killed")
                session.kill()
                await asyncio.wait({turn}, timeout=CLOSE_WITHIN_S)
                if not turn.done():  # a remote one may still wait for what is no command
                    raise BrowserDied("the browser does not answer")
        return await turn

    def _session(self, number: int, url: str, ends_at: float = math.inf) -> Session:
        """The browser of that number, started if need be. In its thread."""
        if number not in self._sessions:
            self._check(url)
            # One that takes the place of another needs a slot for itself, and not once more for the whole run.
            again = number > self._config.browsers
            config = self._display.onto(self._config.of_run(1) if again else self._config)
            self._sessions[number] = Session(config, url, self._is_ending, partial(self._needs_none, ends_at))
        return self._sessions[number]

    def _is_ending(self) -> bool:
        return not self._crawler.crawling

    def _needs_none(self, ends_at: float) -> bool:
        """Whether a browser that has not started yet would come too late, or for nothing."""
        return self._is_ending() or time.monotonic() >= ends_at or getattr(self._crawler.spider, "has_enough", False)

    def _check(self, url: str) -> None:
        check_certificates(url, self._config.arguments, self._config.driver_name)
        if self._config.driver_name == "chrome":
            needs_no_sandbox(url, self._config.arguments, allowed=self._config.allow_no_sandbox)

    def _turn(self, request: BrowserRequest) -> Turn:
        return self._session(request.session, request.url, request.ends_at).turn(request.action, request.told)

    def _drawn(self, request: Request, wanted: dict[str, Any]) -> Drawn:
        self._check(request.url)  # a running browser may be asked for another host
        session = self._session(1, request.url)
        return draw(session.driver, session.capture, request.url, cookies_of(request), **wanted)

    async def _end(self, number: int) -> None:
        session, thread = self._sessions.pop(number, None), self._threads.pop(number, None)
        if thread is None:  # it is being ended already
            return
        if session is not None:
            closing = asyncio.get_running_loop().run_in_executor(thread, session.close)
            try:
                await asyncio.wait_for(asyncio.shield(closing), CLOSE_WITHIN_S)
            except TimeoutError:
                logger.warning("The browser did not end within %g s and is killed", CLOSE_WITHIN_S)
                session.kill()
                await asyncio.wait({closing}, timeout=CLOSE_WITHIN_S)
        thread.shutdown(wait=False)


class Withheld:
    """Stands where scrapy-selenium put its live driver."""

    def __getattr__(self, name: str) -> Any:
        raise DriverWithheld(
            f'meta["driver"].{name} is not to be had: the driver stays in the browser\'s own thread. '
            "Give the request script=... to run JavaScript in the page, or wait_until=... to wait for it"
        )
