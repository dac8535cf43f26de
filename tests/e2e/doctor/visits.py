"""`doctor --site` many times in one browser: each visit has a replica of its own, and finds no cookie of another's."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from scrapy.settings import Settings

import tiktok_scraper.browser.session
from replica.options import Options
from replica.serving.server import Replica
from tiktok_scraper.browser.start.launch import Launched, launch
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.doctor.site import site
from tiktok_scraper.walk.contact import OWN_TITLES

FAST = {
    "TIKTOK_PACE": 0.1,
    "TIKTOK_REFRESH_WAITS": "0.1",
    "TIKTOK_STEP_TIMEOUT": 2,
    "TIKTOK_CARD_TIMEOUT": 2,
    "TIKTOK_BLOCK_MEDIA": True,
}
# What a page shows of people: captions, names, audios; and what is in addresses beside.
OF_PEOPLE = """
const texts = [...document.querySelectorAll('[data-e2e$="desc"], a[href*="/@"], a[href*="/music/"], h3, h4')]
  .map((element) => element.textContent.trim());
const paths = [...document.querySelectorAll('a[href*="/@"]')]
  .map((link) => decodeURIComponent(new URL(link.href).pathname.split("/")[1]));
return [...texts, ...paths, document.title];
"""
# The site's own words, which stand where people's do.
OWN = {*OWN_TITLES, "Profile"}
QUERY = "qqsecret=qqtoken"


@dataclass(frozen=True)
class Told:
    """What a visit came to. rows: those of the block by their names; people: what the page had shown of people."""

    code: int
    block: str
    people: set[str]

    @property
    def rows(self) -> dict[str, str]:
        lines = (line.split(":", 1) for line in self.block.splitlines() if line[:1].isalpha() and ":" in line)
        return {name: told.strip() for name, told in lines}

    @property
    def missed(self) -> set[str]:
        """The fields that were missed, whatever the table."""
        told = self.rows["names missed"]
        return set() if told == "none" else {part.split(" of ")[0] for part in told.split("; ")}

    def verdicts(self, name: str) -> set[str]:
        """What is said of a field, in all tables."""
        return {line[2:12].strip() for line in self.block.splitlines() if re.match(rf"  \S.{{9}} {name} ", line)}


@dataclass
class OneBrowser:
    """A browser that outlives its sessions."""

    launched: Launched | None = None
    people: set[str] = field(default_factory=set)

    def launch(self, config: BrowserConfig, url: str, _needless: Any = None) -> Any:
        if self.launched is None:
            self.launched = launch(config, url)
        return _Lent(self, self.launched)

    def visit(self, view: str = "auto", settings: dict[str, Any] | None = None, **options: Any) -> Told:
        """Visit a replica of *options*, as `scrapy doctor --site` does."""
        given = Settings()
        given.setmodule("tiktok_scraper.settings")
        given.setdict({**FAST, "TIKTOK_VIEW": view, **(settings or {})})
        out = io.StringIO()
        self.people = set()
        with Replica(Options(**{"latency_ms": 10, "card_delay_ms": 10, **options})) as replica:
            code = site(given, f"{replica.url}?{QUERY}", out)
            self.people |= {str(told[name]) for told in replica.truth() for name in ("id", "username") if told[name]}
        return Told(code, out.getvalue(), {word for word in self.people if len(word) > 3} - OWN)


@dataclass
class _Lent:
    """A session's own view of it: its end is the visit's, and takes what the browser knows of people."""

    owner: OneBrowser
    whole: Launched

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def close(self) -> None:
        driver = self.whole.driver
        self.owner.people |= {text for text in driver.execute_script(OF_PEOPLE) if text}
        self.owner.people |= {cookie["value"] for cookie in driver.get_cookies()}
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        driver.get("about:blank")
        self.whole.capture.drain()


@contextmanager
def one_browser() -> Iterator[OneBrowser]:
    """Every session that is started meanwhile is of one browser, which ends at last."""
    owner = OneBrowser()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tiktok_scraper.browser.session, "launch", owner.launch)
        try:
            yield owner
        finally:
            if owner.launched is not None:
                owner.launched.close()
