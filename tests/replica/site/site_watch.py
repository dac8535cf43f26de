"""A real Chromium before the replica's pages, and the few ways the tests look and act."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from replica.options import Options
from replica.serving.server import Replica

ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
# Era b is the one that most whole crawls walk.
ERAS = ("a", pytest.param("b", marks=pytest.mark.thorough), "c")
VIEWER = '[class*="DivBrowserModeContainer"], [role="dialog"][aria-label="Cinema mode"]'
STATS = '[class*="PUserStat"]'


def quick(**told: Any) -> Options:
    """Options of a replica that answers at once."""
    return Options(**{"latency_ms": 0, "card_delay_ms": 20, **told})


class Watch:
    """What a test sees and does."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, site: Replica, path: str = "/foryou") -> None:
        """Load a page and wait until its posts, if it has any, are there."""
        self.driver.get(site.base + path)
        if path == "/foryou":
            self.until(lambda: self.all('[data-e2e="feed-video"], [class*="DivErrorContainer"]'), "a drawn feed")

    def enter(self) -> None:
        """Open the full-screen view as the era has it."""
        entry = self.all('[data-e2e="cinema-mode-entry"]')
        (entry or self.all('[data-e2e="feed-video"]'))[0].click()
        self.until(lambda: self.all(VIEWER), "an open viewer")

    def all(self, css: str) -> list[WebElement]:
        """Every element that *css* finds, shown or not."""
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def text(self, css: str) -> str | None:
        """The text of the first match, None where there is none."""
        return self.js(f"const e = document.querySelector({css!r}); return e && e.textContent")

    def js(self, script: str, *values: Any) -> Any:
        """Run *script* in the page."""
        return self.driver.execute_script(script, *values)

    def key(self, key: str = Keys.ARROW_DOWN) -> None:
        """Send a key to body."""
        self.driver.find_element(By.TAG_NAME, "body").send_keys(key)

    def path(self) -> str:
        """The address from the host on."""
        return str(self.js("return location.pathname + location.search"))

    def until(self, holds: Callable[[], Any], what: str, timeout: float = 60.0) -> Any:
        """Wait for *holds*, or fail naming *what* did not come."""
        ends = time.monotonic() + timeout
        while not (got := holds()):
            if time.monotonic() > ends:
                pytest.fail(f"waited {timeout} s for {what}; the page is {self.driver.current_url}")
            time.sleep(0.02)
        return got

    def step(self, key: str = Keys.ARROW_DOWN) -> None:
        """One TikTok on (or back), and wait until its texts are those of the new address."""
        before = self.path()
        self.key(key)
        self.until(lambda: self.path() != before, "another address")
        self.settled()

    def settled(self) -> None:
        """Wait until the viewer's player and texts belong to the address."""
        self.until(lambda: self.js(SETTLED), "a viewer that shows what the address says")

    def rest(self, css: str) -> None:
        """Rest the pointer on the first match."""
        ActionChains(self.driver, duration=20).move_to_element(self.all(css)[0]).perform()

    def away(self) -> None:
        """Take the pointer to the corner of the player."""
        ActionChains(self.driver, duration=20).move_by_offset(0, 0).perform()
        self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 300, "y": 400})


# True when browse mode's copied address, or cinema mode's card on screen, is that of the address bar.
SETTLED = """
const here = location.pathname;
const link = document.querySelector('[data-e2e="browse-video-link"]');
if (link) return link.textContent.includes(decodeURI(here)) || link.textContent.includes(here);
const content = document.querySelector('[class*="DivCinemaModeContent"]');
if (!content) return false;
const posts = [...content.firstElementChild.firstElementChild.children];
const shown = posts.find((post) => Math.abs(post.getBoundingClientRect().top) < 5);
const id = here.split('/').pop();
return Boolean(shown && (shown.querySelector(`[id$="-${id}"]`) || here.includes('/photo/') || here.endsWith('/live')));
"""


def watching() -> Iterator[Watch]:
    """A browser for a module's tests: the body of its fixture."""
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("needs chromium and chromedriver on the path")
    options = ChromeOptions()
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for argument in (*ARGUMENTS, f"--user-data-dir={Path(folder)}"):
            options.add_argument(argument)
        driver = Chrome(options=options, service=Service(chromedriver))
        try:
            yield Watch(driver)
        finally:
            driver.quit()
