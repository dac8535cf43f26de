"""Scrapy's own settings, as far as this crawl can't go on with them.

Scrapy would take them without a word: the walk would stand still for ever, have no browser or write no line, or a
pace be thought to be kept that never reaches the browser. Each is refused by name, with what to do instead.

Those that end a run under a reason of their own (CLOSESPIDER_*, MEMUSAGE_LIMIT_MB) may do so. DEPTH_LIMIT has nothing
to limit, since no turn of a walk goes deeper than the feed (`depth_reset` in the spider's requests); HTTPCACHE_* and
RETRY_* are kept from turns likewise, and what is about downloads alone (DOWNLOAD_TIMEOUT,
CONCURRENT_REQUESTS_PER_DOMAIN) does not reach them.
"""

from __future__ import annotations

from typing import Any

from scrapy.settings import BaseSettings
from scrapy.statscollectors import DummyStatsCollector
from scrapy.utils.misc import load_object

from .. import settings as project
from ..config import whole
from ..errors import BadSetting

ELSEWHERE = "other spiders can have it in their custom_settings"
REFUSED = {
    "ROBOTSTXT_OBEY": "robots.txt is read and obeyed in every run here, through the browser; leave it at False",
    "JOBDIR": "a visit can't be taken up again where it ended: each run is a visit of its own",
    "DOWNLOAD_DELAY": "it does not reach a browser; TIKTOK_PACE is the time from one TikTok to the next",
    "AUTOTHROTTLE_ENABLED": "it does not reach a browser; TIKTOK_PACE is the time from one TikTok to the next",
}
OFF = {"", "0", "0.0", "false", "none"}
# The parts that a run is made of: without one there is no browser, no line or no verdict. Others may stand beside.
PARTS = ("DOWNLOADER_MIDDLEWARES", "ITEM_PIPELINES", "EXTENSIONS")
SPARED = {
    "tiktok_scraper.runs.progress.Progress",
    *(f"tiktok_scraper.runs.alerts.{name}" for name in ("ping.Ping", "on_unfit.OnUnfit", "held.Alerts")),
}


def check_scrapys(settings: BaseSettings, *, url: str, browsers: int) -> None:
    """Check Scrapy's own settings for a crawl of *url* by so many *browsers*.

    Raises:
        BadSetting: the crawl can't go on with one of them.
    """
    for name, why in REFUSED.items():
        if str(settings.get(name)).strip().lower() not in OFF:
            raise BadSetting(f"{name} is not for this crawl: {why}; {ELSEWHERE}")
    for name in PARTS:
        _check_parts(settings, name)
    _check_processor(settings)
    if issubclass(_loaded("STATS_CLASS", settings.get("STATS_CLASS")), DummyStatsCollector):
        raise BadSetting("STATS_CLASS must be one that keeps the stats, of which a run's record and verdict are made")
    # Scrapy takes up no request while as many as this are under way: with 0 a run would stand still and never end.
    if (most := whole(settings, "CONCURRENT_REQUESTS", 16, at_least=1)) < browsers:
        raise BadSetting(f"CONCURRENT_REQUESTS must be {browsers} or more for -a browsers={browsers}, not {most}")
    whole(settings, "CONCURRENT_ITEMS", 100, at_least=1)
    longest = whole(settings, "URLLENGTH_LIMIT", 2083, at_least=0)
    if 0 < longest < len(url):
        raise BadSetting(f"URLLENGTH_LIMIT must be {len(url)} or more for the address {url}, not {longest}")


def _check_parts(settings: BaseSettings, name: str) -> None:
    there = [_loaded(name, part) for part, at in _components(settings, name) if at is not None]
    for path in getattr(project, name):
        if path not in SPARED and not any(issubclass(one, load_object(path)) for one in there):
            raise BadSetting(f"{name} lacks {path}, without which there is no run: keep it, and add yours beside it")


def _components(settings: BaseSettings, name: str) -> list[tuple[Any, Any]]:
    try:
        return list(settings.get_component_priority_dict_with_base(name).items())
    except (ImportError, ValueError, TypeError, AttributeError) as error:
        raise BadSetting(f"{name} must be a dict of classes, or JSON of one, each with its place: {error}") from None


def _check_processor(settings: BaseSettings) -> None:
    if not issubclass(_loaded("ITEM_PROCESSOR", settings.get("ITEM_PROCESSOR")), load_object(project.ITEM_PROCESSOR)):
        raise BadSetting(
            f"ITEM_PROCESSOR must be {project.ITEM_PROCESSOR}, which gives out a run's last lines, or a class of its "
            f"kind; not {settings.get('ITEM_PROCESSOR')}"
        )


def _loaded(name: str, told: Any) -> type:
    try:
        found = load_object(told)
    except (ImportError, NameError, ValueError, TypeError) as error:
        raise BadSetting(f"{name} names {told!r}, which can't be loaded: {error}") from None
    # What is no class (a pipeline may be made by a function) is nobody's kind.
    return found if isinstance(found, type) else object
