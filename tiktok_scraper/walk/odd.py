"""Posts that do not tell which they are: told by the list where that can be, else passed over. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..turn import Current
from .feed_order import FeedOrder
from .sightings import Sightings

# Why a post is odd, as browser/view/arrived.js says it, in a word for the notes.
WHY = {"nothing tells which it is": "untold", "what tells its id does not agree": "unsettled"}
# So many in a row, and it is not the posts.
MOST_IN_A_ROW = 3


@dataclass(slots=True)
class OddPosts:
    """Counts them; a good post sets `in_a_row` back."""

    sightings: Sightings
    note: Callable[[str], None]
    in_a_row: int = 0

    def identified(self, current: Current, order: FeedOrder, position: int) -> Current:
        """The post, named by the next card of the list where its creator is that of the post."""
        ahead = [card for card in order.cards[position:] if card != "live"][:1]
        item, _ = self.sightings.items.get(ahead[0], (None, 0.0)) if ahead else (None, 0.0)
        if not current.odd or item is None or not current.creator or item.username != current.creator:
            return current
        return replace(current, id=item.id, odd="")

    def are_too_many(self, why: str) -> bool:
        """Pass one over: noted with *why*, never a sighting. Whether these are too many in a row."""
        self.note("odd-post")
        if why in WHY:
            self.note(f"odd-{WHY[why]}")
        self.in_a_row += 1
        return self.in_a_row >= MOST_IN_A_ROW
