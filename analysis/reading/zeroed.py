"""Counts that failed to 0: the site sent 0 likes, views, shares and saves of TikToks with millions (site.md 5.1c).

A TikTok that is being shown has views, so 0 views mean "not told" where anything else says that they are no true 0: its
comments, which are right in such replies, or any other of its counts; or all the other TikToks of the reply, if they
have none either. Then its zeros become NA, shown as "0", as the crawl writes them since it knows of this; comments
stay. A TikTok without views, or anything else, among others that have some is a fresh one, and its zeros are zeros.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.counts.strange import ALONE, strange
from analysis.terms.definitions import NEVER_FALL, OF_TIKTOK

Keys = npt.NDArray[np.uint64]

SHOWN = "0"
"""What is shown of a count that failed."""


def by_line(frame: pd.DataFrame) -> pd.DataFrame:
    """Return *frame* with the zeros of each line NA where the line itself says that they are none."""
    none = frame["views"].eq(0).fillna(False).astype(bool)
    if not none.any():
        return frame
    other = pd.concat([frame[count].gt(0).fillna(False) for count in OF_TIKTOK], axis=1).any(axis=1)
    return _untold(frame, none & other)


def failed(sightings: pd.DataFrame) -> pd.Series:
    """Whether any count of each sighting failed to 0 (bool)."""
    columns = [sightings[count].isna() & sightings[f"{count}_shown"].eq(SHOWN).fillna(False) for count in NEVER_FALL]
    return pd.concat(columns, axis=1).any(axis=1).astype(bool)


class Replies:
    """Remembers which replies of the feed brought no views at all, from block to block, in eight bytes each.

    What one reply brought was received by one session of one run at one moment. Taking a sighting twice is taking it
    once.
    """

    def __init__(self) -> None:
        self._with_views: list[Keys] = []
        self._without: list[pd.DataFrame] = []
        self._bad: Keys | None = None  # of all that was taken, once it is asked for

    def take(self, sightings: pd.DataFrame) -> pd.DataFrame:
        """Remember what the replies of *sightings* brought; return them as they are."""
        self._bad = None
        views = sightings["views"]
        some = views.gt(0).fillna(False).astype(bool)
        none = views.eq(0).fillna(False).astype(bool) | (
            views.isna() & sightings["views_shown"].eq(SHOWN).fillna(False)
        )
        self._with_views.append(np.unique(_replies(sightings[some])))
        if none.any():
            bare = sightings[none]
            self._without.append(pd.DataFrame({"reply": _replies(bare), "id": bare["id"].to_numpy(dtype=object)}))
        return sightings

    def judged(self, sightings: pd.DataFrame) -> pd.DataFrame:
        """Return *sightings* with the zeros NA of replies that brought two TikToks or more, and views of none."""
        none = sightings["views"].eq(0).fillna(False).astype(bool)
        if not none.any() or not self._without:
            return sightings
        if self._bad is None:
            of = pd.concat(self._without).drop_duplicates()["reply"].value_counts()
            self._bad = np.setdiff1d(of[of > 1].index.to_numpy(np.uint64), np.concatenate(self._with_views))
        rows = none.copy()
        rows[none] = np.isin(_replies(sightings[none]), self._bad)
        return _untold(sightings, rows)


def lone_zeros(sightings: pd.DataFrame) -> int:
    """How many sightings tell a 0 alone between two that agree on more: no finding rests on them (counts.strange)."""
    found = []
    for count in NEVER_FALL:
        ids = sightings.loc[sightings[count].eq(0).fillna(False).astype(bool), "id"].unique()
        if len(ids):
            rows = strange(with_bounds(sightings[sightings["id"].isin(ids)]), count)
            found.append(rows.loc[rows["hi"].eq(0) & rows["kind"].eq(ALONE), ["id", "at"]])
    return len(pd.concat(found).drop_duplicates()) if found else 0


def _untold(frame: pd.DataFrame, rows: pd.Series) -> pd.DataFrame:
    """Return *frame* with the zeros of *rows* not told."""
    if not rows.any():
        return frame
    changed: dict[str, pd.Series] = {}
    for count in NEVER_FALL:
        zero = rows & frame[count].eq(0).fillna(False).astype(bool)
        changed[count] = frame[count].mask(zero)
        changed[f"{count}_step"] = frame[f"{count}_step"].mask(zero)
        changed[f"{count}_shown"] = frame[f"{count}_shown"].mask(zero, SHOWN)
    return frame.assign(**changed)


def _replies(sightings: pd.DataFrame) -> Keys:
    """A number for the reply that brought each sighting."""
    of = sightings[["run", "session", "scraped_at"]]
    return np.asarray(pd.util.hash_pandas_object(of, index=False), dtype=np.uint64)
