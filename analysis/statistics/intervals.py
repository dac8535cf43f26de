"""How sure a number is: an estimate with its interval, n and definition, and the closed forms that give intervals.

Every number of creators, posting, events and ratios is an `Estimate`; `estimates_frame` makes rows of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from analysis.statistics.answer import Scale, lacks, lacks_of_quantile
from analysis.terms.definitions import INTERVAL

LEVEL = INTERVAL

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number of the report. NaN is "not answerable"; an infinite end: the data set no bound on that side."""

    estimate: float
    low: float
    high: float
    level: float
    """What share of such intervals holds the truth, 0.95 unless said otherwise."""
    n: int
    """How many units the number rests on."""
    of: int
    """How many units there were to begin with."""
    definition: str
    """In words: what was measured, on which units, by which interval."""
    lacks: str | None = None
    """What an answer lacks, where there is a number and its interval is too wide (`analysis.statistics.answer`)."""

    @classmethod
    def not_answerable(cls, definition: str, *, n: int = 0, of: int = 0, level: float = LEVEL) -> Estimate:
        """The question stands, these data do not answer it."""
        return cls(np.nan, np.nan, np.nan, level, n, of, definition)

    @property
    def answerable(self) -> bool:
        """Whether the data gave a number at all, within an interval that is an answer."""
        return bool(np.isfinite(self.estimate)) and self.lacks is None

    def judged(self, scale: Scale, units: str, *, n: int | None = None) -> Estimate:
        """The same with what it lacks; units: what n, or *n* in its place, counts, in the plural."""
        return replace(self, lacks=lacks(self.n if n is None else n, self.low, self.high, scale, units))


def estimates_frame(estimates: Mapping[str, Estimate]) -> pd.DataFrame:
    """One row an estimate: name (str), estimate, low, high, level (Float64), n, of (Int64), definition (str),
    answerable (boolean: `Estimate.answerable`; the numbers stand where the interval is too wide, too), lacks (str)."""
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "estimate": e.estimate,
            "low": e.low,
            "high": e.high,
            "level": e.level,
            "n": e.n,
            "of": e.of,
            "definition": e.definition,
            "answerable": e.answerable,
            "lacks": e.lacks,
        }
        for name, e in estimates.items()
    ]
    columns = ["name", "estimate", "low", "high", "level", "n", "of", "definition", "answerable", "lacks"]
    frame = pd.DataFrame(rows, columns=columns)
    floats = dict.fromkeys(("estimate", "low", "high", "level"), "Float64")
    texts = dict.fromkeys(("name", "definition", "lacks"), "str")
    return frame.astype({**texts, **floats, "n": "Int64", "of": "Int64", "answerable": "boolean"})


def poisson_interval(events: ArrayLike, level: float = LEVEL) -> tuple[Floats, Floats]:
    """The exact interval of a Poisson mean from a number of events, for each of them (Garwood 1936)."""
    k = np.asarray(events, dtype=float)
    tail = (1 - level) / 2
    with np.errstate(invalid="ignore"):
        low = np.where(k > 0, stats.chi2.ppf(tail, 2 * k) / 2, 0.0)
        high = stats.chi2.ppf(1 - tail, 2 * (k + 1)) / 2
    return np.where(np.isnan(k), np.nan, low), np.asarray(high, dtype=float)


def share_interval(hits: ArrayLike, of: int, level: float = LEVEL) -> tuple[Floats, Floats]:
    """Wilson's interval of a share, for each number of hits of *of* drawn independently (Wilson 1927). of: above 0."""
    low, high = proportion_confint(np.asarray(hits), of, alpha=1 - level, method="wilson")
    return np.asarray(low, dtype=float), np.asarray(high, dtype=float)


def quantile_ranks(n: int, quantile: float, level: float = LEVEL) -> tuple[int, int]:
    """The ranks (from 1) of the order statistics that hold the quantile with at least that probability.

    Rank 0 means that no value bounds it below, n + 1 none above: 368 values are needed before the greatest of them is
    above the 99th percentile with 97.5 % (Conover, Practical Nonparametric Statistics, 3.2).
    """
    tail = (1 - level) / 2
    low = int(stats.binom.ppf(tail, n, quantile))
    high = int(stats.binom.ppf(1 - tail, n, quantile)) + 1
    return low, high


def quantile_interval(values: Floats, quantile: float, level: float = LEVEL) -> tuple[Floats, Floats, Floats]:
    """Estimate, low and high of a quantile along the last axis (no NaN), the interval by order statistics.

    The estimate is NumPy's linear one. Free of any assumption on the shape; covers at least at its level.
    """
    n = values.shape[-1]
    none = np.full(values.shape[:-1], np.nan)
    if n == 0:
        return none, none.copy(), none.copy()
    ordered = np.sort(values, axis=-1)
    low, high = quantile_ranks(n, quantile, level)
    return (
        np.asarray(np.quantile(ordered, quantile, axis=-1)),
        ordered[..., low - 1] if low >= 1 else np.full(values.shape[:-1], -np.inf),
        ordered[..., high - 1] if high <= n else np.full(values.shape[:-1], np.inf),
    )


def quantile_estimate(
    values: Floats,
    quantile: float,
    *,
    of: int,
    definition: str,
    level: float = LEVEL,
    scale: Scale | None = None,
    units: str = "values",
) -> Estimate:
    """`quantile_interval` of one row of values, as an `Estimate`; not answerable without values.

    scale, units: by which and in whose name its interval is judged (`analysis.statistics.answer`); None: it is not.
    """
    estimate, low, high = (float(end) for end in quantile_interval(values, quantile, level))
    missing = None
    if scale is not None and len(values):
        missing = lacks_of_quantile(quantile, (low, high), len(values), scale, units)
    return Estimate(estimate, low, high, level, len(values), of, definition, missing)
