"""The floor: the browser only moved, by the fastest means that a visitor's browser would take for a visitor's own.

The same browser with the same arguments as our crawl's, media blocked. It is started, the feed opened, the view
entered, and the key pressed until so many different TikToks have been on screen. Nothing is read but which one that is:
in the viewer by the address, in the feed by the card at mid-screen. With `--rest sent` the pointer rests on each new
creator until the page has sent its request for them, with `--rest card` until the preview card shows counts.
Chromium's keys and pointer go through its own protocol (2 ms a call), Firefox's through W3C actions.

Run as `python -m benchmarks.crawl.floor URL TIKTOKS [--view feed] [--rest sent|card] [--browser firefox]`; prints what
`peers/told.py` says, with "rested" for counts where the rest had what it was for.
"""

from __future__ import annotations

import argparse
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver

from benchmarks.crawl.peers.told import selenium_trips, tell, tell_trips_at_the_end
from benchmarks.geckodriver import geckodriver
from tiktok_scraper.browser.capture import CREATOR, NetworkCapture, PerformanceLog
from tiktok_scraper.browser.start.launch import Launched, launch
from tiktok_scraper.config import BrowserConfig
from tiktok_scraper.pages.names import CARD, names_of

WITHIN_S = 10.0
AGAIN_MS = 400  # a key that fell while the page was busy is lost
POLL_S = 0.003
ASKED_FOR = re.compile(r'uniqueId=([^&"\\]+)')
# What is on screen, once that is another than the last: its address in the viewer, its card's id in the feed.
# Null where nothing has come in time.
MOVED_JS = """
const [last, css, ms] = arguments, done = arguments[arguments.length - 1], begun = performance.now();
const shown = () => {
  if (!css) return /[/](video|photo)[/][0-9]+/.test(location.pathname) ? location.pathname : "";
  const middle = innerHeight / 2;
  for (const card of document.querySelectorAll(css)) {
    const r = card.getBoundingClientRect();
    if (r.height && r.top <= middle && r.bottom > middle) {
      const media = card.querySelector('[id^="xgwrapper-"]');
      return media ? media.id.split("-").pop() : "";
    }
  }
  return "";
};
const look = () => {
  const now = shown();
  if (now && now !== last) return done(now);
  return performance.now() - begun >= ms ? done(null) : setTimeout(look, 1);
};
look();
"""
# Where the first of these names is drawn, once it is and the creator's name in it is the one that is meant.
PLACE_JS = """
const [names, user, ms] = arguments, done = arguments[arguments.length - 1], begun = performance.now();
const look = () => {
  for (const css of names) for (const found of document.querySelectorAll(css)) {
    const r = found.getBoundingClientRect();
    const link = (found.closest("a") || found.querySelector("a") || {}).href || "";
    if (r.width && (!user || decodeURIComponent(link).includes("/@" + user))) {
      return done([r.x + Math.min(r.width / 2, 30), r.y + r.height / 2]);
    }
  }
  return performance.now() - begun >= ms ? done(null) : setTimeout(look, 1);
};
look();
"""
CARD_JS = """
const [user, names] = arguments, done = arguments[arguments.length - 1], begun = performance.now();
const text = (css) => (document.querySelector(css) || {}).textContent || "";
const look = () => {
  const shown = text(names[1]) && !text(names[1]).includes("--") && text(names[0]).replace(/^@/, "") === user;
  return shown || performance.now() - begun >= 10000 ? done(Boolean(shown)) : setTimeout(look, 1);
};
look();
"""


