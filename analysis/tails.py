"""How unequal likes are: the share of the top 1 %, the CCDF, and what the tail looks like."""

from __future__ import annotations

import numpy as np
import pandas as pd


def top_share(values: pd.Series, rng: np.random.Generator, *, draws: int = 2000) -> dict[str, float]:
    """Share of all likes that the top 1 % of *values* hold, with a percentile bootstrap interval.

    Returns n, top (how many are the top 1 %, at least 1), share, share_lo, share_hi (nan where nothing is there to share).
    """
    raise NotImplementedError


def ccdf(values: pd.Series) -> pd.DataFrame:
    """Share of values at or above each: value (Float64, distinct, rising), n (Int64: at or above), share (Float64)."""
    raise NotImplementedError


def tail_fit(values: pd.Series) -> dict[str, float]:
    """Power law of the tail by maximum likelihood (Clauset, Shalizi & Newman 2009), against a lognormal (Vuong).

    Returns n, n_tail, alpha, alpha_error, xmin, ks (distance), R (above 0 favours the power law), p (two-sided); nan
    where it cannot be fitted.
    """
    raise NotImplementedError
