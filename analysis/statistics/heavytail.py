"""A sample whose greatest values stand for a tail: what was seen below, a lognormal fitted to the greatest tenth above.

Resampling a heavy tail as it was seen never draws a value greater than the greatest seen, so what hangs on such values
seems surer than it is. A bootstrap that draws the tail from a fit does (Cowell & Flachaire 2007, "Income distribution
and inequality measurement: the problem of extreme values", Journal of Econometrics 141, there with a Pareto tail; a
lognormal one always has a mean, and where the tail is a Pareto it is one for as far as a sample reaches).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.terms.definitions import GREATEST, GREATEST_AT_LEAST

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class HeavyTail:
    """A distribution: with probability *weight* from a lognormal (*mu*, *sigma*) above its start, else from *body*."""

    body: Floats
    weight: float
    mu: float
    sigma: float

    def draw(self, rng: np.random.Generator, n: int) -> Floats:
        """*n* values of it."""
        values = rng.choice(self.body, n)
        greater = rng.random(n) < self.weight
        # 1 - random lies in (0, 1]: within the tail, the share of it above the value.
        above = self.weight * (1 - rng.random(int(greater.sum())))
        values[greater] = np.exp(self.mu - self.sigma * ndtri(above))
        return values

    def top_share(self, top: float) -> float:
        """Share of the sum that the greatest *top* (a share of the values, at most the tail's weight) hold."""
        whole = (1 - self.weight) * float(self.body.mean()) + self._mean_above(self.weight)
        return self._mean_above(top) / whole

    def _mean_above(self, share: float) -> float:
        """Mean of the values among the greatest *share*, times that share (partial moment of a lognormal)."""
        return float(np.exp(self.mu + self.sigma**2 / 2) * ndtr(self.sigma + ndtri(share)))


def heavy_tail(values: Floats) -> HeavyTail | None:
    """Fit *values* (numbers from 0 on): the tail's logs by least squares on normal quantiles, through its start.

    None where too few values are there for a tail and a body, or the tail reaches down to 0.
    """
    n = len(values)
    first = n - max(GREATEST_AT_LEAST, int(GREATEST * n))
    if first < GREATEST_AT_LEAST:
        return None
    ordered = np.sort(values.astype(float))
    start = ordered[first]
    if start <= 0:
        return None
    weight = (n - first) / n
    z = ndtri((np.arange(first, n) + 0.5) / n)
    sigma = float(np.polyfit(z, np.log(ordered[first:]), 1)[0])
    return HeavyTail(ordered[:first], weight, float(np.log(start) + sigma * ndtri(weight)), sigma)
