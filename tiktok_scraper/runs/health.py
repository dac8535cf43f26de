"""Is what a run gathered fit for use? One verdict, from the run's own counts.

Shares are of the lines written, but `rejected` is of lines and rejected ones together. A threshold of 1 never strikes.
The defaults let single gaps pass, which real pages have, and catch a name or a key that the site has changed, which
empties a field in nearly every line.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

from ..config import Thresholds

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
    """fit, or what speaks against it, a sentence each."""

    because: tuple[str, ...] = ()

    @property
    def fit(self) -> bool:
        """Whether the run is fit for use."""
        return not self.because

    def __str__(self) -> str:
        return "fit" if self.fit else "unfit"


def judge(stats: Mapping[str, Any], thresholds: Thresholds) -> Verdict:
    """Judge a run by its stats: tiktok/asked, written, rejected, unreadable, unwritten, null/<field>, reason.

    Captcha, stop and deadline don't count against it by themselves: a run that ended early with enough is fit.
    A fault does, because nobody knows what it did to the lines.
    """
    written = stats.get("tiktok/written", 0)
    rejected = stats.get("tiktok/rejected", 0)
    because = []
    if written < (fewest := thresholds.fewest(stats.get("tiktok/asked") or 0)):
        because.append(f"{written} TikToks, fewer than {fewest}")
    if stats.get("tiktok/unwritten", 0):
        because.append(f"{stats['tiktok/unwritten']} lines could not be written")
    if failed(stats):
        because.append("the program itself failed, its log says where")
    shares = (
        ("without likes", stats.get("tiktok/null/likes", 0), written, thresholds.null_likes),
        ("without comments", stats.get("tiktok/null/comments", 0), written, thresholds.null_comments),
        ("without followers", stats.get("tiktok/null/user_followers", 0), written, thresholds.null_creators),
        ("rejected", rejected, written + rejected, thresholds.rejected),
        ("with a count that can't be read", stats.get("tiktok/unreadable", 0), written, thresholds.unreadable),
    )
    because += [
        f"{count} of {of} {what}, more than {most:.0%}" for what, count, of, most in shares if count > most * of
    ]
    return Verdict(tuple(because))


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
    """Scrapy extension: names the end and judges the run, in the stats tiktok/reason, verdict and because.

    Stands before the extensions that tell of them in EXTENSIONS, so that it hears of the end first.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._thresholds = Thresholds.from_settings(crawler.settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the end of the spider.

        Raises:
            BadSetting: TIKTOK_MIN_TIKTOKS or a TIKTOK_HEALTH_* setting can't be used.
        """
        health = cls(crawler)
        crawler.signals.connect(health.spider_closed, signals.spider_closed)
        return health

    def spider_closed(self, reason: str) -> None:
        """Judge the run."""
        unnamed = FAULT if reason == "finished" and failed(self._stats.get_stats()) else REASONS.get(reason, reason)
        if self._stats.get_value("tiktok/reason") is None:
            self._stats.set_value("tiktok/reason", unnamed)
            if unnamed == REQUEST_DROPPED:
                logger.error("A turn of the walk was taken away by %s", takers(self._stats.get_stats()))
        verdict = judge(self._stats.get_stats(), self._thresholds)
        self._stats.set_value("tiktok/verdict", str(verdict))
        self._stats.set_value("tiktok/because", list(verdict.because))
