"""The intraclass correlation of a one-way layout with Wald's exact interval, for groups of any size, vectorised.

Wald (1940): with rho the share of variance between groups and theta = rho / (1 - rho), the weighted sum of squares
between groups over the mean square within is F distributed at the true theta and falls as theta grows. So each end of
the interval is one root, and so is the estimate (where the ratio is 1: analysis of variance, Paule & Mandel 1982).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]

STEPS = 60  # of bisection on [0, 1): to 1e-18


def intraclass(sizes: Floats, means: Floats, within: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Estimate, low and high of the intraclass correlation.

    sizes (groups,): values in each group, two in one of them at least. means (..., groups): each group's mean.
    within (...): the sum of squares about them. Exact where both parts are normal. NaN without two groups or a pair
    within one, or where nothing varies at all; 1 where nothing varies within groups.
    """
    groups, inside = len(sizes), sizes.sum() - len(sizes)
    if groups < 2 or inside < 1:
        nothing = np.full(means.shape[:-1], np.nan)
        return nothing, nothing.copy(), nothing.copy()
    upper = stats.f.ppf((1 + level) / 2, groups - 1, inside)
    lower = stats.f.ppf((1 - level) / 2, groups - 1, inside)
    mean_square = np.asarray(within / inside)
    return (
        _root(sizes, means, mean_square, 1.0),
        _root(sizes, means, mean_square, upper),
        _root(sizes, means, mean_square, lower),
    )


def _root(sizes: Floats, means: Floats, mean_square: Floats, target: float) -> Floats:
    """The rho in [0, 1] at which the variance ratio is *target*: 0 where it never is as large."""
    low, high = np.zeros(means.shape[:-1]), np.ones(means.shape[:-1])
    for _ in range(STEPS):
        middle = np.asarray((low + high) / 2)
        above = _ratio(sizes, means, mean_square, middle) > target
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    never = _ratio(sizes, means, mean_square, np.asarray(np.zeros_like(low))) <= target
    unknown = (mean_square == 0) & (np.ptp(means, axis=-1) == 0)
    return np.asarray(np.where(unknown, np.nan, np.where(never, 0.0, (low + high) / 2)))


def _ratio(sizes: Floats, means: Floats, mean_square: Floats, rho: Floats) -> Floats:
    rest, share = (1 - rho)[..., None], rho[..., None]
    weights = sizes / (rest + sizes * share)  # Wald's n / (1 + n theta), over 1 - rho: finite to the end
    centre = (weights * means).sum(axis=-1, keepdims=True) / weights.sum(axis=-1, keepdims=True)
    between = (1 - rho) * (weights * (means - centre) ** 2).sum(axis=-1) / (len(sizes) - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(between / mean_square)
