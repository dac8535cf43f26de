"""Correlations of what is known only within rounding bounds, over clusters. Pure functions on arrays, vectorised.

A number told on a grid is the true one plus an error of its own, so the plain correlation of such numbers is nearer to
0 than the true one, and drawing them anew within their bounds would add the same error a second time. How large the
error is can be read off the bounds, so it is taken out instead: r is divided by the root of both reliabilities
(Spearman 1904, American Journal of Psychology 15:72; Fuller 1987, Measurement Error Models, 1.1).

- Pearson: the reliability of a side is 1 - v / var(middles), v the mean variance of a unit within its bounds
  (Sheppard's correction, written for bounds of unequal width).
- Spearman: ties and overlaps take variance from ranks instead of adding some, so a side's reliability is the squared
  correlation of the ranks of the middles with those of a draw (all ties broken at random: full variance).

Both hold while rounding is small beside what varies; `Correlation.taken` tells how small, and `answerable` whether.

What the bounds tell is the most that rounding does: between two counts on one grid a gain g, far below the step s, is
told as 0 or s with an error of variance g (s - g), not of s^2 / 6 (only where gains spread over a step is it that on
average; were all of them half a step, it would be s^2 / 4). How far below cannot be seen, so the true coefficient lies
between the plain one and the freed one, and the interval holds the intervals of both (Horowitz & Manski 2000, Journal
of the American Statistical Association 95:77). The estimate is the freed one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analysis.statistics.bootstrap import Draw, Floats, Ints, blocks
from analysis.terms.definitions import ROUNDING_TAKES_AT_MOST

NEAREST_ONE = 1 - 1e-6  # Fisher's z of a correlation that the correction carried to 1 or beyond stays finite


@dataclass(frozen=True)
class Rounded:
    """One side of a correlation: its units at the middle of their bounds, and drawn anywhere within them."""

    middle: Floats
    """(units,)."""
    draw: Draw


@dataclass(frozen=True)
class Correlation:
    """One correlation, freed of rounding, and an interval from the plain one's to the freed one's.

    NaN where a side never varies.
    """

    estimate: float
    low: float
    high: float
    p: float
    rounding: tuple[float, float]
    """The shares (0 to 1, or more) of the variance of x and of y that rounding makes at most: of values, or ranks."""

    @property
    def taken(self) -> float:
        """The share (0 to 1) of a correlation that rounding of both sides takes away at most; NaN without."""
        x, y = (max(1 - share, 0.0) for share in self.rounding)
        return 1 - math.sqrt(x * y)

    @property
    def answerable(self) -> bool:
        """Whether there is a number, and rounding so small that it could be freed of it."""
        return math.isfinite(self.estimate) and self.taken <= ROUNDING_TAKES_AT_MOST


def correlations(
    x: Rounded,
    y: Rounded,
    cluster: Ints,
    rng: np.random.Generator,
    *,
    replicates: int,
    level: float,
    methods: Sequence[str] = ("pearson", "spearman"),
) -> dict[str, Correlation]:
    """Pearson's and Spearman's correlation with cluster-bootstrap intervals: names "pearson", "spearman".

    cluster (units,): 0 to clusters - 1. The interval is Student's t with clusters - 1 degrees of freedom on Fisher's z
    scale, around the freed and the plain coefficient and wide enough for both, their standard errors those of the
    replicates; each replicate draws clusters whole, and every unit within its bounds to tell its own reliabilities. p
    is the larger of the two.
    """
    units, clusters = len(cluster), int(cluster.max(initial=-1)) + 1
    whole: dict[str, list[_Told]] = {name: [] for name in methods}
    resampled: dict[str, list[_Told]] = {name: [] for name in methods}
    for block in blocks(replicates, units):
        xs, ys = ((np.broadcast_to(side.middle, (block, units)), side.draw(rng, block)) for side in (x, y))
        times = rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=block)[:, cluster].astype(float)
        for weights, into in ((np.ones_like(times), whole), (times, resampled)):
            for name in methods:
                into[name].append(_TELL[name](xs, ys, weights))
    return {name: _on_z_scale(_joined(whole[name]), _joined(resampled[name]), clusters, level) for name in methods}


_Side = tuple[Floats, Floats]
_Told = tuple[Floats, Floats, Floats]
"""(replicates,) each: the plain correlation of the middles, and the reliability of x and of y."""


def _joined(blocks_: list[_Told]) -> _Told:
    r, x, y = (np.concatenate(parts) for parts in zip(*blocks_, strict=True))
    return r, x, y


def _pearson(x: _Side, y: _Side, weights: Floats) -> _Told:
    plain = weighted_correlation(x[0], y[0], weights)
    return plain, 1 - _rounding_share(*x, weights), 1 - _rounding_share(*y, weights)


def _rounding_share(middle: Floats, drawn: Floats, weights: Floats) -> Floats:
    """The variance of a unit within its bounds over that of the middles, each row; NaN where no middle varies."""
    total = weights.sum(axis=1, keepdims=True)
    away = middle - (weights * middle).sum(axis=1, keepdims=True) / total
    with np.errstate(invalid="ignore", divide="ignore"):
        varies = (weights * away**2).sum(axis=1)
        return np.asarray(np.where(varies > 0, (weights * (drawn - middle) ** 2).sum(axis=1) / varies, np.nan))


def _spearman(x: _Side, y: _Side, weights: Floats) -> _Told:
    (x_middle, x_drawn), (y_middle, y_drawn) = ([weighted_ranks(values, weights) for values in side] for side in (x, y))
    plain = weighted_correlation(x_middle, y_middle, weights)
    reliable_x = weighted_correlation(x_middle, x_drawn, weights) ** 2
    return plain, reliable_x, weighted_correlation(y_middle, y_drawn, weights) ** 2


_TELL = {"pearson": _pearson, "spearman": _spearman}


def _on_z_scale(whole: _Told, resampled: _Told, clusters: int, level: float) -> Correlation:
    """Freed of all the rounding that the bounds allow, and its interval with that of the plain coefficient in it."""
    plain, x, y = (float(part.mean()) for part in whole)
    rounding = (1 - x, 1 - y)
    centre = float(_z(np.array(plain), np.array(x), np.array(y)))
    drawn = _z(*resampled)
    if np.isnan(centre) or np.isnan(drawn).sum() > len(drawn) / 2:
        return Correlation(np.nan, np.nan, np.nan, np.nan, rounding)
    as_told = float(_z(np.array(plain), np.ones(1), np.ones(1))[0]), _z(resampled[0], *np.ones((2, len(drawn))))
    ends = [_student(*one, clusters, level) for one in ((centre, drawn), as_told)]
    low, high, p = min(end[0] for end in ends), max(end[1] for end in ends), max(end[2] for end in ends)
    return Correlation(float(np.tanh(centre)), float(np.tanh(low)), float(np.tanh(high)), p, rounding)


def _student(centre: float, drawn: Floats, clusters: int, level: float) -> tuple[float, float, float]:
    """Low, high and p of 0 by Student's t; drawn: the replicates, NaN for those without a coefficient."""
    error = float(np.nanstd(drawn, ddof=1))
    half = float(stats.t.ppf((1 + level) / 2, clusters - 1)) * error
    p = float(2 * stats.t.sf(abs(centre) / error, clusters - 1)) if error > 0 else np.nan
    return centre - half, centre + half, p


