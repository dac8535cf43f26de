"""What creators have in all, of many at once: their own growth, and what their TikToks in the pool bring them.

A history asks for a hundred thousand of these, and a creator has up to hundreds of TikToks: so the TikToks of all
who are asked for stand in one array. What is added up is added in the order of the works, so one alone comes out as
among many.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from replica.world.entities import CreatorCounts, TikTok
from replica.world.growth import DAY_S, Life
from replica.world.people import GIANTS, Career

Floats = NDArray[np.float64]
FOLLOWERS_PER_LIKE = 0.012
# Per TikTok, in the rows of `_Owned.works`.
BORN, RIPENING_S, HEIGHT, KEPT, LIKES, BURST_AT, BURST_GAIN, BURST_HALF_S = range(8)


@dataclass(frozen=True, slots=True)
class _Owned:
    """One creator. `works`: a column per TikTok; `losses`: (which TikTok, when, what is left) of likes, in order."""

    career: Career
    works: Floats
    losses: Floats
    elsewhere: int = 0  # likes that come from elsewhere than the pool's TikToks, when the career's totals hold


class Totals:
    """Creators' exact counts at any time.

    *works*: a creator's TikToks and their lives; *career*: how a creator grows; *followers_from*: which likes bring
    followers; *window_days*: how long before now the feed serves the world.
    """

    def __init__(
        self,
        *,
        works: Callable[[int], Sequence[tuple[TikTok, Life]]],
        career: Callable[[int], Career],
        followers_from: str,
        window_days: float,
    ) -> None:
        self._works, self._career = works, career
        self._followers_from, self._window_days = followers_from, window_days
        self._owned: dict[int, _Owned] = {}

    def at(self, asked: Sequence[tuple[int, float]]) -> list[CreatorCounts]:
        """The counts of each of *asked*: (creator's number, Unix seconds)."""
        if not asked:
            return []
        owned = [self._known(creator) for creator, _ in asked]
        times = np.array([at for _, at in asked])
        sizes = np.array([one.works.shape[1] for one in owned])
        row = np.repeat(np.arange(len(asked)), sizes)
        works, when = np.concatenate([one.works for one in owned], axis=1), times[row]
        losses = _shifted(owned, sizes)
        posted = works[BORN] <= when
        likes, by_bursts = _likes(works, when, losses), _burst_likes(works, when)
        all_likes = np.array([_likes_elsewhere(one, at) for one, (_, at) in zip(owned, asked, strict=True)])
        followers = np.array([one.career.followers_at(at) for one, (_, at) in zip(owned, asked, strict=True)])
        np.add.at(all_likes, row[posted], likes[posted])
        if self._followers_from != "nothing":
            brought = by_bursts if self._followers_from == "bursts" else likes
            np.add.at(followers, row[posted], FOLLOWERS_PER_LIKE * brought[posted])
        videos = np.bincount(row[posted], minlength=len(asked)).tolist()
        return [
            CreatorCounts(
                followers=int(followed),
                following=one.career.following,
                likes=max(0, int(liked)),
                videos=one.career.videos + count + bisect_left(one.career.posts, at),
                friends=one.career.friends,
                liked=one.career.liked,
            )
            for one, followed, liked, count, (_, at) in zip(
                owned, followers.tolist(), all_likes.tolist(), videos, asked, strict=True
            )
        ]

    def _known(self, creator: int) -> _Owned:
        if creator not in self._owned:
            self._owned[creator] = self._made(creator)
        return self._owned[creator]

    def _made(self, creator: int) -> _Owned:
        career, pairs = self._career(creator), self._works(creator)
        works = np.array([_column(tiktok, life) for tiktok, life in pairs]).T
        lost = [(n, at, 1 - part) for n, (_, life) in enumerate(pairs) for at, part in life.losses.get("likes", ())]
        losses = np.array(lost, dtype=float).reshape(len(lost), 3)
        now = np.full(works.shape[1], career.now)
        here = int(_likes(works, now, losses)[works[BORN] <= now].sum())
        elsewhere = career.likes - here
        if creator >= len(GIANTS):
            # The likes per day reach back over the window, and elsewhere must not fall below nothing there.
            elsewhere = max(elsewhere, math.ceil(career.likes_per_day * (self._window_days + 25)))
        return _Owned(career, works, losses, elsewhere)


def _column(tiktok: TikTok, life: Life) -> tuple[float, ...]:
    at, gain, half_s = next(((b.at, b.gain, b.half_s) for b in life.bursts), (math.inf, 0.0, 1.0))
    height, kept = life.height(tiktok.pivot), life.kept("likes", tiktok.pivot)
    return (life.born, life.ripening_s, height, kept, tiktok.scale.likes, at, gain, half_s)


def _shifted(owned: Sequence[_Owned], sizes: NDArray[np.int64]) -> Floats:
    """The losses of all, each TikTok numbered among the TikToks of all."""
    found = np.concatenate([one.losses for one in owned])
    found[:, 0] += np.repeat(np.cumsum(sizes) - sizes, [len(one.losses) for one in owned])
    return found


def _burst_share(works: Floats, when: Floats) -> Floats:
    """What bursts have added by *when*, over what each had at its pivot without any."""
    since = np.maximum(when - works[BURST_AT], 0.0)
    found: Floats = works[BURST_GAIN] * -np.expm1(-since * math.log(2) / works[BURST_HALF_S])
    return found


def _burst_likes(works: Floats, when: Floats) -> Floats:
    found: Floats = works[LIKES] * _burst_share(works, when) / works[HEIGHT]
    return found


def _likes(works: Floats, when: Floats, losses: Floats) -> Floats:
    """Whole likes of each TikTok: `growth.counts`, of many at once."""
    age = np.maximum(when - works[BORN], 0.0)
    height = np.where(age > 0, age / (age + works[RIPENING_S]) + _burst_share(works, when), 0.0)
    kept, which = np.ones(len(when)), losses[:, 0].astype(np.int64)
    gone = losses[:, 1] <= when[which]
    np.multiply.at(kept, which[gone], losses[gone, 2])
    exact: Floats = np.floor(works[LIKES] * (height / works[HEIGHT]) * (kept / works[KEPT]) + 0.5)
    return exact


def _likes_elsewhere(one: _Owned, at: float) -> float:
    return one.elsewhere + one.career.likes_per_day * ((at - one.career.now) / DAY_S)
