"""Worlds whose truth is known, one a stated interval: how often does the interval hold the truth? Pure, by seed.

Each scenario takes a generator and a number of replicates and tells of each replicate whether the truth was held.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.measures.sampling import chao2
from analysis.measures.tails import top_share
from analysis.measures.together.slopes import fit_mixed, mixed_slope, within_slope
from analysis.statistics.bootstrap import drawn_mean_interval, mean_interval
from analysis.statistics.icc import intraclass
from analysis.statistics.intervals import poisson_interval, quantile_interval
from analysis.terms.definitions import EVENT_NOMINAL, EVENT_PAIRS_AT_LEAST, EVENT_REPLICATES, INTERVAL
from benchmarks.analysis.association_scenarios import Gains, correlation, within_steps

Floats = NDArray[np.float64]
Held = NDArray[np.bool_]


@dataclass(frozen=True)
class Scenario:
    """One interval in one world."""

    interval: str
    world: str
    held: Callable[[np.random.Generator, int], Held]
    """(generator, replicates) -> whether each replicate's interval held the truth, of those that gave an answer."""
    level: float = INTERVAL


def scenarios() -> Iterator[Scenario]:
    """All of them; the first of each interval is the kindest world, the others break something."""
    yield Scenario("99th percentile, order statistics", "500 lognormal values", partial(_quantile, 0.99, 500))
    yield Scenario("99th percentile, order statistics", "120 values: no end above", partial(_quantile, 0.99, 120))
    yield Scenario("95th percentile, order statistics", "200 lognormal values", partial(_quantile, 0.95, 200))
    yield Scenario("5th percentile, order statistics", "60 lognormal values", partial(_quantile, 0.05, 60))
    yield Scenario("posting rate, exact Poisson", "0.3 posts in the window", partial(_poisson, 0.3))
    yield Scenario("posting rate, exact Poisson", "14 posts in the window", partial(_poisson, 14.0))
    yield Scenario("posting rate by ids, low end", "6 of 20 uploads seen", _thinned, 0.975)
    for sets in (EVENT_PAIRS_AT_LEAST, 12, 20, 50):
        for name, effects in EFFECTS.items():
            yield Scenario("event study, bootstrap-t", f"{sets} sets, {name}", partial(_mean, sets, effects))
    rounded = partial(_mean, 30, EFFECTS["normal"], width=2.0)
    yield Scenario("event study, bootstrap-t", "30 sets, rounded to 2 SD", rounded)
    yield Scenario("event course, Student's t", "12 creators, normal", partial(_course, 12))
    for share in (0.0, 0.3, 0.9):
        yield Scenario("likes to comments, ICC", f"80 groups of 1 to 5, ICC {share}", partial(_icc, share, normal=True))
    yield Scenario("likes to comments, ICC", "the same at 0.3, t with 5 df", partial(_icc, 0.3, normal=False))
    yield Scenario("comments on likes, within", "40 creators x 2 x 5", partial(_within, 40, 0.0))
    yield Scenario("comments on likes, within", "the same, errors AR(1) 0.8", partial(_within, 40, 0.8))
    for method in ("pearson", "spearman"):
        associated = partial(correlation, method)
        yield Scenario(f"association, {method}", "150 creators, 1 each, r 0.3", partial(associated, 150, 1, 0.3))
        yield Scenario(f"association, {method}", "40 creators x 3, r 0.5", partial(associated, 40, 3, 0.5))
        yield Scenario(f"association, {method}", "20 creators x 3, r 0", partial(associated, 20, 3, 0.0))
        for creators, r, width in ((150, 0.3, 1.0), (240, 0.6, 1.0), (600, 0.5, 1.0), (240, 0.6, 2.0)):
            world = f"{creators} x 1, r {r}, rounded to {width:g} SD"
            yield Scenario(f"association, {method}", world, partial(associated, creators, 1, r, widths=(width, width)))
        one_side = partial(associated, 240, 1, 0.6, widths=(0.0, 1.7))
        yield Scenario(f"association, {method}", "240 x 1, r 0.6, one to 1.7 SD", one_side)
        clustered = partial(associated, 80, 3, 0.5, widths=(1.0, 1.0))
        yield Scenario(f"association, {method}", "80 x 3, r 0.5, rounded to 0.7 SD", clustered)
        gains = partial(associated, 240, 1, 0.6, widths=(1.0, 1.0), gains=Gains())
        yield Scenario(f"association, {method}", "240 gains, r 0.6, half rounded", gains)
        for units, every, part in ((240, 2, "half"), (600, 2, "half"), (600, 5, "a fifth")):
            tiny = partial(associated, units, 1, 0.6, widths=(0.8, 0.8), gains=Gains(every, 0.05))
            yield Scenario(f"association, {method}", f"{units} gains, {part} 1/16 of a step", tiny)
    yield Scenario("top 1 % share, bootstrap-t", "1,000 lognormal values, 0.8", partial(_top_share, 0.8))
    yield Scenario("top 1 % share, bootstrap-t", "1,000 lognormal values, 2", partial(_top_share, 2.0))
    yield Scenario("pool of a day, Chao2", "400 alike, 24 runs of 50", _chao2)
    # The slowest come last: statsmodels fits each sample by itself.
    yield Scenario("comments on likes, mixed", "20 creators x 2 x 5", partial(_mixed, 0.0))
    yield Scenario("comments on likes, mixed", "the same, errors AR(1) 0.8", partial(_mixed, 0.8))


