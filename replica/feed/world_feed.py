"""The feed that the world shows."""

from __future__ import annotations

import json
from functools import cached_property
from random import Random
from typing import NamedTuple

import numpy as np

from replica.feed.feed import Card, CreatorAnswer
from replica.feed.showing import LATE, order
from replica.items import creator_reply
from replica.items.addresses import Media
from replica.items.flavours import without
from replica.items.flips import is_flipped, lower
from replica.items.handleless import is_handleless
from replica.items.item import list_item
from replica.items.live_card import live_card
from replica.items.truth import truth_of
from replica.items.zeroed import is_zeroed, is_zeroed_reply, zero
from replica.options import Options
from replica.world.chance import again, share
from replica.world.entities import Counts, Creator, TikTok
from replica.world.people import GIANTS
from replica.world.world import World

FAILURES = 0.01
# The share of TikToks sent without a number of likes, once a visit is past its first cards; not in the replies of 2022.
LIKELESS = 0.005
REPEATED_FROM = 6  # no repeats or LIVE cards before this card of a visit


class WorldSource:
    """Cards and creators out of *world*."""

    def __init__(self, world: World, options: Options, media: Media) -> None:
        self.world, self.options, self.media = world, options, media

    def visit(self, number: int, at: float) -> WorldVisit:
        """The feed of the *number*-th visitor."""
        return WorldVisit(self, number, at)

    @cached_property
    def late(self) -> frozenset[int]:
        """Creators whose pages are gone and whom, unless told how many there are, no short visit meets."""
        if self.options.creator_failures is not None:
            return frozenset()
        return frozenset(n for n in range(self.world.profile.creators) if self.refusal(n) is not None)

    def card(self, tiktok: TikTok, at: float, *, late: bool = False, zeroed: bool = False) -> Card:
        """*tiktok* as it is sent at *at*, with the truth beside it.

        *late*: past the first cards of a visit; *zeroed*: in a reply whose counts have failed.
        """
        counts, creator = self.world.counts(tiktok, at), self.world.creator_counts(tiktok.creator, at)
        item = list_item(
            tiktok,
            self.sent(tiktok, counts, at),
            creator,
            era=self.options.era,
            author_stats=self.options.author_stats,
            media=self.media,
            at=at,
            seed=self.options.seed,
        )
        if late and likeless(tiktok, era=self.options.era, seed=self.options.seed):
            without(item, "diggCount")
        if zeroed and is_zeroed(tiktok.id, self.options.seed):
            zero(item)
        return Card(item, truth_of(tiktok, counts, creator, item))

    def sent(self, tiktok: TikTok, counts: Counts, at: float) -> Counts:
        """What is sent in place of the true *counts* of *tiktok* at *at*: the same, but for those that flip."""
        flips = self.options.rates.flips
        return lower(counts) if is_flipped(tiktok, at, flips, self.options.seed) else counts

    def zeroed(self, visit: int, reply: int) -> bool:
        """Whether the counts of list reply *reply*, from 0, of visitor *visit* have failed."""
        return is_zeroed_reply(visit, reply, self.options.rates.zeroed, self.options.seed)

    def handleless(self, tiktok: TikTok) -> bool:
        """Whether *tiktok* is sent without its creator's handle."""
        return is_handleless(tiktok.id, self.options.rates.handleless, self.options.seed)

    def live(self, owner: Creator, at: float) -> Card:
        """The card of *owner*'s LIVE room."""
        return Card(live_card(owner, self.media, at), None)

    def creator(self, handle: str, at: float) -> CreatorAnswer:
        """The detail reply about *handle*."""
        creator = self.world.creator_named(handle)
        if creator is None:
            return CreatorAnswer(creator_reply.REFUSALS["no-such-user"], "no-such-user", {})
        counts = self.world.creator_counts(creator, at)
        truth = {"user_followers": counts.followers, "user_likes": counts.likes, "user_videos": counts.videos}
        refusal = self.refusal(creator.index)
        tells = refusal == "private" and creator_reply.private_tells(creator.index, self.options.seed)
        if refusal is not None and not tells:
            return CreatorAnswer(creator_reply.REFUSALS[refusal], refusal, truth)
        told = creator_reply.detail(
            creator, counts, era=self.options.era, media=self.media, at=at, seed=self.options.seed
        )
        reply = "statsV2" if "statsV2" in told["userInfo"] else "stats"
        told = creator_reply.private(told) if tells else told
        return CreatorAnswer(json.dumps(told, ensure_ascii=False), reply, truth)

    def card_of(self, tiktok_id: str, at: float) -> Card | None:
        """The card of one TikTok by its id."""
        index = self.world.index_of.get(tiktok_id)
        return None if index is None else self.card(self.world.tiktok(index), at)

    def of_one_account(self, at: float) -> list[str]:
        """The ids of all TikToks of one creator, who has the most of those that are there at *at*; no advertiser."""
        pool = self.world.pool
        there = np.flatnonzero((pool.created < at) & (pool.removed > at) & ~pool.ad)
        most = np.bincount(pool.creator[there]).argmax()
        return [pool.id[index] for index in there[pool.creator[there] == most]]

    def refusal(self, creator: int) -> str | None:
        """The name of the refusal that is answered about creator number *creator*; None where they are told of."""
        if creator < len(GIANTS):
            return None
        failures = FAILURES if self.options.creator_failures is None else self.options.creator_failures
        return creator_reply.refusal_of(creator, failures, self.options.seed)


