"""The last pipeline: a sighting -> its line, or what is set aside with its reason; what no file takes -> the spool."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

from ..config import chosen, data_dir, whole
from ..errors import BadSetting, CouldNotWrite, IncompleteTikTok
from ..items import EXTRAS, FIELDS, TikTok, record, stamp
from ..lines import check_mixing, check_names
from ..lines.pseudonymised import names_of
from ..lines.spool import FILES, KeptFile, kept_aside
from ..pages.facts import Unreadable
from ..privacy.guard import Guard
from ..privacy.pseudonyms import handle_of
from ..runs.earlier import append_spooled, telling_of_spools
from ..runs.record import FILE as RUNS
from ..runs.record import new_run_id
from .other_items import sighting_of, tells_of_a_tiktok, unlike_a_line
from .people import left_out

logger = logging.getLogger(__name__)

# The nine of 2022, and what later lines are read for most: how many lines lack them.
NEEDED = (*FIELDS[:9], "shares", "views")
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
        guard: Guard | None = None,
    ) -> None:
        self.path = directory / "tiktoks.jsonlines"
        self.rejected_path = directory / "rejected.jsonlines"
        self._stats = stats
        self._extras = extras
        self._end_run = end_run
        self._guard = guard or Guard(directory, Path())
        self._known: int | None = None  # how often the file had been replaced when it was last looked at
        self._file = KeptFile(self.path, self._run_id, sync_lines=sync_lines)
        self._rejected = KeptFile(self.rejected_path, self._run_id, sync_lines=sync_lines)
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
            guard=Guard.from_settings(crawler.settings),
        )
        with telling_of_spools(pipeline.path.parent):
            # Found out now, a file that takes no lines costs no visit.
            for file in (pipeline._file, pipeline._rejected):
                if _is_named(file.path):
                    pipeline._open(file)
            pipeline._append_spooled()
        return pipeline

    def process_item(self, item: Any) -> Any:
        """Write a TikTok's line; the item goes on.

        Raises:
            DropItem: it can't be a line, or has one already, and is in rejected.jsonlines; or its file takes no
                line, in which case that is in the run's spool and the run ends.
        """
        try:
            if isinstance(item, Unreadable):
                self._set_aside(item.raw, item.reason)
            if tells_of_a_tiktok(item):
                tiktok = self._sighting(item)
                self._append(tiktok)
        except IncompleteTikTok as error:
            self._set_aside({**record(tiktok), "told": tiktok.told}, str(error))
        except BadSetting as error:
            self._give_up(error)
        return item

    def close_spider(self) -> None:
        """Bring everything to the disk, and note what was appended and what the spool keeps."""
        for file in (self._file, self._rejected):
            file.close()
        if (lines := self._file.file) is not None and lines.alone:
            self._stats.set_value("tiktok/bytes_from", lines.start)
            self._stats.set_value("tiktok/bytes_to", lines.end)
            self._stats.set_value("tiktok/sha256", lines.digest)
        if told := kept_aside(self._file, self._rejected):
            self._tell_of_the_spool(told)

    def _append_spooled(self) -> None:
        files = set(FILES) - {RUNS}  # the record sees to its own
        if absorbed := append_spooled(self.path.parent, files, self._guard.leaves_out_line):
            earlier = self._stats.get_value("tiktok/absorbed", [])
            self._stats.set_value("tiktok/absorbed", [*earlier, *absorbed])

    def _tell_of_the_spool(self, told: str) -> None:
        kept, rejected = self._file, self._rejected
        if where := [str(path) for path in (*kept.where, *rejected.where)]:
            spooled = {"lines": kept.kept, "rejected": rejected.kept, "where": where}
            self._stats.set_value("tiktok/spooled", spooled)
        self._stats.set_value("tiktok/lost", kept.lost + rejected.lost)
        # An fsync that fails at the very end makes of a run that had gone well one that could not write.
        missed = kept.kept + kept.lost + rejected.kept + rejected.lost
        self._stats.set_value("tiktok/unwritten", max(self._stats.get_value("tiktok/unwritten", 0), missed))
        self._stats.set_value("tiktok/reason", "could-not-write")
        self._stats.set_value("tiktok/usage_error", told)
        logger.error("%s", told)

    def _sighting(self, item: Any) -> TikTok:
        """The item itself, or what another spider's item tells, as ours; both with the extras asked for alone."""
        if isinstance(item, TikTok):
            item.extras = self._extras
            return item
        return sighting_of(item, run=self._run_id(), now=time.time(), extras=self._extras)

    def _run_id(self) -> str:
        self._run = self._run or self._stats.get_value("tiktok/run") or new_run_id(datetime.now(UTC))
        return self._run

    def _append(self, item: TikTok) -> None:
        if not item.url or not item.id or not _ID.fullmatch(item.id):
            raise IncompleteTikTok(f"expected a TikTok with its url and id, found url {item.url!r}, id {item.id!r}")
        if strange := unlike_a_line(item):
            raise IncompleteTikTok(strange)
        if item.id in self._written:
            self._stats.inc_value("tiktok/second_line")
            raise IncompleteTikTok(f"a second line of {item.id} in one run: each TikTok should come once")
        self._written.add(item.id)
        line = record(item)
        self._append_to(self._file, line, lambda: self._check(line))
        self._stats.inc_value("tiktok/written")
        self._stats.inc_value("tiktok/ads", int(item.ad is True))
        for name in NEEDED:
            if getattr(item, name) is None:
                self._stats.inc_value(f"tiktok/null/{name}")

    def _check(self, line: dict[str, Any]) -> None:
        """Asked under the lock: the file may have been written anew meanwhile, without somebody, or with pseudonyms."""
        replaced = self._file.open().replaced
        if self._known != replaced:
            check_mixing(self.path, line["simulated"])
            if (kind := names_of(line)) is not None:
                check_names(self.path, kind)
                self._known = replaced
        if self._guard.leaves_out(line["creator_id"], handle_of(line)):
            left_out(self._stats)

    def _set_aside(self, kept: Any, reason: str) -> NoReturn:
        self._stats.inc_value("tiktok/rejected")
        logger.error("Set aside in %s: %s", self.rejected_path.name, reason)
        run = self._stats.get_value("tiktok/run")
        self._append_to(self._rejected, {"run": run, "at": stamp(time.time()), "reason": reason, "item": kept})
        raise DropItem(reason, log_level="DEBUG")

    def _give_up(self, error: CouldNotWrite | BadSetting) -> NoReturn:
        """No line can follow: say so once, and end the run."""
        self._stats.inc_value("tiktok/unwritten")
        if self._stats.get_value("tiktok/usage_error") is None:
            self._stats.set_value("tiktok/usage_error", str(error))
            logger.error("%s. The run ends here", error)
            self._end_run("mixed-lines" if isinstance(error, BadSetting) else "could-not-write")
        raise DropItem(str(error), log_level="DEBUG")

    def _append_to(self, kept: KeptFile, line: dict[str, Any], check: Callable[[], object] = lambda: None) -> None:
        with suppress(CouldNotWrite):  # told when it is appended to
            self._open(kept)
        if not kept.append(line, check):
            assert kept.refused is not None
            self._give_up(kept.refused)

    def _open(self, kept: KeptFile) -> None:
        if kept.file is not None or kept.refused:
            return
        if torn := kept.open().torn:
            self._stats.inc_value("tiktok/torn", torn)
            logger.warning("%s ended in a torn line, which is now in %s.torn", kept.path, kept.path.name)


def _is_named(path: Path) -> bool:
    return path.exists() or path.is_symlink()  # a link may lead to a disk that is not there


def _ender(crawler: Crawler) -> Callable[[str], None]:
    """Return what ends the run early under a reason of ours."""
    tasks = set()

    def end(reason: str) -> None:
        crawler.stats.set_value("tiktok/reason", reason)
        tasks.add(asyncio.ensure_future(crawler.engine.close_spider_async(reason=reason)))

    return end
