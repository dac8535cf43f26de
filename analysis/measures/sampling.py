"""How much of what the feed might have shown was seen: nothing here says how large the platform is.

A run is a sample, a TikTok is in it or not (incidence data). Sources: Good 1953 (Biometrika 40:237); Chao 1987
(Biometrics 43:783) and Chao et al. 2014 (Ecological Monographs 84:45) for Chao2; Chao & Jost 2012
(Ecology 93:2533) for coverage; Webber, Moffat & Zobel 2010 (TOIS 28:20) for rank-biased overlap.
These are gathered functions: they run once, on all sightings.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.stats import norm

from analysis.counts.windows import HOUR
from analysis.statistics.arrays import microseconds
from analysis.terms.definitions import INTERVAL, RBO_P
from analysis.terms.errors import need_columns

Ints = npt.NDArray[np.int64]

_THINGS = {"tiktoks": "id", "creators": "creator", "audios": "audio_key"}


def accumulation(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return how many different things were seen by each run's end: one row a run, in order of its first sighting.

    Columns: run (str), at (datetime64[us, UTC]: its first sighting), sightings, tiktoks, creators, audios (Int64:
    cumulative; unique ids, creators, audio keys), new_tiktoks, new_creators, new_audios (Int64: first seen in it).
    """
    runs = _in_order(sightings)
    number = _numbers(sightings, runs)
    columns: dict[str, object] = {"run": runs["run"], "at": runs["at"]}
    columns["sightings"] = pd.array(np.cumsum(_tally(number[number >= 0], len(runs))), dtype="Int64")
    for thing, column in _THINGS.items():
        known = sightings[column].notna().to_numpy(bool) & (number >= 0)
        seen = pd.DataFrame({"thing": sightings.loc[known, column].to_numpy(), "run": number[known]})
        new = _tally(seen.groupby("thing")["run"].min().to_numpy(np.int64), len(runs))
        columns[thing] = pd.array(np.cumsum(new), dtype="Int64")
        columns[f"new_{thing}"] = pd.array(new, dtype="Int64")
    return pd.DataFrame(columns)


def incidences(sightings: pd.DataFrame, column: str = "id") -> Ints:
    """Return in how many runs each different value of *column* was seen, sorted by the value."""
    pairs = sightings[[column, "run"]].dropna().drop_duplicates()
    return np.asarray(pairs.groupby(column, sort=True).size(), np.int64)


def coverage(incidence: Ints, runs: int) -> float:
    """Return the sample coverage, 0-1 (Good-Turing as Chao & Jost 2012 refine it); NaN with fewer than two runs."""
    if runs < 2 or not len(incidence):
        return math.nan
    once = int((incidence == 1).sum())
    return 1 - once / float(incidence.sum()) * _unseen_again(incidence, runs)


def chao2(incidence: Ints, runs: int, level: float = INTERVAL) -> tuple[float, float, float]:
    """Return a lower bound of how many there were to be seen, with its log-normal interval: (estimate, lo, hi).

    Variance: Chao 1987, eqs. 11 and 13 as in Chao et al. 2014; all NaN with fewer than two runs.
    """
    if runs < 2 or not len(incidence):
        return math.nan, math.nan, math.nan
    seen, once, twice = len(incidence), int((incidence == 1).sum()), int((incidence == 2).sum())
    share = (runs - 1) / runs
    if twice:
        ratio = once / twice
        missing = share * once * ratio / 2
        variance = twice * (share / 2 * ratio**2 + share**2 * ratio**3 + share**2 / 4 * ratio**4)
    else:
        missing = share * once * (once - 1) / 2
        variance = missing + share**2 * once * (2 * once - 1) ** 2 / 4 - share**2 * once**4 / (4 * (seen + missing))
    if missing <= 0 or variance <= 0:
        return float(seen), float(seen), float(seen)
    spread = math.exp(norm.ppf((1 + level) / 2) * math.sqrt(math.log1p(variance / missing**2)))
    return seen + missing, seen + missing / spread, seen + missing * spread


