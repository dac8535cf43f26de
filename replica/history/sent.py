"""What the site sent of the TikToks that a run was shown: the exact counts then, and what a crawl makes of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from replica.feed.world_feed import likeless
from replica.history import plain
from replica.history.counts import OF_CREATOR, OF_TIKTOK, of_creator, of_tiktok, untold
from replica.history.hours import Hour
from replica.history.plain import Told
from replica.history.visit import Shown, Visit
from replica.items import creator_reply, flavours, item
from replica.items.flips import is_flipped, lower
from replica.items.zeroed import is_zeroed, zero
from replica.unruly import Unruly
from replica.world.entities import Counts, CreatorCounts
from replica.world.world import World

NOBODY = CreatorCounts(followers=0, following=0, likes=0, videos=0)


@dataclass(slots=True)
class Sent:
    """One TikTok as sent. Unix seconds, whole milliseconds; `told_at`: when its creator's reply came, None: it did not.

    `counts` are exact, `sent` are those that the site took for them, of all or (`zeroed`) but for a reply that failed;
    `creator`: theirs at the reply, or else at `at`. `plain`: plain.py. `then`: the creator's at `at`.
    """

    shown: Shown
    at: float
    told_at: float | None
    flavour: str
    counts: Counts
    sent: Counts
    then: CreatorCounts
    creator: CreatorCounts
    likeless: bool
    zeroed: bool
    flipped: bool

    @property
    def plain(self) -> bool:
        """Whether the item lacks nothing and tells views."""
        return not (self.zeroed or self.likeless or item.lacking(self.shown.tiktok.id)) and self.sent.views > 0

    @property
    def answered(self) -> bool:
        """Whether the creator's own reply tells of followers."""
        return self.told_at is not None and self.creator.followers > 0


class Sending:
    """Sends what visits to *world* were shown."""

    def __init__(self, world: World, rates: Unruly, *, zeros: str) -> None:
        """*rates*: what is unruly in what the site sends; *zeros*: as in Plan."""
        self._world, self._rates, self._zeros = world, rates, zeros

    def of(self, visit: Visit) -> list[tuple[Sent, Told, Told]]:
        """What was sent of each TikTok, its own counts and its creator's as a line has them, as each became a line."""
        every = sorted(visit.shown, key=lambda s: s.written_at)
        asked = [self._asked_of(shown, visit.hour.author_stats) for shown in every]
        counted = iter(self._world.creators_counts([pair for pairs in asked for pair in pairs]))
        sent = [
            self._sent(visit.hour, shown, [next(counted) for _ in pairs])
            for shown, pairs in zip(every, asked, strict=True)
        ]
        return list(zip(sent, self._own(visit.hour, sent), self._creators(visit.hour, sent), strict=True))

    def one_by_one(self, hour: Hour, sent: Sent) -> tuple[Told, Told]:
        """The counts of what need not be plain: the item's blocks and the reply's, read as a crawl reads them."""
        blocks, reply = self._blocks(hour, sent), None
        if sent.told_at is not None:
            creator = sent.shown.tiktok.creator
            reply = creator_reply.best_block(creator, sent.creator, era=hour.era, seed=self._world.seed)
        own, theirs = of_tiktok(blocks), of_creator(blocks, reply, ad=sent.shown.tiktok.ad)
        if self._zeros == "untold":
            own = untold(own, failed=sent.shown.zeroed)
        source = "json" if any(count.value is not None for count in own.values()) else None
        return (
            plain.told([own[name] for name in OF_TIKTOK], source),
            plain.told([theirs.counts[name] for name in OF_CREATOR], theirs.source, theirs.wraps),
        )

    def _asked_of(self, shown: Shown, author_stats: str) -> list[tuple[int, float]]:
        """The creator's counts that tell in *shown*: when the item was sent, if it tells them, and at their reply."""
        creator = shown.tiktok.creator.index
        flavour = flavours.flavour_of(shown.tiktok, author_stats, self._world.seed)
        asked = [] if flavour == "bare" else [(creator, whole_ms(shown.sent_at))]
        return asked if shown.told_at is None else [*asked, (creator, whole_ms(shown.told_at))]

    def _sent(self, hour: Hour, shown: Shown, told_of: Sequence[CreatorCounts]) -> Sent:
        tiktok, seed, at = shown.tiktok, self._world.seed, whole_ms(shown.sent_at)
        counts = self._world.counts(tiktok, at)
        flipped = is_flipped(tiktok, at, self._rates.flips, seed)
        return Sent(
            shown,
            at,
            None if shown.told_at is None else whole_ms(shown.told_at),
            flavours.flavour_of(tiktok, hour.author_stats, seed),
            counts,
            lower(counts) if flipped else counts,
            told_of[0] if told_of else NOBODY,
            told_of[-1] if told_of else NOBODY,
            shown.late and likeless(tiktok, era=hour.era, seed=seed),
            shown.zeroed and is_zeroed(tiktok.id, seed),
            flipped,
        )

    def _own(self, hour: Hour, every: Sequence[Sent]) -> list[Told]:
        seed = self._world.seed
        fit = [one.plain for one in every]
        ready = [one for one, is_plain in zip(every, fit, strict=True) if is_plain]
        exact = [flavours.is_exact(one.shown.tiktok, one.flavour, seed) for one in ready]
        read = iter(plain.of_tiktoks([one.sent for one in ready], exact, era=hour.era))
        return [
            next(read) if is_plain else self.one_by_one(hour, one)[0] for one, is_plain in zip(every, fit, strict=True)
        ]

    def _creators(self, hour: Hour, every: Sequence[Sent]) -> list[Told]:
        fit = [one.answered for one in every]
        ready = [one for one, is_plain in zip(every, fit, strict=True) if is_plain]
        seed = self._world.seed
        in_v2 = [creator_reply.has_v2(one.shown.tiktok.creator, era=hour.era, seed=seed) for one in ready]
        read = iter(plain.of_creators([one.creator for one in ready], in_v2))
        return [
            next(read) if is_plain else self.one_by_one(hour, one)[1] for one, is_plain in zip(every, fit, strict=True)
        ]

    def _blocks(self, hour: Hour, sent: Sent) -> dict[str, Any]:
        blocks = item.count_blocks(
            sent.shown.tiktok,
            sent.sent,
            sent.then,
            era=hour.era,
            author_stats=hour.author_stats,
            seed=self._world.seed,
            best=True,
        )
        if sent.likeless:
            flavours.without(blocks, "diggCount")
        if sent.zeroed:
            zero(blocks)
        return blocks


def whole_ms(at: float) -> float:
    """*at* as the file has it: whole milliseconds."""
    return math.floor(at * 1000) / 1000
