"""How unequal likes are."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from analysis.measures.tails import ccdf, tail_fit, top_share


def rng() -> np.random.Generator:
    return np.random.default_rng(4)


def test_the_top_share_is_the_sum_of_the_greatest_hundredth_over_the_sum_of_all() -> None:
    likes = [n * n for n in range(1, 251)]
    got = top_share(pd.Series(likes, dtype="Int64"), rng(), draws=200)
    greatest = sorted(likes, reverse=True)[:3]  # a hundredth of 250 is 2.5, so three
    assert got["share"] == pytest.approx(sum(greatest) / sum(likes))
    assert got["share_lo"] <= got["share"] <= got["share_hi"]
    assert (got["n"], got["of"], got["top"]) == (250, 250, 3)


def test_equal_likes_leave_the_top_hundredth_a_hundredth() -> None:
    got = top_share(pd.Series([7] * 300, dtype="Int64"), rng(), draws=50)
    assert got["share"] == pytest.approx(0.01)
    assert math.isnan(got["share_lo"])  # nothing varies, so nothing tells how far it might


@pytest.mark.parametrize("likes", [[], [None, None], [0, 0]])
def test_no_likes_have_no_share(likes: list[int | None]) -> None:
    got = top_share(pd.Series(likes, dtype="Int64"), rng(), draws=10)
    assert math.isnan(got["share"])


def test_the_same_seed_gives_the_same_interval() -> None:
    likes = pd.Series(rng().lognormal(8, 2, 400))
    assert top_share(likes, rng(), draws=50) == top_share(likes, rng(), draws=50)


@pytest.mark.parametrize("sigma", [0.8, 2.4])
def test_the_interval_holds_the_share_of_a_lognormal_as_often_as_it_says(sigma: float) -> None:
    # The top 1 % of a lognormal hold Phi(sigma - 2.326) of its sum.
    source = rng()
    truth = 0.5 * (1 + math.erf((sigma - 2.3263478740408408) / math.sqrt(2)))
    held = 0
    for _ in range(40):
        got = top_share(pd.Series(source.lognormal(8, sigma, 1000)), source, draws=100)
        held += got["share_lo"] <= truth <= got["share_hi"]
    assert held >= 34  # 95 % of 40, less 3 standard errors


@pytest.mark.parametrize("likes", [[5] * 20 + [9], [0] * 95 + [7] * 5])
def test_few_likes_and_mostly_zeros_have_a_share_without_ends(likes: list[int]) -> None:
    got = top_share(pd.Series(likes, dtype="Int64"), rng(), draws=10)
    assert 0 < got["share"] < 1
    assert math.isnan(got["share_lo"])
    assert math.isnan(got["share_hi"])


def test_the_ccdf_counts_values_at_or_above_each() -> None:
    likes = [5, 1, 5, 900, None, 1, 3]
    got = ccdf(pd.Series(likes, dtype="Int64"))
    told = [v for v in likes if v is not None]
    assert got["value"].tolist() == sorted(set(told))
    assert got["n"].tolist() == [sum(w >= v for w in told) for v in sorted(set(told))]
    assert got["share"].tolist() == pytest.approx([sum(w >= v for w in told) / 6 for v in sorted(set(told))])


def test_the_ccdf_of_nothing_is_an_empty_typed_frame() -> None:
    got = ccdf(pd.Series([], dtype="Int64"))
    assert got.empty
    assert got.dtypes.astype(str).tolist() == ["Float64", "Int64", "Float64"]


def test_a_power_law_is_found_again_through_rounding() -> None:
    exact = 2000 * (1 - rng().random(400)) ** (-1 / 1.4)
    value = pd.Series(np.where(exact < 10_000, exact.round(), (exact / 100).round() * 100)).astype("Int64")
    half = (value >= 10_000).map({True: 50, False: 0}).astype("Int64")
    got = tail_fit(value, value - half, value + (half - 1).clip(lower=0))
    assert got["alpha_lo"] < 2.4 < got["alpha_hi"]
    assert got["alpha_lo"] < got["alpha"] < got["alpha_hi"]
    assert 1_900 < got["xmin_lo"] < got["xmin_hi"] <= value.max()
    # As many values as lie from there on, whichever end it is; a draw may move a value over it.
    assert got["n_tail_hi"] == pytest.approx((value >= got["xmin_lo"]).sum(), abs=5)
    assert got["n"] == 400


def test_a_lognormal_is_not_called_a_power_law() -> None:
    value = pd.Series(rng().lognormal(9, 1, 400).round()).astype("Int64")
    got = tail_fit(value)
    assert got["R_lo"] < 0, "somewhere the lognormal fits better"
    assert got["R_hi"] < 0 or got["p_hi"] > 0.05, "and nowhere the power law does, beyond chance"


def test_few_values_have_no_tail() -> None:
    value = pd.Series([1, 2, 3, None, 0], dtype="Int64")
    got = tail_fit(value)
    assert got["n"] == 3
    assert math.isnan(got["alpha"])
    assert math.isnan(got["p_hi"])


def test_equal_likes_have_no_tail() -> None:
    assert math.isnan(tail_fit(pd.Series([70] * 80, dtype="Int64"))["alpha"])
