"""scrapy doctor --site: one visit of the feed, whose block is printed and of which nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TextIO
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from ..browser.session import Session
from ..browser.start.display import VirtualDisplay
from ..browser.start.run_directory import in_temporary
from ..browser.start.safety import check_certificates
from ..config import BrowserConfig, CrawlConfig
from ..config.known import check_names
from ..errors import BadSetting
from ..walk.contact import Contact
from .block import report
from .visit import THREE_STEPS, visit


def site(settings: BaseSettings, url: str, out: TextIO) -> int:
    """Visit *url* once and print what came of it; returns 0 where three steps were made and no name was missed, else 1.

    A browser that goes away in the middle ends the visit, and what it told until then is printed.

    Raises:
        BadSetting: a setting or the address can't be used, or the browser would be started as root without a sandbox.
        CouldNotStart: the browser does not start.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise BadSetting(f"--site must be an address such as https://www.tiktok.com/foryou, not {url!r}")
    check_names(settings.keys())
    crawl, browser = CrawlConfig.from_settings(settings), BrowserConfig.from_settings(settings)
    check_certificates(url, browser.arguments, browser.driver_name)
    display = VirtualDisplay(browser.viewport)
    try:
        # Nothing goes where the data are, not even the browser's own files.
        session = Session(replace(display.onto(browser), runs_dir=in_temporary()), url, cut=lambda: False)
        try:
            visited = visit(session, crawl, url, Contact(str(browser.headless), browser.zone, browser.locale))
            facts = session.facts
        finally:
            session.close()
    finally:
        display.stop()
    out.write(report(visited, facts, datetime.now(UTC)))
    return 0 if visited.ended == THREE_STEPS and not visited.names.missed() else 1
