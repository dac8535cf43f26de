"""Viral TikToks by three measures, against plain loops."""

from __future__ import annotations

import math
import statistics
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.measures.virality import Verdicts, ranked, tiktok_rows
from analysis.terms.errors import MissingColumn
from analysis.terms.schema import empty_sightings
from benchmarks.analysis.simulated import sightings as simulated
from tests.analysis.by_hand import at, bounded, sighting, without_counts


def row_of(*sightings: dict[str, Any]) -> Any:
    return tiktok_rows(bounded(*sightings)).iloc[0]


# the rows


def test_a_row_tells_the_first_and_the_last_of_a_tiktok() -> None:
    row = row_of(
        sighting("7", 0, likes=100, comments=4, run="a"),
        sighting("7", 5, likes=150, comments=None, creator="renamed", run="b"),
        sighting("7", 5, likes=150, comments=None, creator="renamed", run="b"),
    )
    assert (row["id"], row["creator"], row["sightings"], row["runs"]) == ("7", "renamed", 3, 2)
    assert (row["first_at"], row["last_at"]) == (at(0), at(5))
    assert (row["likes_first"], row["likes_last"], row["comments_last"]) == (100, 150, 4)
    assert row["shares_last"] is pd.NA


def test_the_rate_is_of_likes_per_hour_of_life_at_first_sighting() -> None:
    born = at(-10)
    row = row_of(
        sighting("7", 0, likes=12_300, likes_step=100, created_at=born),
        sighting("7", 9, likes=12_900, created_at=born),
    )
    assert row["age_h"] == 10
    assert row["rate_log10"] == pytest.approx(math.log10(1230))
    assert row["rate_log10_lo"] == pytest.approx(math.log10(1225.0))
    assert row["rate_log10_hi"] == pytest.approx(math.log10(1234.9))


@pytest.mark.parametrize(
    "fields",
    [{"likes": 0}, {"likes": None}, {"likes": 5, "created_at": at(0)}, {"likes": 5, "created_at": None}],
    ids=["no likes", "likes not told", "just posted", "upload time not told"],
)
def test_a_rate_that_cannot_be_told_is_missing(fields: dict[str, Any]) -> None:
    assert row_of(sighting("7", 0, **fields))["rate_log10"] is pd.NA


def by_loops(seen: list[tuple[float, int, int]], hours: float) -> float:
    """The most guaranteed in one window over all pairs, where nothing falls."""
    return max(
        max(0.0, (later_lo - hi) / math.ceil((later - earlier) / hours))
        for (earlier, _, hi), (later, later_lo, _) in combinations(seen, 2)
    )


@pytest.mark.parametrize("seed", range(5))
def test_the_outbreak_is_the_most_guaranteed_in_a_day_over_all_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    hours = np.sort(rng.choice(400, 12, replace=False)).tolist()
    likes = np.sort(rng.integers(10_000, 400_000, 12)).tolist()
    shown = [round(value / 100) * 100 for value in likes]
    row = row_of(*[sighting("7", h, likes=v, likes_step=100) for h, v in zip(hours, shown, strict=True)])
    seen = [(h, v - 50, v + 49) for h, v in zip(hours, shown, strict=True)]
    assert row["outbreak_lo"] == pytest.approx(by_loops(seen, 24))
    assert row["week_lo"] == pytest.approx(by_loops(seen, 168))
    proof = [(h, lo, hi) for h, lo, hi in seen if at(h) in (row["outbreak_from"], row["outbreak_to"])]
    assert by_loops(proof, 24) == pytest.approx(row["outbreak_lo"])


def test_one_sighting_proves_no_outbreak_and_none_is_not_zero() -> None:
    row = row_of(sighting("7", 0, likes=100))
    assert row["outbreak_lo"] is pd.NA
    assert row["week_lo"] is pd.NA


