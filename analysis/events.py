"""Does a viral video bring followers? An event study around the onset of an outbreak, against matched creators."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.intervals import Estimate


@dataclass(frozen=True, slots=True)
class EventStudy:
    """What `event_study` found."""

    gain: Estimate
    """Followers, natural log points: gain in the 7 days after onset minus the 7 before, minus the same of matched creators."""
    followers: Estimate
    """The same in followers."""
    pairs: pd.DataFrame
    """One row a usable creator with an onset: creator (str), onset (datetime64[us, UTC]), sightings (Int64),
    log_followers (Float64, at the start), change (Float64, its own log-point difference), control_change (Float64, mean of
    its matched), controls (str, creators joined by a space)."""
    course: pd.DataFrame
    """Event time for the plot: day (Int64, -7 to 7 from onset), group (str: "onset", "matched"), log_gain (Float64, mean
    log points since onset), low, high (Float64, 95 %), n (Int64)."""
    unusable: pd.DataFrame
    """reason (str), creators (Int64): those with an onset that could not be used, and why; reasons with 0 stand too."""


def first_onsets(tiktoks: pd.DataFrame) -> pd.DataFrame:
    """The first outbreak of each creator out of `virality.ranked` rows: creator (str), id (str), onset (datetime64[us, UTC])."""
    raise NotImplementedError


def event_study(bounded: pd.DataFrame, onsets: pd.DataFrame, *, seed: int = 1) -> EventStudy:
    """Compare creators with an onset (`first_onsets`) with creators that had none, matched on log followers and sightings."""
    raise NotImplementedError
