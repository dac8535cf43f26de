"""Closed forms behind the intervals, by plain sums and by counting."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from analysis.statistics.intervals import Estimate, estimates_frame, poisson_interval, quantile_estimate, quantile_ranks


def poisson_below(k: int, mean: float) -> float:
    return sum(math.exp(-mean) * mean**i / math.factorial(i) for i in range(k + 1))


@pytest.mark.parametrize("events", [0, 1, 5, 40])
def test_poisson_ends_leave_the_stated_tail_on_each_side(events: int) -> None:
    low, high = (float(end) for end in poisson_interval(events, 0.95))
    assert poisson_below(events, high) == pytest.approx(0.025)
    if events == 0:
        assert low == 0
    else:
        assert 1 - poisson_below(events - 1, low) == pytest.approx(0.025)


def test_a_missing_count_of_events_has_no_interval() -> None:
    low, high = poisson_interval([np.nan, 3], 0.95)
    assert np.isnan(low[0]) and np.isnan(high[0])
    assert low[1] < 3 < high[1]


def binomial(n: int, k: int, p: float) -> float:
    return math.comb(n, k) * p**k * (1 - p) ** (n - k)


@pytest.mark.parametrize(("n", "quantile"), [(1, 0.5), (12, 0.05), (100, 0.5), (400, 0.99), (1000, 0.95)])
def test_the_ranks_hold_the_quantile_with_the_level_and_no_narrower_ones_at_their_end_would(
    n: int, quantile: float
) -> None:
    low, high = quantile_ranks(n, quantile, 0.95)
    held = sum(binomial(n, k, quantile) for k in range(low, high))  # values below the quantile: low to high - 1
    assert held >= 0.95
    assert sum(binomial(n, k, quantile) for k in range(low + 1)) >= 0.025  # one rank up would leave too much below
    assert sum(binomial(n, k, quantile) for k in range(high - 1, n + 1)) >= 0.025


def test_no_value_bounds_the_99th_percentile_above_until_there_are_368() -> None:
    values = np.arange(400.0)
    assert quantile_estimate(values[:367], 0.99, of=1, definition="").high == math.inf
    assert quantile_estimate(values[:368], 0.99, of=1, definition="").high == 367


def test_quantiles_of_a_bell_are_found() -> None:
    values = np.random.default_rng(3).normal(size=5000)
    found = [quantile_estimate(values, q, of=5000, definition="") for q in (0.05, 0.5, 0.95)]
    assert all(e.low <= truth <= e.high for e, truth in zip(found, (-1.645, 0, 1.645), strict=True))
    assert all(a.estimate < b.estimate for a, b in pairwise(found))


def test_estimates_become_rows_and_what_is_not_answerable_stays_so() -> None:
    frame = estimates_frame({"a": Estimate(1, 0, math.inf, 0.95, 3, 4, "one"), "b": Estimate.not_answerable("two")})
    assert frame["name"].tolist() == ["a", "b"]
    assert frame["estimate"].isna().tolist() == [False, True]
    assert frame.loc[0, "high"] == math.inf
    assert not Estimate.not_answerable("two").answerable
    assert len(estimates_frame({})) == 0
