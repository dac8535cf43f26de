"""In which order a session was served its cards: where a TikTok stands in it is its position."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..pages.facts import FeedReply


@dataclass(slots=True)
class FeedOrder:
    """All cards of one session in the order served: ids, "live" for LIVE cards, "" for cards nobody can read.

    A TikTok served again is left out, as the site's own client does (site.md 5.1), and counted.
    """

    cards: list[str] = field(default_factory=list)
    rank: dict[str, int] = field(default_factory=dict)
    repeated: int = 0
    has_more: bool | None = None

    def add(self, reply: FeedReply) -> bool:
        """Append the cards of a reply; whether all the TikToks that it brought, one at least, had come before."""
        told = [card for card in reply.order if card not in {"", "live"}]
        repeats = bool(told) and all(card in self.rank for card in told)
        for card in reply.order:
            if card in self.rank:
                self.repeated += 1
                continue
            self.cards.append(card)
            if card not in {"", "live"}:
                self.rank[card] = len(self.cards)
        self.has_more = reply.has_more if reply.has_more is not None else self.has_more
        return repeats

    def position(self, id: str, after: int) -> int:
        """The rank of *id*, from 1; a card that no reply told of stands behind the one before it."""
        return self.rank.get(id, after + 1)

    def passed_over(self, before: int, position: int) -> list[str]:
        """The TikToks between two positions, neither included."""
        return [card for card in self.cards[before : position - 1] if card not in {"", "live"}]

    def is_last(self, position: int) -> bool:
        """Whether nothing stands behind *position* and the site has said that nothing will."""
        return self.has_more is False and not self.ahead(position)

    def ahead(self, position: int) -> list[str]:
        """The TikToks that are known to stand behind *position*."""
        return [card for card in self.cards[position:] if card not in {"", "live"}]
