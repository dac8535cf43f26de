"""The shortest line that passes within all bounds of a series: the point estimate (Davies & Kovac 2001, section 2.1).

Between sightings it is straight; it bends only where the bounds force it to. Both ends are free within their bounds.
It says nothing before the first sighting or after the last.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd


def points(tight: pd.DataFrame) -> pd.Series:
    """Return the taut string's value at each row of a `growth.tightened` frame: Float64, aligned, lo <= value <= hi.

    Each segment of each key is a string of its own. NA: the segment has nowhere an upper bound that holds it.
    """
    raise NotImplementedError


def taut(
    times: npt.NDArray[np.float64],
    lo: npt.NDArray[np.float64],
    hi: npt.NDArray[np.float64],
    starts: npt.NDArray[np.int64],
) -> npt.NDArray[np.float64]:
    """Return the taut strings of many series at once.

    times: strictly increasing within a series; hi may be inf; starts: the first row of each series, starts[0] == 0.
    """
    raise NotImplementedError