def _quantile(quantile: float, n: int, rng: np.random.Generator, replicates: int) -> Held:
    _, low, high = quantile_interval(np.exp(2 * rng.normal(size=(replicates, n))), quantile, INTERVAL)
    truth = np.exp(2 * stats.norm.ppf(quantile))
    return np.asarray((low <= truth) & (truth <= high))


def _poisson(mean: float, rng: np.random.Generator, replicates: int) -> Held:
    low, high = poisson_interval(rng.poisson(mean, size=replicates), INTERVAL)
    return np.asarray((low <= mean) & (mean <= high))


def _thinned(rng: np.random.Generator, replicates: int) -> Held:
    """The window runs from the first to the last upload seen, so it depends on them; unseen ones only make it safer."""
    times = np.cumsum(rng.exponential(size=(replicates, 20)), axis=1)
    seen = np.sort(np.argsort(rng.random(size=times.shape), axis=1)[:, :6], axis=1)
    ends = np.take_along_axis(times, seen[:, [0, -1]], axis=1)
    low, _ = poisson_interval(np.full(replicates, 5), INTERVAL)
    return np.asarray(low / (ends[:, 1] - ends[:, 0]) <= 1)


@dataclass(frozen=True)
class _Effects:
    """Differences between a creator's own effect and the mean of its controls' (none: the mean known)."""

    skew: float = 0.0
    """The sigma of a lognormal; 0: normal."""
    controls: int = 0

    def draw(self, rng: np.random.Generator, shape: tuple[int, int]) -> Floats:
        """Of mean 0 and spread 1."""
        drawn = rng.normal(size=(*shape, 1 + self.controls))
        mean, spread = 0.0, 1.0
        if self.skew:
            drawn = np.exp(self.skew * drawn)
            mean, spread = np.exp(self.skew**2 / 2), np.sqrt(np.expm1(self.skew**2) * np.exp(self.skew**2))
        others = drawn[..., 1:].mean(axis=-1) if self.controls else mean
        return np.asarray(
            (drawn[..., 0] - others) / (spread * np.sqrt(1 + (1 / self.controls if self.controls else 0)))
        )


EFFECTS = {
    "normal": _Effects(),
    "lognormal 0.5": _Effects(0.5),
    "lognormal 1": _Effects(1.0),
    "lognormal 1 less 3": _Effects(1.0, controls=3),
}


def _mean(n: int, effects: _Effects, rng: np.random.Generator, replicates: int, *, width: float = 0.01) -> Held:
    """Known to within *width*, in spreads."""
    values = effects.draw(rng, (replicates, n))
    origin = rng.uniform(0, width, size=(replicates, 1))  # the grid has nothing to do with the truth
    middles = np.rint((values - origin) / width) * width + origin
    held = np.empty(replicates, dtype=bool)
    for i, middle in enumerate(middles):
        low, high = drawn_mean_interval(middle, within_steps(middle, width), rng, EVENT_REPLICATES, EVENT_NOMINAL)
        held[i] = low <= 0 <= high
    return held


