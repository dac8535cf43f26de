"""The viewer: enter it, see which post is on screen, press a key, rest the pointer on the creator's name.

Written against the tables of pages/names.py; what is on screen is read by one script (arrived.js), and key and
pointer go through one W3C actions call, which works in every browser.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from selenium.common.exceptions import MoveTargetOutOfBoundsException
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver

from ..pages.names import EraNames
from ..pages.state import Look
from ..turn import Current
from .look import LOOK_JS, brief

CURRENT_JS = LOOK_JS + (Path(__file__).parent / "arrived.js").read_text(encoding="utf-8")
# The first card that is no LIVE card, brought into view: the middle of what opens it.
OPENER_JS = """
const [names] = arguments;
const cards = [...document.querySelectorAll(names.feed_card)].filter((card) => !card.querySelector(names.live));
for (const scope of [...cards, document]) {
  const opener = scope.querySelector(names.opener);
  if (!opener) continue;
  opener.scrollIntoView({ block: "center" });
  const r = opener.getBoundingClientRect();
  if (r.width && r.height) return [r.x + r.width / 2, Math.min(r.y + r.height / 2, innerHeight - 5)];
}
return null;
"""
MIDDLE_JS = """
const element = [...document.querySelectorAll(arguments[0])].find((e) => e.getBoundingClientRect().width > 0);
if (!element) return null;
const r = element.getBoundingClientRect();
return [r.x + r.width / 2, r.y + r.height / 2];
"""
# Long enough to see twice where the post is: one that still moves is not read.
STILL_S = 0.1


class Viewer:
    """The full-screen view of one page; remembers where the pointer is and which post was shown last."""

    def __init__(self, driver: WebDriver, names: EraNames, cut: Callable[[], bool]) -> None:
        self._driver, self._names, self._cut = driver, names, cut
        self._key = ""
        self._away: tuple[float, float] = (2, 2)
        self.resting = False  # on the name of the post on screen
        self._on_a_name = False  # maybe the last one's: a new link there is entered without a move
        # Whether it leaves the name with each step: a page that keeps its link sees it come only if it has left. It
        # costs a frame, so it is not done before it is needed.
        self.leaves = False
        # Whether it does so before the key: a page that draws the next link under it would ask for that one by chance.
        self.leaves_first = False
        self.read_at = 0.0
        self.moving = False  # the media or the texts of the next post are on their way
        self.presses = 0
        self.seen: Look | None = None  # what covered the page, and what did not, when the last post was read

    def enter(self, timeout: float) -> Current | None:
        """Open the first video of the feed; None if no viewer came within *timeout* seconds."""
        end = time.monotonic() + timeout
        while time.monotonic() < end and not self._cut():
            if point := self._driver.execute_script(OPENER_JS, asdict(self._names)):
                self.click(*point)
                if found := self.wait(min(2.0, timeout)):
                    return found
            else:
                time.sleep(0.05)
        return None

    def rest_on_creator(self, current: Current) -> None:
        """Move the pointer onto the creator's name, where the site draws the preview card."""
        x, y = current.x + min(current.width / 2, 30), current.y + current.height / 2
        with contextlib.suppress(MoveTargetOutOfBoundsException):  # scrolled away meanwhile: rest_again finds it
            self._point([self._move(x, y)])
            self.resting = self._on_a_name = True

    def rest_again(self) -> Current | None:
        """Take the pointer away and put it on the name anew, wherever that is now."""
        found = self._read(STILL_S, last_key="")
        if found is not None:
            self.leave()
            self.rest_on_creator(found)
        return found

    def leave(self) -> None:
        """Take the pointer off a name, so that the page asks for nobody unwanted."""
        if self._on_a_name:
            self._point([self._move(*self._away)])
        self.resting = self._on_a_name = False

    def click(self, x: float, y: float) -> None:
        """Click at a point of the viewport, in CSS pixels."""
        self._point([self._move(x, y), {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])
        self.resting = self._on_a_name = False

    def click_next(self) -> bool:
        """Click the view's next button; False where there is none."""
        return self.click_on(self._names.next_button)

    def click_on(self, css: str) -> bool:
        """Click the middle of the first drawn element of *css*; False where there is none."""
        point = self._driver.execute_script(MIDDLE_JS, css) if css else None
        if point is None:
            return False
        self.click(*point)
        return True

    def wait(self, seconds: float) -> Current | None:
        """The next post, once it has wholly arrived; None if none has within *seconds*."""
        return self._read(seconds, last_key=self._key)

    def _read(self, seconds: float, *, last_key: str) -> Current | None:
        told = self._driver.execute_async_script(CURRENT_JS, asdict(self._names), last_key, seconds * 1000, brief())
        self.read_at = time.monotonic()
        self.moving = told == "moving"
        if told is None or self.moving:
            return None
        self.seen = Look.from_dict(told.pop("look"))
        self._key, self._away = told.pop("key"), tuple(told.pop("away"))
        return Current(**told)

    def press(self, key: str) -> None:
        """Press a key; the pointer leaves the name before or after, where it has to."""
        self.presses += 1
        if self.leaves_first:
            self.leave()
        self._act("key", [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}])
        self.resting = False
        if self.leaves:
            self.leave()  # while the page is still changing

    @staticmethod
    def _move(x: float, y: float) -> dict[str, Any]:
        return {"type": "pointerMove", "duration": 0, "x": int(x), "y": int(y), "origin": "viewport"}

    def _point(self, actions: list[dict[str, Any]]) -> None:
        self._act("pointer", actions, parameters={"pointerType": "mouse"})

    def _act(self, device: str, actions: list[dict[str, Any]], **rest: Any) -> None:
        told = {"type": device, "id": device, "actions": actions, **rest}
        self._driver.execute(Command.W3C_ACTIONS, {"actions": [told]})
