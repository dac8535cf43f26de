"""One browser and what can be asked of it, an action a turn. Lives in the thread that owns the driver."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from selenium.common.exceptions import (
    InvalidSessionIdException,
    NoSuchWindowException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver.common.by import By
from urllib3.exceptions import HTTPError

from ..config import BrowserConfig
from ..errors import BrowserDied, BrowserError
from ..pages.names import CARD, ERAS
from ..pages.state import Look, Page, recognise
from ..turn import Current, Event, Turn
from .launch import Launched, launch
from .look import look
from .viewer import Viewer

# Pages that go away by themselves: the skeleton until it is drawn, the challenge that a real browser passes.
PASSING = {"shell", "unknown", "waf"}
DEATH_WORDS = ("disconnected", "not reachable", "crashed", "no such window", "invalid session", "closed")
POLL_S = 0.01
# A pressed button is given this long before the page is looked at.
PRESSED_S = 0.3


class Session:
    """A started browser. Every method is a turn, takes plain values and returns text."""

    def __init__(self, config: BrowserConfig, url: str, cut: Callable[[], bool]) -> None:
        self._config, self._url, self._cut = config, url, cut
        self._launched: Launched = launch(config, url)
        self._driver = self._launched.driver
        self._viewer: Viewer | None = None
        self._current: Current | None = None
        self._era: str | None = None
        self.facts = dict(self._launched.facts)

    def turn(self, action: str, told: dict[str, Any]) -> Turn:
        """Do one *action*; *told* are the keyword arguments of the method of that name.

        Raises:
            BrowserDied: the browser or its driver is gone.
        """
        actions: dict[str, Callable[..., Turn]] = {
            "robots": self._robots,
            "open": self._open,
            "enter": self._enter,
            "step": self._step,
            "ask": self._ask,
            "press": self._press,
            "look": self._look_again,
        }
        with deaths_named():
            return actions[action](**told)

    def close(self) -> None:
        """End the browser and every process of it."""
        self._launched.close()

    def kill(self) -> None:
        """Kill the driver, and with it the browser: the one thing that another thread may do."""
        service = getattr(self._driver, "service", None)
        if service is not None and service.process is not None:
            service.process.kill()

    @property
    def driver(self) -> Any:
        """The live driver, for the middleware's stock requests, in this thread only."""
        return self._driver

    def _robots(self, url: str) -> Turn:
        self._driver.get(urljoin(url, "/robots.txt"))
        text = self._driver.execute_script("return document.body ? document.body.innerText : ''")
        return self._turn("robots", "ok", html=text, facts=self.facts)

    def _open(self, url: str, timeout: float) -> Turn:
        events = self._launched.capture.drain()  # bodies are gone after a navigation
        try:
            self._driver.get(url)
        except TimeoutException:
            return self._turn("open", "slow", events=events)
        seen, page, passed = self._settle(timeout)
        self._know(page)
        return self._turn(
            "open",
            "cut" if self._cut() else "ok",
            seen=seen,
            events=events,
            html=self._driver.page_source,
            facts={**self.facts, "era": page.era or "", "passed": ",".join(passed)},
        )

    def _settle(self, timeout: float) -> tuple[Look, Page, list[str]]:
        """Look until the page is one that stays, or *timeout* seconds have passed; tell which obstacles passed."""
        end = time.monotonic() + timeout
        passed: list[str] = []
        while True:
            seen = look(self._driver)
            page = recognise(seen)
            if page.kind == "waf" and "waf" not in passed:
                passed.append("waf")
            if page.kind not in PASSING or time.monotonic() >= end or self._cut():
                return seen, page, passed
            time.sleep(0.05)

    def _enter(self, timeout: float) -> Turn:
        self._current = self._need_viewer().enter(timeout)
        return self._turn("enter", self._outcome())

    def _step(self, timeout: float, back: bool = False, known: tuple[str, ...] | None = None) -> Turn:
        viewer = self._need_viewer()
        found = viewer.step(timeout, back=back)
        if found is not None:
            self._current = found
            if known is not None and found.creator and found.creator not in known:
                viewer.rest_on_creator(found)  # the page's own delay passes while it is looked at
        outcome = "ok" if found is not None else self._outcome(stuck=True)
        return self._turn("step", outcome, facts={"presses": str(viewer.presses)})

    def _outcome(self, stuck: bool = False) -> str:
        if self._cut():
            return "cut"
        return "stuck" if stuck or self._current is None else "ok"

    def _ask(self, username: str, timeout: float, until: str, picture: str | None = None) -> Turn:
        """Rest on the creator's name until the page has "sent" its request, the "reply" or the "card" is here."""
        viewer, current = self._need_viewer(), self._current
        if current is None:
            return self._turn("ask", "unseen")
        if not viewer.resting:
            viewer.rest_on_creator(current)
        started = time.monotonic()
        events: list[Event] = []
        nudged, card = False, ""
        outcome = "unseen"
        while not self._cut():
            events += self._launched.capture.drain()
            outcome = asked(events, username)
            if until == "card" or picture:
                card = self._card(username)
                outcome = "card" if card else outcome
            if is_enough(outcome, "card" if picture else until) or time.monotonic() - started > timeout:
                break
            if outcome == "unseen" and not nudged and time.monotonic() - started > timeout / 2:
                nudged = True
                viewer.rest_again()
            time.sleep(POLL_S)
        saved = self._picture(Path(picture)) if picture and card else None
        if outcome in {"unseen", "sent"} and not self._cut() and until != "sent":
            card = card or self._card(username)
        return self._turn("ask", "cut" if self._cut() else outcome, events=events, card=card, picture=saved, light=True)

    def _card(self, username: str) -> str:
        """The preview card's HTML once it shows *username*'s counts; "" until then."""
        return str(self._driver.execute_script(CARD_JS, asdict(CARD), username) or "")

    def _picture(self, path: Path) -> str | None:
        """Save the picture of the card's counts line; None where the line is gone by now."""
        try:
            png = self._driver.find_element(By.CSS_SELECTOR, CARD.stats).screenshot_as_png
        except WebDriverException:
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)
        return str(path)

    def _press(self, x: float, y: float, timeout: float) -> Turn:
        """Click a button at a point of the viewport, in CSS pixels, and look at what comes of it."""
        (self._viewer or Viewer(self._driver, ERAS["b"], self._cut)).click(x, y)
        time.sleep(PRESSED_S)
        seen, page, _ = self._settle(timeout)
        self._know(page)
        return self._turn("press", "ok", seen=seen, facts={"era": self._era or ""}, html=self._driver.page_source)

    def _know(self, page: Page) -> None:
        """Take the names of the era that *page* shows, once."""
        if page.era and self._viewer is None:
            self._era = page.era
            self._viewer = Viewer(self._driver, ERAS[page.era], self._cut)

    def _look_again(self, wait: float = 0.0) -> Turn:
        """Read what has arrived, after *wait* seconds at most if nothing has."""
        end = time.monotonic() + wait
        events = self._launched.capture.drain()
        while not events and time.monotonic() < end and not self._cut():
            time.sleep(POLL_S)
            events = self._launched.capture.drain()
        return self._turn("look", "ok", events=events, light=True)

    def _need_viewer(self) -> Viewer:
        if self._viewer is None:
            raise BrowserError("no feed is open: an 'open' turn has to come first")
        return self._viewer

    def _turn(
        self,
        action: str,
        outcome: str,
        *,
        seen: Look | None = None,
        events: list[Event] | None = None,
        light: bool = False,
        **rest: Any,
    ) -> Turn:
        """What is told of a turn; a *light* one brings traffic only and does not look at the page."""
        if seen is None:
            seen = Look(url="", title="", text="") if light else look(self._driver)
        return Turn(
            action=action,
            outcome=outcome,
            at=time.time(),
            url=seen.url,
            look=seen,
            events=(*(events or []), *self._launched.capture.drain()),
            current=self._current,
            **rest,
        )