def _course(n: int, rng: np.random.Generator, replicates: int) -> Held:
    ends = np.array([mean_interval(values, INTERVAL) for values in rng.normal(size=(replicates, n))])
    return np.asarray((ends[:, 1] <= 0) & (ends[:, 2] >= 0))


def _icc(share: float, rng: np.random.Generator, replicates: int, *, normal: bool) -> Held:
    sizes = rng.integers(1, 6, size=80)
    code = np.repeat(np.arange(80), sizes)

    def noise(shape: tuple[int, int]) -> Floats:
        return rng.normal(size=shape) if normal else rng.standard_t(5, size=shape) / np.sqrt(5 / 3)

    values = np.sqrt(share) * noise((replicates, 80))[:, code] + np.sqrt(1 - share) * noise((replicates, len(code)))
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    means = np.add.reduceat(values, starts, axis=1) / sizes
    squares = np.add.reduceat((values - means[:, code]) ** 2, starts, axis=1)
    _, low, high = intraclass(sizes.astype(float), means, squares, INTERVAL)
    return np.asarray((low <= share) & (share <= high))


SLOPE = 0.9


def _growth(
    creators: int, memory: float, rng: np.random.Generator, replicates: int
) -> tuple[Floats, Floats, NDArray[np.int64], NDArray[np.int64]]:
    """log likes and log comments of creators with 2 TikToks of 5 sightings; errors remember *memory* of the last."""
    tiktok = np.repeat(np.arange(creators * 2), 5)
    creator = tiktok // 2
    growth = rng.exponential(0.2, size=(replicates, creators * 2, 5)).cumsum(axis=-1)
    errors = 0.05 * rng.normal(size=growth.shape)
    for sighting in range(1, 5):
        errors[..., sighting] = memory * errors[..., sighting - 1] + np.sqrt(1 - memory**2) * errors[..., sighting]
    x = growth + rng.normal(9, 1, size=(*growth.shape[:2], 1))
    levels = 0.4 * rng.normal(size=(replicates, creators)).repeat(2, axis=1)
    levels = levels + 0.3 * rng.normal(size=levels.shape)
    y = SLOPE * x + levels[..., None] + errors
    return x.reshape(replicates, -1), y.reshape(replicates, -1), tiktok, creator


def _within(creators: int, memory: float, rng: np.random.Generator, replicates: int) -> Held:
    x, y, tiktok, creator = _growth(creators, memory, rng, replicates)
    _, low, high = within_slope(x, y, tiktok, creator, INTERVAL)
    return np.asarray((low <= SLOPE) & (high >= SLOPE))


def _mixed(memory: float, rng: np.random.Generator, replicates: int) -> Held:
    xs, ys, tiktok, creator = _growth(20, memory, rng, replicates)
    fits = ((fit_mixed(x, y, tiktok, creator), x, y) for x, y in zip(xs, ys, strict=True))
    ends = np.array([mixed_slope(fitted, x, y, tiktok, creator) for fitted, x, y in fits])
    return np.asarray((ends[:, 1] <= SLOPE) & (ends[:, 2] >= SLOPE))


def _top_share(sigma: float, rng: np.random.Generator, replicates: int) -> Held:
    truth = float(stats.norm.sf(stats.norm.ppf(0.99) - sigma))  # Lorenz curve of a lognormal
    held = np.empty(replicates, dtype=bool)
    for i in range(replicates):
        found = top_share(pd.Series(np.exp(sigma * rng.normal(size=1000))), rng, draws=300)
        held[i] = found["share_lo"] <= truth <= found["share_hi"]
    return held


def _chao2(rng: np.random.Generator, replicates: int) -> Held:
    """All TikToks are as likely as each other, where the lower bound is the number itself."""
    held = np.empty(replicates, dtype=bool)
    for i in range(replicates):
        runs = np.argsort(rng.random(size=(24, 400)), axis=1)[:, :50]
        incidence = np.bincount(runs.ravel(), minlength=400)
        _, low, high = chao2(incidence[incidence > 0], 24, INTERVAL)
        held[i] = low <= 400 <= high
    return held
