"""How often creators post: from their number of videos where told, from seen uploads as a lower bound, else not at all."""

from __future__ import annotations

import pandas as pd


def posting_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a creator, sorted by `creator`, from bounded sightings.

    creator (str);
    basis (str): "videos": difference of user_videos told 24 h apart or more; "ids": uploads seen, a lower bound only;
    "not answerable": neither;
    posted_lo, posted_hi (Int64): posts in the window, by the bounds of the two counts (deletions hide posts, so lo is also
    at least the uploads seen within it); hi NA for "ids";
    from_at, to_at (datetime64[us, UTC]): the window; days (Float64): its length;
    rate (Float64, posts a day): NA for "ids" and where the bounds of the counts leave it open by rounding;
    rate_low, rate_high (Float64, posts a day): exact 95 % Poisson interval, from posted_lo for low and posted_hi for high;
    rate_high NA for "ids".
    """
    raise NotImplementedError


def upload_gaps(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok seen, sorted by (creator, created_at, id): days since the creator's previous upload that was seen.

    creator, id (str), created_at (datetime64[us, UTC]), previous_id (str), days_since_previous (Float64; NA for the first).
    An upload the feed never showed lies between unseen, so each is an upper bound of the true gap.
    """
    raise NotImplementedError


def gap_summary(gaps: pd.DataFrame) -> pd.DataFrame:
    """Percentiles 5, 25, 50, 75, 95 of days_since_previous as `estimates_frame` rows (names "p5" ... "p95")."""
    raise NotImplementedError
