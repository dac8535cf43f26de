"""How many of what, who has most, when uploaded, and counts over time: against plain loops."""

from __future__ import annotations

import math
import statistics
from datetime import timedelta
from statistics import NormalDist
from typing import Any

import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.measures import overview, uploads
from analysis.measures.virality import tiktok_rows
from analysis.terms.schema import empty_sightings
from benchmarks.analysis.simulated import sightings as simulated
from tests.analysis.by_hand import at, bounded, sighting, sightings, without_counts


def plain(value: Any) -> Any:
    return None if pd.isna(value) else value


# how many


def test_totals_count_distinct_things_and_what_named_none() -> None:
    frame = simulated(700)
    got = overview.totals(frame).set_index("quantity")
    records = frame.to_dict("records")
    pairs = {(r["id"], r["audio_key"]) for r in records if not pd.isna(r["audio_key"])}
    assert got.loc["sightings", "n"] == 700
    for quantity, column in (("TikToks", "id"), ("creators", "creator"), ("runs", "run"), ("audios", "audio_key")):
        assert got.loc[quantity, "n"] == len({r[column] for r in records if not pd.isna(r[column])})
    assert got.loc["TikTok-audio combinations", "n"] == len(pairs)
    assert got.loc["audios", "missing"] == sum(pd.isna(r["audio_key"]) for r in records)
    assert got.loc["ads", "n"] == sum(bool(r["ad"]) for r in records)
    assert got.loc["days", "n"] == len({r["scraped_at"].date() for r in records})
    assert got.loc["runs recorded", "n"] is pd.NA


def test_what_no_sighting_tells_is_missing_not_zero() -> None:
    got = overview.totals(sightings(sighting("1", 0, ad=None, audio_key=None))).set_index("quantity")
    assert got.loc["ads", "n"] is pd.NA
    assert got.loc["audios", "n"] is pd.NA
    assert got.loc["audios", "missing"] == 1


def test_an_empty_file_holds_nothing() -> None:
    got = overview.totals(empty_sightings(), pd.DataFrame({"run": []})).set_index("quantity")["n"]
    assert got.tolist() == [0] * 9


# creators


def test_a_creator_has_what_was_last_told_with_its_own_bounds() -> None:
    rows = overview.creator_totals(
        bounded(
            sighting("1", 0, creator="ann", likes=10, user_followers=900, user_likes=5000, user_videos=10),
            sighting("1", 1, creator="ann", likes=30, user_followers=12_300, user_followers_step=100),
            sighting("2", 2, creator="ann", likes=70, user_followers=None),
            sighting("3", 3, creator="ann", likes=None, user_likes=5100),
            sighting("4", 3, creator="bob", user_likes=7 + 2**32, user_likes_repair="minimum", user_videos=1),
        )
    )
    row, bob = rows.iloc[0], rows.iloc[1]
    assert (row["user_followers"], row["user_followers_lo"], row["user_followers_hi"]) == (12_300, 12_250, 12_349)
    assert (bob["user_likes"], plain(bob["user_likes_hi"]), plain(bob["likes_per_tiktok_hi"])) == (
        7 + 2**32,
        None,
        None,
    )
    assert (row["tiktoks"], row["sightings"]) == (3, 4)
    assert (row["likes_per_tiktok_seen"], row["tiktoks_with_likes"]) == (50, 2)
    assert (row["likes_per_tiktok"], row["likes_per_tiktok_lo"], row["likes_per_tiktok_hi"]) == (500, 500, 500)


def test_likes_per_tiktok_are_of_the_total_that_the_history_unwraps() -> None:
    """5,000,000,000 likes are sent as 705,032,704, which looks plausible; the sighting before says that it wrapped."""
    told = {"creator": "ann", "user_followers": 12_300, "user_followers_step": 100, "user_source": "item"}
    rows = overview.creator_totals(
        bounded(
            sighting("1", 0, user_likes=4_900_000_001, user_likes_repair="evidence", user_videos=9, **told),
            sighting("1", 1, user_likes=5_000_000_000 - 2**32, user_videos=10, **told),
        )
    )
    row = rows.iloc[0]
    assert (row["likes_per_tiktok"], row["likes_per_tiktok_lo"], row["likes_per_tiktok_hi"]) == (5e8, 5e8, 5e8)
    assert row["user_likes"] == 5_000_000_000 - 2**32  # as last told


def test_likes_per_tiktok_widen_with_their_rounding() -> None:
    row = overview.creator_totals(
        bounded(sighting("1", 0, creator="ann", user_likes=12_300, user_likes_step=100, user_videos=10))
    ).iloc[0]
    assert (row["likes_per_tiktok_lo"], row["likes_per_tiktok_hi"]) == (1225.0, 1234.9)


