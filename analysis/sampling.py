"""How much of what the feed might have shown was seen: nothing here says how large the platform is (DESIGN section 8).

A run is a sample, a TikTok present or absent in it (incidence data). Sources: Good 1953; Chao & Jost 2012 (Ecology 93:2533);
Chao 1987 (Biometrics 43:783) for Chao2; Webber, Moffat & Zobel 2010 (TOIS 28:20) for rank-biased overlap.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from .definitions import INTERVAL, RBO_P


def accumulation(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return how many different things were seen by each run's end: one row a run, in order of its first sighting.

    Columns: run (str), at (datetime64[us, UTC]: its first sighting), sightings, tiktoks, creators, audios (Int64: cumulative;
    unique ids, creators, audio keys), new_tiktoks, new_creators, new_audios (Int64: first seen in this run).
    """
    raise NotImplementedError


def incidences(sightings: pd.DataFrame, column: str = "id") -> npt.NDArray[np.int64]:
    """Return in how many runs each different value of *column* was seen, sorted by the value."""
    raise NotImplementedError


def coverage_curve(incidence: npt.NDArray[np.int64], runs: int, at: Sequence[int]) -> pd.DataFrame:
    """Return sample coverage and richness expected after each number of runs in *at* (Chao & Jost 2012, eqs. 4-12).

    Columns: runs (Int64), method (str: "rarefied", "observed", "extrapolated"), coverage (Float64, 0-1: share of the feed's
    choices that fall on what was seen), tiktoks (Float64: different ones expected). Extrapolate no further than 2 x runs.
    """
    raise NotImplementedError


def chao2(incidence: npt.NDArray[np.int64], runs: int, level: float = INTERVAL) -> tuple[float, float, float]:
    """Return a lower bound of how many were there to be seen, and its log-normal interval: (estimate, lo, hi)."""
    raise NotImplementedError


def day_pools(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return one row a UTC day: what was seen of that day's pool.

    Columns: day (datetime64[us, UTC]), runs, sightings, tiktoks, once, twice (Int64: seen in one, two runs), coverage
    (Float64, 0-1; Good-Turing), pool, pool_lo, pool_hi (Float64: Chao2, a lower bound; NA with fewer than two runs).
    """
    raise NotImplementedError


def similarity(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return how alike consecutive runs are: one row a run but the first.

    Columns: before, run (str), at (datetime64[us, UTC]), hours (Float64: between their first sightings), shared (Int64:
    TikTok ids in both), jaccard (Float64, 0-1), rbo (Float64, 0-1: extrapolated rank-biased overlap, p = RBO_P, by position).
    """
    raise NotImplementedError


def rank_biased_overlap(left: Sequence[str], right: Sequence[str], p: float = RBO_P) -> float:
    """Return the extrapolated overlap of two rankings without ties, of any lengths (Webber et al. 2010, eq. 32)."""
    raise NotImplementedError
