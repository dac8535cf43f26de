"""Any page, drawn by the browser: what a scrapy-selenium request asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.ui import WebDriverWait

from .deaths import deaths_named


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as the browser has it; screenshot: a PNG."""

    url: str
    html: bytes
    screenshot: bytes | None = None


def draw(
    driver: WebDriver,
    url: str,
    cookies: Mapping[str, str],
    *,
    wait_time: float | None = None,
    wait_until: Callable[[WebDriver], Any] | None = None,
    screenshot: bool = False,
    script: str | None = None,
) -> Drawn:
    """Open *url* and do, in scrapy-selenium's order, what its request asks for.

    Raises:
        BrowserDied: the browser or its driver is gone.
        BrowserError: it refused, or *wait_until* was not fulfilled within *wait_time* seconds.
    """
    with deaths_named():
        driver.get(url)
        for name, value in cookies.items():
            driver.add_cookie({"name": name, "value": value})
        if wait_until:
            WebDriverWait(driver, wait_time or 0).until(wait_until)
        png = driver.get_screenshot_as_png() if screenshot else None
        if script:
            driver.execute_script(script)
        return Drawn(driver.current_url, driver.page_source.encode(), png)