@pytest.mark.parametrize("videos", [None, 0])
def test_no_videos_have_no_likes_each(videos: int | None) -> None:
    row = overview.creator_totals(bounded(sighting("1", 0, user_likes=12, user_videos=videos))).iloc[0]
    assert row["likes_per_tiktok"] is pd.NA


def test_most_tiktoks_are_by_what_the_site_tells_then_by_what_was_seen() -> None:
    rows = overview.creator_totals(
        bounded(
            sighting("1", 0, creator="few", user_videos=3),
            sighting("2", 0, creator="many", user_videos=300),
            sighting("3", 0, creator="untold"),
            sighting("4", 0, creator="seen twice", user_videos=3),
            sighting("5", 0, creator="seen twice"),
        )
    )
    assert overview.most_tiktoks(rows)["creator"].tolist() == ["many", "seen twice", "few", "untold"]
    assert overview.most_tiktoks(rows, top=1)["creator"].tolist() == ["many"]


def test_the_most_followed_of_each_day_and_of_all_so_far() -> None:
    days = overview.creator_days(
        bounded(
            sighting("1", 0, creator="ann", user_followers=100),
            sighting("1", 5, creator="ann", user_followers=90),
            sighting("2", 1, creator="bob", user_followers=95),
            sighting("3", 30, creator="cid", user_followers=50),
            sighting("1", 80, creator="ann", user_followers=120_000, user_followers_step=100),
            sighting("2", 81, creator="bob", user_followers=119_960),
            sighting("3", 82, creator="cid", user_followers=None),
        )
    )
    got = overview.most_followed(days)
    assert got["day"].tolist() == [at(0), at(24), at(72)]
    assert got["creator"].tolist() == ["bob", "cid", "ann"]  # ann had 90 at the end of the first day
    assert got["creators"].tolist() == [2, 1, 2]
    assert got["tied"].tolist() == [0, 0, 1]
    assert got["record_creator"].tolist() == ["bob", "bob", "ann"]
    assert got["record_followers"].tolist() == [95, 95, 120_000]


def test_most_followed_agrees_with_plain_loops() -> None:
    frame = simulated(900)
    got = overview.most_followed(overview.creator_days(with_bounds(frame))).set_index("day")
    last: dict[Any, dict[str, int]] = {}
    for record in frame.to_dict("records"):
        if not pd.isna(record["user_followers"]):
            last.setdefault(record["scraped_at"].floor("D"), {})[record["creator"]] = record["user_followers"]
    known: dict[str, int] = {}
    for day in sorted(last):
        known |= last[day]
        assert got.loc[day, "user_followers"] == max(last[day].values())
        assert got.loc[day, "creators"] == len(last[day])
        assert got.loc[day, "record_followers"] == max(known.values())


# uploads


def test_uploads_are_counted_by_their_hour_and_weekday_in_utc() -> None:
    rows = tiktok_rows(with_bounds(simulated(1500)))
    told = [row for row in rows.to_dict("records") if not row["ad"]]
    hours, days = overview.upload_hours(rows), overview.upload_weekdays(rows)
    for hour in range(24):
        likes = [row["likes_last"] for row in told if row["created_at"].hour == hour]
        row = hours.iloc[hour]
        assert (row["hour"], row["tiktoks"]) == (hour, len(likes))
        assert row["share"] == pytest.approx(len(likes) / len(told))
        assert plain(row["likes_median"]) == (statistics.median(likes) if likes else None)
    assert days["weekday"].tolist()[0] == "Monday"
    assert days["tiktoks"].tolist() == [sum(r["created_at"].weekday() == day for r in told) for day in range(7)]


def test_hours_alike_are_even_and_one_hour_alone_is_not() -> None:
    rows = pd.DataFrame({"tiktoks": pd.array([5] * 24, dtype="Int64")})
    assert uploads.evenness(rows) == 1
    # All 4 of 4 in one of 2: a chi-squared of 4 with one degree of freedom.
    alone = pd.DataFrame({"tiktoks": pd.array([4, 0], dtype="Int64")})
    assert uploads.evenness(alone) == pytest.approx(2 * (1 - NormalDist().cdf(2)))
    assert math.isnan(uploads.evenness(alone.assign(tiktoks=0)))


def test_the_interval_of_a_share_is_wilsons_for_all_hours_at_once() -> None:
    # Its ends are the p at which the observed share lies so many standard errors away that all 24 hold in 95 %.
    errors = NormalDist().inv_cdf(1 - 0.05 / 24 / 2)
    rows = tiktok_rows(bounded(*[sighting(str(n), 50, created_at=at(n % 4)) for n in range(40)]))
    row = overview.upload_hours(rows).iloc[0]
    for end in ("share_lo", "share_hi"):
        p = row[end]
        assert abs(0.25 - p) == pytest.approx(errors * (p * (1 - p) / 40) ** 0.5)


