"""Looking until the page is one that stays."""

from __future__ import annotations

import time
from collections.abc import Callable

from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.state import Look, Page, recognise
from .look import look

# Pages that go away by themselves: the skeleton until it is drawn, the challenge that a real browser passes.
PASSING = {"shell", "unknown", "waf"}
POLL_S = 0.02


def settled(driver: WebDriver, timeout: float, cut: Callable[[], bool]) -> tuple[Look, Page, list[str]]:
    """Look until the page is one that stays, or *timeout* seconds have passed; tell which obstacles passed."""
    end = time.monotonic() + timeout
    passed: list[str] = []
    while True:
        seen = look(driver)
        page = recognise(seen)
        if page.kind == "waf" and "waf" not in passed:
            passed.append("waf")
        if page.kind not in PASSING or time.monotonic() >= end or cut():
            return seen, page, passed
        time.sleep(POLL_S)
