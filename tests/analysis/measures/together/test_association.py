"""Correlations over clusters, with rounding: against plain loops, closed forms and simulated truth."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.measures.creators import creator_rows
from analysis.measures.posting import posting_rows
from analysis.measures.together.association import _row, adjusted, association_rows, associations, pair_points
from analysis.statistics.bootstrap import Floats
from analysis.statistics.correlation import Correlation, Rounded, correlations, weighted_correlation, weighted_ranks
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


def fixed(values: Floats) -> Rounded:
    return Rounded(values, lambda _rng, replicates: np.broadcast_to(values, (replicates, len(values))))


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


def by_hand(world: pd.DataFrame) -> dict[str, tuple[list[float], list[float]]]:
    """x and y of each pair out of the sightings themselves, in plain loops: day 0 is first, day 10 last."""
    points: dict[str, tuple[list[float], list[float]]] = {pair: ([], []) for pair in PAIRS}
    for creator in sorted(set(world["creator"])):
        own = world[world["creator"] == creator].sort_values("scraped_at").to_dict("records")
        for tiktok in sorted({row["id"] for row in own}):
            first, last = (row for row in own if row["id"] == tiktok)
            for side, count in zip(points[PAIRS[0]], ("likes", "user_followers"), strict=True):
                side.append((math.log(last[count]) - math.log(first[count])) / 10)
        days = (own[-1]["scraped_at"] - own[0]["scraped_at"]).total_seconds() / 86_400
        posts = math.log(1 + (own[-1]["user_videos"] - own[0]["user_videos"]) / days)
        growth = (math.log(own[-1]["user_followers"]) - math.log(own[0]["user_followers"])) / days
        likes = math.log(sum(row["likes"] for row in own[-2:]) / 2)
        for pair, y in ((PAIRS[1], growth), (PAIRS[2], likes)):
            points[pair][0].append(posts)
            points[pair][1].append(y)
    return points


def test_an_interval_that_covers_nearly_all_is_no_answer_and_keeps_its_numbers() -> None:
    wide = Correlation(0.3, -0.99, 0.999, 0.4, (0.0, 0.0))
    narrow = Correlation(0.3, 0.1, 0.5, 0.01, (0.0, 0.0))
    told, answer = _row(wide, 27, "what it is"), _row(narrow, 27, "what it is")
    assert told["answerable"] is False
    assert (told["estimate"], told["low"], told["high"], told["p"]) == (0.3, -0.99, 0.999, 0.4)
    assert "creators are needed, not 27" in str(told["reason"])
    assert str(told["definition"]).endswith(str(told["reason"]))
    assert answer["answerable"] is True
    assert answer["reason"] is None


@pytest.mark.parametrize("pair", PAIRS)
def test_exact_counts_give_the_plain_coefficients(world: pd.DataFrame, pair: str) -> None:
    frame = found_in(world).set_index(["pair", "method"])
    x, y = by_hand(world)[pair]
    assert frame.loc[(pair, "pearson of logs"), "estimate"] == pytest.approx(stats.pearsonr(x, y).statistic)
    assert frame.loc[(pair, "spearman"), "estimate"] == pytest.approx(stats.spearmanr(x, y).statistic)
    assert frame["rounding_x"].to_numpy(float) == pytest.approx(np.zeros(6))
    assert frame["reason"].isna().all()
    points = pair_points(association_rows(world), posting_rows(world), creator_rows(world), pair)
    assert points["x"].tolist() == pytest.approx(x)
    assert points["y"].tolist() == pytest.approx(y)


def test_the_same_seed_gives_the_same_family(world: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(found_in(world, seed=3), found_in(world, seed=3))


def on_a_grid(values: Floats, width: float) -> Rounded:
    middle = np.rint(values / width) * width

    def draw(rng: np.random.Generator, replicates: int) -> Floats:
        return np.asarray(middle + rng.uniform(-width / 2, width / 2, size=(replicates, len(middle))))

    return Rounded(middle, draw)


@pytest.mark.parametrize("truth", [0.6, -0.6])
def test_rounding_does_not_carry_a_coefficient_towards_0(truth: float) -> None:
    """So many units that chance is small: what the rounded values give is the exact values' own coefficient."""
    rng = np.random.default_rng(3)
    x, y = rng.multivariate_normal([0, 0], [[1, truth], [truth, 1]], size=8_000).T
    sides = on_a_grid(x, 1.0), on_a_grid(y, 1.0)
    found = correlations(*sides, np.arange(8_000), rng, replicates=20, level=0.95)
    for method, exact in (("pearson", stats.pearsonr), ("spearman", stats.spearmanr)):
        plain = exact(sides[0].middle, sides[1].middle).statistic
        assert abs(plain) < abs(exact(x, y).statistic) - 0.03, "this world does hide some of it"
        assert found[method].estimate == pytest.approx(exact(x, y).statistic, abs=0.015)
        assert found[method].low < truth < found[method].high or method == "spearman"
    # Sheppard: the grid adds 1/12 to a variance of 1, so its share of the variance told is 1/13.
    assert found["pearson"].rounding == pytest.approx((1 / 13, 1 / 13), abs=0.003)


