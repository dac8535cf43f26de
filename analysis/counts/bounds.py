"""What each count of a sighting may have been: the smallest and the largest number the site shows that way.

The site rounds to nearest on a grid that widens with the number (site.md 7.1, 7.2; docs/measures.md).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.terms.definitions import COUNTS, DISPLAY_GRID, JSON_EDGES, UNIT_EDGES

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_SHOWN_EDGE = r"\s*1(?:\.0)?[MB]\s*"  # the page's own text, which JSON's number is not


def with_bounds(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return *sightings* with `<count>_lo` and `<count>_hi` (Int64, in units of the count) for each of the 8 counts.

    Columns read: `<count>`, and where they are there `<count>_step`, `<count>_shown`, `user_likes_repair`.
    A count that is NA has neither bound. A user_likes repaired as a "minimum" has no upper bound (hi NA).
    A count without a step is taken as rounded, which is the wider of the two. Rows, order and index stay. Always
    lo <= count <= hi but at the edges of a unit, where a shown 1,000,000 may be more than any number shown so.
    """
    added: dict[str, pd.Series] = {}
    for name in COUNTS:
        count = _column(sightings, name)
        lo, hi = bounds(count, _column(sightings, f"{name}_step"), sightings.get(f"{name}_shown"))
        if name == "user_likes" and "user_likes_repair" in sightings:
            hi = hi.mask((sightings["user_likes_repair"] == "minimum").fillna(False).astype(bool))
        added |= {f"{name}_lo": lo, f"{name}_hi": hi}
    kept = sightings.drop(columns=[name for name in added if name in sightings])
    return pd.concat([kept, pd.DataFrame(added, index=sightings.index)], axis=1)


def bounds(count: pd.Series, step: pd.Series, shown: pd.Series | None = None) -> tuple[pd.Series, pd.Series]:
    """Return (lo, hi), Int64, aligned with *count* (Int64) and its display *step* (Int64; 1: exact).

    shown: the page's own text, where known: a shown "1M" starts at 999,999, a JSON 1,000,000 may be "1000K" too.
    """
    told = count.notna().to_numpy(bool)
    value = count.fillna(0).to_numpy(np.int64)
    steps = step.fillna(0).to_numpy(np.int64)
    steps = np.where(steps > 0, steps, display_step(value))
    lo = value - steps // 2
    hi = value + (steps + 1) // 2 - 1
    lo, hi = _cut_at_edges(value, steps, lo, hi)
    if shown is not None:
        lo = _cut_where_shown(value, steps, lo, shown)
    return _int64(lo, told, count.index), _int64(hi, told, count.index)


def display_step(value: Ints) -> Ints:
    """Return the spacing of the display grid that each *value* is printed on: 1, 100, 100,000 or 100,000,000."""
    size = np.abs(value)
    return np.select([size >= first for first, _ in DISPLAY_GRID], [step for _, step in DISPLAY_GRID], 1)


def _cut_at_edges(value: Ints, steps: Ints, lo: Ints, hi: Ints) -> tuple[Ints, Ints]:
    """Cut bounds where the formatter changes its unit: "10K" starts at 10,000, "1000K" ends at 999,998."""
    for unit, (first, last) in UNIT_EDGES.items():
        here = (steps == unit) & (value >= first) & ((value <= last + 2) if last else True)  # 1,000,000 for 999,998
        lo = np.where(here, np.maximum(lo, first), lo)
        hi = hi if last is None else np.where(here, np.minimum(hi, last), hi)
    for edge, start in JSON_EDGES.items():
        lo = np.where((value == edge) & (steps == edge // 10), start, lo)
    return lo, hi


def _cut_where_shown(value: Ints, steps: Ints, lo: Ints, shown: pd.Series) -> Ints:
    """Start at the unit's own edge where the page's text says which unit it was."""
    at_edge = np.isin(value, list(JSON_EDGES)) & (steps == value // 10)
    if not at_edge.any():
        return lo
    says: Bools = np.zeros(len(value), bool)
    says[at_edge] = shown[at_edge].astype("str").str.fullmatch(_SHOWN_EDGE).fillna(False).to_numpy(bool)
    return np.where(says, value - 1, lo)


def _column(sightings: pd.DataFrame, name: str) -> pd.Series:
    if name in sightings:
        return sightings[name].astype("Int64")
    return pd.Series(pd.NA, index=sightings.index, dtype="Int64")


def _int64(values: Ints, told: Bools, index: pd.Index) -> pd.Series:
    return pd.Series(pd.arrays.IntegerArray(values.astype(np.int64), ~told), index=index)
