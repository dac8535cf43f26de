"""The taut string is the shortest line within the bounds: held against its optimality conditions and an optimiser."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from analysis.statistics.tautstring import points, taut

Floats = npt.NDArray[np.float64]


def _alone(times: list[float], lo: list[float], hi: list[float]) -> Floats:
    return taut(np.array(times, float), np.array(lo, float), np.array(hi, float), np.array([0]))


def _length(times: Floats, values: Floats) -> float:
    return float(np.sqrt(np.diff(times) ** 2 + np.diff(values) ** 2).sum())


def test_it_is_level_half_way_where_one_level_fits() -> None:
    assert _alone([0, 1, 5], [0, 4, 2], [10, 8, 9]).tolist() == [6, 6, 6]
    assert _alone([0], [0], [10]).tolist() == [5]


def test_it_bends_only_where_a_bound_forces_it() -> None:
    assert _alone([0, 1, 2, 3], [0, 0, 8, 8], [2, 9, 20, 20]).tolist() == [2, 5, 8, 8]
    assert _alone([0, 1, 2, 3], [0, 0, 0, 10], [0, 1, 20, 20]).tolist() == [0, 1, 5.5, 10]


def test_a_fall_is_drawn_where_the_count_may_fall() -> None:
    assert _alone([0, 1, 2], [10, 0, 0], [12, 20, 4]).tolist() == [10, 7, 4]


def test_without_an_upper_bound_anywhere_it_says_nothing() -> None:
    assert np.isnan(_alone([0, 1], [3, 5], [np.inf, np.inf])).all()
    assert _alone([0, 1, 2], [3, 1, 8], [4, np.inf, np.inf]).tolist() == [4, 6, 8]


@st.composite
def _bounds(draw: st.DrawFn, sizes: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    n = draw(st.integers(*sizes))
    gaps = draw(st.lists(st.integers(1, 9), min_size=n, max_size=n))
    lo = draw(st.lists(st.integers(0, 30), min_size=n, max_size=n))
    width = draw(st.lists(st.integers(0, 12), min_size=n, max_size=n))
    return np.cumsum(gaps).astype(float), np.array(lo, float), np.array(lo, float) + np.array(width, float)


def _assert_taut(times: Floats, lo: Floats, hi: Floats, x: Floats) -> None:
    """The conditions that only the shortest line meets: it rises more only at an upper bound, less only at a lower."""
    assert ((lo <= x) & (x <= hi)).all()
    slopes = np.concatenate([[0.0], np.diff(x) / np.diff(times), [0.0]])  # free ends: level outside
    for row, turn in enumerate(np.diff(slopes)):
        if turn > 1e-9:
            assert x[row] == pytest.approx(hi[row])
        if turn < -1e-9:
            assert x[row] == pytest.approx(lo[row])


@settings(deadline=None, max_examples=60)
@given(_bounds((1, 40)))
def test_it_is_the_shortest_line_by_its_conditions(series: tuple[Floats, Floats, Floats]) -> None:
    times, lo, hi = series
    _assert_taut(times, lo, hi, taut(times, lo, hi, np.array([0])))


@settings(deadline=None, max_examples=60)
@given(st.lists(_bounds((1, 12)), min_size=1, max_size=8))
def test_many_series_at_once_are_each_as_alone(many: list[tuple[Floats, Floats, Floats]]) -> None:
    times, lo, hi = (np.concatenate([series[part] for series in many]) for part in range(3))
    starts = np.cumsum([0, *(len(series[0]) for series in many[:-1])])
    together = taut(times, lo, hi, starts)
    alone = np.concatenate([taut(*series, np.array([0])) for series in many])
    np.testing.assert_array_equal(together, alone)


@pytest.mark.parametrize("seed", range(5))
def test_an_optimiser_finds_no_shorter_line(seed: int) -> None:
    draw = np.random.default_rng(seed)
    times = np.cumsum(draw.uniform(0.5, 3, 9))
    lo = np.cumsum(draw.normal(0, 3, 9))
    hi = lo + draw.uniform(0, 4, 9)
    x = taut(times, lo, hi, np.array([0]))
    found = minimize(
        lambda y: _length(times, y), (lo + hi) / 2, bounds=list(zip(lo, hi, strict=True)), method="L-BFGS-B", tol=1e-14
    )
    assert _length(times, x) <= found.fun + 1e-9
    assert _length(times, x) == pytest.approx(found.fun, rel=1e-6)


def test_points_are_a_string_per_key_and_segment_held_half_way_at_both_ends() -> None:
    tight = pd.DataFrame(
        {
            "id": pd.array(["a", "a", "a", "b"], dtype="str"),
            "scraped_at": pd.to_datetime([f"2025-01-01 0{hour}:00" for hour in (0, 1, 2, 0)], utc=True),
            "lo": pd.array([10, 4, 8, 1], dtype="Int64"),
            "hi": pd.array([12, 4, 9, None], dtype="Int64"),
            "segment": pd.array([0, 1, 1, 0], dtype="Int64"),
        }
    )
    assert points(tight).tolist() == [11.0, 4.0, 8.5, pd.NA]
    assert points(tight[:0]).dtype == "Float64"