def test_without_tiktoks_shares_are_missing() -> None:
    hours = overview.upload_hours(tiktok_rows(with_bounds(empty_sightings())))
    assert hours["tiktoks"].tolist() == [0] * 24
    assert hours[["share", "share_lo", "share_hi", "likes_median"]].isna().all(axis=None)


# over time


def test_counts_over_time_are_told_as_seen_and_tightened() -> None:
    got = overview.over_time(
        bounded(
            sighting("1", 0, likes=12_300, likes_step=100, comments=5),
            sighting("1", 1, likes=12_280, comments=None),
        )
    )
    likes = got[got["count"] == "likes"]
    assert likes["value"].tolist() == [12_300, 12_280]
    assert likes["lo"].tolist() == [12_250, 12_280]
    assert likes["hi"].tolist() == [12_280, 12_280]  # it cannot have had more than it had an hour later
    assert likes["age_h"].tolist() == [100, 101]
    assert got.loc[got["count"] == "comments", "value"].tolist() == [5]
    assert "shares" not in got["count"].tolist()


def test_growth_per_hour_is_between_consecutive_sightings() -> None:
    got = overview.per_hour(
        bounded(
            sighting("1", 0, likes=100),
            sighting("1", 2, likes=150),
            sighting("1", 4, likes=147),
            sighting("1", 8, likes=12_300, likes_step=100),
        )
    )
    assert got["began"].tolist() == [at(0), at(4)]  # nothing across the fall
    assert got["gain_lo"].tolist() == [147 - 100, 12_250 - 150]  # nor of the three that were taken back
    assert got["gain_hi"].tolist() == [150 - 100, 12_349 - 147]
    assert got["hours"].tolist() == [2, 4]
    minute = 1 / 60
    assert got["per_hour_lo"].tolist() == pytest.approx([47 / (2 + minute), 12_100 / (4 + minute)])
    assert got["per_hour_hi"].tolist() == pytest.approx([50 / (2 - minute), 12_202 / (4 - minute)])


def test_a_rate_over_less_than_a_minute_has_no_upper_end() -> None:
    got = overview.per_hour(
        bounded(
            sighting("1", 0, likes=100, comments=8),
            sighting("1", 0.01, likes=103, comments=6),
        )
    ).set_index("count")
    assert got["per_hour_lo"].isna().tolist() == [True, False]  # comments, likes
    assert got.loc["likes", "per_hour_lo"] == pytest.approx(3 / (0.01 + 1 / 60))
    assert pd.isna(got.loc["likes", "per_hour_hi"])
    assert got.loc["comments", "per_hour_hi"] == pytest.approx(-2 / (0.01 + 1 / 60))


def test_a_growth_that_the_next_sighting_takes_back_is_no_growth_an_hour() -> None:
    frame = bounded(
        sighting("1", 0, likes=100_000),
        sighting("1", 1, likes=900_000),
        sighting("1", 2, likes=100_010),
    )
    assert overview.per_hour(frame)[["began", "ended", "gain_lo"]].to_numpy().tolist() == [[at(0), at(2), 10]]
    history = overview.over_time(frame)
    assert history["strange"].tolist() == [False, True, False]
    assert history["lo"].isna().tolist() == [False, True, False]


def test_every_consecutive_pair_has_its_bounds() -> None:
    frame = with_bounds(simulated(400))
    got = overview.per_hour(frame)
    for count in ("likes", "comments", "shares"):
        mine = got[got["count"] == count]
        pairs = 0
        for _, series in frame[frame[f"{count}_lo"].notna()].groupby("id"):
            pairs += series["scraped_at"].nunique() - 1
        assert len(mine) == pairs
    assert (got["per_hour_lo"] <= got["per_hour_hi"]).all()
    assert (got["ended"] - got["began"] > timedelta(0)).all()


@pytest.mark.parametrize("frame", [empty_sightings(), without_counts(simulated(60))], ids=["empty", "all counts null"])
def test_nothing_told_gives_empty_typed_frames(frame: pd.DataFrame) -> None:
    nothing, something = with_bounds(frame), with_bounds(simulated(60))
    for measure in (overview.over_time, overview.per_hour, overview.creator_days):
        assert measure(nothing).empty
        assert measure(nothing).dtypes.equals(measure(something).dtypes)
    assert overview.creator_totals(nothing).dtypes.equals(overview.creator_totals(something).dtypes)
    assert overview.creator_totals(nothing)["likes_per_tiktok"].isna().all()
    assert overview.most_followed(overview.creator_days(nothing)).empty


def test_creators_do_not_depend_on_the_company() -> None:
    frame = with_bounds(simulated(1200))
    even = frame["creator"].str[-1].isin(list("02468"))
    for measure in (overview.creator_totals, overview.creator_days):
        halves = pd.concat([measure(frame[even]), measure(frame[~even])]).sort_values("creator", kind="stable")
        pd.testing.assert_frame_equal(halves.reset_index(drop=True), measure(frame), check_exact=True)
