"""Spidermon, which holds our monitors and sends their words by its actions, where TIKTOK_ALERTS names any.

It is an extra: nothing of the crawl needs it, and the verdict is the same without it.
"""

from __future__ import annotations

import logging
import warnings
from typing import Any

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from ...config.alerts import ALERTS, alerts
from ...errors import BadSetting
from ..record import SPIDER

INSTALL = ".venv/bin/python -m pip install 'spidermon>=1.27,<1.28' jinja2 requests slack-sdk"


class Alerts:
    """Scrapy extension: starts Spidermon's own, which runs SPIDERMON_SPIDER_CLOSE_MONITORS when the run has ended.

    Stands last: an action may take its time, or fail, when all else has heard of the end.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Any:
        """Return Spidermon's extension, connected.

        Raises:
            NotConfigured: no action is wanted, or the spider is not ours.
            BadSetting: TIKTOK_ALERTS names none, or what it needs is not installed or not set.
        """
        if crawler.spidercls.name != SPIDER or not alerts(crawler.settings):
            raise NotConfigured
        try:
            return _spidermon(crawler)
        except ImportError as error:
            raise BadSetting(f"{ALERTS} needs {error.name or error}, which is not installed: {INSTALL}") from None


def _spidermon(crawler: Crawler) -> Any:
    from spidermon.contrib.scrapy.extensions import Spidermon  # noqa: PLC0415  an extra
    from spidermon.exceptions import NotConfigured as Lacking  # noqa: PLC0415

    from .suite import Wordy  # noqa: PLC0415

    # It logs by Spider.log(), which Scrapy will take away some day; nobody here can mend that.
    warnings.filterwarnings("ignore", r".*Spider\.log\(\)", module=r"spidermon\.")
    logging.getLogger(SPIDER).addFilter(Wordy())
    try:
        return Spidermon.from_crawler(crawler)
    except Lacking as error:
        raise BadSetting(f"{ALERTS}: {error}") from None
