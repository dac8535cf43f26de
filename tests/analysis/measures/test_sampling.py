"""What was sampled: held against worked examples and a pool whose size is known."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.sampling import accumulation, chao2, coverage, day_pools, rank_biased_overlap, similarity

START = pd.Timestamp("2025-03-01 22:00", tz="UTC")


def _sightings(runs: list[list[str]]) -> pd.DataFrame:
    rows = [(number, position, thing) for number, run in enumerate(runs) for position, thing in enumerate(run, 1)]
    return pd.DataFrame(
        {
            "run": pd.array([f"run{9 - row[0]}" for row in rows], dtype="str"),  # names say nothing of the order
            "scraped_at": pd.DatetimeIndex(
                [START + pd.Timedelta(hours=row[0], seconds=row[1]) for row in rows], dtype="datetime64[us, UTC]"
            ),
            "position": pd.array([row[1] for row in rows], dtype="Int64"),
            "id": pd.array([row[2] for row in rows], dtype="str"),
            "creator": pd.array([row[2][0] for row in rows], dtype="str"),
            "audio_key": pd.array([None for _ in rows], dtype="str"),
        }
    )


RUNS = [["aa", "ab", "ba"], ["ab", "ca"], ["aa", "ab", "da", "db"], ["ab"]]


def test_accumulation_counts_what_each_run_adds() -> None:
    found = accumulation(_sightings(RUNS))
    assert found["run"].tolist() == ["run9", "run8", "run7", "run6"]
    assert found["sightings"].tolist() == [3, 5, 9, 10]
    assert found["tiktoks"].tolist() == [3, 4, 6, 6]
    assert found["creators"].tolist() == [2, 3, 4, 4]
    assert found["audios"].tolist() == [0, 0, 0, 0]
    assert found["new_tiktoks"].tolist() == [3, 1, 2, 0]


def test_coverage_and_chao2_by_their_closed_forms() -> None:
    """Q1 = 4, Q2 = 2, T = 5, U = 4 + 4 + 3 = 11, S = 7: on paper."""
    incidence = np.array([1, 1, 1, 1, 2, 2, 3])
    assert coverage(incidence, 5) == pytest.approx(1 - 4 / 11 * (4 * 4) / (4 * 4 + 2 * 2))
    estimate, lo, hi = chao2(incidence, 5)
    assert estimate == pytest.approx(7 + 4 / 5 * 16 / 4)
    variance = 2 * (0.4 * 4 + 0.64 * 8 + 0.16 * 16)
    spread = math.exp(1.959964 * math.sqrt(math.log(1 + variance / 3.2**2)))
    assert (lo, hi) == pytest.approx((7 + 3.2 / spread, 7 + 3.2 * spread))
    assert chao2(np.array([2, 2, 3]), 4) == (3, 3, 3)
    assert all(math.isnan(value) for value in chao2(incidence, 1))
    assert math.isnan(coverage(incidence, 1))


def test_chao2_is_a_lower_bound_of_a_known_pool_and_its_interval_covers_where_all_are_alike() -> None:
    draw = np.random.default_rng(5)
    covered, estimates = 0, []
    for _ in range(200):
        incidence = (draw.random((300, 8)) < 0.15).sum(axis=1)
        estimate, lo, hi = chao2(incidence[incidence > 0], 8)
        covered += lo <= 300 <= hi
        estimates.append(estimate)
    assert covered / 200 > 0.95 - 3 * math.sqrt(0.95 * 0.05 / 200)
    assert 285 < float(np.mean(estimates)) < 315


def test_a_day_is_judged_by_its_own_runs() -> None:
    found = day_pools(_sightings([*RUNS, ["zz"]]))
    assert found["day"].dt.day.tolist() == [1, 2]
    assert found[["runs", "sightings", "tiktoks", "once", "twice"]].to_numpy().tolist() == [
        [2, 5, 4, 3, 1],
        [3, 6, 5, 4, 1],
    ]
    assert found["coverage"].iloc[0] == pytest.approx(1 - 3 / 5 * 3 / 5)
    assert found["pool"].iloc[0] == pytest.approx(4 + 1 / 2 * 9 / 2)
    one = day_pools(_sightings([["a"]]))
    assert one[["coverage", "pool", "pool_lo", "pool_hi"]].isna().all(axis=None)
    assert one["tiktoks"].tolist() == [1]


def _slow_overlap(left: str, right: str, p: float, deep: int = 4000) -> float:
    """The definition's infinite sum, the tail's agreement held: only for lists of one length."""
    total, agreement = 0.0, 0.0
    for depth in range(1, deep):
        if depth <= len(left):
            agreement = len(set(left[:depth]) & set(right[:depth])) / depth
        total += (1 - p) * p ** (depth - 1) * agreement
    return total


@settings(deadline=None, max_examples=30)
@given(st.permutations("abcdefgh"), st.permutations("efghijkl"), st.sampled_from([0.9, 0.98]))
def test_rank_biased_overlap_is_its_infinite_sum(left: list[str], right: list[str], p: float) -> None:
    expected = _slow_overlap("".join(left), "".join(right), p)
    assert rank_biased_overlap(left, right, p) == pytest.approx(expected)
    assert rank_biased_overlap(right, left, p) == pytest.approx(expected)


def test_rank_biased_overlap_at_its_ends() -> None:
    assert rank_biased_overlap("abcd", "abcd") == pytest.approx(1)
    assert rank_biased_overlap("abcdefgh", "abcd") == pytest.approx(1)
    assert rank_biased_overlap("abcd", "wxyz") == 0
    assert math.isnan(rank_biased_overlap("abcd", ""))


def test_similarity_of_consecutive_runs() -> None:
    found = similarity(_sightings(RUNS))
    assert found["before"].tolist() == ["run9", "run8", "run7"]
    assert found["shared"].tolist() == [1, 1, 1]
    assert found["jaccard"].tolist() == pytest.approx([1 / 4, 1 / 5, 1 / 4])
    assert found["hours"].tolist() == pytest.approx([1, 1, 1])
    assert found["rbo"].iloc[0] == pytest.approx(rank_biased_overlap(RUNS[0], RUNS[1]))


def test_two_sessions_of_a_run_stand_one_after_the_other() -> None:
    """Positions start anew with each session: a, b then c, d, whatever hour either began at."""
    both = _sightings([["aa", "ab", "ca", "cb"], ["aa", "ab", "ca", "cb"], ["aa", "ca", "ab", "cb"]])
    both["session"] = pd.array([1, 1, 2, 2] * 2 + [1] * 4, dtype="Int64")
    both["position"] = pd.array([1, 2, 1, 2] * 2 + [1, 2, 3, 4], dtype="Int64")
    found = similarity(both.sample(frac=1, random_state=3, ignore_index=True))
    assert found["rbo"].iloc[0] == pytest.approx(1)
    in_order, other = ["aa", "ab", "ca", "cb"], ["aa", "ca", "ab", "cb"]
    assert found["rbo"].iloc[1] == pytest.approx(rank_biased_overlap(in_order, other))
    assert found["rbo"].iloc[1] < 1


def test_no_sightings_give_typed_empty_frames() -> None:
    nothing = _sightings(RUNS)[:0]
    for frame in (accumulation(nothing), day_pools(nothing), similarity(nothing)):
        assert len(frame) == 0
    for call in (accumulation, day_pools, similarity):
        assert call(nothing).dtypes.to_dict() == call(_sightings(RUNS)).dtypes.to_dict()
    assert len(similarity(_sightings([["a", "b"]]))) == 0
