"""One run's way through the feed: which TikToks the viewer showed, when each reply came, who was answered.

The steps are the crawl's: batches come as the page asks for them, three TikToks before the last one's end; the viewer
steps on at the pace; each creator is asked for once, by a rest on their name. Times that the network decides are
drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from replica.feed.visits import EMBEDDED, FIRST_REPLY, LATER_REPLIES
from replica.feed.world_feed import WorldSource
from replica.history.hours import Hour
from replica.world.chance import dice
from replica.world.entities import Creator, TikTok

JITTER = 0.3
LEFT_BEFORE_NEXT = 3  # as the site's own client (site/js/feed-data.js)
CARD_TIMEOUT_S = 5.0
LATE_REPLIES = 0.012  # of the creators asked for: their reply does not come in time
DEADLINE_S = 3_000.0
ASKED_IN_VAIN = 5  # so many creators in a row of whom the page asks nothing, and the run asks no more


@dataclass(slots=True)
class Shown:
    """One TikTok on screen. Unix seconds; `told_at`: when its creator's reply came, None where none did."""

    tiktok: TikTok
    position: int
    late: bool  # past the first cards of the visit
    zeroed: bool  # in a reply whose counts had failed
    sent_at: float
    shown_at: float
    told_at: float | None = None
    written_at: float = 0.0


@dataclass(slots=True)
class Visit:
    """What one run saw. `reason`: why it ended; `notes`: oddities by name, as in runs.jsonlines."""

    hour: Hour
    started_at: float
    reason: str
    ended_at: float = 0.0
    shown: list[Shown] = field(default_factory=list)
    repeated: int = 0
    live_at: list[int] = field(default_factory=list)  # positions of LIVE cards in the lists received
    asked: int = 0
    answered: int = 0
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def live(self) -> int:
        """How many LIVE cards stood before the last TikTok shown."""
        last = self.shown[-1].position if self.shown else 0
        return sum(position < last for position in self.live_at)

    def note(self, name: str) -> None:
        """Count an oddity."""
        self.notes[name] = self.notes.get(name, 0) + 1


def visit(source: WorldSource, hour: Hour, *, pace: float) -> Visit:
    """Walk through the feed in *hour*; *pace*: seconds per TikTok."""
    random = dice(source.world.seed, "history", "visit", hour.number)
    seen = Visit(hour, hour.at + random.uniform(0.6, 3.5), hour.reason)
    at = seen.started_at + random.uniform(3.0, 6.5)
    if hour.most:
        for shown in _walk(source, seen, at, pace, random):
            seen.shown.append(shown)
            at = max(at, shown.written_at)
        if len(seen.shown) < hour.most:
            seen.reason = "deadline" if at > seen.started_at + DEADLINE_S else "feed-ended"
    seen.ended_at = at + random.uniform(0.4, 1.2)
    return seen


def _walk(source: WorldSource, seen: Visit, at: float, pace: float, random: Random) -> Iterator[Shown]:
    asking = _Asking(source, seen, random)
    step_at = at + random.uniform(0.3, 0.9)
    for tiktok, position, late, batch in islice(_cards(source, seen, at), seen.hour.most):
        shown = Shown(tiktok, position, late, batch.zeroed, batch.at, step_at)
        if source.handleless(tiktok):  # nobody can be asked for
            shown.told_at, shown.written_at = None, step_at
        else:
            shown.told_at, shown.written_at = asking.about(tiktok.creator, step_at)
        yield shown
        if step_at > seen.started_at + DEADLINE_S:
            return
        if batch.left(position) <= LEFT_BEFORE_NEXT and batch.next_at is None:
            batch.next_at = step_at + random.uniform(0.15, 0.5)
        step_at += pace * random.uniform(1 - JITTER, 1 + JITTER) + random.uniform(0.02, 0.08)
        if batch.next_at is not None:
            step_at = max(step_at, batch.next_at)


@dataclass(slots=True)
class _Batch:
    """A list reply, received `at`; `last`: the position of its last card; `next_at`: when the next reply comes.

    `zeroed`: its counts had failed.
    """

    at: float
    zeroed: bool
    last: int = 0
    next_at: float | None = None

    def left(self, position: int) -> int:
        return self.last - position


def _cards(source: WorldSource, seen: Visit, at: float) -> Iterator[tuple[TikTok, int, bool, _Batch]]:
    """The TikToks in order, each once, with their positions among all cards but repeats."""
    hour, batches, position = seen.hour, 0, 0
    feed, met = source.visit(hour.number, at), set[int]()
    batch = _Batch(at, source.zeroed(hour.number, batches))
    while feed.more():
        size = _size(source.world.seed, hour, batches)
        fresh: list[tuple[TikTok, int, bool, _Batch]] = []
        for _ in range(size):
            if not feed.more():
                break
            drawn = feed.draw()
            if drawn.tiktok is not None and drawn.tiktok.index in met:
                seen.repeated += 1
                continue
            position += 1
            if drawn.tiktok is None:
                seen.live_at.append(position)
                continue
            met.add(drawn.tiktok.index)
            fresh.append((drawn.tiktok, position, drawn.late, batch))
        batches += 1
        batch.last = position
        yield from fresh
        at = batch.next_at if batch.next_at is not None else batch.at
        batch = _Batch(at, source.zeroed(hour.number, batches))


def _size(seed: int, hour: Hour, batches: int) -> int:
    if batches == 0:
        return EMBEDDED if hour.era == "a" else FIRST_REPLY
    return dice(seed, "batch", hour.number, batches).randint(*LATER_REPLIES)


class _Asking:
    """Whom the run has asked for, and when they were told of."""

    def __init__(self, source: WorldSource, seen: Visit, random: Random) -> None:
        self._source, self._seen, self._random = source, seen, random
        self._told: dict[int, tuple[float | None, float]] = {}

    def about(self, creator: Creator, at: float) -> tuple[float | None, float]:
        """When the creator's reply came, if it did, and when the TikTok on screen at *at* became a line."""
        if creator.index in self._told:
            told_at, known_at = self._told[creator.index]
            return told_at, max(at, known_at)
        if not self._seen.hour.cards and self._seen.asked >= ASKED_IN_VAIN:
            return None, at
        self._told[creator.index] = self._ask(creator, at)
        return self._told[creator.index]

    def _ask(self, creator: Creator, at: float) -> tuple[float | None, float]:
        seen, random = self._seen, self._random
        seen.asked += 1
        reply_at = at + 0.15 + random.uniform(0.12, 0.45)
        if not seen.hour.cards:
            seen.note("creator-not-asked")
            if seen.asked == ASKED_IN_VAIN:
                seen.note("card-absent")
            return None, at + 1.0
        refusal = self._source.refusal(creator.index)
        if refusal is not None:
            seen.note("creator-empty" if refusal == "empty" else "creator-refused")
            return None, reply_at
        if random.random() < LATE_REPLIES:
            seen.note("creator-unanswered")
            return None, at + CARD_TIMEOUT_S
        seen.answered += 1
        return reply_at, reply_at
