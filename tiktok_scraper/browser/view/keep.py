"""What is kept of a page on which a run ended early: a picture without faces and words of people, and its structure."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.masked import masked

MOST_RUNS = 5
# What posts show of people is blurred; what covers them, and the site's own words, stay readable.
BLUR_JS = """
const style = document.createElement("style");
const posts = 'article, [data-e2e="recommend-list-item-container"], [class*="DivBrowserModeContainer"], ' +
  '[aria-label="Cinema mode"], [class*="DivVideoDetailContainer"], #main-content-video_detail';
style.textContent = `:is(${posts}) :is(video, img, canvas, picture, a, p, span, strong, h1, h2, h3, h4)` +
  ':not([role="dialog"] [role="dialog"] *) { filter: blur(7px) !important; }';
document.head.append(style);
"""


def keep_page(driver: WebDriver, folder: Path, run: str) -> list[str]:
    """Save the page in *folder*/*run* as page.png and page.html, of the last five runs at most; return their paths."""
    place = folder / run
    place.mkdir(parents=True, exist_ok=True)
    kept: list[str] = []
    with contextlib.suppress(WebDriverException):
        (place / "page.html").write_text(masked(driver.page_source), encoding="utf-8")
        kept.append(str(place / "page.html"))
    with contextlib.suppress(WebDriverException):
        driver.execute_script(BLUR_JS)
        (place / "page.png").write_bytes(driver.get_screenshot_as_png())
        kept.append(str(place / "page.png"))
    for old in sorted(part for part in folder.iterdir() if part.is_dir())[:-MOST_RUNS]:
        shutil.rmtree(old, ignore_errors=True)
    return kept
