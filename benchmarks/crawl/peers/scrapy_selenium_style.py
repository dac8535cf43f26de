"""scrapy-selenium 0.0.7 as its own pages would have one use it, mended only as far as it takes to start on Selenium 4.

Its middleware drives the browser in Scrapy's own thread and hands the live driver to the callback in `meta`; nothing
else of the crawl runs meanwhile. The callback steps the viewer with the arrow key, waits with WebDriverWait (which
looks every half second), reads the page's source with Scrapy's selectors, and rests the pointer on each creator's name
until the preview card shows their counts. Media load.

Run as `python -m benchmarks.crawl.peers.scrapy_selenium_style URL TIKTOKS`; prints what `told.py` says.
"""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

import scrapy_selenium
from scrapy import Request, Selector, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support import expected_conditions as expected
from selenium.webdriver.support.wait import WebDriverWait

from benchmarks.crawl.peers.names import (
    AGAIN_S,
    CARD_FOLLOWERS,
    CARD_LIKES,
    CARD_USERNAME,
    CREATOR,
    FIELDS,
    MEDIA,
    OPENER,
    STEPS,
    VIEWER,
    WAIT_S,
    arguments,
    chromium,
)
from benchmarks.crawl.peers.told import selenium_trips, tell, tell_trips_at_the_end

NOT_YET = (NoSuchElementException, StaleElementReferenceException)


class OnSelenium4(scrapy_selenium.SeleniumMiddleware):  # type: ignore[misc]
    """Its constructor passes arguments that Selenium 4 has no longer; the rest is its own."""

    def __init__(
        self,
        driver_name: str,  # noqa: ARG002  as its from_crawler passes it
        driver_executable_path: str,
        driver_arguments: list[str],
        browser_executable_path: str,
    ) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = browser_executable_path
        for argument in driver_arguments:
            options.add_argument(argument)
        self.driver = webdriver.Chrome(options, webdriver.ChromeService(driver_executable_path))


class FeedSpider(Spider):
    """Walks the viewer in one callback, as the live driver lets it."""

    name = "feed"

    def __init__(self, url: str, tiktoks: int) -> None:
        super().__init__()
        self.url, self.tiktoks = url, tiktoks

    async def start(self) -> AsyncIterator[Request]:
        """The feed, once its first card is there."""
        opener = expected.element_to_be_clickable((By.CSS_SELECTOR, OPENER))
        yield scrapy_selenium.SeleniumRequest(
            url=self.url, callback=self.parse, wait_time=WAIT_S, wait_until=opener, dont_filter=True
        )

    def parse(self, response: Response) -> Iterator[dict[str, Any]]:
        """A TikTok after another."""
        driver: WebDriver = response.meta["driver"]
        wait = WebDriverWait(driver, WAIT_S, ignored_exceptions=NOT_YET)
        driver.find_element(By.CSS_SELECTOR, OPENER).click()
        wait.until(expected.visibility_of_element_located((By.CSS_SELECTOR, VIEWER)))
        wait.until(expected.visibility_of_element_located((By.CSS_SELECTOR, CREATOR)))
        seen = set[str]()
        while True:
            began = time.monotonic()
            row = self._read(driver, wait)
            if row["url"] not in seen:
                seen.add(row["url"])
                tell(**row, began=began, ended=time.monotonic())
                yield row
            if len(seen) >= self.tiktoks:
                return
            self._step(driver)

    @staticmethod
    def _step(driver: WebDriver) -> None:
        """On to the next, the key pressed anew where it fell while the page was busy."""
        before = driver.current_url
        for _ in range(STEPS):
            driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_DOWN)
            with suppress(TimeoutException):
                WebDriverWait(driver, AGAIN_S).until(expected.url_changes(before))
                return
        raise TimeoutException(f"nothing came after {before}")

    def _read(self, driver: WebDriver, wait: WebDriverWait[WebDriver]) -> dict[str, str]:
        name = wait.until(self._settled)
        page = Selector(text=driver.page_source)
        row = {field: page.css(css).xpath("string()").get("") for field, css in FIELDS.items()}
        ActionChains(driver).move_to_element(name).perform()
        wait.until(lambda shown: self._card_of(shown, row["username"]))
        card = Selector(text=driver.page_source)
        ActionChains(driver).move_to_element(driver.find_element(By.CSS_SELECTOR, MEDIA)).perform()
        return {
            **row,
            "url": driver.current_url,
            "user_followers": card.css(CARD_FOLLOWERS).xpath("string()").get(""),
            "user_likes": card.css(CARD_LIKES).xpath("string()").get(""),
        }

    @staticmethod
    def _settled(driver: WebDriver) -> Any:
        """The creator's name, once it agrees with the address, which changes first."""
        found = driver.find_element(By.CSS_SELECTOR, CREATOR)
        return found if f"/@{found.text.lstrip('@')}/" in driver.current_url else None

    @staticmethod
    def _card_of(driver: WebDriver, username: str) -> bool:
        """Whether the preview card shows this creator's counts."""
        told = driver.find_element(By.CSS_SELECTOR, CARD_USERNAME).text.lstrip("@")
        return told == username.lstrip("@") and "--" not in driver.find_element(By.CSS_SELECTOR, CARD_FOLLOWERS).text


def main() -> None:
    """Crawl as `scrapy crawl` would."""
    url, tiktoks = sys.argv[1], int(sys.argv[2])
    tell_trips_at_the_end(selenium_trips())
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "REMOTE_CONTROL_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "DOWNLOADER_MIDDLEWARES": {OnSelenium4: 800},
            "SELENIUM_DRIVER_NAME": "chrome",
            "SELENIUM_DRIVER_EXECUTABLE_PATH": shutil.which("chromedriver"),
            "SELENIUM_BROWSER_EXECUTABLE_PATH": chromium(),
            "SELENIUM_DRIVER_ARGUMENTS": ["--headless=new", *arguments()],
        }
    )
    process.crawl(FeedSpider, url=url, tiktoks=tiktoks)
    process.start()


if __name__ == "__main__":
    main()
