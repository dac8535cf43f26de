"""Intraclass correlation, slopes and percentiles against loops, closed forms and simulated truth."""

from __future__ import annotations

import math
import statistics
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.measures.together import slopes
from analysis.measures.together.ratios import likes_to_comments_icc, likes_to_followers_percentiles, ratio_rows
from analysis.measures.together.slopes import comments_slope, fit_mixed, slope_rows, within_slope
from analysis.statistics.icc import intraclass, jackknife, wald
from tests.analysis.creator_frames import bounded


def test_equal_groups_have_the_textbook_estimate_and_interval() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=(12, 1)) + rng.normal(size=(12, 5))
    groups = [list(row) for row in values]
    between = 5 * statistics.variance([statistics.fmean(g) for g in groups])
    within = statistics.fmean([statistics.variance(g) for g in groups])
    ratio = between / within
    wide, narrow = (stats.f.ppf(q, 11, 48) for q in (0.975, 0.025))
    expected = [(r - 1) / (r + 4) for r in (ratio, ratio / wide, ratio / narrow)]  # Shrout & Fleiss 1979, ICC(1, 1)
    found = wald(np.full(12, 5.0), values.mean(axis=1), np.asarray(within * 48), 0.95)
    assert [float(end) for end in found] == pytest.approx(expected)


def test_unequal_groups_cover_at_their_level_over_a_thousand_histories() -> None:
    rng = np.random.default_rng(2)
    sizes = rng.integers(1, 6, size=80).astype(float)
    share, runs = 0.3, 1000
    means = rng.normal(size=(runs, 80)) * np.sqrt(share + (1 - share) / sizes)
    within = (1 - share) * rng.chisquare(sizes.sum() - 80, size=runs)
    estimate, low, high = wald(sizes, means, within, 0.95)
    held = ((low <= share) & (share <= high)).mean()
    assert abs(held - 0.95) < 3 * (0.95 * 0.05 / runs) ** 0.5
    assert estimate.mean() == pytest.approx(share, abs=0.02)
    assert ((low <= estimate) & (estimate <= high)).all()


@pytest.mark.parametrize(("sizes", "means", "within", "expected"), [
    ([3.0], [1.0], 2.0, math.nan),  # one group
    ([1.0, 1.0], [1.0, 2.0], 0.0, math.nan),  # no pair within any
    ([2.0, 2.0], [1.0, 2.0], 0.0, 1.0),
    ([2.0, 2.0], [1.0, 1.0], 0.0, math.nan),  # nothing varies
    ([2.0, 2.0], [1.0, 1.0], 4.0, 0.0),
])  # fmt: skip
def test_edges_of_the_intraclass_correlation(
    sizes: list[float], means: list[float], within: float, expected: float
) -> None:
    squares = np.full(len(sizes), within / len(sizes))
    found = intraclass(np.array(sizes), np.array(means), squares, 0.95)[0]
    assert float(found) == pytest.approx(expected, nan_ok=True)


def test_the_jackknife_leaves_out_each_group_in_turn() -> None:
    rng = np.random.default_rng(11)
    groups = [list(rng.normal(rng.normal(), 1, size=size)) for size in (4, 2, 3, 5, 1, 4)]

    def log_ratio(kept: list[list[float]]) -> float:
        values = [value for group in kept for value in group]
        grand, middles = statistics.fmean(values), [statistics.fmean(group) for group in kept]
        between = sum(len(g) * (m - grand) ** 2 for g, m in zip(kept, middles, strict=True)) / (len(kept) - 1)
        within = sum((v - m) ** 2 for g, m in zip(kept, middles, strict=True) for v in g) / (len(values) - len(kept))
        return math.log(between / within)

    pseudo = [6 * log_ratio(groups) - 5 * log_ratio(groups[:i] + groups[i + 1 :]) for i in range(6)]
    half = stats.t.ppf(0.975, 5) * statistics.stdev(pseudo) / math.sqrt(6)
    n = [len(group) for group in groups]
    usual = (sum(n) - sum(size**2 for size in n) / sum(n)) / 5
    ratios = [max(math.exp(statistics.fmean(pseudo) + side * half) - 1, 0) for side in (-1, 1)]
    means = np.array([statistics.fmean(group) for group in groups])
    squares = np.array([sum((v - statistics.fmean(g)) ** 2 for v in g) for g in groups])
    found = jackknife(np.array(n, float), means, squares, 0.95)
    assert [float(end) for end in found] == pytest.approx([r / (r + usual) for r in ratios])


