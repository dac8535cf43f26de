"""A table of sizes whose every column and every ratio has the quantiles that were measured.

The sources give quantiles of each count and of three ratios, not how they hang together. The table starts from
counts that rise together and is then moved, one count or ratio at a time, onto the quantiles wanted, over and over
until all hold at once (iterative distribution transfer: Pitié, Kokaram and Dahyot 2007). What is left free by the
quantiles is invented.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from replica.world.chance import stream
from replica.world.profiles import Knots, Profile

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
FIELDS = ("likes", "views", "comments", "shares", "saves")
TOGETHER = (1.0, 0.93, 0.5, 0.8, 0.93)  # how closely each follows the likes to begin with
ROUNDS = 60


def quantiles(knots: Knots, ranks: Floats) -> Floats:
    """The logarithm of the value at each of *ranks* in (0, 1): linear between *knots* on a normal scale."""
    normal = NormalDist()
    at = np.array([normal.inv_cdf(percent / 100) for percent, _ in knots])
    logs = np.log([value for _, value in knots])
    z = np.array([normal.inv_cdf(rank) for rank in ranks])
    inside = np.interp(z, at, logs)
    top = logs[-1] + (z - at[-1]) * (logs[-1] - logs[-2]) / (at[-1] - at[-2])
    bottom = logs[0] + (z - at[0]) * (logs[1] - logs[0]) / (at[1] - at[0])
    found: Floats = np.where(z > at[-1], top, np.where(z < at[0], bottom, inside))
    return found


def table(profile: Profile, seed: int) -> Floats:
    """`profile.rows` rows of the logarithms of FIELDS, in no order."""
    count = profile.rows
    ranks = (np.arange(count) + 0.5) / count
    rng = stream(seed, "joint")
    z = rng.standard_normal((count, 1)) * TOGETHER + rng.standard_normal((count, 5)) * np.sqrt(1 - np.square(TOGETHER))
    logs = np.column_stack([_spread(z[:, n], quantiles(profile.sizes[name], ranks)) for n, name in enumerate(FIELDS)])
    wanted = [(_axis(name), quantiles(knots, ranks)) for name, knots in profile.sizes.items()]
    wanted += [(_axis(top) - _axis(bottom), quantiles(knots, ranks)) for (top, bottom), knots in profile.ratios.items()]
    for _ in range(ROUNDS):
        for axis, target in wanted[::-1]:
            now = logs @ axis
            logs += np.outer(_spread(now, target) - now, axis / (axis @ axis))
    return logs


def _spread(values: Floats, target: Floats) -> Floats:
    """*target*, sorted, in the order of *values*."""
    moved = np.empty_like(values)
    moved[np.argsort(values, kind="stable")] = target
    return moved


def _axis(name: str) -> Floats:
    return np.array([float(name == field) for field in FIELDS])
