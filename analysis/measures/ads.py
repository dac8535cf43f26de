"""Ads, defined once: a TikTok seen as an ad in any sighting is one in all of them, and is in no ranking.

Paid reach says nothing of what went viral by itself, and likes that were paid for stay when the ad has ended; so it is
the whole TikTok that is out, not only the sightings marked as ads, and with it what these sightings tell of its
creator and audio. Ads are counted where it is told how much was seen, and measures have a row with them in.
The report (`report.study.Study`) and the notebooks both begin with `marked`, and rank what `left_out` leaves.
"""

from __future__ import annotations

import pandas as pd

from analysis.terms.errors import need_columns


def is_ad(rows: pd.DataFrame) -> pd.Series:
    """What *rows* themselves say (bool, aligned): `ad` is true; where nobody told, it is taken for none."""
    return rows["ad"].fillna(False).astype(bool)


def advertised(sightings: pd.DataFrame, *within: str) -> pd.Series:
    """Which sightings are of a TikTok that any of them saw as an ad (bool, aligned).

    within: the entity that a partition holds whole, such as "audio_key"; then only the TikTok's sightings with the same
    entity count, so that the answer does not hang on how entities were parted.
    """
    need_columns(sightings, ["id", "ad", *within], "ads.advertised")
    told = is_ad(sightings)
    if not told.any():
        return told
    keys = [sightings[name] for name in (*within, "id")]
    return told.groupby(keys, sort=False, dropna=False).transform("max").astype(bool) | told


def marked(sightings: pd.DataFrame) -> pd.DataFrame:
    """*sightings* with `ad` true at every sighting of a TikTok ever seen as an ad; elsewhere as told."""
    return sightings.assign(ad=sightings["ad"].mask(advertised(sightings), other=True))


def left_out(sightings: pd.DataFrame) -> pd.DataFrame:
    """*sightings* without those of TikToks ever seen as ads: what a ranking rests on. RangeIndex, order kept."""
    return sightings[~advertised(sightings)].reset_index(drop=True)