def test_icc_takes_one_row_a_tiktok_with_enough_comments() -> None:
    rng = np.random.default_rng(3)
    records = []
    for number in range(40):
        ratio = np.exp(3 + rng.normal())
        for tiktok in range(3):
            comments = int(rng.integers(200, 2000))
            likes = int(comments * ratio * np.exp(rng.normal() / 3))
            records += [
                {"creator": f"c{number:02d}", "id": f"{number}-{tiktok}", "day": 0, "likes": 7, "comments": 400},
                {
                    "creator": f"c{number:02d}",
                    "id": f"{number}-{tiktok}",
                    "day": 1,
                    "likes": likes,
                    "comments": comments,
                },
            ]
    records.append({"creator": "c00", "id": "few", "day": 1, "likes": 10**9, "comments": 19})
    rows = ratio_rows(bounded(records))
    found = likes_to_comments_icc(rows)
    assert found.low < 0.9 < found.high  # 1 / (1 + 1/9)
    assert (found.n, found.of) == (120, 121)


def test_ratios_never_divide_by_zero_nor_call_a_missing_one_zero() -> None:
    rows = ratio_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "likes": 10, "comments": 0, "user_followers": 0},
        {"creator": "a", "id": "2", "day": 0, "likes": 0, "comments": 4, "user_followers": 5},
        {"creator": "a", "id": "3", "day": 0, "likes": 8, "comments": None, "user_followers": None},
        {"creator": "a", "id": "3", "day": 1, "likes": None, "comments": 3},
    ])).set_index("id")  # fmt: skip
    assert rows.loc["1", ["likes_per_comment", "likes_per_follower"]].isna().all()
    assert rows.loc["1", "comments_per_like"] == 0
    assert (rows.loc["2", "likes_per_comment"], rows.loc["2", "likes_per_follower"]) == (0, 0)
    assert pd.isna(rows.loc["2", "comments_per_like"])
    assert rows.loc["3", "likes"] == 8
    assert rows.loc["3", ["likes_per_comment", "comments_per_like", "likes_per_follower"]].isna().all()


def test_percentiles_of_likes_to_followers_leave_ads_out() -> None:
    rows = ratio_rows(bounded([
        {"creator": f"c{i}", "id": str(i), "day": 0, "likes": i, "user_followers": 100, "ad": i > 100}
        for i in range(1, 112)
    ]))  # fmt: skip
    creators = pd.DataFrame(
        {"ad": pd.Series([], dtype="boolean"), "likes_per_follower": pd.Series([], dtype="Float64")}
    )
    frame = likes_to_followers_percentiles(rows, creators).set_index("name")
    assert frame.loc["tiktok p50", "estimate"] == pytest.approx(0.505)
    assert frame.loc["tiktok p5", "estimate"] == pytest.approx(np.percentile(np.arange(1, 101) / 100, 5))
    assert (frame.loc["tiktok p95", "n"], frame.loc["tiktok p95", "of"]) == (100, 111)
    assert frame.loc["creator p5":, "estimate"].isna().all()


