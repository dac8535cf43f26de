"""Visitors, told apart by a cookie, and the batches each is sent."""

from __future__ import annotations

from dataclasses import dataclass, field

from replica.chance import dice
from replica.feed import Card, Source, Visit
from replica.options import Options

COOKIE = "ttwid"
EMBEDDED = 9  # era a's first batch, part of the page (site.md 1.3)
FIRST_REPLY = 6  # and of eras b and c, by a reply (site.md 5.1b)
LATER_REPLIES = (10, 15)


@dataclass(slots=True)
class Visitor:
    """One visitor: which number they are, where in the feed they stand, what they met."""

    number: int
    feed: Visit
    position: int = 0
    batches: int = 0
    met: set[str] = field(default_factory=set)  # obstacles already shown

    def batch(self, options: Options, first: int | None, at: float) -> list[tuple[int, Card]]:
        """The next batch: (position from 1, card) each."""
        cards = self.feed.take(self.next_size(options, first), at)
        self.batches += 1
        start = self.position + 1
        self.position += len(cards)
        return list(enumerate(cards, start))

    def next_size(self, options: Options, first: int | None) -> int:
        """How many cards the next batch has."""
        if self.batches == 0:
            return first or (EMBEDDED if options.era == "a" else FIRST_REPLY)
        return dice(options.seed, "batch", self.number, self.batches).randint(*LATER_REPLIES)


class Visitors:
    """Who is here. A client without the cookie that asks for data is one visitor, the same each time."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._known: dict[str, Visitor] = {}

    def known(self, cookie: str) -> Visitor:
        """The visitor of *cookie*, new if need be."""
        if cookie not in self._known:
            number = len(self._known) + 1
            self._known[cookie] = Visitor(number, self._source.visit(number))
        return self._known[cookie]
