"""What tells the same sighting twice.

A run that is told shows each TikTok once, so a second line of one id is a repeat. Lines of 2022 tell no run, and the
hour they were written in is none: two computers may have seen one TikTok in the same hour, one feed may have brought it
twice, and each of these lines is a sighting. There a repeat is what is the same in every field, to the second, as where
a file was copied into itself.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.terms.schema import SIGHTINGS

_COMPARED = [name for name in SIGHTINGS if name != "line_from"]


def repeated(sightings: pd.DataFrame, untold: pd.Series) -> pd.Series:
    """Whether a sighting repeats an earlier row (bool). untold: whether its line tells no run (bool, alike indexed)."""
    again = pd.Series(False, index=sightings.index)
    again[~untold] = sightings.loc[~untold, ["run", "id"]].duplicated()
    again[untold] = sightings.loc[untold, _COMPARED].duplicated()
    return again


class Repeats:
    """Remembers the sightings of each run from block to block, in eight bytes each.

    The 19 digits of an id that passes the gates fit a uint64; where no run is told, the hash of all fields counts.
    """

    def __init__(self) -> None:
        self._seen: dict[str, npt.NDArray[np.uint64]] = {}

    def without(self, sightings: pd.DataFrame, untold: pd.Series) -> pd.DataFrame:
        """The *sightings* that repeat none of an earlier block. untold: as in `repeated`."""
        keys = sightings["id"].astype("uint64").to_numpy()
        if untold.any():
            hashed = pd.util.hash_pandas_object(sightings[_COMPARED], index=False).to_numpy(np.uint64)
            keys = np.where(untold.to_numpy(bool), hashed, keys)
        again = np.zeros(len(sightings), dtype=bool)
        for run, rows in sightings.groupby("run", sort=False).indices.items():
            seen = self._seen.get(str(run), np.empty(0, dtype=np.uint64))
            again[rows] = np.isin(keys[rows], seen)
            self._seen[str(run)] = np.concatenate([seen, keys[rows]])
        return sightings[~again]