def likeless(tiktok: TikTok, *, era: str, seed: int) -> bool:
    """Whether *tiktok* is sent without a number of likes once a visit is past its first cards."""
    return era != "a" and share(seed, "likeless", tiktok.id) < LIKELESS


class Drawn(NamedTuple):
    """Which card comes next: a TikTok, or (`tiktok` None) the LIVE room of `owner`. `late`: past the first cards."""

    tiktok: TikTok | None = None
    late: bool = False
    owner: Creator | None = None


class WorldVisit:
    """One visitor's way through the world: its TikToks in order, with LIVE cards and repeats between."""

    def __init__(self, source: WorldSource, number: int, at: float) -> None:
        self._source, self._number = source, number
        self._order = order(source.world, number, at, late=source.late)
        self._random = Random(0)
        self._next = 0
        self._served = 0
        self._replies = 0

    def take(self, wanted: int, at: float) -> list[Card]:
        """The next cards."""
        cards: list[Card] = []
        zeroed = self._source.zeroed(self._number, self._replies)
        while len(cards) < wanted and self.more():
            cards.append(self._card(at, zeroed=zeroed))
        self._replies += bool(cards)
        return cards

    def ahead(self, wanted: int, at: float) -> list[Card]:
        """The last TikToks of the visit: whoever takes them for shown is found out (site.md 5.2)."""
        every = self._order.whole
        last = every[max(self._next, len(every) - wanted) :]
        return [self._source.card(self._source.world.tiktok(index), at) for index in last]

    def more(self) -> bool:
        """Whether any is left."""
        return self._order.reaches(self._next)

    def draw(self) -> Drawn:
        """Go on by one card."""
        self._served += 1
        world, random = self._source.world, self._random
        late = self._served > LATE
        if self._served >= REPEATED_FROM:
            again(random, world.seed, "card", self._number, self._served)
            draw = random.random()
            if draw < world.profile.live:
                return Drawn(owner=world.creator(random.randrange(len(GIANTS), min(1_000, world.profile.creators))))
            if draw < world.profile.live + world.profile.repeats:
                return Drawn(world.tiktok(self._order[random.randrange(self._next)]), late=late)
        self._next += 1
        return Drawn(world.tiktok(self._order[self._next - 1]), late=late)

    def _card(self, at: float, *, zeroed: bool) -> Card:
        drawn = self.draw()
        if drawn.tiktok is None:
            assert drawn.owner is not None
            return self._source.live(drawn.owner, at)
        return self._source.card(drawn.tiktok, at, late=drawn.late, zeroed=zeroed)