@dataclass(slots=True)
class Mover:
    """Moves one browser. rest: "none", "sent" or "card"."""

    driver: WebDriver
    capture: NetworkCapture
    view: str
    rest: str
    rested: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)  # for whom the page has sent its request
    chromium: bool = True

    def enter(self) -> str:
        """Open the view; which TikTok is on screen then."""
        names = names_of(self.view, "b")
        if self.view == "viewer":
            self._point(*self._place([f"{names.feed_card} {opener}" for opener in names.openers]), click=True)
        return self._moved("", WITHIN_S * 1000) or ""

    def step(self, last: str) -> str:
        """Press the key until another TikTok than *last* is on screen; which.

        Raises:
            TimeoutError: none comes.
        """
        ends = time.monotonic() + WITHIN_S
        while time.monotonic() < ends:
            self._key()
            if now := self._moved(last, AGAIN_MS):
                return now
        raise TimeoutError(f"nothing came after {last}")

    def rest_on(self, username: str) -> bool:
        """Rest the pointer on a creator who was not rested on before; whether that brought what was waited for."""
        if self.rest == "none" or username in self.rested:
            return username in self.rested
        place = self._place(list(names_of("viewer", "b").creator_link[:1]), username)
        self._point(*place)
        came = self._card(username) if self.rest == "card" else self._sent(username)
        if came:
            self.rested.add(username)
        return came

    def _card(self, username: str) -> bool:
        return bool(self.driver.execute_async_script(CARD_JS, username, [CARD.username, CARD.followers]))

    def _sent(self, username: str) -> bool:
        """Wait for the page's request, which may have gone out already: a link drawn under the pointer is entered."""
        ends = time.monotonic() + WITHIN_S
        while username not in self.asked and time.monotonic() < ends:
            self.asked |= self._asked_for()
            if username not in self.asked:
                time.sleep(POLL_S)
        return username in self.asked

    def _asked_for(self) -> set[str]:
        """By Chromium's log, or by the same BiDi events as our crawl."""
        if not isinstance(self.capture, PerformanceLog):
            return {event.username for event in self.capture.drain() if event.username}
        entries = self.driver.execute("getLog", {"type": "performance"})["value"]
        sent = (text for entry in entries if "Network.requestWillBeSent" in (text := entry["message"]))
        return {unquote(found) for text in sent if CREATOR in text for found in ASKED_FOR.findall(text)}

    def _moved(self, last: str, within_ms: float) -> str | None:
        css = names_of("feed", "b").feed_card if self.view == "feed" else ""
        found = self.driver.execute_async_script(MOVED_JS, last, css, within_ms)
        return None if found is None else str(found)

    def _place(self, names: list[str], username: str = "") -> tuple[float, float]:
        found = self.driver.execute_async_script(PLACE_JS, names, username, WITHIN_S * 1000)
        if found is None:
            raise TimeoutError(f"nothing of {names} was drawn")
        return found[0], found[1]

    def _key(self) -> None:
        if not self.chromium:
            self._act("key", [{"type": "keyDown", "value": "\ue015"}, {"type": "keyUp", "value": "\ue015"}])
            return
        key = {"key": "ArrowDown", "code": "ArrowDown", "windowsVirtualKeyCode": 40}
        self._ask("Input.dispatchKeyEvent", type="rawKeyDown", **key)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **key)

    def _point(self, x: float, y: float, *, click: bool = False) -> None:
        pressing = ["mousePressed", "mouseReleased"] if click else []
        if self.chromium:
            for kind in ("mouseMoved", *pressing):
                told = {"button": "left", "clickCount": 1} if kind != "mouseMoved" else {}
                self._ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, **told)
            return
        move = {"type": "pointerMove", "duration": 0, "x": int(x), "y": int(y), "origin": "viewport"}
        presses = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp") if click]
        self._act("pointer", [move, *presses], parameters={"pointerType": "mouse"})

    def _ask(self, command: str, **told: Any) -> None:
        self.driver.execute_cdp_cmd(command, told)

    def _act(self, device: str, actions: list[dict[str, Any]], **rest: Any) -> None:
        told = {"type": device, "id": device, "actions": actions, **rest}
        self.driver.execute(Command.W3C_ACTIONS, {"actions": [told]})


def walk(launched: Launched, url: str, tiktoks: int, view: str, rest: str) -> None:
    """Move until *tiktoks* different TikToks have been on screen; tell of each."""
    launched.driver.get(url)
    mover = Mover(launched.driver, launched.capture, view, rest, chromium=launched.driver.name != "firefox")
    began, shown, seen = time.monotonic(), mover.enter(), set[str]()
    while True:
        username = creator_of(shown)
        told = "rested" if username and mover.rest_on(username) else ""
        if shown not in seen:
            seen.add(shown)
            tell(
                url=shown, username=username, user_followers=told, user_likes=told, began=began, ended=time.monotonic()
            )
        if len(seen) >= tiktoks:
            return
        began, shown = time.monotonic(), mover.step(shown)


def creator_of(address: str) -> str:
    """The handle in a TikTok's address; "" where it holds none."""
    found = re.match(r"/@([^/]+)/", address)
    return found.group(1) if found else ""


def main() -> None:
    """Start, walk, end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crawl.floor", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("tiktoks", type=int)
    parser.add_argument("--view", choices=("viewer", "feed"), default="viewer")
    parser.add_argument("--rest", choices=("none", "sent", "card"), default="none")
    parser.add_argument("--browser", choices=("chrome", "firefox"), default="chrome")
    told = parser.parse_args()
    tell_trips_at_the_end(selenium_trips())
    driver_path = geckodriver() if told.browser == "firefox" else None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        config = BrowserConfig(
            driver_name=told.browser, driver_path=driver_path, block_media=True, runs_dir=Path(folder) / "runs"
        )
        launched = launch(config, told.url)
        try:
            walk(launched, told.url, told.tiktoks, told.view, told.rest)
        finally:
            launched.close()


if __name__ == "__main__":
    main()
