"""When a TikTok was uploaded: its id's upper 32 bits are a Unix second (site.md section 8), the page tells it more exactly."""

from __future__ import annotations

import pandas as pd


def uploaded_by_id(ids: pd.Series) -> pd.Series:
    """Return the upload time that each id holds: datetime64[us, UTC], aligned; NA where it isn't a 19-digit id."""
    raise NotImplementedError


def with_age(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return *sightings* with uploaded_at (datetime64[us, UTC]: created_at, else by the id) and age_hours (Float64)."""
    raise NotImplementedError


def id_errors(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return created_at minus the id's time where the page told created_at: one row a TikTok, sorted by id.

    Columns: id (str), created_at (datetime64[us, UTC]), error_s (Float64: seconds; never negative on the real site).
    """
    raise NotImplementedError


def id_error_summary(errors: pd.DataFrame) -> pd.DataFrame:
    """Return the error's distribution in one row (gathered): n (Int64), median_s, p95_s, p99_s, max_s (Float64),
    over_hour (Float64: share above 3600 s), negative (Int64: created before its own id, which no real one is)."""
    raise NotImplementedError
