"""A tail beyond what was seen: of a lognormal it is the lognormal's, and its top share is what its draws hold."""

from __future__ import annotations

import math

import numpy as np
import pytest

from analysis.statistics.heavytail import heavy_tail


def test_of_a_lognormal_it_finds_the_lognormal() -> None:
    tail = heavy_tail(np.random.default_rng(3).lognormal(8, 1.5, 20_000))
    assert tail is not None
    assert tail.sigma == pytest.approx(1.5, rel=0.06)
    # Phi(sigma - z), z = 2.326 for 1 %.
    assert tail.top_share(0.01) == pytest.approx(0.5 * (1 + math.erf((1.5 - 2.3263478740408408) / 2**0.5)), rel=0.08)


def test_its_top_share_is_what_its_draws_hold() -> None:
    tail = heavy_tail(np.random.default_rng(3).lognormal(2, 1, 500))
    assert tail is not None
    drawn = np.sort(tail.draw(np.random.default_rng(4), 400_000))
    assert drawn[-4000:].sum() / drawn.sum() == pytest.approx(tail.top_share(0.01), rel=0.02)
    assert drawn[-1] > 4 * tail.body.max()


@pytest.mark.parametrize("values", [[1.0] * 59, [0.0] * 95 + [1.0] * 5])
def test_few_values_or_a_tail_of_zeros_give_none(values: list[float]) -> None:
    assert heavy_tail(np.array(values)) is None
