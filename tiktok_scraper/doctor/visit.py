"""One visit of the feed: the crawl's own turns and decisions, three steps long, and nothing kept but what they told.

It is driven here and not by Scrapy, in the thread that owns the browser; no line, reply or picture is written.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ..config import CrawlConfig
from ..pages.names import CARD, IN_PLACE, names_of
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
from .name_hits import NameHits, spellings

STEPS = 3
THREE_STEPS = "three steps made"
DEADLINE_S = 180.0
# More posts than a visit can come to.
MOST_POSTS = 100
COUNT_JS = "return arguments[0].map((css) => document.querySelectorAll(css).length);"


class Browser(Protocol):
    """What is needed of browser/session.py."""

    def turn(self, action: str, told: dict[str, Any]) -> Turn: ...

    @property
    def driver(self) -> Any: ...


@dataclass(slots=True)
class Visited:
    """What came of a visit. ended: `THREE_STEPS`, or a reason as of a run; robots: the decision on robots.txt.

    pages: the kinds of page met, in their order; asks: how the rests on creators' names went.
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


def visit(browser: Browser, config: CrawlConfig, url: str, contact: Contact) -> Visited:
    """Visit *url* once, if its robots.txt allows it.

    Raises:
        BrowserError: the browser is gone, or refused a turn.
    """
    crawl = replace(config, evidence=False, keep_raw=False, contact=False, creator_counts="always")
    visited = Visited(contact)
    if not _may_open(browser, url, visited):
        return visited
    _Visitor(browser, crawl, url, visited).walk_on()
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
        self._intake = Intake(crawl, sightings, self._note, lambda _: None, contact=visited.contact)
        ends_at = time.monotonic() + min(DEADLINE_S, crawl.deadline)
        self._walk = Walk(crawl, sightings, asking, MOST_POSTS, ends_at, self._note, lambda _: None)

    def walk_on(self) -> None:
        """Do what the walk decides."""
        action, told = self._orders.opening()
        while True:
            turn = self._browser.turn(action, told)
            self._look(turn)
            for _ in self._intake.take(self._walk, turn):
                self._note("unreadable-card")
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
            if visited.pages[-1:] != [kind]:
                visited.pages.append(kind)
        if turn.action == "ask":
            visited.asks[turn.outcome] += 1
            visited.names.card(CARD, self._counted(spellings(CARD)))
            return
        if turn.action in {"open", "press"} and kind == "feed":
            table = names_of("viewer", era)
            visited.names.opened(table, self._counted(spellings(table)), era)
        refused = any(event.is_refused for event in turn.documents)
        if turn.action in {"open", "press"} and kind == "unknown" and not refused:
            visited.names.unknown(IN_PLACE, self._counted(spellings(IN_PLACE)))
        view = self._walk.entering.view
        if turn.action in {"enter", "step"} and view:
            table = names_of(view, era)
            visited.names.entered(view, table, self._counted(spellings(table)), era)
            if turn.current is not None and turn.outcome == "ok" and not turn.current.live:
                visited.names.post(view, table, turn.current.html)

    def _counted(self, wanted: list[str]) -> dict[str, int]:
        """How many elements of the page each CSS selects."""
        return dict(zip(wanted, self._browser.driver.execute_script(COUNT_JS, wanted), strict=True))

    def _note(self, name: str) -> None:
        self._visited.notes[name] += 1