def growing(slope: float, creators: int = 40, seed: int = 5, step: int = 1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    records = []
    for number in range(creators):
        own = rng.normal(-3, 0.4)
        for tiktok in range(2):
            level, base = own + rng.normal(0, 0.3), rng.normal(10, 1)
            for day in range(5):
                likes = np.exp(base + day * 0.2)
                comments = np.exp(level + 10 * (1 - slope) + slope * np.log(likes) + rng.normal(0, 0.02))
                likes = round(likes / step) * step
                records.append({"creator": f"c{number:02d}", "id": f"{number}-{tiktok}", "day": day, "likes": likes,
                                "likes_step": step, "comments": round(comments)})  # fmt: skip
    return bounded(records)


@pytest.mark.parametrize("truth", [1.0, 0.8])
def test_the_slope_is_found_by_both_models(truth: float) -> None:
    slope = comments_slope(growing(truth))
    assert slope.converged
    for found in (slope.mixed, slope.within):
        assert found.low < truth < found.high
        assert found.high - found.low < 0.05
        assert found.n == found.of == 80


def test_the_within_slope_is_that_of_dummies_for_tiktoks() -> None:
    rows = slope_rows(growing(0.9, creators=12))
    x, y = rows["log_likes"].to_numpy(float), rows["log_comments"].to_numpy(float)
    tiktok, creator = (pd.factorize(rows[name])[0] for name in ("id", "creator"))
    design = np.column_stack([x, np.eye(tiktok.max() + 1)[tiktok]])
    expected = np.linalg.lstsq(design, y, rcond=None)[0][0]
    estimate, low, high = within_slope(x, y, tiktok, creator, 0.95)
    assert float(estimate) == pytest.approx(expected)
    assert low < estimate < high


def test_tiktoks_whose_growth_rounding_hides_are_left_out() -> None:
    assert len(slope_rows(growing(1.0, creators=3))) == 30
    hidden = bounded([
        {"creator": "a", "id": "1", "day": day, "likes": likes, "likes_step": 100_000, "comments": 500}
        for day, likes in enumerate((5_000_000, 5_200_000))
    ] + [{"creator": "a", "id": "2", "day": day, "likes": 900, "comments": 500} for day in range(2)])  # fmt: skip
    assert len(slope_rows(hidden)) == 0


def test_a_fit_that_cannot_be_is_reported_not_hidden() -> None:
    slope = comments_slope(growing(1.0, creators=4))
    assert not slope.converged
    assert not slope.mixed.answerable
    assert "expected 20 creators or more, found 4" in slope.messages[0]
    assert not slope.within.answerable and slope.within.n == 8
    nothing = comments_slope(bounded([]))
    assert not nothing.within.answerable and nothing.within.n == 0


@pytest.mark.parametrize("of_creators", [0.0, 0.3, 2.0])
@pytest.mark.parametrize("of_tiktoks", [0.0, 0.8])
def test_the_fit_ends_where_it_ends_from_statsmodels_own_start(
    monkeypatch: pytest.MonkeyPatch, of_creators: float, of_tiktoks: float
) -> None:
    drawn = np.random.default_rng(7)
    creator, tiktok = np.repeat(np.arange(40), 18), np.repeat(np.arange(240), 3)
    x = drawn.normal(8, 2, 240)[tiktok] + np.abs(drawn.normal(0, 0.3, 720))
    y = 0.9 * x + of_creators * drawn.normal(size=40)[creator] + of_tiktoks * drawn.normal(size=240)[tiktok]
    y += 0.05 * drawn.normal(size=720)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a variance that is 0, and so at its bound
        ours = fit_mixed(x, y, tiktok, creator)
        monkeypatch.setattr(slopes, "_moments", lambda *_: None)
        theirs = fit_mixed(x, y, tiktok, creator)
    assert ours.converged
    assert ours.llf >= theirs.llf - 0.05, "as likely as theirs, or more"
    if ours.llf < theirs.llf + 0.05:  # else theirs stopped before the best
        assert ours.fe_params[1] == pytest.approx(theirs.fe_params[1], abs=0.05 * theirs.bse[1])
    assert ours.fe_params[1] == pytest.approx(0.9, abs=5 * ours.bse[1])
