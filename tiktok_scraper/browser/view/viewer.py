"""The view in which posts are walked: which one is on screen, the keys, the wheel and the pointer.

Written against the tables of pages/names.py; what is on screen is read by one script (arrived.js), and key, wheel and
pointer go through one W3C actions call, which works in every browser.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from selenium.common.exceptions import MoveTargetOutOfBoundsException
from selenium.webdriver.remote.command import Command
from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.names import ViewNames
from ...pages.state import Look
from ...turn import Current
from .look import brief
from .reach import Cover, Reached, cover_over, reach
from .scripts import script

ARRIVED_JS = script("look.js", "arrived.js")
# How far the next card's middle is from the middle of the screen; where no card is known, a page's height.
FAR_JS = """
const [card, view, back] = arguments;
const root = document.querySelector(view) || document;
const middles = [...root.querySelectorAll(card)].map((element) => element.getBoundingClientRect())
  .filter((r) => r.height > 0).map((r) => r.y + r.height / 2 - innerHeight / 2);
const ahead = middles.filter((far) => (back ? far < -20 : far > 20));
return ahead.length ? (back ? Math.max(...ahead) : Math.min(...ahead)) : (back ? -innerHeight : innerHeight);
"""
# Long enough to see twice where the post is: one that still moves is not read.
STILL_S = 0.1
UNTOLD = "nothing tells which it is"  # as arrived.js says it
# A post that has not told which it is by then is given out as odd: sooner where nothing will tell it, as of a photo in
# a feed without menus, than where what tells it does not agree yet.
ODD_AFTER_S = 5.0
UNTOLD_AFTER_S = 1.0


class Viewer:
    """The view of one page; remembers where the pointer is and which post was shown last."""

    def __init__(self, driver: WebDriver, names: ViewNames, cut: Callable[[], bool]) -> None:
        self._driver, self.names, self._cut = driver, names, cut
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
        self._unsettled = ("", 0.0)  # a post that does not tell which it is, and since when
        self.presses = 0
        self.cover: Cover | None = None  # what lay over the next button when it was wanted, or over the post
        self.stepper = ""  # what steps this view, once that is known
        self.seen: Look | None = None  # what covered the page, and what did not, when the last post was read

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

    def wait(self, seconds: float) -> Current | None:
        """The next post, once it has wholly arrived; None if none has within *seconds*."""
        return self._read(seconds, last_key=self._key)

    def key(self, key: str) -> None:
        """Press a key; the pointer leaves the name before or after, where it has to."""
        self.presses += 1
        if self.leaves_first:
            self.leave()
        self._act("key", [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}])
        self.resting = False
        if self.leaves:
            self.leave()  # while the page is still changing

    def next_button(self) -> Reached | None:
        """Where the view's own next button can be pressed: never one outside the view or beneath it."""
        return reach(self._driver, self.names.next_button, root=self.names.viewer)

    def press_next(self) -> bool:
        """Press the view's next button; False where none can be reached."""
        found = self.next_button()
        self.cover = found.cover if found is not None else None
        if found is None or found.cover is not None:
            return False
        self.presses += 1
        self.click(found.x, found.y)
        return True

    def look_for_cover(self) -> None:
        """See what lies over the post, where nothing was found over the next button: `cover` has it then."""
        middle = self._driver.execute_script("return [innerWidth / 2, innerHeight / 2]")
        self.cover = self.cover or cover_over(self._driver, self.names, self._away, tuple(middle))

    def turn_wheel(self, back: bool = False) -> None:
        """Turn the wheel as far as the next card's middle, the pointer on the post."""
        self.presses += 1
        far = int(self._driver.execute_script(FAR_JS, self.names.feed_card, self.names.viewer, back))
        x, y = (int(part) for part in self._away)
        told = {"type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": far}
        self._act("wheel", [{**told, "duration": 0, "origin": "viewport"}])
        self.resting = self._on_a_name = False

    def click(self, x: float, y: float) -> None:
        """Click at a point of the viewport, in CSS pixels; what lies there has been asked before (reach.py)."""
        self._point([self._move(x, y), {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}])
        self.resting = self._on_a_name = False

    def _read(self, seconds: float, *, last_key: str) -> Current | None:
        told = self._driver.execute_async_script(ARRIVED_JS, asdict(self.names), last_key, seconds * 1000, brief())
        self.read_at = time.monotonic()
        self.moving = told == "moving" or (told is not None and "odd" in told)
        if told is None or told == "moving" or ("odd" in told and not self._stays_odd(told["key"], told["odd"])):
            return None
        self.seen = Look.from_dict(told.pop("look"))
        self._key, self._away = told.pop("key"), tuple(told.pop("away"))
        return Current(**told)

    def _stays_odd(self, key: str, why: str) -> bool:
        """Whether an unsettled post has been so for long enough."""
        if self._unsettled[0] != key:
            self._unsettled = (key, self.read_at)
        return self.read_at - self._unsettled[1] >= (UNTOLD_AFTER_S if why == UNTOLD else ODD_AFTER_S)

    @staticmethod
    def _move(x: float, y: float) -> dict[str, Any]:
        return {"type": "pointerMove", "duration": 0, "x": int(x), "y": int(y), "origin": "viewport"}

    def _point(self, actions: list[dict[str, Any]]) -> None:
        self._act("pointer", actions, parameters={"pointerType": "mouse"})

    def _act(self, device: str, actions: list[dict[str, Any]], **rest: Any) -> None:
        told = {"type": device, "id": device, "actions": actions, **rest}
        self._driver.execute(Command.W3C_ACTIONS, {"actions": [told]})