def told_gains(gains: Floats, step: Floats, rng: np.random.Generator) -> Rounded:
    """Gains between two counts on a grid, the first of them anywhere."""
    before = rng.uniform(-50, 50, size=len(gains))
    first, last = (np.rint(count / step) * step for count in (before, before + gains))

    def draw(rng: np.random.Generator, replicates: int) -> Floats:
        apart = np.subtract(*rng.uniform(-0.5, 0.5, size=(2, replicates, len(gains))))
        return np.asarray(last - first + step * apart)

    return Rounded(np.asarray(last - first), draw)


def test_gains_far_below_the_step_leave_open_how_much_rounding_took() -> None:
    """Every other gain is a 16th of a step: rounding takes little of the coefficient, the bounds allow a tenth."""
    rng = np.random.default_rng(3)
    size, step = np.tile([0.05, 1.0], 4_000), np.tile([0.8, 1e-9], 4_000)
    x, y = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=8_000).T * size
    sides = told_gains(x, step, rng), told_gains(y, step, rng)
    settings = {"replicates": 20, "level": 0.95}
    found = correlations(*sides, np.arange(8_000), rng, **settings)["pearson"]
    exact, plain = stats.pearsonr(x, y).statistic, stats.pearsonr(sides[0].middle, sides[1].middle).statistic
    assert plain < exact < found.estimate - 0.03, "freed of all that the bounds allow is too much here"
    assert found.low < plain < found.estimate < found.high


def test_exact_values_lose_nothing() -> None:
    rng = np.random.default_rng(5)
    x, y = rng.multivariate_normal([0, 0], [[1, 0.4], [0.4, 1]], size=80).T
    found = correlations(fixed(x), fixed(y), np.arange(80), rng, replicates=50, level=0.95)
    assert [r.taken for r in found.values()] == pytest.approx([0, 0])
    assert found["pearson"].estimate == pytest.approx(stats.pearsonr(x, y).statistic)


def rounded_away(step: int) -> pd.DataFrame:
    """40 creators who gain up to 5 % in two days on 5 million likes; told to *step*."""
    rng = np.random.default_rng(6)
    records = []
    for i in range(40):
        gain = rng.uniform(0, 0.05)
        for day, share in ((0, 0.0), (2, gain)):
            likes = round(round((5_000_000 + 2_000 * i) * (1 + share)) / step) * step
            followers = round(1_000_000 * (1 + share))
            records.append({"creator": f"c{i}", "id": str(i), "day": day, "likes": likes, "likes_step": step,
                            "user_followers": followers, "user_followers_step": 1})  # fmt: skip
    return bounded(records)


def test_what_rounding_hides_has_no_answer_and_says_why() -> None:
    def first(step: int) -> pd.Series:
        world = rounded_away(step)
        return associations(association_rows(world), posting_rows(world), creator_rows(world)).iloc[0]

    fine, coarse = first(1_000), first(100_000)
    assert fine["estimate"] > 0.99
    assert fine["low"] > 0.9
    assert pd.isna(coarse[["estimate", "low", "high", "p", "p_adjusted"]]).all()
    assert coarse["rounding_x"] > 0.2
    assert coarse["rounding_y"] < 0.01
    assert "cannot be given back" in coarse["reason"]
    assert coarse["definition"].endswith(coarse["reason"])


def test_too_few_creators_are_no_answer_and_no_error() -> None:
    few = bounded([{"creator": "a", "id": "1", "day": d, "likes": 10 + d, "user_followers": 5} for d in range(3)])
    frame = found_in(few)
    assert frame["estimate"].isna().all() and frame["p_adjusted"].isna().all()
    assert frame["n"].tolist()[:2] == [1, 1]
    assert frame["reason"].tolist()[0] == "too few creators: 1 of the 20 it takes"
    assert found_in(bounded([]))["n"].tolist() == [0] * 6
