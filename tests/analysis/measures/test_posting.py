"""Posting rates: by differences of videos, by uploads seen, or no answer."""

from __future__ import annotations

import pandas as pd
import pytest
from scipy import stats

from analysis.measures.posting import gap_summary, posting_rows, upload_gaps
from tests.analysis.creator_frames import at, bounded


def only(frame: pd.DataFrame, creator: str) -> pd.Series:
    return frame.set_index("creator").loc[creator]


def test_the_difference_of_videos_gives_a_rate_with_its_exact_poisson_interval() -> None:
    row = only(posting_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "user_videos": 100},
        {"creator": "a", "id": "1", "day": 4, "user_videos": 112},
    ])), "a")  # fmt: skip
    assert row["basis"] == "videos"
    assert (row["posted_lo"], row["posted_hi"], row["days"]) == (12, 12, 4)
    assert row["rate"] == 3
    assert stats.poisson.sf(11, row["rate_low"] * 4) == pytest.approx(0.025)
    assert stats.poisson.cdf(12, row["rate_high"] * 4) == pytest.approx(0.025)


def test_rounding_of_videos_widens_the_interval() -> None:
    row = only(posting_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "user_videos": 10_100, "user_videos_step": 100},
        {"creator": "a", "id": "1", "day": 2, "user_videos": 10_200, "user_videos_step": 100},
    ])), "a")  # fmt: skip
    assert (row["posted_lo"], row["posted_hi"]) == (1, 199)
    assert row["rate_low"] < 0.5
    assert row["rate_high"] > 99.5


def test_uploads_seen_in_the_window_raise_its_lower_end() -> None:
    row = only(posting_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "born": -1, "user_videos": 50},
        {"creator": "a", "id": "2", "day": 2, "born": 1, "user_videos": 50},
        {"creator": "a", "id": "3", "day": 2, "born": 1.5, "user_videos": 50},
    ])), "a")  # fmt: skip
    assert row["basis"] == "videos"
    assert (row["uploads_seen"], row["posted_lo"], row["posted_hi"]) == (2, 2, 2)  # two posted, two deleted


def test_seen_uploads_alone_are_a_lower_bound_and_nothing_else() -> None:
    row = only(posting_rows(bounded([
        {"creator": "a", "id": "1", "day": 9, "born": 0},
        {"creator": "a", "id": "2", "day": 9, "born": 2},
        {"creator": "a", "id": "3", "day": 9, "born": 5},
    ])), "a")  # fmt: skip
    assert row["basis"] == "ids"
    assert (row["posted_lo"], row["days"]) == (2, 5)
    assert stats.poisson.sf(1, row["rate_low"] * 5) == pytest.approx(0.025)
    assert pd.isna(row["rate"]) and pd.isna(row["rate_high"]) and pd.isna(row["posted_hi"])


@pytest.mark.parametrize("counts", [[None, None], [80, None], [80, 40]])
def test_without_either_it_is_not_answerable_and_not_zero(counts: list[int | None]) -> None:
    row = only(posting_rows(bounded([
        {"creator": "a", "id": "1", "day": day, "born": -1, "user_videos": count}
        for day, count in zip((0, 3), counts, strict=True)
    ])), "a")  # fmt: skip
    assert row["basis"] == "not answerable"
    assert row[["rate", "rate_low", "rate_high", "posted_lo", "days", "uploads_seen"]].isna().all()


def test_two_counts_within_a_day_answer_nothing() -> None:
    row = only(posting_rows(bounded([
        {"creator": "a", "id": "1", "day": day, "user_videos": 5} for day in (0, 0.9)
    ])), "a")  # fmt: skip
    assert row["basis"] == "not answerable"


def test_gaps_are_between_uploads_of_one_creator_in_the_order_they_were_posted() -> None:
    gaps = upload_gaps(bounded([
        {"creator": "b", "id": "9", "day": 5, "born": 1},
        {"creator": "a", "id": "2", "day": 5, "born": 3},
        {"creator": "a", "id": "1", "day": 6, "born": 0.5},
        {"creator": "a", "id": "2", "day": 7, "born": 3},
        {"creator": "a", "id": "3", "day": 7},  # upload time unknown
    ]))  # fmt: skip
    assert gaps[["creator", "id"]].to_numpy().tolist() == [["a", "1"], ["a", "2"], ["b", "9"]]
    assert gaps.loc[1, "previous_id"] == "1"
    assert gaps.loc[1, "days_since_previous"] == 2.5
    assert gaps["days_since_previous"].isna().tolist() == [True, False, True]
    assert gaps.loc[0, "created_at"] == at(0.5)
    summary = gap_summary(gaps).set_index("name")
    assert summary.loc["p50", "estimate"] == 2.5
    assert (summary.loc["p50", "n"], summary.loc["p50", "of"]) == (1, 3)


def test_the_rate_covers_the_true_one_as_often_as_it_says(rng_seed: int = 5) -> None:
    import numpy as np

    rng = np.random.default_rng(rng_seed)
    posted = rng.poisson(2.0 * 7, size=300)
    rows = posting_rows(bounded([
        {"creator": f"c{i:03d}", "id": str(i), "day": day, "user_videos": int(videos)}
        for i, k in enumerate(posted)
        for day, videos in ((0, 500), (7, 500 + k))
    ]))  # fmt: skip
    held = ((rows["rate_low"] <= 2) & (rows["rate_high"] >= 2)).mean()
    assert held > 0.95 - 3 * (0.95 * 0.05 / 300) ** 0.5
