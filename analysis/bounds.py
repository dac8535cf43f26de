"""What each count of a sighting may have been: the smallest and the largest number the site shows that way.

The site rounds to nearest on a grid that widens with the number (site.md 7.1, 7.2; DESIGN sections 5 and 8).
"""

from __future__ import annotations

import pandas as pd


def with_bounds(sightings: pd.DataFrame) -> pd.DataFrame:
    """Return *sightings* with `<count>_lo` and `<count>_hi` (Int64, in units of the count) for each of the 8 counts.

    Columns read: `<count>`, and where they are there `<count>_step`, `<count>_shown`, `user_likes_repair`.
    A count that is NA has neither bound. A user_likes repaired as a "minimum" has no upper bound (hi NA).
    A count without a step is taken as rounded, which is the wider of the two. Rows, order and index stay.
    """
    raise NotImplementedError


def bounds(count: pd.Series, step: pd.Series, shown: pd.Series | None = None) -> tuple[pd.Series, pd.Series]:
    """Return (lo, hi), Int64, aligned with *count* (Int64) and its display *step* (Int64; 1: exact).

    shown: the page's own text, where known: a shown "1M" starts at 999,999, a JSON 1,000,000 may be "1000K" too.
    """
    raise NotImplementedError
