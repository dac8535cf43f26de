"""When a creator's counts are asked for, and how long the walk waits for them.

The pointer rests on the creator's name, as the 2022 study's did; the page then fetches the counts and draws the
preview card. The walk need not wait for the reply, unless the page cancels its request when the viewer steps: the
first time that is seen the walk goes back, asks again, and waits from then on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ..config import CrawlConfig
from ..turn import Current, Turn
from .decisions import Ask
from .sightings import Sightings, tells_creator

# So many creators in a row of whom the page asked nothing, and it is asked no more.
GIVE_UP_AFTER = 5
# A card may close while its picture is taken.
PICTURE_TRIES = 3


@dataclass(slots=True)
class Asking:
    """The run's memory of whom it asked for. note: counts an oddity under its name."""

    config: CrawlConfig
    sightings: Sightings
    note: Callable[[str], None]
    asked: set[str] = field(default_factory=set)
    pictured: Counter[str] = field(default_factory=Counter)  # tries, per creator
    waits: bool = False
    off: bool = False
    unseen_in_a_row: int = 0

    def wanted(self, current: Current) -> Ask | None:
        """What to ask of the post on screen; None where its creator is known, asked already, or not wanted."""
        username = current.creator
        if not username or self.off or self.config.creator_counts == "never":
            return None
        if username in self.asked or username in self.sightings.creators:
            return None
        item, _ = self.sightings.items.get(current.id, (None, 0))
        if self.config.creator_counts == "needed" and tells_creator(item):
            return None
        self.asked.add(username)
        return Ask(username, self.until())

    def known(self) -> tuple[str, ...] | None:
        """Of whom nothing will be asked at the next post; None: of nobody there is."""
        if self.off or self.config.creator_counts == "never":
            return None
        known = self.asked | self.sightings.creators.keys()
        if self.config.creator_counts == "needed":
            known |= self.sightings.told_by_items
        return tuple(known)

    def until(self) -> str:
        """How long a rest lasts: a picture needs the reply first, to know that there is something to take."""
        if self.config.source == "page":
            return "card"
        return "reply" if self.waits or self.config.evidence else "sent"

    def answered(self, turn: Turn, ask: Ask, now: float) -> Ask | None:
        """Take the outcome of a rest; returns what has to be asked at once, if anything."""
        known = ask.username in self.sightings.creators
        if turn.outcome == "lost" and not self.waits:
            self.cancelled()
            return Ask(ask.username, "reply")
        if turn.outcome == "sent" and not known and ask.until == "sent":
            if self.waits:  # an earlier request has just been seen cancelled
                return Ask(ask.username, "reply")
            self.sightings.await_creator(ask.username, now + self.config.card_timeout)
        if turn.outcome == "unseen" and not known:
            self._unseen()
        elif turn.outcome != "cut":
            self.unseen_in_a_row = 0
        return None

    def cancelled(self) -> None:
        """The page cancels its requests when the viewer steps: wait for replies from now on."""
        if not self.waits:
            self.note("card-cancelled")
        self.waits = True

    def picture(self, current: Current) -> Ask | None:
        """The picture of a counts line whose likes are negative, one a creator (TIKTOK_EVIDENCE)."""
        username = current.creator
        if not self.config.evidence or self.off or not self._negative(current):
            return None
        if self.pictured[username] >= PICTURE_TRIES:
            return None
        self.pictured[username] += 1
        return Ask(username, "card", picture=True)

    def pictured_by(self, turn: Turn) -> None:
        """Note whether the picture was taken: a card that closed meanwhile leaves none, and is asked for again."""
        self.note("picture-taken" if turn.picture else "picture-missed")
        if turn.picture and turn.current:
            self.pictured[turn.current.creator] = PICTURE_TRIES

    def _negative(self, current: Current) -> bool:
        creator = self.sightings.creators.get(current.creator)
        item, _ = self.sightings.items.get(current.id, (None, 0))
        blocks = {**(item.told if item else {}), **(creator.told if creator else {})}
        return any(counts.get("user_likes", "").startswith("-") for counts in blocks.values())

    def _unseen(self) -> None:
        self.note("creator-not-asked")
        self.unseen_in_a_row += 1
        if self.unseen_in_a_row >= GIVE_UP_AFTER:
            self.off = True
            self.note("card-absent")
