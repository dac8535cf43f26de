"""Who posted what with which sound when: the world's pool as arrays, drawn once from the seed.

Everything is relative to *now*, so that two worlds of one seed differ only by the clock. A TikTok is served for a
while around its pivot; the pivots lie evenly over the profile's window, so at any time in it the pool that is
served has the ages of the profile.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from replica.world import commenting
from replica.world.chance import stream
from replica.world.joint import FIELDS, Floats, Ints, quantiles, table
from replica.world.profiles import Profile

DAY_S = 86_400.0
Flags = NDArray[np.bool_]
LIKES, COMMENTS = FIELDS.index("likes"), FIELDS.index("comments")
AD_ROWS = 0.1  # advertisements have the fewest likes for their views: the share of rows they come from
STAY_PER_AGE = 1.2  # the longest stay, in ages at the pivot: what is served was posted before
REMOVED = 0.015  # invented: the share of TikToks that their creator or the site takes down
ADVERTISERS = 0.6  # per advertisement


@dataclass(frozen=True)
class Pool:
    """The arrays, one entry per TikTok unless said otherwise."""

    profile: Profile
    seed: int
    now: float
    between_creators: float = 0.0  # of the variance of likes per comment

    @cached_property
    def table(self) -> Floats:
        """Per row: the logarithms of likes, views, comments, shares and saves at the pivot."""
        return table(self.profile, self.seed)

    @cached_property
    def row(self) -> Ints:
        """Which row of the table: among as many TikToks in order of their pivots as it has rows, each row once."""
        rng, rows = self._rng("row"), self.profile.rows
        blocks = [rng.permutation(rows) for _ in range(math.ceil(self.profile.tiktoks / rows))]
        return np.concatenate(blocks)[: self.profile.tiktoks]

    @cached_property
    def sizes(self) -> Floats:
        """Its own sizes at the pivot, as logarithms: those of its row, but no two alike."""
        rng, count = self._rng("sizes"), self.profile.tiktoks
        return self.table[self.row] + 0.1 * rng.standard_normal((count, 1)) + 0.03 * rng.standard_normal((count, 5))

    @cached_property
    def age_s(self) -> Floats:
        """Age at the pivot, in seconds.

        The young are served for a shorter time, so the pool holds more of them than are served at any time: each
        age is drawn as often as the profile shows it, divided by how long such a TikTok is served.
        """
        grid = (np.arange(2_000) + 0.5) / 2_000
        ages = np.exp(quantiles(self.profile.ages, grid)) * DAY_S
        stay = np.array([np.minimum(self._wanted_stay_s, STAY_PER_AGE * age).mean() for age in ages])
        share = np.cumsum(1 / stay)
        ranks = (self._rng("age").permutation(self.profile.tiktoks) + 0.5) / self.profile.tiktoks
        drawn: Floats = np.exp(np.interp(ranks, share / share[-1], np.log(ages)))
        return drawn

    @cached_property
    def _wanted_stay_s(self) -> Floats:
        """For how long it would be served, were it old enough."""
        median, sigma = self.profile.stay
        draws = self._rng("stay").standard_normal(self.profile.tiktoks)
        longest = 2 * min(self.profile.ahead, self.profile.window) * DAY_S if self.profile.ahead > 1 else np.inf
        return np.minimum(median * DAY_S * np.exp(sigma * draws), longest)

    @cached_property
    def stay_s(self) -> Floats:
        """For how long it is served: nothing is served before it is posted."""
        return np.minimum(self._wanted_stay_s, STAY_PER_AGE * self.age_s)

    @cached_property
    def pivot(self) -> Floats:
        """The middle of the time it is served in: TikToks are numbered in its order."""
        start, end = -self.profile.window * DAY_S, self.profile.ahead * DAY_S
        spread = (np.arange(self.profile.tiktoks) + 0.5) / self.profile.tiktoks
        return self.now + start + (end - start) * spread

    @cached_property
    def removed(self) -> Floats:
        """When it was taken down while the feed still served it; infinity for nearly all."""
        rng, count = self._rng("removed"), self.profile.tiktoks
        at: Floats = self.pivot + self.stay_s * (rng.random(count) - 0.5)
        at[rng.random(count) >= REMOVED] = np.inf
        return at

    @cached_property
    def created(self) -> Ints:
        """When it was posted, in whole seconds."""
        return np.floor(self.pivot - self.age_s).astype(np.int64)

    @cached_property
    def id(self) -> list[str]:
        """TikTok's ids: the upload's second in the upper 32 bits, a little before createTime (site.md 8)."""
        rng = self._rng("id")
        count = self.profile.tiktoks
        before = np.exp(rng.normal(2.2, 0.7, count)) + (rng.random(count) < 0.04) * rng.uniform(3600, 86_400, count)
        seconds = self.created - before.astype(np.int64)
        low = rng.integers(0, 2**32, count)
        return [str((int(s) << 32) | int(bits)) for s, bits in zip(seconds, low, strict=True)]

    @cached_property
    def ad(self) -> Flags:
        """Whether it is an advertisement."""
        likes_per_view = self.table[:, 0] - self.table[:, 1]
        low = likes_per_view <= np.quantile(likes_per_view, AD_ROWS)
        fit = np.flatnonzero(low[self.row])
        chosen = self._rng("ad").choice(fit, round(self.profile.ads * self.profile.tiktoks), replace=False)
        flags = np.zeros(self.profile.tiktoks, dtype=bool)
        flags[chosen] = True
        return flags

    @cached_property
    def advertisers(self) -> int:
        """How many of the creators are advertisers; they have the highest numbers."""
        return max(1, round(int(self.ad.sum()) * ADVERTISERS))

    @cached_property
    def creator(self) -> Ints:
        """Whose it is: everybody has one at least, some have many."""
        rng = self._rng("creator")
        makers = np.empty(self.profile.tiktoks, dtype=np.int64)
        ordinary = self.profile.creators - self.advertisers
        for flags, start, count in ((~self.ad, 0, ordinary), (self.ad, ordinary, self.advertisers)):
            makers[flags] = start + _shared_out(int(flags.sum()), count, 0.6, rng)
        if self.between_creators > 0:
            for flags in (~self.ad, self.ad):
                per_like = self.sizes[flags, COMMENTS] - self.sizes[flags, LIKES]
                makers[flags] = commenting.handed_out(makers[flags], per_like, self.between_creators, self.seed)
        return makers

    @cached_property
    def audio(self) -> Ints:
        """Its sound: every sound is used once at least, some often; an advertisement has its own."""
        rng = self._rng("audio")
        sounds = np.empty(self.profile.tiktoks, dtype=np.int64)
        ads = int(self.ad.sum())
        sounds[self.ad] = np.arange(ads)
        sounds[~self.ad] = ads + _shared_out(self.profile.tiktoks - ads, self.profile.audios - ads, 0.9, rng)
        return sounds

    @cached_property
    def popularity(self) -> Floats:
        """How much the feed prefers it among its like."""
        draws: Floats = np.exp(1.6 * self._rng("popularity").standard_normal(self.profile.tiktoks))
        return draws

    @cached_property
    def photo(self) -> Flags:
        """Whether it is a photo post."""
        return (self._rng("photo").random(self.profile.tiktoks) < self.profile.photos) & ~self.ad

    def active(self, at: float) -> Ints:
        """The TikToks that the feed shows at *at*."""
        return np.flatnonzero((np.abs(at - self.pivot) <= self.stay_s / 2) & (self.created < at))

    def _rng(self, name: str) -> np.random.Generator:
        return stream(self.seed, "pool", name)


def _shared_out(things: int, owners: int, steepness: float, rng: np.random.Generator) -> Ints:
    """An owner for each of *things*: each of *owners* gets one, the rest go by a power law."""
    weights = (np.arange(owners) + 20.0) ** -steepness
    rest = rng.choice(owners, things - owners, p=weights / weights.sum())
    return rng.permutation(np.concatenate([np.arange(owners), rest])).astype(np.int64)
