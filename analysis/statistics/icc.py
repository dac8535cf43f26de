"""The intraclass correlation of a one-way layout, for groups of any size, vectorised: an interval that holds in doubt.

Wald (1940): with rho the share of variance between groups and theta = rho / (1 - rho), the weighted sum of squares
between groups over the mean square within is F distributed at the true theta and falls as theta grows. So each end of
the interval is one root, and so is the estimate (where the ratio is 1: analysis of variance, Paule & Mandel 1982). That
is exact where both parts are normal. Where they have heavier tails it is too short; the jackknife over groups of the
log of the variance ratio (Arvesen 1969) is not, but it needs many groups. The interval told is the wider at each end.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]

STEPS = 60  # of bisection on [0, 1): to 1e-18


def intraclass(sizes: Floats, means: Floats, squares: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Estimate, low and high of the intraclass correlation.

    sizes (groups,): values in each group, two in one of them at least. means, squares (..., groups): each group's mean
    and the sum of squares about it. NaN without two groups or a pair within one, or where nothing varies at all; 1
    where nothing varies within groups.
    """
    estimate, low, high = wald(sizes, means, squares.sum(axis=-1), level)
    low_too, high_too = jackknife(sizes, means, squares, level)
    return estimate, np.fmin(low, low_too), np.fmax(high, high_too)


def jackknife(sizes: Floats, means: Floats, squares: Floats, level: float) -> tuple[Floats, Floats]:
    """Low and high by leaving out each group in turn; NaN where that leaves nothing to compare, as with two groups."""
    groups = len(sizes)
    if groups < 3:
        nothing = np.full(means.shape[:-1], np.nan)
        return nothing, nothing.copy()
    each = (sizes, sizes**2, sizes * means, sizes * means**2, squares)
    totals = [part.sum(axis=-1, keepdims=True) for part in each]
    whole, usual = _log_ratio(totals, groups)
    left, _ = _log_ratio([total - part for total, part in zip(totals, each, strict=True)], groups - 1)
    with np.errstate(invalid="ignore"):
        pseudo = groups * whole - (groups - 1) * left
        centre = pseudo.mean(axis=-1)
        half = stats.t.ppf((1 + level) / 2, groups - 1) * pseudo.std(axis=-1, ddof=1) / np.sqrt(groups)
        low, high = (np.maximum(np.expm1(end), 0) for end in (centre - half, centre + half))
    return low / (low + usual[..., 0]), high / (high + usual[..., 0])


def _log_ratio(sums: Sequence[Floats], groups: int) -> tuple[Floats, Floats]:
    """Log of mean square between over mean square within, and the usual size of a group.

    sums: over groups, of n, n^2, n x mean, n x mean^2, and squares about the means.
    """
    n, n2, nm, nm2, squares = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (nm2 - nm**2 / n) / (groups - 1)
        within = squares / (n - groups)
        ratio = np.log(np.where((between > 0) & (within > 0), between / within, np.nan))
    return ratio, (n - n2 / n) / (groups - 1)


def wald(sizes: Floats, means: Floats, within: Floats, level: float) -> tuple[Floats, Floats, Floats]:
    """Estimate, low and high by Wald's exact interval: sizes and means as above, within (...) all squares together."""
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
