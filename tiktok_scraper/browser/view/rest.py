"""The pointer rests on a creator's name: what the page asks for, and what its preview card shows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.names import CARD
from ...turn import Current, Event
from ..capture import NetworkCapture
from .viewer import Viewer

# Each look at the traffic takes about as long again.
POLL_S = 0.005
# The card once it shows this creator's counts ("--" until they are loaded), as HTML; null until then.
CARD_JS = """
const [names, username] = arguments;
const root = document.querySelector(names.root);
const text = (css) => ((root && root.querySelector(css)) || {}).textContent || "";
const ready = (shown) => shown.trim() && !shown.includes("--");
if (!ready(text(names.followers)) || !ready(text(names.likes))) return null;
return text(names.username).trim().replace(/^@/, "") === username ? root.outerHTML : null;
"""
ENOUGH = {
    "sent": {"sent", "reply", "lost", "failed"},
    "reply": {"reply", "lost", "failed"},
    "card": {"card"},
}


@dataclass(slots=True)
class Rested:
    """outcome: as of an ask in `turn.Turn`; card: the card's HTML where it was read."""

    outcome: str = "unseen"
    events: list[Event] = field(default_factory=list)
    card: str = ""


@dataclass(frozen=True, slots=True)
class Rest:
    """How a rest is made: whose page, whose traffic, which pointer, and whether the run is ending."""

    driver: WebDriver
    capture: NetworkCapture
    viewer: Viewer
    cut: Callable[[], bool]

    def on(self, current: Current, username: str, timeout: float, until: str, before: Sequence[Event] = ()) -> Rested:
        """Rest on *username*'s name until "sent", "reply" or "card", *timeout* seconds at most.

        before: what the page's traffic told since the pointer came, where that was in an earlier turn.

        A page that asks nothing in half that time is nudged: the pointer leaves and comes back, once; from then on
        it leaves every name.
        """
        self.viewer.leaves_first |= until != "sent"  # whoever waits for replies lets nobody be asked by chance
        if not self.viewer.resting:
            self.viewer.rest_on_creator(current)
        started, nudged = time.monotonic(), False
        rested = Rested()
        # A card that closed before the pointer came to rest cancelled its request: that one is not what is waited for.
        before = before if asked(before, username) not in {"lost", "failed"} else ()
        while not self.cut():
            rested.events += self.capture.drain()
            rested.outcome = asked([*before, *rested.events], username)
            if until == "card" and (card := self._card(username)):
                rested.card, rested.outcome = card, "card"
            passed = time.monotonic() - started
            if rested.outcome in ENOUGH[until] or passed > timeout:
                break
            if rested.outcome == "unseen" and not nudged and passed > timeout / 2:
                nudged = self.viewer.rest_again() is not None
                self.viewer.leaves = True
            time.sleep(POLL_S)
        else:
            rested.outcome = "cut"
        if rested.outcome == "unseen" or (rested.outcome == "sent" and until == "reply"):
            rested.card = self._card(username)  # what the network did not tell, the card may
        return rested

    def _card(self, username: str) -> str:
        return str(self.driver.execute_script(CARD_JS, asdict(CARD), username) or "")


def asked(events: Sequence[Event], username: str) -> str:
    """How far the page's request for *username* has come: "unseen", "sent", "reply", "lost" or "failed"."""
    outcome = "unseen"
    for event in events:
        if event.username == username:
            outcome = "reply" if event.kind == "creator" else event.kind
    return outcome


def save_counts_line(driver: WebDriver, path: Path) -> str | None:
    """Save a PNG of the preview card's counts line; None where the line is gone by now."""
    try:
        png = driver.find_element(By.CSS_SELECTOR, CARD.stats).screenshot_as_png
    except WebDriverException:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png)
    return str(path)
