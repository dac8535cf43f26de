"""What a count gained between sightings: bounds that are certain, and what they rest on.

The series themselves are made in `series`, and without the sightings that others contradict in `strange`; what was
gained in a window of time is in `windows`. All speak of the same frames, and this is the door to them:
`from analysis.counts.growth import settled, gains, best_gain`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.counts.line import HOUR, Line
from analysis.counts.series import falls, key_of, tightened
from analysis.counts.strange import settled, strange
from analysis.counts.windows import best_gain, gain_between, possible_gain, value_at
from analysis.statistics.arrays import as_times, changes
from analysis.statistics.tautstring import points

__all__ = [
    "best_gain",
    "falls",
    "gain_between",
    "gains",
    "key_of",
    "possible_gain",
    "settled",
    "strange",
    "tightened",
    "value_at",
]


def gains(tight: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the gain between each two consecutive rows of a segment of a `tightened` or `settled` frame.

    Columns: <key> (str), start, end (datetime64[us, UTC]), hours (Float64), lo, hi (Int64: bounds of the gain; lo is 0
    or more for counts that never fall; NA: unbounded on that side), point (Float64: of the taut string; NA without).
    """
    line = Line.of(tight, count)
    string = points(tight).to_numpy(np.float64, na_value=np.nan)
    after = np.flatnonzero(~changes(line.segment))
    before = after - 1
    least, most = line.gain(before, after, count)
    point = string[after] - string[before]
    return pd.DataFrame(
        {
            key_of(count): line.keys[line.code[after]].astype("str"),
            "start": as_times(line.time[before]),
            "end": as_times(line.time[after]),
            "hours": pd.array((line.time[after] - line.time[before]) / HOUR, dtype="Float64"),
            "lo": least,
            "hi": most,
            "point": pd.arrays.FloatingArray(point, np.isnan(point)),
        }
    )
