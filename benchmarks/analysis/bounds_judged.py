"""Series whose truth is known -> how often the bounds of the analysis held it. Pure.

A *told* frame has a row a sighting: key (str), scraped_at (datetime64[us, UTC]), truth (int64: the exact count then),
value, step (int64: what the file would hold of it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.counts.growth import falls, gains, key_of, tightened

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Judged:
    """sightings, series, pairs: how many. raw, tight, grown: shares held: a sighting's own bounds, the tightened ones,
    the gains between consecutive sightings. cuts: where a series was cut; fell: consecutive pairs whose truth fell.
    narrowed: the summed width of the tightened bounds over that of the raw ones, of sightings that were rounded.
    string, naive: mean error per pair (in the count) of the taut string's gains and of the plain differences.
    """

    sightings: int
    series: int
    pairs: int
    raw: float
    tight: float
    grown: float
    cuts: int
    fell: int
    narrowed: float
    string: float
    naive: float


def rounded(exact: Ints) -> tuple[Ints, Ints]:
    """Round as the site's JSON does (site.md 7.1): (value, step). The thresholds are where the unit changes."""
    step = np.select([exact < 10_000, exact < 999_999, exact < 999_999_999], [1, 100, 100_000], 100_000_000)
    value = (exact + step // 2) // step * step
    own = np.select([value < 10_000, value < 1_000_000, value < 1_000_000_000], [1, 100, 100_000], 100_000_000)
    return value, own  # a reader of the JSON sees only the number, and infers the step from it


def judged(told: pd.DataFrame, count: str = "likes") -> Judged:
    """Judge all series of *told*, taken as *count*."""
    key = key_of(count)
    lines = pd.DataFrame(
        {
            key: told["key"].astype("str"),
            "scraped_at": told["scraped_at"],
            count: told["value"].astype("Int64"),
            f"{count}_step": told["step"].astype("Int64"),
            "truth": told["truth"],
        }
    )
    bounded = with_bounds(lines)
    tight = tightened(bounded, count)
    one = bounded.drop_duplicates([key, "scraped_at"])
    joined = tight.merge(one, on=[key, "scraped_at"], how="left", validate="one_to_one")
    found = gains(tight, count)
    truth = _numbered(joined, "truth", key, found)
    value = _numbered(joined, count, key, found)
    gain = truth[1] - truth[0]
    rough = (joined[f"{count}_hi"] > joined[f"{count}_lo"]).to_numpy(bool)
    widths = [(joined[f"{name}hi"] - joined[f"{name}lo"])[rough].sum() for name in ("", f"{count}_")]
    true = joined["truth"].to_numpy(np.int64)
    same = (joined[key] == joined[key].shift()).to_numpy(bool)
    return Judged(
        sightings=len(bounded),
        series=int(bounded[key].nunique()),
        pairs=len(found),
        raw=_held(bounded[f"{count}_lo"], bounded["truth"], bounded[f"{count}_hi"]),
        tight=_held(joined["lo"], joined["truth"], joined["hi"]),
        grown=_held(found["lo"], pd.Series(gain), found["hi"]),
        cuts=len(falls(bounded, count)),
        fell=int((same[1:] & (true[1:] < true[:-1])).sum()),
        narrowed=float(widths[0] / widths[1]) if widths[1] else float("nan"),
        string=_error(found["point"].to_numpy(np.float64), gain),
        naive=_error((value[1] - value[0]).astype(np.float64), gain),
    )


def _numbered(joined: pd.DataFrame, column: str, key: str, found: pd.DataFrame) -> tuple[Ints, Ints]:
    """The *column* at both ends of each gain."""
    at = joined.set_index([key, "scraped_at"])[column]
    ends = (pd.MultiIndex.from_arrays([found[key], found[end]]) for end in ("start", "end"))
    start, end = (at.reindex(index).to_numpy(np.int64) for index in ends)
    return start, end


def _held(lo: pd.Series, truth: pd.Series, hi: pd.Series) -> float:
    inside = (lo.fillna(-(2**62)) <= truth) & (truth <= hi.fillna(2**62))
    return float(inside.mean()) if len(inside) else float("nan")


def _error(estimate: npt.NDArray[np.float64], gain: Ints) -> float:
    return float(np.abs(estimate - gain).mean()) if len(gain) else float("nan")
