"""Where every random draw of the replica comes from: named streams of one seed.

A stream's name says what it is for, so adding a draw in one place moves nothing in another, and any single
TikTok's or creator's draws can be repeated alone.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from random import Random

import numpy as np


def stream(seed: int, *names: object) -> np.random.Generator:
    """A numpy generator for arrays, the same for the same *seed* and *names*."""
    return np.random.default_rng(_number(seed, names))


def dice(seed: int, *names: object) -> Random:
    """A plain generator for single draws, the same for the same *seed* and *names*."""
    return Random(_number(seed, names))


def again(random: Random, seed: int, *names: object) -> None:
    """Let *random* draw what `dice` of the same names would: making another one takes longer than its first draw."""
    random.seed(_number(seed, names))


@lru_cache(maxsize=1 << 17)  # most are asked for at every sighting of a TikTok or creator
def share(seed: int, *names: object) -> float:
    """One uniform draw in [0, 1), the same for the same *seed* and *names*."""
    return once(seed, *names)


def once(seed: int, *names: object) -> float:
    """The same, of what is asked for once: a moment, say."""
    return _number(seed, names) / 2**64


def _number(seed: int, names: tuple[object, ...]) -> int:
    text = "/".join(map(str, (seed, *names)))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
