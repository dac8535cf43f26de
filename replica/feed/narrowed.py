"""Feeds that from one TikTok on bring nothing more of the world's: what was sent before, or one account's alone."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from replica.feed.feed import Card, CreatorAnswer, Source, Visit
from replica.feed.world_feed import WorldSource
from replica.options import Options


def narrowed(source: Source, options: Options) -> Source:
    """*source*, or it with the visits that *options* ask for; `Options` sees to it that one account is of a world."""
    if options.obstacle == "repeats":
        return Circling(source, options.obstacle_at)
    if options.obstacle == "one-account" and isinstance(source, WorldSource):
        return OneAccount(source, options.obstacle_at)
    return source


class _Narrowed(ABC):
    """A source whose visits are narrowed. at: at which TikTok, counted from 1; None and 0: at load."""

    def __init__(self, source: Source, at: int | None) -> None:
        self._source, self._at = source, at

    @abstractmethod
    def visit(self, number: int, at: float, /) -> Visit:
        """The feed of the *number*-th visitor."""

    def creator(self, handle: str, at: float) -> CreatorAnswer:
        """As of any feed."""
        return self._source.creator(handle, at)

    def card_of(self, tiktok_id: str, at: float) -> Card | None:
        """As of any feed."""
        return self._source.card_of(tiktok_id, at)


class Circling(_Narrowed):
    """Visits that bring only what they have sent before, in the same order, without end.

    At load that is from the second list on: something has to be sent before it can come again.
    """

    def visit(self, number: int, at: float, /) -> Visit:
        """The feed of the *number*-th visitor."""
        return _CirclingVisit(self._source, number, at, max(self._at - 1, 1) if self._at else None)


class OneAccount(_Narrowed):
    """Visits that bring TikToks of one account alone, which has the most in the world, until all have been sent."""

    def __init__(self, source: WorldSource, at: int | None) -> None:
        super().__init__(source, at)
        self._world = source

    def visit(self, number: int, at: float, /) -> Visit:
        """The feed of the *number*-th visitor."""
        return _OneAccountVisit(self._source, number, at, max((self._at or 1) - 1, 0), self._world.of_one_account(at))


class _NarrowedVisit(ABC):
    """One visit. left: how many TikToks of the whole feed come first; None: as many as the first list has."""

    def __init__(self, source: Source, number: int, at: float, left: int | None) -> None:
        self._source, self._feed, self._left = source, source.visit(number, at), left
        self.sent: list[str] = []

    def take(self, wanted: int, at: float) -> list[Card]:
        """The next cards."""
        cards: list[Card] = []
        first = self._left is None
        while self._left != 0 and len(cards) < wanted and self._feed.more():
            room = wanted - len(cards)
            came = self._feed.take(room if self._left is None else min(room, self._left), at)
            ids = [str(card.truth["id"]) for card in came if card.truth is not None]
            self.sent += ids
            self._left = None if self._left is None else self._left - len(ids)
            cards += came
        if first:
            self._left = 0
            return cards
        while len(cards) < wanted and (id_ := self._next()) is not None:
            card = self._source.card_of(id_, at)
            cards += [card] if card is not None else []
        return cards

    def ahead(self, wanted: int, at: float) -> list[Card]:
        """What a page preloads and shows nothing of; nothing from the moment on."""
        return self._feed.ahead(wanted, at) if self._left != 0 else []

    @abstractmethod
    def more(self) -> bool:
        """Whether any is left."""

    @abstractmethod
    def _next(self) -> str | None:
        """The id of the next card in the feed's place, or None."""


class _CirclingVisit(_NarrowedVisit):
    _at = 0

    def more(self) -> bool:
        """There always is."""
        return True

    def _next(self) -> str | None:
        if not self.sent:  # of a file that holds no TikTok
            return None
        self._at += 1
        return self.sent[(self._at - 1) % len(self.sent)]


class _OneAccountVisit(_NarrowedVisit):
    def __init__(self, source: Source, number: int, at: float, left: int, account: Sequence[str]) -> None:
        super().__init__(source, number, at, left)
        self._account = list(account)

    def more(self) -> bool:
        """Whether the account has any that was not sent."""
        return self._left != 0 or any(id_ not in self.sent for id_ in self._account)

    def _next(self) -> str | None:
        id_ = next((id_ for id_ in self._account if id_ not in self.sent), None)
        if id_ is not None:
            self.sent.append(id_)
        return id_
