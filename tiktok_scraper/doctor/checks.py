"""All checks of this machine, in the order in which one leans on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scrapy.settings import BaseSettings

from ..config import BrowserConfig, CrawlConfig, Thresholds, data_dir
from ..config.known import check_names
from ..errors import BadSetting
from ..needs.reactor import check_loop
from ..runs.record import FILE
from ..runs.scrapys import check_scrapys
from .clock import clock
from .findings import FAILURE, OK, Check, Finding
from .history import history
from .hourly import hourly
from .programs import programs
from .start import sandbox, start
from .storage import disk, places, spooled


def checks(settings: BaseSettings, url: str) -> dict[str, Check]:
    """What there is to look at before a crawl of *url* with these *settings*, by its name.

    Each reads the settings anew, so that one that can't be used fails the checks that lean on it, and no other.
    """

    def browser() -> BrowserConfig:
        return BrowserConfig.from_settings(settings)

    def crawl() -> CrawlConfig:
        return CrawlConfig.from_settings(settings)

    return {
        "settings": lambda: _settings(settings, url),
        "browser": lambda: programs(browser()),
        "sandbox": lambda: sandbox(browser(), url),
        "start": lambda: start(browser(), url),
        "disk": lambda: disk(data_dir(settings)),
        "writing": lambda: places(crawl(), browser()),
        "spool": lambda: spooled(data_dir(settings)),
        "clock": lambda: clock(browser().zone, data_dir(settings) / FILE),
        "hourly line": hourly,
        "last runs": lambda: history(data_dir(settings) / FILE),
    }


def _settings(settings: BaseSettings, url: str) -> Iterator[Finding]:
    looks: tuple[Callable[[], object], ...] = (
        lambda: check_names(settings.keys()),
        lambda: BrowserConfig.from_settings(settings),
        lambda: CrawlConfig.from_settings(settings),
        lambda: Thresholds.from_settings(settings),
        lambda: check_scrapys(settings, url=url, browsers=1),
        lambda: check_loop(settings),
    )
    wrong = set()  # what several read, each would tell
    for look in looks:
        try:
            look()
        except BadSetting as error:
            wrong.add(str(error))
    yield from [Finding(FAILURE, "settings", told) for told in sorted(wrong)] or [
        Finding(OK, "settings", "all can be used")
    ]
