"""Power laws fitted to many draws at once: against one fit at a time by powerlaw, and by one seed as by another."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from analysis.statistics.tailfit import tail_draws
from analysis.terms.definitions import TAIL_AT_MOST, TAIL_DRAWS

ENDS = [0.025, 0.5, 0.975]


def rounded(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The bounds of values as the site rounds them."""
    half = np.select([values < 10_000, values < 1_000_000], [0.5, 50], 50_000)
    shown = np.round(values / (2 * half)) * 2 * half
    return np.maximum(shown - half, 0.5), shown + half


def likes(n: int, seed: int = 8) -> np.ndarray:
    """As of a feed: lognormal."""
    return np.random.default_rng(seed).lognormal(10, 1.9, n)


@pytest.mark.parametrize("values", [likes(1_700), 3_000 * (1 - np.random.default_rng(2).random(900)) ** (-1 / 1.4)])
def test_by_any_seed_median_and_range_are_the_same_within_noise(values: np.ndarray) -> None:
    low, high = rounded(values)
    told = []
    for seed in range(4):
        drawn = tail_draws(low, high, np.random.default_rng(seed), TAIL_DRAWS)
        told.append([np.quantile(part, ENDS) for part in (drawn.alpha, np.log(drawn.xmin), np.log(drawn.n_tail))])
    exponent, *others = np.array(told).transpose(1, 0, 2)  # each: seeds x ends
    assert np.ptp(exponent[:, 1]) < 0.1 * np.ptp(exponent, axis=1).max(), "medians"
    for part in (exponent, *others):
        common = part[:, 2].min() - part[:, 0].max()
        assert common > 0.8 * np.ptp(part, axis=1).max(), "ranges"


def test_a_power_law_is_found_again_and_its_range_holds_it() -> None:
    held = 0
    for seed in range(20):
        exact = 2_000 * (1 - np.random.default_rng([seed, 5]).random(400)) ** (-1 / 1.4)
        drawn = tail_draws(*rounded(exact), np.random.default_rng(seed), 200)
        least, middle, most = np.quantile(drawn.alpha, ENDS)
        held += least <= 2.4 <= most
        assert 2.0 < middle < 3.0
    assert held >= 16  # of 20: 95 %, less 3 standard errors


def test_without_rounding_and_resampling_left_the_exponent_is_powerlaw_s() -> None:
    import powerlaw

    # So many values that resampling moves the exponent little; all are the tail.
    values = 1_000 * (1 - np.random.default_rng(7).random(6_000)) ** (-1 / 1.6)
    drawn = tail_draws(values, values, np.random.default_rng(1), 100)
    largest = np.argmax(drawn.n_tail)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = powerlaw.Fit(values, xmin=drawn.xmin[largest], discrete=False, verbose=0)
    assert drawn.alpha[largest] == pytest.approx(fit.power_law.alpha, abs=4 * fit.power_law.standard_err)
    assert np.median(drawn.alpha) == pytest.approx(2.6, abs=0.1)


def test_the_greatest_values_alone_are_looked_at() -> None:
    values = likes(TAIL_AT_MOST + 2_000)
    drawn = tail_draws(values, values, np.random.default_rng(1), 20)
    assert drawn.n_tail.max() <= TAIL_AT_MOST
    assert drawn.xmin.min() >= np.sort(values)[1_999]


def test_a_sample_as_small_as_a_tail_may_be_is_one_tail() -> None:
    values = likes(50)
    drawn = tail_draws(values, values, np.random.default_rng(1), 30)
    assert np.isfinite(drawn.alpha).all()
    assert (drawn.n_tail >= 40).all(), "from the first value drawn on"
