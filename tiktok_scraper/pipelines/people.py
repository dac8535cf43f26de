"""The first pipeline: creators who are to be left out go, and names become pseudonyms where that is wanted.

It comes before all others, so that no feed export, log or pipeline of anybody's gets to see what the file may not hold.
"""

from __future__ import annotations

from typing import Any, Self
from urllib.parse import unquote

from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

from ..items import FIELDS
from ..pages.facts import Unreadable
from ..privacy.guard import Guard
from ..privacy.pseudonyms import Pseudonyms, handle_of, without_values
from .other_items import tells_of_a_tiktok

LEFT_OUT = "its creator is to be left out (forgotten.jsonlines)"


class PeoplePipeline:
    """Drops sightings of creators who are to be left out, and counts them; gives pseudonyms where they are wanted."""

    def __init__(self, guard: Guard, stats: StatsCollector) -> None:
        self._guard, self._stats = guard, stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read TIKTOK_PSEUDONYMISE, TIKTOK_PSEUDONYM_KEY and who is to be left out.

        Raises:
            BadSetting: one of them can't be used; MixedLines: the file holds names of another kind.
        """
        guard = Guard.from_settings(crawler.settings)
        guard.check()
        return cls(guard, crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Let an item go on, with pseudonyms if they are wanted.

        Raises:
            DropItem: its creator is to be left out.
        """
        if isinstance(item, Unreadable):
            if self._guard.leaves_out_any(item.raw):
                left_out(self._stats)
            return Unreadable(without_values(item.reason), None) if self._guard.pseudonyms else item
        if not tells_of_a_tiktok(item):
            return item
        adapter = ItemAdapter(item)
        told = {name: adapter.get(name) for name in FIELDS if name in adapter}
        if self._guard.leaves_out(_text(told.get("creator_id")), handle_told(told)):
            left_out(self._stats)
        return _pseudonymised(item, told, self._guard.pseudonyms) if self._guard.pseudonyms else item


def left_out(stats: StatsCollector) -> None:
    """Count a sighting that is not written, and drop it."""
    stats.inc_value("tiktok/forgotten")
    raise DropItem(LEFT_OUT, log_level="DEBUG")


def handle_told(told: dict[str, Any]) -> str | None:
    """The handle of an item, also where another spider's tells it bare."""
    username = told.get("username")
    if isinstance(username, str) and username and "/" not in username:
        return unquote(username.removeprefix("@"))
    return handle_of(told)


def _pseudonymised(item: Any, told: dict[str, Any], pseudonyms: Pseudonyms) -> Any:
    if handle := handle_told(told):
        told = {**told, "username": f"/@{handle}"}
    adapter = ItemAdapter(item)
    for name, value in pseudonyms.names(told).items():
        adapter[name] = value
    for name in ("caption", "hashtags"):
        if adapter.get(name) and name in adapter:
            adapter[name] = None if name == "caption" else ()
    return item


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
