"""When a TikTok was uploaded: its id's upper 32 bits are a Unix second, the page tells it better (site.md 8)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.series import as_times, microseconds


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


def id_error_summary(errors: pd.DataFrame) -> pd.DataFrame:
    """Return the distribution of `id_errors` in one row: n (Int64), median_s, p95_s, p99_s, max_s (Float64: seconds),
    over_hour (Float64: share above 3600 s), negative (Int64: created before its own id, which no real one is).

    With no such TikTok n is 0 and the rest NA.
    """
    seconds = errors["error_s"]
    quantiles = {"median_s": 0.5, "p95_s": 0.95, "p99_s": 0.99, "max_s": 1.0}
    found: dict[str, object] = {name: [seconds.quantile(q) if len(seconds) else pd.NA] for name, q in quantiles.items()}
    found["over_hour"] = [(seconds > 3600).mean() if len(seconds) else pd.NA]
    frame = pd.DataFrame({name: pd.array(value, dtype="Float64") for name, value in found.items()})  # type: ignore[call-overload]
    frame.insert(0, "n", pd.Series([len(seconds)], dtype="Int64"))
    frame["negative"] = pd.array([int((seconds < 0).sum()) if len(seconds) else None], dtype="Int64")
    return frame


def _seconds(start: pd.Series, end: pd.Series) -> pd.Series:
    """Seconds from *start* to *end*: Float64, aligned, NA where either is."""
    known = (start.notna() & end.notna()).to_numpy(bool)
    length = np.where(known, microseconds(end) - microseconds(start), 0) / 1_000_000
    return pd.Series(pd.arrays.FloatingArray(length, ~known), index=start.index)
