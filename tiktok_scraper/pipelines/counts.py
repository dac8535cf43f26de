"""The first pipeline: what was told of the counts -> numbers."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Self

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from ..counts.settling import Settled, settle
from ..items import OF_CREATOR, OF_TIKTOK, TikTok
from ..pages.facts import Told
from .other_items import tells_of_a_tiktok

logger = logging.getLogger(__name__)


class CountsPipeline:
    """Makes numbers of what the blocks of a sighting told."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Take the crawler's stats."""
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Settle a TikTok's counts; an unreadable one becomes null, its text kept as shown.

        An item of another spider whose class has no field for what a count means (its step, a repair) goes on as a
        dict that has them.
        """
        if not tells_of_a_tiktok(item):
            return item
        adapter = ItemAdapter(item)
        zeroed = isinstance(item, TikTok) and item.zeroed
        settled = settle(_told_with_fields(item, adapter), ad=_truth(adapter.get("ad")), zeroed=zeroed)
        self._count(settled, adapter.get("url"))
        told = _fields(settled)
        if not (isinstance(item, dict) or told.keys() <= set(adapter.field_names())):
            return {**adapter, **told}
        for name, value in told.items():
            adapter[name] = value
        return item

    def _count(self, settled: Settled, url: Any) -> None:
        self._stats.inc_value(f"tiktok/source/{settled.source or 'none'}")
        self._stats.inc_value(f"tiktok/user_source/{settled.user_source or 'none'}")
        if settled.zeroed:
            self._stats.inc_value("tiktok/zeroed")
        if settled.repair:
            self._stats.inc_value("tiktok/repaired")
            self._stats.inc_value(f"tiktok/repaired/{settled.repair}")
            if not (settled.counts["user_likes"].shown or "").startswith("-"):
                self._stats.inc_value("tiktok/wrapped_positive")
        # A count that two blocks tell the same unreadable way is one count.
        for unread in {one.count: one for one in reversed(settled.unread)}.values():
            self._stats.inc_value("tiktok/unreadable")
            self._stats.inc_value(f"tiktok/unreadable/{unread.count}")
            logger.warning("%.200s: %s of %s can't be read: %s", url, unread.count, unread.block, unread.reason)


def _fields(settled: Settled) -> dict[str, Any]:
    """What the settled counts say, in the file's fields."""
    told: dict[str, Any] = {
        "source": settled.source,
        "user_source": settled.user_source,
        "user_likes_repair": settled.repair,
        "user_likes_wraps": settled.wraps,
    }
    for name, count in settled.counts.items():
        told |= {name: count.value, f"{name}_step": count.step, f"{name}_shown": count.shown}
    return told


def _told_with_fields(item: Any, adapter: ItemAdapter) -> Told:
    """The blocks, with counts that a spider put into the fields, as text or whole numbers, added to what the page told.

    A text beside the number ("12.3K" in likes_shown) is what was shown, and is read in its place.
    """
    told: Told = item.told if isinstance(item, TikTok) else {}
    texts: Mapping[str, str] = {
        name: text for name in (*OF_TIKTOK, *OF_CREATOR) if (text := _text(adapter, name)) is not None
    }
    if not texts:
        return told
    own = {name: text for name, text in texts.items() if name in OF_TIKTOK}
    creator = {name: text for name, text in texts.items() if name in OF_CREATOR}
    return {**told, "page": {**own, **told.get("page", {})}, "card": {**creator, **told.get("card", {})}}


def _text(adapter: ItemAdapter, name: str) -> str | None:
    """A count as text; what is none (NaN, 3.5, a list) too, so that it is told as unreadable."""
    value, shown = adapter.get(name), adapter.get(f"{name}_shown")
    if isinstance(shown, str):
        return shown
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)


def _truth(told: Any) -> bool | None:
    return told if isinstance(told, bool) else None
