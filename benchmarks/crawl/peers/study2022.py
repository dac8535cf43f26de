"""The 2022 method, as a spider of that time was written: the peer that the crawl is measured against.

It reads element by element, each with a WebDriverWait of selenium's own poll of 0.5 s, moves the pointer to the
creator's name with ActionChains as they come (250 ms a move), waits for the preview card's text, takes the pointer
off the name, presses ARROW_DOWN and sleeps for a second. Media load, as they did.

Whether that spider took the pointer off is not known. Where it does not, a card left open may be read as the next
creator's; on a page whose link is replaced at every step it also is cheaper, because the next card then loads during
the sleep. `--stays` measures that; `--no-sleep` measures the same method without its sleeps, the rest as it was.

Run as `python -m benchmarks.crawl.peers.study2022 URL TIKTOKS [--stays] [--no-sleep]` it prints what `told.py` says,
with the nine fields as text.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from tempfile import TemporaryDirectory

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

from benchmarks.crawl.peers.told import selenium_trips, tell, tell_trips_at_the_end

SLEEP_S = 1.0
WAIT_S = 10.0
ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)
# A feed that gives no new TikTok in so many steps will give no more.
IN_VAIN = 10


class Study2022:
    """Clicks the first video, reads what stands beside it, and steps on. The names are the 2022 build's."""

    def __init__(self, driver: WebDriver, url: str, *, stays: bool, sleep_s: float) -> None:
        self._driver = driver
        self._stays, self._sleep_s = stays, sleep_s
        self._wait = WebDriverWait(driver, WAIT_S)
        driver.get(url)
        self._found(By.CLASS_NAME, "e1yey0rl0").click()
        self._found(By.CLASS_NAME, "e1mecfx00")
        time.sleep(self._sleep_s)

    def read(self) -> dict[str, str]:
        """The TikTok on screen.

        Raises:
            TimeoutException: a part of it, or the card's text, did not come.
        """
        music = self._found(By.CSS_SELECTOR, ".e1mecfx00 .epjbyn0 a")
        row = {
            "scraped_at": time.strftime("%Y-%m-%dT%H:%M:%S"),
            "url": self._driver.current_url.split("?")[0],
            "audio": music.text,
            "audio_url": music.get_attribute("href") or "",
            "likes": self._found(By.CSS_SELECTOR, ".e1hk3hf90:nth-child(1) .e1hk3hf92").text,
            "comments": self._found(By.CSS_SELECTOR, ".e1hk3hf90:nth-child(2) .e1hk3hf92").text,
        }
        name = self._found(By.CLASS_NAME, "evv7pft1")
        ActionChains(self._driver).move_to_element(name).perform()
        followers, likes = self._wait.until(self._counts_line).split("Followers")
        if not self._stays:
            ActionChains(self._driver).move_to_element(self._found(By.CLASS_NAME, "e11s2kul9")).perform()
        return {**row, "username": name.text, "user_followers": followers, "user_likes": likes.removesuffix("Likes")}

    def next(self) -> None:
        """On to the next TikTok."""
        self._driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_DOWN)
        time.sleep(self._sleep_s)

    def _found(self, by: str, name: str) -> WebElement:
        return self._wait.until(lambda driver: driver.find_element(by, name))

    def _counts_line(self, driver: WebDriver) -> str:
        """The card's text such as "340.7KFollowers12.6MLikes"; "" while it shows "--"."""
        text = driver.find_element(By.CLASS_NAME, "er095117").text
        return "" if "--" in text or "Followers" not in text else text


def collect(url: str, tiktoks: int, *, stays: bool = False, sleep_s: float = SLEEP_S) -> None:
    """Print a line for each of *tiktoks* different TikToks.

    stays: the pointer is left on the creator's name. sleep_s: how long each sleep is.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        driver = started(folder)
        try:
            study, seen, in_vain = Study2022(driver, url, stays=stays, sleep_s=sleep_s), set[str](), 0
            while len(seen) < tiktoks and in_vain < IN_VAIN:
                if seen or in_vain:
                    study.next()
                began = time.monotonic()
                in_vain += 1
                try:
                    row = study.read()
                except (TimeoutException, StaleElementReferenceException) as error:
                    print(f"not read: {driver.current_url}: {type(error).__name__}", file=sys.stderr)
                    continue
                if row["url"] not in seen:
                    seen.add(row["url"])
                    in_vain = 0
                    tell(**row, began=began, ended=time.monotonic())
        finally:
            driver.quit()


def started(folder: str) -> WebDriver:
    """A Chromium with its profile in *folder*."""
    options = webdriver.ChromeOptions()
    if browser := shutil.which("chromium") or shutil.which("google-chrome"):
        options.binary_location = browser
    for argument in (*ARGUMENTS, f"--user-data-dir={folder}"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # the replica on loopback is all that it opens
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options, service)


if __name__ == "__main__":
    tell_trips_at_the_end(selenium_trips())
    told = sys.argv[3:]
    collect(sys.argv[1], int(sys.argv[2]), stays="--stays" in told, sleep_s=0 if "--no-sleep" in told else SLEEP_S)
