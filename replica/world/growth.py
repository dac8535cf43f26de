"""How counts grow: pure functions of what an entity is and of the time.

A TikTok's counts ripen: after `ripening` days it has half of what it will ever have. Some burst: for a day or two
everything multiplies. Some of what was counted is taken away again: deleted comments often, the rest seldom
(site.md 7.5, 5.1b). Shapes and rates are invented; the shares of falling pairs are held to site.md 5.1b by a test.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from operator import mul
from random import Random

from replica.world.entities import Counts, TikTok
from replica.world.profiles import Profile

DAY_S = 86_400.0
# How steeply each count follows the life of its TikTok: late viewers comment less and share more.
STEEPNESS = {"likes": 1.0, "views": 1.0, "comments": 0.93, "shares": 1.04, "saves": 1.0}
_STEEPNESS = tuple(STEEPNESS[name] for name in Counts._fields)
BURSTING = 0.05
SMALLEST_LOSS, LARGEST_LOSS = 0.001, 0.012


@dataclass(frozen=True, slots=True)
class Burst:
    """From `at` on, `gain` times what the TikTok had at its pivot comes on top, half of it within `half_s`."""

    at: float
    gain: float
    half_s: float

    def by(self, at: float) -> float:
        """What of `gain` has come by *at*."""
        return 0.0 if at <= self.at else self.gain * -math.expm1(-(at - self.at) * math.log(2) / self.half_s)


@dataclass(frozen=True, slots=True)
class Life:
    """What happens to one TikTok. `pivot`: when its counts are those of its scale; `losses`: per count, (time, share
    taken away), rising."""

    born: float
    ripening_s: float
    bursts: tuple[Burst, ...]
    losses: Mapping[str, tuple[tuple[float, float], ...]]
    pivot: float
    # Per count: when each loss came, and what is left after none, the first, the first two ... of them.
    _left: dict[str, tuple[list[float], list[float]]] = field(default_factory=dict, init=False, repr=False)
    _kept: list[tuple[list[float], list[float]]] = field(default_factory=list, init=False, repr=False)
    _height: list[float] = field(default_factory=list, init=False, repr=False)

    def height(self, at: float) -> float:
        """How far the TikTok has come by *at*, without losses; 0 before it is posted."""
        age = at - self.born
        if age <= 0:
            return 0.0
        ripe = age / (age + self.ripening_s)
        return ripe + sum(burst.by(at) for burst in self.bursts) if self.bursts else ripe

    def kept(self, name: str, at: float) -> float:
        """The share of *name* that losses up to *at* have left."""
        when, left = self._left.get(name) or self._losses_of(name)
        return left[bisect_right(when, at)]

    def since_pivot(self, at: float) -> float:
        """`height` over what it is at the pivot."""
        if not self._height:
            self._height.append(self.height(self.pivot))
        return self.height(at) / self._height[0]

    def kept_since_pivot(self) -> list[tuple[list[float], list[float]]]:
        """Per count, in the order of Counts: when each loss came; `kept` before and after each, over the pivot's."""
        if not self._kept:
            for name in Counts._fields:
                when, left = self._losses_of(name)
                at_pivot = left[bisect_right(when, self.pivot)]
                self._kept.append((when, [part / at_pivot for part in left]))
        return self._kept

    def _losses_of(self, name: str) -> tuple[list[float], list[float]]:
        losses = self.losses.get(name, ())
        left = accumulate((1 - part for _, part in losses), mul, initial=1.0)
        self._left[name] = [when for when, _ in losses], list(left)
        return self._left[name]


def live(tiktok: TikTok, profile: Profile, random: Random, *, since: float, until: float) -> Life:
    """Draw the life of *tiktok*; losses fall between *since* and *until*."""
    ripening = profile.ripening * math.exp(random.gauss(0, 0.3)) * DAY_S
    bursts: tuple[Burst, ...] = ()
    if random.random() < BURSTING:
        at = random.uniform(tiktok.served_from, tiktok.served_until)
        height = (tiktok.pivot - tiktok.created_at) / (tiktok.pivot - tiktok.created_at + ripening)
        gain = height * math.exp(random.gauss(0, 0.8))
        bursts = (Burst(at, gain, random.uniform(4, 40) * 3600),)
    start = max(since, tiktok.created_at)
    losses = {name: tuple(_losses(rate, start, until, random)) for name, rate in profile.falls.items()}
    return Life(tiktok.created_at, ripening, bursts, losses, tiktok.pivot)


def _losses(rate: float, start: float, until: float, random: Random) -> Iterator[tuple[float, float]]:
    at, per_s, draw, log = start, rate / DAY_S, random.random, math.log
    span = LARGEST_LOSS - SMALLEST_LOSS
    # `expovariate` and `uniform`, written out: there are a million of them in a history of two months
    while (at := at - log(1.0 - draw()) / per_s) < until:
        yield at, SMALLEST_LOSS + span * draw()


def counts(tiktok: TikTok, life: Life, at: float) -> Counts:
    """The exact counts of *tiktok* at *at*; those of `scale` at its pivot."""
    ratio = life.since_pivot(at)
    return Counts(
        *[
            int(count * (ratio if steepness == 1 else ratio**steepness) * left[bisect_right(when, at)] + 0.5)
            for count, steepness, (when, left) in zip(tiktok.scale, _STEEPNESS, life.kept_since_pivot(), strict=True)
        ]
    )
