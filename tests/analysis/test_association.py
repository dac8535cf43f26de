"""Correlations over clusters, with rounding: against plain loops, closed forms and simulated truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.association import adjusted, association_rows, associations, pair_points
from analysis.bootstrap import Floats, correlations, weighted_correlation, weighted_ranks
from analysis.creators import creator_rows
from analysis.posting import posting_rows
from tests.analysis.creator_frames import bounded

PAIRS = ["likes gain ~ follower gain", "posting ~ follower growth", "posting ~ likes"]


def test_weights_stand_for_copies(seed: int = 2) -> None:
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 6, size=(4, 30)).astype(float)  # many ties
    y = x + rng.normal(size=x.shape)
    weights = rng.integers(0, 4, size=x.shape).astype(float)
    pearson = weighted_correlation(x, y, weights)
    spearman = weighted_correlation(weighted_ranks(x, weights), weighted_ranks(y, weights), weights)
    for row in range(4):
        copies = weights[row].astype(int)
        many_x, many_y = np.repeat(x[row], copies), np.repeat(y[row], copies)
        assert pearson[row] == pytest.approx(stats.pearsonr(many_x, many_y).statistic)
        assert spearman[row] == pytest.approx(stats.spearmanr(many_x, many_y).statistic)


def fixed(values: Floats):  # type: ignore[no-untyped-def]
    return lambda _rng, replicates: np.broadcast_to(values, (replicates, len(values)))


def test_a_constant_side_has_no_correlation() -> None:
    sides = fixed(np.ones(20)), fixed(np.arange(20.0))
    found = correlations(*sides, np.arange(20), np.random.default_rng(1), replicates=50, level=0.95)
    assert all(np.isnan([r.estimate, r.low, r.high, r.p]).all() for r in found.values())


def test_the_interval_covers_when_units_come_in_clusters() -> None:
    truth, held = 0.5, 0
    rng = np.random.default_rng(8)
    cluster = np.repeat(np.arange(40), 3)
    for _ in range(60):
        shared = rng.multivariate_normal([0, 0], [[1, truth], [truth, 1]], size=40)[cluster]
        own = rng.multivariate_normal([0, 0], [[1, truth], [truth, 1]], size=120)
        x, y = (shared + own).T
        found = correlations(fixed(x), fixed(y), cluster, rng, replicates=200, level=0.95)["pearson"]
        held += found.low <= truth <= found.high
    assert held >= 60 * (0.95 - 3 * (0.95 * 0.05 / 60) ** 0.5)


def test_copies_within_a_cluster_tell_nothing_new() -> None:
    rng = np.random.default_rng(4)
    x, y = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], size=60).T
    settings = {"replicates": 400, "level": 0.95}
    once = correlations(fixed(x), fixed(y), np.arange(60), np.random.default_rng(1), **settings)
    many = fixed(np.repeat(x, 5)), fixed(np.repeat(y, 5))
    copied = correlations(*many, np.repeat(np.arange(60), 5), np.random.default_rng(1), **settings)
    for method in once:
        assert copied[method].estimate == pytest.approx(once[method].estimate, abs=0.01)
        assert copied[method].high - copied[method].low == pytest.approx(once[method].high - once[method].low, rel=0.05)


def test_benjamini_and_hochberg_by_hand() -> None:
    p = pd.Series([0.01, 0.04, None, 0.03, 0.5], dtype="Float64")
    # Sorted 0.01, 0.03, 0.04, 0.5 times 4 / rank: 0.04, 0.06, 0.0533, 0.5; from the end never greater.
    expected = [0.04, 4 * 0.04 / 3, None, 4 * 0.04 / 3, 0.5]
    found = adjusted(p)
    assert found.isna().tolist() == [False, False, True, False, False]
    assert found.dropna().tolist() == pytest.approx([e for e in expected if e is not None])
    assert adjusted(pd.Series([None], dtype="Float64")).isna().all()


@pytest.fixture(scope="module")
def world() -> pd.DataFrame:
    """60 creators over ten days: likes and followers grow together; who posts more has more likes only."""
    rng = np.random.default_rng(12)
    records = []
    for number in range(60):
        gain, posts = rng.normal(0.3, 0.1), int(rng.poisson(8))
        for tiktok in range(2):
            likes_gain = gain * 2 + rng.normal(0, 0.1)
            for day in (0.0, 10.0):
                share = day / 10
                records.append({
                    "creator": f"c{number:02d}", "id": f"{number}-{tiktok}", "day": day + tiktok / 100,
                    "likes": round(np.exp(8 + posts / 4 + likes_gain * share)),
                    "user_followers": round(np.exp(9 + gain * share)),
                    "user_videos": 100 + round(posts * share),
                })  # fmt: skip
    return bounded(records)


def found_in(world: pd.DataFrame, seed: int = 1) -> pd.DataFrame:
    return associations(association_rows(world), posting_rows(world), creator_rows(world), seed=seed)


def test_one_row_a_tiktok_over_one_window() -> None:
    rows = association_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "likes": 5},  # no followers told
        {"creator": "a", "id": "1", "day": 1, "likes": 10, "user_followers": 12_300, "user_followers_step": 100},
        {"creator": "a", "id": "1", "day": 2, "likes": 20, "user_followers": 12_500, "user_followers_step": 100},
        {"creator": "a", "id": "1", "day": 3, "user_followers": 99},  # no likes told
        {"creator": "b", "id": "2", "day": 3, "likes": 7, "user_followers": 9, "ad": True},
    ]))  # fmt: skip
    assert rows["id"].tolist() == ["1"]
    row = rows.loc[0]
    assert (row["days"], row["likes_first"], row["likes_last"]) == (1, 10, 20)
    assert (row["followers_first_lo"], row["followers_first_hi"]) == (12_250, 12_349)
    assert (row["followers_last_lo"], row["followers_last_hi"]) == (12_450, 12_549)


def test_what_goes_together_is_found_and_what_does_not_is_not(world: pd.DataFrame) -> None:
    frame = found_in(world)
    assert frame["pair"].tolist() == [pair for pair in PAIRS for _ in range(2)]
    pearson = frame[frame["method"] == "pearson of logs"].set_index("pair")
    likes_followers = pearson.loc[PAIRS[0]]
    expected = 2 * 0.1 / np.hypot(2 * 0.1, 0.1)  # slope times spread over the spread of both parts
    assert likes_followers["low"] < expected < likes_followers["high"]
    assert likes_followers["p_adjusted"] < 0.01
    assert pearson.loc[PAIRS[1], "p_adjusted"] > 0.01  # posting and growth were drawn apart
    assert pearson.loc[PAIRS[2], "estimate"] > 0.9
    assert (frame["p_adjusted"] >= frame["p"]).all()
    assert (pearson["clusters"] == 60).all()
    assert likes_followers["n"] == 120


@pytest.mark.parametrize("pair", PAIRS)
def test_exact_counts_give_the_plain_coefficients(world: pd.DataFrame, pair: str) -> None:
    frame = found_in(world).set_index(["pair", "method"])["estimate"]
    points = pair_points(association_rows(world), posting_rows(world), creator_rows(world), pair)
    x, y = points["x"].to_numpy(float), points["y"].to_numpy(float)
    assert frame[pair, "pearson of logs"] == pytest.approx(stats.pearsonr(x, y).statistic)
    assert frame[pair, "spearman"] == pytest.approx(stats.spearmanr(x, y).statistic)


def test_the_same_seed_gives_the_same_family(world: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found_in(world, seed=3), found_in(world, seed=3))


def test_rounding_is_part_of_the_doubt() -> None:
    rng = np.random.default_rng(6)
    records = [
        {"creator": f"c{i}", "id": str(i), "day": day, "likes": int(likes), "likes_step": step,
         "user_followers": int(1_000_000 + 2_000 * rng.normal() * day), "user_followers_step": 1}
        for step in (1,) for i in range(40)
        for day, likes in ((0, 5_000_000), (2, 5_100_000 + 2_000 * rng.normal()))
    ]  # fmt: skip
    exact = bounded(records)
    rounded = bounded([{**r, "likes": round(r["likes"], -5), "likes_step": 100_000} for r in records])
    empty = posting_rows(exact), creator_rows(exact)
    points = pair_points(association_rows(exact), *empty, PAIRS[0])
    assert len(points) == 40
    found = associations(association_rows(rounded), *empty, seed=1).iloc[0]
    assert found["low"] < 0 < found["high"]  # all likes are 5.0M to 5.1M: rounding hides every gain
    assert found["estimate"] == pytest.approx(0, abs=0.1)


def test_too_few_creators_are_no_answer_and_no_error() -> None:
    few = bounded([{"creator": "a", "id": "1", "day": d, "likes": 10 + d, "user_followers": 5} for d in range(3)])
    frame = found_in(few)
    assert frame["estimate"].isna().all() and frame["p_adjusted"].isna().all()
    assert frame["n"].tolist()[:2] == [1, 1]
    assert found_in(bounded([]))["n"].tolist() == [0] * 6
