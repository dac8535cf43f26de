"""One browser and what can be asked of it, an action a turn. Lives in the thread that owns the driver."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from ..config import BrowserConfig
from ..errors import BrowserError
from ..pages.names import names_of
from ..pages.signs import css_of
from ..pages.state import Look, Page, better_era, recognise
from ..turn import Current, Event, Turn
from .capture import NetworkCapture
from .deaths import deaths_named
from .navigation import is_no_page, opened, shown, told_of, why_not
from .start.launch import Launched, launch
from .view.enter import enter_feed, enter_viewer
from .view.keep import keep_page
from .view.look import look
from .view.reach import cover_told, reach
from .view.rest import Rest, save_counts_line
from .view.settled import settled
from .view.step import step
from .view.viewer import Viewer

POLL_S = 0.01
# A step reads the traffic while the page changes; only one that took longer than this may have waited for a list.
FRESH_S = 0.15
# The event of a page that has loaded comes a moment after the page.
DOCUMENT_WITHIN_S = 1.0
# A pressed button is given this long before the page is looked at.
PRESSED_S = 0.3


class Session:
    """A started browser: each method is a turn, plain values to text. cut: the run ends; needless: see `launch`."""

    def __init__(
        self, config: BrowserConfig, url: str, cut: Callable[[], bool], needless: Callable[[], bool] = lambda: False
    ) -> None:
        self._config, self._url, self._cut = config, url, cut
        self._launched: Launched = launch(config, url, needless)
        self._driver = self._launched.driver
        self._viewer: Viewer | None = None
        self._current: Current | None = None
        self._era: str | None = None
        self._since_step: tuple[Event, ...] = ()
        self._drained_at = 0.0
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
            "keep": self._keep,
            "look": self._look_again,
        }
        with deaths_named():
            return actions[action](**told)

    def close(self) -> None:
        """End the browser and every process of it."""
        self._launched.close()

    def kill(self) -> None:
        """Kill it: the one thing that another thread may do."""
        self._launched.kill()

    @property
    def driver(self) -> Any:
        """The live driver, for the middleware's stock requests, in this thread only."""
        return self._driver

    @property
    def capture(self) -> NetworkCapture:
        """What the page received, likewise."""
        return self._launched.capture

    def _robots(self, url: str) -> Turn:
        self._drain()  # what the browser opened before is not what is asked for
        outcome, self.facts["why"] = opened(self._driver, urljoin(url, "/robots.txt"))
        text = self._driver.execute_script("return document.body ? document.body.innerText : ''")
        end = time.monotonic() + DOCUMENT_WITHIN_S
        while not (events := self._documents()) and time.monotonic() < end and outcome == "ok":
            time.sleep(POLL_S)
        if events and events[-1].kind != "document":
            outcome, self.facts["why"] = "dropped", events[-1].body  # the text is the browser's own, about an error
        return self._turn("robots", outcome, events=events, html=text, facts=self.facts)

    def _documents(self) -> list[Event]:
        """The pages that came since the last drain, or were to come and failed."""
        kinds = {"document", "lost", "failed"}
        return [event for event in self._drain() if event.kind in kinds and event.username is None]

    def _open(self, url: str, timeout: float) -> Turn:
        events = self._drain()  # bodies are gone after a navigation
        self._launched.capture.forget_failures()
        before = shown(self._driver)
        outcome, self.facts["why"] = opened(self._driver, url)
        if outcome == "ok" and is_no_page(self._driver, url, before):
            outcome, self.facts["why"] = "dropped", why_not(self._drain())
        if outcome != "ok":
            return self._turn("open", outcome, events=events, facts=self.facts)
        seen, page, passed = settled(self._driver, timeout, self._cut)
        self._know(page)
        self.facts |= told_of(self._driver)
        return self._turn(
            "open",
            "cut" if self._cut() else "ok",
            seen=seen,
            events=events,
            html=self._driver.page_source,
            facts={**self.facts, "era": page.era or "", "passed": ",".join(passed)},
        )

    def _enter(self, timeout: float, view: str = "viewer") -> Turn:
        """Go into the "viewer" or walk the "feed" in place; what the era is may be seen better by now."""
        self._know(recognise(look(self._driver)))
        if self._era is None:
            raise BrowserError("no feed is open: an 'open' turn has to come first")
        viewer = self._viewer = Viewer(self._driver, names_of(view, self._era), self._cut)
        if view == "feed":
            entered = enter_feed(viewer, timeout, self._cut)
        else:
            entered = enter_viewer(self._driver, viewer, timeout, self._cut)
        self._current = entered.current
        facts = {"era": self._era, "view": view, "opener": entered.opener, "cover": cover_told(entered.cover)}
        return self._turn("enter", "cut" if self._cut() else entered.outcome, facts=facts)

    def _step(self, timeout: float, back: bool = False, known: tuple[str, ...] | None = None) -> Turn:
        viewer = self._need_viewer()
        events: list[Event] = []
        found = step(viewer, timeout, cut=self._cut, back=back, meanwhile=lambda: events.extend(self._drain()))
        if found is not None:
            self._current = found
            if known is not None and found.creator and found.creator not in known:
                viewer.rest_on_creator(found)  # the page's own delay passes while the turn is told
            else:
                viewer.leave()
        outcome = "ok" if found is not None else "cut" if self._cut() else "stuck"
        seen = viewer.seen if found is not None else None
        if seen is not None and recognise(seen).kind not in {"viewer", "feed"}:
            seen = None  # something covers it: now every word counts
        if outcome == "stuck":
            viewer.look_for_cover()
        cover = viewer.cover if outcome == "stuck" else None
        facts = {"presses": str(viewer.presses), "stepper": viewer.stepper, "cover": cover_told(cover)}
        return self._turn("step", outcome, seen=seen, events=events, facts=facts)

    def _ask(self, username: str, timeout: float, until: str, picture: str | None = None) -> Turn:
        """Rest on the creator's name until the page has "sent" its request, the "reply" or the "card" is here."""
        viewer = self._need_viewer()
        if self._current is None:
            return self._turn("ask", "unseen")
        rest = Rest(self._driver, self._launched.capture, viewer, self._cut)
        rested = rest.on(self._current, username, timeout, "card" if picture else until, self._since_step)
        saved = save_counts_line(self._driver, Path(picture)) if picture and rested.card else None
        return self._turn("ask", rested.outcome, events=rested.events, card=rested.card, picture=saved, light=True)

    def _press(self, sign: str, timeout: float, words: str = "") -> Turn:
        """Press a button that the site offers, where nothing covers it, and look at what comes of it."""
        found = reach(self._driver, css_of(sign), words=words or None)
        outcome = "gone" if found is None else "covered" if found.cover else "ok"
        if found is not None and found.cover is None:
            hand = self._viewer or Viewer(self._driver, names_of("feed", ""), self._cut)
            hand.click(found.x, found.y)
            time.sleep(PRESSED_S)
        seen, page, _ = settled(self._driver, timeout, self._cut)
        self._know(page)
        facts = {"era": self._era or "", "cover": cover_told(found.cover if found else None)}
        return self._turn("press", outcome, seen=seen, facts=facts, html=self._driver.page_source)

    def _keep(self, folder: str, run: str) -> Turn:
        """Keep what the page looks like, for whoever wants to know why the run has ended."""
        return self._turn(
            "keep", "ok", facts={"kept": ",".join(keep_page(self._driver, Path(folder), run))}, light=True
        )

    def _know(self, page: Page) -> None:
        """Take the era that *page* shows, until a post of a view has been seen."""
        if self._current is None:
            self._era = better_era(page.era, self._era or "") or None

    def _look_again(self, wait: float = 0.0, closing: bool = False) -> Turn:
        """Read what has arrived, after *wait* seconds at most if nothing has; *closing*: though the run is ending."""
        end = time.monotonic() + wait
        events = self._drain()
        while not events and time.monotonic() < end and (closing or not self._cut()):
            time.sleep(POLL_S)
            events = self._drain()
        return self._turn("look", "ok", events=events, light=True)

    def _drain(self) -> list[Event]:
        self._drained_at = time.monotonic()
        return self._launched.capture.drain()

    def _need_viewer(self) -> Viewer:
        if self._viewer is None:
            raise BrowserError("no view is entered: an 'enter' turn has to come first")
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
        """What is told of a turn; a *light* one brings traffic only: no look at the page, no HTML of the post."""
        current = replace(self._current, html="") if light and self._current else self._current
        if seen is None:
            seen = Look(url="", title="", text="") if light else look(self._driver)
        fresh = action == "step" and time.monotonic() - self._drained_at < FRESH_S
        told = (*(events or []), *(() if fresh else self._drain()))
        if action == "step":
            self._since_step = told  # the pointer may have come to rest in this turn
        if not light and (action != "step" or outcome != "ok"):
            late = "awaited" if self._launched.capture.awaits_list() else ""
            rest["facts"] = {**rest.get("facts", {}), "errors": self._launched.capture.failures(), "list": late}
        return Turn(
            action=action,
            outcome=outcome,
            at=time.time(),
            url=seen.url,
            look=seen,
            events=told,
            current=current,
            **rest,
        )
