"""Is what a run gathered fit for use? One verdict, from the run's own counts.

Shares are of the lines written, but `rejected` is of lines and rejected ones together. A threshold of 1 never strikes.
The defaults let single gaps pass, which real pages have, and catch a name or a key that the site has changed, which
empties a field in nearly every line.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from ..config import Thresholds, data_dir
from ..items import TikTok, record
from .monitors import Feed, compared, earlier_likes, last_runs, read_last, split
from .monitors.last_runs import ENOUGH_LINES
from .record import FILE, SPIDER, conditions, outcome

logger = logging.getLogger(__name__)

FAULT = "fault"  # the reason of a run that ended because code of ours failed
REQUEST_DROPPED = "request-dropped"  # of one that ended because Scrapy or a middleware took a turn away
# Scrapy's words for an end that nobody named. A walk that ends names its reason, so where Scrapy has nothing left to
# do and no reason stands there, a walk's next turn was taken from it.
REASONS = {"shutdown": "stopped", "finished": REQUEST_DROPPED}
# How Scrapy and its middlewares name, in their stats, the requests that they take away.
TAKEN_AWAY = ("ignored", "filtered", "forbidden", "dropped")


@dataclass(frozen=True, slots=True)
class Verdict:
    """fit, or what speaks against it, a sentence each; and what only looks odd, which speaks against nothing."""

    because: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def fit(self) -> bool:
        """Whether the run is fit for use."""
        return not self.because

    def __str__(self) -> str:
        return "fit" if self.fit else "unfit"


def judge(stats: Mapping[str, Any], thresholds: Thresholds, last: Sequence[Mapping[str, Any]] = ()) -> Verdict:
    """Judge a run by its stats: tiktok/asked, written, rejected, unreadable, unwritten, null/<field>, feed, reason.

    last: the ends of the last runs like it, as runs.jsonlines tells them (monitors/last_runs.py).
    Captcha, stop and deadline don't count against it by themselves: a run that ended early with enough is fit.
    A fault does, because nobody knows what it did to the lines.
    """
    found = split(compared(outcome(stats), last, thresholds))
    because = [*_by_itself(stats, thresholds), *_beyond_shares(stats, thresholds), *found[True]]
    return Verdict(tuple(because), tuple(found[False]))


def _by_itself(stats: Mapping[str, Any], thresholds: Thresholds) -> Iterator[str]:
    written = stats.get("tiktok/written", 0)
    if written < (fewest := thresholds.fewest(stats.get("tiktok/asked") or 0)):
        yield f"{written} TikToks, fewer than {fewest}"
    if stats.get("tiktok/unwritten", 0):
        yield f"{stats['tiktok/unwritten']} lines could not be written"
    if failed(stats):
        yield "the program itself failed, its log says where"


def _beyond_shares(stats: Mapping[str, Any], thresholds: Thresholds) -> Iterator[str]:
    written = stats.get("tiktok/written", 0)
    rejected = stats.get("tiktok/rejected", 0)
    one = round(((stats.get("tiktok/feed") or {}).get("top_creator_share") or 0) * written)
    shares = (
        ("without likes", stats.get("tiktok/null/likes", 0), written, thresholds.null_likes),
        ("without comments", stats.get("tiktok/null/comments", 0), written, thresholds.null_comments),
        ("without followers", stats.get("tiktok/null/user_followers", 0), written, thresholds.null_creators),
        ("rejected", rejected, written + rejected, thresholds.rejected),
        ("with a count that can't be read", stats.get("tiktok/unreadable", 0), written, thresholds.unreadable),
        # Of a few TikToks most may well be one creator's.
        ("of one creator", one if written >= ENOUGH_LINES else 0, written, thresholds.one_creator),
    )
    for what, count, of, most in shares:
        if count > most * of:
            yield f"{count} of {of} {what}, more than {most:.0%}"


def failed(stats: Mapping[str, Any]) -> bool:
    """Whether a callback of the spider raised, by what it set itself or by what Scrapy counted."""
    return stats.get("tiktok/reason") == FAULT or any(name.startswith("spider_exceptions") for name in stats)


def takers(stats: Mapping[str, Any]) -> str:
    """Return who took requests away, by the stats that middlewares count them in."""
    counted = [f"{name} ({count})" for name, count in sorted(stats.items()) if _counts_taken(name)]
    return ", ".join(counted) or "a middleware of SPIDER_MIDDLEWARES or DOWNLOADER_MIDDLEWARES that counts none"


def _counts_taken(name: str) -> bool:
    return not name.startswith("tiktok/") and any(word in name for word in TAKEN_AWAY)


class Health:
    """Scrapy extension: names the end and judges the run, in the stats tiktok/reason, verdict, because and warnings.

    Stands before the extensions that tell of them in EXTENSIONS, so that it hears of the end first.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._settings = crawler.settings
        self._thresholds = Thresholds.from_settings(crawler.settings)
        self._feed = Feed()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the lines and the end of the spider.

        Raises:
            BadSetting: TIKTOK_MIN_TIKTOKS or a TIKTOK_HEALTH_* setting can't be used.
        """
        health = cls(crawler)
        if crawler.spidercls.name == SPIDER:
            crawler.signals.connect(health.spider_opened, signals.spider_opened)
            crawler.signals.connect(health.item_scraped, signals.item_scraped)
        crawler.signals.connect(health.spider_closed, signals.spider_closed)
        return health

    def spider_opened(self) -> None:
        """Read how many likes the TikToks of the last lines had, before this run adds its own."""
        self._feed.earlier = earlier_likes(data_dir(self._settings) / "tiktoks.jsonlines")

    def item_scraped(self, item: Any) -> None:
        """Count a line among the feed's."""
        if isinstance(item, TikTok):
            self._feed.add(record(item))

    def spider_closed(self, reason: str) -> None:
        """Judge the run."""
        unnamed = FAULT if reason == "finished" and failed(self._stats.get_stats()) else REASONS.get(reason, reason)
        if self._stats.get_value("tiktok/reason") is None:
            self._stats.set_value("tiktok/reason", unnamed)
            if unnamed == REQUEST_DROPPED:
                logger.error("A turn of the walk was taken away by %s", takers(self._stats.get_stats()))
        if self._feed.lines:
            self._stats.set_value("tiktok/feed", self._feed.told())
        verdict = judge(self._stats.get_stats(), self._thresholds, self._last())
        self._stats.set_value("tiktok/verdict", str(verdict))
        self._stats.set_value("tiktok/because", list(verdict.because))
        self._stats.set_value("tiktok/warnings", list(verdict.warnings))

    def _last(self) -> list[Mapping[str, Any]]:
        if not self._feed.lines or not self._thresholds.last_runs:
            return []
        told = {**outcome(self._stats.get_stats()), **conditions(self._settings)}
        return last_runs(read_last(data_dir(self._settings) / FILE), told, self._thresholds.last_runs)
