"""Who is at or above the 99th percentile: the threshold, its interval, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.intervals import quantile_interval
from analysis.terms.definitions import RANKED_AT_LEAST, VIRAL_LEVEL

# The frame of measures that `Cut.row` fills: a row a measure, with ads out and with ads in.
MEASURE = {
    "measure": "str",
    "ads": "str",
    "n": "Int64",
    "of": "Int64",
    "threshold": "Float64",
    "threshold_lo": "Float64",
    "threshold_hi": "Float64",
    "viral": "Int64",
}


@dataclass(frozen=True)
class Cut:
    """The 99th percentile of some values, its interval, and how many values there were; nan where they were too few."""

    n: int
    threshold: float
    low: float
    high: float

    @classmethod
    def of(cls, values: pd.Series, level: float = VIRAL_LEVEL) -> Cut:
        """From all values that are not NA; an end of the interval that so few values cannot tell is nan."""
        told = values.dropna().to_numpy(dtype=float)
        if len(told) < RANKED_AT_LEAST:
            return cls(len(told), np.nan, np.nan, np.nan)
        threshold, low, high = (float(v) for v in quantile_interval(told, level))
        return cls(len(told), threshold, low if np.isfinite(low) else np.nan, high if np.isfinite(high) else np.nan)

    def passed(self, values: pd.Series, *, above: float = -np.inf) -> pd.Series:
        """Which values are at or above the threshold, and greater than *above*.

        boolean; NA where the value is, and everywhere if no threshold could be set: that is no verdict, not "no".
        """
        if np.isnan(self.threshold):
            return pd.Series(pd.NA, index=values.index, dtype="boolean")
        return ((values >= self.threshold) & (values > above)).astype("boolean")

    def row(self, measure: str, of: int, viral: pd.Series) -> dict[str, object]:
        """The measure's row for `Verdicts.measures`."""
        answered = viral.notna().any()
        return {
            "measure": measure,
            "n": self.n,
            "of": of,
            "threshold": self.threshold,
            "threshold_lo": self.low,
            "threshold_hi": self.high,
            "viral": int(viral.sum()) if answered else pd.NA,
        }


def rank(values: pd.Series) -> pd.Series:
    """1 for the greatest; equal values share the best; NA where the value is."""
    return values.rank(method="min", ascending=False).astype("Int64")