def test_rounding_that_may_explain_the_difference_proves_nothing() -> None:
    row = row_of(
        sighting("7", 0, likes=1_200_000, likes_step=100_000), sighting("7", 9, likes=1_300_000, likes_step=100_000)
    )
    assert row["outbreak_lo"] == 1  # at most 1,249,999, at least 1,250,000
    row = row_of(
        sighting("7", 0, likes=1_200_000, likes_step=100_000), sighting("7", 9, likes=1_200_000, likes_step=100_000)
    )
    assert row["outbreak_lo"] == 0
    assert row["outbreak_from"] is pd.NaT


def test_nothing_is_claimed_across_a_fall() -> None:
    row = row_of(sighting("7", 0, likes=500), sighting("7", 1, likes=100), sighting("7", 2, likes=130))
    assert row["likes_falls"] == 1
    assert row["outbreak_lo"] == 30


def test_the_first_day_counts_from_birth_where_it_was_seen_young() -> None:
    born = at(-20)
    row = row_of(
        sighting("7", 0, likes=600, created_at=born),  # 20 h old: 600 in its first day
        sighting("7", 15, likes=1400, created_at=born),  # 35 h old: 700 in one of its first two days
        sighting("7", 17, likes=9000, created_at=born),  # 37 h old: too old to tell
    )
    assert (row["first_day_lo"], row["first_day_age_h"]) == (700, 35)
    assert row_of(sighting("7", 17, likes=9000, created_at=born))["first_day_lo"] is pd.NA


def test_a_tiktok_that_was_an_ad_once_is_an_ad() -> None:
    assert row_of(sighting("7", 0, likes=1), sighting("7", 1, likes=2, ad=True))["ad"]
    assert row_of(sighting("7", 0, likes=1, ad=None))["ad"] is pd.NA


def test_rows_do_not_depend_on_the_company() -> None:
    frame = with_bounds(simulated(800))
    whole = tiktok_rows(frame)
    halves = [tiktok_rows(frame[(frame["id"].str[-1].isin(list("02468"))) == even]) for even in (True, False)]
    pd.testing.assert_frame_equal(pd.concat(halves).sort_values("id", ignore_index=True), whole)


@pytest.mark.parametrize("frame", [empty_sightings(), without_counts(simulated(60))], ids=["empty", "all counts null"])
def test_nothing_told_gives_typed_rows_and_no_verdict(frame: pd.DataFrame) -> None:
    rows = tiktok_rows(with_bounds(frame))
    assert rows.dtypes.equals(tiktok_rows(with_bounds(simulated(60))).dtypes)
    verdicts = ranked(rows)
    assert verdicts.measures["n"].tolist() == [0] * 8
    assert verdicts.measures["viral"].isna().all()
    assert verdicts.line.empty


def test_a_frame_without_bounds_is_refused() -> None:
    with pytest.raises(MissingColumn, match="likes_lo"):
        tiktok_rows(empty_sightings())


# the verdicts


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    """400 TikToks of 50 likes an hour whatever their age, 8 of them ads; five others gain a hundred times as fast."""
    rng = np.random.default_rng(1)
    frames = []
    for number in range(400):
        age, fast = 10 ** rng.uniform(0.5, 3), 100 if 20 <= number < 25 else 1
        rate = 50 * fast * math.exp(rng.normal(0, 0.3))
        young = {"created_at": at(-age), "ad": number < 8}
        frames += [
            sighting(f"{number:03d}", 0, likes=int(rate * age), **young),
            sighting(f"{number:03d}", 12, likes=int(rate * (age + 12)), **young),
        ]
    return ranked(tiktok_rows(bounded(*frames)))


FAST = [f"{number:03d}" for number in range(20, 25)]


def test_tiktoks_that_gain_faster_than_their_age_does_are_viral(verdicts: Verdicts) -> None:
    rows = verdicts.rows
    viral = rows.loc[rows["viral_for_age"].fillna(False).astype(bool), "id"].tolist()
    assert set(viral) < set(FAST)
    assert len(viral) == 4  # 392 ranked: the 99th percentile leaves four at or above it
    assert rows.set_index("id").loc[FAST, "excess_rank"].max() == 5
    assert rows.set_index("id").loc[FAST, "viral_for_age_possibly"].all()


