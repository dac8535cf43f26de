"""Power laws fitted to the tails of many draws of one sample at once: what resampling and rounding leave open.

Where a tail begins is chosen on the sample itself, and on another sample of the same source it would be chosen
elsewhere; the exponent follows it. So one fit says little: two draws of one history gave 2.77 from 67 values and 2.45
from 125. Each draw here is a sample anew: every value evenly within its bounds, and each taken as often as a Poisson
variable of mean 1 says, which is a bootstrap whose draws need no common total (Hanley & MacGibbon 2006, "Creating
non-parametric bootstrap samples using Poisson frequencies"). That the uncertainty of both, beginning and exponent, is
to be had from a bootstrap is Clauset, Shalizi & Newman's advice (2009, section 3.3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.statistics.bootstrap import blocks
from analysis.terms.definitions import TAIL_AT_LEAST, TAIL_AT_MOST, TAIL_BEGINNINGS, TAIL_POINTS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TailDraws:
    """(draws,) each: the exponent of the density, where the tail begins, how many values of the sample are in it."""

    alpha: Floats
    xmin: Floats
    n_tail: Ints


def tail_draws(low: Floats, high: Floats, rng: np.random.Generator, draws: int) -> TailDraws:
    """Fit a power law to each of *draws* samples out of values known within *low* and *high* (values,), above 0.

    Of each draw the beginning is that of least Kolmogorov-Smirnov distance between tail and fit, of TAIL_BEGINNINGS
    that leave from TAIL_AT_LEAST values to TAIL_AT_MOST, evenly by the logarithm of how many; the exponent is the
    most likely one (Clauset et al., 3.1). Needs TAIL_AT_LEAST values that are not all one.
    """
    greatest = np.argsort(low + high, kind="stable")[-TAIL_AT_MOST:]
    low, high = low[greatest], high[greatest]
    alpha, xmin, first = zip(*(_block(low, high, rng, block) for block in blocks(draws, len(low))), strict=True)
    return TailDraws(np.concatenate(alpha), np.concatenate(xmin), len(low) - np.concatenate(first))


def _block(low: Floats, high: Floats, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats, Ints]:
    """alpha, xmin and the rank at which the tail begins of some draws."""
    n = len(low)
    logs = np.sort(np.log(rng.uniform(low, high, size=(draws, n))), axis=1)
    times = rng.poisson(1.0, size=(draws, n))
    up_to = np.zeros((draws, n + 1))
    np.cumsum(times, axis=1, out=up_to[:, 1:])
    logs_up_to = np.zeros((draws, n + 1))
    np.cumsum(times * logs, axis=1, out=logs_up_to[:, 1:])
    best = np.full(draws, np.inf)
    slope, begins = np.full(draws, np.nan), np.zeros(draws, dtype=np.int64)
    rows = np.arange(draws)
    drawn = _drawn(times)
    for beginning in _beginnings(n):
        first = drawn[:, beginning]
        start, before = logs[rows, first], up_to[rows, first]
        weight = up_to[:, -1] - before  # of the tail, which Poisson variables make 50 or so where it has 50 values
        above = logs_up_to[:, -1] - logs_up_to[rows, first] - weight * start
        with np.errstate(divide="ignore", invalid="ignore"):
            exponent = np.where(above > 0, weight / above, np.nan)
        points = beginning + np.unique(np.linspace(0, n - 1 - beginning, TAIL_POINTS).astype(np.int64))
        whole = np.maximum(weight, 1)[:, None]
        reached = [np.maximum(up_to[:, at] - before[:, None], 0) / whole for at in (points, points + 1)]
        distance = _distance(logs[:, points] - start[:, None], exponent, *reached)
        better = distance < best
        best, slope = np.where(better, distance, best), np.where(better, exponent, slope)
        begins = np.where(better, first, begins)
    return 1 + slope, np.exp(logs[rows, begins]), begins


def _beginnings(n: int) -> list[int]:
    """Ranks from which on a tail is tried."""
    sizes = np.geomspace(TAIL_AT_LEAST, n, TAIL_BEGINNINGS) if n > TAIL_AT_LEAST else np.array([n])
    return [int(first) for first in np.unique(n - np.round(sizes).astype(np.int64))]


def _drawn(times: NDArray[np.int64]) -> Ints:
    """For each rank the last one up to it that was drawn at all: a tail begins with a value that is there."""
    ranks = np.where(times > 0, np.arange(times.shape[1]), -1)
    last = np.maximum.accumulate(ranks, axis=1)
    none_yet = np.argmax(times > 0, axis=1)[:, None]
    return np.asarray(np.where(last < 0, none_yet, last), dtype=np.int64)


def _distance(logs: Floats, exponent: Floats, below: Floats, upto: Floats) -> Floats:
    """The Kolmogorov-Smirnov distance of each draw's tail to its fit; infinite where none fits.

    logs (draws, points): of values over the first one; below, upto: the share of the tail below each of them, and up to
    it. Tails of more than TAIL_POINTS values are looked at in so many places: between two of them the distance can be
    larger by 1 in TAIL_POINTS at most.
    """
    fitted = -np.expm1(-np.maximum(logs, 0) * exponent[:, None])
    distance = np.maximum((upto - fitted).max(axis=1), (fitted - below).max(axis=1))
    return np.asarray(np.where(np.isfinite(distance), distance, np.inf))
