"""Which TikToks the feed shows to one visitor, and in what order.

Each stretch of `profile.rows` cards holds every row of the table of sizes once, so that even a short visit meets
the sizes of the whole; among TikToks of one row the popular come first. What is no longer served comes after all
that is; what was removed, never again. Everybody's feed has the giants early, and creators whose pages are gone late.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from replica.world.chance import stream
from replica.world.joint import Ints
from replica.world.people import GIANTS
from replica.world.pool import Pool
from replica.world.world import World

# Where the giants' TikToks stand in a visit.
GIANTS_AT = (8, 21, 34, 52, 67, 80, 93)
LATE = 30  # up to this card nobody is shown whose page is gone


def order(world: World, visit: int, at: float, *, late: Collection[int] = ()) -> list[int]:
    """The numbers of the TikToks in the order in which visitor *visit* sees them from *at* on.

    *late*: numbers of creators whose TikToks come after the first LATE cards.
    """
    pool = world.pool
    shown = pool.active(at)
    left = pool.created < at
    left[shown] = False
    ranked = np.concatenate([_ranked(pool, n, world.seed, visit) for n in (shown, np.flatnonzero(left))])
    ranked = ranked[pool.removed[ranked] > at]
    return _with_giants(_postponed(ranked, pool.creator, late), world, at)


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


def _postponed(ranked: Ints, creators: Ints, late: Collection[int]) -> Ints:
    if not late:
        return ranked
    gone = np.isin(creators[ranked], list(late))
    early = np.flatnonzero(~gone)[:LATE]
    return np.concatenate([ranked[early], np.delete(ranked, early)])


def _with_giants(ranked: Ints, world: World, at: float) -> list[int]:
    stars = []
    for giant in range(len(GIANTS)):
        own = world.works_array(giant)
        own = own[(world.pool.created[own] < at) & (at < world.pool.removed[own])]
        if len(own):
            stars.append(int(own[np.abs(world.pool.pivot[own] - at).argmin()]))
    others: list[int] = ranked[~np.isin(ranked, stars)].tolist()
    for place, star in zip(GIANTS_AT, stars, strict=False):
        others.insert(place - 1, star)
    return others
