"""What is kept of a page on which a run ended early: its picture without people, and its structure without words."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.masked import OWN, masked
from ...pages.signs import PEOPLE

logger = logging.getLogger(__name__)

MOST_RUNS = 5
RUN = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]+")  # a folder that we made, by the run's id
# Every picture and every text is blurred but the site's own words and what stands in the way of the feed, unless that
# holds a post or leads to somebody: a dialog that nobody knows may be a viewer of a new name.
BLUR_JS = """
const own = new RegExp("^(" + arguments[0] + ")$", "i");
const told = [...document.querySelectorAll('[id^="captcha"], .captcha-verify-container, #captcha_container, ' +
  '.captcha_verify_container, #loginContainer, [class*="DivErrorContainer"], tiktok-cookie-banner, ' +
  '.tiktok-cookie-banner, [role="dialog"]:not([class*="DivBrowserModeContainer"]):not([aria-label="Cinema mode"])')]
  .filter((part) => !part.querySelector(arguments[1]));
const media = ["IMG", "VIDEO", "CANVAS", "PICTURE", "IFRAME"];
for (const element of document.querySelectorAll("body *")) {
  if (told.some((part) => part.contains(element))) continue;
  const words = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(" ").trim();
  const pictured = getComputedStyle(element).backgroundImage.includes("url(");
  if (media.includes(element.tagName) || pictured || (words && !own.test(words.replace(/\\s+/g, " ")))) {
    element.style.setProperty("filter", "blur(7px)", "important");
  }
}
"""


def keep_page(driver: WebDriver, folder: Path, run: str) -> list[str]:
    """Save the page in *folder*/*run* as page.html and page.png, of the last five runs at most; return their paths.

    What can't be had or written is told in the log, and is no reason to lose the rest.
    """
    place = folder / run
    kept = [path for name, save in SAVED.items() if (path := _saved(driver, place / name, save))]
    if folder.is_dir():
        ours = sorted(part for part in folder.iterdir() if part.is_dir() and RUN.fullmatch(part.name))
        for old in ours[:-MOST_RUNS]:
            shutil.rmtree(old, ignore_errors=True)
    return kept


def _saved(driver: WebDriver, path: Path, save: Callable[[WebDriver], bytes]) -> str | None:
    try:
        told = save(driver)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(told)
    except (WebDriverException, OSError, ValueError) as error:
        logger.warning("%s is not kept: %s", path.name, str(error).partition("\n")[0] or type(error).__name__)
        return None
    return str(path)


def _html(driver: WebDriver) -> bytes:
    return masked(driver.page_source).encode("utf-8", "replace")


def _picture(driver: WebDriver) -> bytes:
    driver.execute_script(BLUR_JS, OWN.pattern, PEOPLE)
    return driver.get_screenshot_as_png()


SAVED: dict[str, Callable[[WebDriver], bytes]] = {"page.html": _html, "page.png": _picture}