def _z(plain: Floats, x: Floats, y: Floats) -> Floats:
    """Fisher's z of correlations freed of rounding; NaN where a reliability is not above 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        freed = np.where((x > 0) & (y > 0), plain / np.sqrt(x * y), np.nan)
    return np.asarray(np.arctanh(np.clip(freed, -NEAREST_ONE, NEAREST_ONE)))


def weighted_correlation(x: Floats, y: Floats, weights: Floats) -> Floats:
    """Pearson's correlation of each row, every unit taken *weights* times; NaN where a side does not vary."""
    total = weights.sum(axis=1, keepdims=True)
    away_x = x - (weights * x).sum(axis=1, keepdims=True) / total
    away_y = y - (weights * y).sum(axis=1, keepdims=True) / total
    with np.errstate(invalid="ignore", divide="ignore"):
        both = (weights * away_x * away_y).sum(axis=1)
        spread = np.sqrt((weights * away_x**2).sum(axis=1) * (weights * away_y**2).sum(axis=1))
        return np.asarray(np.where(spread > 0, both / spread, np.nan))


def weighted_ranks(values: Floats, weights: Floats) -> Floats:
    """Mid-ranks of each row (replicates, units), every unit taken *weights* times, ties at their mean rank."""
    rows, units = values.shape
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    weight = np.take_along_axis(weights, order, axis=1)
    up_to = np.cumsum(weight, axis=1)
    begins = np.ones((rows, units), dtype=bool)
    begins[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    starts = np.flatnonzero(begins)
    ends = np.append(starts[1:], rows * units) - 1
    flat, flat_weight = up_to.ravel(), weight.ravel()
    middle = (flat[starts] - flat_weight[starts] + flat[ends] + 1) / 2
    ranks = np.empty_like(values, dtype=float)
    np.put_along_axis(ranks, order, np.repeat(middle, ends - starts + 1).reshape(rows, units), axis=1)
    return ranks
