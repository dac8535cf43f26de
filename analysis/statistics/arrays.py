"""Times and groups as plain arrays, which is how series are computed here."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def as_times(microseconds: Ints) -> pd.DatetimeIndex:
    """Return microseconds since 1970 as datetime64[us, UTC]."""
    return pd.DatetimeIndex(microseconds.astype("datetime64[us]")).tz_localize("UTC")


def microseconds(times: pd.Series) -> Ints:
    """Return datetime64[us, UTC] as microseconds since 1970; NaT is the smallest int64."""
    index = pd.DatetimeIndex(times)
    index = index.tz_localize("UTC") if index.tz is None else index.tz_convert("UTC")
    return np.asarray(index.as_unit("us").asi8, dtype=np.int64)


def changes(values: npt.NDArray[Any]) -> Bools:
    """Return True at the first element and wherever one differs from the one before it."""
    new = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=new[1:])
    return new