CARD_JS = """
const [names, username] = arguments;
const text = (css) => (document.querySelector(css) || {}).textContent || "";
const ready = (shown) => shown.trim() && !shown.includes("--");
const root = document.querySelector(names.root);
if (!root || !ready(text(names.followers)) || !ready(text(names.likes))) return null;
const shownName = text(names.username).trim();
return !shownName || shownName === username ? root.outerHTML : null;
"""


def asked(events: list[Event], username: str) -> str:
    """How far the page's request for *username* has come in *events*."""
    outcome = "unseen"
    for event in events:
        if event.username == username:
            outcome = {"sent": "sent", "creator": "reply", "lost": "lost"}[event.kind]
    return outcome


def is_enough(outcome: str, until: str) -> bool:
    """Whether a rest that waits *until* "sent", "reply" or "card" may end at *outcome*."""
    enough = {
        "sent": {"sent", "reply", "lost"},
        "reply": {"reply", "lost"},
        "card": {"card"},
    }
    return outcome in enough[until]


@contextmanager
def deaths_named() -> Iterator[None]:
    """Turn what selenium raises when the browser is gone into BrowserDied."""
    try:
        yield
    except (InvalidSessionIdException, NoSuchWindowException, HTTPError, ConnectionError) as error:
        raise BrowserDied(f"the browser or its driver is gone: {first_line(error)}") from error
    except WebDriverException as error:
        if any(word in str(error).lower() for word in DEATH_WORDS):
            raise BrowserDied(f"the browser or its driver is gone: {first_line(error)}") from error
        raise BrowserError(f"the browser refused a turn: {first_line(error)}") from error


def first_line(error: BaseException) -> str:
    """The first line of an error's text: selenium adds a stack of addresses to it."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
