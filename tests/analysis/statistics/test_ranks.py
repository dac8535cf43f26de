"""Ranks of values known within bounds."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.ranks import rank_bounds

Bounds = list[tuple[int | None, int | None]]


def ranks_of(bounds: Bounds) -> list[tuple[int | None, int | None]]:
    got = rank_bounds(
        pd.Series([lo for lo, _ in bounds], dtype="Int64"), pd.Series([hi for _, hi in bounds], dtype="Int64")
    )
    return [
        (None if pd.isna(best) else int(best), None if pd.isna(worst) else int(worst))
        for best, worst in zip(got["rank_best"], got["rank_worst"], strict=True)
    ]


def by_loops(bounds: Bounds) -> list[tuple[int | None, int | None]]:
    """The best rank puts every rival at its least, the worst every rival at its most."""
    ranks: list[tuple[int | None, int | None]] = []
    for mine, (lo, hi) in enumerate(bounds):
        if lo is None:
            ranks.append((None, None))
            continue
        best = worst = 1
        for other, (rival_lo, rival_hi) in enumerate(bounds):
            if other == mine or rival_lo is None:
                continue
            best += hi is not None and rival_lo > hi
            worst += rival_hi is None or rival_hi >= lo
        ranks.append((best, worst))
    return ranks


def test_overlapping_rows_share_ranks_and_clear_ones_do_not() -> None:
    assert ranks_of([(900, 1000), (950, 1050), (10, 10), (2000, 2000)]) == [(2, 3), (2, 3), (4, 4), (1, 1)]


def test_equal_values_may_stand_in_any_order() -> None:
    assert ranks_of([(5, 5), (5, 5), (5, 5)]) == [(1, 3), (1, 3), (1, 3)]


def test_no_rows_have_no_ranks() -> None:
    assert ranks_of([]) == []


def test_a_row_without_an_upper_bound_may_be_first() -> None:
    assert ranks_of([(5, None), (100, 100)]) == [(1, 2), (1, 2)]


intervals = st.tuples(st.integers(0, 30), st.integers(0, 10)).map(lambda pair: (pair[0], pair[0] + pair[1]))
rows = st.one_of(intervals, st.just((None, None)), st.integers(0, 30).map(lambda lo: (lo, None)))


@settings(max_examples=100, deadline=None)
@given(st.lists(rows, max_size=20))
def test_ranks_are_those_of_plain_loops(bounds: Bounds) -> None:
    assert ranks_of(bounds) == by_loops(bounds)
