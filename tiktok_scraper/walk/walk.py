"""One session's walk through the feed: what a turn brought -> what to do next. Pure; the clock is an argument."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from ..config import CrawlConfig
from ..pages.facts import FeedReply
from ..pages.state import ONE_COLUMN, Page, better_era, recognise
from ..turn import Current, Turn
from .asking import Asking
from .decisions import Ask, Decision, End, Open, Step
from .entering import Entering
from .feed_order import FeedOrder
from .last_list import LastList
from .obstacles import NO_FEED, Obstacles
from .odd import OddPosts
from .read_post import read_post
from .sightings import Sighting, Sightings
from .way_back import WayBack

# Where the site has said that there is no more, or wants a check first, a step has so many seconds to prove it wrong.
LAST_STEP_S = 3.0
# So many posts in a row that the run has seen already, and the feed is going in circles.
REPEATS_IN_A_ROW = 30


@dataclass(slots=True)
class Walk:
    """The state of one session. limit: TikToks of the whole run; ends_at: the deadline on the caller's clock."""

    config: CrawlConfig
    sightings: Sightings
    asking: Asking
    limit: int
    ends_at: float
    note: Callable[[str], None]
    count: Callable[[str], None]  # a stat of the run, by its name
    session: int = 1
    era: str = ""
    order: FeedOrder = field(default_factory=FeedOrder)
    position: int = 0
    next_step_at: float = 0.0
    stepped_at: float = 0.0  # when the last step began
    last_list: LastList = field(default_factory=LastList)
    in_a_row: int = 0
    shown: int = 0  # posts on screen that this run had seen already
    live: int = 0
    mine: set[str] = field(default_factory=set)  # what this session has shown
    asking_for: Ask | None = None
    way: WayBack = field(default_factory=WayBack)
    obstacles: Obstacles = field(init=False)
    entering: Entering = field(init=False)
    odd: OddPosts = field(init=False)

    def __post_init__(self) -> None:
        self.obstacles = Obstacles(self.config.refresh_waits, self.note, self._why)
        self.entering = Entering(self.config.view)
        self.odd = OddPosts(self.sightings, self.note)

    def take_feed(self, reply: FeedReply) -> None:
        """Learn the order of a list that the page received, or that it was refused."""
        self.last_list.take(reply, self.order)
        if reply.status != "ok":
            self.note(f"feed-{reply.status}")

    def take_loss(self, username: str) -> None:
        """The page has cancelled its request for *username*."""
        if self.way.cancels(username) or (self.asking_for and self.asking_for.username == username):
            return  # asked anew when the walk comes back to it; or the rest's own outcome tells
        if self.sightings.is_asked(username) and self.way.owe(username):
            self.asking.cancelled()
            self.sightings.await_creator(username, float("inf"))
        else:
            self.sightings.lost(username)

    def next(self, turn: Turn, now: float) -> Decision:
        """Decide what to do after *turn*; *now* in seconds of the clock that `next_step_at` is on."""
        if turn.outcome == "cut":
            return End("stopped")
        self.last_list.awaited = turn.facts.get("list") == "awaited"
        if turn.outcome in {"slow", "dropped"} or (turn.action, turn.outcome) == ("press", "covered"):
            return self.obstacles.beneath(turn.look) if turn.outcome == "covered" else End(turn.outcome)
        if turn.action == "ask":
            return self._after_ask(turn, now)
        page = recognise(turn.look, self.obstacles.passed)
        if not self.mine:  # until a post has been shown, the era may be seen better
            self.era = better_era(page.era or turn.facts.get("era"), self.era)
        return self.obstacles.meet(page) or self._after(turn, page, now)

    def _after(self, turn: Turn, page: Page, now: float) -> Decision:
        if turn.action == "open" or (turn.action == "press" and turn.current is None):
            return self.entering.begin(turn, page) or End(self._why(NO_FEED.get(page.kind, "unknown-layout")))
        if turn.action == "enter" and turn.current is None:
            return self._elsewhere(self.entering.failed(turn))
        if turn.outcome == "stuck" and self.way.turning and turn.current is not None:
            self._give_up()
            return self._show(turn, turn.current, now)
        if turn.outcome == "stuck" and now >= self.ends_at:
            return End("deadline")  # which cut the step's wait short
        if turn.outcome == "stuck" or turn.current is None:
            return End(self.entering.lost(turn, page) or self._why(NO_FEED.get(page.kind, "feed-stuck")))
        return self._meet(turn, turn.current, now)

    def _meet(self, turn: Turn, current: Current, now: float) -> Decision:
        """A post is on screen: one that a press came back to has been dealt with, and an odd one is passed over."""
        if turn.action == "press" and current.id in self.mine:
            return self._go_on(now)
        current = self.odd.identified(current, self.order, self.position)
        if not current.odd:
            return self._show(turn, current, now)
        self._pace(now)
        return End("feed-stuck") if self.odd.are_too_many(current.odd) else self._go_on(now)

    def _elsewhere(self, decision: Decision) -> Decision:
        """A feed that is opened anew brings lists of its own."""
        if isinstance(decision, Open):
            self.order, self.position = FeedOrder(), 0
        return decision

    def _why(self, otherwise: str) -> str:
        """The name of an end without a visible cause: the last list that came may tell it."""
        if self.order.is_last(self.position):
            return "feed-ended"
        return self.last_list.why(otherwise)

    def _show(self, turn: Turn, current: Current, now: float) -> Decision:
        """Note what is on screen, and ask for its creator, if it has one."""
        self.odd.in_a_row = 0
        current = replace(current, creator=self.sightings.named(current.id, current.creator))
        if self._is_full() and not self.sightings.seen(current.id):
            return End("limit")  # another browser of the run was faster
        new = not current.live and self._note_sighting(turn, current, now)
        if not self.way.arrive(current.id, current.creator):
            self._give_up()
        if self.way.owed:
            if new and current.creator:  # its creator will be asked when the walk comes back to it
                self.sightings.await_creator(current.creator, float("inf"))
            return self._pay(current, now)
        if self.way.is_behind:
            return self._go_on(now)
        self._pace(now)
        came_back = self.way.came_back()
        if current.live:
            self.live += 1
            self.position += self.config.source == "page"  # else the lists tell its place
        elif not new and not came_back:
            self.shown += 1
            self.in_a_row += 1
            if self.in_a_row >= REPEATS_IN_A_ROW:
                return End("repeats")
        else:
            self.in_a_row = 0
            self.asking_for = self._held(self.asking.wanted(current) or self.asking.picture(current))
            if self.asking_for is None:
                self._await_earlier(current.creator, now)
        return self.asking_for or self._go_on(now)

    def _pace(self, now: float) -> None:
        """From step to step, not from post to post: what a step itself takes is part of the pace."""
        spread = 1 + self.config.jitter * random.uniform(-1, 1)
        self.next_step_at = (self.stepped_at or now) + self.config.pace * spread

    def _await_earlier(self, username: str, now: float) -> None:
        """Nothing is asked of *username* here: an earlier TikTok may have, and the answer be on its way."""
        if username not in self.asking.asked:
            self.sightings.lost(username)
        elif self.sightings.is_asked(username):
            self.sightings.await_creator(username, now + self.config.card_timeout)

    def _note_sighting(self, turn: Turn, current: Current, now: float) -> bool:
        if current.id in self.mine:
            return False
        self.mine.add(current.id)
        position = self.order.position(current.id, self.position)
        for _ in self.order.passed_over(self.position, position):
            self.note("passed-over")
        self.position = max(self.position, position)
        if self.sightings.seen(current.id):  # by another browser of this run
            return False
        return self.sightings.show(
            Sighting(
                id=current.id,
                username=current.creator,
                shown_at=turn.at,
                late_at=now + self.config.card_timeout,
                position=position,
                session=self.session,
                era=self.era if self.era != ONE_COLUMN else None,
                page=partial(
                    read_post, current, turn.url, self.era, self.entering.view, note=self.note, count=self.count
                ),
            )
        )

    def _held(self, ask: Ask | None) -> Ask | None:
        """Hold back whoever waits for the creator until the rest on the name is over."""
        if ask is not None:
            self.sightings.await_creator(ask.username, float("inf"))
        return ask

    def _after_ask(self, turn: Turn, now: float) -> Decision:
        ask, self.asking_for = self.asking_for, None
        if ask is None or turn.current is None:
            return self._go_on(now)
        if ask.picture:
            self.asking.pictured_by(turn)
        again = None if ask.picture else self.asking.answered(turn, ask, now)
        self.asking_for = self._held(again or self.asking.picture(turn.current))
        if self.asking_for is not None:
            return self.asking_for
        if turn.outcome != "sent" or ask.until != "sent":
            self.sightings.lost(ask.username)  # known by now, or not to be had
        return self._pay(turn.current, now) if self.way.owed else self._go_on(now)

    def _pay(self, current: Current, now: float) -> Decision:
        """Ask anew for a creator whose reply was cancelled, or go to where that can be done."""
        if current.creator in self.way.owed:
            self.way.pay(current.creator)
            self.asking_for = again = Ask(current.creator, "reply")
            self._held(again)
            return again
        if self.way.owes_behind:
            self.way.turn_back()
            return Step(self.config.step_timeout, back=True)
        return self._go_on(now)

    def _give_up(self) -> None:
        """Going back does not lead to whoever is owed: wait for none of them any more."""
        unasked = {creator for _, creator in self.way.posts} - self.asking.asked
        for username in self.way.give_up() | unasked:
            self.sightings.lost(username)

    def _is_full(self) -> bool:
        return len(self.sightings.done) + len(self.sightings.pending) >= self.limit

    def _go_on(self, now: float) -> Decision:
        if self._is_full() and not self.way.left:
            return End("limit")
        self.stepped_at = max(now, self.next_step_at)
        if self.stepped_at >= self.ends_at:
            return End("deadline")
        held_back = self.last_list.status == "verify" and not self.order.ahead(self.position)
        last = held_back or self.order.is_last(self.position)
        timeout = min(LAST_STEP_S, self.config.step_timeout) if last else self.config.step_timeout
        return Step(min(timeout, self.ends_at - self.stepped_at), known=self.asking.known())