def day_pools(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return one row a UTC day: what was seen of that day's pool. A run belongs to the day of its first sighting.

    Columns: day (datetime64[us, UTC]), runs, sightings, tiktoks, once, twice (Int64: TikToks seen in one, two runs),
    coverage (Float64, 0-1), pool, pool_lo, pool_hi (Float64: Chao2, a lower bound; NA with fewer than two runs).
    """
    runs = _in_order(sightings)
    number = _numbers(sightings, runs)
    kept = sightings.loc[number >= 0, ["id", "run"]]
    day = runs["at"].dt.floor("D").to_numpy()[number[number >= 0]]
    rows = []
    for start, seen in kept.groupby(pd.Series(day, index=kept.index)):
        own, incidence = int(seen["run"].nunique()), incidences(seen)
        tally = [own, len(seen), len(incidence), int((incidence == 1).sum()), int((incidence == 2).sum())]
        rows.append((start, *tally, coverage(incidence, own), *chao2(incidence, own)))
    counts = ["runs", "sightings", "tiktoks", "once", "twice"]
    floats = ["coverage", "pool", "pool_lo", "pool_hi"]
    frame = pd.DataFrame(rows, columns=["day", *counts, *floats])
    frame["day"] = pd.to_datetime(frame["day"], utc=True).astype("datetime64[us, UTC]")
    for name in counts:
        frame[name] = pd.array(frame[name].to_numpy(np.int64), dtype="Int64")
    for name in floats:
        frame[name] = _float64(frame[name].to_numpy(np.float64))
    return frame


def similarity(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return how alike consecutive runs are: one row a run but the first.

    Columns: before, run (str), at (datetime64[us, UTC]), hours (Float64: between their first sightings), shared (Int64:
    TikTok ids in both), jaccard (Float64, 0-1), rbo (Float64, 0-1: rank-biased overlap by position, p = RBO_P).
    """
    runs = _in_order(sightings)
    lists = _rankings(sightings, runs)
    pairs = list(itertools.pairwise(lists))
    shared = np.array([len(set(left) & set(right)) for left, right in pairs], np.int64)
    either = np.array([len(set(left) | set(right)) for left, right in pairs], np.int64)
    jaccard = np.divide(shared, either, out=np.full(len(pairs), np.nan), where=either > 0)
    return pd.DataFrame(
        {
            "before": runs["run"].iloc[:-1].reset_index(drop=True),
            "run": runs["run"].iloc[1:].reset_index(drop=True),
            "at": runs["at"].iloc[1:].reset_index(drop=True),
            "hours": _float64(np.diff(microseconds(runs["at"])) / HOUR),
            "shared": pd.array(shared, dtype="Int64"),
            "jaccard": _float64(jaccard),
            "rbo": _float64([rank_biased_overlap(left, right) for left, right in pairs]),
        }
    )


def rank_biased_overlap(left: Sequence[str], right: Sequence[str], p: float = RBO_P) -> float:
    """Return the extrapolated overlap of two rankings without ties, of any lengths (Webber et al. 2010, eq. 32).

    1 where one goes on as the other, 0 where they share nothing; NaN where one is empty.
    """
    if not len(left) or not len(right):
        return math.nan
    short, long = sorted((len(left), len(right)))
    rank = {thing: at for at, thing in enumerate(left, 1)}
    deeper = [max(at, rank[thing]) for at, thing in enumerate(right, 1) if thing in rank]
    overlap = np.cumsum(np.bincount(deeper, minlength=long + 1)[1:]).astype(np.float64)  # at depths 1 to long
    depth = np.arange(1, long + 1)
    weight = p**depth
    seen = (overlap / depth * weight).sum()
    beyond = depth > short  # the shorter list is taken to go on as it was
    assumed = (overlap[short - 1] * (depth - short) / (short * depth) * weight)[beyond].sum()
    tail = (overlap[-1] - overlap[short - 1]) / long + overlap[short - 1] / short
    return float((1 - p) / p * (seen + assumed) + tail * p**long)


def _in_order(sightings: pd.DataFrame) -> pd.DataFrame:
    """The runs by their first sighting: run (str), at (datetime64[us, UTC])."""
    need_columns(sightings, ("run", "scraped_at", "id"), "sampling")
    first = sightings.dropna(subset=["run", "scraped_at"]).groupby("run", sort=True)["scraped_at"].min()
    first = first.sort_values(kind="stable")
    return pd.DataFrame({"run": first.index.astype("str"), "at": first.to_numpy()}).astype(
        {"at": "datetime64[us, UTC]"}
    )


def _numbers(sightings: pd.DataFrame, runs: pd.DataFrame) -> Ints:
    """Each sighting's run by its number in order; -1 where it names none."""
    return np.asarray(pd.Index(runs["run"]).get_indexer(pd.Index(sightings["run"])), np.int64)


def _tally(numbers: Ints, size: int) -> Ints:
    return np.bincount(numbers, minlength=size).astype(np.int64)


def _rankings(sightings: pd.DataFrame, runs: pd.DataFrame) -> list[list[str]]:
    """The ids of each run in the order shown, each once; positions start anew with each session, one after another."""
    order = [column for column in ("session", "position", "scraped_at") if column in sightings]
    ranked = sightings.sort_values(order, kind="stable").drop_duplicates(["run", "id"])
    lists = {str(run): ids.dropna().tolist() for run, ids in ranked.groupby("run", sort=False)["id"]}
    return [lists.get(run, []) for run in runs["run"]]


def _unseen_again(incidence: Ints, runs: int) -> float:
    """A of Chao & Jost 2012: how likely what was seen once stays unseen in one run more."""
    once, twice = int((incidence == 1).sum()), int((incidence == 2).sum())
    top = (runs - 1) * once if twice else (runs - 1) * (once - 1)
    return top / (top + 2 * max(twice, 1)) if top > 0 else 0.0


def _float64(values: Sequence[float] | npt.NDArray[np.float64]) -> pd.arrays.FloatingArray:
    array = np.asarray(values, np.float64)
    return pd.arrays.FloatingArray(array, np.isnan(array))
