"""When a TikTok was uploaded: its id's upper 32 bits are a Unix second, the page tells it better (site.md 8)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.statistics.answer import RATIO
from analysis.statistics.arrays import as_times, microseconds
from analysis.statistics.intervals import estimates_frame, quantile_estimate
from analysis.terms.definitions import AGE_PERCENTILES

ERROR = "created_at as the page told it, less the Unix second in the upper half of the 19-digit id, in seconds"


def uploaded_by_id(ids: pd.Series) -> pd.Series:
    """Return the upload time that each id holds: datetime64[us, UTC], aligned; NaT where it isn't a 19-digit id."""
    good = ids.str.fullmatch(r"[0-9]{19}").fillna(False).to_numpy(bool)
    number = ids.where(good, "0").astype(object).to_numpy(dtype=str).astype(np.uint64)
    microseconds = (number // np.uint64(2**32)).astype(np.int64) * 1_000_000
    return pd.Series(as_times(microseconds), index=ids.index).where(good)


def id_errors(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return created_at minus the id's time where the page told created_at: one row a TikTok, sorted by id.

    Columns: id (str), created_at (datetime64[us, UTC]: as first told), error_s (Float64: seconds; never negative on the
    real site, more than an hour for scheduled and edited posts).
    """
    told: pd.DataFrame = sightings[
        (sightings["created_from"] == "page").fillna(False).astype(bool) & sightings["created_at"].notna()
    ]
    rows = told[["id", "created_at"]].drop_duplicates("id").sort_values("id", ignore_index=True)
    rows["error_s"] = _seconds(uploaded_by_id(rows["id"]), rows["created_at"])
    return rows.dropna(subset="error_s").reset_index(drop=True)


WHOLE_S = 1.0  # an id tells its time in whole seconds, so errors below one are alike


def id_error_percentiles(errors: pd.DataFrame, of: int) -> pd.DataFrame:
    """Percentiles of error_s over `id_errors`: `estimates_frame` rows "p50", "p95", "p99", in seconds.

    of: how many TikToks there were, also those whose page told no upload time. Intervals by order statistics, as if
    TikToks were drawn independently.
    """
    seconds = errors["error_s"].to_numpy(dtype=float)
    estimates = {}
    for percent in AGE_PERCENTILES:
        definition = f"{percent}th percentile of {ERROR}; interval by order statistics"
        estimates[f"p{percent}"] = quantile_estimate(
            seconds, percent / 100, of=of, definition=definition, scale=RATIO.at_least(WHOLE_S), units="TikToks"
        )
    return estimates_frame(estimates)


def _seconds(start: pd.Series, end: pd.Series) -> pd.Series:
    """Seconds from *start* to *end*: Float64, aligned, NA where either is."""
    known = (start.notna() & end.notna()).to_numpy(bool)
    length = np.where(known, microseconds(end) - microseconds(start), 0) / 1_000_000
    return pd.Series(pd.arrays.FloatingArray(length, ~known), index=start.index)
