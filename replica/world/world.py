"""The simulated platform: creators, audios and TikToks whose truth is known at every time.

Deterministic by seed, profile and now; every count is a pure function of (TikTok or creator, time). Entities are
made when first asked for, so a world of tens of thousands of TikToks starts in well under a second.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from replica.options import FOLLOWERS_FROM
from replica.unruly import TAME, Unruly
from replica.world import growth, lexicon, people
from replica.world.chance import dice
from replica.world.entities import Audio, Counts, Creator, CreatorCounts, TikTok
from replica.world.growth import DAY_S, Life
from replica.world.joint import Ints
from replica.world.pool import Pool
from replica.world.profiles import PROFILES
from replica.world.taken_back import after_taking_back, spells
from replica.world.totals import Totals

NAMELESS = 1 / 2_000  # sounds without an id (site.md 5.1b saw one)


class World:
    """One world. *now*: Unix seconds; *profile*: "2022" or "2025".

    *depth*: days before now in which the feed serves it, 15 at least. *followers_from*: which likes bring their creator
    followers (FOLLOWERS_FROM): those of bursts, all, or none. It moves nothing else, so two worlds that differ by it
    alone tell what likes brought. *unruly*: what is unruly in it; of it the world has what is true of counts, and the
    feed what is sent of them.
    """

    def __init__(
        self,
        seed: int,
        now: float,
        profile: str,
        *,
        depth: float = 0,
        followers_from: str = FOLLOWERS_FROM[0],
        unruly: Unruly = TAME,
    ) -> None:
        self.seed, self.now, self.profile = seed, now, PROFILES[profile].reaching(depth)
        self.followers_from, self.unruly = followers_from, unruly
        self.pool = Pool(self.profile, seed, now, unruly.between_creators)
        self._taken_back = spells(unruly.taken_back, self.profile.spells)
        self._since, self._until = now - (self.profile.window + 5) * DAY_S, now + 30 * DAY_S
        self._tiktoks: dict[int, TikTok] = {}
        self._creators: dict[int, Creator] = {}
        self._audios: dict[int, Audio] = {}
        self._works_arrays: dict[int, Ints] = {}
        self._lives: dict[int, Life] = {}

    def tiktok(self, index: int) -> TikTok:
        """The TikTok of that number."""
        if index not in self._tiktoks:
            self._tiktoks[index] = self._make_tiktok(index)
        return self._tiktoks[index]

    def creator(self, index: int) -> Creator:
        """The creator of that number."""
        if index not in self._creators:
            own = self.works[index]
            first = min(int(self.pool.created[n]) for n in own)
            advertiser = index - (self.profile.creators - self.pool.advertisers)
            self._creators[index] = people.creator(
                index, self.seed, first_post=first, advertiser=advertiser if advertiser >= 0 else None
            )
        return self._creators[index]

    def audio(self, index: int) -> Audio:
        """The audio of that number."""
        if index not in self._audios:
            self._audios[index] = self._make_audio(index)
        return self._audios[index]

    def counts(self, tiktok: TikTok, at: float) -> Counts:
        """The exact counts of *tiktok* at *at*."""
        counts, shares = growth.counts(tiktok, self.life(tiktok), at), self._taken_back
        return after_taking_back(counts, tiktok.id, at, shares, self.seed) if shares[0] else counts

    def life(self, tiktok: TikTok) -> Life:
        """What happens to *tiktok*: its bursts and losses."""
        if tiktok.index not in self._lives:
            random = dice(self.seed, "life", tiktok.index)
            self._lives[tiktok.index] = growth.live(tiktok, self.profile, random, since=self._since, until=self._until)
        return self._lives[tiktok.index]

    def creator_counts(self, creator: Creator, at: float) -> CreatorCounts:
        """The exact counts of *creator* at *at*; likes as they truly are, whatever `stats` make of them."""
        return self.creators_counts([(creator.index, at)])[0]

    def creators_counts(self, asked: Sequence[tuple[int, float]]) -> list[CreatorCounts]:
        """The same of many at once: (creator's number, time) each."""
        return self._totals.at(asked)

    @cached_property
    def _totals(self) -> Totals:
        return Totals(
            works=lambda creator: [(t, self.life(t)) for t in map(self.tiktok, self.works[creator])],
            career=lambda creator: people.career(
                creator, self.seed, now=self.now, since=self._since, until=self._until
            ),
            followers_from=self.followers_from,
            window_days=self.profile.window,
        )

    @cached_property
    def works(self) -> list[list[int]]:
        """Per creator: the numbers of their TikToks."""
        return _grouped(self.pool.creator.tolist(), self.profile.creators)

    def works_array(self, creator: int) -> Ints:
        """The same of one creator, as an array."""
        if creator not in self._works_arrays:
            self._works_arrays[creator] = np.array(self.works[creator], dtype=np.int64)
        return self._works_arrays[creator]

    @cached_property
    def uses(self) -> list[list[int]]:
        """Per audio: the numbers of the TikToks that use it."""
        return _grouped(self.pool.audio.tolist(), self.profile.audios)

    @cached_property
    def index_of(self) -> dict[str, int]:
        """TikTok's id -> its number."""
        return {id_: index for index, id_ in enumerate(self.pool.id)}

    def creator_named(self, handle: str) -> Creator | None:
        """The creator of that handle, or None."""
        met = next((c for c in self._creators.values() if c.handle == handle), None)
        return met or self._everybody.get(handle)

    @cached_property
    def _everybody(self) -> dict[str, Creator]:
        return {creator.handle: creator for creator in map(self.creator, range(self.profile.creators))}

    def _make_tiktok(self, index: int) -> TikTok:
        pool = self.pool
        random = dice(self.seed, "tiktok", index)
        ad = bool(pool.ad[index])
        spoken = lexicon.language(random)
        caption, tags = lexicon.caption(spoken, random)
        audio, photo = self.audio(int(pool.audio[index])), bool(pool.photo[index])
        length = int(math.exp(random.gauss(3.7, 0.75))) + 5
        pivot, half = float(pool.pivot[index]), float(pool.stay_s[index]) / 2
        likes, views, comments, shares, saves = (round(math.exp(log)) for log in pool.sizes[index])
        return TikTok(
            index=index,
            id=pool.id[index],
            creator=self.creator(int(pool.creator[index])),
            audio=audio,
            created_at=int(pool.created[index]),
            served_from=pivot - half,
            pivot=pivot,
            served_until=pivot + half,
            caption=caption,
            hashtags=tags,
            duration=random.choice((0, audio.duration)) if photo else length,
            language=spoken,
            photo=photo,
            ad=ad,
            scale=Counts(likes=likes, comments=comments, shares=shares, views=views, saves=saves),
        )

    def _make_audio(self, index: int) -> Audio:
        random = dice(self.seed, "audio", index)
        first = self.uses[index][0]
        if self.pool.ad[first]:
            return Audio(index, str(int(self.pool.id[first]) + 2**32), "Promoted Music", None, False, 0)
        if random.random() < self.profile.originals:
            owner = self.creator(int(self.pool.creator[first]))
            title = lexicon.original(owner.language, owner.nickname, random)
            id_ = str(int(self.pool.id[first]) + random.randrange(2**20, 2**36))
            return Audio(index, id_, title, owner.nickname, True, random.randrange(6, 180))
        title, band = lexicon.song(random)
        id_ = str(
            random.randrange(10**5, 10**9) if random.random() < 0.1 else random.randrange(65 * 10**17, 74 * 10**17)
        )
        return Audio(index, "" if random.random() < NAMELESS else id_, title, band, False, random.randrange(20, 240))


def _grouped(owners: list[int], count: int) -> list[list[int]]:
    groups: list[list[int]] = [[] for _ in range(count)]
    for index, owner in enumerate(owners):
        groups[owner].append(index)
    return groups
