"""Visitors, told apart by a cookie, and the batches each is sent."""

from __future__ import annotations

from dataclasses import dataclass

from replica.feed.feed import Card, Source, Visit
from replica.options import Options
from replica.world.chance import dice

COOKIE = "ttwid"
EMBEDDED = 9  # era a's first batch, part of the page (site.md 1.3)
FIRST_REPLY = 6  # and of eras b and c, by a reply (site.md 5.1b)
LATER_REPLIES = (10, 15)


@dataclass(slots=True)
class Visitor:
    """One visitor: which number they are, where in the feed they stand, what they met."""

    number: int
    feed: Visit
    position: int = 0  # of the last card sent
    tiktoks: int = 0  # sent, without LIVE cards
    batches: int = 0
    errors: int = 0  # list requests that failed

    def batch(self, options: Options, at: float, *, most: int | None = None) -> list[tuple[int, Card]]:
        """The next batch, of *most* cards at most: (position from 1, card) each."""
        size = self.next_size(options)
        cards = self.feed.take(size if most is None else min(size, most), at)
        if not cards:
            return []
        self.batches += 1
        start = self.position + 1
        self.position += len(cards)
        self.tiktoks += sum(card.truth is not None for card in cards)
        return list(enumerate(cards, start))

    def next_size(self, options: Options) -> int:
        """How many cards the next batch has."""
        if self.batches == 0:
            return options.first or (EMBEDDED if options.era == "a" else FIRST_REPLY)
        return dice(options.seed, "batch", self.number, self.batches).randint(*LATER_REPLIES)


class Visitors:
    """Who is here. All clients without the cookie are one visitor. The first one's feed is laid out beforehand."""

    def __init__(self, source: Source, at: float) -> None:
        self._source = source
        self._first: Visit | None = source.visit(1, at)
        self._known: dict[str, Visitor] = {}

    def known(self, cookie: str, at: float) -> Visitor:
        """The visitor of *cookie*, new if need be."""
        if cookie not in self._known:
            number = len(self._known) + 1
            feed = self._source.visit(number, at) if self._first is None else self._first
            self._first = None
            self._known[cookie] = Visitor(number, feed)
        return self._known[cookie]

    def sent(self, cookie: str) -> int:
        """How many TikToks the visitor of *cookie* was sent; 0 where nobody is known by it."""
        return self._known[cookie].tiktoks if cookie in self._known else 0
