"""Entity functions for tests of scale: in a module of their own, because processes of a pool import them."""

from __future__ import annotations

import os

import pandas as pd


def growth_rows(bounded: pd.DataFrame, key: str = "id") -> pd.DataFrame:
    """One row an entity: what depends on the order, the bounds, on floats and on text of its sightings."""
    by = bounded.groupby(key, sort=True)
    return pd.DataFrame(
        {
            "sightings": by.size().astype("Int64"),
            "first_at": by["scraped_at"].first(),
            "likes_last": by["likes"].last(),
            "guaranteed": (by["likes_lo"].last() - by["likes_hi"].first()).astype("Int64"),
            "mean": by["likes"].mean().astype("Float64"),
            "spread": by["views"].std().astype("Float64"),
            "creators": by["creator"].nunique().astype("Int64"),
            "audio": by["audio"].last().astype("str"),
            "ad": by["ad"].max().astype("boolean"),
        }
    ).reset_index()


def several_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """More than one row an entity, in the order seen."""
    return bounded.sort_values("id", kind="stable")[["id", "scraped_at", "likes"]]


def moody_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """A type that depends on which entities come together."""
    rows = growth_rows(bounded)
    return rows.astype({"sightings": "Float64" if rows["id"].iloc[0].endswith("0") else "Int64"})


def failing_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """Bad code."""
    raise ZeroDivisionError("one of ours")


def dying_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """A process that the system kills, as for want of memory."""
    os._exit(9)


def keyless_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """Rows that do not say whose they are."""
    return bounded[["likes"]]
