"""Which TikToks the feed shows to one visitor, and in what order.

Each stretch of `profile.rows` cards holds every row of the table of sizes once, so that even a short visit meets
the sizes of the whole; among TikToks of one row the popular come first. What is no longer served comes after all
that is; what was removed, never again. Everybody's feed has the giants early, and creators whose pages are gone late.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np

from replica.world.chance import stream
from replica.world.joint import Ints
from replica.world.people import GIANTS
from replica.world.pool import Flags, Pool
from replica.world.world import World

# Where the giants' TikToks stand in a visit.
GIANTS_AT = (8, 21, 34, 52, 67, 80, 93)
LATE = 30  # up to this card nobody is shown whose page is gone


class Order:
    """The numbers of the TikToks in the order in which a visitor sees them; what few come to see is made when asked."""

    def __init__(self, first: list[int], rest: Callable[[], list[int]] | None = None) -> None:
        """*first*: those that come first; *rest*: gives all that come after them."""
        self._known, self._rest = first, rest

    @property
    def whole(self) -> list[int]:
        """All of them."""
        if self._rest is not None:
            self._known, self._rest = self._known + self._rest(), None
        return self._known

    def reaches(self, place: int) -> bool:
        """Whether there is one at *place*, from 0."""
        return place < len(self._known) or place < len(self.whole)

    def __getitem__(self, place: int) -> int:
        """The one at *place*, from 0; IndexError where none is."""
        return self._known[place] if place < len(self._known) else self.whole[place]


def order(world: World, visit: int, at: float, *, late: Collection[int] = ()) -> Order:
    """The order in which visitor *visit* sees TikToks from *at* on.

    *late*: numbers of creators whose TikToks come after the first LATE cards.
    """
    pool, stars = world.pool, _stars(world, at)
    shown, gone = pool.active(at), _those(late, world.profile.creators)
    first = _left(pool, _ranked(pool, shown, world.seed, visit), at)

    def rest() -> Ints:
        over = pool.created < at
        over[shown] = False
        return _left(pool, _ranked(pool, np.flatnonzero(over), world.seed, visit), at)

    if (~gone[pool.creator[first]]).sum() < LATE or len(first) < GIANTS_AT[-1] + len(stars):
        return Order(_with_giants(_postponed(np.concatenate([first, rest()]), pool.creator, gone), stars))
    return Order(_with_giants(_postponed(first, pool.creator, gone), stars), lambda: _without(rest(), stars))


def _left(pool: Pool, ranked: Ints, at: float) -> Ints:
    """Those that are not taken down."""
    return ranked[pool.removed[ranked] > at]


def _those(numbers: Collection[int], many: int) -> Flags:
    """Which of *many* they are."""
    found = np.zeros(many, dtype=bool)
    found[list(numbers)] = True
    return found


def _ranked(pool: Pool, chosen: Ints, seed: int, visit: int) -> Ints:
    rng = stream(seed, "order", visit, len(chosen))
    rows = pool.row[chosen]
    waits = rng.exponential(size=len(chosen)) / pool.popularity[chosen]
    by_row = np.lexsort((waits, rows))
    rows = rows[by_row]
    starts = np.searchsorted(rows, rows)
    rounds = np.arange(len(rows)) - starts
    turn = rng.random((int(rounds.max(initial=0)) + 1, pool.profile.rows))
    ordered: Ints = chosen[by_row][np.lexsort((turn[rounds, rows], rounds))]
    return ordered


def _postponed(ranked: Ints, creators: Ints, gone: Flags) -> Ints:
    """*ranked* with creators who are *gone* after LATE others."""
    if not gone.any():
        return ranked
    early = np.flatnonzero(~gone[creators[ranked]])[:LATE]
    return np.concatenate([ranked[early], np.delete(ranked, early)])


def _stars(world: World, at: float) -> list[int]:
    """Of each giant who has any the TikTok that is served at *at*, or next to it."""
    stars = []
    for giant in range(len(GIANTS)):
        own = world.works_array(giant)
        own = own[(world.pool.created[own] < at) & (at < world.pool.removed[own])]
        if len(own):
            stars.append(int(own[np.abs(world.pool.pivot[own] - at).argmin()]))
    return stars


def _without(ranked: Ints, stars: Sequence[int]) -> list[int]:
    others: list[int] = [number for number in ranked.tolist() if number not in stars]
    return others


def _with_giants(ranked: Ints, stars: Sequence[int]) -> list[int]:
    others = _without(ranked, stars)
    for place, star in zip(GIANTS_AT, stars, strict=False):
        others.insert(place - 1, star)
    return others
