"""Would other definitions of "viral" find the same TikToks? All 60 of them, drawn, not chosen (Simonsohn et al. 2020)."""

from __future__ import annotations

import pandas as pd


def specification_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by id: id (str), ad (boolean), and 20 columns `<count>_<window>h` (Float64).

    Each is the most that the count is guaranteed to have gained between two sightings no further apart than the window;
    NA where it has no such pair. Counts: likes, views, shares, comments, saves; windows: 6, 24, 72, 168 hours.
    """
    raise NotImplementedError


def specification(rows: pd.DataFrame, verdict_rows: pd.DataFrame) -> pd.DataFrame:
    """The 60 cells, from `specification_rows` and `virality.ranked(...).rows`; ads out.

    Always 60 rows, ordered by count, window, level: count (str), window_h (Int64), level (Float64), n (Int64: TikToks with
    a pair within the window), of (Int64: TikToks that are no ads), threshold (Float64, gain), viral (Int64: gain above 0 and
    at or above the threshold), headline (Int64: of the n, those viral by the headline; ranked there), both (Int64),
    overlap (Float64: Jaccard of the two sets among the n that the headline could rank), also_headline (Float64:
    both / viral). NA, not 0, where n is below 100 or no set is there to compare.
    """
    raise NotImplementedError
