"""The last pipeline: a sighting -> its line, or what is set aside with its reason."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

from ..config import chosen, data_dir, whole
from ..errors import CouldNotWrite, IncompleteTikTok, MixedLines
from ..items import EXTRAS, FIELDS, TikTok, record, stamp
from ..lines import LineFile, check_mixing
from ..pages.facts import Unreadable
from ..runs.record import new_run_id
from .other_items import sighting_of, tells_of_a_tiktok, unlike_a_line

logger = logging.getLogger(__name__)

NINE_OF_2022 = FIELDS[:9]
_ID = re.compile(r"[0-9]+")


class LinesPipeline:
    """Appends each TikTok to tiktoks.jsonlines; what can't be a line goes to rejected.jsonlines, with why."""

    def __init__(
        self,
        directory: Path,
        stats: StatsCollector,
        *,
        sync_lines: int = 20,
        extras: tuple[str, ...] = (),
        end_run: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.path = directory / "tiktoks.jsonlines"
        self.rejected_path = directory / "rejected.jsonlines"
        self._stats = stats
        self._sync_lines = sync_lines
        self._extras = extras
        self._end_run = end_run
        self._file: LineFile | None = None
        self._rejected: LineFile | None = None
        self._written: set[str] = set()
        self._run: str | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read TIKTOK_DATA_DIR, TIKTOK_SYNC_LINES and TIKTOK_EXTRA_FIELDS.

        Raises:
            BadSetting: one of them can't be used.
            CouldNotWrite: there is a file that can't be appended to, such as one of another kind.
        """
        pipeline = cls(
            data_dir(crawler.settings),
            crawler.stats,
            sync_lines=whole(crawler.settings, "TIKTOK_SYNC_LINES", 20, at_least=1),
            extras=chosen(crawler.settings, "TIKTOK_EXTRA_FIELDS", EXTRAS),
            end_run=_ender(crawler),
        )
        # Found out now, a file that takes no lines costs no visit.
        if _is_named(pipeline.path):
            pipeline._file = pipeline._opened(pipeline.path)
        if _is_named(pipeline.rejected_path):
            pipeline._rejected = pipeline._opened(pipeline.rejected_path)
        return pipeline

    def process_item(self, item: Any) -> Any:
        """Write a TikTok's line; the item goes on.

        Raises:
            DropItem: it can't be a line, or has one already, and is in rejected.jsonlines; or the file takes
                no line at all, in which case the run ends.
        """
        try:
            if isinstance(item, Unreadable):
                self._set_aside(item.raw, item.reason)
            if tells_of_a_tiktok(item):
                tiktok = self._sighting(item)
                self._append(tiktok)
        except IncompleteTikTok as error:
            self._set_aside({**record(tiktok), "told": tiktok.told}, str(error))
        except (CouldNotWrite, MixedLines) as error:
            self._give_up(error)
        return item

    def close_spider(self) -> None:
        """Bring everything to the disk, and note what was appended."""
        for file in (self._file, self._rejected):
            if file is not None:
                file.close()
        if self._file is not None and self._file.alone:
            self._stats.set_value("tiktok/bytes_from", self._file.start)
            self._stats.set_value("tiktok/bytes_to", self._file.end)
            self._stats.set_value("tiktok/sha256", self._file.digest)

    def _sighting(self, item: Any) -> TikTok:
        """The item itself, or what another spider's item tells, as ours; both with the extras asked for alone."""
        if isinstance(item, TikTok):
            item.extras = self._extras
            return item
        now = time.time()
        self._run = self._run or self._stats.get_value("tiktok/run") or new_run_id(datetime.fromtimestamp(now, UTC))
        return sighting_of(item, run=self._run, now=now, extras=self._extras)

    def _append(self, item: TikTok) -> None:
        if not item.url or not item.id or not _ID.fullmatch(item.id):
            raise IncompleteTikTok(f"expected a TikTok with its url and id, found url {item.url!r}, id {item.id!r}")
        if strange := unlike_a_line(item):
            raise IncompleteTikTok(strange)
        if item.id in self._written:
            self._stats.inc_value("tiktok/second_line")
            raise IncompleteTikTok(f"a second line of {item.id} in one run: each TikTok should come once")
        self._file = self._file or self._opened(self.path)
        if not self._written:
            check_mixing(self.path, item.simulated)
        self._file.append(record(item))
        self._written.add(item.id)
        self._stats.inc_value("tiktok/written")
        self._stats.inc_value("tiktok/ads", int(item.ad is True))
        for name in NINE_OF_2022:
            if getattr(item, name) is None:
                self._stats.inc_value(f"tiktok/null/{name}")

    def _set_aside(self, kept: Any, reason: str) -> NoReturn:
        self._stats.inc_value("tiktok/rejected")
        logger.error("Set aside in %s: %s", self.rejected_path.name, reason)
        run = self._stats.get_value("tiktok/run")
        try:
            self._rejected = self._rejected or self._opened(self.rejected_path)
            self._rejected.append({"run": run, "at": stamp(time.time()), "reason": reason, "item": kept})
        except CouldNotWrite as error:
            self._give_up(error)
        raise DropItem(reason, log_level="DEBUG")

    def _give_up(self, error: CouldNotWrite | MixedLines) -> NoReturn:
        """No line can follow: say so once, and end the run."""
        self._stats.inc_value("tiktok/unwritten")
        if self._stats.get_value("tiktok/usage_error") is None:
            self._stats.set_value("tiktok/usage_error", str(error))
            logger.error("%s", error)
            self._end_run("mixed-lines" if isinstance(error, MixedLines) else "could-not-write")
        raise DropItem(str(error), log_level="DEBUG")

    def _opened(self, path: Path) -> LineFile:
        file = LineFile(path, sync_lines=self._sync_lines)
        if file.torn:
            self._stats.inc_value("tiktok/torn", file.torn)
            logger.warning("%s ended in a torn line, which is now in %s.torn", path, path.name)
        return file


def _is_named(path: Path) -> bool:
    return path.exists() or path.is_symlink()  # a link may lead to a disk that is not there


def _ender(crawler: Crawler) -> Callable[[str], None]:
    """Return what ends the run early under a reason of ours."""
    tasks = set()

    def end(reason: str) -> None:
        crawler.stats.set_value("tiktok/reason", reason)
        tasks.add(asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason)))

    return end
