"""How unequal likes are: the share of the top 1 %, the CCDF, and what the tail looks like."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from analysis.statistics.heavytail import heavy_tail
from analysis.statistics.tailfit import tail_draws
from analysis.terms.definitions import (
    INTERVAL,
    TAIL_AT_LEAST,
    TAIL_COMPARED,
    TAIL_DRAWS,
    TOP_SHARE,
    TOP_SHARE_NOMINAL,
)

Floats = NDArray[np.float64]


def top_share(values: pd.Series, rng: np.random.Generator, *, draws: int = 1000) -> dict[str, float]:
    """Share of all likes that the top 1 % of *values* (numbers, NA left out) hold.

    The top 1 % of n values are the ceil(n / 100) greatest. The interval is a studentised bootstrap of the logit, its
    standard errors from the influence function (Davison & Hinkley 1997, 5.2), its samples drawn with a tail beyond the
    values seen (`heavytail`): those that draw only what was seen held the truth in 82 to 93 % of samples, this one in
    93 to 95 % where the tail is lognormal or a light power law, in 88 % where it is a power law with exponent 2.5
    (300 samples of 1,000 values each). It is of the TikToks that the feed chose to show, not of the platform's.

    Returns n (values), of (rows), top (how many are the top 1 %), share, share_lo, share_hi; nan where nothing is
    there to share, and for the ends where nothing varies, where fewer than 60 values are there, or most are 0.
    """
    told = values.dropna().to_numpy(dtype=float)
    share, error = _share(told)
    found = {"n": len(told), "of": len(values), "top": math.ceil(len(told) * TOP_SHARE), "share": share}
    tail = heavy_tail(told)
    if tail is None or not 0 < share < 1 or error == 0:  # also where it is nan
        return found | {"share_lo": math.nan, "share_hi": math.nan}
    # A draw at a time, because all at once would take draws x n numbers of memory.
    again = np.array([_share(tail.draw(rng, len(told))) for _ in range(draws)])
    again = again[(again[:, 0] > 0) & (again[:, 0] < 1) & (again[:, 1] > 0)]
    width = error / (share * (1 - share))
    t = (logit(again[:, 0]) - logit(tail.top_share(TOP_SHARE))) / (again[:, 1] / (again[:, 0] * (1 - again[:, 0])))
    end = (1 - TOP_SHARE_NOMINAL) / 2
    least, most = np.quantile(t, [end, 1 - end]) if len(t) else (math.nan, math.nan)
    low, high = expit(logit(share) - most * width), expit(logit(share) - least * width)
    # A tail lighter than any lognormal, as of squares, may put all of the interval to one side.
    return found | {"share_lo": float(min(low, share)), "share_hi": float(max(high, share))}


def _share(values: Floats) -> tuple[float, float]:
    """The top share and its standard error by the influence function."""
    total, n = values.sum(), len(values)
    if total <= 0:
        return math.nan, math.nan
    top = math.ceil(n * TOP_SHARE)
    greatest = np.partition(values, n - top)[-top:]
    share, least = greatest.sum() / total, greatest.min()
    influence = (np.maximum(values - least, 0) + TOP_SHARE * least - share * values) * n / total
    return float(share), float(influence.std() / math.sqrt(n))


def ccdf(values: pd.Series) -> pd.DataFrame:
    """Share of *values* (NA left out) at or above each: value (Float64, rising), n (Int64), share (Float64)."""
    told = np.sort(values.dropna().to_numpy(dtype=float))
    distinct, first = np.unique(told, return_index=True)
    at_or_above = len(told) - first
    share = at_or_above / len(told) if len(told) else at_or_above.astype(float)
    return pd.DataFrame(
        {
            "value": pd.array(distinct, dtype="Float64"),
            "n": pd.array(at_or_above, dtype="Int64"),
            "share": pd.array(share, dtype="Float64"),
        }
    )


def tail_fit(
    values: pd.Series, lo: pd.Series | None = None, hi: pd.Series | None = None, *, seed: int = 0
) -> dict[str, float]:
    """Fit a power law to the tail of likes, over TAIL_DRAWS draws of the sample (`analysis.statistics.tailfit`).

    *values*: likes; *lo*, *hi*: their bounds, aligned. Each draw takes TikToks anew and each of their likes evenly from
    all that the site shows as it (half a like to either side where it is exact, or where no bounds are given); its tail
    begins where its distance to the fit is least (Clauset, Shalizi & Newman 2009).

    Returns n (values above 0); alpha (exponent of the density: median over the draws); and with _lo and _hi the ends
    between which 95 % of the draws have alpha, xmin (where the tail begins) and n_tail (values from there on), and the
    least and the most that Vuong's test gives where the tail begins at TAIL_COMPARED places between the ends of xmin:
    R (normalised log likelihood ratio against a lognormal above the same xmin: above 0 the power law fits better) and p
    (of an R so far from 0 if both fitted alike, two-sided, Vuong 1989: a large p means that the data cannot tell the
    two apart). Of xmin there is no median: draws often have two places where the tail may begin, and it would be
    either. nan where fewer than 50 values are there, or all are one.
    """
    known = (values > 0).fillna(False).astype(bool)
    low, high = ((values if bound is None else bound.fillna(values))[known].to_numpy(dtype=float) for bound in (lo, hi))
    if len(low) < TAIL_AT_LEAST or low.min() == low.max():
        return {"n": len(low)} | dict.fromkeys(("alpha", *_RANGES), math.nan)
    drawn = tail_draws(low - 0.5, high + 0.5, np.random.default_rng(seed), TAIL_DRAWS)
    parts = {"alpha": drawn.alpha, "xmin": drawn.xmin, "n_tail": drawn.n_tail}
    levels = [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2]
    ends = [float(end) for part in parts.values() for end in np.quantile(part, levels)]
    first, last = (float(end) for end in np.quantile(drawn.xmin, levels))
    places = np.geomspace(first, last, TAIL_COMPARED)
    for told in zip(*(_vuong((low + high) / 2, float(xmin)) for xmin in places), strict=True):
        ends += [min(told), max(told)]
    return {"n": len(low), "alpha": float(np.median(drawn.alpha)), **dict(zip(_RANGES, ends, strict=True))}


_RANGES = tuple(f"{name}_{end}" for name in ("alpha", "xmin", "n_tail", "R", "p") for end in ("lo", "hi"))


def _vuong(values: Floats, xmin: float) -> tuple[float, float]:
    import powerlaw  # noqa: PLC0415 - it takes a second to import, and most measures do without it

    with warnings.catch_warnings():
        # It warns of its own old names, and of likelihoods that it could not normalise along the way.
        warnings.simplefilter("ignore")
        fit = powerlaw.Fit(values, xmin=xmin, discrete=False, verbose=0)
        ratio, p = fit.distribution_compare("power_law", "lognormal", normalized_ratio=True)
    return float(ratio), float(p)
