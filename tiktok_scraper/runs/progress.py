"""What a person sees of a run: a bar while it goes, a summary when it ends."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TextIO

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from tqdm import tqdm

from ..config import data_dir
from ..items import TikTok
from .choices import choices
from .met import met
from .plain import plain
from .record import SPIDER

logger = logging.getLogger(__name__)

LOG_EVERY_S = 30.0  # where there is no terminal, a line in the log this often


@dataclass(slots=True)
class Tally:
    """What the lines of this run hold so far."""

    tiktoks: int = 0
    creators: set[str] = field(default_factory=set)
    audios: set[str] = field(default_factory=set)
    most_liked: tuple[int, str] | None = None  # likes, url

    def add(self, item: TikTok) -> None:
        """Count one line."""
        self.tiktoks += 1
        self.creators.update(filter(None, [item.username]))
        self.audios.update(filter(None, [item.audio_id or item.audio_url]))
        if isinstance(item.likes, int) and (self.most_liked is None or item.likes > self.most_liked[0]):
            self.most_liked = item.likes, str(item.url)


class Progress:
    """Scrapy extension: a bar on a terminal, a line in the log now and then elsewhere, and the summary."""

    def __init__(self, crawler: Crawler) -> None:
        self._stats = crawler.stats
        self._path = data_dir(crawler.settings) / "tiktoks.jsonlines"
        self._tally = Tally()
        self._began = self._logged = time.monotonic()
        self._bar: tqdm[Any] | None = None
        self._redirected = ExitStack()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the spider's start and end and to the items that became lines.

        Raises:
            NotConfigured: the spider is not ours.
        """
        if crawler.spidercls.name != SPIDER:
            raise NotConfigured
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.item_scraped, signals.item_scraped)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self) -> None:
        """Draw the bar."""
        self._began = self._logged = time.monotonic()
        if sys.stderr.isatty():
            self._redirected.enter_context(log_above_bar())
            self._bar = tqdm(total=self._stats.get_value("tiktok/asked"), unit=" TikToks", dynamic_ncols=True)

    def item_scraped(self, item: Any) -> None:
        """Move the bar on."""
        if not isinstance(item, TikTok):
            return
        self._tally.add(item)
        repeated = self._stats.get_value("tiktok/repeated", 0)
        if self._bar is not None:
            self._bar.total = self._stats.get_value("tiktok/asked")
            self._bar.set_postfix(repeats=repeated, refresh=False)
            self._bar.update()
        elif time.monotonic() - self._logged >= LOG_EVERY_S:
            self._logged = time.monotonic()
            asked = self._stats.get_value("tiktok/asked")
            logger.info("%s of %s TikToks, %s repeats", self._tally.tiktoks, asked, repeated)

    def spider_closed(self, reason: str) -> None:
        """Take the bar away and print the summary."""
        if self._bar is not None:
            self._bar.close()
        self._redirected.close()
        gathered = self._tally.tiktoks or self._stats.get_value("tiktok/spooled")
        if not gathered and self._stats.get_value("tiktok/usage_error"):
            return  # nothing was crawled; the command says why, in one line
        took = time.monotonic() - self._began
        told = {"tiktok/reason": reason, **self._stats.get_stats()}
        sys.stderr.write(summary(told, self._tally, took=took, path=self._path))


@contextmanager
def log_above_bar() -> Iterator[None]:
    """Have the log's terminal lines printed above the bar instead of through it.

    The handlers keep their levels and filters, which tqdm's own redirection drops.
    """
    terminal = (sys.stdout, sys.stderr)
    found = [h for h in logging.getLogger().handlers if isinstance(h, logging.StreamHandler) and h.stream in terminal]
    streams = [handler.setStream(_AboveBar(handler.stream)) for handler in found]
    try:
        yield
    finally:
        for handler, stream in zip(found, streams, strict=True):
            handler.setStream(stream)


class _AboveBar:
    """A stream that takes the bar away, writes, and draws the bar again."""

    def __init__(self, terminal: TextIO) -> None:
        self._terminal = terminal

    def write(self, text: str) -> None:
        tqdm.write(text, file=self._terminal, end="")

    def flush(self) -> None:
        self._terminal.flush()


def summary(stats: Mapping[str, Any], tally: Tally, *, took: float, path: Path) -> str:
    """Return the summary's lines. took: seconds."""
    likes = f"{tally.most_liked[0]:,} {tally.most_liked[1]}" if tally.most_liked else "none"
    rows = {
        "TikToks": f"{tally.tiktoks} of {stats.get('tiktok/asked')}",
        "creators": len(tally.creators),
        "audios": len(tally.audios),
        "most liked": likes,
        "counts repaired": stats.get("tiktok/repaired", 0),
        "repeats": stats.get("tiktok/repeated", 0),
        "set aside": stats.get("tiktok/rejected", 0),
        "left out": stats.get("tiktok/forgotten") or None,
        "time": f"{took:.1f} s",
        "ended by": str(stats.get("tiktok/reason")),
        "what was met": met(stats),
        "the page then": " ".join(stats.get("tiktok/kept", [])) or None,
        "what may help": choices(stats),
        "verdict": ": ".join(filter(None, [stats.get("tiktok/verdict"), "; ".join(stats.get("tiktok/because", []))])),
        "odd": "; ".join(stats.get("tiktok/warnings", [])) or None,
        "file": path if tally.tiktoks else None,
        "not in the file": _spooled(stats),
    }
    return "".join(f"{name + ':':<17}{plain(str(row))}\n" for name, row in rows.items() if row is not None)


def _spooled(stats: Mapping[str, Any]) -> str | None:
    """What the file did not take, and where it is."""
    spooled = stats.get("tiktok/spooled") or {}
    lost = stats.get("tiktok/lost")
    kept = f"{spooled['lines'] + spooled['rejected']} in {', '.join(spooled['where'])}" if spooled else ""
    return "; ".join(filter(None, [kept, f"{lost} lost" if lost else ""])) or None
