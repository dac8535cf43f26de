"""A creator's likes over time, unwrapped: the field is a signed 32-bit number that wraps (site.md 7.4; DESIGN 5, 8).

One sighting says the total modulo 2^32, or rounded, or exactly. Together a creator's sightings say more: how many wraps at
least, where one rounded total pins the multiple, and the gain exactly even where the multiple stays unknown.
"""

from __future__ import annotations

import pandas as pd


def unwrapped(bounded: pd.DataFrame) -> pd.DataFrame:
    """Return the totals of user_likes, unwrapped over each creator's history, sorted by (creator, time), RangeIndex.

    Columns: creator (str), scraped_at (datetime64[us, UTC]; user_scraped_at where told), sent (Int64: the 32-bit number,
    NA where the total was not a wrapped one), kind (str: "modulo", "rounded", "exact"), wraps (Int64: 2^32 added at least),
    lo, hi (Int64: of the total; hi NA where nothing bounds it), cumulative (Int64: exact gain since the creator's first
    modulo sighting, if no gap of sightings hides a whole 2^32; NA for rounded ones), wraps_known (boolean).
    """
    raise NotImplementedError


def overflowed(bounded: pd.DataFrame) -> pd.DataFrame:
    """Return the creators whose likes have wrapped: one row a creator, sorted.

    Columns: creator (str), sightings (Int64), wraps_least (Int64: greatest number of wraps that is certain), lo (Int64),
    hi (Int64, NA: unbounded) of the latest total, wraps_known (boolean), silent (Int64: sightings whose number looked
    plausible and positive, but had wrapped), first, last (datetime64[us, UTC]).
    """
    raise NotImplementedError
