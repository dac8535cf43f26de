"""Values beside their ends: told apart by as few digits as will do, open where an end is not known."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from analysis.report.ends import Form, around, between, count
from analysis.report.tables import Ads, Column, Tables
from analysis.report.wording import number, share


@pytest.mark.parametrize(
    ("value", "low", "high", "form", "told"),
    [
        (3, 2, 5, number, ("3", "(2\u20135)")),
        (1, 1, 1, number, ("1", "")),
        (340_700, 340_650, 340_749, count, ("340,700", "(340,650\u2013340,749)")),
        (12_300_000, 12_250_000, 12_349_999, count, ("12.3M", "(12.25M\u201312.35M)")),
        (12.31, 12.304, 12.32, number, ("12.31", "(12.3\u201312.32)")),
        (2_360_953_711, 2_360_953_711, pd.NA, count, ("2.36B", "(or more)")),
        (5, 3, math.inf, number, ("5", "(3 or more)")),
        (0.5, pd.NA, 0.7, share, ("50\u00a0%", "(up to 70\u00a0%)")),
        (5, pd.NA, pd.NA, number, ("5", "")),
        (-5, -10, 3, count, ("-5", "(-10 to 3)")),
    ],
)
def test_a_value_stands_before_its_ends(value: Any, low: Any, high: Any, form: Form, told: tuple[str, str]) -> None:
    assert around(value, low, high, form) == told


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (11_800, 12_700, "11,800\u201312,700"),
        (11_800, pd.NA, "11,800 or more"),
        (7, 7, "7"),
        (pd.NA, 9, "not told"),
        (-math.inf, 9, "up to 9"),
    ],
)
def test_what_is_known_by_its_ends_alone(low: Any, high: Any, told: str) -> None:
    assert between(low, high, count) == told


def test_any_two_neighbours_of_the_sites_grid_are_told_apart() -> None:
    for step, least in ((100, 10_000), (100_000, 1_000_000), (100_000_000, 1_000_000_000)):
        for value in (least, least * 9 + step, least * 99 + 7 * step):
            shown, ends = around(value, value - step // 2, value + step // 2 - 1, count)
            low, high = ends.strip("()").split("\u2013")
            assert len({shown, low, high}) == 3


def test_a_cell_shows_its_ends_and_sorts_by_its_value() -> None:
    frame = pd.DataFrame(
        {"rank": [9, 10], "rank_best": [8, 10], "rank_worst": [11, 10], "gain_lo": [5, 6], "gain_hi": [7, None]}
    ).astype("Int64")
    columns = [Column.rank("rank", "rank"), Column.guaranteed("gain", "gain")]
    html = Tables()(frame, columns, name="t", caption="C", ads=Ads.OUT)
    assert 'data-v="9.0">9 <small>(8\u201311)</small></td>' in html
    assert 'data-v="10.0">10</td>' in html
    assert 'data-v="5.0">5\u20137</td>' in html
    assert 'data-v="6.0">6 or more</td>' in html
    assert "C; ads are out" in html
