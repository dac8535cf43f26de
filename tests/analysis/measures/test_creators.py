"""Creators: gains within bounds, ranks, thresholds; expected values by hand and by plain loops."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.counts.told import told
from analysis.measures.creators import creator_rows, follower_history, ranked, viral_threshold
from analysis.measures.posting import posting_rows, upload_gaps
from analysis.measures.together.association import association_rows
from analysis.measures.together.ratios import ratio_rows
from analysis.measures.together.slopes import slope_rows
from tests.analysis.creator_frames import at, bounded


def only(frame: pd.DataFrame, creator: str) -> pd.Series:
    return frame.set_index("creator").loc[creator]


def test_the_gain_is_what_the_bounds_guarantee() -> None:
    row = only(creator_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "user_followers": 12_300, "user_followers_step": 100},
        {"creator": "a", "id": "1", "day": 1, "user_followers": 99_999, "user_followers_step": 1},
        {"creator": "a", "id": "2", "day": 4, "user_followers": 13_000, "user_followers_step": 1},
    ])), "a")  # fmt: skip
    assert (row["sightings"], row["tiktoks"], row["runs"]) == (3, 2, 3)
    assert (row["followers_gain_lo"], row["followers_gain_hi"]) == (13_000 - 12_349, 13_000 - 12_250)
    assert row["followers_gain_per_day_lo"] == (13_000 - 12_349) / 4
    assert row["log_gain_per_day_lo"] == pytest.approx(math.log(13_000 / 12_349) / 4)
    assert row["log_gain_per_day_hi"] == pytest.approx(math.log(13_000 / 12_250) / 4)
    assert (row["first_at"], row["last_at"], row["followers_last_at"]) == (at(0), at(4), at(4))


def test_followers_may_fall_and_no_floor_hides_it() -> None:
    row = only(creator_rows(bounded([
        {"creator": "a", "id": "1", "day": day, "user_followers": followers} for day, followers in ((0, 900), (2, 0))
    ])), "a")  # fmt: skip
    assert row["followers_gain_lo"] == row["followers_gain_hi"] == -900
    assert row["log_gain_per_day_lo"] == pytest.approx(-math.log(900) / 2)  # 0 taken as 1


@pytest.mark.parametrize("second", [None, 0.9])
def test_one_count_or_two_within_a_day_give_no_rate(second: float | None) -> None:
    records = [{"creator": "a", "id": "1", "day": 0, "user_followers": 5}]
    if second:
        records.append({"creator": "a", "id": "1", "day": second, "user_followers": 9})
    row = only(creator_rows(bounded(records)), "a")
    assert pd.isna(row["followers_gain_per_day_lo"]) and pd.isna(row["log_gain_per_day_lo"])
    assert pd.isna(row["followers_gain_lo"]) if second is None else row["followers_gain_lo"] == 4


def test_a_reply_read_at_several_sightings_tells_once_and_at_its_own_time() -> None:
    frame = bounded([
        {"creator": "a", "id": "1", "day": 0.1, "user_scraped_at": at(0), "user_followers": 5},
        {"creator": "a", "id": "2", "day": 0.2, "user_scraped_at": at(0), "user_followers": 5},
        {"creator": "a", "id": "2", "day": 0.3, "user_followers": 6},
        {"creator": "a", "id": "2", "day": 0.4},
    ])  # fmt: skip
    assert told(frame, "user_followers")["at"].tolist() == [at(0), at(0.3)]
    history = follower_history(frame)
    assert history["followers"].tolist() == [5, 6]
    assert (history["first_seen"] == at(0.1)).all()


def test_likes_per_tiktok_and_per_follower() -> None:
    row = only(creator_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "likes": 10, "user_likes": 70, "user_followers": 4, "user_videos": 9},
        {"creator": "a", "id": "1", "day": 1, "likes": 30, "user_likes": 90},
        {"creator": "a", "id": "2", "day": 1, "likes": 12_000, "likes_step": 100},
        {"creator": "a", "id": "3", "day": 1},
    ])), "a")  # fmt: skip
    assert row["likes_per_tiktok_seen"] == (30 + 12_000) / 2
    assert (row["likes_per_tiktok_seen_lo"], row["likes_per_tiktok_seen_hi"]) == ((30 + 11_950) / 2, (30 + 12_049) / 2)
    assert row["user_likes_last"] == 90
    assert row["likes_per_follower"] == row["likes_per_follower_lo"] == row["likes_per_follower_hi"] == 90 / 4
    assert (row["videos_first"], row["videos_last"], row["videos_days"]) == (9, 9, 0)


def test_likes_per_follower_lie_within_the_bounds_of_both() -> None:
    line = {"creator": "a", "id": "1", "day": 0, "likes": 30_000, "likes_step": 100, "user_likes": 1_500_000,
            "user_likes_step": 100_000, "user_followers": 12_000, "user_followers_step": 100}  # fmt: skip
    row = only(creator_rows(bounded([line])), "a")
    assert row["likes_per_follower"] == pytest.approx(1_499_999 / 12_000, rel=1e-4)
    assert row["likes_per_follower_lo"] == pytest.approx(1_450_000 / 12_049)
    assert row["likes_per_follower_hi"] == pytest.approx(1_549_999 / 11_950)
    tiktok = ratio_rows(bounded([line])).loc[0]
    assert tiktok["likes_per_follower"] == 30_000 / 12_000
    assert tiktok["likes_per_follower_lo"] == pytest.approx(29_950 / 12_049)
    assert tiktok["likes_per_follower_hi"] == pytest.approx(30_049 / 11_950)


def test_an_overflowed_total_stands_as_its_lower_bound() -> None:
    rows = creator_rows(bounded([
        {"creator": "a", "id": "1", "day": 0, "user_likes": 2**32 - 1_934_013_585, "user_likes_repair": "minimum",
         "user_likes_wraps": 1, "user_likes_shown": "-1934013585", "user_followers": 0},
        {"creator": "b", "id": "2", "day": 0},
    ]))  # fmt: skip
    a, b = only(rows, "a"), only(rows, "b")
    assert a["user_likes_last"] == a["user_likes_last_lo"] == 2_360_953_711
    assert pd.isna(a["user_likes_last_hi"])
    assert a["user_likes_wraps"] == 1
    assert pd.isna(a["likes_per_follower"])  # 0 followers
    assert b[["user_likes_last", "user_likes_wraps", "followers_first", "likes_per_tiktok_seen"]].isna().all()


def many(count: int = 150) -> pd.DataFrame:
    """Creators whose followers multiply by 1 + number / 1000 over two days; one of them in ads only."""
    return bounded([
        {"creator": f"c{n:03d}", "id": f"{n}", "day": day, "ad": n == count - 1, "likes": 1,
         "user_followers": round(1_000_000 * (1 + n / 1000 * day / 2))}
        for n in range(count) for day in (0, 2)
    ] + [{"creator": "once", "id": "x", "day": 0, "user_followers": 10**8}])  # fmt: skip


def test_viral_is_the_top_hundredth_of_those_that_could_be_ranked() -> None:
    rows = creator_rows(many())
    marked = ranked(rows)
    gains = [math.log(1 + n / 1000) / 2 for n in range(149)]
    threshold = np.quantile(gains, 0.99)
    found = viral_threshold(rows)
    assert found.estimate == pytest.approx(threshold)
    assert (found.n, found.of, found.high) == (149, 151, math.inf)
    viral = marked[marked["viral"].fillna(False)]
    assert viral["creator"].tolist() == [f"c{n:03d}" for n, gain in enumerate(gains) if gain >= threshold]
    assert marked.set_index("creator").loc[["once", "c149"], "viral"].isna().all()
    assert only(marked, "c148")["viral_rank"] == 1
    assert only(marked, "once")["followed_rank"] == 1
    assert pd.isna(only(marked, "c149")["gain_rank"])


def test_too_few_creators_give_no_verdict_rather_than_none_viral() -> None:
    marked = ranked(creator_rows(many(50)))
    assert marked["viral"].isna().all()
    assert marked["gain_rank"].min() == 1


def test_ranks_reach_as_far_as_the_bounds_do() -> None:
    """By plain loops over the rows: who is surely above, and who is not surely below."""
    rng = np.random.default_rng(4)
    rows = creator_rows(bounded([
        {"creator": f"c{n}", "id": str(n), "day": day, "ad": n == 7, "user_followers_step": 1 if n % 3 else 100_000,
         "user_followers": round(2_000_000 + 40_000 * n + day * rng.normal(20_000, 60_000), -5 if n % 3 == 0 else 0)}
        for n in range(12) for day in (0, 2)
    ]))  # fmt: skip
    marked = ranked(rows)
    columns = {"viral": "log_gain_per_day", "gain": "followers_gain", "followed": "followers_last"}
    spread = 0
    for name, column in columns.items():
        fair = [row for row in marked.to_dict("records") if not row["ad"]]
        for row in fair:
            above = sum(other[f"{column}_lo"] > row[f"{column}_hi"] for other in fair)
            not_below = sum(other[f"{column}_hi"] >= row[f"{column}_lo"] for other in fair)
            assert (row[f"{name}_rank_best"], row[f"{name}_rank_worst"]) == (above + 1, not_below)
            assert row[f"{name}_rank_best"] <= row[f"{name}_rank_worst"]
            spread += not_below - above - 1
        assert only(marked, "c7")[[f"{name}_rank_best", f"{name}_rank_worst"]].isna().all()
    assert spread > 0


ENTITY_FUNCTIONS = [creator_rows, posting_rows, association_rows, ratio_rows, slope_rows, upload_gaps]


@pytest.mark.parametrize("rows_of", ENTITY_FUNCTIONS, ids=lambda function: function.__name__)
def test_rows_do_not_depend_on_who_else_is_there(rows_of: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    frame = bounded([
        {"creator": f"c{n:02d}", "id": f"{n}-{t}", "day": day + t / 9, "born": t - 2, "likes": 99 * n * day + 40,
         "comments": 30 + n * day, "user_followers": 1000 + n * day, "user_videos": 50 + t, "user_likes": 7 * n}
        for n in range(12) for t in range(2) for day in (0, 1, 3)
    ])  # fmt: skip
    whole = rows_of(frame)
    parts = [rows_of(frame[frame["creator"].isin(names)].reset_index(drop=True))
             for names in (whole["creator"].unique()[::2], whole["creator"].unique()[1::2], [])]  # fmt: skip
    order = [name for name in ("creator", "created_at", "id", "scraped_at") if name in whole]
    pd.testing.assert_frame_equal(whole, pd.concat(parts).sort_values(order, ignore_index=True))
    pd.testing.assert_series_equal(parts[2].dtypes, whole.dtypes)
    assert len(whole) >= 12


def test_no_sightings_give_no_rows_with_their_types() -> None:
    empty, full = creator_rows(bounded([])), creator_rows(many(3))
    assert len(empty) == 0
    pd.testing.assert_series_equal(empty.dtypes, full.dtypes)
    assert len(ranked(empty)) == len(follower_history(bounded([]))) == 0
    assert not viral_threshold(empty).answerable