def test_the_excess_is_over_what_its_age_has(verdicts: Verdicts) -> None:
    plain = verdicts.rows[~verdicts.rows["id"].isin(FAST) & ~verdicts.rows["ad"]]
    assert statistics.median(plain["expected"]) == pytest.approx(math.log10(50), abs=0.1)
    assert statistics.median(plain["excess"]) == pytest.approx(0, abs=0.05)


def test_a_threshold_is_the_percentile_with_its_order_statistics(verdicts: Verdicts) -> None:
    excess = sorted(verdicts.rows["excess"].dropna())
    headline = verdicts.measures.iloc[0]
    assert headline["threshold"] == pytest.approx(np.quantile(excess, 0.99))
    assert (headline["measure"], headline["n"], headline["of"], headline["viral"]) == ("headline", 392, 392, 4)

    def below(rank: int) -> float:
        """Probability that fewer than *rank* of 392 lie below the 99th percentile, by the binomial's own sum."""
        return sum(math.comb(392, k) * 0.99**k * 0.01 ** (392 - k) for k in range(rank))

    low = max(rank for rank in range(1, 393) if below(rank) <= 0.025)
    high = min(rank for rank in range(1, 393) if below(rank) >= 0.975)
    assert headline["threshold_lo"] == excess[low - 1]
    assert headline["threshold_hi"] == excess[high - 1]


def test_ads_are_ranked_nowhere_but_in_their_own_row(verdicts: Verdicts) -> None:
    ads = verdicts.rows[verdicts.rows["ad"]]
    added = [name for name in map(str, ads) if "excess" in name or "rank" in name or "viral" in name]
    assert len(added) == 16
    assert ads[added].isna().all(axis=None)
    table = verdicts.measures.set_index(["measure", "ads"])
    assert table.loc[("headline", "in"), "of"] == 400
    assert table.loc[("outbreak", "out"), "of"] == 392


def test_outbreaks_are_ranked_by_what_is_guaranteed(verdicts: Verdicts) -> None:
    rows = verdicts.rows[~verdicts.rows["ad"]]
    best = rows.sort_values("outbreak_lo", ascending=False)["id"].tolist()[:5]
    assert set(best) == set(FAST)
    assert rows.set_index("id").loc[best, "outbreak_rank"].tolist() == [1, 2, 3, 4, 5]
    assert int(rows["viral_outbreak"].sum()) == 4
    told = rows[rows["outbreak_lo"].notna()].to_dict("records")
    for row in told:  # by plain loops: who is surely above, who is not surely below
        most = row["outbreak_hi"]
        above = 0 if pd.isna(most) else sum(other["outbreak_lo"] > most for other in told)
        below = [pd.isna(other["outbreak_hi"]) or other["outbreak_hi"] >= row["outbreak_lo"] for other in told]
        assert (row["outbreak_rank_best"], row["outbreak_rank_worst"]) == (above + 1, sum(below))


def test_a_million_in_a_week_needs_no_percentile() -> None:
    rows = tiktok_rows(
        bounded(
            sighting("1", 0, likes=5),
            sighting("1", 100, likes=1_000_005),
            sighting("2", 0, likes=5),
            sighting("2", 100, likes=1_000_004),
        )
    )
    found = ranked(rows)
    assert found.rows["viral_week"].tolist() == [True, False]
    assert found.rows["viral_for_age"].isna().all()  # two TikToks have no 99th percentile
    assert found.measures.set_index(["measure", "ads"]).loc[("million in a week", "out"), "viral"] == 1


def test_nothing_is_viral_where_nothing_is_guaranteed() -> None:
    still = [sighting(f"{n:03d}", hours, likes=70) for n in range(120) for hours in (0, 30)]
    found = ranked(tiktok_rows(bounded(*still)))
    assert not found.rows["viral_outbreak"].any()
    assert found.measures.set_index(["measure", "ads"]).loc[("outbreak", "out"), "viral"] == 0
