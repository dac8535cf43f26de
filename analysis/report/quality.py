"""How complete and how fine each field of the file is: the resolution behind every count of the report."""

from __future__ import annotations

import pandas as pd

from analysis.terms.definitions import COUNTS
from analysis.terms.schema import DERIVED, SIGHTINGS

# What a field says, in the words of the table of fields in docs/data.md.
MEANING = {
    "likes": "likes of the TikTok",
    "comments": "comments on the TikTok",
    "shares": "shares of the TikTok",
    "views": "views of the TikTok",
    "saves": "how often it was added to favourites",
    "user_followers": "the creator's followers",
    "user_likes": "likes of all the creator's TikToks",
    "user_videos": "how many TikToks the creator has",
}


def count_quality(sightings: pd.DataFrame) -> pd.DataFrame:
    """One row a count, eight rows.

    field, meaning (str); told (Int64: sightings that tell it); told_share, exact_share (Float64, 0-1: of all, of those
    told); steps (str: the spacings met, with their shares); resolution (Float64, 0-1: median of step / count over the
    rounded ones, NA where none is); zeros (Int64: true zeros); least, most (Int64).
    """
    rows = [_count(sightings[name], sightings[f"{name}_step"], name) for name in COUNTS]
    kinds = {"told": "Int64", "told_share": "Float64", "exact_share": "Float64", "resolution": "Float64"}
    return pd.DataFrame(rows).astype(
        {"field": "str", "meaning": "str", "steps": "str", **kinds, "zeros": "Int64", "least": "Int64", "most": "Int64"}
    )


def _count(values: pd.Series, steps: pd.Series, name: str) -> dict[str, object]:
    told = values.notna()
    n = int(told.sum())
    known = steps[told].dropna()
    rounded = told & steps.notna() & (steps > 1).fillna(False) & (values > 0).fillna(False)
    spacing = known.value_counts(normalize=True).sort_index()
    return {
        "field": name,
        "meaning": MEANING[name],
        "told": n,
        "told_share": n / len(values) if len(values) else pd.NA,
        "exact_share": float((known == 1).mean()) if len(known) else pd.NA,
        "steps": ", ".join(f"{step:,}: {share * 100:.3g} %" for step, share in spacing.items()) or pd.NA,
        "resolution": float((steps[rounded] / values[rounded]).median()) if rounded.any() else pd.NA,
        "zeros": int((values[told] == 0).sum()) if n else pd.NA,
        "least": values.min() if n else pd.NA,
        "most": values.max() if n else pd.NA,
    }


def field_quality(sightings: pd.DataFrame) -> pd.DataFrame:
    """One row a field that is no count: field (str), told (Int64), told_share (Float64, 0-1), different (Int64)."""
    skipped = {*COUNTS, *(f"{name}_step" for name in COUNTS), *(f"{name}_shown" for name in COUNTS), *DERIVED}
    rows = [
        {
            "field": name,
            "told": int(sightings[name].notna().sum()),
            "told_share": float(sightings[name].notna().mean()) if len(sightings) else pd.NA,
            "different": int(sightings[name].nunique()),
        }
        for name in SIGHTINGS
        if name not in skipped
    ]
    return pd.DataFrame(rows).astype({"field": "str", "told": "Int64", "told_share": "Float64", "different": "Int64"})
