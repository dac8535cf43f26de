"""From a frame's columns to what matplotlib draws: floats with NaN for missing, and its own day numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.dates import date2num

Floats = npt.NDArray[np.float64]


def floats(column: pd.Series) -> Floats:
    """*column* as float64, NaN where it is missing."""
    return np.asarray(column.to_numpy(dtype="float64", na_value=np.nan), dtype=np.float64)


def truths(column: pd.Series) -> npt.NDArray[np.bool_]:
    """*column* as bool, False where it is missing."""
    return np.asarray(column.astype("boolean").fillna(value=False).to_numpy(dtype=bool), dtype=np.bool_)


def days(column: pd.Series) -> Floats:
    """Moments (datetime64[us, UTC]) as matplotlib's days since its epoch; NaN where missing."""
    since = (column - pd.Timestamp(0, tz="UTC")) / pd.Timedelta(days=1)
    return floats(since) + day(pd.Timestamp(0, tz="UTC"))


def day(moment: pd.Timestamp) -> float:
    """One moment as matplotlib's days since its epoch."""
    return float(date2num(moment))  # type: ignore[no-untyped-call]
