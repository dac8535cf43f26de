"""scrapy crawl, with exit codes that cron and scripts can lean on.

0: fit for use. 1: the set-up, a setting or the usage is wrong: one line on stderr, nothing crawled. 2: fewer
TikToks than TIKTOK_MIN_TIKTOKS, or a bad verdict: what was gathered is kept. Other spiders keep Scrapy's codes.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys
import time
import traceback
from typing import Any, NoReturn

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.crawler import Crawler

from ..config import data_dir
from ..errors import TikTokScraperError
from ..needs.reactor import check_loop
from ..runs.alerts.ping import ping_once, ping_waits
from ..runs.hours import begin
from ..runs.hours.unfit import unfit
from ..runs.record import SPIDER
from .usage import OneLine

# They tell of versions, settings, components and stats, which the run's record holds; -L brings them back.
_WORDY = (
    *("scrapy.utils.log", "scrapy.utils.reactor", "scrapy.addons", "scrapy.crawler", "scrapy.middleware"),
    *("scrapy.core.engine", "scrapy.statscollectors"),
)


# A signal that follows another within this time, in seconds, is no second one.
AT_ONCE_S = 2.0


class Command(OneLine, ScrapyCrawl):
    """Crawls, and says by its exit code what came of it."""

    name = "crawl"

    def long_desc(self) -> str:
        """What `scrapy crawl -h` says."""
        return "Run a spider of this project. Exit codes: 0 fit for use; 1 wrong set-up or usage; 2 too little."

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """As Scrapy reads them; and how much is logged."""
        super().process_options(args, opts)
        assert self.settings is not None
        check_level(self.settings.get("LOG_LEVEL"))
        if not opts.loglevel:
            for name in _WORDY:
                # A filter, because Scrapy sets the levels anew; the bar and the record tell what matters.
                logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.WARNING)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl with the spider named."""
        process = self.crawler_process
        assert process is not None
        if len(args) != 1:
            self.wrong(f"give one spider, such as scrapy crawl {SPIDER}; found {' '.join(args) or 'none'}")
        if args[0] not in process.spider_loader.list():
            self.wrong(f"there is no spider {args[0]!r}, but {', '.join(sorted(process.spider_loader.list()))}")
        crawler = self._create_crawler(args[0])
        try:
            check_loop(crawler.settings)  # before Scrapy makes the reactor, whose errors it prints by itself
            if args[0] == SPIDER and os.environ.get(begin.MARK) and (why := begin.begin(crawler.settings)):
                sys.stdout.write(f"Not crawled, {begin.BACKED_OFF}: {why}\n")
                ping_waits(crawler.settings, why)
                return
        except TikTokScraperError as error:
            not_begun(crawler, error)
        failures: list[BaseException] = []

        def keep_failure(done: asyncio.Future[None]) -> None:
            # Looked at here, so that asyncio doesn't print it with a traceback.
            if not done.cancelled() and (error := done.exception()):
                failures.append(error)

        crawling = process.crawl(crawler, **opts.spargs)
        if isinstance(crawling, asyncio.Future):
            crawling.add_done_callback(keep_failure)
        be_patient(process)
        process.start()
        if failures:
            not_begun(crawler, failures[0])
        self.exitcode = exit_code(crawler) if args[0] == SPIDER else int(process.bootstrap_failed)
        if args[0] == SPIDER and self.exitcode and os.environ.get(begin.MARK):
            sys.stderr.write(f"scrapy crawl: {unfit(crawler.stats.get_stats(), data_dir(crawler.settings))}\n")


def check_level(told: Any) -> None:
    """End with exit code 1 where LOG_LEVEL is none: Scrapy would, with a traceback, before any command runs."""
    if not isinstance(told, int) and told not in (levels := logging.getLevelNamesMapping()):
        Command.wrong(
            f"LOG_LEVEL must be one of {', '.join(sorted(levels, key=lambda name: levels[name]))}; not {told!r}"
        )


def be_patient(process: Any) -> None:
    """Take a signal that follows the first at once for the same wish to end, and not for a second one.

    Scrapy answers a second one by dropping all, the run's last lines too; `timeout`, for one, signals the process
    and then its group.
    """
    first_at: list[float] = []
    shut_down, kill = process._signal_shutdown, process._signal_kill

    def first(number: int, frame: object) -> None:
        first_at.append(time.monotonic())
        shut_down(number, frame)

    def another(number: int, frame: object) -> None:
        if not first_at or time.monotonic() - first_at[0] > AT_ONCE_S:
            kill(number, frame)

    process._signal_shutdown, process._signal_kill = first, another


def exit_code(crawler: Crawler) -> int:
    """Return 0 or 2 by the run's verdict; a run that could not begin ends here, with exit code 1 and its line."""
    stats = crawler.stats.get_stats()
    gathered = stats.get("tiktok/written") or stats.get("tiktok/spooled")
    if not gathered and (message := stats.get("tiktok/usage_error")):
        Command.wrong(str(message))
    return 0 if stats.get("tiktok/verdict") == "fit" else 2


def not_begun(crawler: Crawler, error: BaseException) -> NoReturn:
    """End with exit code 1, and tell whoever waits for a ping."""
    if crawler.spidercls.name == SPIDER:
        ping_once(crawler.settings, f"could not start: {error}", well=False)
    give_up(error)


def give_up(error: BaseException) -> NoReturn:
    """End with exit code 1: with a line for what the user can mend, with a traceback for what is our own fault."""
    unexpected_argument = isinstance(error, TypeError) and "unexpected keyword argument" in str(error)
    if not isinstance(error, TikTokScraperError | ValueError) and not unexpected_argument:
        traceback.print_exception(error)
        Command.wrong(f"a fault of this program: {type(error).__name__}: {error}")
    Command.wrong(str(error) or type(error).__name__)
