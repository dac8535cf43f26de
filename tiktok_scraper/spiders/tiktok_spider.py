"""Opens the feed, steps the viewer, yields TikTok. Knows no Selenium: it sends requests and reads turns."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from ..browser_requests import BrowserRequest
from ..config import BrowserConfig, CrawlConfig, check_many, positive
from ..config.known import check_names
from ..errors import BadSetting, BrowserError, CouldNotStart, MixedLines, StartCut
from ..items import TikTok
from ..lines import check_mixing
from ..pages.facts import PageFacts, Unreadable
from ..pipelines.adapter import TikTokAdapter  # noqa: F401  whatever exports our items sees no more than may leave
from ..runs.health import FAULT, REQUEST_DROPPED
from ..runs.met import EXPECTED
from ..runs.raw import RawReplies
from ..runs.scrapys import check_scrapys
from ..turn import Event, Turn
from ..walk.allowed import judged
from ..walk.asking import Asking
from ..walk.contact import Contact
from ..walk.decisions import Decision, End, Press, Step
from ..walk.intake import Intake
from ..walk.orders import Orders
from ..walk.sightings import Sightings
from ..walk.walk import Walk

FEED = "https://www.tiktok.com/foryou"
# While nothing is left to do but wait for late replies, the browser is asked this often, in seconds.
REST_S = 0.05
# In so many seconds Scrapy has handed on a request that was yielded.
SENT_WITHIN_S = 0.001


class TikTokSpider(Spider):
    """Records what the For You page shows an anonymous visitor: `scrapy crawl tiktok -a limit=100`."""

    name = "tiktok"
    # All it sees comes through the browser: without handlers nothing can leave beside it, and it starts sooner.
    custom_settings = {  # noqa: RUF012
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "http", "https", "s3")),
    }

    def __init__(self, limit: str = "100", url: str = FEED, browsers: str = "1", **unknown: Any) -> None:
        super().__init__()
        self._kept = False
        if unknown:
            raise BadSetting(f"-a takes limit, url and browsers; not {', '.join(sorted(unknown))}")
        self.limit = positive("limit", limit)
        self.browsers = positive("browsers", browsers)
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise BadSetting(f"-a url must be an address such as {FEED}, not {url!r}")
        self.url = url
        self.walks: dict[int, Walk] = {}
        self.sightings = Sightings("")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> TikTokSpider:
        """Read the settings.

        Raises:
            BadSetting: a setting or argument can't be used.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        check_names(crawler.settings.keys())
        check_scrapys(crawler.settings, url=spider.url, browsers=spider.browsers)
        config = spider.config = CrawlConfig.from_settings(crawler.settings)
        browser = BrowserConfig.from_settings(crawler.settings).of_run(spider.browsers)
        check_many(browser, spider.url)
        # Connected before any extension, so that all of them find the limit.
        crawler.signals.connect(spider.opened, signals.spider_opened)
        spider.sightings = Sightings("", config.source, config.card_timeout, extras=config.extra_fields)
        spider.asking = Asking(config, spider.sightings, spider.note)
        spider.intake = Intake(config, spider.sightings, spider.note, spider.learn)
        spider.intake.contact = Contact(str(browser.headless), browser.zone, browser.locale)
        spider.restarts_left = config.browser_restarts
        return spider

    config: CrawlConfig
    asking: Asking
    intake: Intake
    orders: Orders
    restarts_left: int

    def opened(self) -> None:
        """Tell the record and the bar what the run is after."""
        self._stats.set_value("tiktok/asked", self.limit)

    async def start(self) -> AsyncIterator[Request]:
        """One request a browser: robots.txt comes before the feed."""
        self.sightings.run = str(self._stats.get_value("tiktok/run", ""))
        self.orders = Orders(self.config, self.url, self.sightings.run)
        if self.config.keep_raw:
            self.intake.keep = RawReplies(self.config.data_dir, self.sightings.run).keep
        self.ends_at = time.monotonic() + self.config.deadline
        for session in range(1, self.browsers + 1):
            yield self._start_session(session)

    def parse_robots(self, response: Response) -> Iterator[Any]:
        """Judge robots.txt, and learn whether this is the replica, before the feed is opened."""
        turn = Turn.from_json(response.body)
        walk = self.walks[response.meta["session"]]
        self._tell_why(turn)
        self.intake.contact.take(turn)
        if turn.outcome != "ok":
            yield from self._finish(walk, turn.outcome, rest=False)
            return
        document = turn.documents[-1] if turn.documents else None
        for name, value in turn.facts.items():
            self._stats.set_value(f"tiktok/{name}", value)
        try:
            self._know_site(document)
        except MixedLines as error:
            self._stats.set_value("tiktok/usage_error", str(error))
            yield from self._finish(walk, "mixed-lines")
            return
        verdict = judged(turn, self.url)
        self._stats.set_value("tiktok/robots_hash", verdict.digest)
        self._stats.set_value("tiktok/robots_decision", verdict.decision)
        if not verdict.allowed:
            yield from self._finish(walk, "robots")
            return
        yield self._turn(walk, *self.orders.opening())

    async def parse_turn(self, response: Response) -> AsyncIterator[Any]:
        """Take what a turn brought, give out what is complete, and do what the walk decides."""
        turn = Turn.from_json(response.body)
        walk = self.walks[response.meta["session"]]
        self._tell_why(turn)
        for unreadable in self.intake.take(walk, turn):
            yield unreadable
        decision = walk.next(turn, time.monotonic())
        if not isinstance(decision, End):
            yield self._request(walk, decision)
            await asyncio.sleep(SENT_WITHIN_S)  # the browser is at work while items are written
        for item in self._due():
            yield item
        self._tell(walk)
        if isinstance(decision, End):
            for last in self._finish(walk, decision.reason):
                yield last

    def parse_rest(self, response: Response) -> Iterator[Any]:
        """After the end: late replies complete what is pending, or it becomes late."""
        turn = Turn.from_json(response.body)
        walk = self.walks[response.meta["session"]]
        if kept := turn.facts.get("kept"):
            self._stats.set_value("tiktok/kept", kept.split(","))
        yield from self.intake.take(walk, turn)
        yield from self._due()
        yield from self._rest(walk)

    def failed(self, failure: Failure) -> Iterator[Any]:
        """The browser did not start, died or refused a turn: start another while there are restarts left."""
        request: BrowserRequest = failure.request  # type: ignore[attr-defined]
        walk = self.walks[request.session]
        if isinstance(failure.value, CouldNotStart | BadSetting):
            # Set-up or usage: one line, exit code 1; a browser that had worked before, or another that does, is a bad
            # run instead.
            if self._stats.get_value("tiktok/browser"):
                self.logger.error("Browser %d: %s", walk.session, failure.getErrorMessage())
            else:
                self._stats.set_value("tiktok/usage_error", failure.getErrorMessage())
            yield from self._finish(walk, "could-not-start", rest=False)
            return
        if isinstance(failure.value, StartCut):
            yield from self._finish(walk, self._why_cut(), rest=False)
            return
        if not isinstance(failure.value, BrowserError):
            yield from self._finish(walk, self._not_the_browsers(failure), rest=False)
            return
        self.logger.error("%s", failure.getErrorMessage())
        if time.monotonic() >= self.ends_at or not self.restarts_left:
            yield from self._finish(walk, "browser-died" if time.monotonic() < self.ends_at else "deadline", rest=False)
            return
        self.restarts_left -= 1
        self._release()
        self.note("browser-restarted")
        yield self._start_session(max(self.walks) + 1)

    def _not_the_browsers(self, failure: Failure) -> str:
        """The reason of a walk whose turn failed before or behind the browser: a middleware's wish, or a mistake."""
        if isinstance(failure.value, IgnoreRequest):
            self.logger.error("A middleware dropped a turn: %s", failure.getErrorMessage() or failure.type)
            return REQUEST_DROPPED
        self.logger.error("A turn failed, and not by the browser:\n%s", failure.getTraceback())
        return FAULT

    def _why_cut(self) -> str:
        """Why a browser that was waited for was not wanted any more."""
        if not self.crawler.crawling:
            return "stopped"
        return "deadline" if time.monotonic() >= self.ends_at else "limit"

    @property
    def has_enough(self) -> bool:
        """Whether as many TikToks have been seen as were asked for: a browser that starts now comes for nothing."""
        return len(self.sightings.done) + len(self.sightings.pending) >= self.limit

    def is_waiting(self) -> bool:
        """Whether a sighting waits for its item or its creator."""
        return self.sightings.is_waiting(time.monotonic())

    def last_items(self) -> Iterator[TikTok]:
        """All that is pending, complete or not: the run is ending."""
        if not self._stats.get_value("tiktok/reason"):
            if any(name.startswith("spider_exceptions") for name in self._stats.get_stats()):
                self._stats.set_value("tiktok/reason", FAULT)
            elif not self.crawler.crawling:
                self._stats.set_value("tiktok/reason", "stopped")
        self._stats.set_value("tiktok/contact", self.intake.contact.told())
        yield from self._due(closing=True)
        # Replies may have come since the last turn.
        self._stats.set_value("tiktok/creators_answered", len(self.sightings.creators))
        if self.sightings.unanswered:
            self._stats.set_value("tiktok/note/creator-unanswered", self.sightings.unanswered)

    def take_events(self, session: int, turn: Turn) -> list[Unreadable]:
        """Take replies that came after a session's last turn; returns the cards that can't be read."""
        return list(self.intake.take(self.walks[session], turn))

    def note(self, name: str) -> None:
        """Count an oddity of the run under its name."""
        self._stats.inc_value(f"tiktok/note/{name}")

    def count(self, name: str) -> None:
        """Count something of the run under its name."""
        self._stats.inc_value(f"tiktok/{name}")

    def learn(self, facts: PageFacts) -> None:
        """Keep what the page says of the visit itself."""
        self._stats.set_value("tiktok/region", facts.region)

    @property
    def _stats(self) -> Any:
        return self.crawler.stats

    def _start_session(self, session: int) -> BrowserRequest:
        walk = self.walks[session] = Walk(
            self.config, self.sightings, self.asking, self.limit, self.ends_at, self.note, self.count, session
        )
        return self._turn(walk, "robots", {"url": self.url}, callback=self.parse_robots)

    def _turn(self, walk: Walk, action: str, told: dict[str, Any], **rest: Any) -> BrowserRequest:
        rest.setdefault("callback", self.parse_turn)
        return BrowserRequest(
            self.url,
            action,
            told,
            session=walk.session,
            ends_at=self.ends_at,
            errback=self.failed,
            # No cache or retry of Scrapy's: one would keep whole replies and answer with the feed of another day, the
            # other make a turn twice. And a turn is no deeper than the one before.
            meta={"session": walk.session, "dont_cache": True, "dont_retry": True, "depth_reset": True},
            **rest,
        )

    def _request(self, walk: Walk, decision: Decision) -> BrowserRequest:
        not_before = 0.0
        if isinstance(decision, Step) and not decision.back:
            not_before = walk.next_step_at
        elif isinstance(decision, Press):
            not_before = time.monotonic() + decision.after
        return self._turn(walk, *self.orders.of(decision), not_before=not_before)

    def _tell_why(self, turn: Turn) -> None:
        if turn.outcome in {"slow", "dropped"}:
            why = turn.facts.get("why") or turn.outcome
            self.logger.error("%s could not be opened: %s. Is the address right, and the network there?", self.url, why)

    def _know_site(self, document: Event | None) -> None:
        """The replica says who it is; its lines are simulated, and are never added to real ones."""
        self.sightings.simulated = document is not None and "x-replica" in document.headers
        self._stats.set_value("tiktok/simulated", self.sightings.simulated)
        check_mixing(self.config.data_dir / "tiktoks.jsonlines", self.sightings.simulated)

    def _due(self, *, closing: bool = False) -> Iterator[TikTok]:
        yield from self.sightings.due(time.monotonic(), closing=closing)

    def _finish(self, walk: Walk, reason: str, *, rest: bool = True) -> Iterator[Any]:
        """Note why the walk ended; the first reason of several browsers that is no plain limit counts."""
        if self._stats.get_value("tiktok/reason") in {None, "limit"}:
            self._stats.set_value("tiktok/reason", reason)
        self._tell(walk)
        self._release()
        if rest and reason not in EXPECTED and self.config.contact and not self._kept:
            self._kept = True
            yield self._turn(walk, *self.orders.keeping(), callback=self.parse_rest)
        elif rest and reason != "stopped":
            yield from self._rest(walk)

    def _release(self) -> None:
        """A walk that is over releases nobody any more; another one's rest ends well within twice the timeout."""
        self.sightings.release(time.monotonic() + 2 * self.config.card_timeout)

    def _rest(self, walk: Walk) -> Iterator[Any]:
        if self.sightings.pending:
            yield self._turn(walk, "look", {"wait": REST_S}, callback=self.parse_rest)

    def _tell(self, walk: Walk) -> None:
        """Keep the run's facts in the stats, where the record and the bar read them."""
        walks = self.walks.values()
        done, pending = len(self.sightings.done), len(self.sightings.pending)
        self._stats.set_value("tiktok/era", walk.era)
        self._stats.set_value("tiktok/unique", done + pending)
        self._stats.set_value("tiktok/seen", done + pending + sum(w.shown for w in walks))
        self._stats.set_value("tiktok/repeated", sum(w.shown + w.order.repeated for w in walks))
        lives = (max(w.live, w.order.cards[: w.position].count("live")) for w in walks)
        self._stats.set_value("tiktok/live", sum(lives))
        # A reply may be here before the walk has come to wait for it.
        asked = self.asking.asked | self.sightings.creators.keys()
        self._stats.set_value("tiktok/creators_asked", len(asked))
        self._stats.set_value("tiktok/creators_answered", len(self.sightings.creators))
