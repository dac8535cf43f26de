"""Any page, drawn by the browser: what a scrapy-selenium request asks for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from ..errors import NoPage
from ..turn import Event
from .capture import NetworkCapture
from .condition import in_words
from .deaths import UNREACHED, deaths_named, first_line
from .navigation import is_no_page, why_not

# What the network tells of a page that did not come follows a moment later.
TOLD_WITHIN_S = 1.0
POLL_S = 0.01


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as the browser has it; screenshot: a PNG."""

    url: str
    html: bytes
    screenshot: bytes | None = None


def draw(
    driver: WebDriver,
    capture: NetworkCapture,
    url: str,
    cookies: Iterable[Mapping[str, Any]] = (),
    *,
    wait_time: float | None = None,
    wait_until: Callable[[WebDriver], Any] | None = None,
    screenshot: bool = False,
    script: str | None = None,
) -> Drawn:
    """Open *url* and do, in scrapy-selenium's order, what its request asks for.

    cookies: as WebDriver takes them, added when the page is there. wait_time: seconds, None for one look.

    Raises:
        BrowserDied: the browser or its driver is gone.
        NoPage: the address brought a download, a 204 or an error, and no page.
        TimeoutException: *url* did not load in time, or *wait_until* was not fulfilled within *wait_time*.
        WebDriverException: nobody answered, or the browser refused a cookie or the script; as selenium raises it.
    """
    with deaths_named(refusals=False):
        _open(driver, capture, url)
        for cookie in cookies:
            driver.add_cookie(dict(cookie))
        if wait_until:
            _wait(driver, url, float(wait_time or 0), wait_until)
        png = driver.get_screenshot_as_png() if screenshot else None
        if script:
            driver.execute_script(script)
        return Drawn(driver.current_url, driver.page_source.encode("utf-8", "replace"), png)


def _open(driver: WebDriver, capture: NetworkCapture, url: str) -> None:
    """Open *url* from an empty page, so that what is there afterwards is not the page before."""
    driver.get("about:blank")
    capture.drain()
    slow: TimeoutException | None = None
    try:
        driver.get(url)
    except TimeoutException as error:
        slow = error
    except WebDriverException as error:
        if not any(sign in str(error) for sign in UNREACHED):
            raise
        raise type(error)(f"{url} could not be opened: {first_line(error).removeprefix('Message: ')}") from error
    if is_no_page(driver, url):
        events = _told(capture)
        if events or slow is None:
            raise NoPage(f"{url} brought no page: {why_not(events)}") from slow
    if slow is not None:
        raise TimeoutException(f"{url} did not load within {driver.timeouts.page_load:g} s") from slow


def _wait(driver: WebDriver, url: str, seconds: float, condition: Callable[[WebDriver], Any]) -> None:
    try:
        WebDriverWait(driver, seconds).until(condition)
    except TimeoutException as error:
        # Selenium's says neither what nor where, and adds a stack of the driver's addresses.
        said = f"wait_until was not fulfilled within {seconds:g} s on {url}: {in_words(condition)}"
        raise TimeoutException(said) from error


def _told(capture: NetworkCapture) -> list[Event]:
    end = time.monotonic() + TOLD_WITHIN_S
    while not (events := capture.drain()) and time.monotonic() < end:
        time.sleep(POLL_S)
    return events
