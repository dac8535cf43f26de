"""The order of sightings (`schema.SIGHTINGS_ORDER`), by which they nearly stand already as they come."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.terms.schema import SIGHTINGS_ORDER


def ordered(sightings: pd.DataFrame) -> pd.DataFrame:
    """*sightings* as `sort_values` puts them by SIGHTINGS_ORDER, stable, with a RangeIndex.

    Moments are numbers and quickly sorted; what else orders, texts among it, is asked only of those that share one.
    """
    moments = sightings["scraped_at"]
    if moments.isna().any():
        return sightings.sort_values(list(SIGHTINGS_ORDER), kind="stable", ignore_index=True)
    times = moments.astype("int64").to_numpy()
    order = np.argsort(times, kind="stable")
    same = np.diff(times[order]) == 0
    shared = np.append(same, False) | np.insert(same, 0, False)
    if len(times) and shared.any():
        rows = order[shared]
        keys = sightings[list(SIGHTINGS_ORDER)].iloc[rows].set_axis(rows)
        order[shared] = keys.sort_values(list(SIGHTINGS_ORDER), kind="stable").index
    if (order == np.arange(len(order))).all():
        return sightings.reset_index(drop=True)
    return sightings.iloc[order].reset_index(drop=True)
