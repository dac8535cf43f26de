"""One script tells what is visible on the page, as JSON: names hit, their texts and rectangles.

Visible means: a non-empty rectangle that a visitor can see, if need be by scrolling down; not hidden by
display or visibility; and no empty shell marked aria-hidden (every page carries a few of those, site.md 6.3).
A custom element counts by what its open shadow root draws (the cookie banner, site.md 6.4).
"""

from __future__ import annotations

from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from tiktok_scraper.pages.signs import PEOPLE, PRESENT, SIGNS, WORDED
from tiktok_scraper.pages.state import Look

from .scripts import script

BRIEF_HITS = 3
MOST_HITS = 30  # of one name; the number of all is in Look.counts
MOST_TEXT = 4000  # characters of the page's visible text
MOST_HIT_TEXT = 300

LOOK_JS = script("look.js")


def look(driver: WebDriver) -> Look:
    """Return what *driver*'s page shows now, in one call to the browser."""
    told = driver.execute_script(f"{LOOK_JS} return lookNow(...arguments);", *asked(MOST_HITS, MOST_TEXT))
    return Look.from_dict(told)


def brief() -> list[Any]:
    """What look.js is asked of a page known to be the viewer (arrived.js calls it).

    It reads no text of the page itself, which is dear, and fewer hits of each name; every sign that may cover the
    page is still looked for.
    """
    return asked(BRIEF_HITS, 0)


def asked(most_hits: int, most_text: int) -> list[Any]:
    """The arguments of look.js: {name: css}, [names that need no size], {name: [css, words]}, what is most, PEOPLE.

    Most of hits of a name, text of the page, text of a hit.
    """
    worded = {name: list(told) for name, told in WORDED.items()}
    return [dict(SIGNS), sorted(PRESENT), worded, most_hits, most_text, MOST_HIT_TEXT, PEOPLE]
