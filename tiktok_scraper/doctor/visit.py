"""One visit of the feed: the crawl's own turns and decisions, three steps long, and nothing kept but what they told.

It is driven here and not by Scrapy, in the thread that owns the browser; no line, reply or picture is written.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from parsel import Selector

from ..browser.deaths import deaths_named
from ..config import CrawlConfig
from ..errors import BrowserDied, BrowserError
from ..pages.dom import parsed
from ..pages.state import recognise
from ..turn import Turn
from ..walk.allowed import judged
from ..walk.asking import Asking
from ..walk.contact import Contact
from ..walk.decisions import Ask, Decision, End, Press, Step
from ..walk.intake import Intake
from ..walk.orders import Orders
from ..walk.sightings import Sightings
from ..walk.walk import Walk
from .name_hits import NameHits

STEPS = 3
THREE_STEPS = "three steps made"
DEADLINE_S = 180.0
# More posts than a visit can come to.
MOST_POSTS = 100
# How a rest ended by which the page had asked for the creator.
ASKED = {"sent", "reply", "lost", "failed", "card"}
_ADDRESS = re.compile(r"/(?P<kind>video|photo)/(?P<id>\d+)")


class Browser(Protocol):
    """What is needed of browser/session.py."""

    def turn(self, action: str, told: dict[str, Any]) -> Turn: ...

    @property
    def driver(self) -> Any: ...


@dataclass(slots=True)
class Visited:
    """What came of a visit. ended: `THREE_STEPS`, or a reason as of a run; robots: the decision on robots.txt.

    pages: the kinds of page met, in their order; asks: how the rests on creators' names went; signs: of pages/signs.py,
    the most elements of each that one look saw.
    """

    contact: Contact
    names: NameHits = field(default_factory=NameHits)
    ended: str = ""
    why: str = ""
    robots: str = ""
    steps: int = 0
    pages: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    asks: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)


def visit(browser: Browser, config: CrawlConfig, url: str, contact: Contact) -> Visited:
    """Visit *url* once, if its robots.txt allows it; a browser that dies or refuses a turn ends the visit."""
    crawl = replace(config, evidence=False, keep_raw=False, contact=False, creator_counts="always")
    visited = Visited(contact)
    visitor = _Visitor(browser, crawl, url, visited)
    try:
        if _may_open(browser, url, visited):
            visitor.walk_on()
    except BrowserError as error:
        visited.ended, visited.why = "browser-died" if isinstance(error, BrowserDied) else "browser-refused", str(error)
    visitor.settle()
    return visited


def _may_open(browser: Browser, url: str, visited: Visited) -> bool:
    turn = browser.turn("robots", {"url": url})
    visited.contact.take(turn)
    if turn.outcome != "ok":
        visited.ended, visited.why = turn.outcome, turn.facts.get("why", "")
        return False
    verdict = judged(turn, url)
    visited.robots = verdict.decision
    visited.ended = "" if verdict.allowed else "robots"
    return verdict.allowed


class _Visitor:
    """Takes turns until three steps are made or the walk ends."""

    def __init__(self, browser: Browser, crawl: CrawlConfig, url: str, visited: Visited) -> None:
        self._browser, self._visited = browser, visited
        self._orders = Orders(crawl, url, "")
        sightings = Sightings("", crawl.source, crawl.card_timeout)
        asking = Asking(crawl, sightings, self._note)
        self._sightings = sightings
        self._intake = Intake(crawl, sightings, self._note, lambda _: None, contact=visited.contact)
        ends_at = time.monotonic() + min(DEADLINE_S, crawl.deadline)
        self._walk = Walk(crawl, sightings, asking, MOST_POSTS, ends_at, self._note, lambda _: None)

    def walk_on(self) -> None:
        """Do what the walk decides."""
        action, told = self._orders.opening()
        while True:
            turn = self._browser.turn(action, told)
            for _ in self._intake.take(self._walk, turn):
                self._note("unreadable-card")
            self._look(turn)
            decision = self._walk.next(turn, time.monotonic())
            if isinstance(decision, End):
                self._visited.ended, self._visited.why = decision.reason, turn.facts.get("why", "")
                return
            self._visited.steps += turn.action == "step" and turn.outcome == "ok"
            if self._visited.steps >= STEPS and isinstance(decision, Step):
                self._visited.ended = THREE_STEPS
                return
            self._pause(decision)
            action, told = self._orders.of(decision)
            if isinstance(decision, Ask):
                told["until"] = "card"  # here it is the card itself that is asked about

    def settle(self) -> None:
        """The visit is over: what the replies say of the posts that were shown counts now."""
        self._visited.names.settle({id: item for id, (item, _) in self._sightings.items.items()})

    def _pause(self, decision: Decision) -> None:
        if isinstance(decision, Press):
            time.sleep(decision.after)
        elif isinstance(decision, Step) and not decision.back:
            time.sleep(max(0.0, self._walk.next_step_at - time.monotonic()))

    def _look(self, turn: Turn) -> None:
        """Note what *turn* tells of names and obstacles."""
        visited, era, kind = self._visited, turn.facts.get("era") or self._walk.era, ""
        if turn.look.url:
            kind = recognise(turn.look).kind
            visited.signs |= Counter(turn.look.counts)
            if visited.pages[-1:] != [kind]:
                visited.pages.append(kind)
        if turn.action == "ask":
            visited.asks[turn.outcome] += 1
            visited.names.card(self._page(), asked=turn.outcome in ASKED)
        elif turn.action in {"open", "press"} and turn.current is None:
            self._look_at_page(turn, kind, era)
        elif turn.action in {"enter", "step"} and (view := self._walk.entering.view):
            self._look_at_view(turn, view, era)

    def _look_at_page(self, turn: Turn, kind: str, era: str) -> None:
        refused = any(event.is_refused for event in turn.documents)
        if kind == "feed":
            self._visited.names.opened(self._page(), era)
        elif kind == "video-page" or (kind == "unknown" and _ADDRESS.search(turn.look.url)):
            self._visited.names.lone(self._page())
        elif kind == "unknown" and not refused:
            self._visited.names.unknown(self._page(), listed=bool(self._sightings.items))

    def _look_at_view(self, turn: Turn, view: str, era: str) -> None:
        names, current = self._visited.names, turn.current
        if current is None or turn.outcome != "ok":
            if turn.action == "enter" and view == "viewer":
                moved = bool(_ADDRESS.search(turn.url)) and not turn.documents
                names.not_entered(self._page(), era, turn.outcome, moved=moved)
            return
        names.entered(view, self._page(), era)
        current = self._walk.odd.identified(current, self._walk.order, self._walk.position)  # as the walk will
        if current.live or current.odd:
            names.unread(view, era, current.html)
            return
        address = _ADDRESS.search(turn.url)
        kind = address["kind"] if address and address["id"] == current.id else ""
        names.post(view, era, current.html, current.id, kind)

    def _page(self) -> Selector:
        """The page as it is now."""
        with deaths_named():
            return parsed(self._browser.driver.page_source)

    def _note(self, name: str) -> None:
        self._visited.notes[name] += 1
