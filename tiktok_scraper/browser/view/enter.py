"""Into a view: the full-screen viewer, by what opens the first video, or the feed as it stands."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.names import ViewNames
from ...turn import Current
from .reach import Cover, reach_opener
from .viewer import Viewer

# A viewer that is going to open does so within this; a second press is for a page that was not ready for the first.
OPENS_WITHIN_S = 2.0
PRESSES = 2
# A feed whose cards are drawn has drawn by then what opens them.
DRAWN_WITHIN_S = 3.0
POLL_S = 0.05
WAIT_S = 0.4
DRAWN_JS = """
return [...document.querySelectorAll(arguments[0])].some((e) => e.getBoundingClientRect().width > 0);
"""


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it. current: the first post; opener: the name by which the viewer was entered.

    outcome: "ok", "no-opener" (nothing to press), "no-viewer" (pressed, and none opened), "elsewhere" (the press led to
    another page), "covered" (by `cover`), "empty" (no post came).
    """

    outcome: str
    current: Current | None = None
    opener: str = ""
    cover: Cover | None = None


def enter_viewer(driver: WebDriver, viewer: Viewer, timeout: float, cut: Callable[[], bool]) -> Entered:
    """Open the first video, so that the site enters its viewer; *timeout* in seconds."""
    end = time.monotonic() + timeout
    none_after = min(end, time.monotonic() + DRAWN_WITHIN_S)
    result = Entered("no-opener")
    left = _openers(viewer.names)
    while left and time.monotonic() < end and not cut():
        found = reach_opener(driver, replace(viewer.names, openers=tuple(left)))
        if found is None or found.cover is not None:
            result = Entered("covered", cover=found.cover) if found else result
            if time.monotonic() >= none_after:
                break
            time.sleep(POLL_S)
            continue
        before = driver.current_url
        viewer.click(found.x, found.y)
        if current := viewer.wait(min(OPENS_WITHIN_S, max(POLL_S, end - time.monotonic()))):
            return Entered("ok", current, found.target)
        result = Entered("no-viewer", opener=found.target)
        if _is_open(driver, viewer.names):
            current = _first(viewer, end, cut)  # a viewer whose first post takes its time
            return Entered("ok" if current else "no-viewer", current, found.target)
        if driver.current_url != before:
            return Entered("elsewhere", opener=found.target)
        left.remove(found.target)
    return result


def enter_feed(viewer: Viewer, timeout: float, cut: Callable[[], bool]) -> Entered:
    """Take the feed as it stands, its first post at mid-screen."""
    current = _first(viewer, time.monotonic() + timeout, cut)
    return Entered("ok" if current else "empty", current, "in place")


def _openers(names: ViewNames) -> list[str]:
    return [name for name in names.openers for _ in range(PRESSES)]


def _is_open(driver: WebDriver, names: ViewNames) -> bool:
    """Whether the viewer is drawn, though its first post may not be."""
    return bool(driver.execute_script(DRAWN_JS, names.viewer))


def _first(viewer: Viewer, end: float, cut: Callable[[], bool]) -> Current | None:
    while time.monotonic() < end and not cut():
        if current := viewer.wait(WAIT_S):
            return current
    return None
