"""Creators' likes whose truth is known -> what unwrapping them found. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.counts.overflow import overflowed, unwrapped
from analysis.terms.definitions import INT32_TOP, WRAP


@dataclass(frozen=True, slots=True)
class Unwrapping:
    """sightings: of creators whose total is past 2^31; creators: of those; found: said to have wrapped; false: said so
    of others. low: share of sightings whose total is no less than the lower bound; held: within both bounds;
    known: the number of wraps is said to be certain. pairs, exact: consecutive sightings that aren't rounded, and how
    many gains between them are exact; as_recorded: the same of the plain differences of the file's numbers.
    """

    sightings: int
    creators: int
    found: int
    false: int
    low: float
    held: float
    known: float
    pairs: int
    exact: float
    as_recorded: float


def unwrapping(bounded: pd.DataFrame, truth: pd.DataFrame) -> Unwrapping:
    """Judge. truth: creator (str), scraped_at (datetime64[us, UTC]), likes (int64: exact then)."""
    rows = unwrapped(bounded).merge(truth, on=["creator", "scraped_at"], how="inner")
    big = rows.groupby("creator")["likes"].transform("max") > INT32_TOP
    said = set(overflowed(bounded)["creator"])
    creators = set(rows.loc[big, "creator"])
    rows = rows[big].reset_index(drop=True)
    total = rows["likes"].to_numpy(np.int64)
    low = rows["lo"].to_numpy(np.int64) <= total
    high = total <= rows["hi"].fillna(2**62).to_numpy(np.int64)
    fine = rows[rows["cumulative"].notna()]
    same = (fine["creator"] == fine["creator"].shift())[1:].to_numpy(bool)
    gain = fine["likes"].diff()[1:].to_numpy(np.float64)[same]
    ours = fine["cumulative"].astype("float64").diff()[1:].to_numpy(np.float64)[same]
    # As the file has it: 2^32 added once to a negative, nothing to a positive that wrapped.
    sent = fine["sent"].astype("float64")
    recorded = (sent + np.where(sent < 0, WRAP, 0)).where(fine["kind"] != "exact", fine["likes"]).diff()[1:]
    return Unwrapping(
        sightings=len(rows),
        creators=len(creators),
        found=len(creators & said),
        false=len(said - creators),
        low=_share(low),
        held=_share(low & high),
        known=_share(rows["known"].to_numpy(bool)),
        pairs=len(gain),
        exact=_share(ours == gain),
        as_recorded=_share(recorded.to_numpy(np.float64)[same] == gain),
    )


def _share(held: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> float:
    return float(held.mean()) if len(held) else float("nan")
