"""Sixty definitions of "viral", against plain loops."""

from __future__ import annotations

import math
from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.measures.specification import specification, specification_rows
from analysis.measures.virality import ranked, tiktok_rows
from analysis.terms.schema import empty_sightings
from benchmarks.analysis.simulated import sightings as simulated
from tests.analysis.by_hand import bounded, sighting

COUNTS = ("likes", "views", "shares", "comments", "saves")
WINDOWS = (6, 24, 72, 168)
LEVELS = (0.95, 0.99, 0.995)


@pytest.fixture(scope="module")
def world() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows, verdicts' rows and cells of 150 TikToks."""
    frame = with_bounds(simulated(2000))
    rows, verdicts = specification_rows(frame), ranked(tiktok_rows(frame)).rows
    return rows, verdicts, specification(rows, verdicts)


def test_every_cell_is_there_in_its_order(world: tuple[pd.DataFrame, ...]) -> None:
    cells = world[2]
    keys = list(zip(cells["count"], cells["window_h"], cells["level"], strict=True))
    assert keys == list(product(COUNTS, WINDOWS, LEVELS))


def test_a_gain_is_the_most_guaranteed_in_its_window() -> None:
    seen = [(0, 100), (4, 130), (30, 900), (200, 901)]
    rows = specification_rows(bounded(*[sighting("7", hours, likes=v, views=None) for hours, v in seen]))
    for window in WINDOWS:
        best = max((b - a) / math.ceil((t - s) / window) for (s, a), (t, b) in combinations(seen, 2))
        assert rows.loc[0, f"likes_{window}h"] == pytest.approx(best)
        assert rows.loc[0, f"views_{window}h"] is pd.NA


def test_comments_that_only_fell_have_gained_nothing() -> None:
    rows = specification_rows(bounded(sighting("7", 0, comments=50), sighting("7", 3, comments=40)))
    assert rows.loc[0, "comments_6h"] == 0


def test_a_cell_counts_and_compares_as_plain_loops_do(world: tuple[pd.DataFrame, ...]) -> None:
    rows, verdicts, cells = world
    headline = dict(zip(verdicts["id"], verdicts["viral_for_age"], strict=True))
    for cell in cells.to_dict("records"):
        gains = {
            row["id"]: row[f"{cell['count']}_{cell['window_h']}h"]
            for row in rows.to_dict("records")
            if row["ad"] is not True
        }
        told = {id_: gain for id_, gain in gains.items() if gain is not pd.NA}
        threshold = float(np.quantile(list(told.values()), cell["level"]))
        mine = {id_ for id_, gain in told.items() if gain >= threshold and gain > 0}
        comparable = {id_ for id_ in told if headline[id_] is not pd.NA}
        theirs = {id_ for id_ in comparable if headline[id_]}
        both, either = mine & theirs, (mine & comparable) | theirs
        assert (cell["n"], cell["of"], cell["viral"]) == (len(told), len(gains), len(mine))
        assert cell["threshold"] == pytest.approx(threshold)
        assert (cell["compared"], cell["headline"], cell["both"]) == (len(comparable), len(theirs), len(both))
        assert cell["overlap"] == pytest.approx(len(both) / len(either))
        assert cell["also_headline"] == pytest.approx(len(both) / len(mine & comparable))


@pytest.mark.parametrize("frame", [empty_sightings(), simulated(300)], ids=["empty", "too few"])
def test_a_cell_that_cannot_be_told_is_missing_not_zero(frame: pd.DataFrame) -> None:
    told = with_bounds(frame)
    cells = specification(specification_rows(told), ranked(tiktok_rows(told)).rows)
    assert len(cells) == 60
    assert (
        cells[["threshold", "viral", "compared", "headline", "both", "overlap", "also_headline"]].isna().all(axis=None)
    )
    assert (cells["n"] <= cells["of"]).all()


def test_a_count_that_was_never_told_leaves_its_cells_empty(world: tuple[pd.DataFrame, ...]) -> None:
    rows, verdicts, _ = world
    lost = rows.assign(**{f"saves_{window}h": pd.array([pd.NA] * len(rows), dtype="Float64") for window in WINDOWS})
    cells: Any = specification(lost, verdicts).set_index("count")
    assert cells.loc["saves", "n"].tolist() == [0] * 12
    assert cells.loc["saves", "viral"].isna().all()
    assert cells.loc["likes", "viral"].notna().all()
