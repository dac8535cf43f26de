"""scrapy doctor --site: how the site is read today, as a block for a bug report, with nothing of people in it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from scrapy.settings import BaseSettings

from ..browser.session import Session
from ..browser.start.display import VirtualDisplay
from ..browser.start.safety import check_certificates
from ..config import BrowserConfig, CrawlConfig
from ..config.known import check_names
from ..errors import BadSetting
from ..pages.unnamed import place, unnamed
from ..runs.choices import choices
from ..runs.record import versions
from ..walk.contact import TELLING, Contact
from .name_hits import Tally
from .visit import STEPS, THREE_STEPS, Visited, visit

BEGIN, END = "--- copy from here ---", "--- to here ---"
WIDTH = 13


def site(settings: BaseSettings, url: str, out: TextIO) -> int:
    """Visit *url* once and print what came of it; returns 0 where three steps were made and no name was missed, else 1.

    Raises:
        BadSetting: a setting or the address can't be used, or the browser would be started as root without a sandbox.
        CouldNotStart: the browser does not start.
        BrowserError: it went away in the middle.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise BadSetting(f"--site must be an address such as https://www.tiktok.com/foryou, not {url!r}")
    check_names(settings.keys())
    crawl, browser = CrawlConfig.from_settings(settings), BrowserConfig.from_settings(settings)
    check_certificates(url, browser.arguments, browser.driver_name)
    display = VirtualDisplay(browser.viewport)
    # Nothing goes where the data are, not even the browser's own files.
    with tempfile.TemporaryDirectory(prefix="d-", ignore_cleanup_errors=True) as folder:
        try:
            session = Session(replace(display.onto(browser), runs_dir=Path(folder)), url, cut=lambda: False)
            try:
                contact = Contact(str(browser.headless), browser.zone, browser.locale)
                visited = visit(session, crawl, url, contact)
                facts = session.facts
            finally:
                session.close()
        finally:
            display.stop()
    out.write(report(visited, facts, datetime.now(UTC)))
    return 0 if visited.ended == THREE_STEPS and not visited.names.missed() else 1


def report(visited: Visited, facts: dict[str, str], now: datetime) -> str:
    """Return the block. facts: of the browser, as a session tells them."""
    rows = [f"{name + ':':<{WIDTH}} {told}" for name, told in _rows(visited, facts, now)]
    names = [line for tally in visited.names.tallies.values() for line in _names(tally)]
    return "\n".join([BEGIN, *map(unnamed, rows), *names, END, ""])


def _rows(visited: Visited, facts: dict[str, str], now: datetime) -> Iterator[tuple[str, str]]:
    told = visited.contact.told()
    page = told["page"]
    yield "doctor", f"--site, {now:%Y-%m-%d %H:%M} UTC, {_joined(versions())}"
    yield "browser", f"{facts.get('browser')} {facts.get('browser_version')}, driver {facts.get('driver_version')}"
    yield "told", _joined({name: value for name, value in told["browser"].items() if value is not None})
    yield (
        "ended by",
        f"{visited.ended}{f' ({visited.why})' if visited.why else ''}, after {visited.steps} of {STEPS} steps",
    )
    yield "robots.txt", visited.robots or "not read"
    yield "page", f"{page['kind']}, era {page['era'] or 'not known'}{_detail(page)} at {place(page.get('url', ''))}"
    yield "pages met", ", ".join(visited.pages) or "none"
    yield "signs", _joined(page.get("signs") or {}) or "none"
    yield (
        "view",
        f"{told['view'] or 'none'}, opened by {told['opener'] or 'nothing'}, stepped by {told['stepper'] or 'nothing'}",
    )
    if cover := told["cover"]:
        yield "covered by", _cover(cover)
    yield "oddities", _joined(visited.notes) or "none"
    yield "replies", "; ".join(_replies(told["replies"])) or "none"
    yield "items", _joined(told["items"]) or "none in any reply"
    yield "preview card", f"opened {visited.asks['card']} of {visited.asks.total()} times{_others(visited)}"
    yield "region", told["region"] or "not told"
    yield "names missed", "; ".join(visited.names.missed()) or "none"
    if helps := choices({"tiktok/reason": visited.ended, "tiktok/contact": told}):
        yield "what may help", helps


def _detail(page: dict[str, Any]) -> str:
    """The site's own words of a page that stands in the way; of a dialog nobody knows its role and label alone."""
    if page["kind"] not in TELLING or not page["detail"]:
        return ""
    return f" ({page['detail'].partition(': ')[0] if page['kind'] == 'covered' else page['detail']})"


def _cover(cover: str) -> str:
    """What lay over the target: its role and name; its words and label may be somebody's."""
    told = json.loads(cover)
    return f"{told.get('role') or 'an element'} {told.get('name', '')}, {len(told.get('words', ''))} characters of text"


def _replies(replies: dict[str, dict[str, dict[str, int]]]) -> Iterator[str]:
    for kind, by_status in replies.items():
        for status, sizes in by_status.items():
            yield f"{kind} {status}: {sizes['replies']} of {sizes['bytes']} bytes"


def _others(visited: Visited) -> str:
    rest = {name: count for name, count in visited.asks.items() if name != "card"}
    return f"; else {_joined(rest)}" if rest else ""


def _joined(told: Any) -> str:
    return ", ".join(f"{name} {value}" for name, value in dict(told).items())


def _names(tally: Tally) -> Iterator[str]:
    yield f"names of {tally.title}:"
    for row in tally.rows():
        yield f"  {row.verdict:<6} {row.field:<12} {row.times} of {row.samples}  {row.css}"
